"""What the catalogue remembers of sites as hosts: whom to leave alone, what not to ask yet, what their houses say."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import duckdb
import pyarrow as pa

from warehouse.load import with_table
from warehouse.rows import moment
from warehouse.statements import statement


class Courtesy:
    """The part of `Catalogue` that a polite client asks before it asks anybody else."""

    connection: duckdb.DuckDBPyConnection

    def host_states(self, now: datetime) -> dict[str, tuple[datetime | None, int]]:
        """(rest until, runs in a row that found it down) of the hosts and domains that are to be left alone, or were
        down when last asked."""
        rows = self.connection.execute(statement("host_states"), {"now": moment(now, "now")}).fetchall()
        return {host: (rest_until, failures) for host, rest_until, failures in rows}

    def channels_at_rest(self, urls: Sequence[str], now: datetime) -> list[dict[str, Any]]:
        """Of these channels, those not to be asked now: url, outcome (fresh or resting), until_at, failures,
        last_outcome."""
        names = ("url", "outcome", "until_at", "failures", "last_outcome")
        asked = pa.table({"url": pa.array(dict.fromkeys(urls), pa.string())})
        found = with_table(self.connection, "asked", asked, "channels_at_rest", {"now": moment(now, "now")})
        return [dict(zip(names, row, strict=True)) for row in found]

    def house_rules(self, now: datetime) -> dict[str, tuple[str, int | None, str | None]]:
        """(outcome, status, text) of every robots.txt and reservation file that still holds, by its address."""
        rows = self.connection.execute(statement("house_rules"), {"now": moment(now, "now")}).fetchall()
        return {address: (outcome, status, body) for address, outcome, status, body in rows}
