"""Saved pages: a folder of HTML files as captures, each with the address that it was saved from."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from flows.discover.addresses import whole
from flows.fetch import Capture

MANIFEST = "manifest.jsonl"
ENDINGS = (".html", ".htm", ".xhtml", ".html.gz", ".htm.gz")


@dataclass(frozen=True, slots=True)
class SavedPage:
    """One file: its capture, or why there is none."""

    name: str
    """As the operator knows it: the path inside the folder."""
    capture: Capture | None = None
    problem: str | None = None


def saved_pages(folder: Path, *, max_bytes: int) -> Iterator[SavedPage]:
    """Every page under the folder in the order of names.

    `manifest.jsonl` beside them, one object a line, gives `path`, `url` and perhaps `captured_at`; a file that it
    doesn't name has the address file:///<path inside the folder>, and was captured when it was last written.
    """
    known = _manifest(folder)
    for path in sorted(p for p in folder.rglob("*") if p.name.lower().endswith(ENDINGS) and p.is_file()):
        name = path.relative_to(folder).as_posix()
        try:
            yield SavedPage(name, _capture(path, name, known.get(name, {}), max_bytes))
        except (OSError, EOFError, zlib.error, ValueError) as error:
            yield SavedPage(name, problem=f"{name}: looked for a saved page, found none that can be read ({error})")


def _capture(path: Path, name: str, known: Mapping[str, Any], max_bytes: int) -> Capture:
    at = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    if isinstance(known.get("captured_at"), str):
        given = datetime.fromisoformat(known["captured_at"])
        at = given if given.tzinfo else given.replace(tzinfo=UTC)
    with gzip.open(path) if name.lower().endswith(".gz") else path.open("rb") as lines:
        body = lines.read(max_bytes + 1)
    if len(body) > max_bytes:
        raise ValueError(f"more than {max_bytes:,} bytes; raise limits.page_bytes if the page is honest")
    url = whole(known["url"] if isinstance(known.get("url"), str) else f"file:///{name}")
    return Capture(url, url, 200, (("Content-Type", "text/html"),), body, at)


def _manifest(folder: Path) -> dict[str, Mapping[str, Any]]:
    """The manifest's lines by path; a line that is none names itself."""
    path = folder / MANIFEST
    if not path.is_file():
        return {}
    known: dict[str, Mapping[str, Any]] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            known[Path(row["path"]).as_posix()] = row
        except (ValueError, KeyError, TypeError) as error:
            raise ValueError(f"{path}:{number}: looked for an object with `path`, found none ({error})") from error
    return known
