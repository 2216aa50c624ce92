"""Addresses: what only counts readers comes off, and two addresses of one article have one key."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.discover.addresses import cleaned, identity


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://Paper.example/a?utm_source=x&id=7#top", "https://paper.example/a?id=7"),
        ("http://paper.example:80/a?fbclid=1", "http://paper.example/a"),
        ("https://paper.example:8443/a", "https://paper.example:8443/a"),
        ("https://paper.example/a;jsessionid=AB12?id=7", "https://paper.example/a?id=7"),
        ("https://paper.example/a?id=7&lang=ar", "https://paper.example/a?id=7&lang=ar"),
        ("https://paper.example", "https://paper.example/"),
        ("https://paper.example/a?q=d%C3%A9j%C3%A0+vu&b", "https://paper.example/a?q=d%C3%A9j%C3%A0+vu&b"),
        ("https://paper-example.cdn.ampproject.org/c/s/paper.example/a?id=7", "https://paper.example/a?id=7"),
        (
            "https://paper-example.cdn.ampproject.org/v/paper.example/a?amp_js_v=0.1",
            "http://paper.example/a?amp_js_v=0.1",
        ),
        ("https://www.google.com/amp/s/paper.example/a", "https://paper.example/a"),
        ("https://paper.example/amp/s/other.example/a", "https://paper.example/amp/s/other.example/a"),
        ("https://paper.example/\ud800a", "https://paper.example/\ufffda"),
        ("file:///a.html", "file:///a.html"),
        ("http://[::1", "http://[::1"),
        ("http://[2001:db8::1]:80/a", "http://[2001:db8::1]/a"),
        ("https://user:word@paper.example/a", "https://***@paper.example/a"),
        ("ftp://user:word@paper.example/a", "ftp://***@paper.example/a"),
        ("http://user:word@[::1", "http://***@[::1"),
    ],
)
def test_cleaned(url, expected):
    assert cleaned(url) == expected


@pytest.mark.parametrize(
    "other",
    [
        "http://paper.example/monde/visite-123/",
        "https://www.paper.example/monde/visite-123",
        "https://paper.example/monde/visite-123?utm_campaign=rss&xtor=RSS-1",
        "https://paper.example/monde/visite-123/amp/",
        "https://paper.example/amp/monde/visite-123",
        "https://amp.paper.example/monde/visite-123",
        "https://m.paper.example/monde/visite-123#comments",
        "https://paper.example/monde/visite-123?noamp=mobile",
        "https://paper.example/monde/visite-123?amp",
        "HTTPS://PAPER.example:443/monde/visite-123",
        "https://paper-example.cdn.ampproject.org/c/s/paper.example/monde/visite-123/amp/",
    ],
)
def test_one_article_has_one_key(other):
    assert identity(other) == identity("https://paper.example/monde/visite-123")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://paper.example/a?id=1", "https://paper.example/a?id=2"),
        ("https://paper.example/a", "https://paper.example/b"),
        ("https://paper.example/a?lang=ar", "https://paper.example/a?lang=fr"),
        ("https://ma.example/a", "https://paper.example/a"),
        ("https://paper.example/a?p=12", "https://paper.example/a"),
    ],
)
def test_two_articles_have_two_keys(one, other):
    assert identity(one) != identity(other)


@given(st.text() | st.text().map(lambda t: f"https://{t}") | st.text().map(lambda t: f"http://paper.example/{t}"))
def test_any_text_is_cleaned_once_and_for_all(url):
    assert cleaned(cleaned(url)) == cleaned(url)
    assert isinstance(identity(url), str)
