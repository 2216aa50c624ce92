"""The messenger: asks sites politely, brings back bounded bytes, and says what became of every request."""

from flows.fetch.capture import OUTCOMES, Capture, FetchResult, Outcome, Validators, without_user
from flows.fetch.fetcher import Fetcher
from flows.fetch.freshness import MOST_FRESH
from flows.fetch.pacing import HostState

__all__ = [
    "MOST_FRESH",
    "OUTCOMES",
    "Capture",
    "FetchResult",
    "Fetcher",
    "HostState",
    "Outcome",
    "Validators",
    "without_user",
]
