"""`chancery backup` and `chancery restore`: the archive in another folder, and back."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from flows.cli.app import app
from flows.cli.show import ArchiveOption, ConfigOption, JsonOption, chosen_settings, say, show_rows, told

if TYPE_CHECKING:
    from warehouse import BackupReport


@app.command()
def backup(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Where the backup stands, or is to stand.")],
    check: Annotated[
        bool, typer.Option("--check", help="Copy nothing: read the backup whole and compare its digests.")
    ] = False,
    config: ConfigOption = None,
    archive: ArchiveOption = None,
    as_json: JsonOption = False,
) -> None:
    """Bring a backup up to the archive, beside whatever runs: only what is new is copied, each file with its digest.

    A backup that is broken off leaves the one before it whole. What can be made again is left out: the published file,
    locks, Prefect's own files.  Example: chancery backup /mnt/disk/chancery
    """
    from warehouse import WarehouseError, back_up, check_backup, search_index_of

    with told("backup", WarehouseError):
        settings = chosen_settings(config, archive)
        if check:
            report = check_backup(folder)
        else:
            report = back_up(
                settings.archive,
                settings.catalogue,
                folder,
                datetime.now(UTC),
                leave_out=(settings.published, search_index_of(settings.published)),
                wait_seconds=settings.limits.lock_wait_seconds,
                on_wait=say,
            )
    _show(report, f"{folder} {'is whole' if check else 'is up to the archive'}", as_json=as_json)


@app.command()
def restore(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The backup.", exists=True, file_okay=False)],
    force: Annotated[
        bool, typer.Option("--force", help="Where an archive stands already: move it aside. Nothing is deleted.")
    ] = False,
    config: ConfigOption = None,
    archive: ArchiveOption = None,
    as_json: JsonOption = False,
) -> None:
    """Make the archive anew from a backup: every file is checked, and nothing is changed before all of them are whole.

    Afterwards `chancery ingest` picks up what was shelved and not yet catalogued, and `chancery publish` makes the
    analysts' file.  Example: chancery restore /mnt/disk/chancery --archive ./chancery-archive
    """
    from warehouse import WarehouseError
    from warehouse import restore as restored

    with told("restore", WarehouseError):
        settings = chosen_settings(config, archive)
        report = restored(folder, settings.archive, datetime.now(UTC), force=force)
    _show(report, f"{settings.archive} is as {folder} holds it", as_json=as_json)
    if report.moved_aside:
        say(f"what stood there is kept in {report.moved_aside}")


def _show(report: BackupReport, title: str, *, as_json: bool) -> None:
    row = {
        "files": report.files,
        "bytes": report.bytes,
        "copied_files": report.copied_files,
        "copied_bytes": report.copied_bytes,
        "seconds": round(report.seconds, 1),
    }
    show_rows([row], title=title, as_json=as_json)
