"""The archive: captures to WARC shelves, rows to the catalogue, SQL to answers."""

from warehouse.catalogue import Catalogue, open_catalogue
from warehouse.errors import (
    ArchiveFullError,
    CatalogueBusyError,
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
from warehouse.load import LoadCounts
from warehouse.migrate import SCHEMA_VERSION
from warehouse.shelf import ShelvedCapture, digest_of
from warehouse.stacks import ShelfDamage, Shelfmark, Stacks

__all__ = [
    "SCHEMA_VERSION",
    "ArchiveFullError",
    "Catalogue",
    "CatalogueBusyError",
    "CatalogueError",
    "CatalogueVersionError",
    "DamagedShelfError",
    "LoadCounts",
    "LoadError",
    "MixedArchiveError",
    "PublishError",
    "QueryError",
    "ShelfDamage",
    "Shelfmark",
    "ShelvedCapture",
    "Stacks",
    "StacksError",
    "WarehouseError",
    "digest_of",
    "open_catalogue",
]
