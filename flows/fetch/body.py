"""The bounded unpacker: never holds more of a page than its limit, and notices when the end is missing."""

from __future__ import annotations

import zlib
from collections.abc import AsyncIterable
from typing import Any

from flows.fetch.capture import Outcome


class BodyError(Exception):
    """The body can't be taken; `outcome` says why."""

    def __init__(self, outcome: Outcome, detail: str) -> None:
        super().__init__(detail)
        self.outcome = outcome


async def read_body(chunks: AsyncIterable[bytes], *, encoding: str, limit: int, is_cut: bool = False) -> bytes:
    """The whole body, unpacked. Raises BodyError: too_large (or the first `limit` bytes where `is_cut`), truncated
    or undecodable."""
    unpack = _unpacker(encoding, limit)
    taken, received = bytearray(), 0
    async for chunk in chunks:
        received += len(chunk)
        unpack.feed(chunk, taken)
        if max(received, len(taken)) > limit:
            if is_cut:
                return bytes(taken[:limit])
            raise BodyError("too_large", f"more than {limit:,} bytes; raise the limit if the page is honest")
    unpack.end()
    return bytes(taken)


def _unpacker(encoding: str, limit: int) -> _Plain | _Gzip | _Deflate:
    packed = encoding.strip().lower()
    if packed in ("", "identity"):
        return _Plain()
    if packed in ("gzip", "x-gzip"):
        return _Gzip(limit)
    if packed == "deflate":
        return _Deflate(limit)
    raise BodyError("undecodable", f"packed as {packed[:40]!r}, which was not asked for (gzip and deflate are)")


class _Plain:
    def feed(self, chunk: bytes, taken: bytearray) -> None:
        taken += chunk

    def end(self) -> None:
        """The connection's own end is the body's."""


class _Gzip:
    """One or more gzip members; what follows the last one and is none is ignored, as browsers do."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._member = zlib.decompressobj(31)
        self._begun = False
        self._done = False

    def feed(self, chunk: bytes, taken: bytearray) -> None:
        while chunk and not self._done and len(taken) <= self._limit:
            self._begun = True
            try:
                taken += self._member.decompress(chunk, self._limit - len(taken) + 1)
            except zlib.error as error:
                raise BodyError("undecodable", f"a gzip stream that can't be unpacked ({error})") from error
            # nothing is left over while the limit is not reached, save behind a member's end
            chunk = self._member.unused_data
            if self._member.eof and chunk:
                self._next_member(chunk)

    def _next_member(self, rest: bytes) -> None:
        if rest[:1] == b"\x1f":
            self._member = zlib.decompressobj(31)
        else:
            self._done = True

    def end(self) -> None:
        if self._begun and not self._done and not self._member.eof:
            raise BodyError("truncated", "the gzip stream ends before the page does")


class _Deflate:
    """A zlib stream, or the bare deflate that some servers send under its name."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._stream: Any = None

    def feed(self, chunk: bytes, taken: bytearray) -> None:
        if not chunk or len(taken) > self._limit:
            return
        if self._stream is None:
            has_header = chunk[0] & 0x0F == 8 and chunk[0] >> 4 <= 7
            self._stream = zlib.decompressobj() if has_header else zlib.decompressobj(-zlib.MAX_WBITS)
        try:
            taken += self._stream.decompress(chunk, self._limit - len(taken) + 1)
        except zlib.error as error:
            raise BodyError("undecodable", f"a deflate stream that can't be unpacked ({error})") from error

    def end(self) -> None:
        if self._stream is not None and not self._stream.eof:
            raise BodyError("truncated", "the deflate stream ends before the page does")
