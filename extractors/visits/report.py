"""One trip as the codebook's record: every field asked for in its own module, with the spans that say so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from extractors.records import Agreement, Evidence, Salience, VisitReport
from extractors.text import Span
from extractors.visits.actors import Actor, Cast
from extractors.visits.agreements import find_agreements
from extractors.visits.cities import cities_of
from extractors.visits.committees import find_committee
from extractors.visits.confidence import Reading, confidence_of
from extractors.visits.datechoice import VisitDates
from extractors.visits.datecues import sets_out
from extractors.visits.delegations import People, find_delegation
from extractors.visits.events import Trip
from extractors.visits.evidence import supporting, visit_evidence
from extractors.visits.found import Found
from extractors.visits.hosts import main_host
from extractors.visits.kinds import KindLabel, find_labels, kind_of
from extractors.visits.lexicon import Hit
from extractors.visits.mentions import Mention
from extractors.visits.messages import find_message
from extractors.visits.others import office_of
from extractors.visits.outcomes import find_outcomes
from extractors.visits.relevance import occasion_of
from extractors.visits.salience import salience_of
from extractors.visits.scene import Scene
from extractors.visits.status import status_of, told_afterwards
from extractors.visits.status_stages import goes_on
from extractors.visits.stretches import Stretches, beside, goes_home, own_days, stretches_of
from extractors.visits.topic_signs import Named
from extractors.visits.topics import find_topics
from extractors.visits.visitdates import visit_dates

_CASE = 48
"""Letters before a place in which the preposition that rules it stands."""


@dataclass(frozen=True, slots=True)
class Printed:
    """What the whole article prints of labels, status, occasions and objections, found once."""

    labels: tuple[KindLabel, ...]
    status: tuple[Hit, ...]
    occasions: tuple[Hit, ...]
    against: tuple[Hit, ...]
    named: Named


@dataclass(slots=True, unsafe_hash=True)
class _Person:
    """A person with offsets of the body, as `find_delegation` asks for them."""

    name: str | None
    start: int
    end: int
    office: str


def words_of_scene(scene: Scene, cast: Cast) -> Printed:
    """One pass over the text for each of the article-wide tables."""
    return Printed(
        labels=find_labels(scene),
        status=(*scene.status_hits, *scene.lexicon.stage.scan(scene.folded, scene.word_index)),
        occasions=scene.occasion_hits,
        against=scene.against,
        named=_named(scene, cast),
    )


def _named(scene: Scene, cast: Cast) -> Named:
    """Where places and people are named, in headline and body."""
    told = [Span(p.start, p.end) for p in scene.places]
    for mention in cast.mentions:
        at = scene.text.find(mention.name, mention.start, mention.end) if mention.name else -1
        told.extend([Span(at, at + len(mention.name or ""))] if at >= 0 else [])
    told.sort()
    body = tuple(Span(s.start - scene.shift, s.end - scene.shift) for s in told if s.start >= scene.shift)
    return Named(body, tuple(s for s in told if s.start < scene.shift))


def _named_for(scene: Scene, trip: Trip, named: Named, told: Sequence[Span], salience: Salience) -> Named:
    """The same with the places where the visitor and his hosts stand with their titles, and how the trip is told."""
    visitor = _of_body(scene, trip.visitor.mentions if trip.visitor else ())
    hosts = _of_body(scene, [mention for host in trip.hosts for mention in host.mentions])
    return replace(named, visitor=visitor, hosts=hosts, told=told, in_passing=salience != "main")


def _of_body(scene: Scene, mentions: Sequence[Mention]) -> tuple[Span, ...]:
    return tuple(sorted(Span(m.start - scene.shift, m.end - scene.shift) for m in mentions if m.start >= scene.shift))


def write_reports(scene: Scene, cast: Cast, trips: Sequence[Trip], words: Printed) -> list[VisitReport]:
    """The records of all trips that a sentence shows."""
    reports = []
    for trip in trips:
        shown = visit_evidence(scene, trip)
        if shown:
            reports.append(_report(scene, cast, trip, trips, words, shown))
    return reports


def _report(
    scene: Scene, cast: Cast, trip: Trip, trips: Sequence[Trip], words: Printed, shown: tuple[Evidence, ...]
) -> VisitReport:
    document = scene.document
    current = [t for t in trips if not t.is_earlier]
    is_alone = len(current) == 1 and current[0] is trip
    spans = stretches_of(scene, trip, trips)
    status, said = status_of(scene, trip, trips, words.status, spans)
    days = visit_dates(
        document, spans.told, status=status, is_tour=trip.is_tour, visitor=trip.visitor_country,
        host=trip.host_country, about=own_days(scene, cast, trip, spans.about if is_alone else spans.own),
        stops=_stops(trip, trips), goes_home=goes_home(trip, trips),
    )  # fmt: skip
    if status == "under_way" and not days.end_on.value:
        days = _until_the_next(scene, trip, trips, words, days)
    if status == "concluded" and trip.is_tour and not days.end_on.value:
        days = _until_set_out(scene, trip, trips, days)
    status = told_afterwards(status, days.start_on, days.end_on, document.published_on)
    occasion = occasion_of(scene, trip, words.occasions)
    dated = ("day", "month") if trip.is_earlier or status == "announced" else ("day",)
    has_day = days.start_on.precision in dated
    is_own_day = has_day and _is_told_in(days, spans.told)
    has_day = is_own_day or (has_day and is_alone)
    salience = salience_of(scene, trip, trips, has_day=has_day, is_own_day=is_own_day)
    about = {"main": spans.about, "secondary": beside(scene, spans)}.get(salience, spans.told)
    done = _of_the_stop(scene, about, trip, trips) if trip.is_tour and salience != "incidental" else about
    topics = find_topics(document, done, _named_for(scene, trip, words.named, spans.told, salience))
    agreements = _between_the_two(scene, trip, find_agreements(document, done, status=status))
    outcomes = find_outcomes(document, done, status=status, agreements=agreements)
    committee = find_committee(document, about) if not trip.is_earlier else None
    meets = committee is not None or trip.is_earlier
    kind, label = kind_of(scene, trip, trips, words.labels, occasion, is_alone=is_alone, meets=meets)
    bearer = trip.visitor.name if trip.visitor else None
    message = find_message(document, about, bearer) if salience != "incidental" else None
    shares = trip.is_tour and salience == "main"
    party = _of_own_party(scene, cast, trip, about) if salience == "main" else _told_behind(spans)
    listed = _members(scene, cast, trip, trips if shares else (trip,), party) if not trip.is_earlier else ()
    members = (*_companions(scene, trip), *listed)
    host = main_host(scene, trip)
    found: list[tuple[str, Found[Any]]] = [
        *(("topics", f) for f in topics), *(("agreements", f) for f in agreements),
        *(("outcomes", f) for f in outcomes), *(("committee", f) for f in (committee,) if f),
        *(("message_from", f) for f in (message,) if f), *(("delegation", f) for f in members),
    ]  # fmt: skip
    evidence: list[Evidence | None] = [*shown, *days.evidence, *(_supported(scene, field, f) for field, f in found)]
    evidence.append(supporting(scene, Span(label.start, label.end), "kind", "kinds") if label else None)
    evidence.append(supporting(scene, Span(said.start, said.end), "status", "status") if said else None)
    visitor = trip.visitor
    return VisitReport(
        visitor_country=trip.visitor_country,
        host_country=trip.host_country,
        visitor_name=visitor.name if visitor else None,
        host_name=host.name if host else None,
        visitor_office=office_of(visitor),
        host_office=office_of(host),
        visitor_title_text=_title_text(scene, visitor),
        kind=kind,
        occasion=occasion,
        status=status,
        salience=salience,
        start_on=days.start_on,
        end_on=days.end_on,
        cities=cities_of(scene, trip, about),
        committee=committee.value if committee else None,
        delegation=tuple(dict.fromkeys(f.value for f in members if f.value not in _no_members(cast, trip, host))),
        topics=tuple(dict.fromkeys(f.value for f in topics)),
        agreements=tuple(f.value for f in agreements),
        outcomes=tuple(dict.fromkeys(f.value for f in outcomes)),
        message_from=message.value if message else None,
        evidence=tuple(dict.fromkeys(e for e in evidence if e)),
        confidence=confidence_of(
            scene, trip, trips, Reading(salience, status, occasion, has_day, days.start_on.precision)
        ),
    )


def _told_behind(spans: Stretches) -> tuple[Span, ...]:
    """Of what belongs to a trip told in passing the sentences from its first on: who is told before goes elsewhere."""
    first = min((told.start for told in spans.told), default=0)
    return tuple(span for span in spans.about if span.start >= first)


def _between_the_two(scene: Scene, trip: Trip, found: Sequence[Found[Agreement]]) -> tuple[Found[Agreement], ...]:
    """Without the agreements with other states: "the draft of a peace treaty with Azerbaijan" in a visit to France."""
    parties = {trip.visitor_country, trip.host_country}
    if None in parties:
        return tuple(found)
    return tuple(f for f in found if not _is_with_others(scene, f, parties))


def _is_with_others(scene: Scene, found: Found[Agreement], parties: set[str | None]) -> bool:
    about = scene.places_between(found.start + scene.shift, found.end + scene.shift)
    inside = [p for p in about if p.kind == "country"]
    named = {state for place in inside for state in place.countries}
    if not named or named & parties:
        return False
    case = scene.lexicon.case.search(scene.folded, max(0, inside[0].start - _CASE), inside[0].start)
    return case is not None and case.lastgroup == "with"


def _stops(trip: Trip, trips: Sequence[Trip]) -> frozenset[str]:
    """The states to which the visitor goes in one journey."""
    stops = (t.host_country for t in trips if t.is_tour and t.visitor is trip.visitor)
    return frozenset(state for state in stops if state) if trip.is_tour else frozenset()


def _is_told_in(days: VisitDates, spans: Sequence[Span]) -> bool:
    """Whether a date stands in one of these sentences."""
    return any(span.start <= e.start < span.end for span in spans for e in days.evidence)


def _until_the_next(scene: Scene, trip: Trip, trips: Sequence[Trip], words: Printed, days: VisitDates) -> VisitDates:
    """ "Arrivé lundi soir à Abidjan, il ralliera Accra mercredi": a stop ends on the day of the next one."""
    for other in trips:
        spans = stretches_of(scene, other, trips)
        is_behind = other is not trip and other.visitor is trip.visitor and trip.first <= other.first
        is_ahead = is_behind and status_of(scene, other, trips, words.status, spans)[0] == "announced"
        if goes_on(trip, other) or is_ahead:
            told = spans.told
            there = visit_dates(
                scene.document, told, status="announced", is_tour=other.is_tour, visitor=other.visitor_country,
                host=other.host_country, stops=_stops(other, trips),
            )  # fmt: skip
            start = there.start_on
            if start.precision == "day" and start.value and start.value > (days.start_on.value or ""):
                shown = tuple(replace(e, field="end_on") for e in there.evidence if e.field == "start_on")
                return replace(days, end_on=start, evidence=(*days.evidence, *shown))
    return days


def _until_set_out(scene: Scene, trip: Trip, trips: Sequence[Trip], days: VisitDates) -> VisitDates:
    """ "reçu mercredi à Bamako. … Il s'est envolé jeudi pour Niamey": a stop ends on the day of setting out."""
    for other in trips:
        if other is trip or other.visitor is not trip.visitor or trip.visitor is None or other.first <= trip.first:
            continue
        gone = [c for c in other.claims if c.label == "go" and c.tense is None]
        gone = [c for c in gone if sets_out(scene.folded, c.cue, scene.lexicon.language)]
        spans = [scene.sentences[c.sentence] for c in gone[:1] if not c.in_headline]
        told = [Span(s.start - scene.shift, s.end - scene.shift) for s in spans]
        there = visit_dates(
            scene.document, told, status="under_way", is_tour=True, visitor=other.visitor_country,
            host=other.host_country, stops=_stops(other, trips),
        ) if told else VisitDates()  # fmt: skip
        if there.start_on.precision == "day" and (there.start_on.value or "") >= (days.start_on.value or ""):
            shown = tuple(replace(e, field="end_on") for e in there.evidence if e.field == "start_on")
            return replace(days, end_on=there.start_on, evidence=(*days.evidence, *shown))
    return days


def _of_the_stop(scene: Scene, about: Sequence[Span], trip: Trip, trips: Sequence[Trip]) -> tuple[Span, ...]:
    """Of a tour what is done at one stop: sentences that name it and no other, and those about it that name none.

    "Several agreements in Japan, China and Qatar" tells of none."""
    stops = {t.host_country for t in trips if t.is_tour and t.visitor is trip.visitor}
    own: list[Span] = []
    for span in scene.sentences:
        named = {c for p in scene.places_between(span.start, span.end) for c in p.countries} & stops
        body = Span(span.start - scene.shift, span.end - scene.shift)
        if not scene.in_headline(span.start) and (named == {trip.host_country} or (not named and body in about)):
            own.append(body)
    return tuple(own)


def _members(
    scene: Scene, cast: Cast, trip: Trip, trips: Sequence[Trip], about: Sequence[Span]
) -> Sequence[Found[str]]:
    """Who travels along; on a tour whoever is told of at another of its stops is there too."""
    people = _people(scene, cast)
    stops = [t for t in trips if t is not trip and t.is_tour and t.visitor is trip.visitor]
    elsewhere = (stretches_of(scene, t, trips).about for t in stops)
    peoples = [
        People(p.start - scene.shift, p.end - scene.shift, p.countries == (trip.visitor_country,))
        for p in scene.places
        if p.kind == "demonym" and p.start >= scene.shift
    ]
    hosts = [a for a in cast.actors if a in trip.hosts or (a.serves and a.serves == trip.host_country)]
    home = {Span(m.start - scene.shift, m.end - scene.shift): m.case == "by" for a in hosts for m in a.mentions}
    by = [span for span, is_agent in home.items() if is_agent]
    found = (find_delegation(scene.document, spans, people, peoples, tuple(home), by) for spans in (about, *elsewhere))
    return next(filter(None, found), ())


def _companions(scene: Scene, trip: Trip) -> Iterator[Found[str]]:
    """Who is named with the visitor as the subject of his journey."""
    told = (m for c in trip.claims for m in c.party if m.start >= scene.shift)
    return (Found(m.name, m.start - scene.shift, m.end - scene.shift, "claims.party") for m in told if m.name)


def _of_own_party(scene: Scene, cast: Cast, trip: Trip, about: Sequence[Span]) -> tuple[Span, ...]:
    """ "A delegação angolana integra …": sentences about the party of the visitor's state, wherever they stand, and
    none about another state's."""
    parties = [m for m in cast.mentions if m.office == "delegation" and m.country]
    told = [(scene.sentence_number(m.start), m.country) for m in parties]
    own = {number for number, state in told if state == trip.visitor_country}
    others = {number for number, state in told if state != trip.visitor_country} - own
    kept = {s for s in about if scene.sentence_number(s.start + scene.shift) not in others}
    spans = (scene.sentences[number] for number in own)
    added = {Span(s.start - scene.shift, s.end - scene.shift) for s in spans if s.start >= scene.shift}
    return tuple(sorted(kept | added))


def _no_members(cast: Cast, trip: Trip, host: Actor | None) -> set[str | None]:
    """The visitor, those whom he meets (whoever receives him, and others of whom the text says where they serve), and
    officials of other states who come with him, each on a visit of his own."""
    met = (a for a in trip.hosts if a is host or a.serves or any(m.is_counterpart for m in a.mentions))
    served = {trip.host_country} if trip.visitor_country is None else {a.serves for a in cast.actors}
    of_others = (a for a in cast.actors if a.serves in served - {trip.visitor_country, None})
    actors = [a for a in (trip.visitor, *met, *of_others) if a]
    return {a.name for a in actors} | {m.name for a in actors for m in a.mentions}


def _supported(scene: Scene, field: str, found: Found[Any]) -> Evidence | None:
    return supporting(scene, Span(found.start + scene.shift, found.end + scene.shift), field, found.rule)


def _people(scene: Scene, cast: Cast) -> list[_Person]:
    return [
        _Person(m.name, m.start - scene.shift, m.end - scene.shift, m.office)
        for m in cast.mentions
        if m.name and m.start >= scene.shift
    ]


def _title_text(scene: Scene, visitor: Actor | None) -> str | None:
    """The longest printed apposition."""
    titles = [scene.text[m.title.start : m.title.end] for m in visitor.mentions if m.title] if visitor else []
    return max(titles, key=len, default=None)
