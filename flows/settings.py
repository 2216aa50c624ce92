"""The operator's choices: one frozen Settings from chancery.toml and the environment, checked before anything runs.

    chancery.toml             environment (wins)
    archive = "…"             CHANCERY_ARCHIVE
    sources = ["…"]           CHANCERY_SOURCES (several: parted as in PATH)
    [limits] page_bytes = …   CHANCERY_LIMITS_PAGE_BYTES
    [publish] full_text = …   CHANCERY_PUBLISH_FULL_TEXT
    [keep] page_days = …      CHANCERY_KEEP_PAGE_DAYS

The file is the one named by `--config`, else by CHANCERY_CONFIG, else ./chancery.toml where there is one.
"""

from __future__ import annotations

import math
import os
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from flows.errors import SettingsError

Tell = Callable[[str], None]
"""Where a sentence for the operator goes: the terminal, or Prefect's log."""
PREFIX = "CHANCERY_"
CONFIG = "CHANCERY_CONFIG"
FILE = "chancery.toml"
_LETTERS = "letters, digits, blanks and ().,;:/+@-_"


def _number(default: float, least: float, most: float) -> Any:
    """A field that holds a number from `least` to `most`."""
    return field(default=default, metadata={"range": (least, most)})


@dataclass(frozen=True, slots=True)
class Limits:
    """What one run may take: of bytes, of seconds, of the sites' patience, of this machine."""

    page_bytes: int = _number(5_000_000, 1_000, 100_000_000)
    """Of one page, unpacked."""
    feed_bytes: int = _number(32_000_000, 1_000, 200_000_000)
    connect_seconds: float = _number(15.0, 0.1, 600)
    request_seconds: float = _number(60.0, 0.1, 3600)
    """One request from the connection to the last byte."""
    requests_at_once: int = _number(32, 1, 200)
    requests_per_host: int = _number(2, 1, 20)
    delay_seconds: float = _number(2.0, 0, 3600)
    """Between two requests to one host, where neither the source file nor its robots.txt asks for more."""
    redirects: int = _number(5, 0, 20)
    retries: int = _number(2, 0, 10)
    batch_pages: int = _number(200, 1, 5000)
    """Pages loaded in one transaction."""
    lock_wait_seconds: float = _number(600.0, 0, 86_400)
    page_deadline_seconds: float = _number(20.0, 0.1, 3600)
    """For reading one page in a worker."""
    jobs: int = _number(min(4, os.cpu_count() or 1), 1, 256)
    """Worker processes that read pages."""


@dataclass(frozen=True, slots=True)
class Publish:
    """What the analysts' file holds."""

    full_text: bool = False
    """Bodies, ledes and bylines too: only where the operator has the right to pass them on."""


@dataclass(frozen=True, slots=True)
class Keep:
    """How much is kept, and for how long; 0 means without end."""

    page_days: int = _number(0, 0, 100_000)
    """After so many days an older capture of a page may go; its articles and the latest capture stay."""
    feed_days: int = _number(0, 0, 100_000)
    rules_days: int = _number(0, 0, 100_000)
    disk_budget_bytes: int = _number(0, 0, 1e18)
    """Of the whole archive on the disk: a run that would pass it does not begin."""
    least_free_bytes: int = _number(50_000_000, 0, 1e18)
    """To be left free on the disk: a run that would leave less does not begin."""


@dataclass(frozen=True, slots=True)
class Settings:
    """All choices of the operator."""

    archive: Path = Path("chancery-archive")
    sources: tuple[Path, ...] = ()
    """Folders of the operator's own source files, beside ARCHIVE/sources; a file there replaces ours of its name."""
    packaged_sources: bool = True
    user_agent: str = "Chancery/0.1"
    contact: str | None = None
    """An address, as mailto:desk@paper.example or https://…, that sites see in the user agent."""
    newsroom: str | None = None
    """Where `chancery newsroom` serves the sample, as 127.0.0.1:8765; hosts of sample sources alone are led there."""
    limits: Limits = Limits()
    publish: Publish = Publish()
    keep: Keep = Keep()

    @property
    def agent(self) -> str:
        """The user agent as sent."""
        return f"{self.user_agent} (+{self.contact})" if self.contact else self.user_agent

    @property
    def source_folders(self) -> tuple[Path, ...]:
        """The operator's own folders that exist; the archive's own comes last and wins."""
        own = self.archive / "sources"
        return (*self.sources, own) if own.is_dir() else self.sources

    @property
    def shelves(self) -> Path:
        return self.archive / "shelves"

    @property
    def catalogue(self) -> Path:
        return self.archive / "catalogue.duckdb"

    @property
    def replay(self) -> Path:
        """Where a replay's readings wait until they are accepted."""
        return self.archive / "replay.duckdb"

    @property
    def published(self) -> Path:
        return self.archive / "chancery.duckdb"


def load_settings(
    config: Path | None = None, *, environment: Mapping[str, str] | None = None, folder: Path | None = None
) -> Settings:
    """The settings of this process. Raises SettingsError naming place, key and remedy."""
    environment = os.environ if environment is None else environment
    folder = folder or Path()
    chosen: dict[str, Any] = {}
    path = config or (Path(environment[CONFIG]) if environment.get(CONFIG) else None)
    if path or (folder / FILE).is_file():
        path = path or folder / FILE
        chosen |= {key: _from_toml(key, value, path) for key, value in _flat(_read(path), path)}
    chosen |= dict(_from_environment(environment))
    return _built(chosen)


def _read(path: Path) -> Mapping[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(f"{path}: looked for settings, found no readable TOML ({error}); mend the file") from error


def _flat(values: Mapping[str, Any], path: Path) -> Iterator[tuple[str, Any]]:
    """`limits.page_bytes` and its like with their values; a key that is none of ours is refused."""
    for key, value in values.items():
        inner = value.items() if key in _TABLES and isinstance(value, dict) else None
        for name, given in ((f"{key}.{k}", v) for k, v in inner) if inner is not None else [(key, value)]:
            if name not in _KEYS:
                raise SettingsError(f"{path} · {name} · no such setting; allowed: {', '.join(_KEYS)}")
            yield name, given


def _from_toml(key: str, value: Any, path: Path) -> Any:
    kind = _KEYS[key].kind
    at = f"{path} · {key}"
    if kind in ("Path", "tuple[Path, ...]"):
        paths = [value] if kind == "Path" else value
        if not isinstance(paths, list) or not all(isinstance(p, str) and p.strip() for p in paths):
            wanted = "a path" if kind == "Path" else "a list of paths"
            raise SettingsError(f"{at} · {value!r} won't do; write {wanted}")
        # a path in a file means the same wherever the command is started
        found = tuple(path.parent / Path(p).expanduser() for p in paths)
        return found[0] if kind == "Path" else found
    if kind == "bool" and not isinstance(value, bool):
        raise SettingsError(f"{at} · {value!r} won't do; write true or false")
    if kind in ("int", "float") and (isinstance(value, bool) or not isinstance(value, int | float)):
        raise SettingsError(f"{at} · {value!r} won't do; write a number")
    if kind.startswith("str") and not isinstance(value, str):
        raise SettingsError(f"{at} · {value!r} won't do; write a text")
    return _checked(key, value, at)


def _from_environment(environment: Mapping[str, str]) -> Iterator[tuple[str, Any]]:
    names = {PREFIX + key.replace(".", "_").upper(): key for key in _KEYS}
    for name, text in sorted(environment.items()):
        if not name.startswith(PREFIX) or name == CONFIG:
            continue
        if name not in names:
            raise SettingsError(f"environment · {name} · no such setting; allowed: {', '.join([CONFIG, *names])}")
        key, at = names[name], f"environment · {name}"
        try:
            value = _READ_TEXT[_KEYS[key].kind](text)
        except ValueError as error:
            raise SettingsError(f"{at} · {text!r} won't do; {error}") from error
        yield key, _checked(key, value, at)


def _checked(key: str, value: Any, at: str) -> Any:
    """The value where it is in range; a whole number where one is asked for; a text that fits in a header."""
    setting = _KEYS[key]
    if setting.range:
        least, most = setting.range
        whole = setting.kind == "int"
        if not math.isfinite(value) or not least <= value <= most or (whole and value != int(value)):
            kind = "a whole number" if whole else "a number"
            raise SettingsError(f"{at} · {value!r} won't do; write {kind} from {least:,} to {most:,}")
        return int(value) if whole else float(value)
    if setting.kind.startswith("str"):
        printable = value.isascii() and value.isprintable() and value.strip()
        if not printable or any(letter in value for letter in "\"'<>\\"):
            raise SettingsError(f"{at} · {value!r} won't do; it is sent to every site: write {_LETTERS} only")
        return value.strip()
    return value


def _flag(text: str) -> bool:
    known = {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False}
    if text.strip().lower() not in known:
        raise ValueError("write true or false")
    return known[text.strip().lower()]


def _numeral(text: str) -> float:
    try:
        return float(text.strip().replace("_", ""))
    except ValueError:
        raise ValueError("write a number") from None


def _path(text: str) -> Path:
    if not text.strip():
        raise ValueError("write a path, or take the variable out")
    return Path(text.strip()).expanduser()


_READ_TEXT: Mapping[str, Callable[[str], Any]] = {
    "Path": _path,
    "tuple[Path, ...]": lambda text: tuple(_path(part) for part in text.split(os.pathsep) if part.strip()),
    "bool": _flag,
    "int": _numeral,
    "float": _numeral,
    "str": str,
    "str | None": str,
}


@dataclass(frozen=True, slots=True)
class _Setting:
    kind: str
    range: tuple[float, float] | None


_TABLES: Mapping[str, type] = {"limits": Limits, "publish": Publish, "keep": Keep}


def _settings_of(form: Any, prefix: str = "") -> dict[str, _Setting]:
    return {
        prefix + f.name: _Setting(str(f.type), f.metadata.get("range")) for f in fields(form) if f.name not in _TABLES
    }


_KEYS: Mapping[str, _Setting] = {
    **_settings_of(Settings),
    **{key: setting for name, form in _TABLES.items() for key, setting in _settings_of(form, f"{name}.").items()},
}


def _built(chosen: Mapping[str, Any]) -> Settings:
    inner: dict[str, Any] = {}
    for table, form in _TABLES.items():
        given = {key.partition(".")[2]: value for key, value in chosen.items() if key.startswith(f"{table}.")}
        inner[table] = form(**given)
    return replace(Settings(**inner), **{key: value for key, value in chosen.items() if "." not in key})
