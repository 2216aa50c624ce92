"""What every plot has: a title that says what is counted, notes, the mark of a sample, where it comes from, one file.

Colours are those of Okabe and Ito, which people of every colour vision tell apart; no meaning hangs on colour alone.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import Any

import matplotlib
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.layout_engine import ConstrainedLayoutEngine

from warehouse import Counted

BLUE, SKY, ORANGE, GREEN, PURPLE, RED, GREY = (
    "#0072B2", "#56B4E9", "#E69F00", "#009E73", "#CC79A7", "#D55E00", "#999999",
)  # fmt: skip
WIDTH = 9.0
"""Inches of every plot."""
SAMPLE = "INVENTED SAMPLE: no paper, person or visit in it is real"
_TERMS = "Facts: CC BY 4.0."
_MARGIN, _HEAD, _SAMPLE, _LINE, _KEY, _FOOT = 0.15, 0.28, 0.25, 0.19, 0.42, 0.16
"""Heights in inches."""
_LETTERS = 15.8
"""A line's letters an inch, in the small type of the notes."""
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_STYLE: Any = {
    # ships with the library: the same letters everywhere, Arabic ones too
    "font.family": ["DejaVu Sans"],
    "font.size": 9,
    # a headline with two dollar signs is no formula
    "text.parse_math": False,
    "svg.fonttype": "path",
    # ids within the file are drawn by this, else by chance
    "svg.hashsalt": "chancery",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.axisbelow": True,
    "axes.titlelocation": "left",
    "axes.titlesize": 9,
    "hatch.linewidth": 0.6,
    "legend.frameon": False,
}


@dataclass(frozen=True, slots=True)
class Sheet:
    """An empty figure with everything that is said around a plot."""

    figure: Figure
    title: str
    key_at: tuple[float, float]
    """Where the key stands, above the plot, in parts of the figure."""

    def key(self, axes: Axes, columns: int) -> None:
        """The legend, outside the plot: nothing is hidden behind it."""
        handles, labels = axes.get_legend_handles_labels()
        self.figure.legend(
            handles, labels, loc="upper left", bbox_to_anchor=self.key_at, ncols=columns, borderpad=0,
            borderaxespad=0, columnspacing=1.4, handletextpad=0.5, fontsize=8.5,
        )  # fmt: skip

    def as_bytes(self, form: str) -> bytes:
        """The file: `form` is svg or png."""
        out = io.BytesIO()
        told = {"Date": None, "Creator": None, "Title": self.title} if form == "svg" else {"Software": None}
        with style():
            self.figure.savefig(out, format=form, dpi=150, metadata=told)
        return out.getvalue()


def style() -> Any:
    """The context in which plots are drawn."""
    return matplotlib.rc_context(_STYLE)


def sheet(height: float, *, title: str, notes: Sequence[str], counted: Counted) -> Sheet:
    """`height` in inches is left for the plot itself; all else is added to it."""
    heads = wrap(title, int(WIDTH * 9))
    lines = [line for note in notes for line in wrap(note, int(WIDTH * _LETTERS))]
    feet = wrap(f"{counted.citation} {_TERMS}", int(WIDTH * _LETTERS * 1.12))
    above = _MARGIN + _HEAD * len(heads) + _SAMPLE * counted.is_sample + _LINE * len(lines) + _KEY
    below = _MARGIN + _FOOT * len(feet) + 0.08
    whole = above + height + below
    figure = Figure(figsize=(WIDTH, whole), layout="constrained")
    engine = figure.get_layout_engine()
    assert isinstance(engine, ConstrainedLayoutEngine)
    engine.set(rect=(0.005, below / whole, 0.99, height / whole))
    left, down = _MARGIN / WIDTH, _MARGIN
    for head in heads:
        figure.text(left, 1 - down / whole, head, va="top", size=13, weight="bold")
        down += _HEAD
    if counted.is_sample:
        figure.text(left, 1 - down / whole, SAMPLE, va="top", size=10, weight="bold", color=RED)
        down += _SAMPLE
    for line in lines:
        figure.text(left, 1 - down / whole, line, va="top", size=8.5, color="#333333")
        down += _LINE
    for number, foot in enumerate(reversed(feet)):
        figure.text(left, (_MARGIN + _FOOT * number) / whole, foot, va="bottom", size=7.5, color="#555555")
    return Sheet(figure, title, (left, 1 - (down + 0.12) / whole))


def shown(text: str | None, most: int) -> str:
    """A text of a page as one line of at most so many letters."""
    line = " ".join("".join(letter if letter.isprintable() else " " for letter in text or "").split())
    return line if len(line) <= most else f"{line[: most - 1].rstrip()}…"


def plural(count: int, one: str) -> str:
    """`1 visit`, `2,000 visits`."""
    return f"{count:,} {one if count == 1 else one + 's'}"
