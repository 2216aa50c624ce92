"""Which holders of a public office are named without travelling?"""

from __future__ import annotations

from collections.abc import Collection
from typing import cast, get_args

from extractors.records import Office, OtherPerson
from extractors.visits.actors import Actor, Cast

_OFFICES = frozenset(get_args(Office))
_OUTSIDE = frozenset({"former", "outsider", "delegation", ""})


def office_of(actor: Actor | None) -> Office | None:
    """The office in the codebook's words; None where only a name or a general word is printed."""
    if actor is None:
        return None
    if actor.office in _OFFICES:
        return cast(Office, actor.office)
    return "other" if actor.office == "security_head" else None


def find_others(cast_: Cast, used: Collection[int], travelling: Collection[str]) -> tuple[OtherPerson, ...]:
    """Named officials in reading order; `used`: ids of visitors and hosts, `travelling`: names of delegates."""
    return tuple(
        OtherPerson(actor.name, actor.country, office_of(actor))
        for actor in sorted(cast_.actors, key=lambda a: a.start)
        if actor.name
        and id(actor) not in used
        and actor.name not in travelling
        and actor.office not in _OUTSIDE
        and not actor.is_plural
    )
