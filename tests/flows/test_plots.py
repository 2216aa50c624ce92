"""Plots: nothing written over anything else, the same file for the same rows, samples marked, hostile headlines harmless."""

import re
from datetime import date, timedelta
from itertools import combinations
from xml.etree import ElementTree

import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.text import Text
from typer.testing import CliRunner

import flows.cli
from flows.errors import NothingToDraw
from flows.plots import draw_dyads, draw_life, draw_matrix, draw_months
from flows.plots.frame import SAMPLE, style
from warehouse import Counted

CITED = "Chancery: visits between states, as the press tells them. Archive 651e018d-10d0-4f11-acdf-5d0863f0f552, version 5, 2026-11-26."
HOSTILE = [
    "$\\frac{1}{2}$ et $",
    "a --> <script>alert(1)</script>",
    "x\x00\x1b[31m\ny",
    "وصول رئيس الحكومة إلى الجزائر",
    "é" * 300,
    "",
    None,
]


def counted(rows, is_sample=True):
    return Counted(tuple(rows), is_sample, CITED)


def months(count, made=3):
    return counted(
        {
            "month": date(2016 + n // 12, n % 12 + 1, 1),
            "made": made,
            "only_announced": n % 3,
            "not_made": n % 2,
            "articles": 900 * n,
        }
        for n in range(count)
    )


def dyads(count):
    return counted(
        {
            "visitor": "Democratic Republic of the Congo",
            "host": "Saint Vincent and the Grenadines",
            "made": 5000 - n,
            "top_made": n,
            "pairs": 9000,
            "visits": 250_000,
        }
        for n in range(count)
    )


def matrix(size):
    code = [f"{letter}{other}A" for letter in "ABCDEFG" for other in "MNOPQR"]
    return counted(
        {
            "visitor_country": code[x],
            "visitor_rank": x + 1,
            "host_country": code[y],
            "host_rank": y + 1,
            "made": 100 * x + y,
            "states": 120,
        }
        for x in range(size)
        for y in range(size)
        if x != y
    )


def life(count, days=3):
    found = {
        "visit_id": "ee61adc58742242a",
        "visitor_name": "Abdelhakim Ferhati",
        "visitor_office": "foreign_minister",
        "kind": "working",
        "status": "concluded",
        "visitor": "Democratic Republic of the Congo",
        "host": "Saint Vincent and the Grenadines",
        "start_on": date(2025, 3, 10),
        "start_on_precision": "day",
        "end_on": date(2025, 3, 11),
        "report_count": count,
        "paper_count": 7,
    }
    statuses = ("announced", "postponed", "under_way", "concluded", "cancelled")
    rows = [
        {
            "told_on": date(2025, 3, 8) + timedelta(days=n * days),
            "source": "mli_la_depeche_du_hombori",
            "side": ("visitor", "host", "third", None)[n % 4],
            "status": statuses[n % 5],
            "headline": HOSTILE[n % len(HOSTILE)],
            "start_on": date(2025, 3, 10) if n % 2 else None,
        }
        for n in range(count)
    ]
    return found, counted(rows)


DRAWN = {
    "a month": lambda: draw_months(months(1), what="all states"),
    "two years": lambda: draw_months(months(24), what="all states"),
    "ten years": lambda: draw_months(months(120), what="MLI as visitor or host from 2016-01-01 to 2025-12-31"),
    "fifty years": lambda: draw_months(months(600), what="all states"),
    "a pair": lambda: draw_dyads(dyads(1), what="all states"),
    "sixty pairs": lambda: draw_dyads(dyads(60), what="all states"),
    "two states": lambda: draw_matrix(matrix(2), what="all states"),
    "forty states": lambda: draw_matrix(matrix(40), what="all states"),
    "a report": lambda: draw_life(*life(1)),
    "many reports": lambda: draw_life(*life(90, days=5)),
}


@pytest.mark.parametrize("name", DRAWN)
def test_no_words_stand_on_others_and_none_beyond_the_edge(name, monkeypatch):
    """Bugs caught: the legend lay over the citation, days over days, numbers over numbers."""
    drawn, placed, plain_draw = DRAWN[name](), set(), Text.draw
    monkeypatch.setattr(Text, "draw", lambda text, renderer: (placed.add(text), plain_draw(text, renderer))[1])
    with style():
        canvas = FigureCanvasAgg(drawn.figure)
        canvas.draw()
        texts = [(text.get_text(), text.get_window_extent(canvas.get_renderer())) for text in placed if text.get_text()]
    width, height = canvas.get_width_height()
    boxes = [(words, box) for words, box in texts if box.width and box.height]
    assert len(boxes) > 6
    assert not [
        words for words, box in boxes if box.x0 < -1 or box.y0 < -1 or box.x1 > width + 1 or box.y1 > height + 1
    ]
    over = [
        (one, other)
        for (one, a), (other, b) in combinations(boxes, 2)
        if min(a.x1, b.x1) - max(a.x0, b.x0) > 1 and min(a.y1, b.y1) - max(a.y0, b.y0) > 1
    ]
    assert not over


def words_of(svg):
    """The texts of a plot, which its file keeps beside their outlines."""
    return "\n".join(re.findall("<!-- (.*?) -->", svg.decode("utf-8"), flags=re.S))


@pytest.mark.parametrize("form", ["svg", "png"])
def test_the_same_rows_give_the_same_file(form):
    one, other = (draw_life(*life(6)).as_bytes(form) for _ in range(2))
    assert one == other and b"2026" not in one.replace(b"2026-11-26", b"")


def test_a_plot_says_what_it_counts_and_that_a_sample_is_invented():
    svg = draw_months(months(12), what="all states").as_bytes("svg")
    assert SAMPLE in words_of(svg) and "Not counted" in words_of(svg) and "version 5" in words_of(svg)
    real = Counted(months(12).rows, False, CITED)
    assert SAMPLE not in words_of(draw_months(real, what="all states").as_bytes("svg"))


def test_headlines_can_not_break_the_file():
    svg = draw_life(*life(7)).as_bytes("svg")
    assert ElementTree.fromstring(svg).tag.endswith("svg")
    assert b"<script" not in re.sub(b"<!--.*?-->", b"", svg, flags=re.S) and "$\\frac{1}{2}$ et $" in words_of(svg)


def test_of_many_reports_the_first_and_the_last_are_drawn():
    words = words_of(draw_life(*life(90)).as_bytes("svg"))
    assert "90 reports, 40 of them drawn" in words


def test_nothing_to_draw_is_said():
    for draw in (draw_months, draw_dyads, draw_matrix):
        with pytest.raises(NothingToDraw, match="MLI"):
            draw(counted([]), what="MLI")


@pytest.mark.parametrize(
    "words",
    [
        ["months", "--output", "x.gif"],
        ["months", "--from", "2018-13"],
        ["dyads", "--from", "2020", "--to", "2019"],
        ["matrix", "--country", "Mali"],
        ["visit"],
    ],
    ids=" ".join,
)
def test_bad_usage_ends_with_two(words):
    done = CliRunner().invoke(flows.cli.app, ["plot", *words])
    assert done.exit_code == 2 and done.stderr
