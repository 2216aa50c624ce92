"""Prefect kept fast and quiet: to be called before Prefect is imported, because it reads its settings then.

What the operator has set in the environment stays. Prefect's own files (its database, its storage of results) live in
ARCHIVE/prefect, so that two archives never share a database; where PREFECT_API_URL names a server, that one is used.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from flows.errors import RunError

QUIET: Mapping[str, str] = {
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "DO_NOT_TRACK": "1",
    # 20 seconds, the default, are exceeded on a busy machine
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "120",
    "PREFECT_LOGGING_TO_API_WHEN_MISSING_FLOW": "ignore",
    "PREFECT_CLI_PROMPT": "false",
}


def settle_prefect(archive: Path, *, log_level: str = "INFO") -> Path:
    """Sets the environment for this process and its children; returns Prefect's folder, which is there then."""
    for name, value in {**QUIET, "PREFECT_LOGGING_LEVEL": log_level}.items():
        os.environ.setdefault(name, value)
    home = Path(os.environ.setdefault("PREFECT_HOME", str((archive / "prefect").resolve())))
    try:
        home.mkdir(parents=True, exist_ok=True)  # Prefect does not make the parents: it waits, and gives up
    except OSError as error:
        raise RunError(
            f"{home}: looked for a folder for Prefect's files, was refused ({error.strerror}); mend its rights, or set "
            "PREFECT_HOME"
        ) from error
    return home
