# Chancery: `make demo` runs the main job, `make test` runs the tests; both set up what they need.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
STAMP  := $(VENV)/.installed

# Where it is set (containers often do), each of the hundred processes that the tests and a run start compiles all anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: setup demo test check lock benchmark clean

setup: $(STAMP)

# uv where it is present, else venv + pip (upgraded first: old pips stumble over extras); hashes always.
$(STAMP): requirements.lock pyproject.toml
	@if command -v uv >/dev/null 2>&1; then \
	  uv venv --quiet --allow-existing --python $(PYTHON) $(VENV) && \
	  uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements.lock && \
	  uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation -e . ; \
	else \
	  $(PYTHON) -m venv $(VENV) && \
	  $(BIN)/python -m pip install --quiet --upgrade pip && \
	  $(BIN)/python -m pip install --quiet --require-hashes -r requirements.lock && \
	  $(BIN)/python -m pip install --quiet --no-deps --no-build-isolation -e . ; \
	fi
	@touch $@

demo: setup
	@$(BIN)/chancery demo

# One worker more than there are cores: some tests wait for servers and for moments to kill at.
test: setup
	@$(BIN)/python -m pytest -n $$($(BIN)/python -c 'import os; print((os.cpu_count() or 1) + 1)') --dist worksteal

check: setup
	@$(BIN)/ruff check flows extractors warehouse tests
	@$(BIN)/mypy
	@$(BIN)/lint-imports

# Rewrites requirements.lock (needs uv). No index address goes into it.
lock:
	uv lock --quiet --upgrade
	uv export --quiet --format requirements-txt --group dev --no-emit-project --no-annotate --no-header > requirements.lock
	rm -f uv.lock

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis build dist chancery-demo
