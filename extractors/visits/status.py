"""Has the visit begun, ended, been put off or called off, as its sentences tell it on the day of publication?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from extractors.records import Status, VisitDate
from extractors.visits.claims import Claim
from extractors.visits.events import Trip
from extractors.visits.lexicon import Hit
from extractors.visits.scene import Scene, country_of

_PRESENT = frozenset({"visit_by", "in_visit", "visiting", "arrive", "go", "received", "receive", "meet", "session"})


def status_of(scene: Scene, trip: Trip, hits: tuple[Hit, ...], *, is_alone: bool) -> tuple[Status, Hit | None]:
    """The status, and the words that gave it."""
    told = {c.sentence for c in trip.claims}
    own = [h for h in hits if scene.sentence_number(h.start) in told]
    for label in ("cancelled", "postponed"):
        for hit in own if not is_alone else hits:
            if hit.label == label and not (trip.is_earlier and not is_alone):
                return label, hit  # type: ignore[return-value]
    if trip.is_earlier:
        return "concluded", None
    ends = [h for h in own if h.label == "concluded" and not _leaves_home(scene, trip, h)]
    if ends:
        return "concluded", ends[0]
    if any(_has_ended(c, trip) for c in trip.claims):
        return "concluded", None
    begun = [c for c in trip.claims if c.label in _PRESENT and c.tense is None]
    ahead = [h for h in own if h.label == "announced"]
    futures = [c for c in trip.claims if c.tense == "future" and c.label in _PRESENT]
    if futures and (not begun or all(c.label in ("meet", "session", "in_visit") for c in begun)):
        return "announced", ahead[0] if ahead else None
    if begun:
        first = begun[0]
        if (
            ahead
            and all(scene.sentence_number(h.start) == first.sentence for h in ahead)
            and len(begun) == 1
            and not futures
        ):
            return "announced", ahead[0]
        return "under_way", None
    return ("announced", ahead[0]) if ahead else ("under_way", None)


def _leaves_home(scene: Scene, trip: Trip, hit: Hit) -> bool:
    """ "a quitté Dakar pour …" begins a visit when Dakar is home."""
    return any(
        c.label == "leave"
        and abs(c.cue.start - hit.start) < 4
        and any(country_of(p) != trip.host_country for p in c.places)
        for c in trip.claims
    )


def _has_ended(claim: Claim, trip: Trip) -> bool:
    if claim.label == "return":
        return claim.tense is None
    return (
        claim.label == "leave" and claim.tense is None and any(country_of(p) == trip.host_country for p in claim.places)
    )


def told_afterwards(status: Status, start: VisitDate, end: VisitDate, published_on: str | None) -> Status:
    """A visit whose days lie behind the publication is over, whatever the verbs say."""
    if status not in ("under_way", "announced") or not published_on:
        return status
    published = date.fromisoformat(published_on)
    last = next(_days(end), None)
    first = next(_days(start), None)
    if last and last < published:
        return "concluded"
    if status == "under_way" and first and last is None and (published - first).days > 3:
        return "concluded"
    if status == "under_way" and first and first > published:
        return "announced"
    return status


def _days(value: VisitDate) -> Iterator[date]:
    if value.value and value.precision == "day":
        yield date.fromisoformat(value.value)
