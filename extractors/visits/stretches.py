"""Which sentences of the body belong to which trip?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from extractors.text import Span
from extractors.visits.claims import LABELLED
from extractors.visits.events import Trip
from extractors.visits.scene import Scene


@dataclass(frozen=True, slots=True)
class Stretches:
    """Spans of the body: `told` tells the trip itself, the strongest first; `about` is all that belongs to it."""

    told: tuple[Span, ...]
    about: tuple[Span, ...]


def stretches_of(scene: Scene, trip: Trip, trips: Sequence[Trip]) -> Stretches:
    """A trip owns the sentences that tell it and those after, up to the next trip's; an earlier one only its own."""
    strongest = sorted(
        {c.sentence: c for c in reversed(trip.claims)}.values(),
        key=lambda c: (-(c.label in LABELLED) - c.is_travel, c.sentence),
    )
    shown = [c for c in strongest if not c.in_headline and (c.label != "session" or c.visitor)] or strongest
    told = [_of_body(scene, scene.sentences[c.sentence]) for c in shown if not c.in_headline]
    if trip.is_earlier:
        return Stretches(tuple(told), tuple(sorted(told)))
    owners: dict[int, list[Trip]] = {}
    for other in trips:
        for claim in other.claims:
            owners.setdefault(claim.sentence, []).append(other)
    about: list[Span] = []
    current: list[Trip] = []
    for number, span in enumerate(scene.sentences):
        mine = owners.get(number)
        if mine and not all(t.is_earlier for t in mine):
            current = mine
        if (
            (trip in current or not current)
            and not (mine and all(t.is_earlier for t in mine))
            and not scene.in_headline(span.start)
        ):
            about.append(_of_body(scene, span))
    return Stretches(tuple(told), tuple(about))


def _of_body(scene: Scene, span: Span) -> Span:
    return Span(span.start - scene.shift, span.end - scene.shift)
