"""The search-index flow: what `chancery search` ranks by, made from the published file on a schedule of its own."""

from __future__ import annotations

import asyncio
from typing import Any

from prefect import flow, get_run_logger

import warehouse
from flows.settings import load_settings


@flow(name="search-index", description="Make the search index of the analysts' file, if that changed since.")
async def search_index() -> dict[str, Any]:
    """Where the index stands; red where it could not be made. An archive that never published has none."""
    settings, logger = load_settings(), get_run_logger()
    if not settings.published.is_file():
        logger.info("%s: there is nothing to index yet", settings.published)
        return {"changed": False, "path": None}
    wait = settings.limits.lock_wait_seconds
    report = await asyncio.to_thread(warehouse.index_search, settings.published, wait_seconds=wait)
    logger.info("indexed %s" if report.changed else "%s is up to date", report.path)
    return {"changed": report.changed, "path": str(report.path)}
