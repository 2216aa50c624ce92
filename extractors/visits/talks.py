"""Which constructions tell a talk, and which two hold it?"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from extractors.text import Span
from extractors.visits.actors import Actor
from extractors.visits.called_by_name import named_only
from extractors.visits.claims import Claim
from extractors.visits.journeys import Journeys
from extractors.visits.language_files import language_table
from extractors.visits.lexicon import Hit
from extractors.visits.mentions import Case, Mention
from extractors.visits.phrases import listed
from extractors.visits.seats import guest_and_host

_ENCOUNTERS = frozenset({"meet", "received", "receive"})
_COUPLE = 2
_STEP = 4
_NEAR = 30
_DENIED = 24
_OBJECT = 60
_CLOSED = re.compile(r"[«“\"][^«»“”\"]*[»”\"]")
"""Quoted words, whole."""


@cache
def _nots(language: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{listed(language, 'nots')}) $")


def _may_be(called: Actor, who: Actor) -> bool:
    """ "Minister X delivered a message. At the end of the audience the Angolan foreign minister said": X himself."""
    is_met = any(m.is_counterpart for m in called.mentions)
    is_unnamed = called.named is None and called.serves is not None and not is_met
    return is_unnamed and called.office == who.office and who.serves is None


class Talks(Journeys):
    """Reads the constructions of meeting and talking."""

    def _meet(self, cue: Hit, index: int) -> Claim:
        if self._goes_on_about_call(cue) or self._is_denied(cue):
            return self._claim(cue, None)
        first, second = self._pair(cue)
        if first is None and second is None and self._tense(cue) != "future":
            first, second = self._the_two(cue)
        if not (first and self._stands_with(cue, first)):
            self._mark_object(cue, second)
        site = self._meeting_place(cue, index)
        paired = None if site else guest_and_host(self.scene, self.sentence.span, first, second)
        paired = paired or (None if site else self._led_to(cue, first, second))
        return replace(self._claim(cue, *paired), label="receive") if paired else self._claim(cue, first, second, site)

    def _led_to(self, cue: Hit, first: Actor | None, second: Actor | None) -> tuple[Actor, Actor] | None:
        """ "Le Président X a échangé avec une délégation conduite par le ministre turc Y": of an official whose state a
        paper at home need not print and a foreign delegation's head, it is the delegation that has come."""
        if not (first and second and second.serves) or first.serves or first.is_barred or not first.office:
            return None
        behind = [m for m in self.sentence.people if m.start >= cue.end]
        is_led = len(behind) > 1 and behind[0].office == "delegation" and self.cast.actor(behind[1]) is second
        has_left = any(c.visitor is first and (c.is_travel or c.label == "received") for c in self.earlier)
        return (second, first) if is_led and behind[0].case == "with" and not has_left else None

    def _is_denied(self, cue: Hit) -> bool:
        """ "The union has not met since": nobody did."""
        start = max(self.sentence.span.start, cue.start - _DENIED)
        return _nots(self.scene.lexicon.language).search(self.scene.folded, start, cue.start) is not None

    def _stands_with(self, cue: Hit, actor: Actor) -> bool:
        """ "onde se reuniu com a ministra, o chanceler X seguiu": behind whom the verb is with, a subject acts."""
        behind = (m for m in self.sentence.people if m.case == "with" and m.start >= cue.end)
        return any(self.cast.actor(m) is actor for m in behind)

    def _discuss(self, cue: Hit, index: int) -> Claim:
        """ "ont évoqué la transition à N'Djamena": what is talked of lies there, not the talk."""
        told = self._meet(cue, index)
        if any(a and self._is_talked_of(cue, a) for a in (told.visitor, told.host)):
            told = replace(told, visitor=None, host=None)
        sites = tuple(p for p in told.places if p.end <= cue.start or p.start - cue.end <= _STEP)
        return replace(told, label="meet", places=sites)

    def _is_talked_of(self, cue: Hit, actor: Actor) -> bool:
        """ "ont souligné l'attachement des Présidents A et B": who is named as the matter's owner talks with nobody."""
        own = [m for m in self.sentence.people if self.cast.actor(m) is actor]
        return bool(own) and all(m.start >= cue.end and (m.case == "of" or self._is_quoted(cue, m)) for m in own)

    def _is_quoted(self, cue: Hit, mention: Mention) -> bool:
        """ "a salué « un partenariat exemplaire » avec son homologue": what is quoted is with him, not the talk."""
        return _CLOSED.search(self.scene.text, cue.end, mention.start) is not None

    def _tells_of_both(self, cue: Hit) -> bool:
        """Whether the subject is "the two leaders"."""
        opening = max(self.sentence.span.start, cue.start - _NEAR)
        return self.scene.lexicon.the_two.search(self.scene.folded, opening, cue.start) is not None

    def _goes_on_about_call(self, cue: Hit) -> bool:
        """ "X spoke with Y by telephone. The two agreed": they did not meet."""
        return self.sentence.number - 1 in self.scene.sentences_against("phone") and self._tells_of_both(cue)

    def _the_two(self, cue: Hit) -> tuple[Actor | None, Actor | None]:
        """ "the two leaders": those who met in a sentence before."""
        if not self._tells_of_both(cue):
            return None, None
        met = (c for c in reversed(self.earlier) if c.visitor and c.host and c.label in _ENCOUNTERS)
        last = next((c for c in met if c.sentence == self.sentence.number - 1), None)
        return (last.visitor, last.host) if last else self._named_together()

    def _named_together(self) -> tuple[Actor | None, Actor | None]:
        """The two officials of different states who are all that the sentence before names."""
        before = self.scene.sentences[self.sentence.number - 1]
        told = (self.cast.actor(m) for m in self.cast.mentions if before.start <= m.start < before.end)
        named = list({id(a): a for a in told if a and a.office and not a.is_vague and not a.is_plural}.values())
        if len(named) != _COUPLE or any(a.is_barred for a in named) or named[0].serves == named[1].serves:
            return None, None
        return named[0], named[1]

    def _with_whom(self, cue: Hit) -> Actor | None:
        """ "par le ministre X, avec qui il a eu un entretien": the other of a talk stands before it."""
        lexicon = self.scene.lexicon
        mention = next((m for m in reversed(self.sentence.people) if m.end <= cue.start), None)
        between = self.scene.folded[mention.end : cue.start].lstrip(" ,").split() if mention else []
        if mention is None or len(between) < _COUPLE or between[1] not in lexicon.relatives:
            return None
        case = lexicon.case.search(f" {between[0]} ")
        actor = self.cast.actor(mention) if case and case.lastgroup == "with" else None
        return actor if actor and not actor.is_vague else None

    def _pair(self, cue: Hit) -> tuple[Actor | None, Actor | None]:
        """The two who meet: the subject and whoever follows, else the two who follow ("rencontre entre A et B")."""
        partner = self._with_whom(cue)
        if partner:
            told = (self._named_by_pronoun(cue), self._subject(cue), self._pronoun())
            return next((a for a in told if a and a is not partner), None), partner
        order: list[Actor | None] = [self._subject(cue) or self._named_by_pronoun(cue) or self._of_the_place(cue)]
        if order[0] is None and (self._has_possessive(cue) or self._is_some_talk(cue)):
            order[0] = self._agent(cue)  # "was told by X behind his talks with Y"
        peer = self._peer_beside(cue) if order[0] else None
        order.extend([peer] if peer else [])
        barred = {"to", "owner"} | ({"of"} if order[0] else set())
        right = [m for m in self.sentence.people if m.start >= cue.end and m.case not in barred and not m.is_plural]
        ranked = sorted(right, key=lambda m: (m.case not in ("with", "subject"), self._is_outsider(m), m.start))
        order.extend(self._led(self.cast.actor(m)) for m in ranked)
        given = [m for m in self.sentence.people if m.start >= cue.end and m.case == "to" and not m.is_plural]
        order.extend(self.cast.actor(m) for m in given if not any(r is not order[0] for r in order[1:]))
        if not right and not any(a is not order[0] for a in order[1:]):
            case: Case = "to" if self._is_handing(cue) else "with"
            order.append(named_only(self.scene, Span(cue.end, self.sentence.span.end), case) or self._met_only(cue))
        left = [m for m in self.sentence.people if m.end <= cue.start and m.case in ("subject", "with")]
        order.extend(self.cast.actor(m) for m in left)
        found = list({id(a): a for a in order if a and not a.is_vague}.values())
        # "since X hired her …, when she met him": a bare name before the verb is no party to what goes on about another
        if len(found) == 1 and (found[0].office or found[0].start >= cue.end or right):
            other = self._pronoun()
            is_own = other is not None and other.serves is not None and other.serves == found[0].serves
            is_own = is_own or (other is not None and not right and self._speaks_of(cue, found[0], other))
            is_own = is_own or (other is not None and _may_be(found[0], other))
            # "Ministers of Senegal signed with their Turkish peers": they did, and nobody told of before
            is_own = is_own or (self._is_group(found[0]) and any(self.cast.actor(m) is found[0] for m in left))
            found.insert(0, other if other and not is_own else found[0])
        own = self._pronoun() if len(found) > 1 and self._are_met_together(cue, found[:_COUPLE]) else None
        if own and any(a.is_barred for a in (own, *found[:_COUPLE])):
            found.insert(0, own)
        return (found[0], found[1]) if len(found) > 1 else (found[0] if found else None, None)

    def _is_group(self, actor: Actor) -> bool:
        return actor.is_plural and actor.serves is not None

    def _are_met_together(self, cue: Hit, pair: list[Actor]) -> bool:
        """ "The head of NATO … para avistarse con A y con B": both are with whom the clause does not name."""
        told = [next((m for m in self.sentence.people if self.cast.actor(m) is actor), None) for actor in pair]
        return all(m is not None and m.case == "with" and m.start >= cue.end for m in told)

    def _speaks_of(self, cue: Hit, speaker: Actor, other: Actor) -> bool:
        """ "X recalled that during the president's visit a memorandum was signed": the two did not meet."""
        people = self.sentence.people
        said = (m.start for m in people if m.case == "subject" and self.cast.actor(m) is speaker)
        first = next(said, cue.start)
        owned = (m for m in people if self.cast.actor(m) is other and first < m.start < cue.start)
        return any(m.case in ("of", "owner") for m in owned)

    def _is_some_talk(self, cue: Hit) -> bool:
        """ "was told by X at the end of a meeting with Y", but not "received by X, held a meeting with Y"."""
        start = self.sentence.span.start
        before = (c for c in self.sentence.cues if c.end <= cue.start)
        is_some = self.scene.lexicon.indefinite.search(self.scene.folded, start, cue.start) is not None
        return is_some and not any(c.label in _ENCOUNTERS - {"meet"} for c in before)

    def _is_outsider(self, mention: Mention) -> bool:
        """ "avec le vice-président d'une banque et avec le ministre X": the one who makes no visit comes behind."""
        return mention.case == "with" and mention.office == "outsider"

    def _peer_beside(self, cue: Hit) -> Actor | None:
        """ "X and her Ghanaian counterpart Y signed": who shares the verb with its subject, right before it."""
        before = [m for m in self.sentence.people if m.end <= cue.start]
        last = before[-1] if before else None
        is_peer = last is not None and last.case == "with" and (last.is_counterpart or last.office == "counterpart")
        return self.cast.actor(last) if last is not None and is_peer and cue.start - last.end <= _NEAR else None

    def _met_only(self, cue: Hit) -> Actor | None:
        """ "a rencontré mardi à Abuja X Y": who is called by name only, as the object of the verb."""
        words = language_table(self.scene.lexicon.language, "words").get("meets_directly", ())
        if not any(word in self.scene.folded[cue.start : cue.end] for word in words):
            return None
        met = named_only(self.scene, Span(cue.end, min(self.sentence.span.end, cue.end + _OBJECT)), "subject")
        is_known = met is not None and any(m.start < met.end and met.start < m.end for m in self.sentence.people)
        return None if is_known else met

    def _is_handing(self, cue: Hit) -> bool:
        """ "a remis la lettre à X Y": who gets what a visitor hands over stands behind another preposition."""
        words = language_table(self.scene.lexicon.language, "words").get("handing", ())
        return any(word in self.scene.folded[cue.start : cue.end] for word in words)
