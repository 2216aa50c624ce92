"""Whether everything that a run needs is in order: each thing looked at, and what to do where it is not.

Nothing is changed, and no orchestrator imported: Prefect is tried in a process of its own.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from importlib import metadata
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import extractors
import warehouse
from extractors import Source, SourceError
from flows.due import due_sources
from flows.holding import held_locks, lock_files
from flows.settings import Settings
from flows.sources import declared_sources
from flows.watching import LITTLE_BYTES, is_scarce
from warehouse import CatalogueBusyError, Shelfmark, Stacks, WarehouseError, look_into

_API = "PREFECT_API_URL"
_PREFECT_SECONDS = 60
_PREFECT_WORDS = ("-c", "import prefect; print(prefect.__version__)")
_BOUND = ("prefect", "fastapi", "sqlalchemy")
_SKEW = timedelta(minutes=5)
_BUSY_SECONDS = 5.0
_DATA = {"sources": "*.toml", "languages": "*.toml", "world": "*.csv"}


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at."""

    check: str
    state: str
    """ok, warn or fail."""
    looked_at: str
    what_to_do: str | None = None


@dataclass(frozen=True, slots=True)
class _Seen:
    """What several checks share: the declarations and the catalogue as far as they can be had."""

    settings: Settings
    now: datetime
    declared: dict[str, Source] | None
    sources_error: str | None
    newest: dict[str, Any] | None
    states: dict[str, dict[str, Any]]
    catalogue_error: str | None
    is_busy: bool


def examine(settings: Settings, now: datetime | None = None) -> list[Check]:
    """Every check, in the order in which one mends things."""
    seen = _look(settings, now or datetime.now(UTC))
    checks: tuple[Callable[[_Seen], Iterator[Check]], ...] = (
        _settings, _archive, _disk, _locks, _clock, _prefect, _sources, _catalogue, _shelves, _published, _data,
    )  # fmt: skip
    return [found for check in checks for found in check(seen)]


def _look(settings: Settings, now: datetime) -> _Seen:
    declared, sources_error = None, None
    try:
        declared = declared_sources(settings)
    except SourceError as error:
        sources_error = str(error)
    newest, states, catalogue_error, is_busy = None, {}, None, False
    if settings.catalogue.is_file():
        try:
            with look_into(settings.catalogue, wait_seconds=_BUSY_SECONDS) as catalogue:
                newest = catalogue.newest()
                states = {row["source"]: row for row in catalogue.source_states()}
        except CatalogueBusyError as error:
            catalogue_error, is_busy = str(error), True
        except WarehouseError as error:
            catalogue_error = str(error)
    return _Seen(settings, now, declared, sources_error, newest, states, catalogue_error, is_busy)


def _settings(seen: _Seen) -> Iterator[Check]:
    settings = seen.settings
    real = [name for name, source in (seen.declared or {}).items() if source.verified and not source.is_sample]
    told = f"archive {settings.archive}, user agent {settings.agent}"
    if real and not settings.contact:
        remedy = 'write contact = "mailto:you@your.org" into chancery.toml: no run leaves the machine without it'
        yield Check("settings", "fail", f"{told}, no contact for {len(real)} verified sources", remedy)
    else:
        yield Check("settings", "ok", told)


def _archive(seen: _Seen) -> Iterator[Check]:
    archive = seen.settings.archive
    if not archive.is_dir():
        yield Check("archive", "warn", f"{archive} is not there yet", "chancery ingest makes it")
        return
    closed = []
    for folder in (archive, seen.settings.shelves, archive / "locks", archive / "orders"):
        try:
            if folder.is_dir():
                with tempfile.TemporaryFile(dir=folder):
                    pass
        except OSError as error:
            closed.append(f"{folder} ({error.strerror})")
    if closed:
        yield Check("archive", "fail", f"no right to write in {', '.join(closed)}", "give this user the right")
    else:
        yield Check("archive", "ok", f"{archive} can be written")


def _disk(seen: _Seen) -> Iterator[Check]:
    place = seen.settings.archive if seen.settings.archive.is_dir() else seen.settings.archive.absolute().parent
    if not place.is_dir():
        yield Check("disk", "warn", f"{place} is not there", "make it, or name another archive")
        return
    free = shutil.disk_usage(place).free
    week = (seen.newest or {}).get("week_bytes") or 0
    lasts = f", {free / week * 7:,.0f} days at the pace of the last week" if week else ""
    told = f"{free / 1e9:,.1f} GB free{lasts}"
    state = (
        "fail"
        if is_scarce(free, seen.settings)
        else "warn"
        if free < LITTLE_BYTES or (week and free < 2 * week)
        else "ok"
    )
    yield Check("disk", state, told, None if state == "ok" else "free some room, or move the archive")


def _locks(seen: _Seen) -> Iterator[Check]:
    held = held_locks(lock_files(seen.settings))
    told = "; ".join(f"{path.name} is held by {holder}" for path, holder in held.items())
    if seen.is_busy:
        yield Check("locks", "warn", told or seen.catalogue_error or "", "wait for it to end, or end that process")
    else:
        yield Check("locks", "ok", told or "nobody holds a lock: no run is at work")


def _clock(seen: _Seen) -> Iterator[Check]:
    told = f"{seen.now.astimezone():%Y-%m-%d %H:%M %Z}"
    unknown = sorted({s.schedule.timezone for s in (seen.declared or {}).values() if not _is_zone(s.schedule.timezone)})
    newest = (seen.newest or {}).get("captured_at")
    if newest and newest - seen.now > _SKEW:
        ahead = newest - seen.now
        remedy = "set the clock of this machine: days, pauses and due times rest on it"
        yield Check("clock", "fail", f"{told}; the newest capture is {ahead} ahead of it", remedy)
    elif unknown:
        yield Check("clock", "fail", f"{told}; no such time zone: {', '.join(unknown)}", "mend the source files")
    else:
        age = f"; the newest capture is {_age(seen.now - newest)} old" if newest else ""
        yield Check("clock", "ok", told + age)


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return False
    return True


def _age(age: timedelta) -> str:
    hours = age.total_seconds() / 3600
    return f"{hours:.1f} hours" if hours < 48 else f"{hours / 24:.0f} days"


def _prefect(seen: _Seen) -> Iterator[Check]:
    remedy = "install Chancery anew: pip install --require-hashes -r requirements.lock"
    words = [sys.executable, *_PREFECT_WORDS]
    try:
        done = subprocess.run(words, capture_output=True, text=True, timeout=_PREFECT_SECONDS)
    except subprocess.TimeoutExpired:
        yield Check("prefect", "fail", f"its import took more than {_PREFECT_SECONDS} s", remedy)
        return
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
        yield Check("prefect", "fail", f"it can't be imported ({last[:200]})", remedy)
        return
    outside = list(_out_of_bounds())
    if outside:
        yield Check("prefect", "fail", f"{', '.join(outside)}: flows break or the schedule stops", remedy)
    else:
        yield Check("prefect", "ok", f"{done.stdout.strip()}, its neighbours within their bounds")
    if os.environ.get(_API):
        yield _server(os.environ[_API])


def _out_of_bounds() -> Iterator[str]:
    """Packages beside Prefect that are newer or older than Chancery was tried with."""
    from packaging.requirements import Requirement

    for line in metadata.requires("chancery") or ():
        wanted = Requirement(line)
        if wanted.name in _BOUND and (wanted.marker is None or wanted.marker.evaluate({"extra": ""})):
            found = metadata.version(wanted.name)
            if not wanted.specifier.contains(found, prereleases=True):
                yield f"{wanted.name} {found} is installed, {wanted.specifier} is wanted"


def _server(address: str) -> Check:
    try:
        with urllib.request.urlopen(f"{address.rstrip('/')}/health", timeout=5):
            return Check("prefect server", "ok", f"{address} answers")
    except (urllib.error.URLError, OSError, ValueError) as error:
        remedy = f"start it, or take {_API} out of the environment: `chancery serve` then starts one of its own"
        return Check("prefect server", "fail", f"{address} does not answer ({error})", remedy)


def _sources(seen: _Seen) -> Iterator[Check]:
    if seen.declared is None:
        yield Check("sources", "fail", seen.sources_error or "", "mend that file, or take it out of the folder")
        return
    verified = [source for source in seen.declared.values() if source.verified]
    sound = [source for source in verified if _is_zone(source.schedule.timezone)]
    due = due_sources(sound, seen.states, seen.now)
    told = f"{len(seen.declared)} declared, {len(verified)} verified, {len(due)} due now"
    if verified:
        yield Check("sources", "ok", told)
    else:
        yield Check("sources", "warn", told, "chancery check NAME --verify tries one of `chancery sources`")


def _catalogue(seen: _Seen) -> Iterator[Check]:
    path = seen.settings.catalogue
    if seen.newest:
        yield Check(
            "catalogue", "ok", f"schema {seen.newest['schema_version']}, content {seen.newest['content_version']}"
        )
    elif seen.is_busy:
        yield Check("catalogue", "warn", f"{path}: not looked at, another process holds it", "run this again later")
    elif seen.catalogue_error:
        yield Check("catalogue", "fail", seen.catalogue_error, "see the message, or `chancery restore` a backup")
    else:
        yield Check("catalogue", "warn", f"{path} is not there yet", "chancery ingest makes it")


def _shelves(seen: _Seen) -> Iterator[Check]:
    """The newest capture, read back: a whole look is `chancery shelves check`."""
    newest = seen.newest or {}
    if not newest.get("shelf_file"):
        yield Check("shelves", "ok", "no capture is in the catalogue yet")
        return
    mark = Shelfmark(newest["shelf_file"], newest["shelf_offset"], newest["shelf_length"])
    told = f"{mark.file} at {mark.offset}, the newest capture"
    remedy = "`chancery shelves check` looks at every file; `chancery restore` a backup"
    try:
        digest = Stacks(seen.settings.shelves).get(mark).digest
    except WarehouseError as error:
        yield Check("shelves", "fail", str(error), remedy)
        return
    if digest != newest["digest"]:
        yield Check("shelves", "fail", f"{told}, is not what the catalogue says ({newest['digest']})", remedy)
    else:
        yield Check("shelves", "ok", f"{told}, is whole")


def _published(seen: _Seen) -> Iterator[Check]:
    path = seen.settings.published
    if not path.is_file():
        state = "warn" if seen.newest else "ok"
        yield Check("published file", state, f"{path} is not there yet", "chancery publish" if seen.newest else None)
        return
    try:
        answer = warehouse.run_query(path, "SELECT key, value FROM about")
    except WarehouseError as error:
        yield Check("published file", "fail", str(error), "chancery publish makes it anew")
        return
    about = {str(key): value for key, value in answer.rows}
    age = _age(seen.now - datetime.fromtimestamp(path.stat().st_mtime, UTC))
    content = (seen.newest or {}).get("content_version")
    if content is not None and about.get("content_version") != str(content):
        told = f"{age} old, of content {about.get('content_version')}; the catalogue is at {content}"
        yield Check("published file", "warn", told, "chancery publish")
    else:
        yield Check("published file", "ok", f"{age} old, as the catalogue is" if seen.newest else f"{age} old")


def _data(seen: _Seen) -> Iterator[Check]:
    found = {name: len(list(extractors.packaged(name).glob(form))) for name, form in _DATA.items()}
    found["questions"] = len(warehouse.examples())
    missing = [name for name, count in found.items() if not count]
    told = ", ".join(f"{count} {name}" for name, count in found.items())
    if missing:
        yield Check("package data", "fail", f"missing: {', '.join(missing)}", "install Chancery anew")
    else:
        yield Check("package data", "ok", told)
