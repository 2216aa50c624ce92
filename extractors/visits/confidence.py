"""How sure is it that the article tells this visit?"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from extractors.records import Occasion, Precision, Salience, Status
from extractors.registry import packaged, read_toml
from extractors.visits.claims import LABELLED
from extractors.visits.events import Trip
from extractors.visits.scene import Scene, country_of

_MANY, _MANY_STATES = 4, 8
_LONG = 5_000
"""Characters of an article in which much else is told."""
_FACTS = frozenset({"arrive", "received", "receive", "leave", "return", "session"})


@dataclass(frozen=True, slots=True)
class Reading:
    """What the coder made of the trip."""

    salience: Salience
    status: Status
    occasion: Occasion
    has_day: bool
    """Whether the article tells a day of the visit."""
    precision: Precision
    """Of its first day."""


def features(scene: Scene, trip: Trip, trips: Sequence[Trip], read: Reading) -> dict[str, float]:
    """What speaks for a trip and against it, each from 0 to 1."""
    visitor, claims, pair = trip.visitor, trip.claims, {trip.visitor_country, trip.host_country}
    sure = [c for c in claims if not c.is_inferred and c.visitor]
    lede = scene.sentence_number(scene.shift)
    others = [t for t in trips if t is not trip]
    return {
        "bias": 1.0,
        "labelled": float(any(c.label in LABELLED for c in sure)),
        "factual": float(any(c.label in _FACTS for c in sure)),
        "headline": float(any(c.in_headline for c in claims)),
        "in_lede": float(any(c.sentence in (lede, lede + 1) for c in claims)),
        "late": float(trip.first > lede + _MANY),
        "many_claims": min(len({c.sentence for c in claims}) - 1, _MANY) / _MANY,
        "placed": float(any(country_of(p) == trip.host_country for c in sure for p in c.places)),
        "only_inferred": float(not sure),
        "only_meets": float(all(c.label == "meet" for c in claims)),
        "stated": float(visitor is not None and visitor.serves is not None),
        "named": float(visitor is not None and visitor.named is not None),
        "hosted": float(bool(trip.hosts)),
        "earlier": float(trip.is_earlier),
        "long_ago": float(trip.is_earlier and read.precision != "day"),
        "alone": float(not others),
        "crowded": min(len(others), _MANY) / _MANY,
        "reversed": float(any(t.visitor_country == trip.host_country for t in others)),
        "open_end": float(trip.host_country is None or trip.visitor_country is None),
        "secondary": float(read.salience == "secondary"),
        "to_come": float(read.status == "announced"),
        "of_many": float(read.occasion == "multilateral_event"),
        "dated": float(read.has_day),
        "guess": float(visitor is not None and visitor.is_guess),
        "met_at_home": float(bool(trip.host_country) and any(h.serves == trip.host_country for h in trip.hosts)),
        "both_named": float(visitor is not None and visitor.named is not None and any(h.named for h in trip.hosts)),
        "names_state": float(any(c.names_state for c in sure)),
        "pair_above": float(pair <= {country_of(p) for p in scene.places if scene.in_headline(p.start)}),
        "long": min(len(scene.text), _LONG) / _LONG,
        "many_states": min(len({country_of(p) for p in scene.places} - {None}), _MANY_STATES) / _MANY_STATES,
    }


def confidence_of(scene: Scene, trip: Trip, trips: Sequence[Trip], read: Reading) -> float:
    """0 to 1 by a logistic table fitted on the gold."""
    weights = _weights()
    score = sum(weights.get(name, 0.0) * value for name, value in features(scene, trip, trips, read).items())
    return round(1 / (1 + math.exp(-score)), 2)


@cache
def _weights() -> Mapping[str, float]:
    return read_toml(packaged("visits", "confidence.toml"))
