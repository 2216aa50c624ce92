"""The messenger: asks sites politely, brings back bounded bytes, and says what became of every request."""

from flows.fetch.capture import OUTCOMES, Capture, FetchResult, Outcome, Validators
from flows.fetch.fetcher import Fetcher

__all__ = ["OUTCOMES", "Capture", "FetchResult", "Fetcher", "Outcome", "Validators"]
