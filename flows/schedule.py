"""Which flow runs when: one tick every five minutes takes the sources that are due, each by its own clock.

Prefect starts a process a run, so a tick does all due sources in one. What was missed while the machine was off is due
once, however many slots went by; ticks that queued up meanwhile find nothing left to do.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from prefect import flow, get_run_logger

from flows.desk import Order
from flows.due import due_sources
from flows.ingest import Limit, conduct
from flows.settings import load_settings
from flows.sources import declared_sources
from flows.states import source_states

TICK_SECONDS = 300


@flow(name="tick", description="Ingest the sources whose time has come.")
async def tick(limit: Limit = None) -> dict[str, Any]:
    """One look at the clock of every verified source."""
    settings, logger = load_settings(), get_run_logger()
    declared = declared_sources(settings)
    due = due_sources(declared.values(), source_states(settings, tell=logger.info), datetime.now(UTC))
    if not due:
        logger.info("no source is due")
        return {"sources": 0}
    logger.info("due: %s", ", ".join(due))
    return await conduct(Order(due, limit=limit))
