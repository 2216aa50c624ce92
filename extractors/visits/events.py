"""Which trips do the claims add up to? One trip for each visitor's state, host state and occasion."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from extractors.visits.abroad import call_sentences, journeys_abroad
from extractors.visits.actors import Actor, Cast
from extractors.visits.allegiance import CARRIERS, leaders
from extractors.visits.audiences import callers
from extractors.visits.claims import LABELLED, Claim
from extractors.visits.dates import find_dates
from extractors.visits.gaps import received_here, told_by_the_whole, two_sided, visits_back, without_goal
from extractors.visits.hosts import find_hosts
from extractors.visits.mentions import MINISTERS
from extractors.visits.phrases import listed
from extractors.visits.ranks import is_party, is_superior
from extractors.visits.scene import Scene, country_of
from extractors.visits.trips import TALKS, Reading, Trip, is_at_home, readings_of, without_namesakes

__all__ = ["Trip", "find_trips"]

_BESIDE = 2
_MANY = 3
_SOLEMN = frozenset({"state", "official", "friendship"})
_ARRIVALS = frozenset({"received", "receive", "arrive"})
_CALLS = frozenset({"received", "receive", "meet"})
_OFF = frozenset({"cancelled", "postponed"})
_SIGHTSEEING = frozenset({"visits", "visit_by", "in_visit", "headline"})
_SITE = 60
_VERB = 12
"""So much of the verb stands before the words of calling off: "had been called off"."""


def find_trips(scene: Scene, cast: Cast, claims: Sequence[Claim]) -> list[Trip]:
    """Trips in the order of their first claims."""
    calls = call_sentences(scene)
    told = [without_namesakes(scene, c) for c in journeys_abroad(scene, cast, claims, calls)]
    readings = [r for c in told for r in readings_of(c)]
    trips: list[Trip] = []
    for reading in sorted(readings, key=lambda r: r.claim.label in TALKS):
        if _is_complete(scene, reading) and not _is_reversed(trips, reading):
            _place(scene, trips, reading, opens=True)
    placed = {(r.claim.sentence, id(r.visitor)) for r in readings if r.is_complete and r.claim.is_travel}
    for reading in readings:
        is_beside = reading.claim.is_travel and (reading.claim.sentence, id(reading.visitor)) in placed
        is_end = reading.claim.label == "return" or (reading.claim.label == "leave" and reading.claim.places)
        if not reading.is_complete and (not is_beside or is_end):
            _place(scene, trips, reading, opens=False)
    for more in (told_by_the_whole, callers):
        for reading in more(scene, cast, told, trips):
            _place(scene, trips, reading, opens=True)
    if not trips and not isinstance(calls, range):
        trips.extend(two_sided(scene, cast, calls))
        trips.extend(() if trips else without_goal(scene, told))
        trips.extend(() if trips else received_here(scene, told))
    trips = [trip for trip in _without_doubles(trips) if not _is_of_sites(scene, trip)]
    _name_visitors(scene, cast, trips)
    _mark_tours(scene, trips)
    find_hosts(scene, cast, told, trips)
    trips = [trip for trip in trips if not is_at_home(trip, trips)]
    trips.extend(visits_back(scene, trips))
    _mark_returns(scene, trips)
    _mark_background(scene, claims, trips)
    for trip in trips:
        trip.meets_outsiders = not trip.hosts and _meets_outsiders(trip, told)
    return sorted(trips, key=lambda t: t.first)


def _is_complete(scene: Scene, reading: Reading) -> bool:
    return reading.is_complete or _is_solemn(scene, reading)


def _is_solemn(scene: Scene, reading: Reading) -> bool:
    """ "Le Président … est attendu à Alger pour une visite d'Etat": nobody makes one to his own capital."""
    claim, who = reading.claim, reading.visitor
    if reading.visitor_country or who is None or who.is_plural or claim.label not in LABELLED:
        return False
    is_there = reading.host_country is not None and any(p.is_capital for p in claim.places)
    if not is_there or not who.office or who.office == "delegation":
        return False
    kinds = (h for h in scene.kind_hits if h.label in _SOLEMN)
    return any(scene.sentence_number(h.start) == claim.sentence for h in kinds)


def _is_of_sites(scene: Scene, trip: Trip) -> bool:
    """ "Le ministre a visité l'hôpital construit par la Turquie, en présence de son ambassadeur": an official of no
    printed state who sees sites and meets nobody is at home."""
    if trip.visitor is None or trip.visitor.serves or trip.hosts or trip.is_tour:
        return False
    return all(c.label in _SIGHTSEEING and _is_to_site(scene, c) for c in trip.claims)


def _is_to_site(scene: Scene, claim: Claim) -> bool:
    end = min(claim.cue.end + _SITE, scene.sentences[claim.sentence].end)
    return _sites(scene.lexicon.language).search(scene.folded, claim.cue.end, end) is not None


@cache
def _sites(language: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{listed(language, 'prefixes')})?(?:{listed(language, 'shown_sites')})(?!\w)")


def _without_doubles(trips: Sequence[Trip]) -> list[Trip]:
    """ "Une ministre suisse à Niamey" over an article is the journey between the two states that its text tells."""
    kept: list[Trip] = []
    for trip in trips:
        other = next((t for t in trips if t is not trip and _is_announced_by(t, trip)), None)
        if other is None:
            kept.append(trip)
            continue
        other.claims.extend(trip.claims)
        for host in trip.hosts:
            _receive(other, host)
    return kept


def _is_announced_by(trip: Trip, headline: Trip) -> bool:
    """Whether the second trip is told in the headline only, without a name, and the first is the same in the text."""
    one, other = (headline.visitor_country, headline.host_country), (trip.visitor_country, trip.host_country)
    is_nameless = headline.visitor is not None and headline.visitor.named is None
    if one != other or trip.is_earlier or not is_nameless or not all(c.in_headline for c in headline.claims):
        return False
    return not all(c.in_headline for c in trip.claims)


def _is_reversed(trips: Sequence[Trip], reading: Reading) -> bool:
    """A talk told at a place of the visitor's state is no visit back, where a journey the other way is told."""
    pair = (reading.host_country, reading.visitor_country)
    if reading.claim.label not in TALKS:
        return False
    ways = {(t.visitor_country, t.host_country) for t in trips if not t.is_earlier}
    return pair in ways and (reading.visitor_country, reading.host_country) not in ways


def _place(scene: Scene, trips: list[Trip], reading: Reading, *, opens: bool) -> None:
    fits = [trip for trip in trips if _is_of(scene, trip, reading) and not _takes_place(scene, trip, reading)]
    if not opens and _has_arrived(reading) and all(c.tense == "future" for t in fits for c in t.claims):
        return
    if fits:
        _add(_left_last(fits, reading.claim) if reading.claim.label == "return" else _stayed(fits, reading), reading)
        return
    if opens and _is_complete(scene, reading):
        is_earlier = reading.claim.tense == "earlier"
        trip = Trip(reading.visitor_country, reading.host_country, reading.visitor, is_earlier=is_earlier)
        trip.is_off = any(_is_off_for_another(scene, other, reading) for other in trips)
        trips.append(trip)
        _add(trip, reading)


def _has_arrived(reading: Reading) -> bool:
    """ "Arrivée la veille, la délégation …": somewhere, and at no stop that is all to come."""
    claim = reading.claim
    return claim.label in ("arrive", "go") and claim.tense is None and not claim.places


def _stayed(trips: Sequence[Trip], reading: Reading) -> Trip:
    """ "a quitté Hanoï pour Jakarta … il avait été reçu": what is told without a place was where he has just been."""
    is_past = reading.host_country is None and reading.claim.tense != "future" and reading.claim.label in _ARRIVALS
    own = [t for t in trips if t.visitor is reading.visitor] if is_past else []
    left = [t for t in own if any(c.label == "leave" and c.sentence < reading.claim.sentence for c in t.claims)]
    return left[-1] if left and len(own) > 1 else trips[0]


def _left_last(trips: Sequence[Trip], claim: Claim) -> Trip:
    """Of several stops one comes home from the one told right before, and not where the tour as a whole began."""
    told = [(t, c) for t in trips if t.visitor is claim.visitor for c in t.claims if c.tense == claim.tense]
    own = [(t, c) for t, c in told if c.label != "visit_of"] or told
    near = {c.cue.start: t for t, c in own if 0 <= claim.sentence - c.sentence <= _BESIDE and _leads_to(t, c)}
    listed = [t for t, c in own if len(c.places) >= _MANY and c.sentence > claim.sentence]
    stops = [(t, c) for t, c in own if len(c.places) == 1 and _leads_to(t, c) and c.label != "go"]
    near = near or ({} if listed else {c.cue.start: t for t, c in stops if c.sentence <= claim.sentence})
    return near[max(near)] if near else listed[-1] if listed else trips[0]


def _leads_to(trip: Trip, claim: Claim) -> bool:
    return any(trip.host_country in place.countries for place in claim.places) or claim.host in trip.hosts


def _takes_place(scene: Scene, trip: Trip, reading: Reading) -> bool:
    """Another official of the state comes, though the trip that was told is off."""
    if reading.visitor is trip.visitor or not (reading.visitor and reading.visitor.named):
        return False
    off = {scene.sentence_number(h.start) for h in scene.status_hits if h.label in _OFF}
    told = {c.sentence for c in trip.claims if c.is_travel}
    return bool(told & off) and reading.claim.sentence not in off


def _is_of(scene: Scene, trip: Trip, reading: Reading) -> bool:
    is_back = _looks_back(scene, trip, reading) or _is_stop_before(scene, trip, reading) or _comes_home(trip, reading)
    if (reading.claim.tense == "earlier") != trip.is_earlier and not is_back:
        return False
    if reading.host_country not in (None, trip.host_country):
        return False
    if _was_called_off(scene, trip, reading):
        return False
    if reading.visitor is None or reading.visitor is trip.visitor:
        return reading.visitor_country in (None, trip.visitor_country) and (
            reading.host_country is not None or reading.visitor is not None
        )
    if reading.visitor_country != trip.visitor_country or is_superior(trip, reading):
        return False
    if reading.host_country is None and _is_yet_to_come(trip, reading):
        return False
    if _is_off_for_another(scene, trip, reading):
        return False
    is_known = reading.claim.label in ("leave", "return") or any(c.visitor is reading.visitor for c in trip.claims)
    is_known = is_known or (reading.claim.label in TALKS and is_party(reading.visitor))
    return is_known or reading.claim.tense != "future" or any(c.tense == "future" for c in trip.claims)


def _comes_home(trip: Trip, reading: Reading) -> bool:
    """ "had been to Benin. He came home on Tuesday": the journey is news where the way back is."""
    last, claim = max((c.sentence for c in trip.claims), default=-_BESIDE - 1), reading.claim
    is_next = claim.label == "return" and claim.tense is None and 0 <= claim.sentence - last <= _BESIDE
    return is_next and trip.is_earlier and reading.visitor is trip.visitor


def _is_off_for_another(scene: Scene, trip: Trip, reading: Reading) -> bool:
    """ "Il n'a pas été question de la visite que le ministre des Affaires étrangères devait effectuer et qui a été
    annulée": another official's, where nothing else says that this one is off."""
    one, other = trip.visitor, reading.visitor
    ways = (trip.visitor_country, trip.host_country), (reading.visitor_country, reading.host_country)
    if ways[0] != ways[1] or one is None or other is None or not reading.claim.is_travel:
        return False
    if not one.named or one.office == other.office:
        return False
    off = {scene.sentence_number(h.start) for h in scene.status_hits if h.label in _OFF}
    return reading.claim.sentence in off and off.isdisjoint(c.sentence for c in trip.claims)


def _was_called_off(scene: Scene, trip: Trip, reading: Reading) -> bool:
    """ "Il avait annulé le voyage qu'il devait effectuer début mars": not the one that he makes after all."""
    hits = [h for h in scene.status_hits if h.label == "cancelled"]
    off = {scene.sentence_number(h.start): h for h in hits}
    hit = off.get(reading.claim.sentence) if reading.claim.is_travel else None
    if hit is None or not off.keys().isdisjoint(c.sentence for c in trip.claims):
        return False
    return scene.lexicon.earlier.search(scene.folded, max(0, hit.start - _VERB), hit.end) is not None


def _is_yet_to_come(trip: Trip, reading: Reading) -> bool:
    """ "the minister who is with him on the visit … will then fly to Rome": what is told before of another is no part
    of the next goal."""
    return reading.claim.tense != "future" and all(
        c.tense == "future" and c.sentence > reading.claim.sentence for c in trip.claims
    )


def _looks_back(scene: Scene, trip: Trip, reading: Reading) -> bool:
    """ "Il avait été accueilli la veille": the pluperfect of the same stay; so too "vendredi, il s'était rendu à
    Bata", a day of this week."""
    if reading.claim.label == "meet":
        return True
    if reading.claim.label == "invite_by" and reading.visitor is trip.visitor:
        return True  # "Il avait été invité par son homologue": to the visit that is told
    if trip.is_earlier or reading.visitor is not trip.visitor:
        return False
    is_near = reading.claim.label in ("go", "visit_by") and _tells_weekday(scene, reading.claim)
    return reading.claim.label in _ARRIVALS or is_near


def _tells_weekday(scene: Scene, claim: Claim) -> bool:
    """Whether all days that a sentence tells are near ones: a weekday, yesterday."""
    start, end = scene.sentences[claim.sentence]
    told = find_dates(scene.text[start:end], scene.lexicon.language, None, scene.folded[start:end])
    return bool(told) and all(day.form in ("weekday", "relative") for day in told)


def _is_stop_before(scene: Scene, trip: Trip, reading: Reading) -> bool:
    """ "une tournée qui l'a conduit au Togo … Il avait séjourné lundi à Lomé": a stop that was told with the tour."""
    listed = (scene.sentences[c.sentence] for c in trip.claims if c.label == "go")
    is_tour = any(scene.lexicon.tour_noun.search(scene.folded, s.start, s.end) for s in listed)
    return is_tour and not trip.is_earlier and reading.visitor is trip.visitor


def _add(trip: Trip, reading: Reading) -> None:
    trip.is_earlier = trip.is_earlier and not _comes_home(trip, reading)
    trip.claims.append(reading.claim)
    host = reading.host
    if host is None or host.is_vague or host is trip.visitor or host in trip.hosts or host.is_barred:
        return
    if host.serves is None and reading.claim.label in ("received", "receive", "invite_by"):
        host.assumed = trip.host_country
    if host.country in (None, trip.host_country):
        _receive(trip, host)


def _receive(trip: Trip, host: Actor) -> None:
    """Adds a host; one who is named takes the place of the same official without a name."""
    for place, other in enumerate(trip.hosts):
        if other.office == host.office and (other.named is None or host.named is None):
            trip.hosts[place] = host if host.named else other
            return
    trip.hosts.append(host)


def _name_visitors(scene: Scene, cast: Cast, trips: Sequence[Trip]) -> None:
    """ "Un émissaire attendu à Lomé" in the headline is the one official of the state whose journey the text tells."""
    for trip in trips:
        if trip.visitor is None or trip.visitor.named:
            continue
        come = [c.visitor for c in trip.claims if c.is_travel or c.label in _ARRIVALS]
        talk = [a for c in trip.claims if c.label in TALKS for a in (c.visitor, c.host)]
        own = _named_of(trip, come) or _named_of(trip, talk)
        if not own and all(scene.in_headline(m.start) for m in trip.visitor.mentions):
            own = [a for a in _named_of(trip, cast.actors) if a.serves and a.office == trip.visitor.office]
        if not own and trip.visitor.office in ("delegation", "special_envoy"):
            own = _named_of(trip, list(leaders(scene, cast)))
        if not own and trip.visitor.office == "special_envoy":  # "un émissaire du président. Le ministre X lui a remis"
            acts = (a for a in cast.actors if a.serves and a.office in CARRIERS and _is_subject(a))
            own = _named_of(trip, list(acts))
        if len(own) == 1 and _may_be_called(trip.visitor.office, own[0].office):
            if trip.visitor.office == "special_envoy":
                own[0].mentions = sorted((*own[0].mentions, *trip.visitor.mentions), key=lambda m: m.start)
            trip.visitor = own[0]


def _is_subject(actor: Actor) -> bool:
    return any(m.case == "subject" for m in actor.mentions)


def _named_of(trip: Trip, people: Sequence[Actor | None]) -> list[Actor]:
    """Those of the visitor's state who are named; a president sends envoys and is none."""
    sender = "head_of_state" if trip.visitor and trip.visitor.office == "special_envoy" else None
    named = {id(a): a for a in people if a and a.named and not a.is_barred and a.office != sender}.values()
    return [a for a in named if a.country == trip.visitor_country]


def _may_be_called(office: str, named: str) -> bool:
    """Whether somebody of the office is also called so: "une délégation", "a minister of state" for his deputy."""
    return office in (named, "special_envoy", "delegation", "other") or {office, named} <= MINISTERS


def _mark_tours(scene: Scene, trips: Sequence[Trip]) -> None:
    """A trip is a stop where the article speaks of a tour, or names several goals in one breath."""
    for trip in trips:
        others = [t for t in trips if t is not trip and t.visitor is trip.visitor and t.is_earlier == trip.is_earlier]
        spans = [scene.sentences[c.sentence] for t in (trip, *others) for c in t.claims if c.is_travel]
        tour = any(scene.lexicon.tour_noun.search(scene.folded, s.start, s.end) for s in spans)
        listed = any(c.label != "headline" and len(_goals(c, trip)) > 1 for c in trip.claims)
        leads = any(c.label in ("leads", "taken_to") for t in (trip, *others) for c in t.claims)
        trip.is_tour = not trip.is_earlier and (tour or (bool(others) and (listed or leads)))


def _mark_returns(scene: Scene, trips: Sequence[Trip]) -> None:
    """ "a invité son homologue à se rendre à Bissau, ce qu'il a accepté": beside the visit told, one to come; also one
    told in a single sentence: "é provável que o primeiro-ministro chinês visite o Brasil"."""
    for trip in trips:
        ways = (t for t in trips if (t.host_country, t.visitor_country) == (trip.visitor_country, trip.host_country))
        before = [t for t in ways if not t.is_earlier and t.first <= trip.first]
        is_host = any(trip.visitor in t.hosts for t in before)
        is_asked = bool(before) and all(_is_invited(scene, c) for c in trip.claims)
        own = [c for c in trip.claims if c.visitor]
        is_aside = any(t.strength > trip.strength for t in before) and len({c.sentence for c in own}) == 1
        told = own if is_aside else trip.claims
        is_ahead = bool(told) and all(c.tense == "future" for c in told)
        trip.is_return = (is_host or is_asked or is_aside) and not trip.is_earlier and is_ahead


def _meets_outsiders(trip: Trip, claims: Sequence[Claim]) -> bool:
    """ "went to Washington, where he met the head of the fund": told with the journey itself."""
    own = {c.sentence for c in trip.claims if c.is_travel}
    talks = [c for c in claims if c.label == "meet" and c.sentence in own and trip.visitor in (c.visitor, c.host)]
    partners = [a for c in talks for a in (c.visitor, c.host) if a and a is not trip.visitor]
    return bool(partners) and all(a.is_barred and a.office == "outsider" for a in partners)


def _is_invited(scene: Scene, claim: Claim) -> bool:
    span = scene.sentences[claim.sentence]
    return scene.lexicon.invitation.search(scene.folded, span.start, span.end) is not None


def _mark_background(scene: Scene, claims: Sequence[Claim], trips: Sequence[Trip]) -> None:
    """An article that opens with an ambassador's call is about him: who else is said to travel is background."""
    lede = scene.sentence_number(scene.shift)
    calls = [c for c in claims if c.sentence <= lede + 1 and c.label in _CALLS and c.tense != "future"]
    is_of_others = any(a is not None and a.is_barred for c in calls for a in (c.visitor, c.host))
    callers = {id(a) for c in calls for a in (c.visitor, c.host) if a and not a.is_barred}
    for trip in trips:
        told = {c.sentence for c in trip.claims if not c.is_inferred}
        is_next = any(c.label == "receive" and c.tense is None and id(c.host) in callers for c in trip.claims)
        is_guest = is_next and trip.visitor is not None and trip.visitor.named is not None
        trip.is_background = is_of_others and len(told) == 1 and trip.first > lede and not is_guest


def _goals(claim: Claim, trip: Trip) -> set[str]:
    return {c for c in map(country_of, claim.places) if c and c != trip.visitor_country}
