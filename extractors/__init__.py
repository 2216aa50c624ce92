"""The reading room: bytes in, records out; import only from here."""

from extractors.announced import find_feeds
from extractors.article import read_article, read_text
from extractors.errors import FeedError, PageError, ReadingError, SourceError
from extractors.feed import FeedReading, read_feed
from extractors.likely import may_concern_visit
from extractors.records import Article, Coding, Entry, VisitReport, record_form
from extractors.registry import load_sources, packaged
from extractors.rights import Rights, read_rights, refuses_archive, reservation_of
from extractors.sources_form import Discover, Expect, Layout, Listing, Manners, Schedule, Source
from extractors.visits.coder import read_visits

READER_VERSION = "1"
"""Of what reads pages into articles: raised when the same page may give another record."""

CODER_VERSION = "1"
"""Of what codes visits: raised when the same article may give another coding."""

__all__ = [
    "CODER_VERSION",
    "READER_VERSION",
    "Article",
    "Coding",
    "Discover",
    "Entry",
    "Expect",
    "FeedError",
    "FeedReading",
    "Layout",
    "Listing",
    "Manners",
    "PageError",
    "ReadingError",
    "Rights",
    "Schedule",
    "Source",
    "SourceError",
    "VisitReport",
    "find_feeds",
    "load_sources",
    "may_concern_visit",
    "packaged",
    "read_article",
    "read_feed",
    "read_rights",
    "read_text",
    "read_visits",
    "record_form",
    "refuses_archive",
    "reservation_of",
]  # fmt: skip
