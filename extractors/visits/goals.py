"""Where does each traveller go, and whose official can he not be?"""

from __future__ import annotations

from collections.abc import Sequence

from extractors.visits.actors import Actor
from extractors.visits.claims import LABELLED, Claim
from extractors.visits.places import Place
from extractors.visits.scene import country_of


def leaves_host(claim: Claim) -> bool:
    """ "a quitté N'Djamena pour Abuja. Pendant son séjour, …": what follows was where the visitor has just been."""
    return any(claim.visitor and claim.visitor.serves not in place.countries for place in claim.places)


def left_behind(claims: Sequence[Claim], traveller: Actor) -> set[str]:
    """ "The Crown Prince left Uzbekistan after an official visit": the state where he has been a guest, not his own."""
    own = [c for c in claims if c.visitor is traveller]
    ends = {c.sentence for c in own if c.label in LABELLED and not c.places}
    left = (p for c in own if c.label == "leave" and c.sentence in ends for p in c.places if p.kind == "country")
    return {state for place in left for state in place.countries}


def been_to(claims: Sequence[Claim], traveller: Actor) -> set[str]:
    """ "his second visit to Asia, after the one that he made to South Korea": where somebody went before."""
    own = [c for c in claims if traveller.named and c.visitor is traveller and c.is_travel and c.tense == "earlier"]
    return {state for c in own if c.label not in ("leave", "return") for p in c.places for state in p.countries}


def goals_of(claims: Sequence[Claim], dateline: str | None) -> dict[int, set[str]]:
    """Where each traveller goes, as far as a place is printed with the journey; whom no subject names may be anybody
    who tours a province at home."""
    goals: dict[int, set[str]] = {}
    for claim in claims:
        if (
            claim.visitor
            and (claim.is_travel or claim.label == "received")
            and claim.label not in ("leave", "return")
            and claim.tense != "earlier"
        ):
            inland = dateline if claim.is_inferred and not any(is_state(p) for p in claim.places) else None
            found = {c for c in map(country_of, claim.places) if c and c not in (claim.visitor.serves, inland)}
            goals.setdefault(id(claim.visitor), set()).update(found)
        if (
            claim.visitor
            and claim.label in ("received", "receive")
            and claim.host
            and claim.host.serves
            and not claim.host.is_barred
        ):
            goals.setdefault(id(claim.visitor), set()).add(claim.host.serves)
    return goals


def is_state(place: Place) -> bool:
    """Whether a place is more than a town of the province."""
    return place.kind == "country" or place.is_capital


def open_goals(claims: Sequence[Claim]) -> set[str]:
    """ "il effectuera une visite en Mauritanie, puis une visite en Côte d'Ivoire": the goals of visits to come of which
    their own words tell no visitor, where another claim of the sentence has one."""
    told = {
        c.sentence for c in claims if c.visitor and c.is_travel and c.tense == "future" and c.visitor.serves is None
    }
    bare = (c for c in claims if c.visitor is None and c.label in LABELLED and c.sentence in told)
    return {c for claim in bare for c in map(country_of, claim.places) if c}


def strangers(claims: Sequence[Claim]) -> dict[int, set[str]]:
    """The states of those whom somebody meets, or whose ambassador he receives: of none of them is he an official."""
    met: dict[int, set[str]] = {}
    for claim in claims:
        for one, other in ((claim.visitor, claim.host), (claim.host, claim.visitor)):
            talks = claim.label in ("meet", "received", "receive")
            is_envoy = (
                other is not None and other.office == "ambassador" and claim.label != "meet" and other is claim.visitor
            )
            if talks and one and other and other.serves and (is_envoy or not other.is_barred):
                met.setdefault(id(one), set()).add(other.serves)
    return met
