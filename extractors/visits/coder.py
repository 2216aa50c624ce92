"""The visit coder: one article in, its visits out, by one readable order of questions."""

from __future__ import annotations

from dataclasses import replace

from extractors.records import Article, Coding, Signal, VisitReport
from extractors.visits.actors import Cast
from extractors.visits.allegiance import settle_allegiance
from extractors.visits.called_by_name import adopt_names
from extractors.visits.casting import find_cast, unite
from extractors.visits.constructions import read_claims
from extractors.visits.document import Document
from extractors.visits.events import Trip, find_trips
from extractors.visits.gaps import speaks_of_both
from extractors.visits.hosts import main_host
from extractors.visits.lexicon import load_lexicon
from extractors.visits.nameless import join_called, share_names
from extractors.visits.offices import retitle
from extractors.visits.others import find_others
from extractors.visits.quotations import find_quotations
from extractors.visits.relevance import reason_against
from extractors.visits.report import Printed, words_of_scene, write_reports
from extractors.visits.scene import Scene
from extractors.visits.states import settle_states
from extractors.visits.word_order import reader_for

LONGEST = 60_000
"""How much of a body is read; a longer text is a book or a crawler's accident, and its news stands at its head."""


def read_visits(article: Article, *, explain: bool = False) -> Coding:
    """What an article says of visits between states; never raises, and gives no visits for a language we don't know."""
    lexicon = load_lexicon(article.language)
    document = Document(article if len(article.body) <= LONGEST else replace(article, body=article.body[:LONGEST]))
    if lexicon is None:
        return Coding(quotations=find_quotations(document))
    scene = Scene(document, lexicon)
    if not _may_tell(scene):
        return Coding(quotations=find_quotations(document))
    cast = adopt_names(scene, find_cast(scene))
    if not cast.mentions:
        return Coding(quotations=find_quotations(document))  # where nobody is named, nobody travels
    join_called(scene, cast)
    settle_allegiance(scene, cast)
    unite(cast)
    scene.forget_places_in(cast.names(scene.text))
    if not names_state(scene, cast):
        return Coding(other_people=find_others(cast, (), ()), quotations=find_quotations(document))
    claims = read_claims(scene, cast, reader_for(scene))
    settle_states(scene, cast, claims)
    retitle(scene, cast)
    trips = find_trips(scene, cast, claims)
    share_names(cast, trips)
    trace: list[Signal] = []
    reports: list[VisitReport] = []
    kept: list[Trip] = []
    if trips:
        words = words_of_scene(scene, cast)
        kept = [t for t in trips if not _is_refused(scene, t, words, trace)]
        reports = write_reports(scene, cast, kept, words)
    used = {id(t.visitor) for t in kept} | {id(main_host(scene, t)) for t in kept if t.hosts}
    told = {name for r in reports for name in (r.host_name, *r.delegation) if name}
    return Coding(
        visits=tuple(reports),
        other_people=find_others(cast, used, told),
        quotations=find_quotations(document),
        trace=tuple(trace) if explain else (),
    )


def _may_tell(scene: Scene) -> bool:
    """Whether an article can hold a visit or an official: most of any archive hold neither, and are done with here.

    Without an office nobody opens a trip, unless a label of a visit or talk of two sides does (`events.find_trips`).
    """
    return bool(scene.office_hits or scene.kind_hits) or speaks_of_both(scene)


def names_state(scene: Scene, cast: Cast) -> bool:
    """Whether an article tells any state, by a place, a people or a title.

    A trip has one at least (`trips.Reading.is_complete`), and no construction, dateline or guess has one that is told
    nowhere: where none is, only the named officials are left to tell.
    """
    return bool(scene.places) or any(m.countries for m in cast.mentions) or any(a.country for a in cast.actors)


def _is_refused(scene: Scene, trip: Trip, words: Printed, trace: list[Signal]) -> bool:
    reason = reason_against(scene, trip, words.occasions, words.against)
    told = f"{trip.visitor_country} -> {trip.host_country}"
    trace.append(Signal("visits", "rule:relevance", told, chosen=reason is None, note=reason))
    return reason is not None
