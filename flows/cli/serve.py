"""`chancery serve`: the schedule, until it is ended."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from flows.cli.app import app
from flows.cli.show import ArchiveOption, ConfigOption, chosen_settings, say, told
from flows.settings import CONFIG


@app.command()
def serve(
    port: Annotated[
        int, typer.Option(min=1, max=65_535, help="Loopback port of Prefect's server; not used with PREFECT_API_URL.")
    ] = 4200,
    every: Annotated[int, typer.Option(min=5, help="Seconds between two looks at the clock.")] = 300,
    config: ConfigOption = None,
    archive: ArchiveOption = None,
) -> None:
    """Run the schedule: every five minutes the sources that are due, each by its own cron and time zone.

    What was missed while the machine was off runs once. Prefect's server is started on loopback unless
    PREFECT_API_URL names one; `prefect.yaml` gives the same as deployments for a work pool.  Example: chancery serve
    """
    from flows.serving import serve_schedule

    with told("serve"):
        settings = chosen_settings(config, archive)
        if config is not None:
            os.environ[CONFIG] = str(Path(config).resolve())
        serve_schedule(settings, port=port, every_seconds=every, tell=say)
