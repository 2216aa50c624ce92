"""One article under many addresses: the form in which an address is asked for, and the key by which two are one.

`cleaned` takes off what only counts readers and can be asked for like the address it came from; `identity` goes
further and is never asked for: www and m., http and https, AMP and page, a slash at the end.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from w3lib.url import canonicalize_url

from flows.fetch import without_user

_FILE = Path(__file__).with_name("addresses.toml")
_HALF = re.compile("[\ud800-\udfff]")
_REMEMBERED = 1_000
"""A page's address is asked for several times while it is worked on; a hostile one may be long."""


@cache
def _words() -> dict[str, Any]:
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))


@cache
def _counting() -> re.Pattern[str]:
    words = _words()
    return re.compile("|".join([*words["tracking"], *words["session"]]), re.IGNORECASE)


@cache
def _caches() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(cache, re.IGNORECASE) for cache in _words()["caches"])


def _at_its_paper(url: str) -> str:
    """The paper's own address of a page that a cache hands on; any other address as it is."""
    while found := next(filter(None, (cache.fullmatch(url) for cache in _caches())), None):
        url = f"{'https' if found['safe'] else 'http'}://{found['address']}"
    return url


def whole(address: str) -> str:
    """The address without halves of surrogate pairs, which JSON and names of files can hold, and no table can."""
    return _HALF.sub("\ufffd", address)


@lru_cache(maxsize=_REMEMBERED)
def cleaned(url: str) -> str:
    """The paper's own address without tracking, session id, fragment and default port; one that can't be parted stays
    as it is."""
    url = _at_its_paper(whole(url.strip()))
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return without_user(url)
    if parts.scheme.lower() not in ("http", "https") or not parts.hostname:
        return without_user(url)
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    kept = [(key, value) for key, value in pairs if not _counting().fullmatch(key)]
    query = parts.query if len(kept) == len(pairs) else urlencode(kept)
    scheme, host = parts.scheme.lower(), f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    default = {"http": 80, "https": 443}[scheme]
    place = host if port in (None, default) else f"{host}:{port}"
    # that there was a user name stays, so that the fetcher sees it and refuses; what it was is kept nowhere
    user = "***" if "@" in parts.netloc else None
    path = re.sub(r"(?i);jsessionid=[^/?]*", "", parts.path)
    return urlunsplit((scheme, f"{user}@{place}" if user else place, path or "/", query, ""))


@lru_cache(maxsize=_REMEMBERED)
def identity(url: str) -> str:
    """The key of what an address shows; two addresses of one article have one key. It is no address itself."""
    try:
        parts = urlsplit(canonicalize_url(cleaned(url)))
        port = parts.port
    except ValueError:
        return cleaned(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return cleaned(url)
    host = bare_host(parts.hostname)
    host += f":{port}" if port not in (None, 80, 443) else ""
    query = urlencode([(k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if not _is_variant(k, v)])
    return host + _plain_path(parts.path) + (f"?{query}" if query else "")


def bare_host(host: str) -> str:
    """The host without the name of a device before it: www., m., amp. and their like."""
    first, _, rest = host.lower().partition(".")
    return rest if first in _words()["variant_hosts"] and "." in rest else host.lower()


def host_of(url: str) -> str:
    """The host of an address; empty where it has none."""
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def _is_variant(key: str, value: str) -> bool:
    words = _words()
    return key.lower() in words["variant_keys"] and value.lower() in words["variant_values"]


def _plain_path(path: str) -> str:
    words = _words()
    path = path.rstrip("/")
    for end in words["variant_ends"]:
        path = path.removesuffix(end)
    for start in words["variant_starts"]:
        if path.startswith(f"{start}/"):
            path = path.removeprefix(start)
    return path.rstrip("/")
