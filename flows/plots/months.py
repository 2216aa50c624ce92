"""Visits per month, with the articles that were read below them: a month without either is one where nobody looked."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from matplotlib.dates import date2num
from matplotlib.ticker import MaxNLocator

from flows.errors import NothingToDraw
from flows.plots.frame import BLUE, GREY, MONTHS, ORANGE, Sheet, plural, sheet, style
from warehouse import Counted

_PARTS = (
    ("made", "made (told as under way or concluded)", BLUE, ""),
    ("only_announced", "announced, nothing more told", ORANGE, "///"),
    ("not_made", "postponed or cancelled", GREY, "..."),
)
_LOOK: Mapping[str, Any] = {"align": "edge", "edgecolor": "white", "linewidth": 0.3}
_NOTES = (
    "Each visit once, however many papers tell it, in the month of its first day; where no day is printed, in that of "
    "its first report.",
    "Not counted: visits that no paper read here tells. A month without a bar is one without a report: look at the "
    "articles below it.",
)


def draw_months(counted: Counted, *, what: str) -> Sheet:
    """`counted` of `visits_by_month`; `what` tells the selection. Raises NothingToDraw."""
    rows = counted.rows
    visits = sum(row[part] for row in rows for part, *_ in _PARTS)
    if not visits:
        raise NothingToDraw(f"{what}: no visit to draw")
    title = f"Visits per month: {what} ({plural(visits, 'visit')}, made or not)"
    months = [row["month"] for row in rows]
    starts = [date2num(month) for month in months]
    widths = [monthrange(month.year, month.month)[1] * 0.85 for month in months]
    with style():
        paper = sheet(4.3, title=title, notes=_NOTES, counted=counted)
        above, below = paper.figure.subplots(2, 1, sharex=True, height_ratios=(3.2, 1))
        bottoms = [0] * len(rows)
        for part, label, color, hatch in _PARTS:
            heights = [row[part] for row in rows]
            above.bar(starts, heights, widths, bottoms, color=color, hatch=hatch, label=label, **_LOOK)
            bottoms = [low + height for low, height in zip(bottoms, heights, strict=True)]
        below.bar(starts, [row["articles"] for row in rows], widths, color="#444444", **_LOOK)
        above.set_ylabel("visits")
        below.set_ylabel("articles read\n(all papers)")
        for axes, most in ((above, 6), (below, 3)):
            axes.yaxis.set_major_locator(MaxNLocator(integer=True, nbins=most))
            axes.set_ylim(0, max(axes.get_ylim()[1], 1))
            axes.grid(axis="y", color="#DDDDDD", linewidth=0.6)
        named = list(_named(months))
        below.set_xticks([date2num(month) for month, _ in named], [name for _, name in named], ha="left")
        below.set_xlim(starts[0] - 3, starts[-1] + 31)
        paper.key(above, 3)
    return paper


def _named(months: list[date]) -> Iterator[tuple[date, str]]:
    """Months that get a name below the bars: all, quarters, half-years or Januaries, as many as there is room for."""
    step = next((step for most, step in ((16, 1), (48, 3), (84, 6)) if len(months) <= most), 12)
    years = -(-len(months) // (12 * 14))
    for number, month in enumerate(months):
        if (month.month - 1) % step == 0 and (step < 12 or month.year % years == 0):
            name = MONTHS[month.month - 1]
            has_year = month.month == 1 or number < step
            yield month, str(month.year) if step == 12 else f"{name}\n{month.year}" if has_year else name
