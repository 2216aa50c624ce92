"""Who carries a message and is told by name only, or beside the office of whoever sent it?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from extractors.text import Span
from extractors.visits.called_by_name import full_names
from extractors.visits.mentions import MINISTERS, Mention
from extractors.visits.person_names import polite_before
from extractors.visits.phrases import listed
from extractors.visits.scene import Scene
from extractors.visits.titles import case_of

_BESIDE, _STEP, _NEAR = 3, 16, 60
_CUE = (1, 2)


def with_bearers(scene: Scene, mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions, with those of bearers whom no office introduces: "X Y, porteur d'un message du président"."""
    found = list(mentions)
    if not scene.lexicon.has_capitals:
        return found
    for bearer in scene.lexicon.bearer.finditer(scene.folded):
        sentence = scene.sentences[scene.sentence_number(bearer.start())]
        sender = next((m for m in found if 0 <= m.start - bearer.end() < _NEAR), None)
        if not scene.folded[scene.opening_of(sentence) : bearer.start()].strip():
            is_sender = sender is not None and "," not in scene.folded[bearer.end() : sender.start]
            name = _carrier_behind(scene, sender) if sender and is_sender else None
            if name and sender:
                found.remove(sender)
                found += [replace(sender, end=_title_end(sender), name=None), name]
            continue
        before = next((m for m in reversed(found) if m.start < bearer.start()), None)
        opening = Span(max(sentence.start, before.end if before else 0), bearer.start())
        behind = [n for n in full_names(scene, *opening) if bearer.start() - n.end <= _BESIDE]
        if behind and sender:
            found.append(_named(scene, behind[-1]))
    return _with_named_envoys(scene, sorted(found, key=lambda m: m.start))


def _with_named_envoys(scene: Scene, mentions: list[Mention]) -> list[Mention]:
    """ "l'émissaire du président gabonais, le ministre X": who is named behind the sender is the envoy."""
    found = list(mentions)
    for at, (envoy, sender, person) in enumerate(zip(found, found[1:], found[2:], strict=False)):
        is_sent = envoy.office == "special_envoy" and sender.case == "of" and sender.start - envoy.end < _STEP
        is_his = person.name is not None and set(person.countries) <= set(envoy.countries)
        if is_sent and is_his and envoy.name is None and _is_envoy(scene, sender, person):
            found[at] = replace(envoy, name=person.name)
    return found


def _is_envoy(scene: Scene, sender: Mention, person: Mention) -> bool:
    """Whether a minister stands right behind the sender's comma, or anybody behind "namely"."""
    between = scene.folded[sender.end : person.start]
    rest = between.replace("'", "' ").split()
    if between.startswith(",") and person.office in MINISTERS and scene.lexicon.articles.issuperset(rest[1:]):
        return True
    return _namely(scene.lexicon.language).search(scene.folded, sender.end, person.start) is not None


@cache
def _namely(language: str) -> re.Pattern[str]:
    """What may stand between a sender and his envoy's own title: "namely"."""
    said = listed(language, "namely")
    return re.compile(rf"(?<!\w)(?:{said}) ?(?:\w{{1,2}}[ '])?$")


def _title_end(mention: Mention) -> int:
    return mention.title.end if mention.title else mention.end


def _carrier_behind(scene: Scene, sender: Mention) -> Mention | None:
    """ "Porteur d'un message du président gabonais, X a été reçu": the name behind the comma, right before a verb, is
    the bearer's and not his sender's."""
    at = _title_end(sender)
    is_apart = sender.name is not None and scene.folded[at : at + 1] == ","
    if not is_apart or not any(sender.end + gap in scene.cue_starts for gap in _CUE):
        return None
    begin = scene.text.find(sender.name or "", at, sender.end)
    return replace(_named(scene, Span(begin, sender.end)), office="special_envoy") if begin > at else None


def _named(scene: Scene, name: Span) -> Mention:
    begin = name.start - polite_before(scene, name.start)
    return Mention(begin, name.end, "", None, scene.text[slice(*name)], case=case_of(scene, begin, name.end))
