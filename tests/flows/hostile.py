"""Behaviours of hostile and broken servers, by name: what each answers, and the one outcome that it must end in.

A behaviour is (pages, expected outcome): `pages` maps a path to raw bytes or to a function of (socket, headers) that
returns bytes or sends what it likes; "/a" is what is asked for. Outcomes of feeds are `ok` where the bytes come whole:
what is wrong with them is the reading room's to say (`FEEDS`).
"""

from __future__ import annotations

import gzip
import json
import socket
import struct
import time
import zlib

HOST = "hostile.example"
_HEAD = b"HTTP/1.1 200 OK\r\n"
_CLOSE = b"Connection: close\r\n"


def whole(body=b"", *headers, status="200 OK"):
    """A well-formed answer with further raw header lines."""
    lines = b"".join(h.encode("latin-1") + b"\r\n" for h in headers)
    return f"HTTP/1.1 {status}\r\nContent-Length: {len(body)}\r\n".encode() + _CLOSE + lines + b"\r\n" + body


def packed(body, encoding):
    return _HEAD + f"Content-Encoding: {encoding}\r\n".encode() + _CLOSE + b"\r\n" + body


def to(location):
    return whole(b"", f"Location: {location}", status="302 Found")


def drip(start, piece, pause=0.05):
    """Sends a start, then a piece again and again, for as long as anyone listens."""

    def send(sock, _):
        sock.sendall(start)
        for _ in range(400):
            sock.sendall(piece)
            time.sleep(pause)

    return send


def flood(start, piece, times):
    def send(sock, _):
        sock.sendall(start)
        for _ in range(times):
            sock.sendall(piece)

    return send


def reset(start=b""):
    """Breaks the connection off with RST, as a crashed server does."""

    def send(sock, _):
        sock.sendall(start)
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        sock.close()

    return send


def silent(sock, _):
    time.sleep(4)


class Storm:
    """503 without end, or an ETag that is new at each look."""

    def __init__(self, answers):
        self.answers, self.asked = answers, 0

    def __call__(self, _, headers):
        self.asked += 1
        return self.answers(self.asked, headers)


_ZEROS = bytes(10_000_000)
_PAGE = b"<p>a whole page</p>" * 500
_DEFLATE = zlib.compress(_ZEROS)
_LONG_LOCATION = "http://hostile.example/" + "a" * 100_000

PAGES = {
    # ---- transport
    "slow byte by byte": (drip(_HEAD + b"Content-Length: 1000\r\n\r\n", b"x"), "timeout"),
    "slow headers": (drip(b"HTTP/1.1 200 OK\r\n", b"X: y\r\n"), "timeout"),
    "accepts and says nothing": (silent, "timeout"),
    "endless headers": (flood(_HEAD, b"X-Header: y\r\n", 100_000), "truncated"),
    "one header of 1 MB": (_HEAD + b"X-Big: " + b"y" * 1_000_000 + b"\r\n\r\n", "truncated"),
    "closes at once": (lambda sock, _: sock.close(), "truncated"),
    "reset at once": (reset(), "truncated"),
    "reset in the headers": (reset(_HEAD + b"Content-Le"), "truncated"),
    "reset in the body": (reset(_HEAD + b"Content-Length: 50000\r\n\r\nhalf"), "truncated"),
    "half a chunk": (_HEAD + b"Transfer-Encoding: chunked\r\n\r\n400\r\nhalf", "truncated"),
    "chunk size that is no number": (_HEAD + b"Transfer-Encoding: chunked\r\n\r\nzz\r\nhalf\r\n", "truncated"),
    "chunk size of 2^64": (_HEAD + b"Transfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\nhalf\r\n", "truncated"),
    "length too long": (_HEAD + b"Content-Length: 500\r\n\r\nshort", "truncated"),
    "length too short": (_HEAD + b"Content-Length: 5\r\n" + _CLOSE + b"\r\nshort and more", "ok"),
    "negative length": (_HEAD + b"Content-Length: -5\r\n\r\nshort", "truncated"),
    "two lengths": (_HEAD + b"Content-Length: 5\r\nContent-Length: 9\r\n\r\nshort", "truncated"),
    "length that is no number": (_HEAD + b"Content-Length: five\r\n\r\nshort", "truncated"),
    "HTTP/1.0 without length": (b"HTTP/1.0 200 OK\r\n\r\n<p>old page", "ok"),
    "HTTP/0.9": (b"<p>older page", "truncated"),
    "another protocol": (b"SSH-2.0-OpenSSH_9\r\n\r\n", "truncated"),
    "TLS on the plain port": (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(100), "truncated"),
    "random bytes": (bytes(range(256)) * 9, "truncated"),
    "status 999": (whole(b"no", status="999 Denied"), "http_error"),
    "status that is no number": (b"HTTP/1.1 abc OK\r\n\r\n", "truncated"),
    "endless 100 Continue": (drip(b"", b"HTTP/1.1 100 Continue\r\n\r\n"), "timeout"),
    "switches protocols": (b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n", ("http_error", "truncated")),
    "no content": (b"HTTP/1.1 204 No Content\r\n" + _CLOSE + b"\r\n", "http_error"),
    "a part unasked": (whole(b"part", "Content-Range: bytes 0-3/100", status="206 Partial Content"), "http_error"),
    "header with a NUL": (_HEAD + b"X: a\0b\r\n\r\n", "truncated"),
    # ---- bodies
    "gzip bomb of 300 MB": (packed(gzip.compress(_ZEROS, 1) * 30, "gzip"), "too_large"),
    "deflate bomb": (packed(_DEFLATE, "deflate"), "too_large"),
    "gzip in gzip": (packed(gzip.compress(gzip.compress(_ZEROS)), "gzip, gzip"), "undecodable"),
    "truncated gzip": (packed(gzip.compress(_PAGE)[:40], "gzip"), "truncated"),
    "truncated deflate": (packed(zlib.compress(_PAGE)[:40], "deflate"), "truncated"),
    "damaged gzip": (packed(b"\x1f\x8bnot so", "gzip"), "undecodable"),
    "gzip that is none": (packed(_PAGE, "gzip"), "undecodable"),
    "brotli unasked": (packed(b"xx", "br"), "undecodable"),
    "zstd unasked": (packed(b"(\xb5/\xfd", "zstd"), "undecodable"),
    "huge body": (flood(_HEAD + _CLOSE + b"\r\n", b"x" * 100_000, 30), "too_large"),
    "huge length and nothing": (_HEAD + b"Content-Length: 99999999999\r\n\r\n", "truncated"),
    "empty 200": (whole(), "ok"),
    "200 with an error page": (whole(b"<h1>404 Not Found</h1>"), "ok"),
    "binary for a page": (whole(bytes(range(256)) * 40, "Content-Type: text/html"), "ok"),
    "charset that lies": (whole("déjà".encode("latin-1"), "Content-Type: text/html; charset=utf-8"), "ok"),
    "charset of 10 KB": (whole(_PAGE, f"Content-Type: text/html; charset={'x' * 10_000}"), "ok"),
    "200 cookies": (whole(_PAGE, *[f"Set-Cookie: c{n}={'x' * 100}" for n in range(200)]), "ok"),
    "terminal codes in headers": (whole(_PAGE, "X-Note: plain", "Server: \x1b[2Jcleared"), "ok"),
    # ---- redirects
    "redirect to itself": (to("/a"), "too_many_redirects"),
    "redirect to a file": (to("file:///etc/passwd"), "invalid_url"),
    "redirect to a script": (to("javascript:alert(1)"), "invalid_url"),
    "redirect to data": (to("data:text/html,x"), "invalid_url"),
    "redirect to loopback": (to("http://127.0.0.1/"), "refused_address"),
    "redirect to localhost": (to("http://localhost/"), "refused_address"),
    "redirect to cloud metadata": (to("http://169.254.169.254/latest/meta-data/"), "refused_address"),
    "redirect to IPv6 loopback": (to("http://[::1]/"), "refused_address"),
    "redirect to mapped IPv6": (to("http://[::ffff:10.0.0.1]/"), "refused_address"),
    "redirect to an address in decimal": (to("http://2130706433/"), "refused_address"),
    "redirect to an address in octal": (to("http://0177.0.0.1/"), ("refused_address", "robots_unreachable")),
    "redirect to a mail server": (to("http://hostile.example:25/"), "refused_address"),
    "redirect to nonsense": (to("http://[::1"), "invalid_url"),
    "redirect without address": (whole(b"", status="302 Found"), "http_error"),
    "redirect with a password": (to("http://me:word@hostile.example/b"), "invalid_url"),
    "redirect to 100,000 letters": (to(_LONG_LOCATION), ("truncated", "invalid_url")),
    "redirect to a name that does not exist": (to("http://nowhere.invalid/"), ("robots_unreachable", "network_error")),
    # ---- validators, load
    "304 never asked for": (whole(b"", status="304 Not Modified"), "http_error"),
    "ETag with a line break in it": (whole(_PAGE, 'ETag: "a\tb"', "Last-Modified: yesterday"), "ok"),
    "ETag that lies": (Storm(lambda n, _: whole(_PAGE, f'ETag: "{n}"')), "ok"),
    "429 until next year": (whole(b"", "Retry-After: Fri, 31 Dec 2027 23:59:59 GMT", status="429 Slow"), "rate_limited"),
    "429 with nonsense": (whole(b"", "Retry-After: soon", status="429 Slow"), "rate_limited"),
    "503 storm": (Storm(lambda n, _: whole(b"", "Retry-After: 0", status="503 Busy")), ("rate_limited", "http_error")),
    "500": (whole(b"oops", status="500 Oops"), "http_error"),
    "gone": (whole(b"", status="410 Gone"), "gone"),
    "login wall": (whole(b"log in", 'WWW-Authenticate: Basic realm="x"', status="401 Unauthorized"), "walled"),
    "payment wall": (whole(b"pay", status="402 Payment Required"), "walled"),
    "captcha wall": (whole(b"prove it", "cf-mitigated: challenge", status="403 Forbidden"), "walled"),
    "denied": (whole(b"no", status="403 Forbidden"), "http_error"),
}  # fmt: skip

SITES = {
    "robots.txt of 50 MB": ({"/robots.txt": flood(_HEAD + _CLOSE + b"\r\n", b"Allow: /x\n" * 10_000, 500)}, "ok"),
    "robots.txt that says no after 500 KiB": ({"/robots.txt": whole(b"#" * 512_000 + b"\nUser-agent: *\nDisallow: /\n")}, "ok"),
    "robots.txt that redirects in a loop": ({"/robots.txt": to("/robots.txt")}, "ok"),
    "robots.txt that redirects to loopback": ({"/robots.txt": to("http://127.0.0.1/")}, "refused_address"),
    "robots.txt byte by byte": ({"/robots.txt": drip(_HEAD + b"\r\n", b"#")}, "robots_unreachable"),
    "robots.txt of random bytes": ({"/robots.txt": whole(bytes(range(256)) * 9)}, "ok"),
    "robots.txt that is an HTML page": ({"/robots.txt": whole(b"<html><p>User-agent: *")}, "ok"),
    "robots.txt of a million stars": ({"/robots.txt": whole(b"User-agent: *\nDisallow: /" + b"*a" * 200 + b"$")}, "ok"),
    "robots.txt with a crawl-delay of a year": ({"/robots.txt": whole(b"User-agent: *\nCrawl-delay: 31536000")}, "ok"),
    "robots.txt in a gzip bomb": ({"/robots.txt": packed(gzip.compress(_ZEROS, 1) * 30, "gzip")}, "ok"),
    "TDM file of 50 MB": ({"/.well-known/tdmrep.json": flood(_HEAD + _CLOSE + b"\r\n", b"[" * 100_000, 500)}, "ok"),
    "TDM file nested 100,000 deep": ({"/.well-known/tdmrep.json": whole(b"[" * 100_000)}, "ok"),
    "TDM file with a pattern of stars": (
        {"/.well-known/tdmrep.json": whole(json.dumps([{"location": "/" + "*a" * 60, "tdm-reservation": 1}]).encode())}, "ok"),
}  # fmt: skip

_RSS = b'<?xml version="1.0"?><rss version="2.0"><channel><title>x</title>%s</channel></rss>'
_ITEM = b"<item><title>t</title><link>%s</link></item>"
_LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(12))
    + b']><rss version="2.0"><channel><title>&m;</title><item><link>http://x.example/1</link></item></channel></rss>'
)
_XXE = b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss version="2.0"><channel><title>t</title><item><title>&x;</title><link>http://x.example/1</link></item></channel></rss>'

FEEDS = {
    "feed of 100,000 entries": _RSS % b"".join(_ITEM % b"http://x.example/%d" % n for n in range(100_000)),
    "feed without end": _RSS[:60] + (_ITEM % b"http://x.example/1") * 1000,
    "external entity": _XXE,
    "billion laughs": _LAUGHS,
    "nested 100,000 deep": b'<?xml version="1.0"?><rss version="2.0"><channel>' + b"<a>" * 100_000,
    "HTML for a feed": b"<!doctype html><p>Sorry",
    "empty feed": b"",
    "random bytes for a feed": bytes(range(256)) * 40,
    "links that are no addresses": _RSS % b"".join(_ITEM % link for link in (b"javascript:alert(1)", b"http://[", b"file:///etc/passwd", b"")),
    "links with passwords": _RSS % (_ITEM % b"http://me:word@x.example/1"),
    "JSON nested 100,000 deep": b'{"items":' + b"[" * 100_000,
    "JSON of the wrong kind": b'{"items": {"a": 1}}',
    "sitemap gzip bomb": gzip.compress(b"<urlset>" + bytes(60_000_000)),
    "sitemap cut short": gzip.compress(b"<urlset><url><loc>http://x.example/1</loc></url></urlset>")[:30],
    "sitemap with an external entity": b'<?xml version="1.0"?><!DOCTYPE u [<!ENTITY x SYSTEM "file:///etc/passwd">]><urlset><url><loc>&x;</loc></url></urlset>',
    "feed of one 5 MB title": _RSS % (b"<item><title>" + b"x" * 5_000_000 + b"</title><link>http://x.example/1</link></item>"),
}  # fmt: skip
