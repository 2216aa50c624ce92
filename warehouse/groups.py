"""Records of a file put together again: a capture with what stands beside it, or a question that brought no page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from warehouse.companions import NOTHING, ShelvedNote, read_fields, read_note
from warehouse.record import RawRecord, raw_record
from warehouse.shelf import ShelvedCapture, read_capture, read_date

Document = ShelvedCapture | ShelvedNote
Standing = tuple[int, int, int, Document]
"""Offset and length of the first record, length of all of its group, and what they hold."""


@dataclass(slots=True)
class Assembler:
    """Takes the records of a file in order and gives each document when all of it was seen."""

    _held: Standing | None = None
    _id: str | None = None

    def take(self, offset: int, length: int, data: bytes) -> Iterator[Standing]:
        """One record; gives the document before it where this one begins another."""
        record = raw_record(data)
        beside = record.headers.get("warc-concurrent-to")
        if self._held is not None and beside is not None and beside == self._id:
            at, first, span, document = self._held
            self._held = (at, first, span + length, _with(document, record))
            return
        yield from self.end()
        begun = _document(record, data)
        if begun is not None:
            self._id = record.headers.get("warc-record-id")
            self._held = (offset, length, length, begun)

    def end(self) -> Iterator[Standing]:
        """The document that waits for more, if any."""
        held, self._held, self._id = self._held, None, None
        # a "not modified" whose metadata record was lost in a power cut says nothing
        if held is not None:
            yield held


def _document(record: RawRecord, data: bytes) -> Document | None:
    """What a record begins; None for one that says nothing to us (warcinfo, records that others wrote)."""
    if record.type in ("response", "revisit"):
        capture = read_capture(data)
        if capture is not None or record.type == "response":
            return capture
        return _nothing(record)
    if record.type != "metadata" or "warc-concurrent-to" in record.headers:
        return None
    asked = read_fields(record)
    if asked is not None:
        return read_note(record, asked)
    return _nothing(record) if record.headers.get("warc-target-uri", "").startswith(NOTHING) else None


def _nothing(record: RawRecord) -> ShelvedNote:
    headers = record.headers
    return ShelvedNote(
        url=headers.get("warc-chancery-asked-uri") or headers["warc-target-uri"],
        source=headers.get("warc-chancery-source"),
        kind=headers.get("warc-chancery-kind") or "page",
        at=read_date(headers["warc-date"]),
        asked=None,
    )


def _with(document: Document, record: RawRecord) -> Document:
    asked = read_fields(record) if record.type == "metadata" else None
    return document if asked is None else replace(document, asked=asked)
