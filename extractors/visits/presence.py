"""Who is told to be with a host when he receives?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from extractors.visits.actors import Actor, Cast
from extractors.visits.claims import Claim
from extractors.visits.phrases import listed
from extractors.visits.scene import Scene

_BEHIND = 3
"""So many sentences behind a reception it is told who was there."""


def beside_hosts(scene: Scene, cast: Cast, claims: Sequence[Claim]) -> dict[int, Actor]:
    """ "a reçu le ministre togolais. C'était en présence du ministre X et de la conseillère Y": whose state nothing
    tells is with the host when he receives."""
    found: dict[int, Actor] = {}
    for end, host in _attended(scene, claims):
        last = scene.sentences[scene.sentence_number(end)].end
        for mention in cast.mentions:
            actor = cast.actor(mention) if end <= mention.start < last else None
            if actor is None or actor is host or actor.start != mention.start or actor.is_barred:
                continue
            if actor.country is None:
                found[id(actor)] = host
    return found


def _attended(scene: Scene, claims: Sequence[Claim]) -> Iterator[tuple[int, Actor]]:
    """Behind which words it is told who is with which host."""
    received = [c for c in claims if c.label in ("receive", "received") and c.host and c.visitor]
    for told in _company(scene.lexicon.language, "in_presence").finditer(scene.folded):
        number = scene.sentence_number(told.start())
        yield from ((told.end(), c.host) for c in received[::-1] if c.host and 0 <= number - c.sentence <= _BEHIND)
    behind = _company(scene.lexicon.language, "in_company")
    for host in (c.host for c in received if c.host):
        said = (behind.match(scene.folded, m.end) for m in host.mentions if m.case != "with")
        yield from ((company.end(), host) for company in said if company)


@cache
def _company(language: str, key: str) -> re.Pattern[str]:
    words = listed(language, key)
    return re.compile(rf",? ?(?<!\w)(?:{words})(?!\w)")
