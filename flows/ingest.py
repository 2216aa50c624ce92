"""The ingest flow: one run as Prefect sees it, a task a source, and its table as an artifact."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from dataclasses import asdict, dataclass
from datetime import date
from typing import Annotated, Any, cast

from prefect import State, flow, get_run_logger, task
from prefect.artifacts import acreate_table_artifact
from prefect.cache_policies import NO_CACHE
from pydantic import Field

from flows.desk import Order, SourceReport, Watch, unwatched
from flows.errors import RunError
from flows.run import RunReport, Step, report_rows, run_ingest
from flows.settings import Settings, Tell, load_settings

Sources = Annotated[
    list[str] | None, Field(description="Names of sources as `chancery sources` lists them; empty: all verified ones.")
]
Since = Annotated[date | None, Field(description="Only articles that the feed dates on this day or later.")]
Until = Annotated[date | None, Field(description="Only articles that the feed dates on this day or earlier.")]
Limit = Annotated[int | None, Field(description="At most so many pages a source.", ge=1)]


@dataclass(slots=True)
class Errand:
    """What the command line hands to a flow beside its parameters, and gets back from it."""

    settings: Settings
    tell: Tell | None = None
    """None: Prefect's log."""
    on_done: Callable[[SourceReport], None] = lambda report: None
    watch: Watch = unwatched
    order: Order | None = None
    """The whole order, of which the flow's parameters show a part: a list of addresses is no parameter."""
    report: RunReport | None = None


ERRAND: ContextVar[Errand | None] = ContextVar("errand", default=None)


@flow(name="ingest", description="Fetch, shelve, read and catalogue what the sources have that is new.")
async def ingest(
    sources: Sources = None, since: Since = None, until: Until = None, limit: Limit = None
) -> dict[str, Any]:
    """One run for some or all sources. Red where a source failed: its line in the table says why."""
    return await conduct(Order(tuple(sources or ()), since, until, limit))


async def conduct(order: Order) -> dict[str, Any]:
    """The run inside a flow. Raises RunError where a source failed, so that the flow is red."""
    errand = ERRAND.get() or Errand(load_settings())
    order = errand.order or order
    report = errand.report = await run_ingest(
        errand.settings,
        order,
        tell=errand.tell or get_run_logger().info,
        each=_as_task,
        on_done=errand.on_done,
        watch=errand.watch,
    )
    await acreate_table_artifact(key="ingest", table=report_rows(report), description=f"Run {report.run_id}")
    failed = [one for one in report.sources if one.state == "failed"]
    if failed:
        reasons = "; ".join(f"{one.source} ({one.note})" for one in failed)
        raise RunError(f"{len(failed)} of {len(report.sources)} sources failed: {reasons}"[:2000])
    return report.summary


def _as_task(step: Step, source: str) -> Step:
    """One task a source a run, red where the source failed; it takes a name and gives counts, never a page."""
    reports: dict[str, SourceReport] = {}

    @task(name="source", task_run_name=source, cache_policy=NO_CACHE, persist_result=False)
    async def ask(name: str) -> dict[str, Any]:
        report = reports[name] = await step(name)
        if report.state == "failed":
            raise RunError(report.note or f"{name}: failed")
        return asdict(report)

    async def one(name: str) -> SourceReport:
        # Prefect's signature speaks of a State; of an async task it is one to be awaited
        state = await cast("Awaitable[State[dict[str, Any]]]", ask(name, return_state=True))
        if name not in reports:
            await state.aresult()  # broken off from outside: raises what happened
        return reports[name]

    return one


async def run_once(order: Order, errand: Errand) -> RunReport:
    """The flow from the command line; sources that failed stand in the report. Raises what kept it from its end."""
    errand.order = order
    token = ERRAND.set(errand)
    try:
        state = await ingest(list(order.sources) or None, order.since, order.until, order.limit, return_state=True)
    finally:
        ERRAND.reset(token)
    if errand.report is None:
        await state.aresult(raise_on_failure=True)
        raise RunError(f"the run came to no end ({state.name}): {state.message}")
    return errand.report
