"""Who fills the slots in a language that puts its verb first: "received the-president the-minister in-Algiers"?

There the subject stands behind its verb and its object behind the subject; only in headlines, behind "that" and in
relative clauses does the subject come first.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from extractors.visits.actors import Actor, Cast
from extractors.visits.claims import Claim, Sentence
from extractors.visits.constructions import Reader
from extractors.visits.lexicon import Hit
from extractors.visits.mentions import Mention
from extractors.visits.places import Place
from extractors.visits.scene import Scene
from extractors.visits.verb_first import honorific_length, is_paid_behind, outside_titles, there_was, without_mark
from extractors.visits.whereabouts import case_of_place, direct_place, is_joined

_RECENT, _RELATIVE = 60, 24
_WAYS = frozenset({"arrive", "go", "leave", "return"})
_VERBS = frozenset({"receive", "received", "welcome", "meet", "arrive", "go", "leave", "return", "visits"})
_BESIDE, _REACH, _OWNED, _AFTER, _ADVERBS, _VERBLESS, _GOVERNED = 3, 170, 4, 40, 60, 12, 130
_RELATIVE_REACH, _HELD = 40, 12


class VerbFirstReader(Reader):
    """The constructions of `Reader` with subjects looked for behind the verb."""

    def __init__(
        self, scene: Scene, cast: Cast, sentence: Sentence, previous: Actor | None, earlier: Sequence[Claim]
    ) -> None:
        super().__init__(scene, cast, replace(sentence, places=outside_titles(sentence)), previous, earlier)

    def _visit_by(self, cue: Hit, index: int) -> Claim:
        """A noun of visiting: its owner stands right behind it, its subject before it."""
        who = self._owner(cue) or self._invited(cue)
        if who is None and self._opens_relative_behind(cue):
            mention = self._behind(cue, of_relative=is_paid_behind(self.scene, cue))
            who = self._led(self.cast.actor(mention)) if mention else None
        who = who or self._of_own_relative(cue)
        if who is None and self._is_governed(cue):
            ahead = self.cast.actor(mention) if self._has_possessive(cue) and (mention := self._behind(cue)) else None
            guest = self._received_before(cue) if self._has_possessive(cue) else None
            who = guest or self._left(cue) or ahead or self._possessor(cue) or self._carried(cue)
        host = self._inviter(cue) if self._invited(cue) else None
        places = self._destination(cue, index)
        who = who if places or host else self._of_told_visit(cue, who)
        who = self._who_came(who, places) if self._has_possessive(cue) and who and who.country is None else who
        return self._claim(cue, self._led(who), host, places)

    def _opens_relative_behind(self, cue: Hit) -> bool:
        """ "the-visit that made …", "the-visit the-official that made …": a relative clause."""
        article = self.scene.lexicon.definite
        words = self.scene.folded[cue.end : cue.end + _RELATIVE].split()
        is_definite = bool(article) and self.scene.folded.startswith(article, cue.start)
        opening = words[1:] if is_definite and words and words[0].startswith(article) else words
        return any(word in self.scene.lexicon.relatives for word in (*words[:1], *opening[:1]))

    def _is_told_behind(self, cue: Hit) -> bool:
        return cue.label == "visit_by" and self._opens_relative_behind(cue)

    def _of_told_visit(self, cue: Hit, who: Actor | None) -> Actor | None:
        """ "will-hold the-crown-prince during the-visit talks": the visit that was told is the traveller's, not his."""
        article = self.scene.lexicon.definite
        is_told = article and self.scene.folded.startswith(article, cue.start) and not self._has_possessive(cue)
        told = (c.visitor for c in reversed(self.earlier) if c.is_travel and c.visitor and not c.visitor.is_barred)
        guest = next(told, None) if is_told and who else None
        is_other = guest is not None and who is not None and None not in (guest.serves, who.office)
        return guest if is_other and who and guest and who.serves != guest.serves else who

    def _of_own_relative(self, cue: Hit) -> Actor | None:
        """ "received the-ambassador, who paid him a-visit": a relative clause goes with whoever stands before it."""
        start = max(self.sentence.span.start, cue.start - _RELATIVE_REACH)
        ruled = list(self.scene.lexicon.governors.finditer(self.scene.folded, start, cue.start))
        at = ruled[-1].start() if ruled else start
        before = [m for m in self.sentence.people if m.end <= at]
        if not before or self.scene.folded[start:at].split()[-1:] == []:
            return None
        is_relative = self.scene.folded[start:at].split()[-1] in self.scene.lexicon.relatives
        return self.cast.actor(before[-1]) if is_relative else None

    def _inviter(self, cue: Hit) -> Actor | None:
        asks = next(c for c in self.sentence.cues if c.label == "invites" and c.end <= cue.start)
        return self._left(asks) or self._subject(asks)

    def _is_governed(self, cue: Hit) -> bool:
        """Whether somebody pays the visit: "paid … a-visit", "on-a-visit", "his-visit"."""
        start = max(self.sentence.span.start, cue.start - _GOVERNED)
        ruled = self.scene.lexicon.governors.search(self.scene.folded, start, cue.start) is not None
        return ruled or self._has_possessive(cue) or self.scene.in_headline(cue.start)

    def _owner(self, cue: Hit) -> Actor | None:
        """Who stands right behind a noun that has no article: "during the-visit, the-president" owns nothing."""
        article = self.scene.lexicon.definite
        if article and article in (self.scene.folded[cue.start :][:2], self.scene.folded[: cue.start][-2:]):
            return None
        for mention in self.sentence.people:
            actor = self.cast.actor(mention)
            if (
                0 <= mention.start - cue.end <= _OWNED + honorific_length(self.scene, cue.end)
                and mention.case == "of"
                and actor
            ):
                return self._led(actor)
        return None

    def _invited(self, cue: Hit) -> Actor | None:
        """Whom an invitation before the noun asks to come: "addressed to-his-counterpart an-invitation to visit …"."""
        asks = next((c for c in self.sentence.cues if c.label == "invites" and c.end <= cue.start), None)
        behind = [m for m in self.sentence.people if asks and asks.start < m.start < cue.start and m.case != "by"]
        return self.cast.actor(behind[-1]) if behind else None

    def _subject(self, cue: Hit) -> Actor | None:
        if self.scene.lexicon.before_verb.search(self.scene.folded, self.sentence.span.start, cue.start):
            return self._led(self.cast.actor(mention)) if (mention := self._behind(cue)) else self._pronoun()
        mention = self._beside(cue) or self._behind(cue)
        return self._led(self.cast.actor(mention)) if mention else self._led(self._near_left(cue))

    def _fellows(self, cue: Hit, who: Actor | None) -> list[Actor]:
        """Those of other states who share a subject behind its verb: "arrived the-ministers of Mali and-Niger"."""
        if any(self.scene.sentence_number(h.start) == self.sentence.number for h in self.scene.occasion_hits):
            return []
        behind = [m for m in self.sentence.people if m.start >= cue.end]
        at = next((i for i, m in enumerate(behind) if self.cast.actor(m) is who), len(behind))
        found: list[Actor] = []
        for first, second in pairwise(behind[at:]):
            between = self.scene.folded[first.end : second.start].strip()
            is_joined = between in self.scene.lexicon.joints or (second.title is None and not between)
            actor = self.cast.actor(second)
            if not is_joined or actor is None or actor.is_barred or not actor.serves or not actor.office:
                break
            if actor.serves not in {a.serves for a in (who, *found) if a}:
                found.append(actor)
        return found

    def _near_left(self, cue: Hit) -> Actor | None:
        """The person before the verb with nothing but adverbs between: "that the-minister, today, will-travel"."""
        for mention in reversed(self.sentence.people):
            if mention.end <= cue.start and mention.case == "subject" and mention.start not in self.objects:
                apart = any(mention.end <= c.start < cue.start for c in self.sentence.cues)
                actor = self.cast.actor(mention)
                return actor if actor and not apart and cue.start - mention.end < _ADVERBS else None
        return None

    def _beside(self, cue: Hit) -> Mention | None:
        """The person right before the verb, or before a relative clause that it opens."""
        for mention in reversed(self.sentence.people):
            actor = self.cast.actor(mention)
            if mention.end > cue.start or actor is None or actor.is_vague:
                continue
            between = without_mark(self.scene.lexicon.language, self.scene.folded[mention.end : cue.start])
            opens = self.scene.folded.startswith(self.scene.lexicon.definite, cue.start)
            is_near = len(between) <= _BESIDE and not between.strip(" ," if opens else " ")
            return mention if self._has_relative(mention, cue) or (is_near and mention.case != "of") else None
        return None

    def _inside(self, cue: Hit) -> Mention | None:
        """ "had the-president already visited": the person between an auxiliary and its verb."""
        return next((m for m in self.sentence.people if cue.start < m.start and m.end < cue.end), None)

    def _behind(self, cue: Hit, *, skip: int = 0, of_relative: bool = False) -> Mention | None:
        """The person who follows the verb as its subject, before another verb takes over; the subject of the cue's own
        relative clause is nobody's object, whatever verb stands before."""
        if cue.label in _WAYS and self._has_pronoun_before(cue):
            return None
        limit = next((c.start for c in self.sentence.cues if c.start >= cue.end and c.label in _VERBS - {"meet"}), None)
        for mention in self.sentence.people:
            actor = self.cast.actor(mention)
            is_taken = mention.start in self.objects and not of_relative
            if mention.start < cue.end or actor is None or mention.case != "subject" or is_taken:
                continue
            if mention.start - cue.end > _REACH or (limit is not None and mention.start > limit):
                return None
            if actor.is_vague and self._led(actor) is actor:
                continue
            if skip == 0:
                return mention
            skip -= 1
        return None

    def _has_pronoun_before(self, cue: Hit) -> bool:
        """ "was his-excellency already arrived": the subject is a pronoun right before the verb."""
        said = self.scene.lexicon.pronoun.search(self.scene.folded, self.opening, cue.start)
        between = self.scene.folded[said.end() : cue.start] if said else "."
        return not without_mark(self.scene.lexicon.language, between).strip()

    def _tense(self, cue: Hit) -> str | None:
        """What an invitation was taken up for is to come, and so is the imperfect with a day ahead."""
        tense = super()._tense(cue)
        if tense is None and self._invited(cue):
            return "future"
        lexicon, folded = self.scene.lexicon, self.scene.folded
        if tense is None and lexicon.imperfect.match(folded, cue.start):
            return "future" if lexicon.coming.search(folded, cue.end, self.sentence.span.end) else None
        return tense

    def _headline(self) -> Iterator[Claim]:
        """A headline without a verb: its first words are the person, and the place follows."""
        first = next((m for m in self.sentence.people if m.case == "subject"), None)
        if (
            first is None
            or first.start - self.sentence.span.start > honorific_length(self.scene, self.sentence.span.start) + 2
        ):
            return
        near = any(0 <= p.start - first.end <= _VERBLESS for p in self.sentence.places)
        for claim in super()._headline() if near else ():
            yield replace(claim, visitor=self._led(claim.visitor))

    # ------------------------------------------------------------ journeys

    def _arrive(self, cue: Hit, index: int) -> Claim:
        is_owned = self.scene.folded[cue.start : cue.end] in self.scene.lexicon.possessives
        who = (self._left(cue) or self._pronoun()) if is_owned else self._subject(cue) or self._goes_on_with(cue)
        return self._claim(cue, who or (None if is_owned else self._carried(cue)), places=self._destination(cue, index))

    def _goes_on_with(self, cue: Hit) -> Actor | None:
        """ "who came to Beirut and-travels to Damascus": the second verb of one clause, nobody between."""
        last = self.earlier[-1] if self.earlier else None
        if last is None or last.sentence != self.sentence.number or last.label not in _VERBS - {"meet", "receive"}:
            return None
        if any(last.cue.end <= m.start < cue.start for m in self.sentence.people):
            return None
        return last.visitor

    def _go(self, cue: Hit, index: int) -> Claim | None:
        claim = self._arrive(cue, index)
        leaves = any(c.label == "leave" and c.end <= cue.start for c in self.sentence.cues)
        return None if leaves and self._only_travels_on(claim) else claim

    def _only_travels_on(self, claim: Claim) -> bool:
        """ "left the-kingdom heading to-Paris": no visit yet of a guest who has stayed elsewhere and is on no tour."""
        return self._has_stayed(claim) and self.scene.lexicon.tour_noun.search(self.scene.folded) is None

    def _visits(self, cue: Hit, index: int) -> Claim | None:
        """The state or capital that is visited follows the verb or its subject without a preposition."""
        is_direct = any(0 <= p.start - cue.end <= _OWNED and self._is_object(p) for p in self.sentence.places)
        who = self._inside(cue) or self._beside(cue) or (None if is_direct else self._behind(cue))
        at = who.end if who and who.start >= cue.end else cue.end
        near = [p for p in self.sentence.places if p.start >= at]
        first = next((i for i, p in enumerate(near) if p.start - at <= _AFTER and self._is_object(p)), None)
        places = near[first:] if first is not None else []
        if not places:
            return self._called_on(cue, who, index) or super()._visits(cue, index)
        actor = self._led(self.cast.actor(who)) if who else self._left(cue) or self._carried(cue)
        return self._claim(cue, actor, places=tuple(self._listed(places)))

    def _called_on(self, cue: Hit, who: Mention | None, index: int) -> Claim | None:
        """ "visited the-minister the-president": a call on somebody, by the guest who is named first."""
        host = self._behind(cue, skip=1) if who and who.start >= cue.end else self._behind(cue)
        if who is None or host is None or host is who:
            return None
        guest, met = self._led(self.cast.actor(who)), self.cast.actor(host)
        claim = self._claim(cue, guest, met, self._meeting_place(cue, index))
        return replace(claim, label="received")

    def _listed(self, places: Sequence[Place]) -> Iterator[Place]:
        """The first place and those that are joined to it: "Kinshasa and-Brazzaville and-Bujumbura"."""
        yield places[0]
        for first, second in pairwise(places):
            between = self.scene.folded[first.end : second.start].strip(" ,")
            if between not in ("", *self.scene.lexicon.prefixes) and not is_joined(self.scene, first, second):
                return
            yield second

    def _is_object(self, place: Place) -> bool:
        """A state or its capital, also called so ("the Mauritanian capital"), without a preposition."""
        ground = self.scene.lexicon.ground.search(self.scene.folded, max(0, place.start - 24), place.start)
        is_seat = place.kind == "country" or place.is_capital or ground is not None
        return is_seat and case_of_place(self.scene, place) in (None, "to")

    def _return(self, cue: Hit, index: int) -> Claim:
        """Also "came back to": a place where the text has led somebody is no home of his."""
        known = {who: who.assumed for claim in self.earlier[-_RECENT:] if (who := claim.visitor) and claim.places}
        claim = super()._return(cue, index)
        if claim.visitor in known:
            claim.visitor.assumed = known[claim.visitor]
        return claim

    def _leave(self, cue: Hit, index: int) -> Claim | None:
        who = self._beside(cue) or self._behind(cue)
        end = who.end if who and cue.end <= who.start <= cue.end + _AFTER else cue.end
        left = self._place_behind(cue) or direct_place(self.scene, self.sentence, Hit(cue.label, cue.start, end))
        actor = self._led(self.cast.actor(who)) if who else self._left(cue) or self._carried(cue)
        if left and case_of_place(self.scene, left[0]) == "to":  # "departed to Paris"
            claim = replace(self._claim(cue, actor, places=left), label="go")
            return None if self._only_travels_on(claim) else claim
        onward = self._onward(left[0]) if left else None
        if actor and onward and left[0].countries == (actor.country,):
            return replace(self._claim(cue, actor, places=(onward,)), label="go")
        return self._claim(cue, actor, places=left)

    # ------------------------------------------------------------ meetings

    def _place_behind(self, cue: Hit, cases: Sequence[str | None] = (None,)) -> tuple[Place, ...]:
        """ "received Tunis yesterday the-president", "left Nouakchott at-dawn the-president": the state or town right
        behind its verb."""
        behind = (p for p in self.sentence.places if p.kind != "demonym" and p.start - cue.end == 1)
        return tuple(p for p in behind if case_of_place(self.scene, p) in cases)

    def _receive(self, cue: Hit, index: int) -> Claim:
        first = self._beside(cue)
        state = () if first else self._place_behind(cue, (None, "of"))
        if state and (mention := self._behind(cue)):
            guest = self._led(self.cast.actor(mention))
            self._mark_object(cue, guest)
            return self._claim(cue, guest, None, state)
        if first is not None:
            host, guest = self.cast.actor(first), self._guest(cue, 0)
        else:
            one, two = self._behind(cue), self._behind(cue, skip=1)
            host = self.cast.actor(one) if one and two else self._left(cue) or self._pronoun()
            guest_mention = two or one
            guest = self.cast.actor(guest_mention) if guest_mention else None
        guest = self._led(guest)
        self._mark_object(cue, guest)
        return self._claim(cue, guest, host, self._meeting_place(cue, index))

    def _receiving(self, cue: Hit, index: int) -> Claim | None:
        """ "during his-receiving the-minister", "during the-president's receiving the-minister": a noun with its owner,
        who receives, and its object."""
        host, guest = self._owner_and_object(cue)
        if guest is None or guest is host:
            return None
        self._mark_object(cue, guest)
        site = self._without_own_goals(host, self._meeting_place(cue, index))
        return replace(self._claim(cue, guest, host, site), label="receive")

    def _owner_and_object(self, cue: Hit) -> tuple[Actor | None, Actor | None]:
        """Who owns a noun of receiving or meeting, and whom it has as its object."""
        owner = self._owner(cue)
        if owner is None and not self._has_possessive(cue):
            return None, None
        behind = self._behind(cue)
        return owner or self._left(cue) or self._pronoun(), self._led(self.cast.actor(behind)) if behind else None

    def _meet(self, cue: Hit, index: int) -> Claim:
        """ "during the-meeting of-the-minister X his-counterpart Y": a noun with both."""
        holder = self._holder(cue)
        if holder:
            return self._claim(cue, holder, self._right(cue, ("with",)), self._meeting_place(cue, index))
        guest, met = self._traveller_there(cue), self._behind(cue)
        partner = self._led(self.cast.actor(met)) if guest and met else None
        if guest and partner and partner is not guest:
            return self._claim(cue, guest, partner, self._meeting_place(cue, index))
        owner = self._owner(cue)
        behind = self._behind(cue) if owner else None
        other = self._led(self.cast.actor(behind)) if behind else None
        is_pair = owner is not None and other is not None and other.serves not in (None, owner.serves)
        if not is_pair or any(m.case == "with" for m in self.sentence.people if m.start >= cue.end):
            return super()._meet(cue, index)
        return self._claim(cue, owner, other, self._meeting_place(cue, index))

    def _traveller_there(self, cue: Hit) -> Actor | None:
        """ "begins the-minister his-tour in Dakar, where meets the-president X": whose journey the sentence tells."""
        told = next((c for c in reversed(self.earlier) if c.sentence == self.sentence.number and c.is_travel), None)
        where = self.scene.lexicon.where
        is_there = told is not None and where.search(self.scene.folded, told.cue.end, cue.start) is not None
        return told.visitor if told and is_there else None

    def _holder(self, cue: Hit) -> Actor | None:
        """ "was to-the-minister X a-meeting with Y": whose meeting it was, before its noun."""
        before = next((m for m in reversed(self.sentence.people) if m.end <= cue.start), None)
        if before is None or before.case != "of" or cue.start - before.end > _REACH:
            return None
        start = max(self.sentence.span.start, before.start - _HELD)
        was = there_was(self.scene.lexicon.language).search(self.scene.folded[start : before.start])
        return self.cast.actor(before) if was else None

    def _guest(self, cue: Hit, skip: int) -> Actor | None:
        mention = self._behind(cue, skip=skip)
        return self.cast.actor(mention) if mention else self._right(cue, ("subject", "to"))

    def _received(self, cue: Hit, index: int) -> Claim:
        who = self._owner(cue) or self._subject(cue) or self._pronoun()  # "took place the-reception of-X by Y"
        return self._claim(cue, who, self._right(cue, ("by",), other_than=who), self._meeting_place(cue, index))

    def _welcome(self, cue: Hit, index: int) -> Claim:
        """ "received him the-president": the guest is whoever is spoken of, or owned by the noun of welcoming."""
        guest = self._owner(cue) or self._left(cue) or self._pronoun()
        host = self._right(cue, ("by",), other_than=guest) or self._right(cue, ("subject",), other_than=guest)
        claim = self._claim(cue, guest, host, self._meeting_place(cue, index))
        return replace(claim, label="received")


def reader_for(scene: Scene) -> type[Reader]:
    """The reader of constructions for the language's order of words."""
    return VerbFirstReader if scene.lexicon.verb_first else Reader
