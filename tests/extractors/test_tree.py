"""The lean builder makes the objects that the stock lxml builder makes, and leaves out what it is told to."""

import pytest
from bs4 import BeautifulSoup, Comment, NavigableString, Tag
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from extractors.tree import NOTE, build_soup

PAGES = [
    "<html><body><p class='a b'>un <b>deux</b> trois</p>queue<br>fin</body></html>",
    "<html><body><div id=x data-y='1 2'>\n  <p>a</p>\n\n <pre>\n  b\n</pre> <a rel='nofollow author' href='/x'>c</a></div></body></html>",
    "<html><body><table><tr><td headers='h1 h2'>1</td><td>2</td></tr></table><ul><li>x<li>y</ul><img src=a alt=''></body></html>",
    "<html lang=ar dir=rtl><body><p>نص <span>عربي</span></p>&amp; &eacute; &nbsp;</body></html>",
]


def parse(markup):
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    return etree.fromstring(markup.encode("utf-8"), parser)


def shape(node):
    """Everything that an object says of itself and of its place."""
    if isinstance(node, NavigableString):
        return (type(node).__name__, str(node))
    return (node.name, dict(node.attrs), node.can_be_empty_element, [shape(child) for child in node.contents])


@pytest.mark.parametrize("markup", PAGES)
def test_objects_attributes_and_links_are_those_of_the_stock_builder(markup):
    lean, stock = build_soup(parse(markup)), BeautifulSoup(markup, "lxml")
    assert shape(lean)[3] == shape(stock)[3]
    assert str(lean) == str(stock)
    pairs = list(zip(lean.descendants, stock.descendants, strict=True))
    for one, other in pairs:
        for link in ("parent", "next_element", "previous_element", "next_sibling", "previous_sibling"):
            here, there = getattr(one, link), getattr(other, link)
            assert (here is None) == (there is None) and getattr(here, "name", None) == getattr(there, "name", None)
    assert lean.select("p, td[headers~=h2], a[rel~=author], li:nth-child(2)") is not None
    assert [str(tag) for tag in lean.select("body *")] == [str(tag) for tag in stock.select("body *")]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(["<div class='x y'>", "</div>", "<p>", "</p>", "mot ", "\n", "<b>", "</b>", "<br>", "<li>", "&lt;", "é"]), max_size=40))  # fmt: skip
def test_any_mixture_of_tags_gives_the_same_tree(parts):
    markup = f"<html><body>{''.join(parts)}</body></html>"
    lean, stock = build_soup(parse(markup)), BeautifulSoup(markup, "lxml")
    assert shape(lean)[3] == shape(stock)[3]


def test_what_is_skipped_is_left_out_with_all_that_it_holds_but_not_its_tail():
    root = parse("<html><body><p>a<span class=ad>b<i>c</i></span>d</p></body></html>")
    soup = build_soup(root.find(".//p"), lambda element: element.get("class") == "ad")
    assert soup.get_text() == "ad" and not soup.find("i")


def test_comments_are_no_part_and_notes_become_an_attribute():
    root = parse("<html><body><p>a<!-- b -->c</p></body></html>")
    paragraph = root.find(".//p")
    soup = build_soup(root, notes={paragraph: "caption"})
    assert soup.p.attrs == {NOTE: "caption"} and not soup.find(string=lambda text: isinstance(text, Comment))
    assert isinstance(soup.p, Tag) and soup.p.get_text() == "ac"


def test_depth_is_no_danger():
    deep = parse("<html><body>" + "<div>" * 3_000 + "fond" + "</div>" * 3_000 + "</body></html>")
    assert build_soup(deep).get_text().strip() in ("fond", "")
