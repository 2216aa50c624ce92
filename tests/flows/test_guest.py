"""Three days at six sites that count: delays, concurrency, robots, reservations, rests and 304s are kept, run after run."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest
from archives import QUICK, ask
from guests import BEGIN, HereAndNow, Host, SimulatedTime, answer, http_date

from flows.desk import Order
from flows.run import run_ingest
from flows.settings import Settings

HOUR, DAY = 3600.0, 86_400.0
DELAY = 3.0
EVERY = 6 * HOUR
"""Between two runs."""
SOURCE = """title = "{name}"
country = "MLI"
language = "fr"
kind = "newspaper"
home = "http://{name}/"
verified = true
is_sample = true
[discover]
fetch = "all"
feeds = ["http://{name}/feed"]
"""


def closed(first, hours, words):
    """A refusal of everything but the house rules from one moment on, told once with its end."""
    told = []

    def refuse(at, path):
        if first <= at < first + hours * HOUR and (path == "/feed" or told):
            told.append(at)
            return answer(status=words["status"], Retry_After=words["after"])
        return None

    return refuse


def sites(time):
    later = http_date(BEGIN + timedelta(hours=31))
    return {
        "calm.example": Host(time, "calm.example", feed_headers={"Cache_Control": "max-age=600"}),
        "slow.example": Host(time, "slow.example", robots="User-agent: *\nCrawl-delay: 20\nDisallow: /private"),
        "reserved.example": Host(time, "reserved.example", tdm='[{"location": "/a/*", "tdm-reservation": 1}]'),
        "rare.example": Host(
            time,
            "rare.example",
            feed_extra="<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>2</sy:updateFrequency>",
        ),
        "busy.example": Host(
            time, "busy.example", refuse=closed(24 * HOUR, 8, {"status": "429 Slow Down", "after": "28800"})
        ),
        "dated.example": Host(
            time, "dated.example", refuse=closed(24 * HOUR, 7, {"status": "503 Busy", "after": later})
        ),
    }


@pytest.fixture
def visits(site, tmp_path, monkeypatch):
    """(hosts by name, archive) after three days of runs, one every six hours."""
    time = SimulatedTime()
    time.watch_requests(monkeypatch)
    monkeypatch.setattr("flows.desk.ReadingPool", HereAndNow)
    hosts = sites(time)
    (tmp_path / "sources").mkdir()
    for name, host in hosts.items():
        host.install(site)
        (tmp_path / f"sources/mli_{name.partition('.')[0]}.toml").write_text(SOURCE.format(name=name), encoding="utf-8")
    limits = replace(QUICK, delay_seconds=DELAY, requests_per_host=2, retries=2)
    settings = Settings(
        archive=tmp_path / "archive",
        sources=(tmp_path / "sources",),
        packaged_sources=False,
        newsroom=f"127.0.0.1:{site.port}",
        limits=limits,
    )
    for n in range(int(3 * DAY / EVERY)):
        time.at = max(time.at, n * EVERY)
        asyncio.run(run_ingest(settings, Order(), clock=time.clock))
    return hosts, tmp_path / "archive"


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_three_days_of_good_manners(visits):
    hosts, archive = visits
    calm, slow, _, rare, busy, dated = hosts.values()
    for host in hosts.values():
        pauses = [
            later.at - sooner.at
            for sooner, later in pairwise(
                v for v in host.visits if v.path not in ("/robots.txt", "/.well-known/tdmrep.json")
            )
        ]
        wanted = 20.0 if host is slow else DELAY
        assert min(pauses) >= wanted - 0.001, (host.name, min(pauses))
        assert max(visit.at_once for visit in host.visits) <= 2
        assert all(visit.headers["user-agent"].startswith("Chancery/") for visit in host.visits)
        # the rules of the house: at least once, and not more than once a day and file
        for path in ("/robots.txt", "/.well-known/tdmrep.json"):
            times = [visit.at for visit in host.asked(path) if visit.status != 429 and visit.status != 503]
            assert 1 <= len(times) <= 4 and all(later - sooner >= DAY - EVERY for sooner, later in pairwise(times)), (
                host.name,
                path,
                times,
            )

    # what robots.txt disallows is never asked for; what the others list, all is
    assert not slow.asked("/private") and calm.asked("/private")
    # of a site that reserves mining, two pages a run are looked at, and none is kept
    held = dict(ask(archive, "SELECT source, count(*) FROM articles GROUP BY source"))
    # (what the feed listed since it was asked last is not known yet)
    assert 0 <= held["mli_calm"] - held.pop("mli_rare") <= 2
    less = {"mli_calm": 0, "mli_slow": 3, "mli_busy": 0, "mli_dated": 0}
    assert held == {name: held["mli_calm"] - fewer for name, fewer in less.items()} | {"mli_reserved": 3}
    assert ask(
        archive, "SELECT DISTINCT reservation FROM fetches WHERE source = 'mli_reserved' AND outcome = 'tdm_reserved'"
    ) == [("reserved (file)",)]

    # a feed is not asked before its time
    feeds = [visit.at for visit in rare.asked("/feed")]
    assert min(later - sooner for sooner, later in pairwise(feeds)) >= 12 * HOUR and 4 <= len(feeds) <= 6
    assert len(calm.asked("/feed")) == 3 * DAY / EVERY

    # a rest that was asked for, in seconds and as a date, is kept by all later runs, and the host is asked again after it
    for host, end in ((busy, 32), (dated, 31)):
        told = [visit.at for visit in host.visits if visit.status in (429, 503)]
        assert len(told) == 1, told
        assert not [visit for visit in host.visits if told[0] < visit.at < end * HOUR]
        assert [visit for visit in host.visits if visit.at >= end * HOUR]

    # what did not change costs a 304: a page is given once, a feed once for each new story
    for host in (calm, slow, rare, busy, dated):
        given = [visit.path for visit in host.visits if visit.status == 200 and visit.path.startswith("/a/")]
        assert len(given) == len(set(given))
        assert [visit for visit in host.asked("/a/") if visit.status == 304]
    assert len([visit for visit in calm.asked("/feed") if visit.status == 200]) <= 3 * DAY / (6 * HOUR) + 1
