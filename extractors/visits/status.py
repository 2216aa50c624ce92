"""Has the visit begun, ended, been put off or called off, as its sentences tell it on the day of publication?"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache

from extractors.records import Status, VisitDate
from extractors.registry import packaged, read_toml
from extractors.visits.calendar_days import day_of
from extractors.visits.claims import Claim
from extractors.visits.events import Trip
from extractors.visits.language_files import language_table
from extractors.visits.lexicon import Hit
from extractors.visits.phrases import listed
from extractors.visits.scene import Scene
from extractors.visits.status_signs import signs_of
from extractors.visits.stretches import Stretches

_CAME_BACK = frozenset({"ended:own", "left", "paid:own", "fact:return", "fact:leave:host"})
_LASTING = (frozenset({"case:here", "near:going_on"}), frozenset({"here:own", "own:going_on"}))
"""Either of these says of a stay that has begun that it lasts: "séjourne à Tunis depuis lundi"."""
_CALLED_OFF: tuple[Status, ...] = ("cancelled", "postponed")
_ONCE = 24
_LIVING: tuple[Status, ...] = ("announced", "under_way", "concluded")
_SHOWN_BY: Mapping[Status, tuple[str, ...]] = {
    "announced": ("announced", "coming"), "under_way": ("going_on", "here", "under_way"),
    "concluded": ("concluded", "ended", "retold", "since"),
}  # fmt: skip


def status_of(
    scene: Scene, trip: Trip, trips: Sequence[Trip], hits: Sequence[Hit], spans: Stretches
) -> tuple[Status, Hit | None]:
    """The status, and the words that show it. What is called off is printed; else the signs are weighed.

    `trips` are all trips of the article, `hits` its words of status, `spans` the sentences that belong to the trip.
    """
    own = [h for h in hits if _tells(scene, trip, h)]
    is_alone = all(t is trip or t.is_earlier for t in trips) and not trip.is_earlier
    off = _called_off(scene, trip, hits if is_alone else own)
    if off:
        return off
    if trip.is_aside:
        return "concluded" if trip.is_earlier else "cancelled" if trip.is_off else "announced", None
    stage = _stage_of(scene, trip, trips)
    if stage:
        return stage, None
    signs = signs_of(scene, trip, trips, hits, spans)
    status = clear_status(signs) or likeliest(chances_of(signs))
    return status, next((h for h in own if h.label in _SHOWN_BY[status]), None)


def _stage_of(scene: Scene, trip: Trip, trips: Sequence[Trip]) -> Status | None:
    """ "the second leg of a tour that has taken him to Lomé and ends in Accra": the stops before and behind the one at
    which the traveller is; "in Lomé, the second leg of a tour that began in Accra"."""
    labels = {c.label for c in trip.claims}
    others = [c for t in trips if t is not trip and t.visitor is trip.visitor and not t.is_earlier for c in t.claims]
    if labels == {"taken_to"}:
        return "concluded"
    if labels != {"leads"} or any(c.sentence != trip.first for c in trip.claims):
        return None
    over = _over(scene.lexicon.language)
    if any(over.search(scene.folded, c.cue.start, c.cue.end) for c in trip.claims):
        return "concluded"  # "La tournée s'est achevée à Accra"
    begun = [c for c in others if c.tense is None and _is_begun(scene, c)]
    told = [c for c in others if c.label not in ("leads", "taken_to", "go") and c.tense is None]
    first = min(c.cue.start for c in trip.claims)
    is_behind = any(c.cue.start < first for c in told)
    if any(_is_begun(scene, c) for c in trip.claims):
        return "concluded" if is_behind and all(c.tense is None for c in trip.claims) else None
    return "announced" if is_behind or any(c.cue.start < first for c in begun) else None


def _is_begun(scene: Scene, claim: Claim) -> bool:
    """ "a tour that began in Accra"."""
    begins = _beginnings(scene.lexicon.language)
    return claim.label == "leads" and begins.search(scene.folded, claim.cue.start, claim.cue.end) is not None


@cache
def _over(language: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{listed(language, 'is_over')})(?!\w)")


@cache
def _beginnings(language: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{listed(language, 'begins')})(?!\w)")


def clear_status(signs: Mapping[str, float]) -> Status | None:
    """What the weights take for something else, though nothing about it is in doubt; else None.

    A stop behind whose talks the traveller has set out for the next is over; one of these days before the next goes on.
    Who is there today, or stays until a day to come, is there. Talks of yesterday or before, of which nothing says that
    the visitor stayed on, are over, and so is what verbs of the past tell of several days up to today; who came
    yesterday and left has gone. Who has arrived where only days to come are told, who has begun a stay that ends today
    or later, and who has set out today, though the visit may be one of a single day, is there.
    """
    if "moved_on" in signs and "all:fact" in signs:
        return "concluded"
    has_arrived = not signs.keys().isdisjoint({"fact:arrive", "arrived:own"})
    is_next_stop = signs.keys() >= {"tour", "first:ahead"} and not has_arrived and "here:own" not in signs
    if "onward" in signs and signs.keys() & {"case:event", "case:here"} and signs.keys() & {"start:eve", "start:today"}:
        return "under_way"
    if signs.keys() >= {"case:here", "here:own", "start:today"} and "ahead:arrive" not in signs:
        return "under_way"  # "effectue, aujourd'hui et demain, une visite officielle en Tunisie"
    if signs.keys() >= {"case:here", "here:own", "start:none", "end_day:ahead"}:
        return "under_way"  # "prolonge son séjour jusqu'à vendredi"
    has_begun = any(name.startswith("start_day:") for name in signs)
    is_lasting = any(signs.keys() >= told for told in _LASTING)
    if has_begun and is_lasting and "past_without_end" in signs:
        return "under_way"  # "En marge de sa visite … Elle séjourne à Tunis depuis lundi"
    if "talks:past" in signs:
        return "concluded"
    is_going = signs.keys() & {"here:own", "ending", "end:ahead"}
    if signs.keys() >= {"case:ended", "left", "start:eve"} and not is_going:
        return "concluded"
    is_past = signs.keys() >= {"all:fact", "case:event"} and signs.get("verbs:told:back") == 1.0
    stays = bool(signs.keys() & {"onward", "fact:arrive", "arrived:own", "visiting"})
    stays = stays or (has_begun and "end_day:today" not in signs)
    if is_past and not stays and signs.keys() & {"span:ago:today", "span:eve:today"}:
        return "concluded"  # "a pris part mardi et mercredi aux travaux", told on Wednesday
    has_come = signs.keys() & {"fact:arrive", "arrived:own"} and "case:event" in signs and "paid:own" not in signs
    if has_come and signs.keys() & {"start_day:eve", "start_day:today"}:
        return "under_way"
    if has_come and has_begun and signs.keys() & {"end:today", "end:ahead"} and "end_day:today" not in signs:
        return "under_way"  # "a entamé mercredi une visite de trois jours", told on Friday
    is_there = signs.keys() & {"fact:arrive", "fact:be_at"} and signs.keys() >= {"all:fact", "case:event"}
    if is_there and "start:ahead" in signs:
        return "under_way"
    is_away = "case:event" in signs or ("end:ahead" in signs and "tour" not in signs) or _is_seen_off(signs)
    return "under_way" if signs.keys() >= {"fact:go", "start:today"} and is_away and not is_next_stop else None


def _is_seen_off(signs: Mapping[str, float]) -> bool:
    """Whether the leave that is taken is that from home."""
    return "from:host" not in signs and not signs.keys() & _CAME_BACK


def chances_of(signs: Mapping[str, float]) -> dict[Status, float]:
    """How likely each status of a visit is that has not been called off, by the weights of `status.toml`."""
    weights = weights_in_use()
    scores = {s: sum(weights[s].get(name, 0.0) * value for name, value in signs.items()) for s in _LIVING}
    powers = {s: math.exp(score) for s, score in scores.items()}
    total = sum(powers.values())
    return {s: power / total for s, power in powers.items()}


def likeliest(chances: Mapping[Status, float]) -> Status:
    """The status of the highest chance."""
    return max(chances, key=lambda name: chances[name])


@cache
def weights_in_use() -> Mapping[str, Mapping[str, float]]:
    """How much each sign weighs for each status, as `tests/benchmarks/fit_status.py` has fitted it."""
    return read_toml(packaged("visits", "status.toml"))


def told_afterwards(status: Status, start: VisitDate, end: VisitDate, published_on: str | None) -> Status:
    """A visit whose days lie before the publication is over, one whose days lie behind it is still to come."""
    published, first, last = day_of(published_on), _day(start), _day(end)
    if status not in ("under_way", "announced") or published is None:
        return status
    if last and last < published:
        return "concluded"
    if first and first > published:
        return "announced"
    if status == "announced" and first and last and first < published:
        return "under_way"  # "bouclera vendredi son séjour de cinq jours"
    return status


def _tells(scene: Scene, trip: Trip, hit: Hit) -> bool:
    number = scene.sentence_number(hit.start)
    return any(
        not c.is_inferred or c.cue.start - 60 < hit.start < c.cue.end + 60 for c in trip.claims if c.sentence == number
    )


def _called_off(scene: Scene, trip: Trip, hits: Sequence[Hit]) -> tuple[Status, Hit] | None:
    """What is both called off and put off ("annule sa visite, renvoyée à une date ultérieure") is put off, unless that
    was before ("déjà reportée deux fois, la visite est annulée")."""
    last, found = trip.first + 3, dict[Status, Hit]()
    told = (h for h in hits if h.label in _CALLED_OFF and not _is_of_the_way_back(scene, h))
    off = [(scene.sentence_number(h.start), h) for h in told]
    bygone = {n for n, h in off if scene.lexicon.earlier.search(scene.folded, max(0, h.start - 12), h.end)}
    is_apart = {c.sentence for c in trip.claims} <= bygone  # a journey of which no more is told
    for number, hit in off:  # "prévu initialement en 2020, le voyage avait été reporté": all of that was before
        is_told = number not in bygone or (is_apart and hit.label == "cancelled")
        if is_told and (number <= last or _tells(scene, trip, hit)):
            found.setdefault("cancelled" if hit.label == "cancelled" else "postponed", hit)
    ended, later = found.get("cancelled"), found.get("postponed")
    if ended and later:
        put_off = (h for n, h in off if n not in bygone and n <= last and h.label != "cancelled")
        later = next((h for h in put_off if not _was_before(scene, h)), None)
    return ("postponed", later) if later else ("cancelled", ended) if ended else None


def _is_of_the_way_back(scene: Scene, hit: Hit) -> bool:
    """ "Le retour du président, attendu aujourd'hui, a été repoussé à samedi": what is put off is no visit."""
    start = scene.sentences[scene.sentence_number(hit.start)].start
    told = _ways_back(scene.lexicon.language).finditer(scene.folded, start, hit.start)
    back = max((match.end() for match in told), default=None)
    return back is not None and scene.lexicon.visit_noun.search(scene.folded, back, hit.end) is None


@cache
def _ways_back(language: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{listed(language, 'ways_back')})(?!\w)")


def _was_before(scene: Scene, hit: Hit) -> bool:
    """ "reportée à deux reprises", "déjà ajournée": it was put off before it was called off, or not put off at all."""
    words = _once_words(scene.lexicon.language)
    return words is not None and words.search(scene.folded, max(0, hit.start - _ONCE), hit.end + _ONCE) is not None


@cache
def _once_words(language: str) -> re.Pattern[str] | None:
    told = language_table(language, "words").get("put_off_before", ())
    return re.compile(rf"(?<!\w)(?:{'|'.join(told)})(?!\w)") if told else None


def _day(value: VisitDate) -> date | None:
    return date.fromisoformat(value.value) if value.value and value.precision == "day" else None
