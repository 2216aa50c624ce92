"""How sure is it that the article tells this visit?"""

from __future__ import annotations

import math

from extractors.visits.claims import LABELLED
from extractors.visits.events import Trip

BASE = 0.4
WEIGHTS = {
    "labelled": 0.8,
    "headline": 0.8,
    "claims": 0.3,
    "stated": 0.6,
    "named": 0.3,
    "hosted": 0.5,
    "earlier": -1.2,
    "alone": 0.4,
}


def features(trip: Trip, *, is_alone: bool) -> dict[str, float]:
    """What speaks for a trip, each from 0 to 1 (claims: up to 4)."""
    visitor = trip.visitor
    return {
        "labelled": float(any(c.label in LABELLED and c.visitor for c in trip.claims)),
        "headline": float(any(c.in_headline for c in trip.claims)),
        "claims": float(min(len(trip.claims), 4)),
        "stated": float(visitor is not None and visitor.serves is not None),
        "named": float(visitor is not None and visitor.name is not None),
        "hosted": float(bool(trip.hosts)),
        "earlier": float(trip.is_earlier),
        "alone": float(is_alone),
    }


def confidence_of(trip: Trip, *, is_alone: bool) -> float:
    """0 to 1 by a logistic table fitted on the gold."""
    score = BASE + sum(WEIGHTS[name] * value for name, value in features(trip, is_alone=is_alone).items())
    return round(1 / (1 + math.exp(-score)), 2)
