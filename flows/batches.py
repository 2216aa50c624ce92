"""Documents in batches that fit into memory, however large each of them is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

T = TypeVar("T")
MOST_BYTES = 32_000_000
"""Of the bodies of one batch together; a larger one comes alone."""


def in_batches(documents: Iterable[T], most: int, size_of: Callable[[T], int]) -> Iterator[list[T]]:
    """All documents in their order, at most so many at a time and no more bytes than MOST_BYTES."""
    batch: list[T] = []
    weight = 0
    for document in documents:
        size = size_of(document)
        if batch and (len(batch) >= most or weight + size > MOST_BYTES):
            yield batch
            batch, weight = [], 0
        batch.append(document)
        weight += size
    if batch:
        yield batch
