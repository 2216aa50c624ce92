"""Records that stand beside a capture: how it was asked for, what was said of it, and answers that brought no page.

response + request + metadata        a page that came
revisit  + request + metadata        "not modified", or a body that stands on the shelves already
metadata                             a question that brought nothing
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import urlsplit

from warcio.statusandheaders import StatusAndHeaders

from warehouse.asked import Asked
from warehouse.errors import DamagedShelfError
from warehouse.record import RawRecord
from warehouse.shelf import ShelvedCapture, capture_member, new_record_id, packed_record, read_date, warc_date

NOT_MODIFIED = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
SAME_PAYLOAD = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
NOTHING = "urn:chancery:erased"
"""Address of the records that fill the place of erased ones."""
FIELDS = "application/warc-fields"
_SECRET = frozenset({"authorization", "proxy-authorization", "cookie"})
"""Headers that are never written down."""


@dataclass(frozen=True, slots=True)
class ShelvedNote:
    """A question that brought no page, as it stands on the shelf."""

    url: str
    source: str | None
    kind: str
    at: datetime
    asked: Asked | None
    """None where nothing is known any more: what stood here was erased, or its metadata record was lost."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """The record that a revisit refers to."""

    url: str
    captured_at: datetime
    digest: str
    record_id: str | None = None


def capture_group(capture: ShelvedCapture, asked: Asked | None, earlier: Earlier | None) -> tuple[bytes, bytes]:
    """The record of a capture, and those that stand beside it. With `earlier` it is a revisit of the same body, which
    `capture.refers_to` says where to find."""
    id = new_record_id()
    names = _referring(SAME_PAYLOAD, earlier) if earlier else {}
    first = capture_member(replace(capture, record_id=id), names)
    if asked is None:
        return first, b""
    return first, _beside(capture.final_url, warc_date(capture.captured_at), id, asked)


def note_group(note: ShelvedNote, earlier: Earlier | None) -> tuple[bytes, bytes]:
    """The record of a question that brought no page, and those beside it; "not modified" is a revisit."""
    date, asked = warc_date(note.at), note.asked
    assert asked is not None
    final_url = asked.redirects[-1] if asked.redirects else note.url
    names = {
        "WARC-Date": date,
        "WARC-Chancery-Kind": note.kind,
        "WARC-Chancery-Source": note.source,
        "WARC-Chancery-Asked-URI": note.url if note.url != final_url else None,
    }
    if asked.outcome != "not_modified" or earlier is None:
        return packed_record("metadata", final_url, fields_of(asked), names | {"Content-Type": FIELDS}), b""
    id = new_record_id()
    told = [(name, value) for name, value in (("ETag", asked.etag), ("Last-Modified", asked.last_modified)) if value]
    answer = StatusAndHeaders("304 Not Modified", [(name, _line(value)) for name, value in told], protocol="HTTP/1.1")
    names |= {"WARC-Record-ID": id, "WARC-Payload-Digest": earlier.digest, **_referring(NOT_MODIFIED, earlier)}
    return packed_record("revisit", final_url, b"", names, answer), _beside(final_url, date, id, asked)


def _referring(profile: str, earlier: Earlier) -> dict[str, str | None]:
    return {
        "WARC-Profile": profile,
        "WARC-Refers-To": earlier.record_id,
        "WARC-Refers-To-Target-URI": earlier.url,
        "WARC-Refers-To-Date": warc_date(earlier.captured_at),
    }


def _beside(url: str, date: str, id: str, asked: Asked) -> bytes:
    """The request, where one was sent, and the metadata record."""
    names: dict[str, str | None] = {"WARC-Date": date, "WARC-Concurrent-To": id}
    request = b""
    if asked.sent:
        parts = urlsplit(url)
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        headers = [(name, _line(value)) for name, value in asked.sent if name.lower() not in _SECRET]
        # a request's first line has its protocol last: what warcio takes for the protocol is the method
        line = StatusAndHeaders(f"{_line(target)} HTTP/1.1", headers, protocol="GET")
        request = packed_record("request", url, b"", names, line)
    return request + packed_record("metadata", url, fields_of(asked), names | {"Content-Type": FIELDS})


def fields_of(asked: Asked) -> bytes:
    """The block of a metadata record: named fields, one a line."""
    return "".join(f"{name}: {_line(str(value))}\r\n" for name, value in _told(asked) if value is not None).encode()


def _told(asked: Asked) -> Iterator[tuple[str, object]]:
    yield "run", asked.run_id
    yield "askedAt", asked.asked_at.isoformat()
    yield "outcome", asked.outcome
    yield "status", asked.status
    yield "detail", asked.detail
    yield "attempts", asked.attempts
    yield "fetchTimeMs", round(asked.seconds * 1000)
    yield "robots", asked.robots
    yield "tdm", asked.reservation
    yield "etag", asked.etag
    yield "lastModified", asked.last_modified
    for address in asked.redirects:
        yield "redirect", address
    if asked.entry is not None:
        yield "entry", json.dumps(asked.entry, ensure_ascii=False)


def read_fields(record: RawRecord) -> Asked | None:
    """What a metadata record of ours says; None for one that others wrote. Raises DamagedShelfError."""
    told: dict[str, str] = {}
    redirects: list[str] = []
    for line in bytes(record.block).decode("utf-8", "replace").split("\r\n"):
        name, _, value = line.partition(": ")
        if name == "redirect":
            redirects.append(value)
        else:
            told[name] = value
    if "outcome" not in told or "askedAt" not in told:
        return None
    try:
        return Asked(
            run_id=told.get("run"),
            asked_at=datetime.fromisoformat(told["askedAt"]),
            outcome=told["outcome"],
            status=int(told["status"]) if "status" in told else None,
            detail=told.get("detail"),
            attempts=int(told.get("attempts", 1)),
            seconds=int(told.get("fetchTimeMs", 0)) / 1000,
            robots=told.get("robots"),
            reservation=told.get("tdm"),
            redirects=tuple(redirects),
            etag=told.get("etag"),
            last_modified=told.get("lastModified"),
            entry=json.loads(told["entry"]) if "entry" in told else None,
        )
    except ValueError as error:
        raise DamagedShelfError(f"a metadata record can't be read ({error})") from error


def read_note(record: RawRecord, asked: Asked) -> ShelvedNote:
    """The note that a revisit or a metadata record by itself is. Raises KeyError, DamagedShelfError."""
    headers = record.headers
    return ShelvedNote(
        url=headers.get("warc-chancery-asked-uri") or headers["warc-target-uri"],
        source=headers.get("warc-chancery-source"),
        kind=headers.get("warc-chancery-kind") or "page",
        at=read_date(headers["warc-date"]),
        asked=asked,
    )


def _line(text: str) -> str:
    """A text that stays on its line."""
    return text if text.isprintable() else "".join(letter if letter.isprintable() else " " for letter in text)
