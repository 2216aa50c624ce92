"""The polite client: one per run, one address in, one FetchResult out, and no exception for what a site does."""

from __future__ import annotations

import asyncio
import random
import ssl
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from http.cookiejar import CookieJar, DefaultCookiePolicy
from types import TracebackType
from typing import Any
from urllib.parse import urljoin, urlsplit

import httpx

from flows.fetch.body import BodyError, read_body
from flows.fetch.capture import Capture, FetchResult, Outcome, Validators, charset_of, kept_headers
from flows.fetch.pacing import MOST_REST, HostState, Pace, RestError, domain_of
from flows.fetch.reservation import TDM_BYTES, Reservation, ReservationBook, asks_no_archive, decide
from flows.fetch.robots import ROBOTS_BYTES, RobotsBook, Rules
from flows.fetch.transport import ONWARD, GuardedTransport, RefusedAddressError, Resolve, resolve
from flows.settings import Limits

MOST_URL = 2_000
"""Characters of an address."""
_ACCEPT = "text/html,application/xhtml+xml,application/xml;q=0.9,application/feed+json;q=0.9,*/*;q=0.5"
FIRST_REST = 900.0
"""Seconds for which a host that was found down is left alone; doubled with each run that finds it so."""
LONGEST_REST = 86_400.0
USUAL_PORTS = frozenset({80, 443})
_REDIRECTS = (301, 302, 303, 307, 308)


def _utc_now() -> datetime:
    return datetime.now(UTC)


class Fetcher:
    """`async with Fetcher(limits, agent=…) as fetcher: result = await fetcher.fetch(url)`."""

    def __init__(
        self,
        limits: Limits,
        *,
        agent: str,
        overrides: Mapping[str, tuple[str, int]] | None = None,
        now: Callable[[], datetime] = _utc_now,
        monotonic: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
        chance: Callable[[], float] = random.random,
        tls: ssl.SSLContext | None = None,
        resolve: Resolve = resolve,
    ) -> None:
        self._limits, self._agent = limits, agent
        # rules are looked up by product name: a contact address may hold the name of another robot
        self._name = agent.partition("/")[0].strip()
        self._now, self._monotonic, self._sleep, self._chance = now, monotonic, sleep, chance
        self._overrides = dict(overrides or {})
        self._tls, self._resolve = tls, resolve
        self._pace = Pace(
            at_once=limits.requests_at_once, per_host=limits.requests_per_host, monotonic=monotonic, sleep=sleep
        )
        self._robots = RobotsBook(self._fetch_robots)
        self._reservations = ReservationBook(self._fetch_reservation)
        self._client: httpx.AsyncClient | None = None
        self._known: dict[str, HostState] = {}

    def remember(self, states: Mapping[str, HostState]) -> None:
        """What the run before told of hosts: those that rest are left alone until their time."""
        self._known.update(states)
        for name, state in states.items():
            seconds = (state.rest_until - self._now()).total_seconds() if state.rest_until else 0.0
            if seconds > 0:
                self._pace.close(name, seconds, state.outcome)

    def host_states(self) -> dict[str, HostState]:
        """What this run tells the next: rests that were asked for, and hosts that were found down or well again."""
        now = self._now()
        told = {name: HostState(now + timedelta(seconds=left)) for name, left in self._pace.rests().items()}
        for host, is_well in self._pace.answered().items():
            before = self._known.get(host, HostState()).failures
            if not is_well:
                pause = min(FIRST_REST * 2.0**before, LONGEST_REST)
                told[host] = HostState(now + timedelta(seconds=pause), before + 1)
            elif before:
                told.setdefault(host, HostState())
        return told

    async def __aenter__(self) -> Fetcher:
        limits = self._limits
        # a jar that takes nothing: 200 cookies from one page would break the host for the rest of the run
        no_cookies = CookieJar(policy=DefaultCookiePolicy(allowed_domains=[]))
        self._client = httpx.AsyncClient(
            transport=GuardedTransport(
                overrides=self._overrides, connections=limits.requests_at_once, tls=self._tls, resolve=self._resolve
            ),
            timeout=httpx.Timeout(limits.request_seconds, connect=limits.connect_seconds),
            headers={"User-Agent": self._agent, "Accept": _ACCEPT, "Accept-Encoding": "gzip, deflate"},
            follow_redirects=False,
            cookies=no_cookies,
            trust_env=False,
        )
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._client is not None:
            await self._client.aclose()

    async def fetch(
        self,
        url: str,
        *,
        validators: Validators | None = None,
        delay_seconds: float | None = None,
        max_bytes: int | None = None,
        right: str | None = None,
        ports: frozenset[int] = frozenset(),
    ) -> FetchResult:
        """What the address holds now. `validators` make it a question whether that changed; `right` says by what
        right a page is taken that reserves text and data mining or asks not to be archived; `ports` are those that
        may be asked besides 80 and 443."""
        wanted = self._limits.delay_seconds if delay_seconds is None else delay_seconds
        limit = max_bytes or self._limits.page_bytes
        asked_at, began = self._now(), self._monotonic()
        result = await self._persist(_Question(url, validators or Validators(), wanted, limit, right, ports))
        return replace(result, asked_at=asked_at, seconds=self._monotonic() - began)

    async def _fetch_robots(self, url: str) -> FetchResult:
        return await self._persist(_Question(url, Validators(), 0.0, ROBOTS_BYTES, is_for_rules=True))

    async def _fetch_reservation(self, url: str) -> FetchResult:
        return await self._persist(_Question(url, Validators(), 0.0, TDM_BYTES, is_for_rules=True))

    async def _persist(self, question: _Question) -> FetchResult:
        """Tries again, ever later and never in step with others, while another try may help."""
        attempt = 0
        while True:
            attempt += 1
            result = await self._follow(replace(question, attempt=attempt))
            has_patience = (result.retry_after or 0.0) <= MOST_REST
            may_help = result.is_transient and has_patience and not self._pace.is_down(question.host)
            if not may_help or attempt > self._limits.retries:
                return result
            await self._sleep(max(2.0 ** (attempt - 1) * (0.5 + self._chance()), result.retry_after or 0.0))

    async def _follow(self, question: _Question) -> FetchResult:
        """The address and where it leads, each hop under the same rules."""
        for _ in range(self._limits.redirects + 1):
            problem = _url_problem(question.current)
            if problem:
                return question.answered("invalid_url", detail=problem)
            if (port := urlsplit(question.current).port) and port not in USUAL_PORTS | question.ports:
                reason = f"asks for port {port}; if the paper is there, write ports = [{port}] under [manners]"
                return question.failed("refused_address", reason)
            rules = Rules() if question.is_for_rules else await self._robots.rules(question.current)
            robots = None if question.is_for_rules else rules.verdict(question.current, self._name)
            if not rules.allow(question.current, self._name):
                return replace(_refused(question, rules), robots=robots)
            told = Reservation() if question.is_for_rules else await self._reservation(question)
            if told.is_closed and question.right is None:
                return replace(_not_taken(question, told), robots=robots)
            answer = await self._ask(question, max(question.delay, rules.delay(self._name)))
            if isinstance(answer, FetchResult):
                return replace(self._weighed(question, answer, told), robots=robots)
            question = replace(question, chain=(*question.chain, answer))
        return question.failed("too_many_redirects", f"reached after more than {self._limits.redirects} redirects")

    async def _reservation(self, question: _Question) -> Reservation:
        return (await self._reservations.rules(question.current)).of(question.current)

    def _weighed(self, question: _Question, answer: FetchResult, told: Reservation) -> FetchResult:
        """The answer, or that the page is not taken because it or its site says so."""
        if question.is_for_rules or answer.capture is None:
            return answer
        headers, body = answer.capture.headers, answer.capture.body
        verdict = decide(told, headers, body)
        answer = replace(answer, reservation=verdict.text)
        if question.right is not None:
            return answer
        if verdict.is_reserved:
            self._reservations.note(question.current, verdict)
            return _not_taken(question, verdict)
        if asks_no_archive(headers, body):
            reason = "the page asks not to be archived; leave it, or name your right under [manners] of the source file"
            return replace(question.failed("archive_refused", reason), status=answer.status, reservation=verdict.text)
        return answer

    async def _ask(self, question: _Question, pause: float) -> FetchResult | str:
        """One request: its result, or the address that it leads to."""
        try:
            async with self._pace.turn(question.host, pause):
                return await self._ask_now(question)
        except RestError as rest:
            why = "it did not answer" if rest.outcome == "network_error" else "it asked for that"
            result = question.failed(rest.outcome, f"the host is left alone for {rest.seconds:.0f} s more: {why}")
            return replace(result, retry_after=rest.seconds)

    async def _ask_now(self, question: _Question) -> FetchResult | str:
        host, began = question.host, self._monotonic()
        if self._pace.is_down(host):
            return question.failed("network_error", "the host did not answer and is left alone for this run")
        try:
            async with asyncio.timeout(self._limits.request_seconds):
                answer = await self._exchange(question)
        except (TimeoutError, httpx.TimeoutException):
            self._pace.note(host, answered=False)
            return question.failed("timeout", f"not there within {self._limits.request_seconds:g} s")
        except BodyError as error:
            return question.failed(error.outcome, str(error))
        except RefusedAddressError as error:
            return question.failed("refused_address", str(error))
        except httpx.RemoteProtocolError as error:
            return question.failed("truncated", f"the answer broke off or is no HTTP ({error})")
        except (httpx.InvalidURL, httpx.UnsupportedProtocol, ValueError) as error:
            return question.failed("invalid_url", f"no address that can be asked ({error})")
        except (httpx.HTTPError, OSError) as error:
            self._pace.note(host, answered=False)
            return question.failed("network_error", str(error) or type(error).__name__)
        self._pace.note(host, answered=True)
        self._heed(host, answer, self._monotonic() - began)
        return answer

    def _heed(self, host: str, answer: FetchResult | str, seconds: float) -> None:
        """What the site lets us know of its load: a rest it asks for, strain, or none."""
        if isinstance(answer, FetchResult) and answer.retry_after:
            self._pace.close(domain_of(host), min(answer.retry_after, LONGEST_REST))
        if isinstance(answer, FetchResult) and answer.status in (429, 503):
            self._pace.note_strain(host)
        else:
            self._pace.note_time(host, seconds)

    async def _exchange(self, question: _Question) -> FetchResult | str:
        if self._client is None:
            raise RuntimeError("Fetcher: use it in `async with`")
        request = self._client.build_request("GET", question.current, headers=_conditions(question.validators))
        sent = tuple(request.headers.items())
        response = await self._client.send(request, stream=True)
        try:
            onward = response.extensions.get(ONWARD)
            if response.status_code in _REDIRECTS and onward:
                return urljoin(question.current, str(onward))
            if response.status_code != 200:
                return replace(self._without_page(question, response), sent=sent)
            encoding = response.headers.get("content-encoding", "")
            body = await read_body(
                response.aiter_raw(), encoding=encoding, limit=question.limit, is_cut=question.is_for_rules
            )
            return question.answered(
                "ok",
                capture=self._capture(question, response, body),
                status=200,
                validators=_validators(response),
                sent=sent,
            )
        finally:
            await response.aclose()

    def _capture(self, question: _Question, response: httpx.Response, body: bytes) -> Capture:
        return Capture(
            url=question.url,
            final_url=question.current,
            status=response.status_code,
            headers=kept_headers(list(response.headers.multi_items())),
            body=body,
            captured_at=self._now(),
            charset=charset_of(response.headers.get("content-type")),
        )

    def _without_page(self, question: _Question, response: httpx.Response) -> FetchResult:
        """The result of a status that brings no page."""
        status = response.status_code
        if status == 304 and question.validators != Validators():
            return question.answered("not_modified", status=304, validators=question.validators)
        rest = _rest(response.headers.get("retry-after"), self._now())
        outcome: Outcome = "http_error"
        if status in (404, 410):
            outcome = "gone"
        elif status == 429 or (status == 503 and rest):
            outcome = "rate_limited"
        return question.answered(
            outcome, status=status, retry_after=rest, detail=f"{question.current}: the site answered {status}"
        )


@dataclass(frozen=True, slots=True)
class _Question:
    """What is asked for, and how far the answer was followed."""

    url: str
    validators: Validators
    delay: float
    limit: int
    right: str | None = None
    ports: frozenset[int] = frozenset()
    is_for_rules: bool = False
    """robots.txt or the reservation file itself: asked without leave, and cut where it is too long."""
    attempt: int = 1
    chain: tuple[str, ...] = ()

    @property
    def current(self) -> str:
        return self.chain[-1] if self.chain else self.url

    @property
    def host(self) -> str:
        return urlsplit(self.current).hostname or ""

    def answered(self, outcome: Outcome, **values: Any) -> FetchResult:
        return FetchResult(self.url, outcome, redirects=self.chain, attempts=self.attempt, **values)

    def failed(self, outcome: Outcome, reason: str) -> FetchResult:
        return self.answered(outcome, detail=f"{self.current[:300]}: {reason}")


def _refused(question: _Question, rules: Rules) -> FetchResult:
    """Why the page was not asked for."""
    if rules.problem is None:
        return question.failed("robots_disallowed", "robots.txt does not allow this; leave it, or ask the paper")
    if rules.problem.outcome == "refused_address":
        return question.failed("refused_address", rules.problem.detail or "")
    if rules.problem.outcome == "rate_limited" and rules.problem.status is None:  # at rest: nothing was asked at all
        return replace(rules.problem, url=question.url)
    reason = f"robots.txt can't be had, which counts as no; the next run asks again ({rules.problem.detail})"
    return question.failed("robots_unreachable", reason)


def _not_taken(question: _Question, told: Reservation) -> FetchResult:
    reason = "text and data mining is reserved; leave it, or name your right under [manners] of the source file"
    return replace(question.failed("tdm_reserved", f"{reason} ({told.basis})"), reservation=told.text)


def _conditions(validators: Validators) -> dict[str, str]:
    """The headers that ask "changed since?"; what a site gave us and no header can hold is not sent back."""
    pairs = {"If-None-Match": validators.etag, "If-Modified-Since": validators.last_modified}
    return {name: value for name, value in pairs.items() if value and value.isascii() and value.isprintable()}


def _validators(response: httpx.Response) -> Validators:
    return Validators(response.headers.get("etag"), response.headers.get("last-modified"))


def _url_problem(url: str) -> str | None:
    """Why this is no address that may be asked for, or None."""
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError as error:
        return f"{url[:200]}: no address ({error})"
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return f"{url[:200]}: only http and https addresses are fetched"
    if len(url) > MOST_URL:
        return f"{url[:200]}…: longer than {MOST_URL:,} characters"
    return f"{parts.hostname}: an address with a user name in it is not fetched" if "@" in parts.netloc else None


def _rest(text: str | None, now: datetime) -> float | None:
    """Seconds of a Retry-After header, in both of its forms."""
    if not text:
        return None
    if text.strip().isdecimal():
        return float(text.strip()[:9])
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0.0, (moment - now).total_seconds())
