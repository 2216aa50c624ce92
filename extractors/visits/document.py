"""The article as the coder works on it: text, folded text and sentences, made once."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property

from extractors.records import Article
from extractors.text import Span, fold, sentences
from extractors.visits.places import Place


@dataclass(frozen=True)
class Document:
    """One article for all questions asked of it; every offset is a character of `text`, the article's body."""

    article: Article

    @cached_property
    def text(self) -> str:
        return self.article.body

    @cached_property
    def headline(self) -> str | None:
        return self.article.headline

    @cached_property
    def language(self) -> str | None:
        return self.article.language

    @cached_property
    def published_on(self) -> str | None:
        return self.article.published_on

    @cached_property
    def folded(self) -> str:
        """`text` for matching, character for character as long."""
        return fold(self.text)

    @cached_property
    def sentences(self) -> tuple[Span, ...]:
        return sentences(self.text)

    @cached_property
    def sentences_of(self) -> dict[tuple[Span, ...], tuple[Span, ...]]:
        """The sentences of stretches, remembered by `sentences_in`."""
        return {}

    @cached_property
    def sites(self) -> dict[tuple[int, int, str | None, bool], Place | None]:
        """The place beside a date, without one of the visitor's state, remembered by `place_near`."""
        return {}

    @cached_property
    def sentence_places(self) -> dict[Span, tuple[Place, ...]]:
        """The places of a sentence, remembered by `places_of`."""
        return {}

    @cached_property
    def _starts(self) -> list[int]:
        return [span.start for span in self.sentences]

    def sentence_at(self, offset: int) -> Span:
        """The sentence that holds a character; the last one before it where it stands between two."""
        if not self.sentences:
            return Span(0, len(self.text))
        behind = bisect_right(self._starts, offset)
        return self.sentences[behind - 1 if behind else 0]
