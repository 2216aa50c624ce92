"""Bytes of a page to text: UTF-8 where it is UTF-8, else what the page declares, read as the web reads it."""

from __future__ import annotations

import codecs
import re

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_DECLARED = re.compile(rb"""<(?:meta|\?xml)[^>]{0,300}?(?:charset|encoding)\s*=\s*["']?\s*([\w:.-]{2,40})""", re.I)
_HEAD_BYTES = 4096
_READ_AS = {
    "ascii": "cp1252",
    "us-ascii": "cp1252",
    "iso8859-1": "cp1252",
    "latin-1": "cp1252",
    "iso8859-6": "iso8859-6",
    "cp1256": "cp1256",
}
"""A page that says iso-8859-1 means windows-1252 (WHATWG, Encoding Standard)."""
_ARABIC_LETTERS = re.compile("[\u0621-\u064a]")


def decode(data: bytes, *, charset: str | None = None) -> tuple[str, str]:
    """(text, encoding) of a page's bytes; never fails, bytes that fit nothing become U+FFFD.

    `charset` is the one of the HTTP header. Order: byte order mark, strict UTF-8, header, the page's own declaration,
    UTF-16 without mark, then windows-1256 where that gives Arabic words and windows-1252 where it doesn't.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace"), encoding
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _legacy(data, charset)
    if "\0" in text and (unmarked := _unmarked_utf16(data)):
        return data.decode(unmarked, "replace"), unmarked
    return text, "utf-8"


def _legacy(data: bytes, header: str | None) -> tuple[str, str]:
    found = _DECLARED.search(data, 0, _HEAD_BYTES)
    for name in (header, found.group(1).decode("ascii", "replace") if found else None):
        encoding = _known(name)
        if encoding and encoding != "utf-8":
            return data.decode(encoding, "replace"), encoding
    if encoding := _unmarked_utf16(data):
        return data.decode(encoding, "replace"), encoding
    if found or header:
        # declared UTF-8 with a few damaged bytes: the damage is small, another charset would garble every accent
        return data.decode("utf-8", "replace"), "utf-8"
    encoding = "cp1256" if _looks_arabic(data) else "cp1252"
    return data.decode(encoding, "replace"), encoding


_NO_CHARSET = {"idna", "punycode", "unicode_escape", "raw_unicode_escape", "utf-7", "undefined"}
"""Python's codecs of text that no page is written in."""


def _known(name: str | None) -> str | None:
    """Python's name of a declared charset that keeps ASCII as it is; None for any other."""
    try:
        encoding = codecs.lookup((name or "").strip().strip("\"'")).name
        keeps_ascii = encoding not in _NO_CHARSET and b"<p>".decode(encoding, "replace") == "<p>"
    except (LookupError, ValueError):
        return None
    return _READ_AS.get(encoding, encoding) if keeps_ascii else None


def _unmarked_utf16(data: bytes) -> str | None:
    """UTF-16 without a mark shows in markup: every second byte of `<html` is NUL."""
    head = data[:200]
    if head.count(0) * 5 < len(head) * 2 or len(head) < 8:
        return None
    return "utf-16-le" if head[1::2].count(0) > head[::2].count(0) else "utf-16-be"


def _looks_arabic(data: bytes) -> bool:
    """More Arabic letters than any other above ASCII, when the bytes are read as windows-1256."""
    high = bytes(byte for byte in data[:20_000] if byte > 0x7F)
    letters = len(_ARABIC_LETTERS.findall(high.decode("cp1256", "replace")))
    words = re.findall(rb"[\x80-\xff]{3,}", data[:20_000])
    return len(words) * 12 > len(high) and letters * 2 > len(high)
