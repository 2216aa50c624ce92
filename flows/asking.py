"""The round of one paper: feed -> entries -> captures -> shelf -> records -> rows (steps 2 to 9 of the house)."""

from __future__ import annotations

import asyncio
import time
from collections import Counter, deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice

from extractors import Entry, Source, may_concern_visit
from flows.cart import Held
from flows.desk import Desk, Order, SourceReport, source_lock
from flows.discover import ChannelSeen, channels, is_within, look
from flows.discover.addresses import cleaned, host_of, identity
from flows.fetch import FetchResult, Validators
from flows.orders import end_orders, write_orders
from flows.reading import PageTask, read_feed_in
from flows.rows import (
    Batch,
    Row,
    asked_of,
    capture_row,
    fetch_row,
    page_rows,
    reject_row,
    validators_row,
    visit_count,
)
from flows.sources import manners_of
from warehouse import ShelvedNote, StacksError

UNCHANGED = "nothing new: its feeds are as they were"
FRESH = "nothing new: its feeds ask not to be asked yet"


@dataclass(frozen=True, slots=True)
class _Before:
    """What the archive has of a page that is asked for again."""

    validators: Validators | None
    held: Held | None


@dataclass(frozen=True, slots=True)
class Found:
    """What the paper's channels brought: every look, and the addresses, each once."""

    looks: tuple[ChannelSeen, ...]
    entries: tuple[Entry, ...]

    @property
    def is_unchanged(self) -> bool:
        """Whether every channel said that it holds what it held."""
        return bool(self.looks) and all(seen.result.outcome in ("not_modified", "fresh") for seen in self.looks)

    @property
    def note(self) -> str | None:
        """What an operator should know of the channels."""
        if self.problems:
            return " · ".join(self.problems)[:1000]
        if not self.is_unchanged:
            return None
        return FRESH if all(seen.result.outcome == "fresh" for seen in self.looks) else UNCHANGED

    @property
    def problems(self) -> list[str]:
        return [seen.problem for seen in self.looks if seen.problem]


async def ask_source(desk: Desk, source: Source, order: Order) -> SourceReport:
    """All steps for one source; what it brought is in the catalogue when this returns."""
    async with source_lock(desk.settings, source.name, desk.tell):
        began, report = time.monotonic(), SourceReport(source.name)
        found = await find_entries(desk, source, order)
        await _shelve_channels(desk, source, found, report)
        wanted, is_whole = await _due(desk, source, found, order, report)
        write_orders(desk.settings, source.name, wanted)
        is_settled = await _take_pages(desk, source, wanted, report)
        report.seconds = time.monotonic() - began
        await _close(desk, found, report, are_channels_done=is_whole and is_settled)
        end_orders(desk.settings, source.name)
        return report


async def find_entries(desk: Desk, source: Source, order: Order) -> Found:
    """Steps 2 and 3: every channel asked whether it changed, and read; a list of addresses takes their place."""
    if order.listed is not None:
        return Found((), order.listed.get(source.name, ()))
    is_backfill = order.since is not None
    limits, places = desk.settings.limits, channels(source, is_backfill=is_backfill)
    urls, memory = [place.url for place in places], desk.memory
    known, resting = await asyncio.gather(memory.validators(urls), memory.at_rest(urls))
    looks = await asyncio.gather(
        *(
            look(
                place,
                desk.fetcher,
                validators=known,
                memory=memory,
                at_rest=resting,
                read=partial(read_feed_in, desk.pool),
                since=order.since,
                max_bytes=limits.feed_bytes,
                **manners_of(source),
            )
            for place in places
        )
    )
    everything = [seen for first in looks for seen in first.everything]
    entries: dict[str, Entry] = {}
    for entry in (entry for seen in everything for entry in seen.entries):
        entries.setdefault(identity(entry.url), replace(entry, url=cleaned(entry.url)))
    return Found(tuple(everything), tuple(entries.values()))


async def due_entries(desk: Desk, source: Source, entries: Iterable[Entry], order: Order) -> list[Entry]:
    """Step 4: those of the entries that are new or due for another look, asked for once."""
    wanted = likely_entries(source, entries, order)
    asked = [entry for entry in wanted if is_within(entry, order.since, order.until)]
    if not asked:
        return []
    due, erased = await desk.memory.due([entry.url for entry in asked]), desk.tombstones
    return list(islice((entry for entry in asked if entry.url in due and not erased.holds(entry.url)), order.limit))


def likely_entries(source: Source, entries: Iterable[Entry], order: Order) -> list[Entry]:
    """The entries that may concern a visit, where the source file asks for no others; a list is taken as it is."""
    takes_all = source.discover.fetch == "all" or order.listed is not None
    return [entry for entry in entries if takes_all or may_concern_visit(entry)]


async def _due(
    desk: Desk, source: Source, found: Found, order: Order, report: SourceReport
) -> tuple[list[Entry], bool]:
    """The entries to fetch, and whether they are all that are due."""
    wanted = await due_entries(desk, source, found.entries, order)
    report.listed, report.new = len(found.entries), len(wanted)
    report.unchanged = len(likely_entries(source, found.entries, order)) - report.new
    return wanted, order.is_whole and (order.limit is None or len(wanted) < order.limit)


async def _shelve_channels(desk: Desk, source: Source, found: Found, report: SourceReport) -> None:
    """Feeds are shelved too: what a paper announced, and when, can be looked up later."""
    held = await desk.memory.held([seen.channel.url for seen in found.looks])
    for seen in found.looks:
        rows: Batch = {"fetches": [fetch_row(desk.run_id, source.name, seen.channel.kind, seen.result)]}
        mark, earlier = None, held.get(seen.channel.url)
        if _lists_erased(desk, seen):
            told = replace(seen.result, detail="it lists what was erased, and is not kept")
            rows["shelf_records"] = _noted(desk, source, seen.channel.kind, told, None)
        elif seen.result.capture:
            asked = asked_of(seen.result, desk.run_id)
            mark = desk.cart.shelve(
                seen.result.capture, source=source.name, kind=seen.channel.kind, asked=asked, held=earlier
            )
            rows["captures"] = [
                capture_row(seen.result.capture, mark, run_id=desk.run_id, source=source.name, kind=seen.channel.kind)
            ]
        else:
            rows["shelf_records"] = _noted(desk, source, seen.channel.kind, seen.result, earlier)
        if seen.problem and seen.result.is_asked:
            report.rejects += 1
            stage, at = "discover" if mark else "fetch", seen.result.asked_at or desk.now()
            rows["rejects"] = [
                reject_row(desk.run_id, source.name, seen.channel.url, "feed", stage, seen.problem, at=at, mark=mark)
            ]
        await desk.cart.add(rows)


def _lists_erased(desk: Desk, seen: ChannelSeen) -> bool:
    """Whether a feed prints headline or text of what was erased: it is read, and not shelved."""
    return any(desk.tombstones.holds(entry.url) for entry in seen.entries)


def _noted(
    desk: Desk, source: Source, kind: str, result: FetchResult, held: Held | None, entry: Entry | None = None
) -> list[Row]:
    """What a site answered in the place of a page is shelved as well; a question that was not put is none."""
    if result.attempts == 0:
        return []
    asked = asked_of(result, desk.run_id, entry)
    note = ShelvedNote(result.url, source.name, kind, asked.asked_at, asked)
    return desk.cart.note(note, held=held if result.outcome == "not_modified" else None)


async def _take_pages(desk: Desk, source: Source, entries: Sequence[Entry], report: SourceReport) -> bool:
    """Steps 5 to 8 for every entry, some at a time; whether each of them was settled for good."""
    urls = [entry.url for entry in entries]
    known, held = await asyncio.gather(desk.memory.validators(urls), desk.memory.held(urls))
    waiting = iter(entries)
    total, done = Counter(host_of(entry.url) for entry in entries), Counter[str]()

    async def take() -> bool:
        is_settled = True
        try:
            for entry in waiting:
                before = _Before(known.get(entry.url), held.get(entry.url))
                result = await _take_page(desk, source, entry, before, report)
                is_settled = is_settled and not result.is_transient
                host = host_of(entry.url)
                done[host] += 1
                desk.watch(host, done[host], total[host], result.outcome)
        except BaseException:
            deque(waiting, maxlen=0)  # what is under way is brought to its end, and nothing else is begun
            raise
        return is_settled

    # twice as many as may ask at once: one half is read while the other is fetched, and few pages are held in memory
    hands = min(2 * desk.settings.limits.requests_per_host, len(entries))
    results = await asyncio.gather(*(take() for _ in range(hands)), return_exceptions=True)
    for result in results:
        if isinstance(result, BaseException):
            raise result
    return all(results)


async def _take_page(desk: Desk, source: Source, entry: Entry, before: _Before, report: SourceReport) -> FetchResult:
    result = await desk.fetcher.fetch(entry.url, validators=before.validators, **manners_of(source))
    if desk.tombstones.holds(*result.redirects):  # it leads to what was erased: as if it had not been asked for
        return replace(result, outcome="gone", capture=None)
    rows: Batch = {"fetches": [fetch_row(desk.run_id, source.name, "page", result)]}
    if result.outcome in ("ok", "not_modified"):
        rows["validators"] = [validators_row(entry.url, result.validators, desk.now(), result.fresh_seconds)]
    if result.capture:
        report.fetched += 1
        rows |= await _read_page(desk, source, entry, result, before, report)
    else:
        rows["shelf_records"] = _noted(desk, source, "page", result, before.held, entry)
    if result.outcome == "not_modified":
        report.new, report.unchanged = report.new - 1, report.unchanged + 1
    elif not result.capture:
        reason, at = result.detail or result.outcome, result.asked_at or desk.now()
        rows["rejects"] = [reject_row(desk.run_id, source.name, entry.url, "page", "fetch", reason, at=at)]
    report.rejects += len(rows.get("rejects", ()))
    await desk.cart.add(rows)
    return result


async def _read_page(
    desk: Desk, source: Source, entry: Entry, result: FetchResult, before: _Before, report: SourceReport
) -> Batch:
    """Steps 6 to 8: shelved before it is understood, then read by a worker."""
    capture = result.capture
    assert capture is not None
    try:
        asked = asked_of(result, desk.run_id, entry)
        mark = desk.cart.shelve(capture, source=source.name, kind="page", asked=asked, held=before.held)
    except StacksError as error:  # this one page can't be shelved; a full disk is another error and ends the run
        return {
            "rejects": [
                reject_row(desk.run_id, source.name, entry.url, "page", "shelve", str(error), at=capture.captured_at)
            ]
        }
    task = PageTask(
        url=capture.final_url,
        data=capture.body,
        charset=capture.charset,
        source=source,
        captured_on=capture.captured_at.date(),
        entry=entry,
        rules=True,
    )
    record = await desk.reader.read(task)
    if "error" not in record:
        report.read += 1
        report.visits += visit_count(record)
    return page_rows(capture, mark, record, run_id=desk.run_id, source=source.name)


async def _close(desk: Desk, found: Found, report: SourceReport, *, are_channels_done: bool) -> None:
    """Loads what is left on the cart with the source's line in the run ledger; and, once all that its channels named is
    settled, with what to ask them with."""
    problems = found.problems
    if problems and len(problems) == len(found.looks):
        report.state = "failed"
    report.note = found.note
    # what to ask "changed since?" with is kept once all that a channel listed is settled, or a feed that says "not
    # modified" would hide the pages that are still to be had; its rest is kept at once: its list stands on the shelf
    rows: Batch = {
        "run_sources": [report.row(desk.run_id)],
        "validators": [
            validators_row(
                seen.channel.url,
                seen.result.validators if are_channels_done else Validators(),
                seen.result.asked_at or desk.now(),
                seen.ttl_seconds,
            )
            for seen in found.looks
            if seen.result.outcome in ("ok", "not_modified") and not seen.problem and not _lists_erased(desk, seen)
            if are_channels_done or seen.ttl_seconds
        ],
    }
    # one transaction for both, and for other sources that end meanwhile
    await desk.cart.add(rows)
    await desk.cart.load()
