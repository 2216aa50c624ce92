"""What does an article tell of a journey without a verb of going: whose it is, the next stop, those made before?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import pairwise

from extractors.text import Span
from extractors.visits.actors import Actor
from extractors.visits.claims import Claim
from extractors.visits.language_files import language_table
from extractors.visits.lexicon import Hit
from extractors.visits.phrases import any_source, listed
from extractors.visits.places import Place
from extractors.visits.scene import country_of
from extractors.visits.slots import Slots
from extractors.visits.whereabouts import case_of_place, is_joined, stop_place

_NEAR, _BESIDE = 30, 4
_APART = re.compile(r", (?:\w{1,5}[ '])?(?:l'|\w{1,3} )?")
"""Between somebody and where he is, told in a clause set apart: ", en "."""
_GAP = 18
"""So long is what stands between two stops of a list: " mardi et "."""
_TALKS = frozenset({"received", "receive", "meet"})
_GOING = frozenset({"go", "leads", "taken_to"})
_ALONG = 14
_AHEAD = 6
"""Letters before a place with which a sentence opens: "Dans le "."""
_RELATIVE = 2
"""So many words stand between a journey and the verb of its relative."""
_RELATED = 80
"""So far before a relative the journey stands of which it tells."""


@cache
def _after(language: str) -> re.Pattern[str]:
    """ "Après", "after": what opens a sentence with the stops that were made before."""
    told = listed(language, "after_stops")
    return re.compile(rf"\W*(?:{told}) ?(?:(?:l'|\w{{1,3}} ))?")


@cache
def _visit_for(language: str) -> re.Pattern[str]:
    """Right before whom a visit without a verb is "for"."""
    return re.compile(rf"(?<!\w)(?:{listed(language, 'visit_for')})[ '](?:\w{{1,3}}[ '])?\Z")


@cache
def _own_country(language: str) -> re.Pattern[str]:
    """ "(his visit) to the country", with no state named."""
    return re.compile(rf" ?(?:{listed(language, 'own_country')})(?!\w)")


@cache
def _arrivals(language: str) -> re.Pattern[str]:
    """Verbs of return that tell an arrival only: "llegó a Lima tras una gira por Japón"."""
    return re.compile(rf"(?:{listed(language, 'arrivals')})(?!\w)")


@cache
def _accompanies(language: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{listed(language, 'accompanies')}) (?:[\w']+ )?$")


@cache
def _verbless_stop(language: str) -> re.Pattern[str] | None:
    """What opens a sentence that only names the next place of a tour, up to that place; None for no such words."""
    told = language_table(language, "words")
    if "next_stop" not in told:
        return None
    goals = any_source(told["next_goal"])
    return re.compile(
        rf"\W*(?:{any_source(told['next_stop'])}),? (?:(?:{goals}) )?(?:the |la |le |los |las |el |o |as |os )?"
    )


class Stops(Slots):
    """Reads where a journey that was told goes on, and where it has been."""

    def _talk_at_home(self, cue: Hit) -> Claim | None:
        """ "The Kuwaiti minister met his Omani counterpart on the occasion of his visit to the country": the peer's
        visit, for "the country" is that of which the article tells, the subject's."""
        is_here = _own_country(self.scene.lexicon.language).match(self.scene.folded, cue.end)
        if not is_here or not self._has_possessive(cue):
            return None
        told = (c for c in reversed(self.earlier) if c.sentence == self.sentence.number and c.label == "meet")
        talk = next((c for c in told if c.visitor and c.host and c.cue.end <= cue.start), None)
        if talk is None or talk.host is None or talk.visitor is None or talk.host.is_barred:
            return None
        is_foreign = talk.host.serves not in (None, talk.visitor.country)
        is_between = any(m.is_counterpart and talk.cue.end <= m.start < cue.start for m in talk.host.mentions)
        is_between = is_between and all(country_of(p) != talk.host.serves for p in talk.places)
        return talk if is_foreign and is_between else None

    def _accompanied(self, cue: Hit) -> Actor | None:
        """ "acompanhou o presidente X na visita à China": whose visit it was."""
        before = next((m for m in reversed(self.sentence.people) if m.end <= cue.start), None)
        if before is None or cue.start - before.end > _ALONG:
            return None
        along = _accompanies(self.scene.lexicon.language)
        start = max(self.sentence.span.start, before.start - _NEAR)
        return self.cast.actor(before) if along.search(self.scene.folded, start, before.start) else None

    def _is_guest_there(self, cue: Hit, who: Actor, place: Place) -> bool:
        """ "X llega a India tras una gira por Japón … la presidenta india, Y": who arrives from one state in another
        that has its own president comes home to neither."""
        is_arrival = _arrivals(self.scene.lexicon.language).match(self.scene.folded, cue.start) is not None
        return is_arrival and self.cast.is_foreign_to(who, place.countries)

    def _at_home_in(self, home: tuple[Place, ...], cue: Hit, who: Actor | None) -> Actor | None:
        """ "El ministro regresará a España": of two who are called so, whoever has travelled from there."""
        if not home or who is None or who.serves is None or who.serves in home[0].countries:
            return None
        last = next((m for m in reversed(self.sentence.people) if m.end <= cue.start), None)
        if last is None or last.name or last.countries:
            return None
        away = (c.visitor for c in reversed(self.earlier) if c.is_travel and c.visitor and c.visitor is not who)
        told = (a for a in away if a.country in home[0].countries or a.serves is None)
        return next((a for a in told if a.office == who.office), None)

    def _received_behind(self, cue: Hit) -> Actor | None:
        """ "recebeu ontem, em visita oficial, o ministro": the guest stands behind, between nobody and the verb."""
        people = self.sentence.people
        before = next((c for c in reversed(self.sentence.cues) if c.end <= cue.start), None)
        if before is None or before.label != "receive" or any(before.end <= m.start < cue.start for m in people):
            return None
        behind = next((m for m in people if m.start >= cue.end), None)
        return self.cast.actor(behind) if behind and behind.case != "by" else None

    def _was_there(self, who: Actor, place: Place) -> bool:
        """ "llegó a Yakarta … De regreso en Yakarta, visitó": back in the state to which he had come, not at home."""
        came = (c for c in self.earlier if c.visitor is who and c.is_travel and c.label not in ("leave", "return"))
        is_foreign = who.serves is not None and who.serves not in place.countries
        return is_foreign and any(p.countries == place.countries for c in came for p in c.places)

    def _stop(self, cue: Hit, index: int) -> Claim:
        """ "prochaine étape, Tunis"; in "la première étape d'une tournée qui le conduira à Tunis" it is another."""
        places = self._listed_before(cue) or stop_place(self.scene, self.sentence, cue)
        is_site = any(p.start >= cue.end and self.scene.lexicon.where.match(self.scene.folded, p.end) for p in places)
        owner = None if is_site else self._possessor(cue)  # "Première étape, le Japon, où il a vu la fille de X"
        who = owner or self._owner_of_tour(cue) or self._travelling(self._pronoun())
        going = next((c.start for c in self.sentence.cues if c.start >= cue.end and c.label in _GOING), None)
        return self._claim(cue, who, places=tuple(p for p in places if going is None or p.start < going))

    def _travelling(self, who: Actor | None) -> Actor | None:
        """ "La prochaine étape sera Abidjan": of a tour that was told; who only received somebody goes nowhere."""
        received = any(c.host is who or c.visitor is who for c in self.earlier)
        return None if who and received and not any(c.visitor is who and c.is_travel for c in self.earlier) else who

    def _listed_before(self, cue: Hit) -> tuple[Place, ...]:
        """ "Le Japon, la Chine et le Qatar ont constitué les étapes du périple": what the sentence opens with."""
        told = [p for p in self.sentence.places if p.end <= cue.start]
        opens = len(told) > 1 and told[0].start - self.sentence.span.start <= _BESIDE
        is_list = opens and all(is_joined(self.scene, one, other) for one, other in pairwise(told))
        return tuple(told) if is_list else ()

    def _of_the_traveller(self, places: tuple[Place, ...]) -> Actor | None:
        """ "Huit actes ont été signés lors de la visite au Qatar": of a tour that was told, the traveller's."""
        return self._on_tour_in(places) if not self.sentence.people else None

    def _on_tour_in(self, places: tuple[Place, ...]) -> Actor | None:
        """The one who travels in the article so far, where that is a tour and the place lies abroad."""
        told = [c.visitor for c in self.earlier if c.is_travel and c.visitor]
        one = told[0] if told and all(a is told[0] for a in told) else None
        state = country_of(places[0]) if places else None
        is_tour = self.scene.lexicon.tour_noun.search(self.scene.folded, 0, self.sentence.span.end) is not None
        is_abroad = one is not None and one.country is not None and state not in (None, one.country)
        return one if one and is_tour and is_abroad and one.office else None

    def stop_ahead(self) -> Iterator[Claim]:
        """ "Au Qatar, M. X a signé un accord": on a tour, the place with which a sentence about the traveller opens."""
        place = next(iter(self.sentence.places), None)
        if place is None or place.kind == "demonym" or place.start - self.opening > _AHEAD:
            return
        who = self._on_tour_in((place,)) if self.scene.folded.startswith(",", place.end) else None
        first = next((m for m in self.sentence.people if m.case == "subject"), None)
        is_he = self.scene.lexicon.pronoun.match(self.scene.folded, place.end + 2) is not None
        told = {p.countries for c in self.earlier if c.visitor is who for p in c.places}
        if who and place.countries not in told and (is_he or (first and self.cast.actor(first) is who)):
            cue = Hit("stop", place.start, place.end)
            tense = next((c.tense for c in reversed(self.earlier) if c.visitor is who and c.is_travel), None)
            yield self._claim(cue, who, places=(place,)).told(tense, is_inferred=True)

    def _owner_of_tour(self, cue: Hit) -> Actor | None:
        """ "Lisboa é a última etapa de um périplo do ministro": whose tour it is whose stage was named."""
        tour = next((c for c in self.sentence.cues if c.start >= cue.end and c.label == "visit_of"), None)
        is_near = tour is not None and tour.start - cue.end <= _NEAR
        return self._possessor(tour) if tour and is_near else None

    def _of_the_tour(self, cue: Hit) -> Actor | None:
        """ "X est arrivé au Tchad, troisième étape d'une tournée commencée au Gabon": the tour is the traveller's."""
        if not self.scene.lexicon.tour_noun.match(self.scene.folded, cue.start):
            return None
        own = (c.visitor for c in reversed(self.earlier) if c.sentence == self.sentence.number and c.is_travel)
        return next((a for a in own if a and not a.is_barred), None)

    def _leads(self, cue: Hit, index: int) -> Claim | None:
        """ "a journey that took him to Hanoi and ends in Jakarta", "It begins in Accra": where a journey told in the
        sentence, or a tour of the one before, goes on."""
        lexicon, folded, span = self.scene.lexicon, self.scene.folded, self.sentence.span
        is_relative = cue.start > span.start and folded[cue.start : cue.end].split()[0] in lexicon.relatives
        start = max(span.start, cue.start - (_RELATED if is_relative else _NEAR))
        opens = cue.start - span.start <= _BESIDE and self.sentence.number > 0
        before = self.scene.sentences[self.sentence.number - 1] if opens else Span(start, cue.start)
        noun = lexicon.tour_noun if opens or not is_relative else lexicon.visit_noun
        own = [c for c in reversed(self.earlier) if c.sentence == self.sentence.number and c.is_travel]
        if not opens and own and own[-1].label == "visit_of" and own[-1].cue.start - span.start <= _BESIDE:
            before = Span(span.start, own[-1].cue.end + _BESIDE)  # "La gira del canciller X comenzó el lunes en Quito"
        is_told = any(c.label == "leads" or noun.search(folded, c.cue.start, c.cue.end) for c in own)
        if not is_told and not noun.search(folded, *before):
            return None
        told = self._left(cue) if is_relative else None
        who = next((c.visitor for c in own if c.visitor), None) or told or self._pronoun() or self._subject(cue)
        return self._claim(cue, who, places=self._destination(cue, index))

    _taken_to = _leads

    def _for_whom(self, cue: Hit) -> Actor | None:
        """ "Fin de séjour au Cameroun pour le ministre X": whose visit it is, where nobody stands before it."""
        first = next(iter(self.sentence.people), None)
        if first is None or first.start < cue.end:
            return None
        told = _visit_for(self.scene.lexicon.language).search(self.scene.folded, cue.end, first.start)
        return self._led(self.cast.actor(first)) if told and first.office else None

    def _be_since(self, cue: Hit, index: int) -> Claim | None:
        """ "M. X, en Tunisie depuis mardi, …": where somebody is, told behind him without a verb."""
        place = self.scene.place_ending.get(cue.start - 1)
        who = next((m for m in reversed(self.sentence.people) if place and m.end <= place.start), None)
        if place is None or who is None or place.kind == "demonym" or case_of_place(self.scene, place) != "in":
            return None
        is_beside = _APART.fullmatch(self.scene.folded, who.end, place.start) is not None
        return replace(self._claim(cue, self.cast.actor(who), places=(place,)), label="be_at") if is_beside else None

    def next_stop(self) -> Iterator[Claim]:
        """ "Depois, Seul.", "Finally, Luanda, where …": the next place of a journey, told without a verb."""
        pattern = _verbless_stop(self.scene.lexicon.language)
        opening = pattern.match(self.scene.folded, *self.sentence.span) if pattern and self.sentence.places else None
        place = self.sentence.places[0] if opening else None
        if opening is None or place is None or place.start != opening.end() or place.kind == "demonym":
            return
        who = self._pronoun()
        journey = [c for c in self.earlier if c.visitor is who and c.is_travel and c.places]
        if who and journey and not any(place in c.places for c in journey):
            cue = Hit("stop", opening.start(), place.end)
            yield self._claim(cue, who, places=(place,)).told(journey[-1].tense, is_inferred=True)

    def stops_before(self) -> Iterator[Claim]:
        """ "Après Bamako mardi et Ouagadougou mercredi, X est arrivé jeudi à Niamey": the stops that open a sentence
        whose own journey goes elsewhere."""
        opening = _after(self.scene.lexicon.language).match(self.scene.folded, self.opening, self.sentence.span.end)
        own = [c for c in self.earlier if c.sentence == self.sentence.number and (c.is_travel or c.label == "received")]
        going = next((c for c in own if c.visitor and c.visitor.office and not c.visitor.is_barred and c.places), None)
        if opening is None or going is None:
            return
        at, goals = opening.end(), {p.countries for p in going.places}
        for place in self.sentence.places:
            gap = self.scene.folded[at : place.start]
            if place.kind == "demonym" or len(gap) > _GAP or "," in gap.rstrip(" ,") or place.end > going.cue.start:
                break
            at = place.end
            if place.countries not in goals and going.visitor and going.visitor.country not in place.countries:
                yield self._claim(Hit("taken_to", place.start, place.end), going.visitor, places=(place,))

    def _is_of_journey(self, cue: Hit) -> bool:
        """ "The tour took him to Ghana", "une tournée qui le conduira au Ghana": the journey itself is the subject, the
        traveller was told before."""
        nouns = self.scene.lexicon.visit_noun.finditer(self.scene.folded, self.sentence.span.start, cue.start)
        return any(cue.start - noun.end() <= _BESIDE or self._takes_whom(noun.end(), cue) for noun in nouns)

    def _whom_it_takes(self, who: Actor | None) -> Actor | None:
        """ "held talks in N'Djamena with his Chadian counterpart, on a tour that will take him to Niger": of the two
        not the one in whose state they talked."""
        talks = (c for c in self.earlier if c.sentence == self.sentence.number and c.label == "meet" and c.host is who)
        sited = (c for c in talks if who and any(who.serves in p.countries for p in c.places))
        return next((c.visitor for c in sited if c.visitor), who)

    def _takes_whom(self, noun: int, cue: Hit) -> bool:
        """ "qui le", "that" between a journey and its verb."""
        between = self.scene.folded[noun : cue.start].replace("'", " ").split()
        return 0 < len(between) <= _RELATIVE and between[0] in self.scene.lexicon.relatives

    def _talks_before(self, cue: Hit, peer: Actor) -> bool:
        """ "Pendant son séjour, il a été reçu par le président et a conféré avec son homologue": a talk's, no goal."""
        named = next((m.start for m in self.sentence.people if self.cast.actor(m) is peer and m.start > cue.end), 0)
        return any(cue.end <= other.start < named and other.label in _TALKS for other in self.sentence.cues)
