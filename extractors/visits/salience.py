"""Is a visit what the article is about, a story beside it, or background?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from extractors.records import Salience
from extractors.visits.claims import LABELLED, TRAVEL, Claim
from extractors.visits.events import Trip
from extractors.visits.language_files import language_table
from extractors.visits.phrases import any_source
from extractors.visits.scene import Scene

_LEFT = frozenset({"return", "leave", "taken_to", "leads"})
_COMING = frozenset({"arrive", "received", "in_visit", "be_at", "stop"})
_NEAR = 3
"""How many sentences behind the lede an article may begin to tell the visit that it is about."""


def salience_of(scene: Scene, trip: Trip, trips: Sequence[Trip], *, has_day: bool, is_own_day: bool) -> Salience:
    """main: told in headline or lede; secondary: its own clause with a detail; incidental: only named."""
    lede = _lede(scene)
    weight = max(t.strength for t in trips)
    if trip.is_earlier:
        is_somebody = (trip.visitor is not None and trip.visitor.named) or any(not t.is_earlier for t in trips)
        return "secondary" if has_day and is_somebody else "incidental"
    if not is_own_day and _is_retold(scene, trip):
        return "incidental"
    if trip.is_background and not (is_own_day and _details(trip)):
        return "incidental"
    if not has_day and _is_only_promised(scene, trip):
        return "incidental"
    if not is_own_day and _is_mentioned(scene, trip):
        return "incidental"
    if _is_only_passed(scene, trip):
        return "incidental"
    if _is_next(trip, trips) or _is_before(trip, trips):
        return "secondary"
    if _is_background(scene, trip, has_day=has_day):
        return "incidental"
    if trip.first <= lede and (trip.strength * 3 >= weight or trip.is_tour):
        return "main"
    if trip.strength == weight and ((trip.first <= lede + 3 and not _is_aside(scene, trip)) or _is_about(scene, trips)):
        return "main"
    if _goes_on(trip, trips):
        return "secondary"
    is_told = bool(trip.visitor and trip.visitor.name) or (bool(trip.hosts) and not _is_way_back(trip, trips))
    if len(trip.claims) == 1 and trip.strength < weight and not is_told:
        return "incidental"
    if not (trip.is_labelled or has_day) and all(t.first > lede + _NEAR for t in trips):
        return "incidental"
    return "secondary" if _details(trip) + has_day > 1 else "incidental"


def _is_way_back(trip: Trip, trips: Sequence[Trip]) -> bool:
    """Whether another trip leads from the one state to the other: of two ways between them one is a misreading."""
    return any((t.host_country, t.visitor_country) == (trip.visitor_country, trip.host_country) for t in trips)


def _is_aside(scene: Scene, trip: Trip) -> bool:
    """Told in one sentence behind the opening, which is all that the article says of its visitor."""
    told = {c.sentence for c in trip.claims}
    said = {scene.sentence_number(m.start) for m in trip.visitor.mentions} if trip.visitor else told
    return len(told) == 1 and said <= told and trip.first > _lede(scene)


def _is_retold(scene: Scene, trip: Trip) -> bool:
    """ "il avait accompagné le président lors de sa visite en Chine": only nouns that go with a pluperfect tell
    the journey."""
    told = [c for c in trip.claims if not c.in_headline]
    return bool(told) and all(c.tense == "earlier" or _stands_in_pluperfect(scene, c) for c in told)


def _stands_in_pluperfect(scene: Scene, claim: Claim) -> bool:
    lexicon, folded, span = scene.lexicon, scene.folded, scene.sentences[claim.sentence]
    last = next(reversed([*lexicon.earlier.finditer(folded, span.start, claim.cue.start)]), None)
    if last is None or lexicon.done.match(folded, claim.cue.start, claim.cue.end):
        return False
    return lexicon.done.search(folded, last.end(), claim.cue.start) is None


def _is_only_promised(scene: Scene, trip: Trip) -> bool:
    """An invitation taken up for a day still to be agreed is all that is told: no next visit with a date."""
    told = [c.sentence for c in trip.claims if c.is_travel or c.label in ("invites", "invite_by")]
    if not told or any(c.tense != "future" and c.label != "invite_by" for c in trip.claims if c.sentence in told):
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


def _is_only_passed(scene: Scene, trip: Trip) -> bool:
    """ "had to speak of it during a tour that took him to Accra": told behind an opening in which nobody travels."""
    lede = _lede(scene)
    if trip.first <= lede or {c.label for c in trip.claims} != {"taken_to"}:
        return False
    return not any(c.label in TRAVEL and c.start < scene.sentences[lede].end for c in scene.cues)


def _is_background(scene: Scene, trip: Trip, *, has_day: bool) -> bool:
    """ "deux conventions signées lors de la visite du président turc": under a headline that tells of no journey, one
    noun of visiting with its owner, who is not named and does nothing else; no kind, day or session is printed, or the
    sentence tells of what is ratified since."""
    claim, who, lexicon = trip.claims[0], trip.visitor, scene.lexicon
    if len(trip.claims) > 1 or claim.label != "visit_of" or trip.hosts or scene.shift == 0 or who is None or who.named:
        return False
    if any(scene.in_headline(c.start) for c in scene.cues) or any(scene.in_headline(m.start) for m in who.mentions):
        return False
    span = scene.sentences[claim.sentence]
    if _ratified(lexicon.language).search(scene.folded, span.start, span.end):
        return True
    is_called = any(span.start <= h.start < span.end for h in scene.kind_hits)
    return not (has_day or is_called or any(c.label == "session" for c in scene.cues))


@cache
def _ratified(language: str) -> re.Pattern[str]:
    """Words of making into law what was agreed on an earlier day."""
    return re.compile(rf"(?<!\w)(?:{any_source(language_table(language, 'words').get('ratified', ()))})(?!\w)")


def _is_next(trip: Trip, trips: Sequence[Trip]) -> bool:
    """A goal still to come, told in one sentence behind the stay from which its visitor goes on."""
    if len({c.sentence for c in trip.claims}) > 1 or any(c.tense != "future" for c in trip.claims):
        return False
    own = (t for t in trips if t is not trip and t.visitor is trip.visitor and not t.is_earlier)
    return any(t.first < trip.first and any(c.tense != "future" for c in t.claims) for t in own)


def _is_before(trip: Trip, trips: Sequence[Trip]) -> bool:
    """ "A peine rentré de Brazzaville, X est arrivé au Tchad": a stop that is only left, where the next one is told."""
    labels = {c.label for c in trip.claims}
    if labels.isdisjoint(_LEFT) or not labels <= {*_LEFT, "meet"}:
        return False
    last = max(trip.claims, key=lambda c: c.cue.start)
    own = (c for t in trips if t is not trip and t.visitor is trip.visitor and not t.is_earlier for c in t.claims)
    return any(c.label in _COMING and c.sentence == last.sentence and c.cue.start > last.cue.start for c in own)


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
        + any(p.kind != "country" for c in claims for p in c.places)  # a town, also "the Norwegian capital"
        + bool(trip.hosts)
        + (len({c.sentence for c in claims}) > 1)
    )
