"""The form of a source declaration: which keys a paper's TOML may hold, and the frozen Source it becomes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from extractors.errors import SourceError

MOST_PAGES = 500
"""Of one listing."""
KINDS = ("press_agency", "newspaper", "ministry", "broadcaster", "other")
SELECTORS = ("headline", "byline", "body", "lede", "published", "section")


@dataclass(frozen=True, slots=True)
class Listing:
    """A page that lists articles; without a selector every likely article link counts."""

    url: str
    selector: str | None = None
    more: str | None = None
    """Address of its further pages, with `{page}` where their number stands."""
    pages: int = 1
    """The last of them that a backfill asks for; a usual run asks the first only."""


@dataclass(frozen=True, slots=True)
class Discover:
    """Where the paper says what is new; `fetch` is "likely" (visit words in the entry) or "all"."""

    feeds: tuple[str, ...] = ()
    sitemaps: tuple[str, ...] = ()
    listings: tuple[Listing, ...] = ()
    fetch: str = "likely"


@dataclass(frozen=True, slots=True)
class Manners:
    """How the paper is visited."""

    delay_seconds: float | None = None
    """Between two requests; None leaves it to the settings."""
    right: str | None = None
    """By what right pages are taken that reserve text and data mining ("licence of 2026-03-01"); None: they aren't."""
    ports: tuple[int, ...] = ()
    """Ports that the paper is served at besides 80 and 443."""


@dataclass(frozen=True, slots=True)
class Schedule:
    """When the paper is looked at, in its own time zone."""

    cron: str = "0 * * * *"
    timezone: str = "UTC"


@dataclass(frozen=True, slots=True)
class Expect:
    """The least and most articles of a usual week."""

    articles_per_week: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Layout:
    """CSS selectors of one design of the paper, good up to and including the day `until`."""

    until: date | None = None
    headline: str | None = None
    byline: str | None = None
    body: str | None = None
    lede: str | None = None
    published: str | None = None
    section: str | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """One paper as declared; `name` is the stem of its file."""

    name: str
    title: str
    country: str
    language: str
    kind: str
    home: str
    note: str | None = None
    verified: bool = False
    is_sample: bool = False
    discover: Discover = Discover()
    manners: Manners = Manners()
    schedule: Schedule = Schedule()
    expect: Expect = Expect()
    layouts: tuple[Layout, ...] = ()


@dataclass(frozen=True, slots=True)
class _Table:
    """One TOML table being read, with the words that name it in an error."""

    file: str
    prefix: str
    values: Mapping[str, Any]

    def fail(self, key: str, remedy: str) -> SourceError:
        return SourceError(f"{self.file} · {self.prefix}{key} · {remedy}")

    def allow(self, *keys: str) -> None:
        for key in self.values:
            if key not in keys:
                raise self.fail(key, f"no such key; allowed here: {', '.join(keys)}")

    def text(self, key: str, pattern: str = r"(?s).*\S.*", remedy: str = "write a text") -> str | None:
        value = self.values.get(key)
        if value is not None and not (isinstance(value, str) and re.fullmatch(pattern, value)):
            raise self.fail(key, f"{value!r} won't do; {remedy}")
        return value

    def required(self, key: str, pattern: str = r"(?s).*\S.*", remedy: str = "write a text") -> str:
        value = self.text(key, pattern, remedy)
        if value is None:
            raise self.fail(key, f"missing; {remedy}")
        return value

    def flag(self, key: str) -> bool:
        value = self.values.get(key, False)
        if not isinstance(value, bool):
            raise self.fail(key, f"{value!r} won't do; write true or false")
        return value

    def urls(self, key: str) -> tuple[str, ...]:
        value = self.values.get(key, [])
        if not isinstance(value, list) or not all(isinstance(u, str) and re.fullmatch(_URL, u) for u in value):
            raise self.fail(key, f"{value!r} won't do; write a list of http(s) addresses")
        return tuple(value)

    def table(self, key: str) -> _Table:
        value = self.values.get(key, {})
        if not isinstance(value, dict):
            raise self.fail(key, f"write it as a table, [{key}]")
        return _Table(self.file, f"{self.prefix}{key}.", value)

    def tables(self, key: str) -> list[_Table]:
        value = self.values.get(key, [])
        if not isinstance(value, list) or not all(isinstance(row, dict) for row in value):
            raise self.fail(key, "write a list of tables")
        return [_Table(self.file, f"{self.prefix}{key}[{n}].", row) for n, row in enumerate(value, 1)]


_URL = r"https?://[^\s/]+\S*"
_URL_REMEDY = "write an address that begins with http:// or https://"


def read_source(values: Mapping[str, Any], *, name: str, file: str) -> Source:
    """The Source of one declaration. Raises SourceError naming file · key · remedy."""
    top = _Table(file, "", values)
    top.allow("title", "country", "language", "kind", "home", "note", "verified", "is_sample",
              "discover", "manners", "schedule", "expect", "layout")  # fmt: skip
    return Source(
        name=name,
        title=top.required("title"),
        country=top.required("country", r"[A-Z]{3}", "write ISO 3166-1 alpha-3, as MLI"),
        language=top.required("language", r"[a-z]{2}", "write ISO 639-1, as fr"),
        kind=top.required("kind", "|".join(KINDS), f"write one of {', '.join(KINDS)}"),
        home=top.required("home", _URL, _URL_REMEDY),
        note=top.text("note"),
        verified=top.flag("verified"),
        is_sample=top.flag("is_sample"),
        discover=_discover(top.table("discover")),
        manners=_manners(top.table("manners")),
        schedule=_schedule(top.table("schedule")),
        expect=_expect(top.table("expect")),
        layouts=tuple(_layout(t) for t in top.tables("layout")),
    )


def _discover(table: _Table) -> Discover:
    table.allow("feeds", "sitemaps", "listings", "fetch")
    fetch = table.text("fetch", "all|likely", 'write "all" or "likely"')
    listings = tuple(_listing(t) for t in table.tables("listings"))
    return Discover(table.urls("feeds"), table.urls("sitemaps"), listings, fetch or "likely")


def _listing(table: _Table) -> Listing:
    table.allow("url", "selector", "more", "pages")
    url, selector = table.required("url", _URL, _URL_REMEDY), table.text("selector")
    pages = table.values.get("pages", 1)
    more = table.text("more", _URL + r"\{page\}\S*", "write the address of a further page with {page} for its number")
    if type(pages) is not int or not 1 <= pages <= MOST_PAGES or (pages > 1 and not more):
        raise table.fail("pages", f"{pages!r} won't do; write a number from 1 to {MOST_PAGES}, and `more` beside it")
    return Listing(url, selector, more, pages)


def _manners(table: _Table) -> Manners:
    table.allow("delay_seconds", "right", "ports")
    delay, ports = table.values.get("delay_seconds"), table.values.get("ports", [])
    if delay is not None and (isinstance(delay, bool) or not isinstance(delay, int | float) or not 0 <= delay <= 3600):
        raise table.fail("delay_seconds", f"{delay!r} won't do; write seconds from 0 to 3600")
    if not isinstance(ports, list) or not all(type(port) is int and 0 < port < 65_536 for port in ports):
        raise table.fail("ports", f"{ports!r} won't do; write a list of port numbers")
    return Manners(None if delay is None else float(delay), table.text("right"), tuple(ports))


def _schedule(table: _Table) -> Schedule:
    table.allow("cron", "timezone")
    cron = table.text("cron", r"\S+( +\S+){4}", 'write five cron fields, as "*/30 6-23 * * *"')
    zone = table.text("timezone", r"[A-Za-z][\w+/-]*", 'write an IANA time zone, as "Africa/Bamako"')
    return Schedule(cron or Schedule().cron, zone or Schedule().timezone)


def _expect(table: _Table) -> Expect:
    table.allow("articles_per_week")
    match table.values.get("articles_per_week"):
        case None:
            return Expect()
        case [int(least), int(most)] if 0 <= least <= most:
            return Expect((least, most))
        case other:
            raise table.fail("articles_per_week", f"{other!r} won't do; write [least, most]")


def _layout(table: _Table) -> Layout:
    table.allow("until", *SELECTORS)
    until = table.values.get("until")
    if until is not None and type(until) is not date:
        raise table.fail("until", f"{until!r} won't do; write a bare day, as 2025-06-30")
    return Layout(until, **{key: table.text(key) for key in SELECTORS})
