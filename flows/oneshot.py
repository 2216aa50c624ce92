"""One run of a flow from the command line, with Prefect started as fast and as quietly as it can be."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from flows.desk import Order, SourceReport, Watch, prepare_archive, unwatched
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
    settle_prefect(settings.archive, log_level="CRITICAL")
    from flows.ingest import Errand, run_once  # imports Prefect, which reads its settings then

    return asyncio.run(run_once(order, Errand(settings, tell, on_done, watch)))
