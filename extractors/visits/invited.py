"""Who is invited by whom, and which state is no home because one goes there: asked before constructions are read."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.visits.actors import Actor, Cast
from extractors.visits.claims import LABELLED, Sentence
from extractors.visits.lexicon import Hit
from extractors.visits.mentions import Mention
from extractors.visits.places import Place
from extractors.visits.scene import Scene

_BESIDE, _GOAL = 30, 24


def invited_before(scene: Scene, actors: Sequence[Actor], mention: Mention) -> Actor | None:
    """ "President X will arrive in Brasília at the invitation of President Y. The Nigerian leader": of two whose states
    nothing tells the guest, where the sentence of the invitation names no Nigeria."""
    for cue in scene.cues:
        if cue.label != "invite_by" or cue.start >= mention.start:
            continue
        sentence = scene.sentences[scene.sentence_number(cue.start)]
        if any(mention.country in p.countries for p in scene.places_between(*sentence)):
            continue
        officials = [a for a in actors if a.named and not a.is_barred]
        hosts = [a for a in officials if any(0 <= m.start - cue.end < _BESIDE for m in a.mentions)]
        guests = [a for a in officials if not any(a is host for host in hosts)]
        is_told = guests and any(sentence.start <= m.start < cue.start for m in guests[0].mentions)
        if len(hosts) == len(guests) == 1 and is_told:
            return guests[0]
    return None


def asked_to_come(sentence: Sentence, cast: Cast, invited: int, cue: Hit) -> Actor | None:
    """ "extended an invitation to President Y to visit Bahrain": who is asked to come, behind a preposition."""
    given = [m for m in sentence.people if invited <= m.start and m.end <= cue.start and m.case == "to"]
    actor = cast.actor(given[-1]) if given else None
    return actor if actor and not actor.is_vague and actor.named else None


def is_visited(scene: Scene, left: Place) -> bool:
    """ "left for Trinidad after concluding his visit to Ghana": whether the text tells of a visit to what is
    left."""
    ends = (cue.end for cue in scene.cues if cue.label in LABELLED)
    near = (next(iter(scene.places_between(end, end + _GOAL)), None) for end in ends)
    return any(place is not None and place.countries == left.countries for place in near)
