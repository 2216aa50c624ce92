"""How far has the visit come, by strong words of an end, of a stay that lasts, of a visit made, and by its days?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from extractors.text import Span
from extractors.visits.claims import Claim
from extractors.visits.events import Trip
from extractors.visits.lexicon import Hit
from extractors.visits.scene import Scene, country_of
from extractors.visits.stretches import Stretches
from extractors.visits.tenses import share_ahead
from extractors.visits.visitdates import Told

STAGES = frozenset({"arrived", "ended", "leaving", "here", "paid", "since"})
"""Labels of [stage] in the language files."""
NOUNS = frozenset({"visit_of", "visit_by", "invite_by", "headline"})
"""Constructions without a verb of their own, so that they say nothing of time."""
ENDS = frozenset({"leave", "return"})
FEW = 3
_ORDER = ("long_ago", "ago", "eve", "today", "ahead")
_GONE_BY = frozenset({"eve", "ago", "long_ago"})
_TALKS = frozenset({"received", "meet"})
_LASTING = frozenset({"visiting", "own:going_on", "own:coming", "own:announced", "end:today", "end:ahead"})
_BEFORE = 70
_HOME = 40
_TWO_WORDS = re.compile(r"\w+ \w+[ ']")


def stage_of(
    scene: Scene, trip: Trip, trips: Sequence[Trip], hits: Sequence[Hit], spans: Stretches, *, is_alone: bool
) -> Iterator[str]:
    """Strong words of an end that has come or is to come, of a stay that lasts, of a visit made."""
    own = {c.sentence for c in trip.claims if not c.is_inferred} or {c.sentence for c in trip.claims}
    opening = scene.sentence_number(scene.shift) + 1
    away = _sets_out(trip) | _of_others(trip, trips)
    ahead = {hit.start for hit in hits if hit.label == "leaving" and not _is_participle(scene, hit)}
    for hit in hits:
        if hit.label not in STAGES or hit.start in away:
            continue
        number = scene.sentence_number(hit.start)
        is_told = any(s.start <= hit.start - scene.shift < s.end for s in spans.about)
        where = "own" if number in own else "far" if is_alone and is_told else None
        if where is None and trip.is_tour and number <= opening and hit.label == "ended":
            where = "tour"
        if where is not None:
            if hit.label == "arrived" and not (_has_come(scene, hit) and (is_alone or _arrives(trip, hit))):
                continue
            label = "paid" if hit.label == "here" and _is_participle(scene, hit) else hit.label
            is_past = label == "leaving" and (_is_told_as_past(scene, hit) or _is_participle(scene, hit))
            label = "ended" if is_past else label
            is_to_come = label == "leaving" or (label == "ended" and _is_pending(scene, hit))
            yield "ending" if is_to_come else f"{label}:{where}"
    for claim in trip.claims:
        if claim.label in ENDS and claim.cue.start not in away and (claim.places or _leads_home(scene, trip, claim)):
            is_done = claim.tense != "future" and claim.cue.start not in ahead and not _is_pending(scene, claim.cue)
            yield "left" if is_done else "ending"
    if any(goes_on(trip, other) for other in trips):
        yield "onward"


def goes_on(trip: Trip, other: Trip) -> bool:
    """Whether the visitor has another journey before him."""
    verbs = [c for c in other.claims if c.label not in NOUNS]
    is_ahead = bool(verbs) and all(c.tense == "future" for c in verbs)
    return other is not trip and is_ahead and other.visitor is trip.visitor and trip.visitor is not None


def _leads_home(scene: Scene, trip: Trip, claim: Claim) -> bool:
    """ "regressa a Lisboa": the state to which one goes back stands behind the verb."""
    behind = (p for p in scene.places if 0 <= p.start - claim.cue.end <= _HOME)
    return claim.label == "return" and any(p.countries == (trip.visitor_country,) for p in behind)


def _sets_out(trip: Trip) -> frozenset[int]:
    """Where the text says that the visitor leaves his own country for the host."""
    return frozenset(c.cue.start for c in trip.claims if c.label == "go" or _leaves_elsewhere(c, trip))


def _of_others(trip: Trip, trips: Sequence[Trip]) -> frozenset[int]:
    """Where the text says that the visitor leaves another state that he visits."""
    own = {c.cue.start for c in trip.claims}
    ends = (c for t in trips if t is not trip for c in t.claims if c.label == "leave" and c.places)
    return frozenset(c.cue.start for c in ends if c.cue.start not in own)


def _leaves_elsewhere(claim: Claim, trip: Trip) -> bool:
    places = [country_of(p) for p in claim.places]
    return claim.label == "leave" and bool(places) and trip.host_country not in places


def _is_participle(scene: Scene, hit: Hit) -> bool:
    """ "effectué" is folded as "effectue" is."""
    word = scene.text[hit.start : hit.end].split()[0]
    return word.endswith(("é", "és", "ée", "ées"))


def _arrives(trip: Trip, hit: Hit) -> bool:
    """Whether a word of arriving or beginning is this trip's, not another stop's."""
    return any(
        c.label in ("arrive", "visit_by") and c.cue.start < hit.end and hit.start < c.cue.end for c in trip.claims
    )


def _has_come(scene: Scene, hit: Hit) -> bool:
    """ "Arrivé lundi" has come, "arrive lundi" is still to."""
    words = scene.text[hit.start : hit.end].split()
    is_unmarked = scene.folded[hit.start : hit.end].startswith("arrive") and not _is_participle(scene, hit)
    return not is_unmarked and (len(words) > 1 or not _is_pending(scene, hit))


def _is_pending(scene: Scene, cue: Hit | Span) -> bool:
    """ "devait quitter Alger mercredi soir", "sera publié à l'issue de la visite": the end is still to come."""
    start = max(scene.sentences[scene.sentence_number(cue.start)].start, cue.start - _BEFORE)
    is_put_ahead = scene.lexicon.pending.search(scene.folded, start, cue.start) is not None
    return is_put_ahead or scene.looks_ahead(start, cue.start)


def _is_told_as_past(scene: Scene, hit: Hit) -> bool:
    """ "Il a visité le port avant de regagner Dakar": the end has come with what was done before it."""
    start = scene.sentences[scene.sentence_number(hit.start)].start
    sequel = scene.lexicon.sequel
    opens = sequel is not None and sequel.match(scene.folded, hit.start, _behind_words(scene, hit)) is not None
    before = Span(start - scene.shift, hit.start - scene.shift)
    return opens and share_ahead(scene.document, [before]) == 0.0


def _behind_words(scene: Scene, hit: Hit) -> int:
    """Where the first two words of a hit end, with the space or apostrophe behind them."""
    words = _TWO_WORDS.match(scene.folded, hit.start, hit.end)
    return words.end() if words else hit.end


def summary_of(signs: Mapping[str, float], stage: frozenset[str], days: Told) -> Iterator[str]:
    """What the single signs come to: an end, a stay, nothing later than some day."""
    ended = any(s.startswith(("ended", "left")) for s in stage)
    here = any(s.startswith("here") for s in stage)
    # "effectue ce jour une visite", "… une visite du 7 au 10 mars", told on the 7th
    is_of_today = "here:own" in stage and bool(signs.keys() & {"own_day:today", "start:today"})
    begun = "journey:ahead" not in signs and (is_of_today or not signs.keys() & {"all:ahead", "noun:ahead"})
    begun = begun or "arrived:own" in stage or bool(signs.keys() & {"start_day:eve", "start_day:ago"})
    published = days.published
    last = max((_ORDER.index(side_of(day, published)) for day in days.all), default=None) if published else None
    side = "none" if last is None else _ORDER[last]
    yield f"last:{side}"
    if ended or (here and begun):
        kind = "ended" if ended else "ending" if "ending" in stage else "here"
    else:
        kind = "ahead" if not begun else "ending" if "ending" in stage else "event"
    yield f"case:{kind}"
    yield f"case:{kind}:{side}"
    if kind == "event" and side in _GONE_BY and _is_of_talks(signs):
        yield "talks:past"


def _is_of_talks(signs: Mapping[str, float]) -> bool:
    """Whether talks are all that is told, by no word of an arrival, a stay or a day to come."""
    verbs = {name.partition(":")[2] for name in signs if name.startswith(("fact:", "ahead:", "coming:"))}
    lasts = any(name.startswith(("start_day:", "ahead:", "coming:")) or name in _LASTING for name in signs)
    return bool(verbs) and verbs <= _TALKS and not lasts


def side_of(day: date, published: date) -> str:
    gap = (day - published).days
    if gap < -1:
        return "long_ago" if gap < -FEW else "ago"
    return {-1: "eve", 0: "today"}.get(gap, "ahead")
