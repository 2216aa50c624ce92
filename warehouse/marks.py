"""Where things stand on the shelves: a capture, a page as the index knows it, and bytes that hold no record."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from warehouse.errors import DamagedShelfError


@dataclass(frozen=True, slots=True)
class Shelfmark:
    """Where a capture stands: the file (relative to the shelves), offset and length of its record in bytes."""

    file: str
    offset: int
    length: int
    span: int | None = field(default=None, compare=False)
    """Bytes with the records beside it (request, metadata); None where nothing is known of them."""

    @classmethod
    def of(cls, text: str) -> Shelfmark:
        """From the text form, as revisits refer. Raises DamagedShelfError."""
        try:
            file, offset, length = text.split(" ")
            return cls(file, int(offset), int(length))
        except ValueError as error:
            raise DamagedShelfError(f"{text[:200]!r} is no shelfmark") from error

    def __str__(self) -> str:
        return f"{self.file} {self.offset} {self.length}"


@dataclass(frozen=True, slots=True)
class PageOnShelf:
    """A capture as the catalogue's index knows it: all but its bytes and headers."""

    url: str
    final_url: str
    source: str | None
    kind: str
    captured_at: datetime
    status: int | None
    charset: str | None
    digest: str
    run_id: str | None
    mark: Shelfmark


@dataclass(frozen=True, slots=True)
class ShelfDamage:
    """Bytes of a file that hold no whole record."""

    file: str
    offset: int
    length: int
    is_tail: bool
    """The file's end, as a power cut leaves it; otherwise whole records follow."""
    moved_to: str | None
    """Where the cut bytes were kept (relative to the shelves); None if they were left in place."""
