"""A catalogue of every earlier schema is brought to this one, with all that it holds."""

import duckdb
import pytest
from invented import NOW, SOURCES, reading, table, whole_batch

from warehouse import SCHEMA_VERSION, open_catalogue, publish
from warehouse.load import tables_of
from warehouse.migrate import migrate
from warehouse.statements import scripts, statement

NUMBERS = [int(name[:4]) for name, _ in scripts("schema")]
EXTRA = {
    "sources": [
        {
            "source": row["name"],
            **{
                key: row[key] for key in ("title", "country", "language", "kind", "home", "expect_least", "expect_most")
            },
            "is_verified": True,
            "is_sample": False,
        }
        for row in SOURCES
    ],
    "runs": [{"run_id": "r1", "kind": "ingest", "started_at": NOW, "state": "done"}],
    "archive": [{"archive_id": "a", "created_at": NOW, "is_sample": False, "content_version": 7}],
}


def rows_of():
    """Rows for every table that a batch fills, as the first schema could hold them."""
    return {**tables_of(whole_batch(), is_sample=False), **EXTRA}


def fill(connection):
    """Puts into each table of an old schema what it has columns for; gives what was put."""
    held = {}
    for name, rows in rows_of().items():
        columns = [
            column
            for (column,) in connection.execute(
                "SELECT column_name FROM duckdb_columns() WHERE table_name = ?", [name]
            ).fetchall()
        ]
        for row in rows if columns else ():
            named = {column: row[column] for column in columns if row.get(column) is not None}
            connection.execute(
                f"INSERT INTO {name} ({', '.join(named)}) VALUES ({', '.join('?' * len(named))})", list(named.values())
            )
        if columns:
            held[name] = len(rows)
    if "articles" in held and "article_revisions" in held:
        connection.execute(
            "UPDATE articles SET current_revision_id = (SELECT revision_id FROM article_revisions AS v WHERE v.article_id = articles.article_id)"
        )
    return held


@pytest.mark.parametrize("number", NUMBERS)
def test_a_catalogue_of_each_earlier_schema_is_brought_to_this_one(tmp_path, number):
    path = tmp_path / "catalogue.duckdb"
    with duckdb.connect(str(path)) as old:
        old.execute("SET TimeZone = 'UTC'")
        old.execute(statement("create_migrations"))
        assert (
            migrate(old, [script for script in scripts("schema") if int(script[0][:4]) <= number], [])
            == NUMBERS.index(number) + 1
        )
        held = fill(old)
    with open_catalogue(path) as catalogue:
        assert max(row["number"] for row in table(catalogue, "migrations")) == SCHEMA_VERSION
        assert {name: len(table(catalogue, name)) for name in held} == held
        if number < 8:  # what the migration gave them
            assert {row["day"] for name in ("run_sources", "fetches") for row in table(catalogue, name)} == {NOW.date()}
        catalogue.register_sources(SOURCES)
        catalogue.load({"readings": [reading("https://le-temoin.example/new")]})
        assert catalogue.load(whole_batch()).articles_new == (0 if "articles" in held else 1)
        catalogue.resolve()
        assert len(table(catalogue, "coverage")) >= 1 and table(catalogue, "archive")[0]["archive_id"] == "a"
    if number in (1, SCHEMA_VERSION):
        assert publish(path, tmp_path / "chancery.duckdb").tables["articles"] == 2
