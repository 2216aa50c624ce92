"""Which state does an official serve whom the text calls only by office, and which state does a place lie in?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from extractors.visits.actors import Actor, Cast
from extractors.visits.claims import Claim
from extractors.visits.scene import Scene, country_of, dateline_place


def settle_states(scene: Scene, cast: Cast, claims: Sequence[Claim]) -> None:
    """Gives officials called only by their office a state: the host's where they receive, else the article's own."""
    dateline = country_of(dateline_place(scene))
    goals = _goals(claims)
    for claim in claims:
        _settle_host(claim, goals)
    home = _home(scene, cast, claims, dateline)
    for actor in cast.actors:
        if actor.country is None and not actor.is_barred and not _travels_to(actor, home, claims):
            actor.assumed = home


def _goals(claims: Sequence[Claim]) -> dict[int, set[str]]:
    """Where each traveller goes, as far as a place is printed with the journey."""
    goals: dict[int, set[str]] = {}
    for claim in claims:
        if (
            claim.visitor
            and (claim.is_travel or claim.label == "received")
            and claim.label not in ("leave", "return")
            and claim.tense != "earlier"
        ):
            found = {c for c in map(country_of, claim.places) if c and c != claim.visitor.serves}
            goals.setdefault(id(claim.visitor), set()).update(found)
    return goals


def _settle_host(claim: Claim, goals: Mapping[int, set[str]]) -> None:
    """Who receives or is met on a journey serves the state where it leads, unless the text gives him another."""
    if claim.host is None or claim.host.serves or claim.visitor is None:
        return
    places = {c for c in map(country_of, claim.places) if c}
    if claim.label in ("received", "receive", "invite_by") or (claim.label == "meet" and goals.get(id(claim.visitor))):
        guest, host = claim.visitor, claim.host
    else:
        return
    known = places - {guest.serves} or goals.get(id(guest), set())
    if len(known) == 1 and not goals.get(id(host)):
        host.assumed = next(iter(known))


def _home(scene: Scene, cast: Cast, claims: Sequence[Claim], dateline: str | None) -> str | None:
    """The state whose officials the article names without saying whose they are."""
    if dateline and not any(_travels_to(a, dateline, claims) for a in cast.actors if not a.country and not a.is_barred):
        return dateline
    hosts = {country_of(p) for c in claims if c.is_travel for p in c.places}
    seen = Counter(
        country
        for place in scene.places
        for country in place.countries
        if len(place.countries) == 1 or place.kind == "compound"
    )
    for actor in cast.actors:
        if actor.serves and any(m.office == "counterpart" for m in actor.mentions):
            hosts.add(actor.serves)
    others = [c for c, n in seen.most_common() if c not in hosts and c != dateline and n > 1]
    return others[0] if others else None


def _travels_to(actor: Actor, country: str | None, claims: Sequence[Claim]) -> bool:
    if country is None:
        return False
    return any(
        c.visitor is actor
        and (c.is_travel or c.label == "received")
        and c.label not in ("leave", "return")
        and country in map(country_of, c.places)
        and c.tense != "earlier"
        for c in claims
    )
