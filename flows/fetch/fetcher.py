"""The polite client: one per run, one address in, one FetchResult out, and no exception for what a site does."""

from __future__ import annotations

import asyncio
import random
import ssl
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import TracebackType
from urllib.parse import urljoin, urlsplit

import httpx

from extractors import read_rights
from flows.fetch.body import BodyError, read_body
from flows.fetch.capture import (
    Capture,
    FetchResult,
    Outcome,
    Validators,
    charset_of,
    kept_headers,
    without_user,
)
from flows.fetch.freshness import fresh_seconds, moment_of
from flows.fetch.pacing import MOST_REST, HostState, Pace, RestError, domain_of
from flows.fetch.question import Question, not_taken, refused, url_problem
from flows.fetch.reservation import TDM_BYTES, Reservation, ReservationBook, asks_no_archive, decide
from flows.fetch.robots import ROBOTS_BYTES, RobotsBook, Rules
from flows.fetch.transport import ONWARD, GuardedTransport, RefusedAddressError, Resolve, resolve
from flows.settings import Limits

_ACCEPT = "text/html,application/xhtml+xml,application/xml;q=0.9,application/feed+json;q=0.9,*/*;q=0.5"
FIRST_REST = 900.0
"""Seconds for which a host that was found down is left alone; doubled with each run that finds it so."""
LONGEST_REST = 86_400.0
USUAL_PORTS = frozenset({80, 443})
_CAPTCHA = ("cf-mitigated", "x-datadome", "x-amzn-waf-action")
"""Headers with which guards in front of sites say that they asked for a proof of being human."""
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
        self._limits = limits
        # rules are looked up by product name: a contact address may hold the name of another robot
        self._name = agent.partition("/")[0].strip()
        self._now, self._monotonic, self._sleep, self._chance = now, monotonic, sleep, chance
        self._transport = GuardedTransport(
            overrides=overrides or {}, connections=limits.requests_at_once, tls=tls, resolve=resolve
        )
        # asked of the transport itself: httpx's client would look for cookies, redirects and logins, and we take none
        self._headers = {
            "Accept": _ACCEPT, "Accept-Encoding": "gzip, deflate", "Connection": "keep-alive", "User-Agent": agent,
        }  # fmt: skip
        self._pace = Pace(
            at_once=limits.requests_at_once, per_host=limits.requests_per_host, monotonic=monotonic, sleep=sleep
        )
        self._robots = RobotsBook(self._fetch_robots)
        self._reservations = ReservationBook(self._fetch_reservation)
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

    def remember_rules(self, told: Mapping[str, FetchResult]) -> None:
        """Answers to robots.txt and the reservation file that still hold, by address: not asked for again."""
        self._robots.remember(told)
        self._reservations.remember(told)

    def rules_told(self) -> dict[str, FetchResult]:
        """Those that this run asked for and that may be kept for the next, by their addresses."""
        return {**self._robots.told(), **self._reservations.told()}

    async def __aenter__(self) -> Fetcher:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._transport.aclose()

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
        result = await self._persist(Question(url, validators or Validators(), wanted, limit, right, ports))
        return replace(result, asked_at=asked_at, seconds=self._monotonic() - began)

    async def _fetch_robots(self, url: str) -> FetchResult:
        return await self._ask_for_rules(url, ROBOTS_BYTES)

    async def _fetch_reservation(self, url: str) -> FetchResult:
        return await self._ask_for_rules(url, TDM_BYTES)

    async def _ask_for_rules(self, url: str, most_bytes: int) -> FetchResult:
        asked_at = self._now()
        answer = await self._persist(Question(url, Validators(), 0.0, most_bytes, is_for_rules=True))
        return replace(answer, asked_at=asked_at)

    async def _persist(self, question: Question) -> FetchResult:
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

    async def _follow(self, question: Question) -> FetchResult:
        """The address and where it leads, each hop under the same rules."""
        for _ in range(self._limits.redirects + 1):
            problem = url_problem(question.current)
            if problem:
                return question.answered("invalid_url", detail=problem)
            if (port := urlsplit(question.current).port) and port not in USUAL_PORTS | question.ports:
                reason = f"asks for port {port}; if the paper is there, write ports = [{port}] under [manners]"
                return question.failed("refused_address", reason)
            rules = Rules() if question.is_for_rules else await self._robots.rules(question.current)
            robots = None if question.is_for_rules else rules.verdict(question.current, self._name)
            if not rules.allow(question.current, self._name):
                return replace(refused(question, rules), robots=robots)
            told = Reservation() if question.is_for_rules else await self._reservation(question)
            if told.is_closed and question.right is None:
                return replace(not_taken(question, told), robots=robots)
            answer = await self._ask(question, max(question.delay, rules.delay(self._name)))
            if isinstance(answer, FetchResult):
                return replace(self._weighed(question, answer, told), robots=robots)
            question = replace(question, chain=(*question.chain, answer))
        return question.failed("too_many_redirects", f"reached after more than {self._limits.redirects} redirects")

    async def _reservation(self, question: Question) -> Reservation:
        return (await self._reservations.rules(question.current)).of(question.current)

    def _weighed(self, question: Question, answer: FetchResult, told: Reservation) -> FetchResult:
        """The answer, or that the page is not taken because it or its site says so."""
        if question.is_for_rules or answer.capture is None:
            return answer
        headers, page = answer.capture.headers, read_rights(answer.capture.body)
        verdict = decide(told, headers, page)
        answer = replace(answer, reservation=verdict.text)
        if question.right is not None:
            return answer
        if verdict.is_reserved:
            self._reservations.note(question.current, verdict)
            return not_taken(question, verdict)
        if asks_no_archive(headers, page):
            reason = "the page asks not to be archived; leave it, or name your right under [manners] of the source file"
            return replace(question.failed("archive_refused", reason), status=answer.status, reservation=verdict.text)
        return answer

    async def _ask(self, question: Question, pause: float) -> FetchResult | str:
        """One request: its result, or the address that it leads to."""
        try:
            async with self._pace.turn(question.host, pause):
                return await self._ask_now(question)
        except RestError as rest:
            why = "it did not answer" if rest.outcome == "network_error" else "it asked for that"
            result = question.failed(rest.outcome, f"the host is left alone for {rest.seconds:.0f} s more: {why}")
            return replace(result, retry_after=rest.seconds)

    async def _ask_now(self, question: Question) -> FetchResult | str:
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

    async def _exchange(self, question: Question) -> FetchResult | str:
        request = httpx.Request(
            "GET",
            question.current,
            headers={**self._headers, **_conditions(question.validators)},
            extensions={"timeout": {"connect": self._limits.connect_seconds}},  # what follows has its time as a whole
        )
        sent = tuple(request.headers.items())
        response = await self._transport.handle_async_request(request)
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
                fresh_seconds=fresh_seconds(response.headers, self._now()),
            )
        finally:
            await response.aclose()

    def _capture(self, question: Question, response: httpx.Response, body: bytes) -> Capture:
        return Capture(
            url=question.url,
            final_url=question.current,
            status=response.status_code,
            headers=kept_headers(list(response.headers.multi_items())),
            body=body,
            captured_at=self._now(),
            charset=charset_of(response.headers.get("content-type")),
        )

    def _without_page(self, question: Question, response: httpx.Response) -> FetchResult:
        """The result of a status that brings no page."""
        status = response.status_code
        if status == 304 and question.validators != Validators():
            held = fresh_seconds(response.headers, self._now())
            return question.answered("not_modified", status=304, validators=question.validators, fresh_seconds=held)
        rest = _rest(response.headers.get("retry-after"), self._now())
        outcome: Outcome = "http_error"
        if status in (404, 410):
            outcome = "gone"
        elif status == 429 or (status == 503 and rest):
            outcome = "rate_limited"
        elif wall := _wall(response):
            reason = f"{wall} stands before the page; it is never passed by"
            return replace(question.failed("walled", reason), status=status)
        return question.answered(
            outcome,
            status=status,
            retry_after=rest,
            detail=f"{without_user(question.current)}: the site answered {status}",
        )


def _conditions(validators: Validators) -> dict[str, str]:
    """The headers that ask "changed since?"; what a site gave us and no header can hold is not sent back."""
    pairs = {"If-None-Match": validators.etag, "If-Modified-Since": validators.last_modified}
    return {name: value for name, value in pairs.items() if value and value.isascii() and value.isprintable()}


def _validators(response: httpx.Response) -> Validators:
    return Validators(response.headers.get("etag"), response.headers.get("last-modified"))


def _wall(response: httpx.Response) -> str | None:
    """What keeps strangers out, in words, where the answer tells it by its status or its guard's header."""
    if response.status_code in (401, 407):
        return "a login"
    if response.status_code == 402:
        return "a payment"
    return "a captcha" if any(name in response.headers for name in _CAPTCHA) else None


def _rest(text: str | None, now: datetime) -> float | None:
    """Seconds of a Retry-After header, in both of its forms."""
    if not text:
        return None
    if text.strip().isdecimal():
        return float(text.strip()[:9])
    moment = moment_of(text)
    return None if moment is None else max(0.0, (moment - now).total_seconds())
