"""A run over a list of addresses: each goes to the source whose host it has, and is asked with its manners."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from extractors import Entry, Source
from flows.desk import Order, Unlisted
from flows.discover.addresses import cleaned, host_of, identity
from flows.discover.listed import ListedAddress, read_list
from flows.errors import RunError
from flows.fetch import without_user
from flows.hosts import SourceHosts
from flows.settings import Settings
from flows.sources import declared_sources


@dataclass(slots=True)
class _Sorted:
    entries: dict[str, dict[str, Entry]] = field(default_factory=dict)
    """By source, then by what the address shows: an address that is listed twice is asked once."""
    problems: list[Unlisted] = field(default_factory=list)


def listed_order(
    settings: Settings, lines: Iterable[str], *, place: str, source: str | None = None, limit: int | None = None
) -> Order:
    """What a run over the list is asked to do; `source` takes every address, whatever its host. Lines that can't be
    taken stand in the order with their reasons. Raises RunError where the named source can't be asked, SourceError."""
    declared = declared_sources(settings)
    if source is not None and (problem := _unaskable(source, declared)):
        raise RunError(problem)
    hosts, found = SourceHosts(declared), _Sorted()
    for listed in read_list(lines):
        _sort(listed, source, declared, hosts, found)
    entries = {name: tuple(its.values()) for name, its in sorted(found.entries.items())}
    return Order(tuple(entries), limit=limit, listed=entries, unlisted=tuple(found.problems), place=place)


def _sort(
    listed: ListedAddress, source: str | None, declared: Mapping[str, Source], hosts: SourceHosts, found: _Sorted
) -> None:
    url = cleaned(listed.url)
    name = source or listed.source or hosts.source_of(url)
    problem = listed.problem or _no_address(url)
    if problem is None and name is None:
        problem = (
            f"no declared source has the host {host_of(url)}; name one (chancery ingest SOURCE --urls …), or "
            "declare the paper"
        )
    problem = problem or _unaskable(name or "", declared)
    if problem or name is None:
        reason = f"line {listed.line}: {problem}"
        found.problems.append(Unlisted(name if name in declared else None, without_user(url) or None, reason))
        return
    found.entries.setdefault(name, {}).setdefault(identity(url), Entry(url))


def _no_address(url: str) -> str | None:
    try:
        parts = urlsplit(url)
    except ValueError as error:
        return f"no address ({error}); mend the line"
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return "looked for an address that begins with http:// or https://, found none; mend the line"
    return None


def _unaskable(name: str, declared: Mapping[str, Source]) -> str | None:
    if name not in declared:
        return f"{name}: no source of this name is declared; `chancery sources` lists them"
    if not declared[name].verified:
        return f"{name}: not verified, so never fetched by a run; try `chancery check {name} --verify`"
    return None
