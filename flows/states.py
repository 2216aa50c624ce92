"""What the archive says of its sources and runs, for the command line and the schedule."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from flows.settings import Settings, Tell
from warehouse import Catalogue, look_into

T = TypeVar("T")


def ask_catalogue(settings: Settings, question: Callable[[Catalogue], T], *, empty: T, tell: Tell) -> T:
    """The answer, or `empty` where there is no catalogue yet; where this user may not write, it is only looked into.
    Raises CatalogueError."""
    if not settings.catalogue.is_file():
        return empty
    with look_into(settings.catalogue, wait_seconds=settings.limits.lock_wait_seconds, on_wait=tell) as catalogue:
        return question(catalogue)


def source_states(settings: Settings, *, tell: Tell) -> dict[str, Mapping[str, Any]]:
    """Last run, last success and holdings of every source that a run has asked, by name."""
    none: list[dict[str, Any]] = []
    rows = ask_catalogue(settings, lambda catalogue: catalogue.source_states(), empty=none, tell=tell)
    return {row["source"]: row for row in rows}
