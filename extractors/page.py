"""One page, parsed once: bytes to text, lxml tree, metas, JSON-LD."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import SplitResult, urljoin, urlsplit

from lxml import etree

from extractors.charset import decode
from extractors.errors import PageError
from extractors.tree import Element

MAX_BYTES = 12_000_000
"""Of one page; the longest honest news pages hold under 3 MB."""
MAX_TAGS = 60_000
"""Opening angle brackets; honest news pages hold under 15,000."""
MAX_ATTRIBUTES = 4_000
"""Of one tag; the parser compares each with each."""
_LONG_TAG = 8_000
_STRETCH = _LONG_TAG // 2
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_CONTROLS = re.compile("[\x01-\x08\x0e-\x1f]")
_PRINTED = re.compile("[^\0 \t\r\n\ufeff]")
_BINARY_WITHIN, _MOST_CONTROLS = 4_000, 0.02
_MAX_JSON = 2_000_000
_MAX_NODES = 2_000
_UNREAD = ("script", "style", "svg", "noscript", "iframe", "object", "embed", "canvas", "template", "select", "button",
           "textarea", "audio", "video", "map", "math", "datalist")  # fmt: skip
_ARTICLE_TYPE = re.compile(r"(?i)(?:article|blogposting|report|newsletter|review|advertisercontent|opinion)")
_HOLDERS = ("@graph", "mainEntity", "mainEntityOfPage", "itemListElement", "item", "hasPart", "subjectOf")
_JSON = json.JSONDecoder(strict=False)
_JSON_START = re.compile(r"[\[{]")
_SWALLOWED = re.compile(r"(?i)</?(?:head|body|html|div|p|meta)\b")
_NEVER_CLOSED = re.compile(r"(?i)(<title\b[^<>]*>[^<]*)(?=<(?!/title))")
_LOOSE_FIELD = re.compile(
    r'"(datePublished|dateModified|headline|inLanguage|articleSection)"\s*:\s*"((?:[^"\\]|\\.){1,400})"'
)


@dataclass(frozen=True, slots=True)
class Page:
    """What was printed in the head, and the tree of the rest."""

    url: str | None
    """Where the page was read from; links are completed with it."""
    encoding: str
    root: Element
    """Without comments, scripts, styles and form controls."""
    metas: Mapping[str, tuple[str, ...]]
    """Values by lower-case property, name or itemprop, in printed order."""
    articles: tuple[Mapping[str, Any], ...]
    """JSON-LD nodes of an article type."""
    title: str | None
    language: str | None
    """ISO 639-1 as the page declares it; the text decides in the end."""
    canonical_url: str | None

    def meta(self, *names: str) -> str | None:
        """The first value of the first of these metas that has one."""
        return next((self.metas[name][0] for name in names if name in self.metas), None)


def read_page(data: bytes, *, url: str | None = None, charset: str | None = None) -> Page:
    """Decode and parse. Raises PageError for what is no page, or larger than any honest page."""
    place = url or "a page"
    if len(data) > MAX_BYTES:
        raise PageError(f"{place}: {len(data):,} bytes, no article is longer than {MAX_BYTES:,}; look at it by hand")
    text, encoding = decode(data, charset=charset)
    _refuse_hostile(text, place)
    root = _parse(data if encoding == "utf-8" and b"\0" not in data else text, place)
    if any(_SWALLOWED.search(found.text or "") for found in root.iter("title")):
        # a title that is never closed takes the whole page for its text: it ends where the next tag begins
        root = _parse(_NEVER_CLOSED.sub(r"\1</title>", text), place)
    base = _base(root, url)
    metas = _metas(root)
    articles = tuple(_articles(root))
    title = root.findtext(".//title")
    etree.strip_elements(root, *_UNREAD, with_tail=False)
    return Page(
        url=base,
        encoding=encoding,
        root=root,
        metas=metas,
        articles=articles,
        title=" ".join(title.split()) or None if title else None,
        language=_declared_language(root, metas, articles),
        canonical_url=_canonical(root, metas, base),
    )


def _refuse_hostile(text: str, place: str) -> None:
    """Raises PageError for what no article is and what would cost a parser minutes."""
    if not _PRINTED.search(text):
        raise PageError(f"{place}: looked for an article, found an empty page; fetch it again")
    # a tag that is too long leaves a stretch of half its length without a beginning: few pages need be parted for that
    tags = [text.count("<", at, at + _STRETCH) for at in range(0, len(text), _STRETCH)]
    if sum(tags) > MAX_TAGS:
        raise PageError(f"{place}: more than {MAX_TAGS:,} tags, no article has so many; look at it by hand")
    head = text[:_BINARY_WITHIN]
    if len(_CONTROLS.findall(head)) > _MOST_CONTROLS * len(head):
        raise PageError(f"{place}: binary data, no page; see what the address serves")
    for part in text.split("<") if 0 in tags else ():
        if len(part) > _LONG_TAG:
            tag = _QUOTED.sub("", part.partition(">")[0])
            if len(tag.split()) > MAX_ATTRIBUTES:
                raise PageError(f"{place}: a tag with more than {MAX_ATTRIBUTES:,} attributes; look at it by hand")


def _parse(markup: bytes | str, place: str) -> Element:
    """The tree; text goes in as UTF-8 and without NULs, at which libxml2 would stop."""
    data = markup if isinstance(markup, bytes) else markup.replace("\0", "").encode("utf-8", "replace")
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        root = etree.fromstring(data, parser)
    except etree.ParserError as error:
        raise PageError(f"{place}: no markup to read ({error}); look at it by hand") from error
    except etree.XMLSyntaxError as error:
        raise PageError(f"{place}: no page, lxml says {error}; look at it by hand") from error
    if root is None:
        raise PageError(f"{place}: looked for an article, found nothing but comments; look at it by hand")
    return root


def _base(root: Element, url: str | None) -> str | None:
    found = root.find(".//base[@href]")
    try:
        return urljoin(url or "", found.get("href", "").strip()) or url if found is not None else url
    except ValueError:
        return url


def _metas(root: Element) -> dict[str, tuple[str, ...]]:
    values: dict[str, list[str]] = {}
    for element in root.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or element.get("http-equiv")
        content = element.get("content")
        if name and content and (content := " ".join(content.split())):
            values.setdefault(name.strip().lower(), []).append(content)
    return {name: tuple(found) for name, found in values.items()}


def _articles(root: Element) -> Iterator[Mapping[str, Any]]:
    for script in root.iter("script"):
        if "ld+json" in (script.get("type") or "") and script.text and len(script.text) <= _MAX_JSON:
            yield from _article_nodes(_loaded(script.text))


def _loaded(text: str) -> Any:
    """JSON as real pages write it; what is broken gives at least its plain fields."""
    start = _JSON_START.search(text, 0, 2_000)
    try:
        return _JSON.raw_decode(text, start.start())[0] if start else None
    except (ValueError, RecursionError):
        fields: dict[str, Any] = {}
        for name, value in _LOOSE_FIELD.findall(text[:200_000]):
            fields.setdefault(name, value.replace('\\"', '"').replace("\\/", "/"))
        return {"@type": "Article", **fields} if fields else None


def _article_nodes(document: Any) -> Iterator[Mapping[str, Any]]:
    waiting, seen = [document], 0
    while waiting and seen < _MAX_NODES:
        node = waiting.pop()
        seen += 1
        if isinstance(node, list):
            waiting.extend(reversed(node))
        elif isinstance(node, dict):
            kinds = node.get("@type")
            if any(isinstance(kind, str) and _ARTICLE_TYPE.search(kind) for kind in _listed(kinds)):
                yield node
            waiting.extend(node[key] for key in reversed(_HOLDERS) if isinstance(node.get(key), dict | list))


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


_LANGUAGE = re.compile(r"\s*([a-zA-Z]{2})(?:[-_][\w-]+)?\s*$")


def _declared_language(
    root: Element, metas: Mapping[str, tuple[str, ...]], articles: tuple[Mapping[str, Any], ...]
) -> str | None:
    names = ("content-language", "language", "dc.language", "og:locale")
    named = (
        root.get("lang"), root.get("{http://www.w3.org/XML/1998/namespace}lang"), root.get("xml:lang"),
        *(article.get("inLanguage") for article in articles), *(metas.get(name, (None,))[0] for name in names),
    )  # fmt: skip
    for value in named:
        if isinstance(value, str) and (found := _LANGUAGE.match(value)):
            return found.group(1).lower()
    return None


def _canonical(root: Element, metas: Mapping[str, tuple[str, ...]], base: str | None) -> str | None:
    for link in root.iter("link"):
        if (link.get("rel") or "").strip().lower() == "canonical" and link.get("href"):
            return absolute(base, link.get("href"))
    return absolute(base, metas.get("og:url", (None,))[0])


def split_address(url: str | None) -> SplitResult | None:
    """The parts of an address, or None where it is none."""
    try:
        return urlsplit(url) if url else None
    except ValueError:
        return None


def absolute(base: str | None, href: str | None) -> str | None:
    """A complete http(s) address without fragment, or None where the link is none."""
    href = (href or "").strip()
    if not href or href.startswith("#"):
        return None
    try:
        address = urljoin(base or "", href)
        parts = urlsplit(address)
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not parts.netloc:
        return href if not base and not parts.scheme else None
    return address.partition("#")[0]
