"""The list of pages to read: manifest lines and files as tasks, in order, each line one task even where it is wrong."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from flows.reading import PageTask

ENDING = ".jsonl"
KEYS = ("id", "path", "url", "published_on", "language")
"""Of a manifest line; others are passed over."""


def page_tasks(inputs: Sequence[Path], *, max_bytes: int) -> Iterator[PageTask]:
    """The tasks of all inputs: a .jsonl is a manifest, any other file is a page."""
    for path in inputs:
        if path.suffix.lower() == ENDING:
            yield from _manifest_tasks(path, max_bytes)
        else:
            yield PageTask(id=_stem(path), path=path, max_bytes=max_bytes)


def count_pages(inputs: Sequence[Path]) -> int:
    """How many tasks there will be."""
    return sum(_lines(path) if path.suffix.lower() == ENDING else 1 for path in inputs)


def _stem(path: Path) -> str:
    return path.name.removesuffix(".gz").rpartition(".")[0] or path.name


def _lines(path: Path) -> int:
    with path.open("rb") as lines:
        return sum(1 for line in lines if line.strip())


def _manifest_tasks(path: Path, max_bytes: int) -> Iterator[PageTask]:
    with path.open("rb") as lines:
        for number, line in enumerate(lines, 1):
            if line.strip():
                yield _task(line, f"{path}:{number}", path.parent, max_bytes)


def _task(line: bytes, at: str, folder: Path, max_bytes: int) -> PageTask:
    try:
        row = json.loads(line.decode("utf-8-sig"))
    except ValueError as error:
        return PageTask(problem=f"{at}: looked for one JSON object, found none ({error}); mend the line")
    if not isinstance(row, dict):
        return PageTask(problem=f"{at}: looked for one JSON object, found {type(row).__name__}; mend the line")
    known: dict[str, Any] = {key: row[key] for key in KEYS if row.get(key) is not None}
    task = PageTask(id=str(known["id"]) if "id" in known else None, url=str(known["url"]) if "url" in known else None)
    wrong = next((key for key in KEYS if key not in ("id", "url") and not isinstance(known.get(key, ""), str)), None)
    if wrong:
        return replace(task, problem=f"{at}: {wrong} is {known[wrong]!r}, not a text; mend the line")
    if not known.get("path"):
        return replace(task, problem=f"{at}: looked for `path`, found none; mend the line")
    return replace(
        task,
        path=folder / known["path"],
        max_bytes=max_bytes,
        published_on=known.get("published_on"),
        language=known.get("language"),
    )
