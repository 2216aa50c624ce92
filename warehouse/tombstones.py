"""What was erased: addresses and domains as hashes alone, so that they are never fetched, shelved or loaded again."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

ADDRESS, DOMAIN = "address", "domain"


def address_hash(url: str) -> str:
    """sha256 of an address without scheme, `www.`, port 80 or 443, fragment and last slash."""
    try:
        parts = urlsplit(url.strip())
        host, port = (parts.hostname or "").removeprefix("www."), parts.port
    except ValueError:  # an address that is none is itself
        return _hash(url.strip())
    place = f"{host}:{port}" if port not in (None, 80, 443) else host
    return _hash(f"{place}{parts.path.rstrip('/')}" + (f"?{parts.query}" if parts.query else ""))


def domain_hash(domain: str) -> str:
    """sha256 of a host name under which everything is erased."""
    return _hash(f"domain:{domain.strip().lower().rstrip('.').removeprefix('www.')}")


@dataclass(frozen=True, slots=True)
class Tombstones:
    """The hashes of all that was erased."""

    hashes: frozenset[str] = frozenset()

    def holds(self, *urls: str | None) -> bool:
        """Whether one of the addresses, or a domain that it lies under, was erased."""
        return bool(self.hashes) and any(url is not None and self._is_held(url) for url in urls)

    def _is_held(self, url: str) -> bool:
        if address_hash(url) in self.hashes:
            return True
        try:
            labels = (urlsplit(url.strip()).hostname or "").split(".")
        except ValueError:
            return False
        return any(domain_hash(".".join(labels[n:])) in self.hashes for n in range(len(labels)))


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


_Rows = Sequence[Mapping[str, Any]]


def unburied(batch: Mapping[str, _Rows], held: Tombstones) -> dict[str, _Rows]:
    """A batch without readings of what was erased, and without links to it."""
    if not held.hashes:
        return dict(batch)
    readings = [
        {**row, "record": _unlinked(row["record"], held)}
        for row in batch.get("readings", ())
        if not held.holds(row["url"], row.get("listed_url"))
    ]
    return {**batch, "readings": readings} if "readings" in batch else dict(batch)


def _unlinked(record: Mapping[str, Any], held: Tombstones) -> Mapping[str, Any]:
    related = record.get("related") or ()
    return {**record, "related": [link for link in related if not held.holds(link.get("url"))]}
