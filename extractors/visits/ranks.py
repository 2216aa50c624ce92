"""Is it one journey that is told of a leader, of his minister and of those who came along?"""

from __future__ import annotations

from extractors.visits.actors import Actor
from extractors.visits.mentions import LEADERS, MINISTERS
from extractors.visits.trips import Reading, Trip


def is_superior(trip: Trip, reading: Reading) -> bool:
    """A leader's journey of which no goal is told is not that of a minister who has travelled."""
    minister = trip.visitor if trip.visitor and trip.visitor.office in MINISTERS else None
    is_leader = reading.visitor is not None and reading.visitor.office in LEADERS
    return minister is not None and is_leader and reading.host_country is None and reading.claim.is_travel


def is_party(visitor: Actor) -> bool:
    """ "s'entretiendra avec la délégation belge": those who came with the visitor, and nobody else."""
    return visitor.office == "delegation" and visitor.named is None
