"""Erasure in the catalogue: what it holds of an address, what goes, and the file written anew without old pages."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pyarrow as pa

from warehouse.catalogue import Catalogue, open_catalogue
from warehouse.errors import CatalogueError, from_os
from warehouse.load import with_rows, with_table
from warehouse.mentions import stored_pattern
from warehouse.opening import in_words, locked
from warehouse.rows import moment
from warehouse.stacks import sync_folder
from warehouse.statements import statement
from warehouse.striking import Struck
from warehouse.tombstones import Tombstones, address_hash, domain_hash

_BY_ADDRESS = (
    ("related_links", "url"),
    ("validators", "url"),
    ("feeds", "url"),
    ("article_addresses", "url"),
    ("house_rules", "address"),
)
_TEXTS = ("body", "lede", "text")
"""Columns in which places of characters are counted: what goes from them leaves as many behind."""


@dataclass(frozen=True, slots=True)
class ErasureScope:
    """What is to be erased, and all that the catalogue knows of it."""

    target: str
    domain: str | None
    addresses: tuple[str, ...]
    headlines: tuple[str, ...]

    @property
    def tombstones(self) -> Tombstones:
        """What stands for it once it is gone."""
        if self.domain:
            return Tombstones(frozenset({domain_hash(self.domain)}))
        return Tombstones(frozenset(map(address_hash, self.addresses)))


def scope_of(catalogue: Catalogue, target: str, domain: str | None) -> ErasureScope:
    """Every address under which the target is known, with the headlines of its articles."""
    held = [url for (url,) in catalogue.connection.execute(statement("addresses_held")).fetchall() if url]
    wanted = Tombstones(frozenset({domain_hash(domain) if domain else address_hash(target)}))
    found = {url for url in held if wanted.holds(url)} | (set() if domain else {target})
    for _ in range(2):
        found |= {url for (url,) in _asking(catalogue, found, "addresses_of_articles") if url}
    headlines = {line for (line,) in _asking(catalogue, found, "headlines_of") if line}
    return ErasureScope(target, domain, tuple(sorted(found)), tuple(sorted(headlines)))


def erase_rows(
    catalogue: Catalogue, scope: ErasureScope, struck: Struck, digests: Mapping[str, str], at: datetime
) -> dict[str, int]:
    """All rows of it go, in one transaction; requests and rejects keep the hash in the place of the address.

    Gives how many articles and reports went. Doing it again does nothing.
    """
    connection = catalogue.connection
    with _transaction(catalogue, "erasing"):
        _asking(catalogue, scope.addresses, "condemn_articles")
        row = connection.execute(statement("count_condemned")).fetchone() or (0, 0)
        connection.execute(statement("queue_condemned"))
        for table, column in connection.execute(statement("keyed_columns")).fetchall():
            connection.execute(statement("delete_condemned").format(table=table, column=column))
        for table, column in _BY_ADDRESS:
            _asking(catalogue, scope.addresses, "delete_addresses", table=table, column=column)
        _asking(catalogue, scope.headlines, "delete_addresses", table="related_links", column="headline")
        _index_struck(catalogue, struck, at)
        _change_digests(catalogue, digests)
        _reduce(catalogue, scope)
        connection.execute(statement("drop_condemned"))
        connection.execute(statement("bump_content"))
    catalogue.resolve()
    return {"articles": int(row[0]), "reports": int(row[1])}


def unshelve(catalogue: Catalogue, struck: Struck, at: datetime) -> None:
    """The index after the shelves, where captures alone were struck."""
    with _transaction(catalogue, "striking captures from the index"):
        _index_struck(catalogue, struck, at)


def _index_struck(catalogue: Catalogue, struck: Struck, at: datetime) -> None:
    """The index after the shelves: captures that were struck go, what stands in their place is entered."""
    rows = [
        {
            "shelf_file": file,
            "shelf_offset": offset,
            "shelf_length": length,
            "outcome": "erased",
            "recorded_at": moment(at, "recorded_at"),
        }
        for file, offset, length in struck.fillers
    ]
    for query in ("forget_validators", "delete_struck", "load_fillers") if rows else ():
        with_rows(catalogue.connection, "shelf_records", rows, query)


def _change_digests(catalogue: Catalogue, digests: Mapping[str, str]) -> None:
    columns = {"before": list(digests), "after": list(digests.values())}
    changed = pa.table({name: pa.array(values, pa.string()) for name, values in columns.items()})
    for query in ("change_digests", "change_revision_digests") if digests else ():
        with_table(catalogue.connection, "changed", changed, query)


def _reduce(catalogue: Catalogue, scope: ErasureScope) -> None:
    """Wherever else an address stands, its hash stands then."""
    hashes = sorted(scope.tombstones.hashes)
    pattern = _quoted(stored_pattern(scope.addresses, scope.domain))
    word = _quoted(f"erased:{hashes[0]}\\1")
    for table, column, kind in catalogue.connection.execute(statement("text_columns")).fetchall():
        name = f'"{column}"'
        if column in _TEXTS:
            continue
        change = f"regexp_replace({name}, {pattern}, {word}, 'g')"
        if kind == "VARCHAR[]":
            change = f"list_transform({name}, lambda x: regexp_replace(x, {pattern}, {word}, 'g'))"
        catalogue.connection.execute(statement("reduce_addresses").format(table=table, column=name, change=change))


@contextmanager
def _transaction(catalogue: Catalogue, action: str) -> Iterator[None]:
    with in_words(catalogue.path, action):
        catalogue.connection.begin()
        try:
            yield
            catalogue.connection.commit()
        except BaseException:
            catalogue.connection.rollback()
            raise


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _asking(catalogue: Catalogue, values: Iterable[str], query: str, **names: str) -> Sequence[tuple[str | None, ...]]:
    asked = pa.table({"url": pa.array(sorted(values), pa.string())})
    catalogue.connection.register("asked", asked)
    try:
        text = statement(query)
        return catalogue.connection.execute(text.format(**names) if names else text).fetchall()
    finally:
        catalogue.connection.unregister("asked")


def write_anew(path: Path, *, wait_seconds: float = 600, on_wait: Callable[[str], None] | None = None) -> None:
    """The catalogue as a new file with the same rows, swapped in: freed pages of the old one still hold what was
    deleted. Raises CatalogueError or ArchiveFullError with the old one in place."""
    aside = path.with_name(f"{path.stem}.anew{path.suffix}")
    _remove(aside)
    # opened once, so that its journal is taken in before it is read by another connection
    open_catalogue(path, wait_seconds=wait_seconds, on_wait=on_wait).close()
    lock = locked(path, wait_seconds, on_wait)
    try:
        with open_catalogue(aside, wait_seconds=0) as fresh:
            _take_over(fresh, path)
        with aside.open("rb") as stream:
            os.fsync(stream.fileno())
        os.replace(aside, path)
        sync_folder(path.parent)
    except OSError as error:
        raise from_os(error, path, "writing the catalogue anew", CatalogueError) from error
    finally:
        lock.release()
        _remove(aside)


def _take_over(fresh: Catalogue, path: Path) -> None:
    """Every row of the old file."""
    connection = fresh.connection
    with in_words(path, "writing the catalogue anew"):
        connection.execute(statement("attach_old").format(path=str(path).replace("'", "''")))
        for (table,) in connection.execute(statement("table_sources")).fetchall():
            connection.execute(statement("clear_table").format(table=table))
            connection.execute(statement("copy_table").format(table=table))
        connection.execute(statement("detach_old"))
        connection.execute(statement("checkpoint"))


def _remove(path: Path) -> None:
    for one in (path, path.with_name(f"{path.name}.wal"), path.with_name(f"{path.name}.lock")):
        one.unlink(missing_ok=True)
