"""Reports of one visit, told by many, found and merged into visits."""

from __future__ import annotations

import duckdb


def resolve_visits(connection: duckdb.DuckDBPyConnection) -> int:
    raise NotImplementedError
