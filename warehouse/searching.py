"""Search by rank: BM25 with French stems, in a file of its own that is made from the published one, whenever one likes.

Publishing never waits for it. The extension comes as a package and is loaded from where it lies: nothing is downloaded.
"""

from __future__ import annotations

import hashlib
import time
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

import duckdb
from filelock import FileLock, Timeout

from warehouse.catalogue import STORAGE_VERSION
from warehouse.errors import ArchiveFullError, PublishError, QueryError, from_os
from warehouse.query import MEMORY, SECONDS, Answer, ask, run_query
from warehouse.statements import scripts, statement
from warehouse.swapping import aside_of, remove, swap

_REMEDY = "`chancery publish --search-index` makes it anew"
_NO_NETWORK: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "allow_community_extensions": "false",
}


@dataclass(frozen=True, slots=True)
class IndexReport:
    """What became of one making of the index."""

    changed: bool
    """False if the index in place is of this very file; it was left alone."""
    path: Path
    seconds: float


@dataclass(frozen=True, slots=True)
class Found:
    """Articles, the best first."""

    answer: Answer
    note: str | None = None
    """Why they are not ranked, or what the index does not know yet."""


def search_index_of(published: Path) -> Path:
    """Where the index of a published file stands: `chancery.search.duckdb` beside `chancery.duckdb`."""
    return published.with_name(f"{published.stem}.search{published.suffix}")


def index_search(published: Path, *, wait_seconds: float = 600) -> IndexReport:
    """Makes the index of a published file aside and swaps it in, if the file changed since. Raises PublishError or
    ArchiveFullError with the index in place untouched."""
    began = time.monotonic()
    index = search_index_of(published)
    if not published.is_file():
        raise PublishError(f"{published}: there is no published file to index; run `chancery publish` first")
    extension = _extension()
    if extension is None:
        raise PublishError(
            f"{index}: the extension fts is not there for DuckDB {duckdb.__version__}; install duckdb-extension-fts of "
            "the same version"
        )
    try:
        with FileLock(index.with_name(f"{index.name}.lock"), timeout=wait_seconds):
            key = _key(published)
            if _value(index, "index_key") == key:
                return IndexReport(False, index, time.monotonic() - began)
            aside = aside_of(index)
            try:
                _build(published, aside, extension, key)
                swap(aside, index)
            finally:
                remove(aside, aside.with_name(f"{aside.name}.wal"))
    except Timeout as error:
        raise PublishError(f"{index}: another process makes it and is not done after {wait_seconds:g} s") from error
    except OSError as error:
        raise from_os(error, index, "indexing", PublishError) from error
    except duckdb.Error as error:
        if "No space left" in str(error):
            raise ArchiveFullError(f"{index}: no room left on the disk; the index in place was not touched") from error
        raise PublishError(f"{index}: it could not be made ({error}); the index in place was not touched") from error
    return IndexReport(True, index, time.monotonic() - began)


def search(published: Path, words: str, *, limit: int = 20) -> Found:
    """Articles with these words, by rank: score, article_id, published_on, source, source_country, language, headline,
    url, is_visit. Without index or extension as `search_plain` finds them, the latest first, with a note. Raises
    QueryError."""
    if not published.is_file():
        raise QueryError(f"{published}: there is no published file; run `chancery publish` first, or name another")
    extension, index = _extension(), search_index_of(published)
    asked = {"asked": words, "most": limit}
    if extension is None or not index.is_file():
        missing = f"there is no index ({_REMEDY})" if extension else "the extension fts is not installed"
        note = f"{missing}: the latest articles with every one of the words, not ranked"
        return Found(run_query(published, statement("search_plainly"), parameters=asked), note)
    try:
        with duckdb.connect(str(index), read_only=True, config={**_NO_NETWORK, "memory_limit": MEMORY}) as connection:
            connection.execute(statement("load_extension").format(path=_quoted(extension)))
            connection.execute(statement("attach_published_to_read").format(path=_quoted(published)))
            [(ours, theirs, is_same)] = connection.execute(statement("index_and_file")).fetchall()
            answer = ask(connection, statement("search_ranked"), asked, limit=None, seconds=SECONDS)
    except (duckdb.Error, ValueError) as error:
        raise QueryError(f"{index}: the index can't be read ({error}); {_REMEDY}") from error
    note = f"the index is of version {ours}, the file of {theirs}: what is new there is not found; {_REMEDY}"
    return Found(answer, None if is_same else note)


def _build(published: Path, aside: Path, extension: Path, key: str) -> None:
    with duckdb.connect(str(aside), config={**_NO_NETWORK, "storage_compatibility_version": STORAGE_VERSION}) as made:
        made.execute(statement("load_extension").format(path=_quoted(extension)))
        made.execute(statement("session"))
        made.execute(statement("attach_published_to_read").format(path=_quoted(published)))
        for _, text in scripts("search"):
            for asked in made.extract_statements(text):
                made.execute(asked, {"index_key": key} if asked.named_parameters else None)


def _extension() -> Path | None:
    """The extension as its package brought it; None where there is none for this DuckDB."""
    try:
        path = Path(str(files("duckdb_extension_fts"))) / f"extensions/v{duckdb.__version__}/fts.duckdb_extension"
    except ModuleNotFoundError:
        return None
    return path if path.is_file() else None


def _key(published: Path) -> str:
    """Changes with the published file and with the way of indexing."""
    parts = (_value(published, "content_key"), duckdb.__version__, *(text for _, text in scripts("search")))
    return hashlib.sha256("\x1f".join(map(str, parts)).encode()).hexdigest()


def _value(path: Path, key: str) -> str | None:
    """A line of the file's about; None where it can't be read, and a new file then replaces it."""
    if not path.exists():
        return None
    try:
        with duckdb.connect(str(path), read_only=True) as connection:
            row = connection.execute(statement("about_value"), {"key": key}).fetchone()
    except duckdb.Error:
        return None
    return str(row[0]) if row else None


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")
