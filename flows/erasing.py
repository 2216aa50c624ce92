"""Erasure on request: text, records and mentions of an address or domain go, its hash stays: it never comes back.

The order of steps, each safe to be done again; a plan file beside the catalogue leads a killed erasure to its end:

    1 the plan (what, and every address and headline of it) · 2 tombstones, shelved and loaded · 3 files of the shelves
    4 rows of the catalogue · 5 what lies about (orders, replays, old catalogues) · 6 the catalogue as a new file
    7 the analysts' file · 8 the plan goes
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from filelock import FileLock, Timeout

import warehouse
from flows.desk import locks_folder, orders_folder, prepare_archive, utc_now
from flows.errors import BusyError, RunError
from flows.holders import beside_catalogue
from flows.rebuilding import ASIDE
from flows.rows import note_row
from flows.settings import Settings, Tell
from flows.shelf_rows import erasure_row, tombstone
from warehouse import Catalogue, Condemned, ErasureScope, Stacks, Tombstones, open_catalogue

PLAN = "erasing.json"


@dataclass(frozen=True, slots=True)
class ErasureReport:
    """What went."""

    articles: int
    reports: int
    groups: int
    """Captures and answers struck from the shelves."""
    mentions: int
    """Records of others in which its address or headline was made unreadable."""
    files: int
    """Files of the shelves that were rewritten."""


@dataclass(frozen=True, slots=True)
class _Plan:
    target: str
    domain: str | None
    reason: str
    at: str
    addresses: tuple[str, ...]
    headlines: tuple[str, ...]
    digests: dict[str, str]

    @property
    def scope(self) -> ErasureScope:
        return ErasureScope(self.target, self.domain, tuple(self.addresses), tuple(self.headlines))


def find_scope(settings: Settings, target: str, *, tell: Tell) -> ErasureScope:
    """What an erasure of the address or domain would take. Raises RunError for what is neither."""
    domain = _domain(target)
    if not settings.catalogue.exists():
        raise RunError(f"{settings.catalogue}: looked for an archive, found none; name another with --archive")
    with _catalogue(settings, tell) as catalogue:
        return warehouse.scope_of(catalogue, target, domain)


def erase(settings: Settings, target: str, reason: str, *, tell: Tell) -> ErasureReport:
    """Erases it, and what an earlier erasure left undone. Raises RunError, BusyError, WarehouseError."""
    finish_erasure(settings, tell=tell)
    prepare_archive(settings)
    scope = find_scope(settings, target, tell=tell)
    with quiet_archive(settings, tell):
        plan = _Plan(target, scope.domain, reason, utc_now().isoformat(), scope.addresses, scope.headlines, {})
        _write(settings, plan)
        return _carry_out(settings, plan, tell)


def finish_erasure(settings: Settings, *, tell: Tell) -> ErasureReport | None:
    """Brings an erasure that was killed to its end; None where there is none."""
    path = settings.archive / PLAN
    if not path.exists():
        return None
    plan = _Plan(**json.loads(path.read_text(encoding="utf-8")))
    tell("an erasure was broken off: it is brought to its end first")
    with quiet_archive(settings, tell):
        return _carry_out(settings, plan, tell)


def _carry_out(settings: Settings, plan: _Plan, tell: Tell) -> ErasureReport:
    scope, at = plan.scope, datetime.fromisoformat(plan.at)
    _bury(settings, plan, at, tell)
    held = scope.tombstones
    condemned = Condemned(
        lambda record: held.holds(record.headers.get("warc-target-uri"), record.headers.get("warc-chancery-asked-uri")),
        warehouse.mentions_of(scope.addresses, scope.headlines, scope.domain),
    )
    plan = replace(plan, digests={**plan.digests, **warehouse.survey(settings.shelves, condemned)})
    _write(settings, plan)
    struck = warehouse.strike(settings.shelves, condemned, at, plan.digests)
    with _catalogue(settings, tell) as catalogue:
        counts = warehouse.erase_rows(catalogue, scope, struck, plan.digests, at)
    _clear_away(settings, held, tell)
    wait = settings.limits.lock_wait_seconds
    warehouse.write_anew(settings.catalogue, wait_seconds=wait, on_wait=tell)
    # it holds words of what is erased; its schedule, or `chancery publish --search-index`, makes it anew
    warehouse.search_index_of(settings.published).unlink(missing_ok=True)
    if settings.published.exists():
        warehouse.publish(
            settings.catalogue,
            settings.published,
            full_text=settings.publish.full_text,
            wait_seconds=wait,
            on_wait=tell,
            **beside_catalogue(settings),
        )
    (settings.archive / PLAN).unlink()
    return ErasureReport(counts["articles"], counts["reports"], struck.groups, struck.mentions, struck.files)


def _bury(settings: Settings, plan: _Plan, at: datetime, tell: Tell) -> None:
    """Tombstones on the shelves, then in the catalogue: from here on nothing of it is taken any more."""
    kind = "domain" if plan.domain else "address"
    with _catalogue(settings, tell) as catalogue, Stacks(settings.shelves) as stacks:
        for hash in sorted(plan.scope.tombstones.hashes - catalogue.tombstones().hashes):
            note = tombstone(hash, kind, plan.reason, at)
            mark = stacks.note(note)
            stacks.sync()
            catalogue.load({"shelf_records": [note_row(note, mark)], "erasures": [erasure_row(note)]})


def _clear_away(settings: Settings, held: Tombstones, tell: Tell) -> None:
    """What lies beside shelves and catalogue and may hold some of it: told where it is more than a trace."""
    for path in orders_folder(settings).glob("*.json"):
        rows = json.loads(path.read_text(encoding="utf-8"))
        kept = [row for row in rows if not held.holds(row["url"])]
        if len(kept) < len(rows):
            _put(path, kept)
    old = [settings.archive / ASIDE, settings.replay, *settings.archive.glob(f"{settings.catalogue.stem}.before-*")]
    for path in [one for one in old if one.exists()]:
        tell(f"{path}: removed, because it may hold what was erased")
        for part in path.parent.glob(f"{path.name}*"):
            part.unlink()
    for path in (settings.shelves / "damaged").glob("*"):
        tell(f"{path}: removed, because a broken record can't be looked through")
        path.unlink()


@contextmanager
def quiet_archive(settings: Settings, tell: Tell) -> Iterator[None]:
    """No run asks a source and nobody writes the shelves until the block ends. Raises BusyError."""
    with _catalogue(settings, tell) as catalogue:
        names = [row["source"] for row in catalogue.source_states()]
    with ExitStack() as locks:
        for name in names:
            try:
                lock = FileLock(locks_folder(settings) / f"{name}.lock", thread_local=False)
                locks.enter_context(lock.acquire(timeout=settings.limits.lock_wait_seconds))
            except Timeout as error:
                raise BusyError(f"{name}: a run asks this source; erase when it has ended") from error
        writing = [file.name for file in warehouse.shelf_files(settings.shelves) if file.is_open]
        if writing:
            raise BusyError(f"{writing[0]}: a run writes this file of the shelves; erase when it has ended")
        yield


def _domain(target: str) -> str | None:
    """The domain that is meant; None for an address. Raises RunError for what is neither."""
    if target.startswith(("http://", "https://", "file://")):
        return None if urlsplit(target).path.strip("/") or urlsplit(target).query else _refused(target)
    if "/" in target or "." not in target or any(letter.isspace() for letter in target):
        _refused(target)
    return target.lower().strip(".").removeprefix("www.")


def _refused(target: str) -> Any:
    raise RunError(f"{target}: write the whole address of a page, with https://, or a domain, as paper.example")


def _catalogue(settings: Settings, tell: Callable[[str], None]) -> Catalogue:
    return open_catalogue(settings.catalogue, wait_seconds=settings.limits.lock_wait_seconds, on_wait=tell)


def _write(settings: Settings, plan: _Plan) -> None:
    _put(settings.archive / PLAN, asdict(plan))


def _put(path: Path, value: object) -> None:
    """A file that is there whole or not at all."""
    aside = path.with_suffix(".aside")
    with aside.open("w", encoding="utf-8") as lines:
        json.dump(value, lines, ensure_ascii=False)
        lines.flush()
        os.fsync(lines.fileno())
    os.replace(aside, path)
