"""Does a trip count as a visit by the codebook's table of cases, and on what occasion is it made?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from extractors.records import Occasion
from extractors.text import Span
from extractors.visits.claims import LABELLED, Claim
from extractors.visits.events import Trip
from extractors.visits.language_files import language_table
from extractors.visits.lexicon import Hit
from extractors.visits.phrases import any_source
from extractors.visits.scene import Scene, country_of, dateline_place
from extractors.visits.seats import authorities
from extractors.visits.titles import case_of
from extractors.visits.world import load_world

_MERE_PRESENCE = frozenset({"arrive", "go", "be_at", "leave", "return", "headline"})
"""What says only that somebody came; under a headline about a summit, to the summit."""
_SEATS = frozenset(
    {
        "AUT", "BEL", "BWA", "CHE", "CIV", "DEU", "EGY", "ETH", "FRA", "GAB", "GBR", "IDN", "ITA", "KEN", "LUX", "MAR",
        "NGA", "NLD", "SAU", "SEN", "SGP", "TUN", "TZA", "URY", "USA", "ZMB",
    }
)  # fmt: skip
"""States in which international organisations have their seats."""
_MANY = 2
_OFFERED = 24
"""So far behind "une invitation" stands what one is invited to, which is none of the visit's occasions."""
_TALKS = frozenset({"received", "receive", "meet"})
_AT_PLACE = 24
"""So far behind the verb stands where somebody was only met: "l'attendait au bas de la passerelle"."""
_VISITING = frozenset({"visits", "visiting"})
_BILATERAL = frozenset({"received", "receive", "meet", "session", "invite_by"})


def occasion_of(scene: Scene, trip: Trip, hits: Sequence[Hit]) -> Occasion:
    """The first occasion printed in a sentence that tells the trip, else a bilateral visit.

    What a visit with a printed label goes on to ("then opened a workshop") is an item of its programme, no occasion."""
    told = _telling(trip)
    own = (c for c in trip.claims if c.label in LABELLED and len({country_of(p) for p in c.places}) < _MANY)
    labelled = {c.sentence for c in own if _is_named(scene, c)}
    if labelled and (trip.hosts or len(told) > 1):
        first = min((n for n in told if not scene.in_headline(scene.sentences[n].start)), default=trip.first)
        told = {n for n in told if n <= first} | labelled
    talks = [c.sentence for c in trip.claims if _is_talk_there(scene, trip, c)]
    return _occasion_in(scene, trip, hits, {n for n in told if n <= min(talks, default=n)})


def _is_talk_there(scene: Scene, trip: Trip, claim: Claim) -> bool:
    """ "The president received X on Monday. On Friday X takes part in a summit": with talks told first a visit is no
    guest's at what follows."""
    is_news = claim.tense is None and not claim.in_headline and claim.label in _TALKS
    return is_news and not _is_welcome(scene, claim) and _has_official(trip, claim)


def is_gathering(scene: Scene, trip: Trip, hits: Sequence[Hit]) -> bool:
    """Whether the first occasion of all sentences that tell the trip is one of many states."""
    told = _telling(trip) | _naming_the_goal(scene, trip) | _opening_under_headline(scene, trip)
    return _occasion_in(scene, trip, hits, told) == "multilateral_event"


def _opening_under_headline(scene: Scene, trip: Trip) -> set[int]:
    """ "X has full agenda in New York" over "X attended … of the General Assembly": the occasion of a journey that only
    the headline tells stands in the sentence below."""
    is_above = all(c.in_headline and not _is_visit(scene, c) for c in trip.claims)
    return {scene.sentence_number(scene.shift)} if is_above else set()


def _telling(trip: Trip) -> set[int]:
    return {c.sentence for c in trip.claims if c.is_travel or c.label in _TALKS}


def _naming_the_goal(scene: Scene, trip: Trip) -> set[int]:
    """ "… the Beijing forum. The president will lead the delegation there": where the goal of a journey is named."""
    gone = (c for c in trip.claims if c.is_travel and not _is_visit(scene, c))
    return {scene.sentence_number(p.start) for c in gone for p in c.places}


def _is_visit(scene: Scene, claim: Claim) -> bool:
    """Whether a claim's own words call the journey a visit; "will lead the delegation", "stayed in" do not."""
    if _mere_journey(scene.lexicon.language).match(scene.folded, claim.cue.start, claim.cue.end):
        return False
    return (
        claim.label in _VISITING
        or scene.lexicon.visit_noun.search(scene.folded, claim.cue.start, claim.cue.end) is not None
    )


@cache
def _mere_journey(language: str) -> re.Pattern[str]:
    """ "a fait le déplacement": nouns of travelling in words that only say that somebody came."""
    return re.compile(rf"(?:{any_source(language_table(language, 'words').get('mere_journeys', ()))})(?!\w)")


def _occasion_in(scene: Scene, trip: Trip, hits: Sequence[Hit], told: set[int]) -> Occasion:
    invitation = scene.lexicon.invitation
    for hit in hits:
        is_offered = invitation.search(scene.folded, max(0, hit.start - _OFFERED), hit.start) is not None
        if scene.sentence_number(hit.start) in told and not is_offered:
            return hit.label  # type: ignore[return-value]
    if all(c.label in _MERE_PRESENCE or not (c.label in _TALKS or _is_visit(scene, c)) for c in trip.claims):
        above = (h for h in hits if scene.in_headline(h.start) and h.label == "multilateral_event")
        return "multilateral_event" if next(above, None) else "bilateral"
    return "bilateral"


def _is_named(scene: Scene, claim: Claim) -> bool:
    """Whether the visit's kind is printed beside it: "visite officielle", "visite de travail"."""
    span = scene.sentences[claim.sentence]
    return any(span.start <= h.start < span.end for h in scene.kind_hits)


def reason_against(scene: Scene, trip: Trip, occasions: Sequence[Hit], against: Sequence[Hit]) -> str | None:
    """Why the trip is no visit, or None where it is one."""
    told = {c.sentence for c in trip.claims}
    words = {h.label for h in against if scene.sentence_number(h.start) in told}
    everywhere = {h.label for h in against}
    if trip.visitor_country is not None and trip.visitor_country in (trip.host_country, _sovereign(trip.host_country)):
        return "domestic"
    if trip.visitor_country and trip.visitor and trip.visitor.is_guess and _is_guessed_abroad(scene, trip):
        return "state guessed, the host's not named"
    if trip.visitor_country is None and _sovereign(trip.host_country):
        return "own territory"
    if trip.visitor and trip.visitor.is_barred:
        return f"visitor is {trip.visitor.office}"
    is_headed = any(h.label == "denied" and scene.in_headline(h.start) for h in against)
    if is_headed or "denied" in words or ("negated" in words and not _is_called_off(scene)):
        return "denied"
    if any(_takes_it_back(scene, h, told) for h in against if h.label == "refuted"):
        return "denied"
    if "hypothetical" in everywhere:
        return "no particular visit"
    envoys = {scene.sentence_number(h.start) for h in scene.office_hits if h.label == "ambassador"}
    farewells = {scene.sentence_number(h.start) for h in against if h.label == "credentials"}
    is_posted = bool(envoys) and min(envoys) <= _lede(scene) + 1
    if is_posted and farewells and min(farewells) <= _lede(scene) and not _is_told_apart(trip, envoys | farewells):
        return "credentials"
    if not (trip.visitor and trip.visitor.name) and any(
        h.label == "sport" and scene.sentence_number(h.start) <= _lede(scene) + 2 for h in against
    ):
        return "sport"
    at_leisure = {scene.sentence_number(h.start) for h in against if h.label == "leisure"}
    below = {c.sentence for c in trip.claims if not c.in_headline} or told
    is_private = below and below <= at_leisure and not any(c.label in _TALKS for c in trip.claims)
    if is_private and not _is_called_off(scene):  # "a annulé, pour raisons de santé, sa visite"
        return "private journey"
    if "transit" in everywhere and not any(c.label in _TALKS for c in trip.claims):
        return "transit"
    is_at_seat = "organisation" in words and trip.host_country in (None, *_SEATS)
    if is_at_seat and not any(c.names_state or _has_official(trip, c) for c in trip.claims):
        return "international organisation"
    if trip.meets_outsiders and not any(c.names_state or _is_visit(scene, c) for c in trip.claims):
        return "only met outsiders"
    is_there = is_gathering(scene, trip, occasions) or _is_written_at_gathering(scene, trip)
    if is_there and not _is_bilateral(scene, trip):
        return "only a multilateral event"
    if occasion_of(scene, trip, occasions) == "exhibition" and not _is_bilateral(scene, trip):
        return "only a fair"
    is_only_gone = all(c.label == "go" for c in trip.claims) and not trip.hosts and not _goes_on_to_talk(scene, told)
    if is_only_gone and occasion_of(scene, trip, occasions) == "ceremony" and not _is_bilateral(scene, trip):
        return "only a ceremony"
    return None


def _is_written_at_gathering(scene: Scene, trip: Trip) -> bool:
    """ "New York - In margin of the General Assembly X met … Y, who has been in New York since Sunday"."""
    is_mere = all(c.label in _MERE_PRESENCE or c.label in _TALKS for c in trip.claims)
    return scene.opens_with_gathering and is_mere and country_of(dateline_place(scene)) == trip.host_country


def _takes_it_back(scene: Scene, hit: Hit, told: set[int]) -> bool:
    """ "… Nothing of that is true": in the headline, or shortly behind what tells the visit."""
    number = scene.sentence_number(hit.start)
    return scene.in_headline(hit.start) or 0 <= number - max(told) <= _MANY


def _goes_on_to_talk(scene: Scene, told: set[int]) -> bool:
    """ "a pris part à l'investiture. Les deux Présidents ont eu un entretien": talks in the next sentence."""
    talks = (c for c in scene.cues if c.label == "meet" and scene.sentence_number(c.start) == max(told) + 1)
    return any(scene.lexicon.the_two.search(scene.folded, max(0, c.start - _OFFERED), c.start) for c in talks)


def _is_guessed_abroad(scene: Scene, trip: Trip) -> bool:
    """ "Le Premier ministre a visité le port de Nouakchott. … une entreprise chinoise": an official of no printed state
    is at home where only a town names the host state, and his own is named only behind the visit."""
    if any(p.kind != "city" and trip.host_country in p.countries for p in scene.places):
        return False
    last = scene.sentences[max(c.sentence for c in trip.claims)].end
    return not any(trip.visitor_country in p.countries for p in scene.places if p.start < last)


def _is_called_off(scene: Scene) -> bool:
    """A journey that is printed as cancelled or put off doesn't take place, and yet nobody denies it."""
    hits = scene.lexicon.status.scan(scene.folded, scene.word_index)
    return any(h.label in ("cancelled", "postponed") for h in hits)


def _lede(scene: Scene) -> int:
    return scene.sentence_number(scene.shift) + 1


def _is_bilateral(scene: Scene, trip: Trip) -> bool:
    """True with a printed visit label, or a meeting there with officials of the host."""
    if any(c.label in LABELLED and _is_visit(scene, c) and _has_label(scene, trip, c.sentence) for c in trip.claims):
        return True
    if _meets_authorities(scene, trip):
        return True
    return any(c.label in _BILATERAL and not _is_welcome(scene, c) and _has_official(trip, c) for c in trip.claims)


def _is_told_apart(trip: Trip, envoys: set[int]) -> bool:
    """ "a reçu le ministre turc X. Peu avant, l'ambassadeur a fait ses adieux": another guest of the day."""
    own = (c for c in trip.claims if c.label in ("receive", "received") and not c.in_headline)
    return bool(trip.visitor and trip.visitor.name) and any(c.sentence not in envoys for c in own)


def _meets_authorities(scene: Scene, trip: Trip) -> bool:
    """ "aura des entretiens avec les autorités chinoises": a talk with officials of the host of whom none is named."""
    last = min(max(c.sentence for c in trip.claims) + 1, len(scene.sentences) - 1)
    start, end = scene.sentences[trip.first].start, scene.sentences[last].end
    talks = {scene.sentence_number(c.start) for c in scene.cues if c.label == "meet" and start <= c.start < end}
    for told, state in authorities(scene, Span(start, end)):
        is_met = scene.sentence_number(told.start) in talks or case_of(scene, told.start) == "with"
        if is_met and trip.host_country in state.countries:
            return True
    return False


def _is_welcome(scene: Scene, claim: Claim) -> bool:
    """To be met at the airport is no meeting."""
    return (
        claim.label in _TALKS
        and scene.lexicon.welcome.search(scene.folded, claim.cue.start, claim.cue.end + _AT_PLACE) is not None
    )


def _has_official(trip: Trip, claim: Claim) -> bool:
    return any(
        a is not None and a.country == trip.host_country and not a.is_barred for a in (claim.host, claim.visitor)
    )


def _sovereign(state: str | None) -> str | None:
    """The state to which an overseas territory belongs."""
    country = load_world().country(state) if state else None
    return country.sovereign if country else None


def _has_label(scene: Scene, trip: Trip, sentence: int) -> bool:
    span = scene.sentences[sentence]
    return any(
        place.start >= span.start and place.end <= span.end and country_of(place) == trip.host_country
        for place in scene.places
    )
