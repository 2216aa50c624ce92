"""Does a trip count as a visit by the codebook's table of cases, and on what occasion is it made?"""

from __future__ import annotations

from collections.abc import Sequence

from extractors.records import Occasion
from extractors.visits.claims import LABELLED
from extractors.visits.events import Trip
from extractors.visits.lexicon import Hit
from extractors.visits.scene import Scene, country_of

_BILATERAL = frozenset({"received", "receive", "meet", "session", "invite_by"})


def occasion_of(scene: Scene, trip: Trip, hits: Sequence[Hit]) -> Occasion:
    """The first occasion printed in a sentence that tells the trip, else a bilateral visit."""
    told = {c.sentence for c in trip.claims if c.is_travel or c.label in ("received", "meet", "receive")}
    for hit in hits:
        if scene.sentence_number(hit.start) in told:
            return hit.label  # type: ignore[return-value]
    return "bilateral"


def reason_against(scene: Scene, trip: Trip, occasion: Occasion, against: Sequence[Hit]) -> str | None:
    """Why the trip is no visit, or None where it is one."""
    told = {c.sentence for c in trip.claims}
    words = {h.label for h in against if scene.sentence_number(h.start) in told}
    everywhere = {h.label for h in against}
    if trip.visitor_country is not None and trip.visitor_country == trip.host_country:
        return "domestic"
    if trip.visitor and trip.visitor.is_barred:
        return f"visitor is {trip.visitor.office}"
    if "denied" in words or "negated" in words:
        return "denied"
    if "hypothetical" in everywhere:
        return "no particular visit"
    if "credentials" in everywhere and not trip.is_labelled:
        return "credentials"
    travels = [c for c in trip.claims if c.is_travel]
    if "phone" in everywhere and not travels:
        return "call"
    if occasion == "multilateral_event" and not _is_bilateral(scene, trip):
        return "only a multilateral event"
    return None


def _is_bilateral(scene: Scene, trip: Trip) -> bool:
    """True with a printed visit label, or a meeting there with officials of the host."""
    if any(c.label in LABELLED and _has_label(scene, trip, c.sentence) for c in trip.claims):
        return True
    return any(
        c.label in _BILATERAL
        and any(a is not None and a.country == trip.host_country and not a.is_barred for a in (c.host, c.visitor))
        for c in trip.claims
    )


def _has_label(scene: Scene, trip: Trip, sentence: int) -> bool:
    span = scene.sentences[sentence]
    return any(
        place.start >= span.start and place.end <= span.end and country_of(place) == trip.host_country
        for place in scene.places
    )
