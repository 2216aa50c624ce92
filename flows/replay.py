"""The replay flow: the archive read again from its shelves, as Prefect sees it."""

from __future__ import annotations

import asyncio
from datetime import date
from typing import Annotated, Any

from prefect import flow, get_run_logger
from prefect.artifacts import acreate_table_artifact
from pydantic import Field

from flows.replaying import ReplayOrder, accept_staged, replay_difference, stage_replay
from flows.settings import load_settings

Sources = Annotated[list[str] | None, Field(description="Names of sources; empty: all that have pages on the shelves.")]
Since = Annotated[date | None, Field(description="Only pages captured on this day (UTC) or later.")]
Until = Annotated[date | None, Field(description="Only pages captured on this day (UTC) or earlier.")]
Accept = Annotated[bool, Field(description="Take the new readings in at once; else they wait for `replay --accept`.")]


@flow(name="replay", description="Read shelved pages again with today's readers; what would change is an artifact.")
async def replay(
    sources: Sources = None, since: Since = None, until: Until = None, accept: Accept = False
) -> dict[str, Any]:
    """One replay, no network. A run that was broken off goes on where it was when the same order is given again."""
    settings, tell = load_settings(), get_run_logger().info
    order = ReplayOrder(tuple(sources or ()), since, until)
    report = await asyncio.to_thread(stage_replay, settings, order, tell=tell)
    found = await asyncio.to_thread(replay_difference, settings, tell=tell)
    description = f"Replay {report.run_id}: what would change"
    await acreate_table_artifact(key="replay", table=[dict(row) for row in found.changes], description=description)
    counts = dict(await asyncio.to_thread(accept_staged, settings, tell=tell)) if accept else {}
    return {**found.totals, **counts, "unread": report.unread}
