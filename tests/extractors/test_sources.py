"""Source declarations: the good ones load whole, the wrong ones say what to mend."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from extractors import Layout, Listing, SourceError, load_sources

GOOD = """title = "Le Témoin du Sahel"
country = "MLI"
language = "fr"
kind = "newspaper"
home = "https://le-temoin.example/"
"""
FULL = """verified = true
[discover]
feeds = ["https://le-temoin.example/rss.xml"]
listings = [{url = "https://le-temoin.example/une", selector = "h2 a"}]
fetch = "all"
[manners]
delay_seconds = 5
[expect]
articles_per_week = [20, 200]
[[layout]]
until = 2025-06-30
headline = "h1.title"
"""


def write(folder: Path, text: str) -> list[Path]:
    (folder / "mli_le_temoin.toml").write_text(text, encoding="utf-8")
    return [folder]


def test_a_full_declaration_is_read(tmp_path: Path) -> None:
    source = load_sources(write(tmp_path, GOOD + FULL))["mli_le_temoin"]
    assert source.verified and source.manners.delay_seconds == 5.0 and source.discover.fetch == "all"
    assert source.discover.listings == (Listing("https://le-temoin.example/une", "h2 a"),)
    assert source.expect.articles_per_week == (20, 200)
    assert source.layouts == (Layout(until=date(2025, 6, 30), headline="h1.title"),)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (GOOD + "color = 1", ("color", "allowed here", "country")),
        (GOOD.replace("MLI", "ml"), ("country", "alpha-3")),
        (GOOD.replace("newspaper", "blog"), ("kind", "press_agency")),
        (GOOD.replace("https://", "ftp://"), ("home", "http")),
        (GOOD.replace("title", "note"), ("title", "missing")),
        (GOOD + 'verified = "yes"', ("verified", "true or false")),
        (GOOD + '[discover]\nfeeds = "x"', ("discover.feeds", "list")),
        (GOOD + "[manners]\ndelay_seconds = -1", ("manners.delay_seconds", "seconds")),
        (GOOD + "[manners]\ndelay_seconds = nan", ("manners.delay_seconds", "seconds")),
        (GOOD + "[expect]\narticles_per_week = [9, 2]", ("expect.articles_per_week", "least")),
        (GOOD + '[[layout]]\nuntil = "soon"', ("layout[1].until", "day")),
        (
            GOOD + '[[discover.listings]]\nurl = "https://le-temoin.example/une"\npages = 3',
            ("listings[1].pages", "`more`"),
        ),
        (
            GOOD
            + '[[discover.listings]]\nurl = "https://le-temoin.example/une"\nmore = "https://le-temoin.example/une/2"',
            ("listings[1].more", "{page}"),
        ),
        (GOOD + "[discover", ("no readable TOML",)),
    ],
)
def test_a_wrong_declaration_names_file_key_and_remedy(tmp_path: Path, text: str, words: tuple[str, ...]) -> None:
    with pytest.raises(SourceError) as caught:
        load_sources(write(tmp_path, text))
    assert all(word in str(caught.value) for word in ("mli_le_temoin.toml", *words))


def test_the_operators_copy_takes_the_place_of_ours(tmp_path: Path) -> None:
    ours, own = tmp_path / "a", tmp_path / "b"
    ours.mkdir(), own.mkdir()
    folders = write(ours, GOOD) + write(own, GOOD + "verified = true")
    assert load_sources(folders)["mli_le_temoin"].verified


def test_packaged_sources_are_many_unverified_and_named_by_country() -> None:
    sources = load_sources()
    assert len(sources) >= 25
    for name, source in sources.items():
        assert name.startswith(source.country.lower() + "_") and not source.verified and not source.discover.feeds


def test_a_listing_may_have_further_pages(tmp_path: Path) -> None:
    more = '[[discover.listings]]\nurl = "https://le-temoin.example/une"\nmore = "https://le-temoin.example/une?page={page}"\npages = 9'
    [source] = load_sources(write(tmp_path, GOOD + more)).values()
    assert source.discover.listings == (
        Listing("https://le-temoin.example/une", None, "https://le-temoin.example/une?page={page}", 9),
    )
