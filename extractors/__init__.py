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
from extractors.versions import coder_version, reader_version
from extractors.visits.coder import read_visits
from extractors.visits.world import load_states

__all__ = [
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
    "coder_version",
    "find_feeds",
    "load_sources",
    "load_states",
    "may_concern_visit",
    "packaged",
    "read_article",
    "read_feed",
    "read_rights",
    "read_text",
    "read_visits",
    "reader_version",
    "record_form",
    "refuses_archive",
    "reservation_of",
]  # fmt: skip
