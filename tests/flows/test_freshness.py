"""For how long an answer holds by the site's own word, and what a feed says of itself."""

from datetime import UTC, datetime

import pytest

from extractors import FeedError, read_feed
from flows.fetch.freshness import MOST_FRESH, fresh_seconds

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"cache-control": "max-age=600"}, 600),
        ({"cache-control": "public, Max-Age = 600, s-maxage=9"}, 600),
        ({"cache-control": 'max-age="600"', "age": "200"}, 400),
        ({"cache-control": "max-age=600", "age": "900"}, 0),
        ({"cache-control": "max-age=600", "expires": "Mon, 02 Mar 2026 15:00:00 GMT"}, 600),
        ({"cache-control": "s-maxage=600"}, None),
        ({"cache-control": "no-cache, max-age=600"}, 0),
        ({"cache-control": "private, no-store"}, 0),
        ({"cache-control": "max-age=forever"}, None),
        ({"cache-control": "max-age=99999999"}, MOST_FRESH),
        ({"expires": "Mon, 02 Mar 2026 12:10:00 GMT"}, 600),
        ({"expires": "Mon, 02 Mar 2026 12:10:00 GMT", "date": "Mon, 02 Mar 2026 12:05:00 GMT"}, 300),
        ({"expires": "0"}, 0),
        ({"expires": "Thu, 19 Nov 1981 08:52:00 GMT"}, 0),
    ],
)
def test_fresh_seconds(headers, seconds):
    assert fresh_seconds(headers, NOW) == seconds


@pytest.mark.parametrize(
    ("inside", "seconds"),
    [
        ("", None),
        ("<ttl>30</ttl>", 1800),
        ("<ttl> soon </ttl>", None),
        ("<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>1</sy:updateFrequency>", 3600),
        ("<sy:updatePeriod> daily </sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency>", 21_600),
        ("<sy:updatePeriod>weekly</sy:updatePeriod>", 604_800),
        ("<sy:updatePeriod>sometimes</sy:updatePeriod>", None),
        ("<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>0</sy:updateFrequency>", 3600),
        ("<ttl>120</ttl><sy:updatePeriod>hourly</sy:updatePeriod>", 7200),
    ],
)
def test_what_a_feed_says_of_itself(inside, seconds):
    feed = (
        '<?xml version="1.0"?><rss version="2.0" xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"><channel><title>x</title>'
        f"{inside}<item><title>t</title><link>http://x.example/1</link></item></channel></rss>"
    )
    assert read_feed(feed.encode(), url="http://x.example/feed").ttl_seconds == seconds


def test_a_feed_that_is_none_says_nothing():
    with pytest.raises(FeedError):
        read_feed(b"<ttl>5</ttl>", url="http://x.example/feed")
