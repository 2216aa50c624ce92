"""`chancery replay`: the archive read again from its shelves, compared, and taken in when somebody says so."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from flows.cli.app import app
from flows.cli.show import (
    BAD_USAGE,
    ArchiveOption,
    ConfigOption,
    JsonOption,
    chosen_settings,
    progress,
    say,
    show_rows,
    told,
)
from flows.settings import Settings

if TYPE_CHECKING:
    from flows.replaying import ReplayOrder

_LONGEST = 120
"""Letters of a value that an example shows on the terminal; JSON shows all."""


@app.command()
def replay(
    sources: Annotated[
        list[str] | None, typer.Argument(metavar="[SOURCE…]", help="Names of sources; none means all on the shelves.")
    ] = None,
    since: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Only pages captured on this day (UTC) or later.")
    ] = None,
    until: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Only pages captured on this day (UTC) or earlier.")
    ] = None,
    diff: Annotated[
        bool, typer.Option("--diff", help="Read nothing; show what accepting the waiting replay would change.")
    ] = False,
    accept: Annotated[
        bool, typer.Option("--accept", help="Read nothing; take the waiting replay in, as new wordings.")
    ] = False,
    discard: Annotated[bool, typer.Option("--discard", help="Read nothing; throw the waiting replay away.")] = False,
    examples: Annotated[int, typer.Option(min=0, help="Pages shown of each field that would change.")] = 3,
    config: ConfigOption = None,
    archive: ArchiveOption = None,
    as_json: JsonOption = False,
) -> None:
    """Read the shelved pages again with today's readers, without network, and show what would change.

    The new values wait beside the archive until --accept; a replay that was broken off goes on where it was.
    Examples: chancery replay mli_amap --since 2026-01-01;  chancery replay --diff;  chancery replay --accept
    """
    if diff + accept + discard > 1 or ((diff or accept or discard) and (sources or since or until)):
        say("chancery replay: --diff, --accept and --discard stand alone; they are about the replay that waits")
        raise typer.Exit(BAD_USAGE)
    from extractors import SourceError
    from flows.replaying import ReplayOrder, accept_staged, discard_staged
    from warehouse import WarehouseError

    with told("replay", SourceError, WarehouseError):
        settings = chosen_settings(config, archive)
        if accept:
            counts = accept_staged(settings, tell=say)
            show_rows([dict(counts)], title="accepted; `chancery publish` brings it to the analysts", as_json=as_json)
        elif discard:
            say("the replay is thrown away" if discard_staged(settings) else "no replay waits")
        else:
            if not diff:
                _read(settings, ReplayOrder(tuple(sources or ()), *(d.date() if d else None for d in (since, until))))
            _show(settings, examples, as_json=as_json)


def _read(settings: Settings, order: ReplayOrder) -> None:
    from flows.replaying import count_pages, stage_replay

    with progress("pages", count_pages(settings, order, say)) as advance:
        report = stage_replay(settings, order, tell=say, advance=advance)
    went_on = f", {report.before} before" if report.before else ""
    rate = f" ({report.pages / report.seconds:.0f} a second)" if report.pages and report.seconds else ""
    say(f"read {report.pages} pages{went_on} in {report.seconds:.1f} s{rate}, {report.unread} of them unreadable")


def _show(settings: Settings, examples: int, *, as_json: bool) -> None:
    from flows.replaying import replay_difference

    found = replay_difference(settings, tell=say, examples=examples)
    totals = found.totals
    if not found.changes:
        say(f"{totals['pages']} pages read as before: nothing would change; --discard ends the replay")
        return
    title = f"{totals['changed']} of {totals['compared']} values on {totals['pages']} pages would change"
    show_rows(found.changes, title=title, as_json=as_json)
    if found.examples:
        cut = found.examples if as_json else [{k: _short(v) for k, v in row.items()} for row in found.examples]
        show_rows(cut, title="examples", as_json=as_json)
    say("nothing was changed yet: `chancery replay --accept` takes it in, --discard throws it away")


def _short(value: object) -> object:
    return f"{value[: _LONGEST - 1]}…" if isinstance(value, str) and len(value) > _LONGEST else value
