"""The reading room: bytes in, records out; import only from here."""

from extractors.errors import FeedError, PageError, ReadingError, SourceError
from extractors.feed import FeedReading, read_feed
from extractors.records import Article, Coding, Entry, VisitReport, record_form
from extractors.registry import load_sources, packaged
from extractors.rights import Rights, read_rights, refuses_archive, reservation_of
from extractors.sources_form import Discover, Expect, Layout, Listing, Manners, Schedule, Source

__all__ = [
    "Article", "Coding", "Discover", "Entry", "Expect", "FeedError", "FeedReading", "Layout", "Listing", "Manners",
    "PageError", "ReadingError", "Rights", "Schedule", "Source", "SourceError", "VisitReport", "load_sources",
    "packaged", "read_feed", "read_rights", "record_form", "refuses_archive", "reservation_of",
]  # fmt: skip
