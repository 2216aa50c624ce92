"""How an erased address may stand in a page, a feed or a row: patterns that find it and nothing else."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

_ON = r"(?![\w/?&=%~#-])(?!\.\w)"
"""What follows makes no longer address of it."""
_LEAST_PATH, _LEAST_HEADLINE = 12, 20
"""Characters below which a path or a headline is too common to be looked for."""
_MOST_HEADLINES = 2_000


def mentions_of(addresses: Iterable[str], headlines: Iterable[str], domain: str | None) -> re.Pattern[bytes] | None:
    """A pattern for the bytes of records: the addresses in full or as links, escaped or not, and the headlines."""
    parts: list[str] = []
    if domain:
        name = re.escape(domain)
        parts.append(rf"(?:https?:)?\\?/\\?/(?:[\w-]+\.)*{name}(?![\w-])(?!\.\w)(?:[/?#\\:][^\s\"'<>)]*)?")
    else:
        for address in sorted(set(addresses), key=len, reverse=True):
            parts += _of_address(address)
    told = sorted({line for line in headlines if len(line) >= _LEAST_HEADLINE}, key=len, reverse=True)
    parts += [re.escape(form) for line in told[:_MOST_HEADLINES] for form in _forms(line)]
    return re.compile("|".join(parts).encode()) if parts else None


def _of_address(address: str) -> Iterator[str]:
    try:
        parts = urlsplit(address)
    except ValueError:
        yield re.escape(address)
        return
    if not parts.hostname:
        yield re.escape(address)
        return
    host = re.escape(parts.hostname.removeprefix("www."))
    target = _target(parts.path, parts.query)
    yield rf"(?:https?:)?\\?/\\?/(?:www\.)?{host}(?::\d+)?{target}(?:\\?/)?{_ON}"
    if len(parts.path) + len(parts.query) >= _LEAST_PATH:
        yield rf"(?<=[\"'=(]){target}(?:\\?/)?(?=[\"'\s>#)?])"


def _target(path: str, query: str) -> str:
    text = path.rstrip("/") + (f"?{query}" if query else "")
    return re.escape(text).replace("/", r"\\?/").replace(r"\&", "&").replace("&", "(?:&|&amp;|&\\#38;)")


def _forms(line: str) -> set[str]:
    """A headline as it stands in HTML, in JSON and plain."""
    inner = json.dumps(line)[1:-1]
    return {line, html.escape(line), html.escape(line, quote=False), inner, json.dumps(line, ensure_ascii=False)[1:-1]}


def stored_pattern(addresses: Iterable[str], domain: str | None) -> str:
    """The same for the catalogue's columns, in the pattern language of DuckDB (RE2): its last group is what follows."""
    if domain:
        return rf"(?:https?:)?//(?:[\w-]+\.)*{re.escape(domain)}(?::\d+)?(?:[/?#][^\s\"'<>)]*)?($|[^\w.-]|\.(?:\s|$))"
    found = "|".join(_stored(address) for address in sorted(set(addresses), key=len, reverse=True))
    return rf"(?:{found})/?($|[^\w/?&=%~.#-]|\.(?:\s|$))"


def _stored(address: str) -> str:
    try:
        parts = urlsplit(address)
    except ValueError:
        return _plain(address)
    if not parts.hostname:
        return _plain(address)
    query = f"?{parts.query}" if parts.query else ""
    host, target = _plain(parts.hostname.removeprefix("www.")), _plain(parts.path.rstrip("/") + query)
    return rf"(?:https?:)?//(?:www\.)?{host}(?::\d+)?{target}"


def _plain(text: str) -> str:
    """Escaped for RE2, which knows no escape of letters beyond ASCII."""
    return re.sub(r"([\\.+*?()\[\]{}|^$])", r"\\\1", text)
