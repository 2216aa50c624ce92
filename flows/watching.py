"""What an operator must do today: one verdict, and a list with the command that looks closer at each thing."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from extractors import Source
from flows.holding import held_locks, lock_files
from flows.settings import Settings
from warehouse import Catalogue

Rows = list[dict[str, Any]]
OVERDUE = timedelta(hours=26)
"""Without a run for so long the schedule has stopped: every source is asked at least once a day."""
REJECTS = timedelta(days=14)
"""Rejects that were not met again for so long are history."""
LITTLE_BYTES, SCARCE_BYTES = 5_000_000_000, 500_000_000
"""Free room on the disk below which one is warned, and below which a run may not come to its end."""
_YOUNG = timedelta(minutes=10)
"""A run that is beginning or ending holds no lock for a moment."""
_NOTE = 160


@dataclass(frozen=True, slots=True)
class ToDo:
    """One thing to do."""

    what: str
    """disk, broken off, killed, overdue, failing, silent, field lost, rejects, unverified."""
    who: str | None
    """The source that it concerns; None for the archive."""
    since: datetime | str | None
    detail: str
    look_closer: str
    """The command."""
    is_urgent: bool = True
    """False for what may wait: it leaves the verdict as it is."""

    def row(self) -> dict[str, Any]:
        return {name: value for name, value in asdict(self).items() if name != "is_urgent"}


@dataclass(frozen=True, slots=True)
class Watch:
    """What the archive knows for the list, asked in one opening."""

    states: Rows
    silences: Rows
    rejects: Rows
    runs: Rows
    is_sample: bool


def ask_watch(catalogue: Catalogue, now: datetime, *, runs: int, reasons: int) -> Watch:
    """Everything that the list needs of the catalogue."""
    return Watch(
        states=catalogue.source_states(),
        silences=catalogue.silences(),
        rejects=catalogue.reject_reasons(now - REJECTS, reasons),
        runs=catalogue.last_runs(runs),
        is_sample=bool(catalogue.is_sample),
    )


def to_do(watch: Watch, settings: Settings, declared: Mapping[str, Source], now: datetime) -> list[ToDo]:
    """The list, the most urgent first. Sources that are no longer declared and verified are left in peace."""
    asked = {name for name, source in declared.items() if source.verified}
    if watch.is_sample:  # the sample's papers are declared by the newsroom, not by the operator
        asked |= {state["source"] for state in watch.states}
    return [
        *_disk(settings),
        *_runs(watch, settings, now),
        *(item for item in _sources(watch, asked)),
        *(item for item in _silences(watch.silences, asked)),
        *_rejects(watch.rejects, asked),
        *_unverified(watch, declared),
    ]


def verdict(items: Sequence[ToDo], watch: Watch) -> str:
    """The first line of the screen."""
    urgent = [item for item in items if item.is_urgent]
    if not watch.runs:
        return "nothing has run yet: chancery ingest"
    last = f"last run {watch.runs[0]['started_at']:%Y-%m-%d %H:%M}Z ({watch.runs[0]['state']})"
    if not urgent:
        return f"all is well · {len(watch.states)} sources · {last}"
    kinds = {item.what: sum(one.what == item.what for one in urgent) for item in urgent}
    told = ", ".join(f"{count} {what}" for what, count in kinds.items())
    return f"{len(urgent)} to do: {told} · {last}"


def is_scarce(free: int, settings: Settings) -> bool:
    """Whether so few bytes are free that a run may not begin, or not come to its end."""
    return free < max(SCARCE_BYTES, settings.keep.least_free_bytes)


def _disk(settings: Settings) -> Iterator[ToDo]:
    free = shutil.disk_usage(settings.archive).free
    scarce = is_scarce(free, settings)
    if scarce or free < LITTLE_BYTES:
        detail = f"{free / 1e9:.1f} GB free; a run leaves {settings.keep.least_free_bytes:,} bytes, or does not begin"
        yield ToDo("disk", None, None, detail, f"df -h {settings.archive}", is_urgent=scarce)


def _runs(watch: Watch, settings: Settings, now: datetime) -> Iterator[ToDo]:
    ingests = [run for run in watch.runs if run["kind"] == "ingest"]
    if not ingests:
        return
    last = ingests[0]
    error = json.loads(last["summary"] or "{}").get("error")
    if last["state"] in ("failed", "stopped") and error:
        yield ToDo("broken off", None, last["started_at"], str(error)[:_NOTE], "chancery doctor; chancery ingest")
    if watch.is_sample:
        return
    open_since = now - last["started_at"]
    if last["ended_at"] is None and open_since > _YOUNG and not held_locks(lock_files(settings)):
        detail = f"run {last['run_id']} has no end and nobody is at work; the next run picks up what it had shelved"
        yield ToDo("killed", None, last["started_at"], detail, "chancery ingest")
    elif open_since > OVERDUE:
        detail = f"the last run began {open_since.days} days {open_since.seconds // 3600} hours ago: no schedule?"
        yield ToDo("overdue", None, last["started_at"], detail, "chancery doctor; chancery serve")


def _sources(watch: Watch, asked: set[str]) -> Iterator[ToDo]:
    for state in watch.states:
        if state["source"] in asked and state["last_state"] in ("failed", "stopped"):
            note = (state["last_note"] or f"its last run {state['last_state']}")[:_NOTE]
            since = state["failing_since"]
            yield ToDo("failing", state["source"], since, note, f"chancery check {state['source']}")


def _silences(silences: Rows, asked: set[str]) -> Iterator[ToDo]:
    for row in silences:
        if row["source"] not in asked:
            continue
        usual = "" if row["usual"] is None else f", usual {row['usual']:g}"
        found = f"{row['found']:g}{usual} {row['unit']}"
        why = f"; {row['why']}" if row["why"] else ""
        since = str(row["since_on"])
        if row["kind"] == "field_lost":
            detail = f"{row['field']}: {found}; if the paper was redesigned, add a [[layout]]"
            yield ToDo("field lost", row["source"], since, detail, f"chancery check {row['source']}")
        else:
            words = row["kind"].replace("_", " ")
            yield ToDo("silent", row["source"], since, f"{words}: {found}{why}", f"chancery status {row['source']}")


def _rejects(rejects: Rows, asked: set[str]) -> Iterator[ToDo]:
    for row in rejects:
        if row["source"] is not None and row["source"] not in asked:
            continue
        shelf = f" ({row['shelf_file']} at {row['shelf_offset']})" if row["shelf_file"] else ""
        detail = f"{row['open_addresses']} addresses, {row['level']}/{row['stage']}: {row['reason'][:_NOTE]}{shelf}"
        reads = row["level"] in ("page", "field") and row["stage"] != "fetch" and row["last_url"]
        closer = f"chancery check {row['last_url']}" if reads else f"chancery status {row['source'] or ''}".rstrip()
        yield ToDo("rejects", row["source"], row["last_at"], detail, closer, is_urgent=False)


def _unverified(watch: Watch, declared: Mapping[str, Source]) -> Iterator[ToDo]:
    names = sorted(name for name, source in declared.items() if not source.verified)
    if names and not watch.is_sample:
        some = ", ".join(names[:4]) + (" …" if len(names) > 4 else "")
        closer = f"chancery check {names[0]} --verify"
        detail = f"{len(names)} declared sources are never fetched until they are verified: {some}"
        yield ToDo("unverified", None, None, detail, closer, is_urgent=False)
