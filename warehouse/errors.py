"""The errors of the archive.

    WarehouseError
     +- StacksError              the shelves can't be written or read as asked
     |   +- DamagedShelfError    a record on the shelves is broken: file, offset, what to do
     +- ArchiveFullError         no room is left on the disk
     +- CatalogueError           the catalogue can't be opened, migrated or loaded
     |   +- CatalogueBusyError   another process writes it, and the bounded wait is over
     |   +- CatalogueClosedError this user may not write it
     |   +- CatalogueVersionError  it was written by a newer Chancery, or a newer DuckDB
     |   +- LoadError            a row does not fit the tables: table, column, value
     |   +- MixedArchiveError    sample and real sources would stand in one archive
     +- PublishError             the analysts' file can't be built or swapped in
     +- BackupError              a backup can't be made, is damaged, or can't be restored as asked
     +- QueryError               a question can't be answered as asked
     +- ExportError              an export can't be written
     +- SheetError               a coding sheet can't be made or scored

A message says what was being read, what was looked for, and what to do.
"""

from __future__ import annotations

import errno
from pathlib import Path


class WarehouseError(Exception):
    """Anything that the archive refuses, in words for the operator."""


class StacksError(WarehouseError):
    """The shelves can't be written or read as asked."""


class DamagedShelfError(StacksError):
    """A record on the shelves is broken."""


class ArchiveFullError(WarehouseError):
    """No room is left on the disk."""


class CatalogueError(WarehouseError):
    """The catalogue can't be opened, migrated or loaded."""


class CatalogueBusyError(CatalogueError):
    """Another process writes the catalogue, and the bounded wait is over."""


class CatalogueClosedError(CatalogueError):
    """This user may not write the catalogue, or its folder."""


class CatalogueVersionError(CatalogueError):
    """The catalogue was written by a newer version; it was not touched."""


class LoadError(CatalogueError):
    """A row does not fit the tables."""


class MixedArchiveError(CatalogueError):
    """Sample and real sources would stand in one archive."""


class PublishError(WarehouseError):
    """The analysts' file can't be built or swapped in."""


class BackupError(WarehouseError):
    """A backup can't be made, is damaged, or can't be restored as asked."""


class QueryError(WarehouseError):
    """A question can't be answered as asked."""


class ExportError(WarehouseError):
    """An export can't be written: no file, no such table or form, a folder that holds something else."""


class SheetError(WarehouseError):
    """A coding sheet can't be made or scored: no file, a column or a value that it must have."""


_FULL = (errno.ENOSPC, errno.EDQUOT)
CLOSED = (errno.EACCES, errno.EPERM, errno.EROFS)


def from_os(error: OSError, path: Path, wanted: str, kind: type[WarehouseError]) -> WarehouseError:
    """The archive's words for what the file system refused: no room, no right to write, or anything else."""
    if error.errno in _FULL:
        return ArchiveFullError(
            f"{path}: no room left on the disk while {wanted}; free some room and run again, nothing kept is lost"
        )
    if error.errno in CLOSED:
        return kind(f"{path}: no right to write here while {wanted}; give this user the right, or name another archive")
    return kind(f"{path}: {error.strerror or error} while {wanted}; look after the folder and run again")
