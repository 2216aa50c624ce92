"""Batches of documents: nothing lost, nothing out of order, never more than memory was meant for."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from flows import batches
from flows.batches import MOST_BYTES, in_batches


@given(st.lists(st.integers(0, 2 * MOST_BYTES), max_size=60), st.integers(1, 20))
def test_every_document_comes_once_in_order_and_no_batch_is_too_much(sizes: list[int], most: int) -> None:
    found = list(in_batches(sizes, most, lambda size: size))
    assert [size for batch in found for size in batch] == sizes
    assert all(0 < len(batch) <= most for batch in found)
    assert all(sum(batch) <= MOST_BYTES or len(batch) == 1 for batch in found)


@given(st.lists(st.integers(0, 1000), max_size=60), st.integers(1, 20))
def test_small_documents_fill_every_batch_but_the_last(sizes: list[int], most: int) -> None:
    found = list(in_batches(sizes, most, lambda size: size))
    assert all(len(batch) == most for batch in found[:-1])


def test_documents_are_taken_from_their_stream_only_as_they_are_needed() -> None:
    taken = []
    stream = in_batches((taken.append(n) or n for n in range(100)), 10, lambda n: 1)  # type: ignore[func-returns-value]
    next(stream)
    assert len(taken) == 11
    assert batches.MOST_BYTES < 100_000_000
