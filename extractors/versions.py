"""Which reader read a page, which coder coded an article: a number for people and a digest of code and word lists.

The digest changes with every change of a rule or a word, so that rows made by different readers can be told apart even
where nobody thought of raising a number.
"""

from __future__ import annotations

from functools import cache

from extractors.registry import room_digest

READER = "1"
"""Of what reads pages into articles: raised when its records mean something else."""
CODER = "1"
"""Of what codes visits."""
_READER_FILES = ("*.py", "article/*", "languages/page/*")
_CODER_FILES = ("text.py", "visits/*", "languages/*.toml", "languages/world/*", "world/*")


@cache
def reader_version() -> str:
    """As `1-3f0a9c41`: what reads pages into articles."""
    return f"{READER}-{room_digest(*_READER_FILES)}"


@cache
def coder_version() -> str:
    """As `1-77b2e0d5`: what codes the visits of an article."""
    return f"{CODER}-{room_digest(*_CODER_FILES)}"
