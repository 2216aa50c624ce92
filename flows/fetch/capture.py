"""What a fetch brings back: the capture of a page, and the one word that says what became of the request."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Literal, get_args

from warehouse import digest_of

Outcome = Literal[
    "ok",                  # a page came, whole
    "not_modified",        # the site says that ours is still the newest
    "robots_disallowed",   # robots.txt says no: taken out of the run, not retried
    "robots_unreachable",  # robots.txt can't be had (5xx, network): counts as no until it can
    "gone",                # 404 or 410
    "rate_limited",        # 429, or 503 with Retry-After, longer than we wait
    "http_error",          # any other status that brings no page
    "timeout",             # no connection, or not the whole page in time
    "too_large",           # more bytes than the limit, packed or unpacked
    "truncated",           # the connection or the gzip stream ended before the page did
    "undecodable",         # packed in a way that we did not ask for, or damaged
    "network_error",       # no such host, refused, reset, TLS
    "too_many_redirects",  # a loop or a long chain
    "invalid_url",         # no http(s) address
    "refused_address",     # leads into a private network
    "tdm_reserved",        # the site reserves text and data mining, and the source file names no right to it
    "archive_refused",     # the page asks not to be archived
    "walled",              # a login, a payment or a captcha stands before the page
    "fresh",               # not asked: the site said until when its last answer holds
    "resting",             # not asked: the feed failed so often that it is asked ever more rarely
]  # fmt: skip
OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)
TRANSIENT: frozenset[Outcome] = frozenset({"timeout", "truncated", "network_error", "rate_limited"})
"""Worth another try; an `http_error` is too when its status is 5xx."""

_CHARSET = re.compile(r"""charset\s*=\s*["']?\s*([\w.:+-]{1,40})""", re.IGNORECASE)
_USER = re.compile(r"^(\s*[a-z][a-z0-9+.-]*:[/\\]{2})[^/?#\\]*@", re.IGNORECASE)
_UNKEPT = {
    "content-encoding", "transfer-encoding", "content-length", "connection", "keep-alive", "set-cookie", "set-cookie2",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Validators:
    """What a site gave us to ask "changed since?" with."""

    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True)
class Capture:
    """A page as it came: unpacked bytes, and the headers that are still true of them (no cookies)."""

    url: str
    """As asked for."""
    final_url: str
    """After redirects."""
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    captured_at: datetime
    charset: str | None = None
    """As the Content-Type header says."""

    @cached_property
    def digest(self) -> str:
        """Of the body, as the shelves and the catalogue write it."""
        return digest_of(self.body)


@dataclass(frozen=True, slots=True)
class FetchResult:
    """What became of one request."""

    url: str
    outcome: Outcome
    capture: Capture | None = None
    status: int | None = None
    detail: str | None = None
    """In words, with what to do, where the outcome is no success."""
    validators: Validators = Validators()
    redirects: tuple[str, ...] = ()
    attempts: int = 1
    retry_after: float | None = None
    """Seconds that the site asks us to stay away."""
    asked_at: datetime | None = field(default=None, compare=False)
    seconds: float = field(default=0.0, compare=False)
    """From the question to the answer, waiting for the host's turn and all tries included."""
    robots: str | None = None
    """The verdict of robots.txt: `allowed`, `disallowed`, `absent` (there is none) or `unreachable`."""
    reservation: str | None = None
    """What the site says of text and data mining, and where: `reserved (header)`, `open (file)`."""
    sent: tuple[tuple[str, str], ...] = field(default=(), compare=False, repr=False)
    """Headers of the last request, as sent."""
    fresh_seconds: float | None = None
    """For how long the answer holds by its Cache-Control or Expires; None where they say nothing."""

    @property
    def is_asked(self) -> bool:
        """Whether the site was asked at all; `fresh` and `resting` are answers that the archive gives itself."""
        return self.outcome not in ("fresh", "resting")

    @property
    def is_transient(self) -> bool:
        return self.outcome in TRANSIENT or (self.outcome == "http_error" and (self.status or 0) >= 500)


def kept_headers(headers: list[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Without those that tell of the transfer, which is over, without cookies, which are no part of a page, and
    without control characters, which could steer a terminal."""
    kept = ((name, value) for name, value in headers if name.lower() not in _UNKEPT)
    return tuple((name, "".join(letter for letter in value if letter.isprintable())) for name, value in kept)


def without_user(url: str) -> str:
    """The address with a user name and password in it made unreadable: they are kept and shown nowhere."""
    return _USER.sub(r"\1***@", url)


def charset_of(content_type: str | None) -> str | None:
    """The charset that a Content-Type header names."""
    found = _CHARSET.search(content_type or "")
    return found.group(1).lower() if found else None
