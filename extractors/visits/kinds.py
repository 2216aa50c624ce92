"""Which kind of visit does the text print?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, cast

from extractors.records import Kind, Occasion
from extractors.visits.claims import Claim
from extractors.visits.events import Trip
from extractors.visits.lexicon import Hit
from extractors.visits.scene import Scene

_NEAR = 12


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


def _is_of_another(scene: Scene, trip: Trip, trips: Sequence[Trip], label: KindLabel) -> bool:
    """True for the label of a visit that somebody else of the same state makes, or of one made earlier."""
    others = [c for c in trip.claims if _is_in(c, label)]
    if not others and not trip.is_earlier:
        told = _told_by(scene, label)
        return any(_is_in(c, told) for t in trips if t.is_earlier for c in t.claims)
    return bool(others) and all(c.visitor is not None and c.visitor is not trip.visitor for c in others)


def _told_by(scene: Scene, label: KindLabel) -> KindLabel:
    """ "the working visit that the minister had paid in May": a label with the verb of its relative clause."""
    behind = scene.folded[label.end : label.end + _NEAR].replace("'", " ").split()
    verb = next((c.end for c in scene.cues if c.start >= label.end), label.end)
    is_told = bool(behind) and behind[0] in scene.lexicon.relatives
    is_told = is_told and scene.sentence_number(verb) == scene.sentence_number(label.start)
    return label._replace(end=verb) if is_told else label


def _is_in(claim: Claim, label: KindLabel) -> bool:
    return claim.cue.start < label.end and label.start < claim.cue.end


def _is_invited(scene: Scene, label: KindLabel) -> bool:
    """True for the visit to which somebody is only invited."""
    number = scene.sentence_number(label.start)
    invited = (c for c in scene.cues if c.label == "invites" and c.end <= label.start)
    return any(scene.sentence_number(c.start) == number for c in invited)


def kind_of(
    scene: Scene,
    trip: Trip,
    trips: Sequence[Trip],
    labels: Sequence[KindLabel],
    occasion: Occasion,
    *,
    is_alone: bool,
    meets: bool,
) -> tuple[Kind, KindLabel | None]:
    """A printed label always wins; without one the occasion tells. `meets`: a joint commission is told to meet."""
    told = {c.sentence for c in trip.claims if c.is_travel or c.label in ("received", "receive", "invite_by", "meet")}
    labels = [k for k in labels if not _is_of_another(scene, trip, trips, k) and not _is_invited(scene, k)]
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
