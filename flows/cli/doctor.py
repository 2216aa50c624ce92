"""`chancery doctor`: whether everything that a run needs is in order."""

from __future__ import annotations

from dataclasses import asdict

import typer

from flows.cli.app import app
from flows.cli.show import FAILED, ArchiveOption, ConfigOption, JsonOption, chosen_settings, say, show_rows, told


@app.command()
def doctor(config: ConfigOption = None, archive: ArchiveOption = None, as_json: JsonOption = False) -> None:
    """Look at settings, archive, disk, locks, clock, Prefect, sources, catalogue, shelves and the published file.

    Each line says what was looked at and what to do; nothing is changed. The exit code is 1 where something fails.
    Example: chancery doctor --archive ./chancery-archive
    """
    with told("doctor"):
        settings = chosen_settings(config, archive)
        from flows.doctor import examine

        checks = examine(settings)
    counts = {state: sum(check.state == state for check in checks) for state in ("ok", "warn", "fail")}
    title = ", ".join(f"{count} {state}" for state, count in counts.items())
    show_rows([asdict(check) for check in checks], title=title, as_json=as_json)
    if counts["fail"]:
        say(f"chancery doctor: {counts['fail']} of {len(checks)} checks failed; what to do stands beside each")
        raise typer.Exit(FAILED)
