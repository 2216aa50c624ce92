"""The list of papers: all source declarations that count for this operator, and those that a run may ask."""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TypedDict
from urllib.parse import urlsplit

from extractors import Source, load_sources, packaged
from flows.errors import RunError, SettingsError
from flows.settings import Settings


class Manners(TypedDict):
    """Keywords of `Fetcher.fetch` and `look`."""

    delay_seconds: float | None
    right: str | None
    ports: frozenset[int]


def declared_sources(settings: Settings, more: Sequence[Path] = ()) -> dict[str, Source]:
    """Packaged sources, the operator's own, the archive's own: a later folder wins. Raises SourceError."""
    ours = [packaged("sources")] if settings.packaged_sources else []
    return load_sources([*ours, *settings.source_folders, *more])


def chosen_sources(declared: dict[str, Source], names: Sequence[str] = ()) -> dict[str, Source]:
    """The sources that a run asks: those named, or all verified ones. Raises RunError for one that it may not ask."""
    for name in names:
        if name not in declared:
            raise RunError(f"{name}: no source of this name is declared; `chancery sources` lists them")
        if not declared[name].verified:
            raise RunError(f"{name}: not verified, so never fetched by a run; try `chancery check {name} --verify`")
    chosen = {name: declared[name] for name in dict.fromkeys(names)} or {
        name: source for name, source in declared.items() if source.verified
    }
    if not chosen:
        raise RunError(
            "no source is verified, so there is nothing to ask; try `chancery check NAME --verify` for one of "
            "`chancery sources`, or `chancery demo`"
        )
    return chosen


def sample_places(settings: Settings, sources: Mapping[str, Source]) -> dict[str, tuple[str, int]]:
    """Where the invented hosts of sample sources are found: the newsroom's port on loopback, if one is set."""
    if settings.newsroom is None:
        return {}
    host, _, port = settings.newsroom.rpartition(":")
    try:
        if not (ipaddress.ip_address(host).is_loopback and port.isdecimal() and 0 < int(port) < 65_536):
            raise ValueError("no loopback address with a port")
    except ValueError as error:
        at = f"newsroom · {settings.newsroom!r}"
        raise SettingsError(f"{at} won't do ({error}); write it as 127.0.0.1:8765") from error
    places = (place for source in sources.values() if source.is_sample for place in source_addresses(source))
    return {urlsplit(place).hostname or "": (host, int(port)) for place in places}


def manners_of(source: Source | None) -> Manners:
    """How the fetcher is to visit the paper; without one, as the settings say."""
    if source is None:
        return {"delay_seconds": None, "right": None, "ports": frozenset()}
    manners = source.manners
    return {"delay_seconds": manners.delay_seconds, "right": manners.right, "ports": frozenset(manners.ports)}


def source_addresses(source: Source) -> tuple[str, ...]:
    """Every address that the declaration names."""
    found = source.discover
    return (source.home, *found.feeds, *found.sitemaps, *(listing.url for listing in found.listings))
