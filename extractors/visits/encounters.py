"""Which two officials does a sentence place in one state on one day, whatever its verb?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from extractors.visits.actors import Actor, Cast
from extractors.visits.claims import Sentence
from extractors.visits.cue_tense import joining
from extractors.visits.dates import find_dates
from extractors.visits.lexicon import Hit
from extractors.visits.mentions import Mention
from extractors.visits.phrases import listed
from extractors.visits.places import Place
from extractors.visits.scene import Scene, country_of
from extractors.visits.whereabouts import case_of_place, meeting_place

_COUPLE = 2
_NEAR_DAYS = ("weekday", "relative", "day")
_ACTING = ("subject", "with", "by")
_MEETINGS = frozenset({"meet", "receive", "received", "session", "invite_by", "invites"})
_SITES = ("city", "country")
_LINK = 4
"""So many words stand between two whom a conjunction joins: ", y a su "."""


Met = tuple[Hit, Actor, Actor, tuple[Place, ...]]
"""Where it is told, the visitor, his host, and where they met."""


def encounter_of(scene: Scene, cast: Cast, sentence: Sentence) -> Met | None:
    """ "Le ministre ghanéen X a confié jeudi à Abidjan à son homologue ivoirien": the visitor, who serves another state
    than that of the town, his host, who serves it, and the town."""
    if not sentence.people or sentence.number in scene.multilateral_sentences or _is_no_meeting(scene, sentence):
        return None
    for site in sentence.places:
        if site.kind in _SITES and case_of_place(scene, site) == "in":
            guest = _guest(scene, cast, sentence, country_of(site))
            host = _host(scene, cast, sentence, country_of(site), guest) if guest else None
            if guest and host is None and site.kind == "city" and guest[0].case == "subject" and guest[0].name:
                host = _answering(scene, cast, sentence, country_of(site))
            if guest and host and _has_day(scene, sentence):
                return Hit("meet", site.start, site.end), guest[1], host, (site,)
    return None


def counterparts_of(scene: Scene, cast: Cast, sentence: Sentence) -> Met | None:
    """An official and his counterpart who do something at a place of one of their states, on whatever day."""
    if any(c.label in _MEETINGS for c in sentence.cues) or _is_no_meeting(scene, sentence):
        return None
    present = [m for m in sentence.people if m.case in _ACTING and not m.is_plural]
    actors = list({id(a): a for a in map(cast.actor, present) if a and not a.is_vague and a.serves}.values())
    if len(actors) < _COUPLE or not any(m.is_counterpart for a in actors for m in a.mentions):
        return None
    cue = Hit("meet", present[0].start, present[0].end)
    sites = meeting_place(scene, sentence, cue, 0)
    is_theirs = bool(sites) and sites[0].countries[0] in (actors[0].serves, actors[1].serves)
    return (cue, actors[0], actors[1], sites) if is_theirs else None


def _is_no_meeting(scene: Scene, sentence: Sentence) -> bool:
    """Whether a call or an invitation is told."""
    if sentence.number in scene.sentences_against("phone"):
        return True
    return scene.lexicon.invitation.search(scene.folded, sentence.span.start, sentence.span.end) is not None


def _has_day(scene: Scene, sentence: Sentence) -> bool:
    """Whether a sentence tells a near day, as news does."""
    start, end = sentence.span
    told = find_dates(scene.text[start:end], scene.lexicon.language, None, scene.folded[start:end])
    return any(day.form in _NEAR_DAYS for day in told)


def _told(cast: Cast, people: Sequence[Mention]) -> Iterator[tuple[Mention, Actor]]:
    """Those who may meet somebody: one official each."""
    for mention in people:
        actor = cast.actor(mention)
        if actor and actor.office and not (actor.is_barred or actor.is_vague or mention.is_plural):
            yield mention, actor


def _guest(scene: Scene, cast: Cast, sentence: Sentence, state: str | None) -> tuple[Mention, Actor] | None:
    """Who of another state acts, where no third state's official does."""
    told = [(m, a) for m, a in _told(cast, sentence.people) if a.serves not in (None, state)]
    acting = [(m, a) for m, a in told if m.case in _ACTING or _is_joined(scene, sentence, m)]
    return acting[0] if len({a.serves for _, a in acting}) == 1 else None


def _is_joined(scene: Scene, sentence: Sentence, mention: Mention) -> bool:
    """ "reunió al ministro búlgaro y a su colega": right behind somebody and a conjunction."""
    before = next((m for m in reversed(sentence.people) if m.end <= mention.start), None)
    between = scene.folded[before.end : mention.start].split() if before else []
    return bool(between) and len(between) <= _LINK and not joining(scene.lexicon.language).isdisjoint(between)


def _host(
    scene: Scene, cast: Cast, sentence: Sentence, state: str | None, guest: tuple[Mention, Actor]
) -> Actor | None:
    """Who serves the place's state, or is the guest's counterpart; not whom he only speaks of: "said that the Ghanaian
    minister …". Who acts at home is joined to the guest or with him: "a félicité jeudi à Accra son homologue"."""
    who, visitor = guest
    says = _says_that(scene.lexicon.language)
    for mention, actor in _told(cast, sentence.people):
        is_own = actor.serves == state or (actor.serves is None and mention.office == "counterpart")
        if actor is visitor or not is_own:
            continue
        first, last = min(mention.end, who.end), max(mention.start, who.start)
        if mention.case == "subject" and says.search(scene.folded, first, last):
            continue
        if who.case == "with" and mention.case not in _ACTING:
            continue
        acts = mention.start < who.start and mention.case == "subject"
        if acts and who.case not in ("with", "by") and not _is_joined(scene, sentence, who):
            continue
        return actor
    return None


def _answering(scene: Scene, cast: Cast, sentence: Sentence, state: str | None) -> Actor | None:
    """ "a mis sur la table, jeudi à Victoria, la lutte contre … Son homologue seychelloise a quant à elle": who acts in
    the next sentence, at home in the town's state."""
    if sentence.number + 1 >= len(scene.sentences):
        return None
    start, end = scene.sentences[sentence.number + 1]
    behind = [m for m in cast.mentions if start <= m.start < end]
    actor = next((a for m, a in _told(cast, behind) if m.case == "subject"), None)
    return actor if actor and actor.serves == state else None


@cache
def _says_that(language: str) -> re.Pattern[str]:
    """What opens a clause of what is said."""
    return re.compile(rf"(?<!\w)(?:{listed(language, 'says_that')})(?!\w)")
