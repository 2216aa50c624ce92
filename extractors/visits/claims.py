"""What does each sentence claim: who travels, who receives, and where?

A cue (a verb or noun of the language file, as "effectue une visite", "a été reçu") gives the construction; the construction
says where its visitor, host and place stand. Nothing here knows a language.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from extractors.text import Span
from extractors.visits.actors import Actor, Cast
from extractors.visits.lexicon import Hit
from extractors.visits.people import Mention
from extractors.visits.places import Place
from extractors.visits.scene import Scene

TRAVEL = frozenset({"visit_by", "in_visit", "visit_of", "visiting", "arrive", "be_at", "go", "leave", "return"})
LABELLED = frozenset({"visit_by", "in_visit", "visit_of", "visiting"})
_JOINED = re.compile(r"[ ]{0,2}(?:,|\w{1,3}|,? ?\w{1,5})?[ ]{0,2}(?:\w{1,3}[ '’])?(?:\w{1,3}[ '’])?$")
_RELATIVE = re.compile(
    r"[ ]{0,2},?[ ]{0,2}(?:qui|que|dont|lequel|who|whose|that|which|el cual|quien|o qual|الذي|التي|الدي)?[ ]?(?:\w+[ '])?$"
)


@dataclass(frozen=True, slots=True)
class Claim:
    """One construction in one sentence, with its slots filled as far as the sentence goes."""

    label: str
    cue: Span
    sentence: int
    visitor: Actor | None = None
    host: Actor | None = None
    places: tuple[Place, ...] = ()
    """Where the visitor goes or is; several on a tour."""
    tense: str | None = None
    """"future", "earlier" (pluperfect) or None."""
    in_headline: bool = False

    @property
    def is_travel(self) -> bool:
        return self.label in TRAVEL


class Sentence:
    """One sentence with its cues, people and places."""

    def __init__(
        self, scene: Scene, number: int, cues: Sequence[Hit], people: Sequence[Mention], places: Sequence[Place]
    ) -> None:
        self.scene, self.number, self.span = scene, number, scene.sentences[number]
        self.cues, self.people, self.places = cues, people, places


def read_claims(scene: Scene, cast: Cast) -> list[Claim]:
    """The claims of all sentences, in reading order."""
    claims: list[Claim] = []
    previous: Actor | None = None
    for sentence in _sentences(scene, cast):
        reader = _Reader(scene, cast, sentence, previous, claims)
        claims.extend(reader.claims())
        previous = reader.topic() or previous
    return claims


def _sentences(scene: Scene, cast: Cast) -> Iterator[Sentence]:
    cues = scene.lexicon.cues.scan(scene.folded, scene.word_starts)
    c = p = q = 0
    mentions, places = cast.mentions, scene.places
    for number, span in enumerate(scene.sentences):
        c0, p0, q0 = c, p, q
        while c < len(cues) and cues[c].start < span.end:
            c += 1
        while p < len(mentions) and mentions[p].start < span.end:
            p += 1
        while q < len(places) and places[q].start < span.end:
            q += 1
        if c > c0 or p > p0:
            yield Sentence(scene, number, cues[c0:c], mentions[p0:p], places[q0:q])


class _Reader:
    """Fills the slots of one sentence's cues."""

    def __init__(
        self, scene: Scene, cast: Cast, sentence: Sentence, previous: Actor | None, earlier: Sequence[Claim]
    ) -> None:
        self.scene, self.cast, self.sentence = scene, cast, sentence
        self.previous, self.earlier = previous, earlier
        self.objects: set[int] = set()

    def topic(self) -> Actor | None:
        """Whom the next sentence's pronoun may take up."""
        for mention in self.sentence.people:
            if mention.case == "subject" and not mention.is_plural:
                return self.cast.actor(mention)
        return None

    def claims(self) -> Iterator[Claim]:
        for index, cue in enumerate(self.sentence.cues):
            read = getattr(self, f"_{cue.label}", None)
            if read is None:
                continue
            claim: Claim | None = read(cue, index)
            if claim is not None:
                yield replace(claim, tense=self._tense(cue), in_headline=self.scene.in_headline(cue.start))

    # ------------------------------------------------------------ constructions

    def _visit_by(self, cue: Hit, index: int) -> Claim:
        return self._claim(cue, self._subject(cue) or self._possessor(cue), places=self._destination(cue, index))

    def _in_visit(self, cue: Hit, index: int) -> Claim:
        near = self._left(cue, any_case=True)
        return self._claim(
            cue, near or self._right_subject(cue) or self._pronoun(), places=self._destination(cue, index)
        )

    def _visiting(self, cue: Hit, index: int) -> Claim:
        return self._claim(cue, self._right_subject(cue), places=())

    def _visit_of(self, cue: Hit, index: int) -> Claim:
        owner = self._possessor(cue)
        return self._claim(cue, owner, places=self._destination(cue, index))

    def _be_at(self, cue: Hit, index: int) -> Claim | None:
        places = tuple(p for p in self.sentence.places if 0 <= p.start - cue.end <= 3 and p.kind in ("country", "city"))
        return self._claim(cue, self._subject(cue) or self._pronoun(), places=places) if places else None

    def _arrive(self, cue: Hit, index: int) -> Claim:
        who = self._subject(cue) or self._right_subject(cue) or self._pronoun()
        return self._claim(cue, who, places=self._destination(cue, index))

    _go = _arrive

    def _leave(self, cue: Hit, index: int) -> Claim:
        return self._claim(cue, self._subject(cue) or self._pronoun(), places=self._direct_place(cue))

    def _return(self, cue: Hit, index: int) -> Claim:
        return self._claim(cue, self._subject(cue) or self._pronoun(), places=self._origin(cue))

    def _received(self, cue: Hit, index: int) -> Claim:
        who = self._subject(cue) or self._pronoun()
        host = self._right(cue, ("by",))
        if host is None and who is not None:
            host = self._right(cue, ("subject",)) if not self.scene.lexicon.has_capitals else None
        return self._claim(cue, who, host, self._near_place(cue, index))

    def _receive(self, cue: Hit, index: int) -> Claim:
        host = self._subject(cue)
        guest = self._right(cue, ("subject", "to"))
        if host is None and guest is not None:
            second = self._right(cue, ("subject",), skip=1)
            host, guest = (guest, second) if second else (self._pronoun(), guest)
        self._mark_object(cue, guest)
        return self._claim(cue, guest, host, self._near_place(cue, index))

    def _meet(self, cue: Hit, index: int) -> Claim:
        first, second = self._pair(cue)
        self._mark_object(cue, second)
        return self._claim(cue, first, second, self._near_place(cue, index))

    def _pair(self, cue: Hit) -> tuple[Actor | None, Actor | None]:
        """The two who meet: the subject and whoever follows, else the two who follow ("rencontre entre A et B")."""
        order: list[Actor | None] = [self._subject(cue)]
        right = [m for m in self.sentence.people if m.start >= cue.end and m.case != "to" and not m.is_plural]
        order.extend(
            self._led(self.cast.actor(m))
            for m in sorted(right, key=lambda m: (m.case not in ("with", "subject"), m.start))
        )
        order.extend(
            self.cast.actor(m) for m in self.sentence.people if m.end <= cue.start and m.case in ("subject", "with")
        )
        found = list({id(a): a for a in order if a}.values())
        if len(found) == 1:
            found.insert(0, self._pronoun() or found[0])
        return (found[0], found[1]) if len(found) > 1 else (found[0] if found else None, None)

    def _session(self, cue: Hit, index: int) -> Claim:
        people = [self.cast.actor(m) for m in self.sentence.people if not m.is_plural]
        known = [a for a in people if a]
        first = known[0] if known else None
        second = next((a for a in known if a is not first), None)
        return self._claim(cue, first, second, self._near_place(cue, index))

    def _invite_by(self, cue: Hit, index: int) -> Claim:
        host = self._right(cue, ("of", "subject", "by"))
        who = self._subject(cue) or self._right_subject(cue, other_than=host) or self._pronoun()
        return self._claim(cue, who, host, self._near_place(cue, index))

    # ------------------------------------------------------------ slots

    def _claim(
        self, cue: Hit, visitor: Actor | None, host: Actor | None = None, places: tuple[Place, ...] = ()
    ) -> Claim:
        if host is visitor:
            host = None
        return Claim(cue.label, Span(cue.start, cue.end), self.sentence.number, visitor, host, places)

    def _tense(self, cue: Hit) -> str | None:
        text = self.scene.folded[cue.start : cue.end]
        before = self.scene.folded[max(self.sentence.span.start, cue.start - 14) : cue.start]
        if self.scene.lexicon.earlier.match(text) or self.scene.lexicon.earlier.search(before):
            return "earlier"
        return "future" if self.scene.lexicon.future.match(text) else None

    def _left(self, cue: Hit, *, any_case: bool = False) -> Actor | None:
        for mention in reversed(self.sentence.people):
            if mention.end > cue.start:
                continue
            if any_case or mention.case == "subject":
                if mention.start in self.objects and not any_case and not self._has_relative(mention, cue):
                    continue
                return self.cast.actor(mention)
            if self._has_relative(mention, cue):
                return self.cast.actor(mention)
        return None

    def _has_relative(self, mention: Mention, cue: Hit) -> bool:
        between = self.scene.folded[mention.end : cue.start]
        return len(between) < 24 and any(
            w in self.relatives for w in between.replace(",", " ").replace("'", " ").split()
        )

    @property
    def relatives(self) -> frozenset[str]:
        return frozenset(self.scene.lexicon.table["words"].get("relatives", ()))

    def _subject(self, cue: Hit) -> Actor | None:
        return self._led(self._left(cue))

    def _led(self, actor: Actor | None) -> Actor | None:
        """A delegation travels under its leader: "une délégation conduite par le ministre …"."""
        if actor is None or actor.office != "delegation":
            return actor
        for mention in self.sentence.people:
            leader = self.cast.actor(mention)
            if mention.case == "by" and mention.start > actor.start and leader and leader is not actor:
                if leader.serves is None:
                    leader.serves = actor.serves
                return leader
        return actor

    def _right_subject(self, cue: Hit, other_than: Actor | None = None) -> Actor | None:
        return self._right(cue, ("subject",), other_than=other_than)

    def _right(self, cue: Hit, cases: Sequence[str], *, skip: int = 0, other_than: Actor | None = None) -> Actor | None:
        for mention in self.sentence.people:
            actor = self.cast.actor(mention)
            if mention.start >= cue.end and mention.case in cases and actor is not other_than and actor:
                if skip == 0:
                    return self._led(actor)
                skip -= 1
        return None

    def _possessor(self, cue: Hit) -> Actor | None:
        """ "la visite du ministre", "la visite à Paris du ministre"; with "sa visite" whoever is spoken of."""
        for mention in self.sentence.people:
            if mention.start >= cue.end and mention.case in ("of", "by") and mention.start - cue.end < 110:
                return self._led(self.cast.actor(mention))
        if self._has_possessive(cue):
            return self._left(cue) or self._pronoun()
        return None

    def _has_possessive(self, cue: Hit) -> bool:
        before = self.scene.folded[max(0, cue.start - 26) : cue.end].split()
        return any(word in self.possessives for word in before)

    @property
    def possessives(self) -> frozenset[str]:
        return frozenset(self.scene.lexicon.table["words"].get("possessives", ()))

    def _pronoun(self) -> Actor | None:
        """Whom a sentence without a subject of its own goes on about."""
        if self.scene.in_headline(self.sentence.span.start):
            return None
        for claim in reversed(self.earlier):
            if claim.sentence < self.sentence.number - 4:
                break
            if claim.visitor and not claim.in_headline and claim.label != "meet":
                return claim.visitor
        return self.previous

    def _mark_object(self, cue: Hit, actor: Actor | None) -> None:
        if actor:
            self.objects.update(
                m.start for m in self.sentence.people if m.start >= cue.end and self.cast.actor(m) is actor
            )

    # ------------------------------------------------------------ places

    def _destination(self, cue: Hit, index: int) -> tuple[Place, ...]:
        """Places that the cue leads to, behind it, else before it in the sentence."""
        limit = next(
            (c.start for c in self.sentence.cues[index + 1 :] if c.label in ("go", "arrive", "leave", "return")),
            self.sentence.span.end,
        )
        found: list[Place] = []
        for place in self.sentence.places:
            if place.start < cue.start or place.start >= limit:
                continue
            if self._leads_to(place, cue) or (found and self._is_joined(found[-1], place)):
                found.append(place)
        return tuple(found) or self._before(cue)

    def _leads_to(self, place: Place, cue: Hit) -> bool:
        case = self._place_case(place)
        if case in ("to", "in"):
            return place.kind in ("country", "city") or self._is_ground(place)
        return case is None and place.kind in ("country", "city") and 0 <= place.start - cue.end <= 5

    def _is_ground(self, place: Place) -> bool:
        return bool(self.scene.lexicon.ground.search(self.scene.folded, max(0, place.start - 24), place.start))

    def _place_case(self, place: Place) -> str | None:
        start = place.start
        ground = self.scene.lexicon.ground.search(self.scene.folded, max(0, start - 24), start)
        if ground:
            start = ground.start()
        match = self.scene.lexicon.place_case.search(self.scene.folded, max(0, start - 44), start)
        return match.lastgroup if match else None

    def _is_joined(self, first: Place, second: Place) -> bool:
        between = self.scene.folded[first.end : second.start]
        return (
            second.kind in ("country", "city")
            and len(between) < 14
            and "." not in between
            and self._place_case(second) != "from"
        )

    def _before(self, cue: Hit) -> tuple[Place, ...]:
        for place in reversed(self.sentence.places):
            if (
                place.end <= cue.start
                and self._place_case(place) == "in"
                and (place.kind in ("country", "city") or self._is_ground(place))
            ):
                return (place,)
        return ()

    def _near_place(self, cue: Hit, index: int) -> tuple[Place, ...]:
        """Where a meeting is held: any place of the sentence that stands as one."""
        found = [
            p
            for p in self.sentence.places
            if self._place_case(p) == "in" and (p.kind in ("country", "city") or self._is_ground(p))
        ]
        behind = [p for p in found if p.start >= cue.end]
        return tuple((behind or found[-1:])[:1])

    def _direct_place(self, cue: Hit) -> tuple[Place, ...]:
        for place in self.sentence.places:
            if (
                0 <= place.start - cue.end <= 30
                and (place.kind in ("country", "city") or self._is_ground(place))
                and self._place_case(place) in (None, "from", "to", "in")
            ):
                return (place,)
        return ()

    def _origin(self, cue: Hit) -> tuple[Place, ...]:
        for place in self.sentence.places:
            if (
                0 <= place.start - cue.end <= 60
                and place.kind in ("country", "city")
                and self._place_case(place) in ("of", "from")
            ):
                return (place,)
        return ()
