"""Which sources are due, each by the cron expression and time zone of its file; no orchestrator is asked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from cronsim import CronSim

from extractors import Schedule, Source

RETRY_AFTER = timedelta(minutes=30)
"""A source that failed is tried again so long after, or in its next slot."""


def due_sources(sources: Iterable[Source], states: Mapping[str, Mapping[str, Any]], now: datetime) -> tuple[str, ...]:
    """Names of the verified sources whose last slot was not served; `states` are the archive's, by source."""
    return tuple(
        source.name for source in sources if source.verified and is_due(source.schedule, states.get(source.name), now)
    )


def is_due(schedule: Schedule, state: Mapping[str, Any] | None, now: datetime) -> bool:
    """Whether the slot before `now` was not yet served, and no attempt of the last half hour failed."""
    if state is None or state["last_run_at"] is None:
        return True
    slot, served, tried = last_slot(schedule, now), state["last_success_at"], state["last_run_at"]
    if served is not None and served >= slot:
        return False
    return bool(tried < slot or now - tried >= RETRY_AFTER)


def last_slot(schedule: Schedule, now: datetime) -> datetime:
    """The moment at or before `now` that the cron expression names in the source's time zone."""
    second = now.replace(microsecond=0)  # or the part of a second before a slot would count as the slot
    local = second.astimezone(ZoneInfo(schedule.timezone)) + timedelta(seconds=1)
    return next(CronSim(schedule.cron, local, reverse=True)).astimezone(UTC)
