"""Has the visit begun, ended, been put off or called off, as its sentences tell it on the day of publication?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from extractors.records import Status, VisitDate
from extractors.visits.claims import TRAVEL, Claim
from extractors.visits.events import Trip
from extractors.visits.lexicon import Hit
from extractors.visits.scene import Scene, country_of

_HAPPENS = (TRAVEL - {"visit_of", "leave", "return", "headline"}) | {"received", "receive", "meet", "session"}
_STAYS = frozenset({"in_visit", "arrive", "be_at", "visit_by", "visiting"})
_CALLED_OFF: tuple[Status, ...] = ("cancelled", "postponed")


def status_of(scene: Scene, trip: Trip, hits: Sequence[Hit], *, is_alone: bool) -> tuple[Status, Hit | None]:
    """The status, and the words that gave it."""
    own = [h for h in hits if _tells(scene, trip, h)]
    off = _called_off(scene, trip, hits if is_alone else own)
    if off:
        return off
    if trip.is_earlier:
        return "concluded", None
    ends = [h for h in own if h.label == "concluded" and not _leaves_home(trip, h) and not _is_ahead(scene, h)]
    happens = [c for c in trip.claims if c.label in _HAPPENS]
    begun = [c for c in happens if c.tense is None and not c.is_inferred] or [c for c in happens if c.tense is None]
    ahead = next((h for h in own if h.label == "announced"), None)
    if ends and not _only_ahead(happens):
        return "concluded", ends[0]
    if any(_has_ended(scene, c, trip) for c in trip.claims):
        return "concluded", None
    if any(c.tense == "future" for c in happens) and all(c.label in ("meet", "session", "in_visit") for c in begun):
        return "announced", ahead
    if begun and not (ahead and len({c.sentence for c in begun}) == 1 and _same_sentence(scene, ahead, begun[0])):
        return "under_way", None
    return ("announced", ahead) if ahead else ("under_way", None)


def told_afterwards(status: Status, trip: Trip, start: VisitDate, end: VisitDate, published_on: str | None) -> Status:
    """A visit whose days lie before the publication is over, one whose days lie behind it is still to come."""
    if status not in ("under_way", "announced") or not published_on:
        return status
    published, first, last = date.fromisoformat(published_on), _day(start), _day(end)
    if last and last < published:
        return "concluded"
    if first and first > published:
        return "announced"
    if status == "under_way" and first and last is None:
        stays = any(c.label in _STAYS or c.tense == "future" for c in trip.claims)
        return "concluded" if first < published and (not stays or (published - first).days > 3) else status
    return status


def _tells(scene: Scene, trip: Trip, hit: Hit) -> bool:
    number = scene.sentence_number(hit.start)
    return any(c.sentence == number and not c.is_inferred for c in trip.claims) or any(
        c.sentence == number and c.cue.start - 60 < hit.start < c.cue.end + 60 for c in trip.claims
    )


def _called_off(scene: Scene, trip: Trip, hits: Sequence[Hit]) -> tuple[Status, Hit] | None:
    last = trip.first + 3
    for label in _CALLED_OFF:
        for hit in hits:
            before = scene.folded[max(0, hit.start - 12) : hit.end]
            told = scene.sentence_number(hit.start) <= last or _tells(scene, trip, hit)
            if hit.label == label and told and not scene.lexicon.earlier.search(before):
                return label, hit
    return None


def _is_ahead(scene: Scene, hit: Hit) -> bool:
    """ "un communiqué sera publié à l'issue de la visite": the end is still to come."""
    start = scene.sentences[scene.sentence_number(hit.start)].start
    return scene.lexicon.future.search(scene.folded, max(start, hit.start - 60), hit.start) is not None


def _only_ahead(claims: Sequence[Claim]) -> bool:
    return bool(claims) and all(c.tense == "future" for c in claims)


def _same_sentence(scene: Scene, hit: Hit, claim: Claim) -> bool:
    return scene.sentence_number(hit.start) == claim.sentence


def _leaves_home(trip: Trip, hit: Hit) -> bool:
    """ "a quitté Dakar pour …" begins a visit when Dakar is home."""
    return any(
        c.label == "leave"
        and abs(c.cue.start - hit.start) < 4
        and any(country_of(p) != trip.host_country for p in c.places)
        for c in trip.claims
    )


def _has_ended(scene: Scene, claim: Claim, trip: Trip) -> bool:
    if claim.tense is not None or not scene.lexicon.done.search(
        scene.folded, max(0, claim.cue.start - 6), claim.cue.end
    ):
        return False
    if claim.label == "return":
        return True
    return claim.label == "leave" and any(country_of(p) == trip.host_country for p in claim.places)


def _day(value: VisitDate) -> date | None:
    return date.fromisoformat(value.value) if value.value and value.precision == "day" else None
