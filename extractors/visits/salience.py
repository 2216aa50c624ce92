"""Is a visit what the article is about, a story beside it, or background?"""

from __future__ import annotations

from collections.abc import Sequence

from extractors.records import Salience
from extractors.visits.claims import LABELLED, Claim
from extractors.visits.events import Trip
from extractors.visits.scene import Scene

_NEAR = 3
"""How many sentences behind the lede an article may begin to tell the visit that it is about."""


def salience_of(scene: Scene, trip: Trip, trips: Sequence[Trip], *, has_day: bool, is_own_day: bool) -> Salience:
    """main: told in headline or lede; secondary: its own clause with a detail; incidental: only named."""
    lede = _lede(scene)
    weight = max(t.strength for t in trips)
    if trip.is_earlier:
        return "secondary" if has_day else "incidental"
    if trip.is_background and not (is_own_day and _details(trip)):
        return "incidental"
    if not has_day and _is_only_promised(scene, trip):
        return "incidental"
    if not is_own_day and _is_mentioned(scene, trip):
        return "incidental"
    if _is_next(trip, trips):
        return "secondary"
    if trip.first <= lede and (trip.strength * 3 >= weight or trip.is_tour):
        return "main"
    if trip.strength == weight and (trip.first <= lede + 3 or _is_about(scene, trips)):
        return "main"
    if _goes_on(trip, trips):
        return "secondary"
    if len(trip.claims) == 1 and trip.strength < weight and not (trip.visitor and trip.visitor.name):
        return "incidental"
    if not (trip.is_labelled or has_day) and all(t.first > lede + _NEAR for t in trips):
        return "incidental"
    return "secondary" if _details(trip) + has_day > 1 else "incidental"


def _is_only_promised(scene: Scene, trip: Trip) -> bool:
    """An invitation taken up for a day still to be agreed is all that is told: no next visit with a date."""
    told = [c.sentence for c in trip.claims if c.is_travel or c.label in ("invites", "invite_by")]
    if not told or any(c.tense != "future" for c in trip.claims if c.sentence in told):
        return False
    span = scene.sentences[told[0]].start, scene.sentences[min(told[-1] + 1, len(scene.sentences) - 1)].end
    lexicon = scene.lexicon
    return all(p.search(scene.folded, *span) for p in (lexicon.accepted, lexicon.invitation, lexicon.dateless))


def _is_mentioned(scene: Scene, trip: Trip) -> bool:
    """Behind the first sentence only named ("la visite que compte effectuer le président"): no name, town, meeting or
    kind, and no session that is its occasion."""
    first = scene.sentence_number(scene.shift)
    span = scene.sentences[trip.first]
    if any(c.label == "session" for c in scene.cues) or any(span.start <= h.start < span.end for h in scene.kind_hits):
        return False
    is_bare = all(c.label in LABELLED for c in trip.claims) and len({c.sentence for c in trip.claims}) == 1
    return is_bare and trip.first > first and _details(trip) == 0


def _is_next(trip: Trip, trips: Sequence[Trip]) -> bool:
    """A goal still to come, told in one sentence behind the stay from which its visitor goes on."""
    if len({c.sentence for c in trip.claims}) > 1 or any(c.tense != "future" for c in trip.claims):
        return False
    own = (t for t in trips if t is not trip and t.visitor is trip.visitor and not t.is_earlier)
    return any(t.first < trip.first and any(c.tense != "future" for c in t.claims) for t in own)


def _goes_on(trip: Trip, trips: Sequence[Trip]) -> bool:
    """The next goal of somebody whose visit the article tells, or one of several goals told in one breath."""
    others = [t for t in trips if t is not trip and t.visitor is trip.visitor and not t.is_earlier]
    told = {c.sentence for c in trip.claims}
    return any(c.sentence in told for t in others for c in t.claims) or (
        bool(others) and all(c.tense == "future" for c in trip.claims)
    )


def _is_about(scene: Scene, trips: Sequence[Trip]) -> bool:
    """An article that speaks of the two sides throughout is about their meeting, wherever the visit is named."""
    return len(trips) == 1 and len(list(scene.lexicon.both.finditer(scene.folded))) > 2


def _lede(scene: Scene) -> int:
    first = scene.sentence_number(scene.shift)
    return first + (2 if len(scene.sentences) > 4 else 1)


def _details(trip: Trip) -> int:
    claims: Sequence[Claim] = trip.claims
    return (
        (trip.visitor is not None and trip.visitor.name is not None)
        + any(p.kind == "city" for c in claims for p in c.places)
        + bool(trip.hosts)
        + (len({c.sentence for c in claims}) > 1)
    )
