"""The publish flow: a fresh file for the analysts, when something changed."""

from __future__ import annotations

import asyncio
from typing import Annotated, Any

from prefect import flow, get_run_logger
from pydantic import Field

import warehouse
from flows.holders import beside_catalogue
from flows.settings import Settings, Tell, load_settings

FullText = Annotated[
    bool | None,
    Field(description="Bodies, ledes and bylines too: only where you may pass them on. Empty: as the settings say."),
]


@flow(name="publish", description="Build the analysts' file aside and swap it in, if anything changed.")
async def publish(full_text: FullText = None) -> dict[str, Any]:
    """What was published, by table; red where the file could not be built."""
    logger = get_run_logger()
    report = await publish_once(load_settings(), full_text=full_text, tell=logger.info)
    logger.info("published %s" if report.changed else "%s is up to date", report.path)
    return {"changed": report.changed, "path": str(report.path), "tables": dict(report.tables)}


async def publish_once(settings: Settings, *, full_text: bool | None, tell: Tell) -> warehouse.PublishReport:
    """The same without Prefect. Raises PublishError, CatalogueError."""
    return await asyncio.to_thread(
        warehouse.publish,
        settings.catalogue,
        settings.published,
        full_text=settings.publish.full_text if full_text is None else full_text,
        wait_seconds=settings.limits.lock_wait_seconds,
        on_wait=tell,
        **beside_catalogue(settings),
    )
