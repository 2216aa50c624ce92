"""What in an article speaks for a visit to come, a visit that goes on, and one that is over?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from extractors.records import VisitDate
from extractors.text import Span
from extractors.visits.calendar_days import day_of
from extractors.visits.claims import Claim
from extractors.visits.events import Trip
from extractors.visits.lexicon import Hit
from extractors.visits.scene import Scene, country_of, dateline_place
from extractors.visits.status_stages import ENDS, FEW, NOUNS, STAGES, side_of, stage_of, summary_of
from extractors.visits.stretches import Stretches, goes_home, stretches_of
from extractors.visits.tenses import looks_back, share_ahead
from extractors.visits.visitdates import Told, told_days
from extractors.visits.whereabouts import case_of_place

_OPENING = 3
_TALKS = frozenset({"meet", "received", "receive"})
_ENDED = frozenset({"own:concluded", "own:retold", "end:today", "end:eve", "end:ago", "end:long_ago"})


def signs_of(
    scene: Scene, trip: Trip, trips: Sequence[Trip], hits: Sequence[Hit], spans: Stretches
) -> dict[str, float]:
    """The signs by name, each from 0 to 1; a sign that is not there is left out.

    `hits` are the article's words of status, `spans` the sentences that belong to the trip.
    """
    is_alone = all(t is trip or t.is_earlier for t in trips)
    about = spans.about if is_alone else spans.own
    days = told_days(
        scene.document, spans.told, about, trip.visitor_country, trip.host_country, goes_home=goes_home(trip, trips)
    )
    words = _of_words(scene, trip, hits, is_alone=is_alone)
    signs = dict.fromkeys([*_of_verbs(scene, trip, trips, hits), *words, *_of_days(days), *_of_place(scene, trip)], 1.0)
    if not _has_ended(signs):
        if "start:today" in signs:
            signs["today_without_end"] = 1.0
        elif signs.keys() & {"start:eve", "start:ago", "start:long_ago"}:
            signs["past_without_end"] = 1.0
    if any(_has_left_for(scene, trip, other, trips, days) or _came_from(scene, trip, other) for other in trips):
        signs["moved_on"] = 1.0
    stage = frozenset(stage_of(scene, trip, trips, hits, spans, is_alone=is_alone))
    signs |= dict.fromkeys((*stage, *summary_of(signs, stage, days)), 1.0)
    signs |= dict(_of_tenses(scene, spans))
    signs["bias"] = 1.0
    return signs


def _came_from(scene: Scene, trip: Trip, other: Trip) -> bool:
    """ "llegó a Libreville procedente de Brazzaville, donde entregó otro mensaje": whether all that is told of a stop
    is a clause of the place from which the traveller has come to another."""
    sites = [p for c in trip.claims for p in c.places]
    if other is trip or other.visitor is None or other.visitor is not trip.visitor or not sites:
        return False
    came = {c.sentence for c in other.claims if c.label == "arrive" and c.places}
    is_told_there = all(c.sentence in came for c in trip.claims if not c.in_headline)
    return is_told_there and all(case_of_place(scene, place) == "from" for place in sites)


def _has_left_for(scene: Scene, trip: Trip, other: Trip, trips: Sequence[Trip], days: Told) -> bool:
    """ "a été reçu mercredi à Bamako. … La délégation s'est envolée jeudi pour Niamey": whether behind all that is told
    of one stop the traveller has set out for another, on a day no earlier."""
    if other is trip or other.is_earlier or other.visitor is None or other.visitor is not trip.visitor:
        return False
    last = max((c.sentence for c in trip.claims if not c.in_headline), default=len(scene.sentences))
    gone = [c for c in other.claims if c.label in ("go", "arrive") and c.tense is None and c.places]
    is_past = any(_looks_back(scene, c) for c in gone)
    is_ahead = any(c.in_headline or (c.tense == "future" and (c.is_travel or not is_past)) for c in other.claims)
    if not gone or min(c.sentence for c in gone) <= last or is_ahead:
        return False
    there = told_days(
        scene.document, stretches_of(scene, other, trips).told, (), other.visitor_country, other.host_country
    )
    set_out, published = day_of(there.start_on.value), days.published
    return set_out is not None and published is not None and max(days.own, default=date.max) <= set_out <= published


def _of_tenses(scene: Scene, spans: Stretches) -> Iterator[tuple[str, float]]:
    """How far all verbs look ahead: in the sentences of the visit, in the opening, in all that belongs to it."""
    body = [s for s in scene.sentences if not scene.in_headline(s.start)]
    opening = [Span(s.start - scene.shift, s.end - scene.shift) for s in body[:_OPENING]]
    for name, told in (("told", spans.told), ("opening", opening), ("about", spans.about)):
        share = share_ahead(scene.document, told)
        if share is not None:
            yield f"verbs:{name}:ahead", share
            yield f"verbs:{name}:back", 1.0 - share


def _has_ended(signs: Mapping[str, float]) -> bool:
    """Whether a day or a word tells an end that has come."""
    return bool(signs.keys() & _ENDED) or any(name.startswith(("fact:leave:host", "fact:return")) for name in signs)


def _of_verbs(scene: Scene, trip: Trip, trips: Sequence[Trip], hits: Sequence[Hit]) -> Iterator[str]:
    """Tenses of the constructions, and which of them are told as facts."""
    coming = {hit.start for hit in hits if hit.label == "coming"}
    verbs = [c for c in trip.claims if c.label not in NOUNS]
    sure = [c for c in verbs if not c.is_inferred or (c.label == "go" and c.tense is None and c.places)] or verbs
    for claim in sure:
        told = "ahead" if claim.tense == "future" else "coming" if claim.cue.start in coming else "fact"
        yield f"{told}:{_group(claim, trip)}"
    if sure:
        first = min(sure, key=lambda c: (c.in_headline, c.cue.start))
        is_coming = first.cue.start in coming and first.sentence <= scene.sentence_number(scene.shift)
        yield "first:ahead" if first.tense == "future" else "first:coming" if is_coming else "first:fact"
        if all(c.tense == "future" for c in sure):
            yield "all:ahead"
        if all(c.tense != "future" for c in sure):
            yield "all:fact"
        journeys = [c for c in sure if c.is_travel and not c.in_headline]
        if journeys and all(c.tense == "future" or c.cue.start in coming for c in journeys):
            nouns = [c for c in trip.claims if c.label == "visit_by" and not c.in_headline and c.tense != "future"]
            here = {scene.sentence_number(hit.start) for hit in hits if hit.label == "here"}
            if not (any(_looks_back(scene, c) or c.sentence in here for c in nouns) or _is_met(sure)):
                yield "journey:ahead"
    else:
        yield "no_verb"
        if any(c.tense == "future" for c in trip.claims):
            yield "noun:ahead"
    if any(c.label in ("in_visit", "visiting") for c in trip.claims):
        yield "visiting"
    lede = scene.sentence_number(scene.shift) + 1
    own = (t for t in trips if t is trip or (trip.is_tour and t.visitor is trip.visitor))
    if any(c.label == "return" and c.sentence <= lede and c.tense != "future" for t in own for c in t.claims):
        yield "opens_with_return"
    if trip.is_tour:
        yield "tour"
    if trip.first > lede + FEW:
        yield "late"


def _is_met(sure: Sequence[Claim]) -> bool:
    """Whether a talk at its place is told as a fact, whatever journey is to come ("il se rendra aussi à Fès")."""
    return any(c.label in _TALKS and c.tense is None and c.places and not c.in_headline for c in sure)


def _looks_back(scene: Scene, claim: Claim) -> bool:
    """ "iniciou hoje uma visita": the verb of a noun of visiting."""
    cue = Span(claim.cue.start - scene.shift, claim.cue.end - scene.shift)
    return looks_back(scene.document, cue)


def _group(claim: Claim, trip: Trip) -> str:
    if claim.label in ENDS:
        from_host = any(country_of(p) == trip.host_country for p in claim.places)
        return f"{claim.label}:host" if from_host else claim.label
    return {"receive": "received", "stay": "be_at", "stop": "visits"}.get(claim.label, claim.label)


def _of_words(scene: Scene, trip: Trip, hits: Sequence[Hit], *, is_alone: bool) -> Iterator[str]:
    """Words of status in the trip's own sentences, in the headline and, where it is the only trip, anywhere."""
    own = {c.sentence for c in trip.claims if not c.is_inferred} or {c.sentence for c in trip.claims}
    home_leaves = {
        c.cue.start for c in trip.claims
        if c.label == "go" or (c.label == "leave" and not any(country_of(p) == trip.host_country for p in c.places))
    }  # fmt: skip
    lede = scene.sentence_number(scene.shift)
    for hit in hits:
        number = scene.sentence_number(hit.start)
        if hit.label in STAGES or hit.start in home_leaves or _is_ahead(scene, hit):
            continue
        if number in own:
            yield f"own:{hit.label}"
            if number <= lede + 1:
                yield f"lede:{hit.label}"
        elif is_alone and number <= lede + FEW:
            yield f"near:{hit.label}"


def _is_ahead(scene: Scene, hit: Hit) -> bool:
    """ "un communiqué sera publié à l'issue de la visite": the end is still to come."""
    if hit.label != "concluded":
        return False
    start = scene.sentences[scene.sentence_number(hit.start)].start
    return scene.looks_ahead(max(start, hit.start - 60), hit.start)


def _of_days(days: Told) -> Iterator[str]:
    """Where the days that are told lie against the publication."""
    if days.published is None:
        yield "no_publication"
        return
    start, end = _side(days.start_on, days.published), _side(days.end_on, days.published)
    yield f"start:{start}"
    yield f"end:{end}"
    yield f"span:{start}:{end}"
    for side in {side_of(day, days.published) for day in days.own}:
        yield f"own_day:{side}"
    for side in {side_of(day, days.published) for day in days.starts}:
        yield f"start_day:{side}"
    for side in {side_of(day, days.published) for day in days.ends}:
        yield f"end_day:{side}"


def _side(value: VisitDate, published: date) -> str:
    day = day_of(value.value) if value.precision == "day" else None
    if day is None:
        return _side_of_month(value.value, published)
    return side_of(day, published)


def _side_of_month(value: str | None, published: date) -> str:
    """Where only a month or a year is told: whether it is gone."""
    if value is None:
        return "none"
    return "past_month" if value < published.isoformat()[: len(value)] else "month"


def _of_place(scene: Scene, trip: Trip) -> Iterator[str]:
    """From which of the two states the article was written."""
    written = country_of(dateline_place(scene))
    if written == trip.host_country and written:
        yield "from:host"
    elif written == trip.visitor_country and written:
        yield "from:home"
