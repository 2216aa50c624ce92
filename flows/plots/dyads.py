"""Who visits whom: the directed pairs with most visits, and the matrix of the states in most of them."""

from __future__ import annotations

from typing import Any

from matplotlib import colormaps
from matplotlib.colors import PowerNorm
from matplotlib.ticker import MaxNLocator

from flows.errors import NothingToDraw
from flows.plots.frame import BLUE, SKY, Sheet, plural, sheet, shown, style
from warehouse import Counted

_MADE = (
    "Visits that were made (told as under way or concluded), each once, however many papers tell it. Not counted: "
    "visits only announced, postponed or cancelled; those whose visitor's or host's state no report names; those that "
    "no paper read here tells."
)
_NAME = 30
"""Letters of a state's name."""
_ROOM = 7.2 * 72
"""Points of a row of the matrix."""


def draw_dyads(counted: Counted, *, what: str) -> Sheet:
    """Bars, `counted` of `visits_by_dyad`; `what` tells the selection. Raises NothingToDraw."""
    rows = counted.rows
    if not rows:
        raise NothingToDraw(f"{what}: no visit that was made")
    title = f"Who visits whom most: {what}"
    pairs, visits = plural(rows[0]["pairs"], "directed pair"), plural(rows[0]["visits"], "visit")
    told = f"{len(rows)} of {pairs}; between all of them {visits} made."
    with style():
        paper = sheet(0.7 + 0.25 * len(rows), title=title, notes=(told, _MADE), counted=counted)
        axes = paper.figure.subplots()
        places = range(len(rows))
        top = [row["top_made"] for row in rows]
        other = [row["made"] - row["top_made"] for row in rows]
        axes.barh(places, top, color=BLUE, label="heads of state or government, royals")
        axes.barh(places, other, left=top, color=SKY, hatch="///", edgecolor="white", label="other offices")
        for place, row in enumerate(rows):
            axes.annotate(f"{row['made']:,}", (row["made"], place), (4, 0), textcoords="offset points", va="center")
        axes.set_yticks(list(places), [f"{shown(row['visitor'], _NAME)} → {shown(row['host'], _NAME)}" for row in rows])
        axes.set_ylim(len(rows) - 0.4, -0.6)
        axes.tick_params(axis="y", length=0)
        axes.set_xlabel("visits made")
        axes.set_xlim(0, max(row["made"] for row in rows) * 1.06)
        axes.xaxis.set_major_locator(MaxNLocator(integer=True))
        axes.grid(axis="x", color="#DDDDDD", linewidth=0.6)
        paper.key(axes, 2)
    return paper


def draw_matrix(counted: Counted, *, what: str) -> Sheet:
    """Numbers in cells, `counted` of `visits_in_matrix`; `what` tells the selection. Raises NothingToDraw."""
    rows = counted.rows
    if not rows:
        raise NothingToDraw(f"{what}: no visit that was made")
    sides = ("visitor", "host")
    names: dict[int, str] = {row[f"{side}_rank"]: row[f"{side}_country"] for row in rows for side in sides}
    ranks = sorted(names)
    place = {rank: number for number, rank in enumerate(ranks)}
    title = f"Who visits whom: {what}"
    told = (
        f"{len(ranks)} of {plural(rows[0]['states'], 'state')}, those in most visits, by ISO 3166 code; rows travel, "
        "columns are visited. An empty cell: no visit told, which is not the same as no visit made."
    )
    most = max(row["made"] for row in rows)
    with style():
        paper = sheet(1.0 + 0.27 * max(len(ranks), 8), title=title, notes=(told, _MADE), counted=counted)
        axes = paper.figure.subplots()
        cells: list[list[float]] = [[float("nan")] * len(ranks) for _ in ranks]
        for row in rows:
            cells[place[row["visitor_rank"]]][place[row["host_rank"]]] = row["made"]
        colors, scale = colormaps["Blues"], PowerNorm(0.5, vmin=0, vmax=max(most, 2))
        mesh = axes.pcolormesh(cells, cmap=colors, norm=scale, edgecolors="#DDDDDD", linewidth=0.5)
        _numbers(axes, cells, scale, most)
        _diagonal(axes, len(ranks))
        codes = [names[rank] for rank in ranks]
        middles = [number + 0.5 for number in range(len(ranks))]
        axes.set_xticks(middles, codes, rotation=90 if len(ranks) > 12 else 0)
        axes.set_yticks(middles, codes)
        axes.tick_params(length=0)
        axes.xaxis.tick_top()
        axes.xaxis.set_label_position("top")
        axes.set_xlabel("host")
        axes.set_ylabel("visitor")
        axes.invert_yaxis()
        for spine in axes.spines.values():
            spine.set_visible(False)
        ticks = MaxNLocator(integer=True, nbins=5)
        paper.figure.colorbar(mesh, ax=axes, label="visits made", shrink=0.7, aspect=30, ticks=ticks)
    return paper


def _numbers(axes: Any, cells: list[list[float]], scale: Any, most: int) -> None:
    # a digit is two thirds as wide as it is high
    size = min(7.0, _ROOM / len(cells) / (0.66 * len(str(most))))
    for y, line in enumerate(cells):
        for x, made in enumerate(line):
            if made == made:
                color = "white" if scale(made) > 0.6 else "black"
                axes.text(x + 0.5, y + 0.5, f"{made:.0f}", ha="center", va="center", size=size, color=color)


def _diagonal(axes: Any, size: int) -> None:
    """A state does not visit itself: no empty cells there."""
    for number in range(size):
        axes.fill_between([number, number + 1], number, number + 1, color="#E4E4E4", linewidth=0)
