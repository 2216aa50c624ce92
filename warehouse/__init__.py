"""The archive: captures to WARC shelves, rows to the catalogue, SQL to answers."""

from warehouse.asked import Asked
from warehouse.audit import FileAudit, IndexRow, ShelfFile, ShelfFinding, audit_file, shelf_files
from warehouse.backup import BackupReport, back_up, check_backup, restore
from warehouse.catalogue import Catalogue, open_catalogue
from warehouse.companions import ShelvedNote
from warehouse.counting import (
    Counted,
    Selection,
    life_of_visit,
    visits_by_dyad,
    visits_by_month,
    visits_in_matrix,
)
from warehouse.erasing import ErasureScope, erase_rows, scope_of, unshelve, write_anew
from warehouse.errors import (
    ArchiveFullError,
    BackupError,
    CatalogueBusyError,
    CatalogueClosedError,
    CatalogueError,
    CatalogueVersionError,
    DamagedShelfError,
    ExportError,
    LoadError,
    MixedArchiveError,
    PublishError,
    QueryError,
    SheetError,
    StacksError,
    WarehouseError,
)
from warehouse.export import DEFAULT_FORMATS as EXPORT_DEFAULTS
from warehouse.export import FORMATS as EXPORT_FORMATS
from warehouse.export import TABLES as EXPORT_TABLES
from warehouse.export import ExportReport, export
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
from warehouse.sampling import CODED as SHEET_CODED
from warehouse.sampling import GIVEN as SHEET_GIVEN
from warehouse.sampling import FieldScore, draw_sheet, read_sheet, score_sheet
from warehouse.searching import Found, IndexReport, index_search, search, search_index_of
from warehouse.shelf import ShelvedCapture, digest_of
from warehouse.stacks import Stacks
from warehouse.striking import Condemned, Struck, strike, survey
from warehouse.tombstones import Tombstones

__all__ = [
    "EXPORT_DEFAULTS",
    "EXPORT_FORMATS",
    "EXPORT_TABLES",
    "SCHEMA_VERSION",
    "SHEET_CODED",
    "SHEET_GIVEN",
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
    "Counted",
    "DamagedShelfError",
    "Document",
    "ErasureScope",
    "Example",
    "ExportError",
    "ExportReport",
    "FieldScore",
    "FileAudit",
    "Found",
    "IndexReport",
    "IndexRow",
    "LoadCounts",
    "LoadError",
    "MixedArchiveError",
    "PageOnShelf",
    "PublishError",
    "PublishReport",
    "QueryError",
    "ReplayDifference",
    "Selection",
    "SheetError",
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
    "draw_sheet",
    "erase_rows",
    "examples",
    "export",
    "held_captures",
    "holdings",
    "index_of",
    "index_search",
    "indexed_files",
    "known_documents",
    "life_of_visit",
    "look_into",
    "mentions_of",
    "open_catalogue",
    "publish",
    "read_selection",
    "read_sheet",
    "read_warc",
    "replace_catalogue",
    "restore",
    "retired_captures",
    "run_query",
    "scope_of",
    "score_sheet",
    "search",
    "search_index_of",
    "shelf_files",
    "strike",
    "survey",
    "unshelve",
    "visits_by_dyad",
    "visits_by_month",
    "visits_in_matrix",
    "write_anew",
    "write_selection",
]
