"""One run of a flow from the command line, with Prefect started as fast and as quietly as it can be."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from flows.desk import Order, SourceReport, Watch, prepare_archive, unwatched
from flows.prefect_server import API, temporary_server
from flows.quiet import settle_prefect
from flows.run import RunReport
from flows.settings import Settings, Tell


def ingest_once(
    settings: Settings,
    order: Order,
    *,
    tell: Tell,
    on_done: Callable[[SourceReport], None] = lambda report: None,
    watch: Watch = unwatched,
) -> RunReport:
    """The ingest flow, once. Raises RunError, SourceError, WarehouseError."""
    prepare_archive(settings)
    # a source that failed is told by ourselves, in a sentence; Prefect would print its traceback
    home = settle_prefect(settings.archive, log_level="CRITICAL")
    with _api(home) as find_api:
        from prefect.settings import PREFECT_API_URL, temporary_settings  # takes as long as the server

        from flows.ingest import Errand, run_once

        with temporary_settings({PREFECT_API_URL: find_api()}):
            return asyncio.run(run_once(order, Errand(settings, tell, on_done, watch)))


@contextmanager
def _api(home: Path) -> Iterator[Callable[[], str]]:
    """What waits for the API and gives its address: of the operator's server, or of one that lives as long as we do."""
    own = os.environ.get(API)
    if own:
        yield lambda: own
        return
    with temporary_server(home) as server:
        yield server.wait
