"""One run from its first line in the ledger to its last; plain asyncio, so that it runs with Prefect and without.

    report = asyncio.run(run_ingest(settings, Order()))

`each` wraps the step of one source: the Prefect flow makes a task of it, the tests leave it as it is.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any, cast

from extractors import Entry, Source
from flows.asking import ask_source, due_entries, find_entries
from flows.cart import COUNTS
from flows.desk import Clock, Desk, Order, SourceReport, Watch, open_desk, unwatched, utc_now
from flows.erasing import finish_erasure
from flows.errors import FlowsError, RunError
from flows.fetch import HostState, Outcome
from flows.house_rules import shelve_rules
from flows.recovery import recover
from flows.room import check_room
from flows.rows import host_row, reject_row, rules_row, rules_told, source_row
from flows.settings import Settings, Tell
from flows.sources import chosen_sources, declared_sources
from warehouse import LoadError, StacksError, WarehouseError

Step = Callable[[str], Awaitable[SourceReport]]


@dataclass(frozen=True, slots=True)
class RunReport:
    """What became of a run; the same stands in the archive's run tables."""

    run_id: str
    state: str
    """done, or failed where at least one source failed."""
    sources: tuple[SourceReport, ...] = ()
    recovered: int = 0
    counts: Mapping[str, int] = field(default_factory=dict)
    """articles_new, revisions_new, articles_unchanged, reports, rejects."""

    @property
    def summary(self) -> dict[str, Any]:
        names = ("listed", "new", "unchanged", "fetched", "read", "visits")
        totals = {name: sum(getattr(report, name) for report in self.sources) for name in names}
        failed = [report.source for report in self.sources if report.state == "failed"]
        return {"sources": len(self.sources), "failed": failed, "recovered": self.recovered, **totals, **self.counts}


def _as_it_is(step: Step, source: str) -> Step:
    return step


async def run_ingest(
    settings: Settings,
    order: Order,
    *,
    tell: Tell = lambda line: None,
    each: Callable[[Step, str], Step] = _as_it_is,
    on_done: Callable[[SourceReport], None] = lambda report: None,
    now: Callable[[], datetime] = utc_now,
    clock: Clock | None = None,
    watch: Watch = unwatched,
) -> RunReport:
    """The whole story for the ordered sources. Raises RunError, SourceError or WarehouseError where it can't begin."""
    declared = declared_sources(settings)
    chosen = _chosen(declared, order)
    check_contact(settings, chosen)
    await asyncio.to_thread(finish_erasure, settings, tell=tell)
    await asyncio.to_thread(check_room, settings, tell=tell)
    async with open_desk(settings, declared, tell=tell, clock=clock or Clock(now=now), watch=watch) as desk:
        await _begin(desk, order, chosen)

        async def step(name: str) -> SourceReport:
            return await _guarded(desk, chosen[name], order)

        async def one(name: str) -> SourceReport:
            report = await each(step, name)(name)
            on_done(report)
            return report

        try:
            recovered = await recover(desk)
            reports = await _all_of([one(name) for name in chosen])
            await shelve_rules(desk)
            return await _end(desk, reports, recovered)
        except BaseException as error:
            await _break_off(desk, error)
            raise


async def plan_ingest(settings: Settings, order: Order, *, tell: Tell = lambda line: None) -> dict[str, list[Entry]]:
    """What a run would fetch now, by source: asks the feeds, writes nothing but the catalogue's own folder."""
    declared = declared_sources(settings)
    chosen = _chosen(declared, order)
    check_contact(settings, chosen)
    async with open_desk(settings, declared, tell=tell) as desk:
        await _remember(desk)
        for line in order.unlisted:
            tell(line.reason)

        async def plan(source: Source) -> list[Entry]:
            found = await find_entries(desk, source, order)
            for problem in found.problems:
                tell(f"{source.name}: {problem}")
            return await due_entries(desk, source, found.entries, order)

        plans = await asyncio.gather(*(plan(source) for source in chosen.values()))
    return dict(zip(chosen, plans, strict=True))


def _chosen(declared: dict[str, Source], order: Order) -> dict[str, Source]:
    """The sources that the order asks; a list of addresses that names none asks none. Raises RunError."""
    is_empty_list = order.listed is not None and not order.listed
    return {} if is_empty_list else chosen_sources(declared, order.sources)


def check_contact(settings: Settings, chosen: Mapping[str, Source]) -> None:
    """Sites must be able to reach whoever asks them: without a contact a run stays with the sample."""
    real = [name for name, source in chosen.items() if not source.is_sample]
    if real and not settings.contact:
        raise RunError(
            f"{real[0]}: this run would leave the machine, and found no contact in the settings; sites want to know "
            'who asks: write contact = "mailto:you@your.org" into chancery.toml, or set CHANCERY_CONTACT'
        )


async def _begin(desk: Desk, order: Order, chosen: Mapping[str, Source]) -> None:
    rows, at = [source_row(source) for source in chosen.values()], desk.now()

    def work(catalogue: Any) -> None:
        catalogue.register_sources(rows)
        catalogue.begin_run(desk.run_id, "ingest", at, order.parameters)

    await desk.clerk.do(work)
    await _remember(desk)
    for line in order.unlisted:
        row = reject_row(desk.run_id, line.source, line.url, "page", "discover", line.reason, at=at)
        await desk.cart.add({"rejects": [row]})
    await desk.cart.load()


async def _remember(desk: Desk) -> None:
    """What earlier runs were told by hosts: rests that are not over, and house rules that still hold."""
    at = desk.now()
    states, rules = await desk.clerk.do(lambda catalogue: (catalogue.host_states(at), catalogue.house_rules(at)))
    desk.fetcher.remember({host: HostState(rest_until, failures) for host, (rest_until, failures) in states.items()})
    desk.fetcher.remember_rules(
        {
            address: rules_told(address, cast("Outcome", outcome), status, body, at)
            for address, (outcome, status, body) in rules.items()
        }
    )


async def _all_of(rounds: Sequence[Coroutine[Any, Any, SourceReport]]) -> tuple[SourceReport, ...]:
    """All reports, in order; what ends one round by force ends them all."""
    tasks = [asyncio.ensure_future(one) for one in rounds]
    try:
        return tuple(await asyncio.gather(*tasks))
    except BaseException:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        raise


async def _break_off(desk: Desk, error: BaseException) -> None:
    """The last line of a run that can't go on, where the ledger can still be written; what sites told it is kept."""
    state, at = "failed" if isinstance(error, Exception) else "stopped", desk.now()
    summary = {"error": str(error) or type(error).__name__}
    try:
        await desk.clerk.do(lambda catalogue: catalogue.end_run(desk.run_id, at, state, summary))
    except WarehouseError as unwritten:
        desk.tell(f"run {desk.run_id}: its end could not be written down ({unwritten})")
    try:
        await shelve_rules(desk)
    except WarehouseError as unwritten:
        desk.tell(f"run {desk.run_id}: what sites said of their house could not be kept ({unwritten})")


async def _guarded(desk: Desk, source: Source, order: Order) -> SourceReport:
    """The round of one paper; what it can't go on with is its own failure, told in the ledger, not the others'."""
    try:
        return await ask_source(desk, source, order)
    except (FlowsError, StacksError, LoadError) as error:  # a full disk or a catalogue that won't open ends the run
        report = SourceReport(source.name, state="failed", note=str(error)[:1000])
        desk.tell(f"{source.name}: {error}")
        row = report.row(desk.run_id)
        await desk.clerk.do(lambda catalogue: catalogue.load({"run_sources": [row]}))
        return report


async def _end(desk: Desk, reports: tuple[SourceReport, ...], recovered: int) -> RunReport:
    state = "failed" if any(report.state == "failed" for report in reports) else "done"
    counts = {name: desk.cart.loaded[name] for name in COUNTS}
    report = RunReport(desk.run_id, state, reports, recovered, counts)
    at = desk.now()
    hosts = [host_row(host, told, at) for host, told in desk.fetcher.host_states().items()]
    rules = [rules_row(address, answer, answer.asked_at or at) for address, answer in desk.fetcher.rules_told().items()]

    def work(catalogue: Any) -> None:
        catalogue.load({"hosts": hosts, "house_rules": rules})
        catalogue.resolve()
        catalogue.end_run(desk.run_id, at, state, report.summary)

    await desk.clerk.do(work)
    return report


def report_rows(report: RunReport) -> list[dict[str, Any]]:
    """The table of a run, a row a source, for people."""
    hidden = {"note"} if not any(one.note for one in report.sources) else set()
    return [
        {name: value for name, value in {**asdict(one), "seconds": round(one.seconds, 1)}.items() if name not in hidden}
        for one in report.sources
    ]
