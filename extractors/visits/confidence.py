"""How sure is it that the article tells this visit?"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import cache

from extractors.registry import packaged, read_toml
from extractors.visits.claims import LABELLED
from extractors.visits.events import Trip
from extractors.visits.scene import Scene, country_of

_MANY = 4
_FACTS = frozenset({"arrive", "received", "receive", "leave", "return", "session"})


def features(scene: Scene, trip: Trip, trips: Sequence[Trip]) -> dict[str, float]:
    """What speaks for a trip and against it, each from 0 to 1."""
    visitor, claims = trip.visitor, trip.claims
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
        "alone": float(not others),
        "crowded": min(len(others), _MANY) / _MANY,
        "reversed": float(any(t.visitor_country == trip.host_country for t in others)),
        "open_end": float(trip.host_country is None or trip.visitor_country is None),
    }


def confidence_of(scene: Scene, trip: Trip, trips: Sequence[Trip]) -> float:
    """0 to 1 by a logistic table fitted on the gold."""
    weights = _weights()
    score = sum(weights.get(name, 0.0) * value for name, value in features(scene, trip, trips).items())
    return round(1 / (1 + math.exp(-score)), 2)


@cache
def _weights() -> Mapping[str, float]:
    return read_toml(packaged("visits", "confidence.toml"))
