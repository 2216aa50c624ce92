"""What is worked out of a word once and asked for again in every text that has it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

V = TypeVar("V")


class Remembered(dict[str, V]):
    """A word -> what a function says of it. A dictionary, so that all words of a text are asked for in one `map`.

    Where more than `most` words are known, all are forgotten and begun anew: the memory of a process is bounded.
    """

    __slots__ = ("_most", "_tell")

    def __init__(self, tell: Callable[[str], V], most: int = 50_000) -> None:
        super().__init__()
        self._tell = tell
        self._most = most

    def __missing__(self, word: str) -> V:
        if len(self) >= self._most:
            self.clear()
        told = self[word] = self._tell(word)
        return told
