"""A visit's life: who told what of it, day by day, from its announcement to its communiqué."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from matplotlib.axes import Axes
from matplotlib.dates import date2num

from flows.plots.frame import BLUE, GREEN, MONTHS, ORANGE, PURPLE, Sheet, plural, sheet, shown, style
from warehouse import Counted

MOST = 40
"""Reports that are drawn: of more, the first and the last."""
_STATUS: Mapping[str, tuple[str, str]] = {
    "announced": (ORANGE, ">"), "postponed": (PURPLE, "<"), "under_way": (BLUE, "o"), "concluded": (GREEN, "s"),
    "cancelled": ("black", "X"),
}  # fmt: skip
_SOURCE, _HEADLINE = 24, 46
"""Letters of their names."""
_NOTE = (
    "A line each report, on the day it was printed (read, where no day is printed), by what it says of the visit; in "
    "brackets whose press it is. A hollow diamond stands on the day on which the report lets the visit begin. Not "
    "drawn: reports that no paper read here printed."
)


def draw_life(visit: Mapping[str, Any], counted: Counted) -> Sheet:
    """`visit` and `counted` of `life_of_visit`."""
    rows = _fewer(counted.rows)
    title = f"{visit['visitor'] or 'Unknown state'} → {visit['host'] or 'unknown state'}: {_who(visit)}"
    cut = f", {MOST} of them drawn" if len(rows) < len(counted.rows) else ""
    told = (
        f"Visit {visit['visit_id']}, {visit['kind'].replace('_', ' ')}, {visit['status'].replace('_', ' ')}; "
        f"{_when(visit)}. {plural(visit['report_count'], 'report')}{cut}, {plural(visit['paper_count'], 'paper')}."
    )
    with style():
        paper = sheet(0.8 + 0.32 * len(rows), title=title, notes=(told, _NOTE), counted=counted)
        axes = paper.figure.subplots()
        if visit["start_on"] and visit["start_on_precision"] == "day":
            last = visit["end_on"] or visit["start_on"]
            axes.axvspan(_noon(visit["start_on"]) - 0.5, _noon(last) + 0.5, color="#EEEEEE", label="the visit")
        _marks(axes, rows)
        places = range(len(rows))
        sources = [f"{shown(row['source'], _SOURCE)} ({row['side'] or 'unknown'})" for row in rows]
        axes.set_yticks(places, sources, size=8)
        names = axes.secondary_yaxis("right")
        names.set_yticks(places, [shown(row["headline"], _HEADLINE) for row in rows], size=8)
        names.spines["right"].set_visible(False)
        names.tick_params(length=0)
        axes.tick_params(axis="y", length=0)
        axes.set_ylim(len(rows) - 0.4, -0.6)
        axes.grid(axis="y", color="#EEEEEE", linewidth=0.6)
        _time(axes, visit, rows)
        paper.key(axes, 7)
    return paper


def _fewer(rows: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    half = MOST // 2
    return list(rows) if len(rows) <= MOST else [*rows[:half], *rows[-half:]]


def _who(visit: Mapping[str, Any]) -> str:
    office = (visit["visitor_office"] or "unknown office").replace("_", " ")
    return f"{shown(visit['visitor_name'], 60)}, {office}" if visit["visitor_name"] else office


def _when(visit: Mapping[str, Any]) -> str:
    if not visit["start_on"]:
        return "no day is printed"
    start = {"day": "%Y-%m-%d", "month": "%Y-%m"}.get(visit["start_on_precision"], "%Y")
    end = f" to {visit['end_on']:%Y-%m-%d}" if visit["end_on"] else ""
    return f"{visit['start_on'].strftime(start)}{end}"


def _marks(axes: Axes, rows: Sequence[Mapping[str, Any]]) -> None:
    for status, (color, marker) in _STATUS.items():
        its = [(row["told_on"], place) for place, row in enumerate(rows) if row["status"] == status]
        if its:
            days, places = [_noon(day) for day, _ in its], [place for _, place in its]
            label = status.replace("_", " ")
            axes.plot(days, places, marker, color=color, markersize=8, linestyle="none", label=label, zorder=3)
    starts = [(_noon(row["start_on"]), _noon(row["told_on"]), n) for n, row in enumerate(rows) if row["start_on"]]
    for start, told_on, place in starts:
        axes.plot([told_on, start], [place, place], color="#BBBBBB", linewidth=0.8, zorder=1)
    if starts:
        look: Mapping[str, Any] = {"markerfacecolor": "white", "markeredgecolor": "#444444", "markeredgewidth": 0.9}
        axes.plot(
            [start for start, *_ in starts], [place for *_, place in starts], "D", markersize=12, linestyle="none",
            label="begins, it says", zorder=2, **look,
        )  # fmt: skip


def _noon(day: date) -> float:
    """A day's middle, in days."""
    return float(date2num(day)) + 0.5


def _time(axes: Axes, visit: Mapping[str, Any], rows: Sequence[Mapping[str, Any]]) -> None:
    days = [row["told_on"] for row in rows] + [row["start_on"] for row in rows if row["start_on"]]
    days += [visit[end] for end in ("start_on", "end_on") if visit[end] and visit["start_on_precision"] == "day"]
    first, last = min(days), max(days)
    around = max((last - first).days * 0.04, 1)
    axes.set_xlim(_noon(first) - around, _noon(last) + around)
    step = max(1, -(-(last - first).days // 4))
    ticks = [first + timedelta(days=number) for number in range(0, (last - first).days + 1, step)]
    names = [f"{day.day} {MONTHS[day.month - 1]}" for day in ticks]
    years = [day.year if n == 0 or ticks[n - 1].year != day.year else None for n, day in enumerate(ticks)]
    labels = [f"{name}\n{year}" if year else name for name, year in zip(names, years, strict=True)]
    axes.set_xticks([_noon(day) for day in ticks], labels)
    axes.set_xlabel("printed on")
