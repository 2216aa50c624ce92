"""A WARC record as it stands: headers and block of the unpacked bytes, and whether its digests hold."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from warehouse.errors import DamagedShelfError

_END = b"\r\n\r\n"
_ALGORITHMS = ("sha256", "sha1", "md5", "sha512")
_DIGITS = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", "0123456789abcdefghijklmnopqrstuv")


@dataclass(frozen=True, slots=True)
class RawRecord:
    """One record, its block not copied."""

    headers: Mapping[str, str]
    """By lower-case names."""
    block: memoryview
    head: bytes = b""
    """The lines before the block, with the empty one."""

    @property
    def type(self) -> str:
        """response, request, metadata, revisit, warcinfo …"""
        return self.headers.get("warc-type", "")

    @property
    def payload(self) -> memoryview:
        """The body of an HTTP message; the whole block of any other record."""
        if not self.headers.get("content-type", "").startswith("application/http"):
            return self.block
        # the header of an HTTP message is short: what lies behind is not copied to be looked through
        head = bytes(self.block[:65_536]).find(_END)
        if head < 0:
            head = bytes(self.block).find(_END)
        return self.block[len(self.block) if head < 0 else head + len(_END) :]

    def broken_digests(self) -> list[str]:
        """Names of the digest headers that don't hold. A revisit's payload stands elsewhere and is not looked at."""
        held = [("WARC-Block-Digest", self.block)]
        if self.type != "revisit":
            held.append(("WARC-Payload-Digest", self.payload))
        return [
            name for name, data in held if (told := self.headers.get(name.lower())) and not _is_digest_of(told, data)
        ]


def raw_record(data: bytes) -> RawRecord:
    """The one record that the bytes hold. Raises DamagedShelfError where they hold none, or more or less than one."""
    end = data.find(_END)
    first, *lines = data[: max(end, 0)].split(b"\r\n")
    if not first.startswith(b"WARC/1."):
        raise DamagedShelfError("the bytes hold no WARC record")
    headers: dict[str, str] = {}
    for line in lines:
        name, _, value = line.partition(b":")
        headers[name.decode("utf-8", "replace").strip().lower()] = value.decode("utf-8", "replace").strip()
    told = headers.get("content-length", "")
    start = end + len(_END)
    if not (told.isascii() and told.isdecimal()):
        raise DamagedShelfError(f"Content-Length {told[:40]!r} is no number")
    if len(data) - start != int(told) + len(_END) or data[-len(_END) :] != _END:
        found = len(data) - start - len(_END)
        raise DamagedShelfError(f"Content-Length tells {told} bytes, the record holds {max(found, 0)}")
    return RawRecord(headers, memoryview(data)[start : start + int(told)], data[:start])


def _is_digest_of(told: str, data: memoryview) -> bool:
    """Whether a digest as `sha256:BASE32` (or hexadecimal) is that of the data; one of an unknown kind is believed."""
    algorithm, _, value = told.partition(":")
    algorithm, value = algorithm.lower().replace("-", ""), value.rstrip("=")
    if algorithm not in _ALGORITHMS:
        return True
    found = hashlib.new(algorithm, data, usedforsecurity=False)
    if len(value) == 2 * found.digest_size:
        return value.lower() == found.hexdigest()
    # base 32 as a number, for Python's own digits: base64.b32encode costs as much as hashing thirty kilobytes
    digits = value.translate(_DIGITS)
    try:
        number = int(digits, 32) >> (5 * len(digits) - 8 * found.digest_size)
    except ValueError:
        return False
    return number == int.from_bytes(found.digest(), "big")
