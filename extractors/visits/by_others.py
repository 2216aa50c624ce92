"""Which state does the rest of an article give an official whom it calls by name and office only?"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache

from extractors.visits.actors import ONCE, Actor, Cast
from extractors.visits.offices import fields_of
from extractors.visits.pairs import partner_of
from extractors.visits.phrases import listed
from extractors.visits.scene import Scene

_OFTEN, _POST = 4, 12


def party_of(scene: Scene, cast: Cast, goals: set[str]) -> str | None:
    """ "X séjourne à Freetown … la délégation guinéenne": the one state whose delegation an article tells of, which is
    not where the traveller stays."""
    ends = (scene.place_ending.get(m.end) for m in cast.mentions if m.office == "delegation" and m.country)
    states = {place.countries[0] for place in ends if place and place.kind == "demonym"}
    state = next(iter(states)) if len(states) == 1 else None
    return state if goals - {state} else None


def held_by_others(scene: Scene, cast: Cast, actor: Actor) -> dict[str, Actor]:
    """The states in which somebody else holds the office that each state has once: a minister's is his field."""
    others = [a for a in cast.actors if a is not actor and a.named and a.office == actor.office and a.country]
    if actor.office == "minister":
        own = fields_of(scene, actor)
        others = [a for a in others if own & fields_of(scene, a)]
    elif actor.office not in ONCE:
        return {}
    return {a.country: a for a in others if a.country} if actor.named else {}


def of_counterpart(cast: Cast, held: Mapping[str, Actor]) -> list[str]:
    """ "The Malian minister of defence met his Mauritanian counterpart. The minister of defence, Y": the one state of
    whoever is called the other's counterpart, and by no name."""
    others = {id(a) for a in held.values()}
    states = {a.serves for a in cast.actors if a.named is None and id(a.peer) in others and a.serves}
    return sorted(states) if len(states) == 1 else []


def called_so(scene: Scene, cast: Cast, actor: Actor, away: set[str], homes: Sequence[str | None]) -> list[str]:
    """ "President X … said the Brazilian head of state": the one state whose holder of X's office nobody names, where X
    acts himself and is no guest; but "Zambia and China … The Ghanaian president had been there" tells of another, and
    so does an article from elsewhere (`homes`)."""
    if not actor.named or actor.office not in ONCE or all(m.case == "of" for m in actor.mentions):
        return []
    if any(m.title and _of_own(scene.lexicon.language).search(scene.folded, *m.title) for m in actor.mentions):
        return []
    same = (a for a in cast.actors if a is not actor and not a.named and a.office == actor.office)
    told = [a for a in same if a.serves and a.serves not in away]
    states = {a.serves for a in told if a.serves}
    if len(states) != 1:
        return []
    own = {scene.sentence_number(m.start) for m in actor.mentions}
    if any(scene.sentence_number(a.start) in own for a in told):
        return sorted(states)  # "President X, the head of state of Rwanda"
    partner = partner_of(scene, away, told[0].start) if away else None
    home = partner or next((state for state in homes if state and state not in away), None)
    return [home or _told_rather(scene, away, next(iter(states)))]


@cache
def _of_own(language: str) -> re.Pattern[str]:
    """In a leader's title that names no state: "le Président de la République, X" is told at home."""
    return re.compile(rf"(?<!\w)(?:{listed(language, 'own_leader')})(?!\w)")


def _told_rather(scene: Scene, away: set[str], state: str) -> str:
    """The state of which an article speaks far more often than of one, if any, else that one."""
    seen = Counter(c for p in scene.places if p.kind != "city" and len(p.countries) == 1 for c in p.countries)
    often = max((s for s in seen if s not in away), key=lambda s: seen[s], default=state)
    return often if seen[often] >= _OFTEN * seen[state] else state


def posted_to(scene: Scene, cast: Cast, away: set[str], told: set[int]) -> list[str]:
    """ "l'ambassadeur du Maroc en Zambie": the one state with an ambassador where somebody has come; else the only one
    abroad whose ambassador is named beside what is `told` of him: "was seen off by the ambassador of Kuwait"."""
    states: set[str] = set()
    envoys: set[str | None] = set()
    for mention in cast.mentions:
        if away and mention.office == "ambassador" and mention.country:
            end = mention.title.end if mention.title else mention.end
            near = (p for p in scene.places if 0 <= p.start - end < _POST)
            posts = {c for p in near for c in p.countries}
            states.update(mention.countries if away & posts else ())
            number = scene.sentence_number(mention.start)
            envoys.update({mention.country} if {number, number - 1} & told else ())
    if away and not states and len(envoys) == 1 and envoys.isdisjoint(away):
        return [state for state in envoys if state]
    return sorted(states) if len(states) == 1 else []
