"""What a paper's feeds said of its pages, and when: read from the shelves, for pages that are read again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from extractors import Entry, FeedError, Source, read_feed
from flows.discover import channels
from flows.discover.addresses import cleaned
from flows.settings import Tell
from warehouse import PageOnShelf, Stacks, StacksError

_Told = tuple[datetime, Entry]


class FeedHistory:
    """`history.entry(url, at)`: what the feeds said of an address when it was captured at `at`."""

    def __init__(self, told: Mapping[str, Sequence[_Told]]) -> None:
        self._told = told

    @classmethod
    def read(cls, shelves: Path, feeds: Iterable[PageOnShelf], source: Source | None, *, tell: Tell) -> FeedHistory:
        """The history of one source's captured feeds, sitemaps and listing pages."""
        places = {place.url: (n, place.selector) for n, place in enumerate(channels(source))} if source else {}
        runs: dict[str | None, list[PageOnShelf]] = defaultdict(list)
        for feed in feeds:
            runs[feed.run_id].append(feed)
        told: dict[str, list[_Told]] = defaultdict(list)
        for began, looks in sorted(((min(one.captured_at for one in run), run) for run in runs.values()), key=_first):
            # in one run the channel that stands first in the source's file is believed, as when the pages came
            for feed in sorted(looks, key=lambda one: (places.get(one.url, (len(places), None))[0], one.captured_at)):
                for entry in _entries(shelves, feed, places.get(feed.url, (0, None))[1], tell):
                    earlier = told[cleaned(entry.url)]
                    if not earlier or earlier[-1][0] != began:
                        earlier.append((began, entry))
        return cls(told)

    def entry(self, url: str, at: datetime) -> Entry | None:
        """The latest word before the page came; where there is none, the first one after."""
        told = self._told.get(url, ())
        before = [entry for began, entry in told if began <= at]
        return before[-1] if before else told[0][1] if told else None


def _first(run: tuple[datetime, list[PageOnShelf]]) -> datetime:
    return run[0]


def _entries(shelves: Path, feed: PageOnShelf, selector: str | None, tell: Tell) -> Iterator[Entry]:
    try:
        body = Stacks(shelves).get(feed.mark).body
        yield from read_feed(body, url=feed.final_url, selector=selector).entries
    except FeedError:  # it was a reject when it came, and is one still
        return
    except StacksError as error:
        tell(str(error))
