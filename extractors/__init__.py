"""The reading room: bytes in, records out; import only from here."""

from extractors.errors import SourceError
from extractors.records import Article, Coding, Entry, VisitReport, record_form
from extractors.registry import load_sources
from extractors.sources_form import Discover, Expect, Layout, Listing, Manners, Schedule, Source

__all__ = [
    "Article", "Coding", "Discover", "Entry", "Expect", "Layout", "Listing", "Manners", "Schedule", "Source",
    "SourceError", "VisitReport", "load_sources", "record_form",
]  # fmt: skip
