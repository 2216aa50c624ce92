"""A trip and the readings that make it: who from where goes where, by one claim."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from extractors.visits.actors import Actor
from extractors.visits.claims import LABELLED, Claim
from extractors.visits.scene import Scene, country_of

TALKS = frozenset({"meet", "session"})
_SOLID = frozenset({"received", "receive", "session"})
_RECEPTIONS = frozenset({"received", "receive"})
_ONWARD = frozenset({"go", "leads", "taken_to", "visit_by", "stay"})
LEDE = 3
"""A claim behind this sentence says less of who came."""


@dataclass(eq=False)
class Trip:
    """What the article tells of one visitor's stay in one state."""

    visitor_country: str | None
    host_country: str | None
    visitor: Actor | None
    claims: list[Claim] = field(default_factory=list)
    hosts: list[Actor] = field(default_factory=list)
    supposed_host: Actor | None = None
    """Who of the host state will have received the visitor, though no sentence says so."""
    is_earlier: bool = False
    is_tour: bool = False
    is_return: bool = False
    """The host of another visit of the article will come in his turn: only the sentences of the invitation tell it."""
    is_off: bool = False
    """Told as called off, beside the visit of another official between the same states."""
    meets_outsiders: bool = False
    """All whom the visitor is said to meet are heads of organisations, business people and the like."""
    is_background: bool = False
    """Named once in an article about somebody who makes no visit."""

    @property
    def is_aside(self) -> bool:
        """Told beside the article's own visits, so that what follows is about those again."""
        return self.is_earlier or self.is_return or self.is_off

    @property
    def strength(self) -> int:
        """How much of the article tells it: labels count most, meetings least."""
        return sum(3 if c.label in LABELLED else 2 if c.is_travel or c.label in _SOLID else 1 for c in self.claims)

    @property
    def is_labelled(self) -> bool:
        return any(c.label in LABELLED for c in self.claims)

    @property
    def first(self) -> int:
        """The first sentence that tells it."""
        return min(c.sentence for c in self.claims)


@dataclass(slots=True, unsafe_hash=True)
class Reading:
    """A claim with its states: who from where goes where."""

    claim: Claim
    visitor: Actor | None
    host: Actor | None
    visitor_country: str | None
    host_country: str | None

    @property
    def is_complete(self) -> bool:
        """True where it can make a trip of its own; the others only add to one."""
        if self.host_country is None or self.visitor is None or self.visitor.is_vague or not self.visitor.office:
            return False
        if self.claim.is_inferred and (self.claim.label in ("leave", "return") or not self._is_known_traveller):
            return False
        if self.visitor.is_guess and (self.claim.sentence > LEDE or self.claim.tense == "earlier"):
            return False
        if self.visitor.is_guess and (self._goes_to_the_country or (self.host is not None and self.host.is_barred)):
            return False
        if self.visitor_country is None:
            is_met = self.host is not None and self.host.serves == self.host_country
            is_welcomed = is_met and (self.claim.label not in TALKS or bool(self.claim.places))
            return is_welcomed or (self.claim.is_travel and any(p.kind == "country" for p in self.claim.places))
        return True

    @property
    def _goes_to_the_country(self) -> bool:
        """Towns that are no capital: an official of a state that nobody prints is on a journey at home there."""
        towns = self.claim.places
        return bool(towns) and all(p.kind == "city" and not p.is_capital for p in towns)

    @property
    def _is_known_traveller(self) -> bool:
        """Whether a pronoun takes up somebody whose state is told, or who goes on to a state named by its name."""
        who = self.visitor
        if who is None or who.serves is not None:
            return who is not None
        is_sure = who.country is not None and not who.is_guess
        is_abroad = self.host_country not in (None, who.country)
        names_state = any(p.kind == "country" or p.is_capital for p in self.claim.places)
        return is_sure and is_abroad and (self.claim.label == "stop" or (self.claim.label in _ONWARD and names_state))


def without_namesakes(scene: Scene, claim: Claim) -> Claim:
    """ "recebido em Belém pelo Presidente português": a small town abroad of a state that the article never names is
    only called so where an official of another state receives."""
    home = claim.host.serves if claim.host and claim.label in _RECEPTIONS else None
    named = {c for p in scene.places if p.kind != "city" for c in p.countries} if home and claim.places else set()
    kept = tuple(p for p in claim.places if p.kind != "city" or p.is_capital or {home, *named} & {*p.countries})
    return claim if home is None or kept == claim.places else replace(claim, places=kept)


def is_at_home(trip: Trip, trips: Sequence[Trip]) -> bool:
    """Who receives in a state does not come there, whatever state he was first taken to serve."""
    there = (t for t in trips if t is not trip and t.host_country == trip.host_country)
    return any(trip.visitor is host for t in there for host in t.hosts)


def readings_of(claim: Claim) -> list[Reading]:
    if claim.label in ("meet", "session"):
        return meeting(claim, country_of(claim.places[0]) if claim.places else None)
    visitor, host = claim.visitor, claim.host
    if visitor is not None and visitor.is_barred:
        return []
    country = visitor.country if visitor else None
    goes = [t for t in dict.fromkeys(map(country_of, claim.places)) if t and (t != country or country is None)]
    if claim.places and not goes and claim.label not in ("received", "receive", "leave", "invite_by"):
        return []
    if not goes:
        is_outsider = host is not None and host.is_barred and host.office == "outsider" and host.named is None
        state = host.country if host and host.country != country and not is_outsider else None
        return [Reading(claim, visitor, host, country, state)]
    if _is_met_elsewhere(claim, goes):
        return []
    return [Reading(claim, visitor, host, country, t) for t in goes]


def _is_met_elsewhere(claim: Claim, goes: Sequence[str]) -> bool:
    """ "à Paris, le président gabonais a rendu visite à son homologue bissau-guinéen": neither is at home there."""
    host, visitor = claim.host, claim.visitor
    if host is None or visitor is None or host.is_guess or visitor.is_guess or not (host.named and visitor.named):
        return False
    return None not in (host.serves, visitor.serves) and host.serves not in (visitor.serves, *goes)


def meeting(claim: Claim, place: str | None) -> list[Reading]:
    """Two officials meet: whoever is not at home travels; in a third state nobody visits the other."""
    first, second = claim.visitor, claim.host
    if claim.label == "session" and place and second is None:
        return [Reading(claim, None, None, None, place)]
    if first is None or second is None or first.is_barred or second.is_barred or not place:
        return []
    if first.country == place and second.country != place:
        return [Reading(claim, second, first, second.country, place)]
    if second.country == place and first.country != place:
        return [Reading(claim, first, second, first.country, place)]
    return []
