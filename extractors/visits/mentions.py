"""One person or body as printed at one place of an article."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from extractors.text import Span


@dataclass(slots=True, unsafe_hash=True)
class Mention:
    """One person or body as printed at one place; offsets are of the scene's text."""

    start: int
    end: int
    office: str
    """An office of the codebook, counterpart, official, legislator, ambassador, outsider or former; "" without one."""
    title: Span | None = None
    name: str | None = None
    countries: tuple[str, ...] = ()
    case: Case = "subject"
    is_plural: bool = False
    is_counterpart: bool = False
    is_new: bool = False
    """True for "un émissaire", "le ministre d'alors": nobody of whom the article spoke before."""

    def standing(self, case: Case, *, is_new: bool) -> Mention:
        """The mention with its case in the sentence."""
        return Mention(
            self.start, self.end, self.office, self.title, self.name, self.countries,
            case, self.is_plural, self.is_counterpart, is_new,
        )  # fmt: skip

    @property
    def country(self) -> str | None:
        return self.countries[0] if len(self.countries) == 1 else None


LEADERS = frozenset({"head_of_state", "head_of_government"})
MINISTERS = frozenset({"minister", "foreign_minister", "deputy_minister"})


BARRED = frozenset({"ambassador", "outsider", "former"})
"""Whoever bears one of these makes no visit in the codebook's sense."""


Case = Literal["subject", "by", "with", "of", "to", "owner"]
