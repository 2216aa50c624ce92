"""The archive: captures to WARC shelves, rows to the catalogue, SQL to answers."""

from warehouse.asked import Asked
from warehouse.audit import FileAudit, IndexRow, ShelfFile, ShelfFinding, audit_file, shelf_files
from warehouse.catalogue import Catalogue, open_catalogue
from warehouse.companions import ShelvedNote
from warehouse.errors import (
    ArchiveFullError,
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
from warehouse.keeping import held_captures, holdings, index_of, indexed_files, replace_catalogue
from warehouse.load import LoadCounts
from warehouse.looking import look_into
from warehouse.marks import PageOnShelf, ShelfDamage, Shelfmark
from warehouse.migrate import SCHEMA_VERSION
from warehouse.publish import PublishReport, publish
from warehouse.query import Answer, Example, examples, run_query
from warehouse.replay import ReplayDifference, accept_replay, compare_replay
from warehouse.shelf import ShelvedCapture, digest_of
from warehouse.stacks import Stacks

__all__ = [
    "SCHEMA_VERSION",
    "Answer",
    "ArchiveFullError",
    "Asked",
    "Catalogue",
    "CatalogueBusyError",
    "CatalogueClosedError",
    "CatalogueError",
    "CatalogueVersionError",
    "DamagedShelfError",
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
    "WarehouseError",
    "accept_replay",
    "audit_file",
    "compare_replay",
    "digest_of",
    "examples",
    "held_captures",
    "holdings",
    "index_of",
    "indexed_files",
    "look_into",
    "open_catalogue",
    "publish",
    "read_warc",
    "replace_catalogue",
    "run_query",
    "shelf_files",
]
