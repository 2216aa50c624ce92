"""The errors of the reading room.

    ReadingError
     +- SourceError      a source, language or world file is wrong: file, key, remedy
     +- FeedError        a document is no feed, sitemap or listing that we know
     +- PageError        a page can't be read at all: empty, binary, past a cap

A message says what was being read, what was looked for, and what to do.
"""


class ReadingError(Exception):
    """Anything that the reading room can't read."""


class SourceError(ReadingError):
    """A TOML or CSV file of the registry is wrong."""


class FeedError(ReadingError):
    """The bytes are no feed, sitemap or listing page."""


class PageError(ReadingError):
    """The bytes hold no readable page."""
