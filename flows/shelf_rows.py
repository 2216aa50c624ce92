"""Rows of what is read back from the shelves, after a kill or when the catalogue is made anew. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flows.fetch import Validators
from flows.rows import Batch, Row, capture_row, note_row, page_rows, reject_row, validators_of, validators_row
from warehouse import Asked, Shelfmark, ShelvedCapture, ShelvedNote

ROBOTS, TDM = "robots", "tdm"
"""Kinds of what sites say of their house: asked for beside every page, and no request of a source."""
TOMBSTONE = "tombstone"
"""The kind of notes that tell what was erased."""


def shelved_page_rows(capture: ShelvedCapture, mark: Shelfmark, record: Mapping[str, Any], *, run_id: str) -> Batch:
    """All rows of one shelved page, as the run that fetched it would have made them; `run_id` where it left no name."""
    rows = page_rows(capture, mark, record, run_id=_run(capture, run_id), source=capture.source)
    rows["validators"] = [validators_row(capture.url, validators_of(capture), capture.captured_at)]
    return rows | _fetch(capture)


def shelved_channel_rows(capture: ShelvedCapture, mark: Shelfmark, *, run_id: str) -> Batch:
    """All rows of a shelved feed, sitemap or listing, or of the rules of a site."""
    row = capture_row(capture, mark, run_id=_run(capture, run_id), source=capture.source, kind=capture.kind)
    return {"captures": [row], **(_fetch(capture) if capture.kind not in (ROBOTS, TDM) else {})}


def shelved_note_rows(note: ShelvedNote, mark: Shelfmark) -> Batch:
    """All rows of a question that brought no page."""
    rows: Batch = {"shelf_records": [note_row(note, mark)]}
    asked = note.asked
    if asked is None:
        return rows
    if note.kind == TOMBSTONE:
        return rows | {"erasures": [erasure_row(note)]}
    rows["fetches"] = [_fetch_row(asked, note.url, note.source, note.kind, None)]
    if asked.outcome not in ("ok", "not_modified"):
        level, reason = "page" if note.kind == "page" else "feed", asked.detail or asked.outcome
        rows["rejects"] = [
            reject_row(asked.run_id or "", note.source, note.url, level, "fetch", reason, at=asked.asked_at)
        ]
    elif note.kind == "page" and asked.outcome == "not_modified":
        rows["validators"] = [validators_row(note.url, Validators(asked.etag, asked.last_modified), note.at)]
    return rows


def tombstone(hash: str, scope: str, reason: str, at: datetime) -> ShelvedNote:
    """An erased address as its hash, to be shelved: the shelves alone tell what never comes back."""
    asked = Asked(run_id=None, asked_at=at, outcome=f"erased_{scope}", detail=reason)
    return ShelvedNote(f"urn:sha256:{hash}", None, TOMBSTONE, at, asked)


def erasure_row(note: ShelvedNote) -> Row:
    """What the catalogue keeps of it."""
    assert note.asked is not None
    return {
        "hash": note.url.removeprefix("urn:sha256:"),
        "scope": note.asked.outcome.removeprefix("erased_"),
        "reason": note.asked.detail or "",
        "erased_at": note.at,
    }


def _run(capture: ShelvedCapture, run_id: str) -> str:
    return capture.asked.run_id or run_id if capture.asked else run_id


def _fetch(capture: ShelvedCapture) -> Batch:
    if capture.asked is None:
        return {}
    return {"fetches": [_fetch_row(capture.asked, capture.url, capture.source, capture.kind, len(capture.body))]}


def _fetch_row(asked: Asked, url: str, source: str | None, kind: str, size: int | None) -> Row:
    """The same line as `fetch_row` gives, from the shelf."""
    return {
        "run_id": asked.run_id,
        "source": source,
        "url": url,
        "kind": kind,
        "asked_at": asked.asked_at,
        "outcome": asked.outcome,
        "status": asked.status,
        "detail": asked.detail,
        "attempts": asked.attempts,
        "seconds": asked.seconds,
        "bytes": size,
        "robots": asked.robots,
        "reservation": asked.reservation,
        "redirects": list(asked.redirects) or None,
    }
