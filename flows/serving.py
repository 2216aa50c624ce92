"""The clockwork: Prefect's server, where none is named, and the deployments that it starts, until the process ends."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, cast

from flows.desk import prepare_archive
from flows.prefect_server import API, clockwork_server
from flows.quiet import settle_prefect
from flows.settings import CONFIG, PREFIX, Settings, Tell

if TYPE_CHECKING:
    from prefect.deployments.runner import RunnerDeployment

PUBLISH_CRON = "7 * * * *"
"""Hourly; a publish to which nothing changed costs a glance."""
SEARCH_CRON = "37 3 * * *"
"""Once a night: search may be a day behind, publishing never waits for it."""


def serve_schedule(settings: Settings, *, port: int, every_seconds: int, tell: Tell) -> None:
    """Ticks, ingests and publishes until it is ended. Raises RunError where Prefect's server does not come up."""
    prepare_archive(settings)
    _hand_down(settings)
    settle_prefect(settings.archive)
    if os.environ.get(API):
        tell(f"using the Prefect server at {os.environ[API]}")
        _serve(every_seconds, tell)
        return
    with clockwork_server(port) as server:
        tell(f"Prefect's server starts; its pages are at {server.address}")
        os.environ[API] = server.wait()
        _serve(every_seconds, tell)


def _serve(every_seconds: int, tell: Tell) -> None:
    """Imports Prefect, which reads its settings then."""
    from prefect import serve
    from prefect.client.schemas.objects import ConcurrencyLimitConfig, ConcurrencyLimitStrategy

    from flows.ingest import ingest
    from flows.publish import publish
    from flows.replay import replay
    from flows.schedule import tick
    from flows.search_index import search_index

    alone = ConcurrencyLimitConfig(limit=1, collision_strategy=ConcurrencyLimitStrategy.CANCEL_NEW)
    tell(f"a tick every {every_seconds} s takes the sources that are due; Ctrl-C ends it")
    deployments = (
        tick.to_deployment("tick", interval=every_seconds, concurrency_limit=alone),
        ingest.to_deployment("ingest"),
        replay.to_deployment("replay"),
        publish.to_deployment("publish", cron=PUBLISH_CRON, concurrency_limit=alone),
        search_index.to_deployment("search-index", cron=SEARCH_CRON, concurrency_limit=alone),
    )
    # Prefect's signature also speaks of coroutines, which it gives inside a running loop only
    serve(*cast("tuple[RunnerDeployment, ...]", deployments), print_starting_message=False)


def _hand_down(settings: Settings) -> None:
    """The flows run in processes of their own and read the settings anew: paths must mean the same there."""
    os.environ[f"{PREFIX}ARCHIVE"] = str(settings.archive.resolve())
    if settings.sources:
        os.environ[f"{PREFIX}SOURCES"] = os.pathsep.join(str(folder.resolve()) for folder in settings.sources)
    if os.environ.get(CONFIG):
        os.environ[CONFIG] = os.path.abspath(os.environ[CONFIG])
