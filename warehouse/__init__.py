"""The archive: captures to WARC shelves, rows to the catalogue, SQL to answers."""

from warehouse.asked import Asked
from warehouse.audit import FileAudit, IndexRow, ShelfFile, ShelfFinding, audit_file, shelf_files
from warehouse.backup import BackupReport, back_up, check_backup, restore
from warehouse.catalogue import Catalogue, open_catalogue
from warehouse.companions import ShelvedNote
from warehouse.erasing import ErasureScope, erase_rows, scope_of, unshelve, write_anew
from warehouse.errors import (
    ArchiveFullError,
    BackupError,
    CatalogueBusyError,
    CatalogueClosedError,
    CatalogueError,
    CatalogueVersionError,
    DamagedShelfError,
    LoadError,
    MixedArchiveError,
    PublishError,
    QueryError,
    StacksError,
    WarehouseError,
)
from warehouse.foreign import read_warc
from warehouse.groups import Document
from warehouse.keeping import (
    bytes_of_a_run,
    condemn,
    held_captures,
    holdings,
    index_of,
    indexed_files,
    known_documents,
    replace_catalogue,
    retired_captures,
)
from warehouse.load import LoadCounts
from warehouse.looking import look_into
from warehouse.marks import PageOnShelf, ShelfDamage, Shelfmark
from warehouse.mentions import mentions_of
from warehouse.migrate import SCHEMA_VERSION
from warehouse.moving import read_selection, write_selection
from warehouse.publish import PublishReport, publish
from warehouse.query import Answer, Example, examples, run_query
from warehouse.replay import ReplayDifference, accept_replay, compare_replay
from warehouse.shelf import ShelvedCapture, digest_of
from warehouse.stacks import Stacks
from warehouse.striking import Condemned, Struck, strike, survey
from warehouse.tombstones import Tombstones

__all__ = [
    "SCHEMA_VERSION",
    "Answer",
    "ArchiveFullError",
    "Asked",
    "BackupError",
    "BackupReport",
    "Catalogue",
    "CatalogueBusyError",
    "CatalogueClosedError",
    "CatalogueError",
    "CatalogueVersionError",
    "Condemned",
    "DamagedShelfError",
    "Document",
    "ErasureScope",
    "Example",
    "FileAudit",
    "IndexRow",
    "LoadCounts",
    "LoadError",
    "MixedArchiveError",
    "PageOnShelf",
    "PublishError",
    "PublishReport",
    "QueryError",
    "ReplayDifference",
    "ShelfDamage",
    "ShelfFile",
    "ShelfFinding",
    "Shelfmark",
    "ShelvedCapture",
    "ShelvedNote",
    "Stacks",
    "StacksError",
    "Struck",
    "Tombstones",
    "WarehouseError",
    "accept_replay",
    "audit_file",
    "back_up",
    "bytes_of_a_run",
    "check_backup",
    "compare_replay",
    "condemn",
    "digest_of",
    "erase_rows",
    "examples",
    "held_captures",
    "holdings",
    "index_of",
    "indexed_files",
    "known_documents",
    "look_into",
    "mentions_of",
    "open_catalogue",
    "publish",
    "read_selection",
    "read_warc",
    "replace_catalogue",
    "restore",
    "retired_captures",
    "run_query",
    "scope_of",
    "shelf_files",
    "strike",
    "survey",
    "unshelve",
    "write_anew",
    "write_selection",
]
