"""The messenger against a real server that behaves well, badly, and like an attacker."""

import asyncio
import gzip
import socket
import time
import zlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.fetch import OUTCOMES, Fetcher, Validators
from flows.fetch.body import BodyError, read_body
from flows.fetch.capture import charset_of
from flows.fetch.fetcher import _rest
from flows.fetch.pacing import domain_of
from flows.fetch.question import url_problem
from flows.fetch.transport import GuardedTransport, is_public
from flows.settings import Limits

HOST = "paper.example"
URL = f"http://{HOST}/a"
LIMITS = Limits(page_bytes=1_000_000, connect_seconds=2, request_seconds=2.5, delay_seconds=0, retries=0)


def fetched(site, *urls, limits=LIMITS, hosts=(HOST,), validators=None, **fakes):
    """The results of fetching some addresses one after the other with one client."""

    async def run():
        async with Fetcher(
            limits, agent="Chancery/0.1 (+mailto:desk@x.example)", overrides=site.overrides(*hosts), **fakes
        ) as fetcher:
            return [await fetcher.fetch(url, validators=validators) for url in urls]

    results = asyncio.run(run())
    assert all(result.outcome in OUTCOMES for result in results)
    return results if len(urls) > 1 else results[0]


# ---------------------------------------------------------------- a good site


def test_a_page_comes_whole_with_what_is_still_true_of_it(site):
    packed = gzip.compress("Bamako, déjà".encode())
    site.pages[HOST, "/a"] = site.answer(
        packed, Content_Encoding="gzip", ETag='"1"', Set_Cookie="who=you", Content_Type="text/html; charset=UTF-8"
    )
    result = fetched(site, URL)
    assert (result.outcome, result.status, result.validators.etag) == ("ok", 200, '"1"')
    assert result.capture.body.decode() == "Bamako, déjà" and result.capture.charset == "utf-8"
    assert {name.lower() for name, _ in result.capture.headers} == {"content-type", "etag"}
    assert result.capture.captured_at.tzinfo is not None
    asked = site.headers[-1][2]
    assert (
        asked["user-agent"] == "Chancery/0.1 (+mailto:desk@x.example)" and asked["accept-encoding"] == "gzip, deflate"
    )


def test_no_more_sites_are_kept_on_the_line_than_requests_may_be_under_way(site):
    """Connections are kept by origin; those used longest ago are let go, and a site that comes again is had again."""
    hosts = [f"paper-{n}.example" for n in range(7)]
    site.pages |= {(host, "/a"): site.answer(f"<p>{host}") for host in hosts}
    transport = GuardedTransport(overrides=site.overrides(*hosts), connections=3)

    async def run():
        async with httpx.AsyncClient(transport=transport) as client:
            async with client.stream("GET", f"http://{hosts[0]}/a") as busy:
                texts = [(await client.get(f"http://{host}/a")).text for host in (*hosts[1:], hosts[2], *hosts[1:3])]
                kept = {origin[1].decode() for origin in transport._lines}
                await busy.aread()
            assert busy.text == f"<p>{hosts[0]}"
            return texts, kept, [line.busy for line in transport._lines.values()]

    texts, kept, busy = asyncio.run(run())
    assert texts == [f"<p>{host}" for host in (*hosts[1:], hosts[2], *hosts[1:3])]
    assert kept == {hosts[0], hosts[1], hosts[2]} and busy == [0, 0, 0] and not transport._lines


def test_what_did_not_change_is_not_sent_again(site):
    def page(_, headers):
        return (
            site.answer(status="304 Not Modified", Content_Length=None)
            if headers.get("if-none-match") == '"1"'
            else site.answer("new")
        )

    site.pages[HOST, "/a"] = page
    assert fetched(site, URL, validators=Validators('"1"', "Mon, 01 Jan 2024 00:00:00 GMT")).outcome == "not_modified"
    assert site.headers[-1][2]["if-modified-since"] == "Mon, 01 Jan 2024 00:00:00 GMT"
    assert fetched(site, URL, validators=Validators("é\x00")).outcome == "ok"


def test_a_304_never_asked_for_is_no_success(site):
    site.pages[HOST, "/a"] = site.answer(status="304 Not Modified", Content_Length=None)
    assert fetched(site, URL).outcome == "http_error"


def test_redirects_are_followed_and_remembered(site):
    site.pages |= {
        (HOST, "/a"): site.answer(status="301 Moved", Location="/b?x=1"),
        (HOST, "/b?x=1"): site.answer("there"),
    }
    result = fetched(site, URL)
    assert result.capture.final_url == f"http://{HOST}/b?x=1" and result.capture.url == URL
    assert result.redirects == (f"http://{HOST}/b?x=1",)


def test_archived_addresses_carry_no_port_and_hosts_are_led_by_the_override(site):
    site.pages |= {(HOST, "/a"): site.answer("1"), ("other.example", "/a"): site.answer("2")}
    results = fetched(site, URL, "http://other.example/a", hosts=(HOST, "other.example"))
    assert [r.capture.body for r in results] == [b"1", b"2"]
    assert str(site.port) not in "".join(r.capture.final_url for r in results)


# ---------------------------------------------------------------- manners


@pytest.mark.parametrize(
    ("robots", "outcome"),
    [
        ("User-agent: *\nDisallow: /private", "ok"),
        ("User-agent: *\nDisallow: /a", "robots_disallowed"),
        ("User-agent: Chancery\nDisallow: /\n\nUser-agent: *\nDisallow:", "robots_disallowed"),
        ("User-agent: somebody\nDisallow: /", "ok"),
        ("User-agent: desk\nDisallow: /", "ok"),
        ("\x00\xff no robots at all <html>", "ok"),
    ],
)
def test_robots_rules_are_obeyed(site, robots, outcome):
    site.pages |= {(HOST, "/robots.txt"): site.answer(robots), (HOST, "/a"): site.answer("page")}
    assert fetched(site, URL).outcome == outcome
    assert site.asked[HOST, "/a"] == (outcome == "ok")


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        ("404 Not Found", "ok"),
        ("403 Forbidden", "ok"),
        ("500 Oops", "robots_unreachable"),
        ("429 Slow", "robots_unreachable"),
    ],
)
def test_robots_that_cannot_be_had_count_as_no_and_missing_ones_as_yes(site, status, outcome):
    site.pages |= {(HOST, "/robots.txt"): site.answer(status=status), (HOST, "/a"): site.answer("page")}
    assert fetched(site, URL).outcome == outcome


def test_robots_are_asked_once_a_run_and_for_every_host_of_a_chain(site):
    site.pages |= {
        (HOST, "/a"): site.answer(status="302 Found", Location="http://other.example/b"),
        ("other.example", "/robots.txt"): site.answer("User-agent: *\nDisallow: /"),
        ("other.example", "/b"): site.answer("secret"),
    }
    results = fetched(site, URL, URL, hosts=(HOST, "other.example"))
    assert [r.outcome for r in results] == ["robots_disallowed"] * 2
    assert site.asked[HOST, "/robots.txt"] == site.asked["other.example", "/robots.txt"] == 1
    assert not site.asked["other.example", "/b"]


def test_a_huge_robots_file_is_read_as_far_as_the_standard_asks(site):
    site.pages[HOST, "/robots.txt"] = site.answer("User-agent: *\nDisallow: /a\n" + "# filler\n" * 200_000)
    assert fetched(site, URL).outcome == "robots_disallowed"


class FakeTime:
    """A clock that only sleeping moves."""

    def __init__(self):
        self.at, self.slept = 1000.0, []

    def monotonic(self):
        return self.at

    async def sleep(self, seconds):
        self.slept.append(round(seconds, 3))
        self.at += seconds

    def fakes(self):
        return {"monotonic": self.monotonic, "sleep": self.sleep, "chance": lambda: 0.5}


def test_a_host_is_asked_no_faster_than_the_delay_or_its_crawl_delay(site):
    site.pages |= {(HOST, "/a"): site.answer("1"), (HOST, "/robots.txt"): site.answer("User-agent: *\nCrawl-delay: 7")}
    clock = FakeTime()
    fetched(site, URL, URL, URL, limits=replace(LIMITS, delay_seconds=5), **clock.fakes())
    assert clock.slept == [7, 7]


def test_transient_trouble_is_tried_again_ever_later_and_then_told(site):
    clock = FakeTime()
    site.pages[HOST, "/a"] = site.answer(status="502 Bad Gateway")
    result = fetched(site, URL, limits=replace(LIMITS, retries=3), **clock.fakes())
    assert (result.outcome, result.status, result.attempts) == ("http_error", 502, 4)
    assert clock.slept == [1, 2, 4]


def test_lasting_trouble_is_not_tried_again(site):
    site.pages[HOST, "/a"] = site.answer(status="403 Forbidden")
    assert fetched(site, URL, limits=replace(LIMITS, retries=3)).attempts == 1
    assert fetched(site, f"http://{HOST}/nowhere", limits=replace(LIMITS, retries=3)).outcome == "gone"


def test_retry_after_is_honoured_and_a_long_one_is_left_to_the_next_run(site):
    clock, answers = FakeTime(), [site.answer(status="429 Slow", Retry_After="30"), site.answer("page")]
    site.pages[HOST, "/a"] = lambda *_: answers.pop(0)
    assert fetched(site, URL, limits=replace(LIMITS, retries=1), **clock.fakes()).outcome == "ok"
    assert sum(clock.slept) >= 30
    site.pages[HOST, "/b"] = site.answer(status="503 Busy", Retry_After="7200")
    result = fetched(site, f"http://{HOST}/b", limits=replace(LIMITS, retries=3), **FakeTime().fakes())
    assert (result.outcome, result.attempts, result.retry_after) == ("rate_limited", 1, 7200)


def test_retry_after_is_read_in_both_forms():
    now = datetime(2026, 1, 1, tzinfo=UTC)
    assert _rest("120", now) == 120
    assert _rest("Thu, 01 Jan 2026 00:02:00 GMT", now) == 120
    assert _rest("Wed, 31 Dec 2025 00:00:00 GMT", now) == 0
    assert _rest("soon", now) is None and _rest(None, now) is None
    assert timedelta(seconds=_rest("9" * 40, now))


def test_only_so_many_requests_reach_one_host_at_once(site):
    at_once, seen = [0], []

    def page(*_):
        at_once[0] += 1
        seen.append(at_once[0])
        time.sleep(0.05)
        at_once[0] -= 1
        return site.answer("x")

    site.pages |= {(HOST, f"/{n}"): page for n in range(8)}

    async def run():
        async with Fetcher(replace(LIMITS, requests_per_host=2), agent="x", overrides=site.overrides(HOST)) as fetcher:
            return await asyncio.gather(*(fetcher.fetch(f"http://{HOST}/{n}") for n in range(8)))

    assert {r.outcome for r in asyncio.run(run())} == {"ok"}
    assert max(seen) == 2


def test_a_host_that_never_answers_is_left_alone_for_the_run():
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]

    class Nobody:
        @staticmethod
        def overrides(*_):
            return {HOST: ("127.0.0.1", port)}

    clock = FakeTime()
    results = fetched(
        Nobody, *[f"http://{HOST}/{n}" for n in range(20)], limits=replace(LIMITS, retries=2), **clock.fakes()
    )
    assert {r.outcome for r in results} == {"robots_unreachable"}
    assert len(clock.slept) <= 3


def test_a_host_that_goes_silent_is_asked_no_more_than_three_times(site):
    site.pages |= {(HOST, f"/{n}"): lambda *_: time.sleep(0.5) for n in range(8)}
    results = fetched(site, *[f"http://{HOST}/{n}" for n in range(8)], limits=replace(LIMITS, request_seconds=0.1))
    assert [r.outcome for r in results] == ["timeout"] * 3 + ["network_error"] * 5
    assert "left alone" in results[-1].detail
    assert sum(site.asked[HOST, f"/{n}"] for n in range(8)) == 3


# ---------------------------------------------------------------- bad sites


def slowly(sock, _):
    sock.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
    for _ in range(100):
        sock.sendall(b"x")
        time.sleep(0.1)


def endless_headers(sock, _):
    sock.sendall(b"HTTP/1.1 200 OK\r\n")
    for number in range(200_000):
        sock.sendall(b"X-%d: y\r\n" % number)


BOMB = gzip.compress(bytes(10_000_000), 1) * 30


PACKED = gzip.compress(b"a whole page " * 500)
CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n400\r\nhalf"
BAD = {
    "slow byte by byte": (slowly, "timeout"),
    "endless headers": (endless_headers, "truncated"),
    "reset at once": (lambda sock, _: sock.close(), "truncated"),
    "no HTTP": (b"SSH-2.0-OpenSSH_9\r\n\r\n", "truncated"),
    "random bytes for an answer": (bytes(range(256)) * 9, "truncated"),
    "length too long": (b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\nshort", "truncated"),
    "half a chunk": (CHUNKED, "truncated"),
    "gzip of 300 MB": (b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n" + BOMB, "too_large"),
    "huge body": (b"HTTP/1.1 200 OK\r\n\r\n" + b"x" * 1_300_000, "too_large"),
    "damaged gzip": (b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n" + b"\x1f\x8bnot so", "undecodable"),
    "brotli unasked": (b"HTTP/1.1 200 OK\r\nContent-Encoding: br\r\n\r\nxx", "undecodable"),
    "redirect to itself": (
        b"HTTP/1.1 302 Found\r\nLocation: /a\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
        "too_many_redirects",
    ),
    "redirect to a file": (
        b"HTTP/1.1 302 Found\r\nLocation: file:///etc/passwd\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
        "invalid_url",
    ),
    "redirect to loopback": (
        b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:9/\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
        "refused_address",
    ),
    "redirect to nonsense": (
        b"HTTP/1.1 302 Found\r\nLocation: http://[::1\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
        "invalid_url",
    ),
    "redirect without address": (b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", "http_error"),
    "nothing there": (b"HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n", "http_error"),
}
BAD["truncated gzip"] = (b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n" + PACKED[: len(PACKED) // 2], "truncated")


@pytest.mark.parametrize("behaviour", BAD)
def test_a_bad_site_costs_one_outcome_and_the_next_page_comes(site, behaviour):
    page, outcome = BAD[behaviour]
    site.pages |= {(HOST, "/a"): page, (HOST, "/b"): site.answer("fine")}
    began = time.monotonic()
    bad, good = fetched(site, URL, f"http://{HOST}/b")
    assert (bad.outcome, bad.capture) == (outcome, None)
    assert bad.detail and good.outcome == "ok"
    assert time.monotonic() - began < 6


def test_two_hundred_cookies_are_not_kept(site):
    cookies = "".join(f"Set-Cookie: c{n}={'x' * 100}\r\n" for n in range(200)).encode()
    site.pages[HOST, "/a"] = b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nConnection: close\r\n" + cookies + b"\r\nx"
    assert [r.outcome for r in fetched(site, URL, URL)] == ["ok", "ok"]
    assert all("cookie" not in headers for _, _, headers in site.headers)


def test_a_name_that_leads_into_a_private_network_is_refused(site):
    site.pages["localhost", "/robots.txt"] = site.answer("")
    for url in (
        "http://localhost/a",
        f"http://localhost:{site.port}/a",
        f"http://127.0.0.1:{site.port}/",
        f"http://[::ffff:127.0.0.1]:{site.port}/",
    ):
        assert fetched(site, url).outcome == "refused_address"
    assert not site.asked


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1", "255.255.255.255",
        "::1", "::", "fe80::1%eth0", "fc00::1", "ff02::1", "::ffff:10.0.0.1", "64:ff9b::a00:1", "2002:a00:1::1", "::ffff:169.254.169.254",
    ],
)  # fmt: skip
def test_private_addresses_are_known_in_every_clothing(address):
    assert not is_public(address)


@pytest.mark.parametrize("address", ["93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c", "::ffff:93.184.215.14"])
def test_public_addresses_are_let_through(address):
    assert is_public(address)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "paper",
        "ftp://x.example/",
        "file:///etc/passwd",
        "http://",
        "http://[",
        "http://x.example:99999/",
        "http://me:word@x.example/",
        "http://x.example/" + "a" * 3000,
    ],
)
def test_what_is_no_address_is_never_asked(site, url):
    assert fetched(site, url).outcome == "invalid_url"
    assert "word" not in (url_problem(url) or "")


@given(st.text(max_size=60))
def test_any_text_is_either_an_address_or_a_problem(text):
    assert url_problem(text) is None or url_problem(text)


async def _pieces(data, size):
    for start in range(0, len(data), size):
        yield data[start : start + size]


@given(st.binary(max_size=3000), st.integers(1, 700), st.integers(1, 3))
def test_gzip_comes_out_as_it_went_in_however_it_is_cut(data, size, members):
    cut = len(data) // members
    packed = b"".join(gzip.compress(data[n * cut : (n + 1) * cut if n < members - 1 else None]) for n in range(members))
    assert asyncio.run(read_body(_pieces(packed + b"\0\0", size), encoding="gzip", limit=10_000)) == data


@given(st.binary(max_size=500), st.sampled_from(["gzip", "", "identity", "br"]), st.integers(1, 400))
def test_any_bytes_are_a_body_or_a_body_error(data, encoding, limit):
    try:
        body = asyncio.run(read_body(_pieces(data, 50), encoding=encoding, limit=limit))
    except BodyError as error:
        assert error.outcome in OUTCOMES
    else:
        assert len(body) <= limit


@given(st.text(max_size=80))
def test_any_content_type_gives_a_charset_or_none(text):
    found = charset_of(text)
    assert found is None or found.isascii() or found.isprintable()


@given(st.binary(max_size=3000), st.integers(1, 700), st.booleans())
def test_deflate_comes_out_as_it_went_in_with_and_without_its_header(data, size, is_bare):
    packer = zlib.compressobj(6, zlib.DEFLATED, -zlib.MAX_WBITS if is_bare else zlib.MAX_WBITS)
    packed = packer.compress(data) + packer.flush()
    assert asyncio.run(read_body(_pieces(packed, size), encoding="deflate", limit=10_000)) == data


def test_a_cut_deflate_stream_is_noticed():
    packed = zlib.compress(b"a whole page " * 500)
    with pytest.raises(BodyError) as caught:
        asyncio.run(read_body(_pieces(packed[: len(packed) // 2], 50), encoding="deflate", limit=10_000))
    assert caught.value.outcome == "truncated"


@pytest.mark.parametrize(
    ("host", "domain"),
    [
        ("www.paper.example", "paper.example"),
        ("a.b.paper.co.ma", "paper.co.ma"),
        ("paper.ml", "paper.ml"),
        ("192.0.2.7", "192.0.2.7"),
        ("[2001:db8::1]", "2001:db8::1"),
        ("localhost", "localhost"),
    ],
)
def test_one_registrable_domain_has_one_pace(host, domain):
    assert domain_of(host) == domain


def test_a_site_under_strain_is_asked_ever_more_rarely_and_forgiven(site):
    clock = FakeTime()
    answers = iter(["429 Slow"] * 3 + ["200 OK"] * 30)
    site.pages |= {(HOST, f"/{n}"): lambda *_: site.answer(status=next(answers)) for n in range(33)}
    fetched(site, *[f"http://{HOST}/{n}" for n in range(33)], limits=replace(LIMITS, delay_seconds=1), **clock.fakes())
    pauses = [round(seconds) for seconds in clock.slept]
    assert pauses[:5] == [1, 2, 4, 8, 6]
    assert sorted(pauses[3:], reverse=True) == pauses[3:] and pauses[-1] == 1


# ---------------------------------------------------------------- from one run to the next


def two_runs(site, host, urls, *, between, limits=LIMITS):
    """Results of a first run, and of a second one `between` later that was told the first one's host states."""
    moment = [datetime(2026, 3, 1, tzinfo=UTC)]

    async def run():
        async with Fetcher(
            limits, agent="Chancery/0.1", overrides=site.overrides(host), now=lambda: moment[0]
        ) as first:
            results = [await first.fetch(url) for url in urls]
            states = first.host_states()
        moment[0] += between
        async with Fetcher(
            limits, agent="Chancery/0.1", overrides=site.overrides(host), now=lambda: moment[0]
        ) as second:
            second.remember(states)
            again = [await second.fetch(url) for url in urls]
            return results, states, again, second.host_states()

    return asyncio.run(run())


def test_a_long_retry_after_closes_the_host_for_this_run_and_the_next(site):
    site.pages |= {(HOST, f"/{n}"): site.answer(status="429 Slow", Retry_After="7200") for n in range(4)}
    urls = [f"http://{HOST}/{n}" for n in range(4)]
    first, states, second, _ = two_runs(site, HOST, urls, between=timedelta(hours=1))
    assert {r.outcome for r in first + second} == {"rate_limited"}
    assert sum(site.asked[HOST, f"/{n}"] for n in range(4)) == 1
    left = states[HOST].rest_until - datetime(2026, 3, 1, 2, tzinfo=UTC)
    assert abs(left) < timedelta(seconds=30) and states[HOST].failures == 0


def test_after_its_rest_the_host_is_asked_again(site):
    site.pages[HOST, "/0"] = site.answer(status="503 Busy", Retry_After="7200")
    _, _, second, states = two_runs(site, HOST, [f"http://{HOST}/0"], between=timedelta(hours=3))
    assert second[0].status == 503 and site.asked[HOST, "/0"] == 2 and states[HOST].rest_until is not None


@pytest.mark.parametrize(("between", "asked"), [(timedelta(minutes=5), False), (timedelta(minutes=20), True)])
def test_a_host_that_is_down_is_left_alone_ever_longer(between, asked):
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]

    class Nobody:
        @staticmethod
        def overrides(*_):
            return {HOST: ("127.0.0.1", port)}

    urls = [f"http://{HOST}/{n}" for n in range(3)]
    _, states, second, later = two_runs(Nobody, HOST, urls, between=between, limits=replace(LIMITS, retries=3))
    assert states[HOST].failures == 1 and states[HOST].rest_until == datetime(2026, 3, 1, 0, 15, tzinfo=UTC)
    assert ("left alone for" in second[0].detail) is not asked
    assert (later.get(HOST, states[HOST]).failures == 2) is asked
