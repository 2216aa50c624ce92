"""Reads the invented sentences under `sentences/`: a row a line, fields parted by "|", "!" before what is read wrongly still."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from _pytest.mark import MarkDecorator

FOLDER = Path(__file__).parent / "sentences"
_READ_WRONGLY = pytest.mark.xfail(reason="read wrongly still", raises=AssertionError, strict=True)
"""A wrong value only: a row that is read right, or at which the coder breaks, is a failure."""


def rows(name: str, fields: int) -> Iterator[tuple[list[str], list[MarkDecorator]]]:
    """The fields of each row, and its marks; in the last field " ¶ " parts paragraphs."""
    for line in (FOLDER / name).read_text(encoding="utf-8").splitlines():
        if line and line[0] != "#":
            told = [part.strip() for part in line.lstrip("!").split("|", fields - 1)]
            told[-1] = told[-1].replace(" ¶ ", "\n\n")
            yield told, [_READ_WRONGLY] if line[0] == "!" else []
