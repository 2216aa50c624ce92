"""One question to a site, as it is written down beside what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Asked:
    """One question to a site, and what became of it: what the metadata record holds."""

    run_id: str | None
    asked_at: datetime
    outcome: str
    """ok, not_modified, or why no page came."""
    status: int | None = None
    detail: str | None = None
    attempts: int = 1
    seconds: float = 0.0
    robots: str | None = None
    reservation: str | None = None
    redirects: tuple[str, ...] = ()
    sent: tuple[tuple[str, str], ...] = ()
    """Headers of the request, as sent; empty where nothing was sent."""
    etag: str | None = None
    last_modified: str | None = None
    entry: Mapping[str, Any] | None = None
    """What the feed said of the page."""
