"""Who fills a slot of a construction: the subject, the object, the possessor, whom a pronoun means, and which place?"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from extractors.text import Span
from extractors.visits.actors import Actor, Cast
from extractors.visits.allegiance import is_led_ahead, leads
from extractors.visits.claims import TRAVEL, Claim, Sentence
from extractors.visits.cue_tense import opens_its_relative
from extractors.visits.fellows import Fellows
from extractors.visits.first_person import is_said_of_oneself
from extractors.visits.lexicon import Hit
from extractors.visits.mentions import Mention
from extractors.visits.places import Place
from extractors.visits.scene import Scene
from extractors.visits.things import is_of_others
from extractors.visits.whereabouts import destination, meeting_place

_OPENING = 30
_REACH = 110
_START = 4
_NEAR = 30
_MEMORY = 4
_STEP_BACK = 8
_NEXT = _BESIDE = 1
_RECEPTIONS = frozenset({"receive", "received"})
_OPENS = 1
"""A relative clause begins right behind its noun: in "called the president to say that he" there is none."""


class Slots(Fellows):
    """One sentence of an article, asked for what stands beside a cue."""

    def __init__(
        self, scene: Scene, cast: Cast, sentence: Sentence, previous: Actor | None, earlier: Sequence[Claim]
    ) -> None:
        self.scene, self.cast, self.sentence = scene, cast, sentence
        self.previous, self.earlier = previous, earlier
        self.opening = scene.opening_of(sentence.span)
        """Where the sentence's own words begin, behind a dateline."""
        self.objects: set[int] = set()
        self.inferred = False
        self.author: Actor | None = None
        """Whom the text's "I" means."""

    def _claim(
        self, cue: Hit, visitor: Actor | None, host: Actor | None = None, places: tuple[Place, ...] = ()
    ) -> Claim:
        other = None if host is visitor else host
        span, headline = Span(cue.start, cue.end), self.scene.in_headline(cue.start)
        return Claim(cue.label, span, self.sentence.number, visitor, other, places, in_headline=headline)

    def _destination(self, cue: Hit, index: int) -> tuple[Place, ...]:
        return destination(self.scene, self.sentence, cue, index)

    def _meeting_place(self, cue: Hit, index: int) -> tuple[Place, ...]:
        return meeting_place(self.scene, self.sentence, cue, index)

    def _left(self, cue: Hit, *, any_case: bool = False) -> Actor | None:
        """The nearest person before the cue who can be its subject (any_case: whom it stands behind)."""
        apposed = self._apposed_to(cue)
        if apposed is not None:
            return apposed
        if self.author and is_said_of_oneself(self.scene, self.sentence.span.start, cue.start):
            return self.author
        any_case = any_case or self._opens_relative(cue)
        for mention in reversed(self.sentence.people):
            actor = self.cast.actor(mention)
            if mention.end > cue.start or actor is None or self._is_in_cue(mention):
                continue
            if actor.is_vague:
                actor = self._led(actor)
            if actor is None or actor.is_vague:
                continue
            if self._tells_strangers(mention.end, cue.start):
                return None
            if mention.is_plural and actor.is_barred and self._is_singular(cue):
                continue
            if self._is_within_relative(mention, cue) or self._is_of_company(mention, cue):
                continue
            if self._is_apposed_to_guest(mention, cue):
                return None
            relative = self._has_relative(mention, cue)
            if any_case or relative or (mention.case == "subject" and mention.start not in self.objects):
                return self._sent_by(mention) or self._first_named(cue, mention) or actor
        return None

    def _sent_by(self, mention: Mention) -> Actor | None:
        """ "l'envoyé spécial du président soudanais, X, en séjour à Lomé": who travels is the envoy, not his sender."""
        before = next((m for m in reversed(self.sentence.people) if m.end <= mention.start), None)
        if before is None or mention.case != "of" or before.office != "special_envoy" or mention.name:
            return None
        return self.cast.actor(before) if before.name and mention.start - before.end <= _STEP_BACK else None

    def _is_within_relative(self, mention: Mention, cue: Hit) -> bool:
        """ "X, qui conduit une délégation d'hommes d'affaires, a eu": whoever stands in a clause set apart by commas is
        not the subject of the verb behind it."""
        if "," not in self.scene.folded[mention.end : cue.start]:
            return False
        before = [m for m in self.sentence.people if m.end <= mention.start]
        party = any(m.office == "delegation" for m in before[1:])
        return any(self._opens_clause(m, mention) for m in (before if party else before[-1:]) if m.case == "subject")

    def _opens_clause(self, who: Mention, mention: Mention) -> bool:
        """ ", who", right behind somebody."""
        opening = self.scene.folded[who.end : mention.start].replace(",", " , ").replace("'", " ").split()[:2]
        return opening[:1] == [","] and not self.scene.lexicon.relatives.isdisjoint(opening)

    def _is_apposed_to_guest(self, mention: Mention, cue: Hit) -> bool:
        """ "a reçu les joueurs, de retour d'Égypte": who was received came back, not his host."""
        if not self.scene.folded[: cue.start].endswith(", "):
            return False
        between = (c for c in self.sentence.cues if mention.end <= c.start and c.end <= cue.start)
        return cue.label == "return" and any(c.label == "receive" for c in between)

    def _apposed_to(self, cue: Hit) -> Actor | None:
        """ "il a accueilli son homologue, venu pour une visite": a participle in apposition goes with whoever stands
        before its comma, or with whoever that one has sent ("l'envoyé de l'émir, arrivé hier")."""
        before = [m for m in self.sentence.people if m.end <= cue.start]
        opening = self.scene.lexicon.apposed.match(self.scene.folded, before[-1].end, cue.end) if before else None
        if opening is None or opening.end() < cue.start - 1:
            return None
        chosen = before[-1]
        for sender in reversed(before[:-1]):
            if chosen.case != "of" or chosen.start - sender.end > _STEP_BACK:
                break
            chosen = sender
        return self.cast.actor(chosen)

    def _is_in_cue(self, mention: Mention) -> bool:
        """ "will lead the U.S. delegation": an object within a construction's own words."""
        return any(c.start < mention.start and mention.end <= c.end for c in self.sentence.cues)

    def _opens_relative(self, cue: Hit) -> bool:
        """ "…, X, qui effectue une visite": a relative clause goes with whoever stands before it."""
        relatives, that = self.scene.lexicon.relatives, self.scene.lexicon.that
        if self.scene.folded[cue.start : cue.end].split()[0] in relatives:  # "who came"
            return self._stands_behind_somebody(cue.start)
        before = self.scene.folded[max(self.sentence.span.start, cue.start - 12) : cue.start].replace("'", " ").split()
        word = before[-1] if before else ""
        return word in relatives and (word not in that or self._stands_behind_somebody(cue.start - len(word) - 1))

    def _stands_behind_somebody(self, at: int) -> bool:
        """Whether a comma or a person stands right before: "the minister that came", not "said that he came"."""
        is_apart = self.scene.folded[:at].endswith(", ")
        return is_apart or any(0 <= at - m.end <= 1 for m in self.sentence.people)

    def _has_relative(self, mention: Mention, cue: Hit) -> bool:
        between = self.scene.folded[mention.end : cue.start]
        words = between.replace(",", " ").replace("'", " ").split()
        return len(between) < 24 and not self.scene.lexicon.relatives.isdisjoint(words[:_OPENS])

    def _subject(self, cue: Hit) -> Actor | None:
        return self._led(self._left(cue)) or self._of_the_party(cue)

    def _of_the_party(self, cue: Hit) -> Actor | None:
        """ "The delegation was received by": its leader is whom the text goes on about."""
        party = next((m for m in reversed(self.sentence.people) if m.end <= cue.start and m.case == "subject"), None)
        is_known = party is not None and party.office == "delegation" and not (party.is_new or party.countries)
        who = self._pronoun() if is_known else None
        bygone = {id(c.visitor) for c in self.earlier if c.visitor and c.tense == "earlier"}
        told = [c for c in reversed(self.earlier) if c.visitor and c.tense != "earlier" and not c.visitor.is_barred]
        if who and id(who) in bygone:
            return next((c.visitor for c in told if c.is_travel), who)
        if who and who.office != "delegation" and not any(c.visitor is who for c in told):
            return next((c.visitor for c in told if self._leads_party(c)), who)
        return who

    def _leads_party(self, claim: Claim) -> bool:
        """ "a reçu le ministre russe, à la tête d'une délégation": whose party the sentence of his coming tells."""
        start, end = self.scene.sentences[claim.sentence]
        told = any(m.office == "delegation" and start <= m.start < end for m in self.cast.mentions)
        return told and (claim.label in _RECEPTIONS or claim.is_travel)

    def _led(self, actor: Actor | None) -> Actor | None:
        """A delegation travels under its leader ("une délégation conduite par X"), not under whoever receives it; "la
        délégation russe" under who was told before to lead it."""
        if actor is None or actor.office != "delegation":
            return actor
        for mention in self.sentence.people:
            leader = self.cast.actor(mention)
            met = any(c.label == "received" and actor.start < c.start < mention.start for c in self.sentence.cues)
            if mention.case == "by" and mention.start > actor.start and leader and leader is not actor and not met:
                if leader.serves is None:
                    leader.serves = actor.serves
                return leader if leader.office else actor
        before = ((a, b) for a, b in pairwise(self.sentence.people) if self.cast.actor(b) is actor)
        ahead = next((self.cast.actor(a) for a, b in before if a.name and self._stands_ahead(a, b)), None)
        if ahead and ahead.office and not ahead.is_barred:
            return ahead
        told = (c.visitor for c in reversed(self.earlier) if c.visitor and self._leads_party(c))
        own = (a for a in told if a.serves == actor.serves and a.office != "delegation" and not a.is_barred)
        return (next(own, None) or actor) if actor.serves else actor

    def _stands_ahead(self, leader: Mention, party: Mention) -> bool:
        """ "X, à la tête d'une délégation", "Conduite par X, la délégation"."""
        return leads(self.scene, leader, party) or is_led_ahead(self.scene, leader, party)

    def _inverted(self, cue: Hit, *, other_than: Actor | None = None) -> Actor | None:
        """A subject behind its verb: where the language has it so, or behind an opening ("Arriving in …, X")."""
        if not self.scene.lexicon.inverts and cue.start - self.opening > _START:
            return None
        before = self.scene.folded[max(self.sentence.span.start, cue.start - _STEP_BACK) : cue.start].split()
        if before and self.scene.lexicon.pronoun.fullmatch(before[-1]):
            return None
        opening = self.scene.lexicon.pronoun.match(self.scene.folded, self.opening)
        if opening and not self.scene.lexicon.inverts:
            return None
        who = self._right(cue, ("subject",), other_than=other_than)
        return None if who and opening and self._acts_in_relative(cue, who) else who

    def _acts_in_relative(self, cue: Hit, who: Actor) -> bool:
        """ "Il a été conduit au palais, où le président l'a reçu": a subject behind a relative is that of its verb."""
        at = next((m.start for m in self.sentence.people if m.start >= cue.end and self.cast.actor(m) is who), cue.end)
        words = self.scene.folded[cue.end : at].replace("'", " ").split()
        apart = (word for before, word in pairwise(words) if before.endswith(","))
        return not self.scene.lexicon.relatives.isdisjoint(apart)

    def _right(self, cue: Hit, cases: Sequence[str], *, skip: int = 0, other_than: Actor | None = None) -> Actor | None:
        for mention in self.sentence.people:
            actor = self.cast.actor(mention)
            if actor is None or actor is other_than or mention.start < cue.end or mention.case not in cases:
                continue
            led = self._led(actor)
            if actor.is_vague and led is actor:
                continue
            if skip == 0:
                return led
            skip -= 1
        return None

    def _possessor(self, cue: Hit) -> Actor | None:
        """ "la visite du ministre", "la visite à Paris du ministre"; with "sa visite" whoever is spoken of."""
        for mention in reversed(self.sentence.people):
            if mention.case == "owner" and 0 <= cue.start - mention.end < _NEAR:
                return self._led(self.cast.actor(mention))
        limit = min([cue.end + _REACH, *(c.start for c in self.sentence.cues if c.start >= cue.end)])
        for mention in self.sentence.people:
            is_apart = mention.case == "by" and self.scene.folded.count(",", cue.end, mention.start) > 1
            if cue.end <= mention.start < limit and mention.case in ("of", "by") and not is_apart:
                owner = self._led(self.cast.actor(mention))
                if owner and not owner.is_vague:
                    return owner
        if self._has_possessive(cue):
            who = self._who_told(cue) or self._received_before(cue) or self._left(cue) or self._agent(cue)
            return who or self._pronoun() or self._first_behind(cue)
        if opens_its_relative(self.scene, cue):
            return self._right(cue, ("subject",))
        return None

    def _agent(self, cue: Hit) -> Actor | None:
        """ "promis par le président X, lors de sa visite": whoever acted, where the subject is a thing."""
        before = [m for m in self.sentence.people if m.end <= cue.start]
        return self._led(self.cast.actor(before[-1])) if before and before[-1].case == "by" else None

    def _first_behind(self, cue: Hit) -> Actor | None:
        """ "De son passage à Lomé, le ministre retient": the subject behind, where nobody is told before."""
        subject = next((m for m in self.sentence.people if m.start >= cue.end and m.case == "subject"), None)
        limit = next((c.start for c in self.sentence.cues if c.start >= cue.end), self.sentence.span.end)
        self.inferred = False
        return self._led(self.cast.actor(subject)) if subject and subject.start < limit else None

    def _received_before(self, cue: Hit) -> Actor | None:
        """ "received X on the occasion of his visit": of host and guest the guest pays it."""
        told = (c for c in reversed(self.earlier) if c.sentence == self.sentence.number and c.label in _RECEPTIONS)
        claim = next((c for c in told if c.cue.end <= cue.start), None)
        guest = claim.visitor if claim else None
        return guest if guest and not guest.is_barred and any(m.end <= cue.start for m in guest.mentions) else None

    def _has_possessive(self, cue: Hit) -> bool:
        before = self.scene.folded[max(0, cue.start - 26) : cue.end].split()
        return not self.scene.lexicon.possessives.isdisjoint(before)

    def _named_by_pronoun(self, cue: Hit) -> Actor | None:
        """Whom "il", "elle", "ce dernier" before the cue means."""
        if self.scene.lexicon.latter.search(self.scene.folded, self.sentence.span.start, cue.start):
            return self._latter()
        said = self.scene.lexicon.pronoun.search(self.scene.folded, self.sentence.span.start, cue.start)
        return self._pronoun() if said else None

    def _carried(self, cue: Hit) -> Actor | None:
        """Whom a verb of travel goes on about: only behind a pronoun or near the sentence's beginning."""
        if is_of_others(self.scene, self.sentence, self.opening, cue):
            return None
        named = self._named_by_pronoun(cue) or self._of_the_place(cue)
        reach = _OPENING if self.scene.lexicon.inverts else _START
        if named is None and cue.start - self.opening < reach and not self._opens_with_stranger(cue):
            named = self._pronoun()
        return self._guest_of_talk(cue) or named if named is self.previous else named

    def _of_the_place(self, cue: Hit) -> Actor | None:
        """ "a Abuja, onde será recebido": where a verb needs no subject, "where" goes on about the traveller."""
        before = self.scene.folded[max(self.sentence.span.start, cue.start - _STEP_BACK) : cue.start]
        is_there = self.scene.lexicon.drops_subject and self.scene.lexicon.where.search(f" {before.strip()}")
        return self._pronoun() if is_there else None

    def _guest_of_talk(self, cue: Hit) -> Actor | None:
        """ "X s'est entretenu avec le ministre malien. Arrivé hier, …": of two who met whoever's state is printed."""
        last = self.earlier[-1] if self.earlier else None
        if not self.scene.lexicon.apposed.match(", " + self.scene.folded[cue.start : cue.end]):
            return None
        if last is None or last.label != "meet" or last.sentence < self.sentence.number - _NEXT:
            return None
        pair = [a for a in (last.visitor, last.host) if a]
        foreign = [a for a in pair if a.serves and not a.is_barred]
        is_told = any(a is self.previous and a.serves is None for a in pair)
        return foreign[0] if is_told and len(foreign) == 1 else None

    def _taken_up_behind(self, cue: Hit) -> Actor | None:
        """ "durant son séjour, il a rencontré": the pronoun behind a possessive is the traveller."""
        reach = min([cue.end + _NEAR, *(m.start for m in self.sentence.people if m.start >= cue.end)])
        if not self._has_possessive(cue) or not self.scene.lexicon.pronoun.search(self.scene.folded, cue.end, reach):
            return None
        return self._pronoun()

    def _latter(self) -> Actor | None:
        """Who was named last before this sentence."""
        before = (self.cast.actor(m) for m in reversed(self.cast.mentions) if m.end <= self.sentence.span.start)
        return next((a for a in before if a and not a.is_vague), None)

    def _pronoun(self) -> Actor | None:
        """Whom a sentence without a subject of its own goes on about."""
        if self.scene.in_headline(self.sentence.span.start):
            return None
        self.inferred = True
        for claim in reversed(self.earlier):
            if claim.sentence < self.sentence.number - _MEMORY:
                break
            if claim.visitor and not claim.in_headline and claim.label != "meet" and not claim.visitor.is_barred:
                if self._is_owner_only(claim) and self.previous is not None:
                    continue
                return self._traveller_before(claim) or claim.visitor
        return self._whose_host(self.previous) or (None if self._has_just_received(self.previous) else self.previous)

    def _traveller_before(self, claim: Claim) -> Actor | None:
        """ "The host will travel in May. The guest meets the speaker. On Friday he tours …": of two travellers
        the one of whom the sentence before tells."""
        who, number = self.previous, self.sentence.number - 1
        if who is None or who is claim.visitor or claim.sentence >= number:
            return None
        start, end = self.scene.sentences[number]
        is_told = any(start <= m.start < end and m.case == "subject" for m in who.mentions)
        return who if is_told and any(c.visitor is who and c.is_travel for c in self.earlier) else None

    def _has_just_received(self, actor: Actor | None) -> bool:
        """ "El presidente X lo recibió el lunes. De ahí voló a Quito": where a verb needs no subject, it was not X."""
        near = (c for c in self.earlier if c.sentence >= self.sentence.number - 1 and c.label in _RECEPTIONS)
        return self.scene.lexicon.drops_subject and any(c.host is actor and c.visitor is None for c in near if actor)

    def _whose_host(self, actor: Actor | None) -> Actor | None:
        """ "X se verá con su homólogo Y. "Hablaremos claro", adelantó Y. Luego viajará a Quito": where a verb needs no
        subject, whom a host was told to await goes on, not the host who spoke meanwhile."""
        if actor is None or not self.scene.lexicon.drops_subject or any(c.visitor is actor for c in self.earlier):
            return None
        guests = (c.visitor for c in self.earlier if c.host is actor and c.visitor and c.tense == "future")
        guest = next(guests, None)
        travels = (c for c in self.earlier if c.visitor is guest and c.label in TRAVEL)
        return guest if guest and not guest.is_barred and next(travels, None) else None

    def _is_owner_only(self, claim: Claim) -> bool:
        """True for whoever is told of in passing, as the owner of a visit: "during President X's visit"."""
        span = self.scene.sentences[claim.sentence]
        cases = {m.case for m in claim.visitor.mentions if span.start <= m.start < span.end} if claim.visitor else set()
        return cases == {"owner"}

    def _without_own_goals(self, host: Actor | None, places: tuple[Place, ...]) -> tuple[Place, ...]:
        """ "X was in Quito in 2019 and received Y in May": where a host is told to have gone he receives nobody."""
        own = (c for c in self.earlier if c.sentence == self.sentence.number and c.visitor is host and c.is_travel)
        gone = {p.start for c in own if host for p in c.places}
        return tuple(p for p in places if p.start not in gone)

    def _acts_in(self, mention: Mention, cue: Hit, verb: Hit) -> bool:
        """ "met in Madrid, when X visited", "will be signed, X said": who stands right before another clause's verb."""
        is_beside = 0 <= verb.start - mention.end <= _BESIDE
        is_apart = "," in self.scene.folded[max(cue.end, mention.start - _NEAR) : mention.start]
        is_apposed = self.scene.lexicon.apposed.match(", " + self.scene.folded[verb.start : verb.end])
        return mention.case == "subject" and is_apart and ((is_beside and not is_apposed) or self._speaks(mention))

    def _mark_object(self, cue: Hit, actor: Actor | None) -> None:
        """Whom a verb has as its object, and those joined to him ("call on the President and the Prime Minister"), are
        not the subject of the verb behind."""
        if actor is None:
            return
        people = self.sentence.people
        verb = next((c for c in self.sentence.cues if c.start >= cue.end), None)
        own = (m for m in people if m.start >= cue.end and self.cast.actor(m) is actor)
        self.objects.update(m.start for m in own if not (verb and self._acts_in(m, cue, verb)))
        for first, second in pairwise(people):
            between = self.scene.folded[first.end : second.start].replace(",", " ").split()
            is_joined = first.start in self.objects and first.start >= cue.end and between != []
            if is_joined and all(w in self.scene.lexicon.joints for w in between):
                self.objects.add(second.start)
