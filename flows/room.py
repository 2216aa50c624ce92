"""Room on the disk, looked at before a run begins, and what the operator keeps no longer."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import warehouse
from flows.errors import RunError
from flows.settings import Settings, Tell
from flows.states import ask_catalogue
from warehouse import Catalogue


def check_room(settings: Settings, *, tell: Tell) -> None:
    """Raises RunError where a run like those before would pass the budget, or leave less of the disk than is wanted.

    What a run takes is taken from the archive: as much as the largest of the last ones put on the shelves.
    """
    keep = settings.keep
    expected = ask_catalogue(settings, warehouse.bytes_of_a_run, empty=0, tell=tell)
    if keep.disk_budget_bytes:
        used = sum(_sizes(settings.archive))
        if used + expected > keep.disk_budget_bytes:
            raise RunError(
                f"{settings.archive}: holds {used:,} bytes, and a run like the last ones adds {expected:,}: more than "
                f"keep.disk_budget_bytes = {keep.disk_budget_bytes:,}; raise it, or set keep.page_days and call "
                "`chancery shelves retire`"
            )
    place = next((one for one in (settings.archive, *settings.archive.absolute().parents) if one.exists()), Path("/"))
    free = shutil.disk_usage(place).free
    if free - expected < keep.least_free_bytes:
        raise RunError(
            f"{settings.archive}: {free:,} bytes are free on its disk, a run like the last ones takes {expected:,}, "
            f"and keep.least_free_bytes = {keep.least_free_bytes:,} are to be left; make room, or lower it"
        )


def _sizes(folder: Path) -> Iterator[int]:
    """Bytes on the disk of every file; the holes that erasures leave take none."""
    for place, _, names in os.walk(folder):
        for name in names:
            try:
                yield os.stat(os.path.join(place, name)).st_blocks * 512
            except FileNotFoundError:  # another run's, gone meanwhile
                continue


def limits_of(settings: Settings, now: datetime) -> dict[str, datetime]:
    """By kind of capture, the moment before which captures are kept no longer."""
    days = {"page": settings.keep.page_days, "feed": settings.keep.feed_days, "rules": settings.keep.rules_days}
    kinds = {"page": ("page",), "feed": ("feed", "sitemap", "listing"), "rules": ("robots", "tdm")}
    return {kind: now - timedelta(days=count) for name, count in days.items() if count for kind in kinds[name]}


def retire(settings: Settings, now: datetime, *, tell: Tell) -> tuple[int, int]:
    """Strikes captures that are older than they are kept, and gives their number and that of rewritten files.

    The latest capture of each address stays, and one whose body a kept revisit refers to; articles and reports stay.
    Raises RunError where nothing is to be retired by the settings, BusyError, WarehouseError.
    """
    from flows.erasing import finish_erasure, quiet_archive

    limits = limits_of(settings, now)
    if not limits:
        raise RunError("keep.page_days, keep.feed_days and keep.rules_days are 0: everything is kept for ever")
    finish_erasure(settings, tell=tell)
    with quiet_archive(settings, tell):

        def old(catalogue: Catalogue) -> set[tuple[str, datetime]]:
            return warehouse.retired_captures(catalogue, limits)

        none: set[tuple[str, datetime]] = set()
        gone = ask_catalogue(settings, old, empty=none, tell=tell)
        struck = warehouse.strike(settings.shelves, warehouse.condemn(gone), now, {})

        def unshelve(catalogue: Catalogue) -> None:
            warehouse.unshelve(catalogue, struck, now)

        ask_catalogue(settings, unshelve, empty=None, tell=tell)
    return struck.groups, struck.files
