"""The messenger: asks sites politely, brings back bounded bytes, and says what became of every request."""

from flows.fetch.capture import OUTCOMES, Capture, FetchResult, Outcome, Validators
from flows.fetch.fetcher import Fetcher
from flows.fetch.pacing import HostState

__all__ = ["OUTCOMES", "Capture", "FetchResult", "Fetcher", "HostState", "Outcome", "Validators"]
