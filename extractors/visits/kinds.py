"""Which kind of visit does the text print?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, cast

from extractors.records import Kind, Occasion
from extractors.visits.events import Trip
from extractors.visits.lexicon import Hit
from extractors.visits.scene import Scene


class KindLabel(NamedTuple):
    """A printed label, as "visite de travail", and where it stands."""

    kind: Kind
    start: int
    end: int


def find_labels(scene: Scene) -> tuple[KindLabel, ...]:
    """All printed labels, those of the body first: where two conflict the codebook takes the first in the body."""
    hits = scene.kind_hits
    return tuple(_label(h) for h in sorted(hits, key=lambda h: (scene.in_headline(h.start), h.start)))


def _label(hit: Hit) -> KindLabel:
    return KindLabel(cast(Kind, hit.label), hit.start, hit.end)


def _is_of_another(trip: Trip, label: KindLabel) -> bool:
    """True for the label of a visit that somebody else of the same state makes."""
    others = [c for c in trip.claims if c.cue.start < label.end and label.start < c.cue.end]
    return bool(others) and all(c.visitor is not None and c.visitor is not trip.visitor for c in others)


def _is_invited(scene: Scene, label: KindLabel) -> bool:
    """True for the visit to which somebody is only invited."""
    number = scene.sentence_number(label.start)
    invited = (c for c in scene.cues if c.label == "invites" and c.end <= label.start)
    return any(scene.sentence_number(c.start) == number for c in invited)


def kind_of(
    scene: Scene, trip: Trip, labels: Sequence[KindLabel], occasion: Occasion, *, is_alone: bool, meets: bool
) -> tuple[Kind, KindLabel | None]:
    """A printed label always wins; without one the occasion tells. `meets`: a joint commission is told to meet."""
    told = {c.sentence for c in trip.claims if c.is_travel or c.label in ("received", "receive", "invite_by", "meet")}
    labels = [label for label in labels if not _is_of_another(trip, label) and not _is_invited(scene, label)]
    own = [label for label in labels if scene.sentence_number(label.start) in told]
    if not own and is_alone:
        own = [label for label in labels if not trip.is_earlier]
    if own:
        return own[0].kind, own[0]
    if trip.is_tour:
        return "tour_stop", None
    if meets and any(c.label == "session" for c in trip.claims):
        return "joint_committee", None
    return ("summit" if occasion == "multilateral_event" else "unspecified"), None
