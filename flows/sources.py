"""The list of papers: all source declarations that count for this operator, and those that a run may ask."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from extractors import Source, load_sources, packaged
from flows.errors import RunError
from flows.settings import Settings


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
