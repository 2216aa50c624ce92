"""Every verb of the command line."""

from __future__ import annotations

import sys

from flows.cli import (  # noqa: F401  each signs its verbs up
    backup,
    check,
    demo,
    doctor,
    erase,
    export,
    ingest,
    plot,
    publish,
    read,
    replay,
    serve,
    shelves,
    sources,
    status,
)
from flows.cli.app import app

__all__ = ["app", "main"]


def main() -> None:
    """The console script; UTF-8 whatever the terminal says, because headlines are Arabic too."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    app()
