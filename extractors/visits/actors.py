"""Which mentions are one person, what is that person called, and which state does he or she serve?"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import lru_cache

from extractors.text import Span, fold
from extractors.visits.mentions import BARRED, MINISTERS, Mention

_WORD = re.compile(r"\w+")
_LETTERS, _ALIKE = 6, 0.75
_GENERIC = frozenset({"official", "legislator", "counterpart", ""})
ONCE = frozenset({"head_of_state", "head_of_government", "foreign_minister"})
"""Offices that a state has once."""


@dataclass(eq=False)
class Actor:
    """One person or delegation of the article, with all its mentions in reading order."""

    mentions: list[Mention] = field(default_factory=list)
    named: str | None = None
    serves: str | None = None
    """The state that the text gives by an adjective, a genitive or a counterpart."""
    bears_message: bool = False
    sent_to: str | None = None
    """The state of whoever the message is for."""
    is_guess: bool = False
    """True where `assumed` rests only on which states the article names most."""
    peer: Actor | None = None
    """Whose counterpart he or she is called, where no office is printed."""
    assumed: str | None = None
    """The state that follows from the article as a whole, where no mention prints one."""

    @property
    def country(self) -> str | None:
        return self.serves or self.assumed

    @property
    def name(self) -> str | None:
        return self.named

    @property
    def start(self) -> int:
        return self.mentions[0].start

    @property
    def end(self) -> int:
        return self.mentions[0].end

    @property
    def office(self) -> str:
        """The office that most mentions print, the specific before the general."""
        office = _best_office(tuple([m.office for m in self.mentions]), self.bears_message)
        office = office or (self.peer.office if self.peer and self.peer.peer is None else "")
        return office or ("special_envoy" if self.bears_message else "")

    @property
    def is_barred(self) -> bool:
        """True for ambassadors, heads of organisations, former officials and the like."""
        offices = [m.office for m in self.mentions]
        return not BARRED.isdisjoint(offices) and "special_envoy" not in offices and self.office in BARRED

    @property
    def is_vague(self) -> bool:
        """True for groups and delegations that neither a name nor a state makes somebody."""
        if self.named is not None or self.serves is not None or self.is_barred:
            return False
        return self.is_plural or self.office == "delegation"

    @property
    def is_only_met(self) -> bool:
        """True for a counterpart with whom somebody did something."""
        return all(m.is_counterpart and m.case != "subject" for m in self.mentions if m.office)

    @property
    def is_plural(self) -> bool:
        return all(m.is_plural for m in self.mentions)


@lru_cache(maxsize=4096)
def _best_office(printed: tuple[str, ...], bears_message: bool) -> str:
    seen = Counter(office for office in printed if office not in _GENERIC)
    kinds = set(seen)
    if "foreign_minister" in seen and kinds <= MINISTERS | {"special_envoy", "other"}:
        return "foreign_minister"
    if seen and bears_message and kinds <= MINISTERS | {"special_envoy", "other", "delegation"}:
        return "special_envoy"
    for office in ("special_envoy", "deputy_minister"):
        if office in seen and kinds <= MINISTERS | {office, "ambassador"}:
            return office
    return seen.most_common(1)[0][0] if seen else ""


@dataclass(frozen=True, slots=True)
class Cast:
    """The people of an article: each mention in reading order, and whose it is."""

    mentions: tuple[Mention, ...]
    actor_of: dict[int, Actor]
    """By the start of a mention."""

    @property
    def actors(self) -> list[Actor]:
        return list({id(a): a for a in self.actor_of.values()}.values())

    def names(self, text: str) -> Iterator[Span]:
        """Where names of several words stand, without the titles beside them."""
        for mention in self.mentions:
            if mention.name and " " in mention.name:
                at = text.rfind(mention.name, mention.start, mention.end)
                if at >= 0:
                    yield Span(at, at + len(mention.name))

    def actor(self, mention: Mention) -> Actor | None:
        return self.actor_of.get(mention.start)

    def is_foreign_to(self, who: Actor, states: Sequence[str]) -> bool:
        """ "X arrived in India … the Indian president, Y", "… his Indian counterpart": whether somebody else of who's
        office serves one of the states."""
        others = (a for a in self.actors if a is not who and a.serves in states and a.office == who.office)
        return any(a.peer is who or (a.named and who.named and a.office in ONCE) for a in others)


@lru_cache(maxsize=4096)
def name_tokens(name: str, particles: frozenset[str]) -> tuple[str, ...]:
    """The words of a name for comparing, folded, without particles and initials."""
    words = tuple(_WORD.findall(fold(name)))
    return tuple(t for t in words if t not in particles and len(t) > 1) or words


def is_same_name(first: Sequence[str], second: Sequence[str]) -> bool:
    """True where two names, as words, can be one person's: one within the other, or the last word and another agree."""
    short, long = sorted((first, second), key=len)
    if not short:
        return False
    if set(short) <= set(long):
        return True
    if len(set(short) & set(long)) >= 2:
        # "Rashid bin Saif Al Qubaisi" and his son, "Mansour bin Rashid Al Qubaisi", are as long and begin otherwise
        return short[0] == long[0] or (len(short) < len(long) and (short[0] in long or long[0] in short))
    return (short[-1] == long[-1] and short[0][0] == long[0][0]) or _is_spelling(first, second)


def _is_spelling(first: Sequence[str], second: Sequence[str]) -> bool:
    """ "Nikol Pachinian" and "Nikol Pashinyan": of two full names with the same beginning, last words nearly alike."""
    if len(first) != len(second) or len(first) == 1 or first[:-1] != second[:-1]:
        return False
    one, other = first[-1], second[-1]
    if one[0] != other[0] or min(len(one), len(other)) < _LETTERS:
        return False
    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= _ALIKE
