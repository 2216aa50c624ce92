"""Which constructions tell a journey, and where do its traveller and its goal stand?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from extractors.visits.actors import Actor
from extractors.visits.claims import LABELLED, Claim
from extractors.visits.cue_tense import opens_its_relative
from extractors.visits.invited import is_visited
from extractors.visits.language_files import language_table
from extractors.visits.lexicon import Hit
from extractors.visits.phrases import listed
from extractors.visits.places import Place
from extractors.visits.scene import country_of, dateline_place
from extractors.visits.stops import Stops
from extractors.visits.things import is_of_a_thing
from extractors.visits.titles import case_of
from extractors.visits.whereabouts import (
    case_of_place,
    direct_place,
    here,
    homeward,
    origin,
    whence,
)

_OPENING = 30
_NEAR = 30
_AWAITED = 90
_BESIDE, _OBJECT, _OWNED = 4, 6, 12
_OFFERED = 18
_SAME_WAY = LABELLED | {"arrive", "go"}


@cache
def _day_of(language: str) -> re.Pattern[str] | None:
    """What stands before a noun of visiting where one of its days is told."""
    told = language_table(language, "words").get("day_of")
    return re.compile(rf"(?<!\w)(?:{'|'.join(told)})(?: \w+){{0,2}} ?\Z") if told else None


@cache
def _right_after(language: str) -> re.Pattern[str]:
    """ "regressou a Maputo, depois de visitas à Tanzânia": right before a noun of visiting."""
    return re.compile(rf"(?<!\w)(?:{listed(language, 'after_stops')}) (?:\w+ )?\Z")


@cache
def _carrier(language: str) -> re.Pattern[str]:
    """What somebody comes in: "the presidential plane"."""
    return re.compile(rf"(?<!\w)(?:{listed(language, 'carriers')})(?!\w)")


class Journeys(Stops):
    """Reads the constructions of going, staying, leaving and coming home."""

    def _visit_by(self, cue: Hit, index: int) -> Claim | None:
        before = self.scene.lexicon.invitation.finditer(self.scene.folded, max(0, cue.start - _OFFERED), cue.start)
        ties = {"", *language_table(self.scene.lexicon.language, "words").get("offered", ())}
        if any(self.scene.folded[offered.end() : cue.start].strip(" ,") in ties for offered in before):
            return None  # "disclosed the invitation, for an official visit", "the invitation is for an official visit"
        guest = self._received_before(cue) if self._has_possessive(cue) else None
        if guest is None and (talk := self._talk_at_home(cue)):
            return self._claim(cue, talk.host, talk.visitor)
        who = self._latter_within(cue) or guest or self._owner_behind(cue) or self._of_same_clause(cue)
        who = who or self._subject(cue) or self._taken_up_behind(cue)
        opens = cue.start - self.opening < _OPENING
        if who is None and (opens or self._has_possessive(cue) or self._is_inverted(cue)):
            who = self._right(cue, ("subject",))
        who = who or self._opening_pronoun(cue) or self._possessor(cue) or self._for_whom(cue) or self._carried(cue)
        if who and who.is_barred and who.named is None and opens_its_relative(self.scene, cue):
            who = self._first_subject() or who
        places = self._destination(cue, index)
        who = self._who_came(who, places) if self._has_possessive(cue) and who and who.country is None else who
        return self._claim(cue, who, self._visited_peer(cue, who), places)

    def _owner_behind(self, cue: Hit) -> Actor | None:
        """ "hailed the first visit of a Bolivian speaker": whose visit it is stands right behind, not who hailed it."""
        own = (m for m in self.sentence.people if m.case == "of" and 0 <= m.start - cue.end <= _OWNED)
        owner = self._led(self.cast.actor(mention)) if (mention := next(own, None)) else None
        is_noun = self.scene.lexicon.visit_noun.search(self.scene.folded, cue.start, cue.end) is not None
        return owner if is_noun and owner and owner.office and not owner.is_vague else None

    def _of_same_clause(self, cue: Hit) -> Actor | None:
        """ "X met Y, who pays a visit at the head of a delegation": nobody and no comma between, so it is Y's too."""
        last = self.earlier[-1] if self.earlier else None
        if last is None or last.sentence != self.sentence.number or last.label not in _SAME_WAY or last.is_inferred:
            return None
        is_one = last.cue.end <= cue.start and "," not in self.scene.folded[last.cue.end : cue.start]
        people = any(last.cue.end <= m.start < cue.start for m in self.sentence.people)
        return last.visitor if is_one and not people else None

    def _opening_pronoun(self, cue: Hit) -> Actor | None:
        """ "Ele começou o tour pelo Japão, onde participou da cerimônia do imperador": the subject, not who stands
        behind."""
        said = self.scene.lexicon.pronoun.match(self.scene.folded, self.opening)
        return self._named_by_pronoun(cue) if said and said.end() < cue.start else None

    def _first_subject(self) -> Actor | None:
        """ "a ministra convidou os empresários, na visita que realiza": whom the sentence is about."""
        told = (self.cast.actor(m) for m in self.sentence.people if m.case == "subject")
        return next((a for a in told if a and not a.is_barred and not a.is_vague), None)

    def _latter_within(self, cue: Hit) -> Actor | None:
        """ "as part of the latter's visit": whoever was named last before the construction."""
        if not self.scene.lexicon.latter.search(self.scene.folded, cue.start, cue.end):
            return None
        before = [m for m in self.sentence.people if m.end <= cue.start]
        return self.cast.actor(before[-1]) if before else self._latter()

    def _is_inverted(self, cue: Hit) -> bool:
        """ "le temps qu'aura passé à Bangui le ministre"."""
        before = self.scene.folded[max(self.sentence.span.start, cue.start - 5) : cue.start].split()
        return bool(before) and self.scene.lexicon.inverted.match(" " + before[-1].strip("'")) is not None

    def _visited_peer(self, cue: Hit, who: Actor | None) -> Actor | None:
        """ "une mission auprès de son homologue": whom the journey is to."""
        peer = self._right(cue, ("with", "to"), other_than=who)
        if peer is None or any(m.is_counterpart for m in peer.mentions):
            return None if peer and self._talks_before(cue, peer) else peer
        is_foreign = who is not None and None not in (who.serves, peer.serves) and peer.serves != who.serves
        near = (m for m in self.sentence.people if 0 <= m.start - cue.end < _NEAR)
        return peer if is_foreign and not peer.is_barred and any(self.cast.actor(m) is peer for m in near) else None

    _stay = _visit_by

    def _visits(self, cue: Hit, index: int) -> Claim | None:
        """A state or city is visited, or "these four countries" that the sentence lists; other sights are no visits."""
        states = [p for p in self.sentence.places if p.kind == "country"]
        behind = [p for p in self.sentence.places if self._is_visited(p, cue)]
        own = here(self.scene, cue)
        if not behind and not own and not self.scene.lexicon.countries_word.match(self.scene.folded, cue.end):
            return self._shown_round(cue, index)
        joined = self._destination(cue, index) or tuple(behind) if behind else own or tuple(states)
        opens = cue.start - self.opening < _OPENING
        who = self._subject(cue) or (self._right(cue, ("subject",)) if opens else None) or self._carried(cue)
        return self._claim(cue, who, places=joined)

    def _is_visited(self, place: Place, cue: Hit) -> bool:
        """Right behind the verb, also "visitó la capital española"."""
        ground = self.scene.lexicon.ground.search(self.scene.folded, cue.end, place.start)
        is_named = place.kind in ("country", "city") or ground is not None
        return is_named and 0 <= (ground.start() if ground else place.start) - cue.end <= _OBJECT

    def _shown_round(self, cue: Hit, index: int) -> Claim | None:
        """ "visited the plant with his Tajik counterpart": a site is no goal, but the two have met there."""
        behind = (m for m in self.sentence.people if m.start >= cue.end and m.case in ("with", "by"))
        near = (m for m in behind if m.is_counterpart or m.office == "counterpart")
        peer = next((a for a in map(self.cast.actor, near) if a and not a.is_vague), None)
        who = self._subject(cue) if peer else None
        if who is None or who is peer:
            return None
        sites = (p for p in self.sentence.places if 0 <= p.start - cue.end < _AWAITED and p.kind != "demonym")
        shown = next((p for p in sites if peer and peer.serves in p.countries), None)
        site = self._meeting_place(cue, index) or ((shown,) if shown else ())  # "visited the port of Dakar"
        return replace(self._claim(cue, who, peer, site), label="meet")

    def _in_visit(self, cue: Hit, index: int) -> Claim:
        is_met = case_of(self.scene, cue.start) in ("to", "by")  # "an audience granted to the guest of Algeria"
        guest = self._received_behind(cue)
        who = guest or (None if is_met else self._left(cue, any_case=True) or self._inverted(cue))
        who = who or self._carried(cue) or (self._pronoun() if is_met else None)
        places = self._destination(cue, index)
        goals = {country_of(place) for place in places if place.start >= cue.end}
        is_elsewhere = len(goals) == 1 and goals.isdisjoint((None, country_of(dateline_place(self.scene))))
        return self._claim(cue, who if is_elsewhere else self._who_came(who), places=places)

    def _who_came(self, who: Actor | None, places: Sequence[Place] = ()) -> Actor | None:
        """ "BAMAKO - The Russian minister met the Malian leader on Saturday, on a tour of the region": of two who met
        where the article was written the one who is at home there is no traveller; "the minister met his Italian
        counterpart during his visit to Tripoli": nor is he whose state nothing tells."""
        here = country_of(places[0]) if places else country_of(dateline_place(self.scene))
        told = (c for c in reversed(self.earlier) if c.sentence == self.sentence.number and c.label == "meet")
        met = next((c for c in told if who in (c.visitor, c.host)), None)
        if who is None or here is None or who.country not in (None, here) or met is None:
            return who
        if who.country is None and any(country_of(p) != here for p in met.places):
            return who
        other = met.host if who is met.visitor else met.visitor
        return other if other and other.serves not in (None, here) and not other.is_barred else who

    def _visiting(self, cue: Hit, index: int) -> Claim | None:
        near = next(
            (m for m in self.sentence.people if 0 <= m.start - cue.end < 24 or m.start <= cue.start < m.end), None
        )
        who = self.cast.actor(near) if near else None
        if who is None:
            return self._visits(cue, index)
        return self._claim(cue, who, self._met_by(cue, who) if who else None)

    def _met_by(self, cue: Hit, who: Actor) -> Actor | None:
        """ "discussed with his visiting counterpart": who speaks with a visitor is the host."""
        if not any(c.label in ("meet", "receive", "received") for c in self.sentence.cues):
            return None
        host = self._left(cue) or self._right(cue, ("subject", "with", "by"), other_than=who)
        return None if host is None or host is who or host.is_barred or not host.office else host

    def _visit_of(self, cue: Hit, index: int) -> Claim:
        if talk := self._talk_at_home(cue):
            return self._claim(cue, talk.host, talk.visitor)
        first = self._coordinated(cue)
        who = self._possessor(cue) or (first.visitor if first else None) or self._of_the_tour(cue)
        places = self._destination(cue, index)
        who = who or self._accompanied(cue) or self._apposed_to(cue) or self._of_the_day(cue)
        who = who or (self._whose_new(cue) if places else None) or self._for_whom(cue)
        who = who or self._of_the_traveller(places)
        return self._claim(cue, who, self._met_by(cue, who) if who and not places else None, places)

    def _whose_new(self, cue: Hit) -> Actor | None:
        """ "s'est envolé au sortir d'une visite à Maurice": a visit without an owner is the subject's."""
        start = self.sentence.span.start
        after, near = _right_after(self.scene.lexicon.language), max(start, cue.start - _NEAR)
        is_after = after.search(self.scene.folded, near, cue.start)
        if not is_after and not self.scene.lexicon.indefinite.search(self.scene.folded, start, cue.start):
            return None
        who = self._subject(cue)
        return who if who and who.office and not who.is_barred else None

    def _of_the_day(self, cue: Hit) -> Actor | None:
        """ "X spent the morning in Mindelo, second day of the visit to Cape Verde": whose visit it is, X's."""
        days = _day_of(self.scene.lexicon.language)
        start = max(self.sentence.span.start, cue.start - _NEAR)
        if days is None or days.search(self.scene.folded, start, cue.start) is None:
            return None
        return self._subject(cue)

    def _be_at(self, cue: Hit, index: int) -> Claim | None:
        is_thing = is_of_a_thing(self.scene, self.sentence.officials, self.opening, cue.start) or self._is_a_state(cue)
        places = () if is_thing else tuple(p for p in self.sentence.places if self._is_at(p, cue))
        joined = self._destination(cue, index) if places else ()
        who = self._subject(cue) or self._carried(cue)
        return self._claim(cue, who, places=joined if set(places) <= set(joined) else places) if places else None

    def _is_a_state(self, cue: Hit) -> bool:
        """ "Portugal não está na Roménia por favor": the state right before its verb is nobody."""
        near = (p for p in self.sentence.places if p.kind == "country" and 0 < cue.start - p.end <= _BESIDE + 1)
        return any(case_of_place(self.scene, p) is None for p in near)

    def _is_at(self, place: Place, cue: Hit) -> bool:
        """Right behind the cue, "na capital angolana" too."""
        ground = self.scene.lexicon.ground.search(self.scene.folded, cue.end, place.start)
        start = ground.start() if ground else place.start
        return 0 <= start - cue.end <= _BESIDE and (ground is not None or place.kind in ("country", "city"))

    def _arrive(self, cue: Hit, index: int) -> Claim:
        who = self._titled_around(cue) or self._subject(cue) or self._inverted(cue)
        who = who or self._carried(cue) or self._aboard(cue)
        claim = self._claim(cue, who, self._awaited_by(cue, index), self._destination(cue, index))
        if self._comes_home(claim):
            return replace(claim, label="return", places=())
        return replace(claim, label="received") if claim.host else claim

    def _titled_around(self, cue: Hit) -> Actor | None:
        """ "the minister X, who came as the special envoy of": whose titles have the verb between them."""
        around = (m for m in self.sentence.people if m.start < cue.start and cue.end <= m.end)
        return self.cast.actor(mention) if (mention := next(around, None)) else None

    def _comes_home(self, claim: Claim) -> bool:
        """ "has returned … His plane landed at Entebbe", "est arrivé à Niamey, de retour de Pékin": an arrival with a
        return before or right behind it, where the article was written."""
        who, home = claim.visitor, country_of(dateline_place(self.scene))
        near = (c for c in self.earlier if c.visitor is who and 0 < self.sentence.number - c.sentence <= _BESIDE)
        ends = {p.end + gap for p in claim.places for gap in range(_BESIDE)}
        is_back = any(c.label == "return" for c in near)
        is_back = is_back or any(c.label == "return" and c.start in ends for c in self.sentence.cues)
        is_own = who is not None and who.serves in (None, home) and not self.cast.is_foreign_to(who, (home or "",))
        return is_back and is_own and {country_of(p) for p in claim.places} == {home}

    def _aboard(self, cue: Hit) -> Actor | None:
        """ "The presidential jet landed": who sits in it is whom the text goes on about."""
        start = self.sentence.span.start
        carried = _carrier(self.scene.lexicon.language).search(self.scene.folded, start, cue.start)
        is_alone = carried is not None and not any(m.end <= cue.start for m in self.sentence.people)
        return self._pronoun() if is_alone else None

    def _awaited_by(self, cue: Hit, index: int) -> Actor | None:
        """ "est attendu à Lusaka par le président X": who awaits a guest is his host."""
        words = self.scene.folded[cue.start : cue.end].split()
        if not any(self.scene.lexicon.apposed.match(f", {word}") for word in words):
            return None
        limit = min([cue.end + _AWAITED, *(c.start for c in self.sentence.cues[index + 1 :])])
        host = self._right(cue, ("by",))
        near = [m for m in host.mentions if cue.end <= m.start < limit and m.case == "by"] if host else []
        is_leader = near and self.scene.lexicon.led_by.search(self.scene.folded, cue.end, near[0].start)
        return host if near and not is_leader else None

    def _go(self, cue: Hit, index: int) -> Claim | None:
        """ "Arrivé la veille à Abidjan, il s'est envolé pour Monrovia": who goes to his own state comes home."""
        claim = self._arrive(cue, index)
        if self._is_of_journey(cue):
            claim = replace(claim, visitor=self._who_came(self._whom_it_takes(claim.visitor)) or self._pronoun())
        home = claim.visitor.serves if claim.visitor else None
        is_homeward = bool(claim.places) and all(p.countries == (home,) for p in claim.places)
        was_away = any(
            (c.visitor is claim.visitor and c.label not in ("visit_of", "go"))
            or (c.host is claim.visitor and c.label == "meet" and home not in map(country_of, c.places))
            for c in self.earlier
        )
        return replace(claim, label="return", places=()) if is_homeward and was_away else claim

    def _leave(self, cue: Hit, index: int) -> Claim | None:
        who = self._subject(cue) or self._inverted(cue) or self._carried(cue)
        left = direct_place(self.scene, self.sentence, cue) or whence(self.scene, self.sentence, cue)
        if who and who.assumed is None and left and self._goes_on(left[0]):
            who.assumed = left[0].countries[0]
        onward = self._onward(left[0]) if left else None
        within = self._goal_within(left[0]) if who and left and who.serves not in left[0].countries else None
        if within:
            return replace(self._claim(cue, who, places=(left[0], within)), label="go")
        goal = self._goal_behind(cue) if who and not left else None
        if who and goal and who.serves not in goal.countries:
            return replace(self._claim(cue, who, places=(goal,)), label="go")
        if who and onward and left[0].countries == (who.country,):
            return replace(self._claim(cue, who, places=(onward,)), label="go")
        return self._claim(cue, who, places=left)

    def _send(self, cue: Hit, index: int) -> Claim | None:
        """ "a envoyé à Libreville son ministre de la Justice, X": who is sent goes, in his sender's service."""
        sent = next((m for m in self.sentence.people if m.start >= cue.end and m.case == "subject"), None)
        who, sender = self.cast.actor(sent) if sent else None, self._left(cue)
        if sent is None or who is None or who.is_vague or who.is_barred or not who.office:
            return None
        before = self.scene.folded[max(0, sent.start - _NEAR) : sent.start].split()
        is_own = bool(before) and before[-1] in self.scene.lexicon.possessives
        if is_own and who.serves is None and sender:
            who.serves = sender.serves
        self._mark_object(cue, who)
        return replace(self._claim(cue, who, self._visited_peer(cue, who), self._destination(cue, index)), label="go")

    def _travels_on(self, claim: Claim) -> Iterator[Claim]:
        """ "a quitté Bujumbura jeudi pour Kigali, étape d'une tournée": the next stop is told with the last."""
        if not self.scene.lexicon.tour_noun.search(self.scene.folded, 0, self.sentence.span.end):
            return
        onward = self._onward(claim.places[0]) if claim.label == "leave" and claim.places else None
        home = claim.visitor.serves if claim.visitor else None
        is_abroad = onward and home and home not in (*claim.places[0].countries, *onward.countries)
        if onward and is_abroad and len(onward.countries) == 1:
            yield replace(claim, label="go", places=(onward,))

    def _leave_for(self, cue: Hit, index: int) -> Claim | None:
        """ "left for Luanda": a journey, but not for a guest who travels on."""
        claim = self._arrive(cue, index)
        return None if self._has_stayed(claim) else replace(claim, label="go")

    def _has_stayed(self, claim: Claim) -> bool:
        """Whether the traveller was told to be elsewhere than where a claim leads."""
        states = {p.countries for p in claim.places}
        stays = [c for c in self.earlier if c.visitor is claim.visitor and c.label not in ("go", "leave", "visit_of")]
        return any(not {p.countries for p in c.places} & states for c in stays)

    def _goes_on(self, left: Place) -> bool:
        """ "a quitté Dakar pour Banjul": what is left for another state is home."""
        return self._onward(left) is not None and not is_visited(self.scene, left)

    def _onward(self, left: Place) -> Place | None:
        """The first place of another state that the sentence leads to behind the one that is left."""
        behind = (p for p in self.sentence.places if p.start > left.end and p.countries != left.countries)
        led = (p for p in behind if case_of_place(self.scene, p) in ("to", "in"))
        return next(led, None) if len(left.countries) == 1 else None

    def _goal_within(self, left: Place) -> Place | None:
        """ "a quitté Lomé pour Kara": another town of the same state, right behind the one that is left."""
        behind = next((p for p in self.sentence.places if p.start > left.end), None)
        is_near = behind is not None and behind.start - left.end <= _NEAR and behind.kind == left.kind == "city"
        is_same = is_near and behind is not None and behind.countries == left.countries
        return behind if is_same and behind and case_of_place(self.scene, behind) == "to" else None

    def _goal_behind(self, cue: Hit) -> Place | None:
        """ "a quitté le pays à destination de la Turquie": where somebody goes who leaves no place that is named."""
        limit = min([cue.end + _AWAITED, *(c.start for c in self.sentence.cues if c.start >= cue.end)])
        behind = (p for p in self.sentence.places if cue.end <= p.start < limit and len(p.countries) == 1)
        return next((p for p in behind if p.kind != "demonym" and case_of_place(self.scene, p) == "to"), None)

    def _return(self, cue: Hit, index: int) -> Claim:
        who = self._subject(cue) or self._inverted(cue) or self._carried(cue)
        home = homeward(self.scene, self.sentence, cue)
        who = self._at_home_in(home, cue, who) or who
        if who and home and self._is_guest_there(cue, who, home[0]):
            return replace(self._arrive(cue, index), label="arrive")
        if who and home and self._was_there(who, home[0]):
            return replace(self._claim(cue, who, places=home), label="go")
        if who and home and len(home[0].countries) == 1 and who.assumed is None:
            who.assumed = home[0].countries[0]
        return self._claim(cue, who, places=origin(self.scene, self.sentence, cue))
