"""Who shares the subject of a construction: who is named first, companions of his state, peers of other states?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from extractors.visits.actors import Actor, Cast
from extractors.visits.claims import TRAVEL, Claim, Sentence
from extractors.visits.cue_tense import Timed, joining
from extractors.visits.lexicon import Hit
from extractors.visits.mentions import BARRED, MINISTERS, Mention
from extractors.visits.phrases import listed
from extractors.visits.titles import is_plural_title

_ACTS = frozenset({"receive", "received", "meet", "discuss", "go", "arrive", "return", "leave", "visits", "send"})


class Fellows(Timed):
    """One sentence of an article, asked for those who travel together."""

    cast: Cast
    sentence: Sentence

    def _first_named(self, cue: Hit, mention: Mention) -> Actor | None:
        """Who is named first where a person shares the subject with others of his state; None where he is alone."""
        return self._first_of_list(mention) or self._principal(cue, mention)

    def _principal(self, cue: Hit, last: Mention) -> Actor | None:
        """Of those of one state who travel together the others go with whoever is named first."""
        joined = self._joined_to(cue, last)
        return self.cast.actor(joined[-1]) if joined else None

    def _companions(self, cue: Hit, who: Actor | None) -> tuple[Mention, ...]:
        """Who goes with the subject of a verb and is named behind him; a resident ambassador and a consort do not."""
        last = next((m for m in reversed(self.sentence.people) if m.end <= cue.start), None)
        joined = self._joined_to(cue, last) if last and who else []
        is_led = bool(joined) and self.cast.actor(joined[-1]) is who
        told = (*reversed(joined[:-1]), last) if is_led else ()
        return tuple(m for m in told if m and m.office not in BARRED | {"royal"})

    def _joined_to(self, cue: Hit, last: Mention) -> list[Mention]:
        """ "le président togolais X et le ministre Y se sont rendus": those of one state before the last one, back to
        the first; a couple of sovereigns may print its state behind the second."""
        joined: list[Mention] = []
        if cue.label not in TRAVEL and cue.label != "received":
            return joined
        second = last
        for first in reversed([m for m in self.sentence.people if m.end <= last.start]):
            between = self._between(first, second)
            is_joined = between <= self.scene.lexicon.joints and bool(between or joined)
            one, other = self.cast.actor(first), self.cast.actor(second)
            if not is_joined or first.case != "subject" or one is None or other is None or one is other:
                break
            if not _are_of_one_state(one, other) or one.is_barred or one.is_plural or not one.office:
                break
            joined.append(first)
            second = first
        return joined

    def _first_of_list(self, mention: Mention) -> Actor | None:
        """ "les ministres ghanéens du Commerce, X, et de la Communication, Y, séjournent": who is named first."""
        before = next((m for m in reversed(self.sentence.people) if m.end <= mention.start), None)
        if before is None or mention.title or not before.name or before.title is None:
            return None
        between = self.scene.folded[before.end : mention.start].replace(",", " ").split()
        if mention.office not in ("", before.office) or not between or between[0] not in self.scene.lexicon.joints:
            return None
        first, second = self.cast.actor(before), self.cast.actor(mention)
        is_one_state = first is not None and second is not None and second.serves in (None, first.serves)
        is_list = is_plural_title(self.scene, Hit(before.office, before.title.start, before.title.end))
        return first if is_list and is_one_state and before.office in MINISTERS else None

    def _fellows(self, cue: Hit, who: Actor | None) -> list[Actor]:
        """ "le président béninois, le roi d'Eswatini et le Premier ministre malien sont arrivés": those of other
        states who share a subject that stands before its verb; at a summit or a ceremony it is a list of guests."""
        if any(self.scene.sentence_number(h.start) == self.sentence.number for h in self.scene.occasion_hits):
            return []
        people = [m for m in self.sentence.people if m.end <= cue.start]
        if who is None or not people or not _states(who):
            return []
        if who not in (self.cast.actor(people[-1]), self._first_named(cue, people[-1])):
            return []
        is_apart = self.scene.folded.startswith(", ", people[-1].end)
        if is_apart and any(m.is_counterpart for m in who.mentions) and self._is_of_one(cue, people[-1]):
            return []  # "X et son homologue Y, en visite depuis lundi": the counterpart alone
        found: list[Actor] = []
        for first, second in zip(reversed(people[:-1]), reversed(people), strict=False):
            actor = self.cast.actor(first)
            is_joined = first.case == "subject" and self._between(first, second) <= self.scene.lexicon.joints
            if not is_joined or actor is None or actor.is_barred or not _states(actor) or not actor.office:
                break
            if all(_states(actor).isdisjoint(_states(other)) for other in (who, *found)):
                found.append(actor)
        return found

    def _is_of_one(self, cue: Hit, last: Mention) -> bool:
        """ ", en visite", ", arrivé dans la matinée": an apposition that is not told of several."""
        is_apposed = self.scene.lexicon.apposed.match(self.scene.folded, last.end, cue.end) is not None
        return cue.label == "in_visit" or (is_apposed and self._is_singular(cue))

    def _is_singular(self, cue: Hit) -> bool:
        """Whether the verb's ending, where the language tells so, is that of one person."""
        plural = self.scene.lexicon.plural_verb
        return plural is not None and plural.search(self.scene.folded, cue.start, cue.end) is None

    def _speaks(self, mention: Mention) -> bool:
        """Whether a verb of speech stands right behind somebody."""
        return _says(self.scene.lexicon.language).match(self.scene.folded, mention.end) is not None

    def _other_guests(self, cue: Hit, claim: Claim) -> Iterator[Actor]:
        """ "a reçu le ministre béninois X et le ministre ghanéen Y": those of further states who are received too, even
        where the first is an ambassador."""
        if any(self.scene.sentence_number(h.start) == self.sentence.number for h in self.scene.occasion_hits):
            return
        known = [a for a in (claim.host, claim.visitor) if a]
        behind = [m for m in self.sentence.people if m.start >= cue.end]
        at = next((i for i, m in enumerate(behind) if self.cast.actor(m) is claim.visitor), len(behind))
        steps = self.scene.lexicon.joints | joining(self.scene.lexicon.language)
        for first, second in pairwise(behind[at:]):
            actor = self.cast.actor(second)
            if actor is None or not self._between(first, second) <= steps:
                return
            is_official = actor.office and not (actor.is_barred or actor.is_plural or actor.is_vague)
            if is_official and _states(actor) and all(_states(actor).isdisjoint(_states(a)) for a in known):
                known.append(actor)
                yield actor

    def _between(self, first: Mention, second: Mention) -> set[str]:
        """The words between two persons, without marks."""
        return set(self.scene.folded[first.end : second.start].replace(",", " ").replace("'", " ").split())

    def _who_told(self, cue: Hit) -> Actor | None:
        """ "X called Y to confirm to him his coming": of the two it is X's, who stands before Y."""
        before = [m for m in self.sentence.people if m.end <= cue.start]
        told = before and _for_him(self.scene.lexicon.language).search(self.scene.folded, before[-1].end, cue.start)
        first = next((m for m in reversed(before[:-1]) if m.case == "subject"), None)
        return self.cast.actor(first) if told and first else None

    def _tells_strangers(self, start: int, end: int) -> bool:
        """Whether those told there are no officials, and no party: "led by X and including experts"; the police of "the
        Inspector General of Police X" are one."""
        found = self.scene.lexicon.strangers.finditer(self.scene.folded, start, end)
        told = (s for s in found if not any(m.start <= s.start() < m.end for m in self.sentence.people))
        parts = _parts(self.scene.lexicon.language)
        return next(told, None) is not None and parts.search(self.scene.folded, start, end) is None

    def _opens_with_stranger(self, cue: Hit) -> bool:
        """ "Wanjiru Kamotho has left Brazzaville": nothing but the full name of somebody who holds no office."""
        words = self.scene.text[self.scene.opening_of(self.sentence.span) : cue.start].split()
        is_name = len(words) > 1 and all(w[:1].isupper() and w.replace("-", "").isalpha() for w in words)
        starts = (*(m.start for m in self.sentence.people), *(p.start for p in self.sentence.places))
        return is_name and min(starts, default=cue.start) >= cue.start

    def _is_of_company(self, mention: Mention, cue: Hit) -> bool:
        """ "X, à la tête d'une délégation comprenant Y et Z, a été reçu", "X, qu'accompagne Y, …": who is told between
        commas to be with the subject is not the subject of the verb behind."""
        before = [m for m in self.sentence.people if m.case in ("subject", "by") and m.end <= mention.start]
        is_apart = self.scene.folded.startswith(",", mention.end)
        lists = [_parts(self.scene.lexicon.language), *([_company(self.scene.lexicon.language)] if is_apart else [])]
        first = next((m for m in before if any(words.match(self.scene.folded, m.end) for words in lists)), None)
        verbs = (c for c in self.sentence.cues if first and first.end <= c.start < mention.start)
        return first is not None and not any(c.label in _ACTS for c in verbs)


def _states(actor: Actor) -> frozenset[str]:
    """The state that somebody serves, or those that his people may be of ("congolais"); none where none is printed."""
    told = (actor.serves,) if actor.serves else (state for m in actor.mentions for state in m.countries)
    return frozenset(told)


def _are_of_one_state(first: Actor, second: Actor) -> bool:
    is_couple = first.office == second.office == "royal"
    if second.office == "delegation" or (second.serves is None and any(m.is_counterpart for m in second.mentions)):
        return False
    return second.serves in (first.serves, None) if first.serves else is_couple


@cache
def _parts(language: str) -> re.Pattern[str]:
    """ "a delegation led by X and including Y and Z will begin": what tells the members without a comma."""
    return re.compile(rf" (?:{listed(language, 'party_members')})(?!\w)")


@cache
def _for_him(language: str) -> re.Pattern[str]:
    """Between somebody and what another tells him of."""
    return re.compile(rf"(?<!\w)(?:{listed(language, 'for_him')})(?!\w)")


@cache
def _company(language: str) -> re.Pattern[str]:
    """Right behind somebody: what opens the list of those with him."""
    words = "|".join(listed(language, key) for key in ("in_company", "leading", "company"))
    return re.compile(rf" ?, (?:{words})(?!\w)")


@cache
def _says(language: str) -> re.Pattern[str]:
    """Right behind somebody: a verb of speech."""
    return re.compile(rf",? (?:{listed(language, 'says', 'quotations')})(?!\w)")
