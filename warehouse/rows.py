"""Batches as the tables' rows: ids from content alone, one record of the codebook as rows of ten tables."""

from __future__ import annotations

import calendar
import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

from warehouse.errors import LoadError

Row = dict[str, Any]
Tables = dict[str, list[Row]]

_VOLATILE = {"id", "url", "related", "modified_at", "canonical_url", "error", "signals"}
"""What changes in a page that says the same: no reason for a new revision."""
_PLAIN = (
    "headline", "agency", "dateline_text", "dateline_city", "published_basis", "language", "lede", "body", "section",
)  # fmt: skip
_REPORT = (
    "visitor_country", "host_country", "visitor_name", "visitor_office", "visitor_title_text", "host_name",
    "host_office", "message_from",
)  # fmt: skip


def key(*parts: object) -> str:
    """First 16 hex digits of the sha256 of the parts: the same for the same parts, whenever and wherever made."""
    text = "\x1f".join("" if part is None else str(part) for part in parts)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def article_key(url: str) -> str:
    """The id of the article at a canonical address."""
    return key(url)


def moment(value: Any, what: str) -> datetime | None:
    """A time with zone, in UTC. Raises LoadError for what is none."""
    if value is None:
        return None
    try:
        at: datetime = datetime.fromisoformat(value) if isinstance(value, str) else value
        if at.tzinfo is None:
            raise ValueError("it has no zone")
        return at.astimezone(UTC)
    except (AttributeError, TypeError, ValueError, OverflowError) as error:
        raise LoadError(f"{what}: {value!r} is no time with zone ({error}); give an aware datetime") from error


def capture_row(row: Mapping[str, Any]) -> Row:
    at = moment(row["captured_at"], "captures.captured_at")
    # by its place, not by its content: a page shelved twice is two records, and leaves no gap in the index of a file
    return {**row, "captured_at": at, "capture_id": key(row["shelf_file"], row["shelf_offset"])}


def fetch_row(row: Mapping[str, Any]) -> Row:
    at = moment(row["asked_at"], "fetches.asked_at")
    return {**row, "asked_at": at, "fetch_id": key(row.get("run_id"), row["url"], at and at.isoformat())}


def host_row(row: Mapping[str, Any]) -> Row:
    times = {name: moment(row[name], f"hosts.{name}") for name in ("rest_until", "told_at")}
    return {**row, **times}


def erasure_row(row: Mapping[str, Any]) -> Row:
    return {**row, "erased_at": moment(row["erased_at"], "erasures.erased_at")}


def shelf_record_row(row: Mapping[str, Any]) -> Row:
    return {**row, "recorded_at": moment(row["recorded_at"], "shelf_records.recorded_at")}


def rules_row(row: Mapping[str, Any]) -> Row:
    times = {name: moment(row[name], f"house_rules.{name}") for name in ("told_at", "holds_until")}
    return {**row, **times}


def validator_row(row: Mapping[str, Any]) -> Row:
    return {**row, "checked_at": moment(row["checked_at"], "validators.checked_at")}


_REJECT = ("run_id", "source", "url", "level", "stage", "reason", "captured_at", "shelf_file", "shelf_offset")


def reject_row(row: Mapping[str, Any]) -> Row:
    row = {**row, "captured_at": moment(row.get("captured_at"), "rejects.captured_at")}
    return {**row, "reject_id": key(*(row.get(name) for name in _REJECT))}


def reading_rows(reading: Mapping[str, Any], *, is_sample: bool) -> Tables:
    """One page as read and coded, as rows. A value that the tables can't hold is null and a reject of level field;
    a record with `error` is a reject of level page and nothing else."""
    record = reading["record"]
    if record.get("error"):
        return {"rejects": [_reject(reading, "page", "read", str(record["error"]))]}
    at = moment(reading["captured_at"], "readings.captured_at")
    article_id = article_key(reading["url"])
    content = _digest({name: value for name, value in _unruled(record).items() if name not in _VOLATILE})
    revision_id = key(article_id, content)
    rejects: list[Row] = []
    tables: Tables = {
        "articles": [
            {
                "article_id": article_id,
                "url": reading["url"],
                "listed_url": reading.get("listed_url"),
                "source": reading.get("source"),
                "is_sample": is_sample,
                "first_captured_at": at,
                "last_captured_at": at,
            }
        ],
        "article_addresses": [
            {"url": url, "article_id": article_id, "identity": identity, "first_seen_at": at}
            for url, identity in _addresses(reading).items()
        ],
        "article_revisions": [
            {
                "revision_id": revision_id,
                "article_id": article_id,
                "content_digest": content,
                "text_digest": _digest([record.get("headline"), record.get("body")]),
                "capture_digest": reading.get("digest"),
                "first_captured_at": at,
                "last_captured_at": at,
                "reader_version": reading.get("reader_version"),
                "coder_version": reading.get("coder_version"),
                **_article(record, reading, rejects),
            }
        ],
        "quotations": [
            {
                "revision_id": revision_id,
                "ordinal": n,
                "text": quotation["text"],
                "speaker": quotation.get("speaker"),
                "span_start": quotation["start"],
                "span_end": quotation["end"],
            }
            for n, quotation in enumerate(record.get("quotations") or (), 1)
        ],
        "related_links": [
            {"revision_id": revision_id, "ordinal": n, "headline": link["headline"], "url": link.get("url")}
            for n, link in enumerate(record.get("related") or (), 1)
        ],
        "report_participants": [
            _participant(revision_id, 0, "other_person", n, None, person)
            for n, person in enumerate(record.get("other_people") or (), 1)
        ],
        "rejects": rejects,
    }
    for n, visit in enumerate(record.get("visits") or (), 1):
        ids = {"report_id": key(article_id, revision_id, n), "revision_id": revision_id, "article_id": article_id}
        for name, rows in _report(visit, {**ids, "ordinal": n, "is_sample": is_sample}, reading, rejects).items():
            tables.setdefault(name, []).extend(rows)
    return tables


def _addresses(reading: Mapping[str, Any]) -> dict[str, str]:
    """Every address of the article with its key; where the reading gives no keys, an address is its own."""
    told: Mapping[str, str] = reading.get("addresses") or {}
    urls = dict.fromkeys(url for url in (reading["url"], reading.get("listed_url"), *told) if url)
    return {url: told.get(url, url) for url in urls}


def _article(record: Mapping[str, Any], reading: Mapping[str, Any], rejects: list[Row]) -> Row:
    """The columns of article_revisions that the page itself gives."""
    return {
        **{name: record.get(name) for name in _PLAIN},
        "byline": list(record.get("byline") or ()),
        "tags": list(record.get("tags") or ()),
        "captions": list(record.get("captions") or ()),
        "repairs": [{name: r[name] for name in ("from", "to", "count")} for r in record.get("repairs") or ()],
        "is_truncated": bool(record.get("is_truncated")),
        "is_visit": bool(record.get("is_visit")),
        "published_on": _day(record.get("published_on"), "published_on", reading, rejects),
        **_time(record, "published_at"),
        **_time(record, "modified_at"),
    }


def _time(record: Mapping[str, Any], name: str) -> Row:
    """A printed time as it stands, and as a moment where it has a zone."""
    text = record.get(name)
    try:
        at = datetime.fromisoformat(text) if text else None
        at = at.astimezone(UTC) if at and at.tzinfo else None
    except (TypeError, ValueError, OverflowError):
        at = None
    return {name: at, f"{name}_text": text}


def _report(visit: Mapping[str, Any], ids: Row, reading: Mapping[str, Any], rejects: list[Row]) -> Tables:
    """One visit of the record as a report and what hangs on it."""
    report_id, revision_id, ordinal = ids["report_id"], ids["revision_id"], ids["ordinal"]
    committee = visit.get("committee") or {}
    previous = committee.get("previous") or {}
    report = {
        **ids,
        **{name: visit.get(name) for name in _REPORT},
        "kind": visit.get("kind") or "unspecified",
        "occasion": visit.get("occasion") or "bilateral",
        "status": visit["status"],
        "salience": visit.get("salience") or "main",
        "qualifies": visit.get("qualifies", True),
        **_visit_date(visit.get("start_on") or {}, "start_on", reading, rejects),
        **_visit_date(visit.get("end_on") or {}, "end_on", reading, rejects),
        "committee_name": committee.get("name"),
        "committee_session_number": committee.get("session_number"),
        "committee_previous_place": previous.get("place"),
        "committee_previous_date_text": previous.get("date_text"),
        "confidence": visit.get("confidence", 0.5),
    }
    return {
        "reports": [report],
        "report_participants": list(_participants(visit, revision_id, ordinal, report_id)),
        "report_topics": _numbered(report_id, "topic", dict.fromkeys(visit.get("topics") or ())),
        "report_cities": _numbered(report_id, "city", visit.get("cities") or ()),
        "report_outcomes": _numbered(report_id, "outcome", dict.fromkeys(visit.get("outcomes") or ())),
        "report_agreements": [
            {"report_id": report_id, "ordinal": n, "text": agreement["text"], "status": agreement["status"]}
            for n, agreement in enumerate(visit.get("agreements") or (), 1)
        ],
        "evidence": [
            {
                "report_id": report_id,
                "ordinal": n,
                "field": span["field"],
                "place": span.get("in") or "body",
                "span_start": span["start"],
                "span_end": span["end"],
                "text": span["text"],
                "rule": span.get("rule"),
            }
            for n, span in enumerate(visit.get("evidence") or (), 1)
        ],
    }


def _participants(visit: Mapping[str, Any], revision_id: str, ordinal: int, report_id: str) -> Iterable[Row]:
    visitor = {
        "name": visit.get("visitor_name"),
        "country": visit.get("visitor_country"),
        "office": visit.get("visitor_office"),
        "title_text": visit.get("visitor_title_text"),
    }
    host = {"name": visit.get("host_name"), "country": visit.get("host_country"), "office": visit.get("host_office")}
    for role, person in (("visitor", visitor), ("host", host)):
        if person["name"] or person["office"]:
            yield _participant(revision_id, ordinal, role, 1, report_id, person)
    for n, name in enumerate(visit.get("delegation") or (), 1):
        person = {"name": name, "country": visit.get("visitor_country")}
        yield _participant(revision_id, ordinal, "delegation", n, report_id, person)


def _participant(
    revision_id: str, report_ordinal: int, role: str, ordinal: int, report_id: str | None, person: Mapping[str, Any]
) -> Row:
    return {
        "revision_id": revision_id,
        "report_ordinal": report_ordinal,
        "role": role,
        "ordinal": ordinal,
        "report_id": report_id,
        **{name: person.get(name) for name in ("name", "country", "office", "title_text")},
    }


def _numbered(report_id: str, column: str, values: Iterable[str]) -> list[Row]:
    return [{"report_id": report_id, "ordinal": n, column: value} for n, value in enumerate(values, 1)]


def _visit_date(coded: Mapping[str, Any], name: str, reading: Mapping[str, Any], rejects: list[Row]) -> Row:
    value = coded.get("value")
    return {
        name: _day(value, name, reading, rejects, is_last=name == "end_on"),
        f"{name}_value": value,
        f"{name}_precision": coded.get("precision") or "unknown",
        f"{name}_basis": coded.get("basis") or "none",
        f"{name}_text": coded.get("text"),
    }


def _day(
    value: Any, name: str, reading: Mapping[str, Any], rejects: list[Row], *, is_last: bool = False
) -> date | None:
    """The first (or last) day that an ISO day, month or year can mean."""
    if value is None:
        return None
    try:
        year, *rest = (int(part) for part in str(value).split("-"))
        month = rest[0] if rest else 12 if is_last else 1
        day = rest[1] if len(rest) > 1 else calendar.monthrange(year, month)[1] if is_last else 1
        return date(year, month, day)
    except (ValueError, calendar.IllegalMonthError):
        reason = f"{name}: {str(value)[:80]!r} is no ISO day, month or year; left out, mend the reader"
        rejects.append(_reject(reading, "field", "load", reason))
        return None


def _reject(reading: Mapping[str, Any], level: str, stage: str, reason: str) -> Row:
    return reject_row(
        {
            "run_id": reading.get("run_id"),
            "source": reading.get("source"),
            "url": reading["url"],
            "level": level,
            "stage": stage,
            "reason": reason,
            "captured_at": reading["captured_at"],
        }
    )


def _unruled(record: Mapping[str, Any]) -> dict[str, Any]:
    """The record without the names of rules: renaming a rule changes no article."""
    visits: Sequence[Mapping[str, Any]] = record.get("visits") or ()
    bare = [{**v, "evidence": [{k: s[k] for k in s if k != "rule"} for s in v.get("evidence") or ()]} for v in visits]
    return {**record, "visits": bare}


def _digest(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=True, sort_keys=True, separators=(",", ":"), default=str)
    return hashlib.sha256(text.encode("ascii")).hexdigest()
