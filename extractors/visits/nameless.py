"""Whose name does an article give apart from his office?

"Le ministre gambien est arrivé lundi … À sa sortie d'audience, M. X a déclaré": whoever does something, is described by
nothing and follows an official without a name is that official.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from extractors.text import Span
from extractors.visits.actors import ONCE, Actor, Cast
from extractors.visits.called_by_name import is_described
from extractors.visits.events import Trip
from extractors.visits.language_files import language_table
from extractors.visits.mentions import BARRED, LEADERS, MINISTERS, Mention
from extractors.visits.phrases import any_source
from extractors.visits.scene import Scene

_NOBODY = BARRED | {"delegation", "official", "legislator", "counterpart", ""}
_TALKS = frozenset({"receive", "received", "meet", "discuss", "call_on"})
_NEAR = 2
"""How many sentences behind an official his name may stand, where another one is without a name as well."""
_LEDE = 1
_ADVERB = 90
"""So long is what may open a sentence before its subject: "À sa sortie d'audience, M. X"."""
_SAID = 60
_NOUN = 3
_MARKS = " \n\"'«»“”‘’„-–—*("


def join_called(scene: Scene, cast: Cast) -> None:
    """Gives the officials without a name the names of those who are only called by theirs."""
    unnamed = [a for a in cast.actors if _is_nameless(cast, a)]
    nameless = [a for a in unnamed if a.serves]
    called = [a for a in cast.actors if _is_only_called(scene, a)]
    names: dict[int, list[tuple[int, Actor]]] = {}
    for person in called:
        for step, official in _official_of(scene, person, nameless):
            names.setdefault(id(official), []).append((step, person))
    for official in nameless:
        own = names.get(id(official), [])
        nearest = [person for step, person in own if step == min(own, key=lambda told: told[0])[0]]
        if len(nearest) == 1:
            _join(cast, nearest[0], official)
    at_home = [a for a in unnamed if a.serves is None]
    opening = [a for a in called if not (a.serves or a.office) and _opens_article(scene, a)]
    if len(at_home) == len(opening) == 1 and _is_told_later(scene, opening[0], at_home[0]):
        _join(cast, opening[0], at_home[0])
        return
    heads = [a for a in at_home if a.office in LEADERS]
    behind = [a for a in called if not (a.serves or a.office)]
    if len(heads) == len(behind) == 1 and _goes_on_about(scene, cast, behind[0], heads[0]):
        _join(cast, behind[0], heads[0])


def share_names(cast: Cast, trips: Sequence[Trip]) -> None:
    """ "President X begins a state visit … the Senegalese leader": who alone travels for his state and holds an office
    that it has once bears the name of whoever, by the article as a whole, holds it."""
    official = trips[0].visitor if len(trips) == 1 else None
    if official is None or official.named or official.serves is None or official.office not in ONCE:
        return
    own = [a for a in cast.actors if a.named and a.office == official.office and a.country == official.serves]
    if len(own) == 1 and own[0].serves is None and not any(m.is_counterpart or m.is_new for m in official.mentions):
        official.named = own[0].named


def _goes_on_about(scene: Scene, cast: Cast, person: Actor, official: Actor) -> bool:
    """ "Le Président de la République a quitté Niamey. Le général X est accompagné de": of a sentence that tells of
    nobody else, and of no talk or reception, the next one goes on."""
    act = person.mentions[0]
    before = scene.sentence_number(act.start) - 1
    told = [m for m in cast.mentions if scene.sentence_number(m.start) == before]
    is_alone = bool(told) and all(m.case == "subject" and cast.actor(m) is official for m in told)
    talks = any(c.label in _TALKS and scene.sentence_number(c.start) == before for c in scene.cues)
    return _acts(scene, act) and is_alone and not talks and not scene.in_headline(told[0].start)


def _opens_article(scene: Scene, person: Actor) -> bool:
    first = scene.sentence_number(scene.shift)
    return any(_acts(scene, m) and scene.sentence_number(m.start) - first <= _LEDE for m in person.mentions)


def _is_told_later(scene: Scene, person: Actor, official: Actor) -> bool:
    """ "X Y a regagné Dakar … Le Premier ministre": a paper at home calls him so, in sentences of their own."""
    told = {scene.sentence_number(m.start) for m in person.mentions}
    others = [scene.sentence_number(m.start) for m in official.mentions if not scene.in_headline(m.start)]
    return bool(others) and min(others) > min(told) and told.isdisjoint(others)


def _is_nameless(cast: Cast, actor: Actor) -> bool:
    """One official whose name no title gives, nor that of another one who holds the office in the state."""
    is_one = actor.named is None and not actor.is_plural and actor.office not in _NOBODY
    if not is_one or all(m.is_new for m in actor.mentions):
        return False
    offices = MINISTERS if actor.office in MINISTERS else {actor.office}
    return not any(a.named and a.serves == actor.serves and a.office in offices for a in cast.actors)


def _is_only_called(scene: Scene, actor: Actor) -> bool:
    """Somebody introduced by the name alone, whom nothing beside it describes."""
    first = actor.mentions[0]
    if not actor.named or actor.serves or actor.is_plural or actor.is_barred or first.office:
        return False
    if any(m.office and not _is_bare(scene, m) for m in actor.mentions):
        return False
    own = [m for m in actor.mentions if m.name and not m.office]
    return not any(is_described(scene, Span(m.start, m.end)) or _is_behind_noun(scene, m) for m in own)


def _is_bare(scene: Scene, mention: Mention) -> bool:
    """ "Minister X": a title of one word, which the official without a name may bear."""
    is_word = mention.title is not None and " " not in scene.folded[mention.title.start : mention.title.end]
    return is_word and mention.office in MINISTERS


def _is_behind_noun(scene: Scene, mention: Mention) -> bool:
    """ "The lecturer Dr X said": a noun of no office says who somebody is."""
    words = [] if scene.in_headline(mention.start) else _opening(scene, mention).split()
    return 1 < len(words) <= _NOUN and words[0].split("'")[0] in scene.lexicon.articles


def _official_of(scene: Scene, person: Actor, nameless: list[Actor]) -> Iterator[tuple[int, Actor]]:
    """Whom somebody's acts continue, and how many sentences behind: the official of the sentences before, else the only
    one of the article."""
    acts = [m for m in person.mentions if _acts(scene, m)]
    for act in acts:
        told = _told_before(scene, act, [a for a in nameless if _may_be(person, a)])
        if told is not None:
            yield told
            return
    alone = nameless[0] if len(nameless) == 1 and _may_be(person, nameless[0]) else None
    if acts and alone and alone.start < acts[-1].start:
        yield scene.sentence_number(acts[-1].start) - scene.sentence_number(alone.start), alone


def _may_be(person: Actor, official: Actor) -> bool:
    return not person.office or official.office in MINISTERS


def _told_before(scene: Scene, act: Mention, nameless: list[Actor]) -> tuple[int, Actor] | None:
    """The official told of last before an act, as a subject rather than not, and how far before."""
    number = scene.sentence_number(act.start)
    near = [
        (m.case == "subject", m.start, a)
        for a in nameless
        for m in a.mentions
        if m.start < act.start and 0 <= number - scene.sentence_number(m.start) <= _NEAR
    ]
    last = max(near, key=lambda told: told[:2], default=None)
    return (number - scene.sentence_number(last[1]), last[2]) if last else None


def _acts(scene: Scene, mention: Mention) -> bool:
    """Whether somebody is the subject of a sentence of the body, at its beginning or behind a verb of saying."""
    if mention.case != "subject" or scene.in_headline(mention.start):
        return False
    opening, start = _opening(scene, mention), _start(scene, mention)
    if not opening or opening in scene.lexicon.articles or _is_adverb(scene, opening):
        return True
    said = _saying(scene.lexicon.language)
    return any(_is_before(scene, m.end(), mention.start) for m in _within(said, scene, start, mention.start))


def _opening(scene: Scene, mention: Mention) -> str:
    return scene.folded[_start(scene, mention) : mention.start].strip(_MARKS)


def _start(scene: Scene, mention: Mention) -> int:
    return scene.opening_of(scene.sentences[scene.sentence_number(mention.start)])


def _within(said: re.Pattern[str], scene: Scene, start: int, end: int) -> Iterator[re.Match[str]]:
    return said.finditer(scene.folded, max(start, end - _SAID), end)


def _is_before(scene: Scene, end: int, name: int) -> bool:
    between = scene.folded[end:name].strip(_MARKS)
    return not between or between in scene.lexicon.articles


def _is_adverb(scene: Scene, opening: str) -> bool:
    """ "De son côté, M. X", "Arrivé mardi à bord d'un vol spécial, le général X": not "le directeur, M. X", where a
    noun with its article bears the name."""
    head, comma, rest = opening.partition(",")
    is_apart = bool(comma) and len(head) <= _ADVERB and (not rest.strip() or rest.strip() in scene.lexicon.articles)
    first = head.split("'")[0].split()[:1]
    return is_apart and bool(first) and scene.lexicon.articles.isdisjoint(first)


@cache
def _saying(language: str) -> re.Pattern[str]:
    """Verbs of saying, also behind one glued letter: "wa-qala"."""
    return re.compile(rf"(?<!\w)[\u0600-\u06ff]?(?:{any_source(language_table(language, 'quotations')['says'])})(?!\w)")


def _join(cast: Cast, person: Actor, official: Actor) -> None:
    person.mentions = sorted([*person.mentions, *official.mentions], key=lambda m: m.start)
    person.serves, person.peer = official.serves, official.peer
    cast.actor_of.update((m.start, person) for m in official.mentions)
