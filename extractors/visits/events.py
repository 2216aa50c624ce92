"""Which trips do the claims add up to? One trip for each visitor's state, host state and occasion."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from extractors.visits.actors import Actor
from extractors.visits.claims import LABELLED, Claim
from extractors.visits.places import Place
from extractors.visits.scene import Scene, country_of


@dataclass(eq=False)
class Trip:
    """What the article tells of one visitor's stay in one state."""

    visitor_country: str | None
    host_country: str | None
    visitor: Actor | None
    claims: list[Claim] = field(default_factory=list)
    hosts: list[Actor] = field(default_factory=list)
    is_earlier: bool = False
    is_tour: bool = False

    @property
    def strength(self) -> int:
        return sum(
            3 if c.label in LABELLED else 2 if c.is_travel or c.label in ("received", "receive", "session") else 1
            for c in self.claims
        )

    @property
    def is_labelled(self) -> bool:
        return any(c.label in LABELLED for c in self.claims)

    @property
    def first(self) -> int:
        """The first sentence that tells it."""
        return min(c.sentence for c in self.claims)


@dataclass(frozen=True, slots=True)
class _Reading:
    """A claim with its states: who from where goes where."""

    claim: Claim
    visitor: Actor | None
    host: Actor | None
    visitor_country: str | None
    host_country: str | None


def find_trips(scene: Scene, claims: Sequence[Claim]) -> list[Trip]:
    """Trips in the order of their first claims."""
    readings = [r for c in claims for r in _readings(c)]
    trips: list[Trip] = []
    for strong in (True, False):
        for reading in readings:
            if _is_strong(reading) == strong:
                _place(trips, reading, opens=strong)
    _mark_tours(trips)
    return sorted(trips, key=lambda t: t.first)


def _readings(claim: Claim) -> list[_Reading]:
    if claim.label in ("meet", "session"):
        return _meeting(claim)
    visitor, host = claim.visitor, claim.host
    if visitor is not None and visitor.is_barred:
        return []
    country = visitor.country if visitor else None
    targets = [country_of(p) for p in claim.places]
    if claim.label == "leave":
        targets = [t for t in targets if t != country]
    goes = [t for t in dict.fromkeys(targets) if t]
    if any(t == country for t in goes) and country:
        goes = [t for t in goes if t != country]
        if not goes and claim.label != "received":
            return []
    if not goes:
        state = host.country if host and host.country != country else None
        return [_Reading(claim, visitor, host, country, state)]
    return [_Reading(claim, visitor, host, country, t) for t in goes]


def _meeting(claim: Claim) -> list[_Reading]:
    """Two officials meet: whoever is not at home travels; in a third state nobody visits the other."""
    first, second = claim.visitor, claim.host
    place = country_of(claim.places[0]) if claim.places else None
    if first is None or second is None or first.is_barred or second.is_barred or not place:
        return []
    if first.country == place and second.country != place:
        return [_Reading(claim, second, first, second.country, place)]
    if second.country == place and first.country != place:
        return [_Reading(claim, first, second, first.country, place)]
    return []


def _is_strong(reading: _Reading) -> bool:
    """Claims that make a trip of their own; the others only add to one."""
    if reading.host_country is None:
        return False
    if reading.visitor is None:
        return False
    return reading.visitor_country is not None or reading.claim.label in LABELLED


def _place(trips: list[Trip], reading: _Reading, *, opens: bool) -> None:
    for trip in trips:
        if _is_of(trip, reading):
            _add(trip, reading)
            return
    if opens:
        trip = Trip(
            reading.visitor_country, reading.host_country, reading.visitor, is_earlier=reading.claim.tense == "earlier"
        )
        trips.append(trip)
        _add(trip, reading)


def _is_of(trip: Trip, reading: _Reading) -> bool:
    if (reading.claim.tense == "earlier") != trip.is_earlier and reading.claim.label not in ("meet",):
        return False
    same_host = reading.host_country in (None, trip.host_country)
    same_visitor = reading.visitor_country in (None, trip.visitor_country)
    if not (same_host and same_visitor):
        return False
    if reading.host_country is None and reading.visitor is None:
        return False
    return reading.visitor in (None, trip.visitor) or reading.visitor_country == trip.visitor_country


def _add(trip: Trip, reading: _Reading) -> None:
    trip.claims.append(reading.claim)
    if reading.host and reading.host not in trip.hosts and reading.host.country in (None, trip.host_country):
        trip.hosts.append(reading.host)
    if trip.visitor is None:
        trip.visitor = reading.visitor


def _mark_tours(trips: Sequence[Trip]) -> None:
    for trip in trips:
        others = [t for t in trips if t is not trip and t.visitor is trip.visitor and t.is_earlier == trip.is_earlier]
        trip.is_tour = bool(others) and not trip.is_earlier


def cities_of(scene: Scene, trip: Trip) -> list[Place]:
    """Places of the stay, as printed, that lie in the host state."""
    return [p for c in trip.claims for p in c.places if p.kind == "city" and country_of(p) == trip.host_country]
