"""The closed list of outcomes: each is explained to operators, kept words are those words, and what they see is safe."""

import io
import re
from pathlib import Path

import pytest
from rich.console import Console

import flows.cli.show as show
from extractors import FeedError
from flows.fetch import OUTCOMES, FetchResult, without_user
from flows.rows import fetch_row, reject_row

HOUSE = Path(__file__).resolve().parents[2]
README = (HOUSE / "flows/README.md").read_text(encoding="utf-8")


def rows_of_table():
    table = README.partition("| outcome | meaning | what to do |")[2].partition("\n\n")[0]
    return [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in table.splitlines()[2:]]


def test_every_outcome_is_explained_and_no_other():
    rows = rows_of_table()
    assert [row[0].strip("`") for row in rows] and {row[0].strip("`") for row in rows} == set(OUTCOMES)
    assert len(rows) == len(OUTCOMES) and all(row[1] for row in rows)
    assert all(row[2] for row in rows if row[0].strip("`") not in ("ok", "not_modified", "fresh"))


def test_the_archive_s_dictionary_lists_the_same_words():
    text = (HOUSE / "warehouse/README.md").read_text(encoding="utf-8")
    meaning = re.search(r"\| outcome \| VARCHAR \| (ok, .*?) \|", text).group(1)
    assert set(re.findall(r"[a-z]+(?:_[a-z]+)*", meaning.partition("(")[0])) - {"or"} == set(OUTCOMES)


@pytest.mark.parametrize(
    ("url", "safe"),
    [
        ("http://me:word@x.example/a", "http://***@x.example/a"),
        ("https://word@x.example", "https://***@x.example"),
        ("http://me:wo@rd@x.example/@b", "http://***@x.example/@b"),
        ("http:\\\\me:word@x.example", "http:\\\\***@x.example"),
        ("http://x.example/@me", "http://x.example/@me"),
        ("mailto:desk@x.example", "mailto:desk@x.example"),
        ("", ""),
    ],
)
def test_a_password_in_an_address_is_kept_nowhere(url, safe):
    assert without_user(url) == safe
    reject = reject_row("r", "s", url, "page", "fetch", "x", at=None)
    assert "word" not in str(reject) and "word" not in str(
        fetch_row("r", "s", "page", FetchResult(without_user(url), "invalid_url"))
    )
    assert isinstance(FeedError(url), Exception)


def test_a_line_for_each_host_and_none_where_there_is_no_terminal(monkeypatch):
    with show.host_lines("sources", 1) as (advance, watch):
        watch("paper.example", 1, 2, "ok")
        advance(1)

    class Terminal(io.StringIO):
        def isatty(self):
            return True

    screen = Terminal()
    monkeypatch.setattr(show.sys, "stderr", screen)
    monkeypatch.setattr("rich.console.Console", lambda **_: Console(file=screen, force_terminal=True, width=100))
    with show.host_lines("sources", 40) as (advance, watch):
        for n in range(show.MOST_LINES + 3):
            watch(f"paper-{n}.example\x1b[31m", 1, 2, "ok")
        watch("paper-14.example\x1b[31m", 2, 2, "gone")
        advance(1)
    assert "paper-13.example" in screen.getvalue() and "\x1b[31mpaper" not in screen.getvalue()
