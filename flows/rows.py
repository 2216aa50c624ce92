"""The cataloguer's slips: what was fetched and read, as the plain rows that the catalogue loads. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import extractors
from extractors import Entry, Source
from flows.discover.addresses import bare_host, cleaned, identity
from flows.fetch import MOST_FRESH, Capture, FetchResult, HostState, Outcome, Validators, without_user
from warehouse import Asked, PageOnShelf, Shelfmark, ShelvedCapture, ShelvedNote

Row = dict[str, Any]
Batch = dict[str, list[Row]]
"""Rows by table, as `Catalogue.load` takes them."""

Captured = Capture | ShelvedCapture | PageOnShelf
"""A page that came: just now, as it stands on the shelf, or as the index of the shelves knows it."""

WANTED = ("headline", "published_on", "body")
"""Fields without which an article is of little use: their absence is a reject of level `field`."""


def merged(batches: Iterable[Mapping[str, list[Row]]]) -> Batch:
    """All rows of all batches, in order."""
    whole: Batch = {}
    for batch in batches:
        for table, rows in batch.items():
            whole.setdefault(table, []).extend(rows)
    return whole


def source_row(source: Source) -> Row:
    """A declaration as the catalogue keeps it."""
    least, most = source.expect.articles_per_week or (None, None)
    return {
        "name": source.name,
        "title": source.title,
        "country": source.country,
        "language": source.language,
        "kind": source.kind,
        "home": source.home,
        "note": source.note,
        "verified": source.verified,
        "is_sample": source.is_sample,
        "expect_least": least,
        "expect_most": most,
        "timezone": source.schedule.timezone,
        "fetches": source.discover.fetch,
    }


def fetch_row(run_id: str, source: str, kind: str, result: FetchResult) -> Row:
    """One question put to a site, and what became of it."""
    return {
        "run_id": run_id,
        "source": source,
        "url": result.url,
        "kind": kind,
        "asked_at": result.asked_at,
        "outcome": result.outcome,
        "status": result.status,
        "detail": result.detail,
        "attempts": result.attempts,
        "seconds": round(result.seconds, 3),
        "bytes": len(result.capture.body) if result.capture else None,
        "robots": result.robots,
        "reservation": result.reservation,
        "redirects": list(result.redirects) or None,
    }


def host_row(host: str, state: HostState, at: datetime) -> Row:
    """What this run tells the next of a host."""
    return {"host": host, "rest_until": state.rest_until, "failures": state.failures, "told_at": at}


def rules_row(address: str, answer: FetchResult, at: datetime) -> Row:
    """What a site said of its house; it holds for as long as its headers say, and for a day where they are silent."""
    holds = MOST_FRESH if answer.fresh_seconds is None else answer.fresh_seconds
    return {
        "address": address,
        "outcome": answer.outcome,
        "status": answer.status,
        "body": answer.capture.body.decode("utf-8", "replace").replace("\0", "") if answer.capture else None,
        "told_at": at,
        "holds_until": at + timedelta(seconds=holds),
    }


def rules_told(address: str, outcome: Outcome, status: int | None, body: str | None, at: datetime) -> FetchResult:
    """The answer that `rules_row` kept."""
    capture = None if body is None else Capture(address, address, 200, (), body.encode(), at)
    return FetchResult(address, outcome, capture=capture, status=status)


def capture_row(capture: Captured, mark: Shelfmark, *, run_id: str, source: str | None, kind: str) -> Row:
    """What lies on the shelf, and where."""
    return {
        "url": capture.url,
        "final_url": capture.final_url,
        "source": source,
        "kind": kind,
        "captured_at": capture.captured_at,
        "status": capture.status,
        "digest": capture.digest,
        "shelf_file": mark.file,
        "shelf_offset": mark.offset,
        "shelf_length": mark.length,
        "shelf_span": mark.span,
        "charset": capture.charset,
        "run_id": run_id,
    }


def note_row(note: ShelvedNote, mark: Shelfmark) -> Row:
    """A question without a page on the shelf, and where it stands; or the place of what was erased."""
    asked = note.asked
    return {
        "shelf_file": mark.file,
        "shelf_offset": mark.offset,
        "shelf_length": mark.span or mark.length,
        "outcome": asked.outcome if asked else "erased",
        "url": note.url if asked else None,
        "source": note.source,
        "kind": note.kind if asked else None,
        "recorded_at": note.at,
    }


def asked_of(result: FetchResult, run_id: str, entry: Entry | None = None) -> Asked:
    """A question and its answer as they are shelved beside the page."""
    return Asked(
        run_id=run_id,
        asked_at=result.asked_at or datetime.now(UTC),
        outcome=result.outcome,
        status=result.status,
        detail=result.detail,
        attempts=result.attempts,
        seconds=round(result.seconds, 3),
        robots=result.robots,
        reservation=result.reservation,
        redirects=result.redirects,
        sent=result.sent,
        etag=result.validators.etag,
        last_modified=result.validators.last_modified,
        entry=asdict(entry) if entry else None,
    )


def reading_row(capture: Captured, record: Mapping[str, Any], *, source: str | None, digest: str) -> Row:
    """One page read today: the codebook's record under the address that stands for the article."""
    url = article_url(record.get("canonical_url"), capture.final_url)
    return {
        "url": url,
        "addresses": {one: identity(one) for one in (url, cleaned(capture.final_url), capture.url)},
        "source": source,
        "captured_at": capture.captured_at,
        "digest": digest,
        "listed_url": capture.url,
        "reader_version": extractors.reader_version(),
        "coder_version": extractors.coder_version(),
        "record": dict(record),
    }


def page_rows(
    capture: Captured, mark: Shelfmark, record: Mapping[str, Any], *, run_id: str, source: str | None
) -> Batch:
    """All rows of one shelved page: where it lies, what was read, and what was not."""
    captured = capture_row(capture, mark, run_id=run_id, source=source, kind="page")
    rows: Batch = {"captures": [captured]}
    if "error" in record:
        # the address stands in a column of its own: without it like reasons can be counted
        rejects = [("page", "read", str(record["error"]).removeprefix(f"{capture.final_url}: "))]
    else:
        rows["readings"] = [reading_row(capture, record, source=source, digest=captured["digest"])]
        rejects = [("field", "read", reason) for reason in missing_fields(record)]
    rows["rejects"] = [
        reject_row(run_id, source, capture.url, level, stage, reason, at=capture.captured_at, mark=mark)
        for level, stage, reason in rejects
    ]
    return rows


def missing_fields(record: Mapping[str, Any]) -> list[str]:
    """Why fields that every article has were not read; the same sentence for all pages, so that they can be counted."""
    return [
        f"looked for {field}, found none; `chancery check URL` shows what was tried; if the paper was redesigned, add "
        "a [[layout]]"
        for field in WANTED
        if not record.get(field)
    ]


def reject_row(run_id: str, source: str | None, url: str | None, level: str, stage: str, reason: str, *, at: datetime,
               mark: Shelfmark | None = None) -> Row:  # fmt: skip
    """What could not be had or read: level is page, field, feed or source."""
    return {
        "run_id": run_id,
        "source": source,
        "url": without_user(url) if url else url,
        "level": level,
        "stage": stage,
        "reason": reason,
        "captured_at": at,
        "shelf_file": mark.file if mark else None,
        "shelf_offset": mark.offset if mark else None,
    }


def validators_row(url: str, validators: Validators, checked_at: datetime, ttl_seconds: float | None = None) -> Row:
    """What to ask "changed since?" with next time, and the seconds before which not to ask at all."""
    return {
        "url": url,
        "etag": validators.etag,
        "last_modified": validators.last_modified,
        "checked_at": checked_at,
        "ttl_seconds": int(ttl_seconds) if ttl_seconds else None,
    }


def validators_of(capture: Capture | ShelvedCapture) -> Validators:
    """What the site gave with a capture, from its headers."""
    headers = {name.lower(): value for name, value in capture.headers}
    return Validators(headers.get("etag"), headers.get("last-modified"))


def visit_count(record: Mapping[str, Any]) -> int:
    """Qualifying visits of one record that are more than background."""
    return sum(bool(v["qualifies"]) and v["salience"] != "incidental" for v in record.get("visits", ()))


def article_url(canonical: str | None, final_url: str) -> str:
    """The address that stands for the article: the page's own canonical one where it can be believed.

    Believed is one on the same host that does not lead from an article to a front page, as badly set up sites have it;
    a saved file, which has no address of its own, is believed whatever it says.
    """
    final = cleaned(final_url)
    if not canonical:
        return final
    try:
        said, came = urlsplit(canonical), urlsplit(final)
    except ValueError:  # as http://[
        return final
    if said.scheme not in ("http", "https") or not said.hostname:
        return final
    if came.scheme not in ("http", "https"):
        return cleaned(canonical)
    is_front = not (said.path.strip("/") or said.query)
    was_front = not (came.path.strip("/") or came.query)
    same_host = bare_host(said.hostname) == bare_host(came.hostname or "")
    return cleaned(canonical) if same_host and (was_front or not is_front) else final
