"""What the ingest tests share: a newsroom's settings, and an archive's rows without what chance and clock put in."""

from __future__ import annotations

import asyncio
import dataclasses

import duckdb

import warehouse
from flows.desk import Order
from flows.newsroom import Newsroom
from flows.run import run_ingest
from flows.settings import Limits, Settings

PAPERS = ("mli_hombori", "dza_djurdjura", "sen_corniche")
"""Whose archive the tests of the shelves share."""
QUICK = Limits(delay_seconds=0, jobs=1, retries=0, request_seconds=20, lock_wait_seconds=60)


def sample_settings(archive, port, **limits):
    """The settings of a run over the sample newsroom."""
    return Settings(
        archive=archive,
        sources=(Newsroom.sources_folder,),
        packaged_sources=False,
        newsroom=f"127.0.0.1:{port}",
        limits=dataclasses.replace(QUICK, **limits),
    )


def read_newsroom(archive, names=()):
    """The settings of an archive after one run over the sample newsroom, or some of its papers."""
    with Newsroom() as room:
        settings = sample_settings(archive, room.port)
        asyncio.run(run_ingest(settings, Order(tuple(names))))
    return settings


def ask(archive, sql):
    """Rows of the private catalogue, which nobody writes meanwhile."""
    with duckdb.connect(str(archive / "catalogue.duckdb"), read_only=True) as connection:
        return connection.execute(sql).fetchall()


def contents(archive):
    """All that is known of the press: the same for the same pages, however often the run was broken off."""
    return {
        "articles": ask(
            archive,
            "SELECT article_id, url, listed_url, source, is_sample, current_revision_id FROM articles ORDER BY ALL",
        ),
        "revisions": ask(
            archive, "SELECT * EXCLUDE (first_captured_at, last_captured_at) FROM article_revisions ORDER BY ALL"
        ),
        "reports": ask(archive, "SELECT * FROM reports ORDER BY ALL"),
        "evidence": ask(archive, "SELECT * FROM evidence ORDER BY ALL"),
        # a visit is named after the report that was fetched first, which is chance between papers: its reports tell which it is
        "visits": ask(
            archive,
            "SELECT (SELECT list(report_id ORDER BY report_id) FROM visit_reports AS r WHERE r.visit_id = v.visit_id), v.* EXCLUDE (visit_id, first_report_id) FROM visits AS v ORDER BY ALL",
        ),
        "pages": ask(
            archive, "SELECT DISTINCT url, final_url, source, digest FROM captures WHERE kind = 'page' ORDER BY ALL"
        ),
        "validators": ask(archive, "SELECT url, etag, last_modified FROM validators ORDER BY ALL"),
        "rejects": ask(archive, "SELECT DISTINCT source, url, level, stage, reason FROM rejects ORDER BY ALL"),
    }


def differences(found, wanted):
    """Rows that stand in one archive only, by table."""
    return {
        table: (
            sorted(set(map(str, found[table])) - set(map(str, rows))),
            sorted(set(map(str, rows)) - set(map(str, found[table]))),
        )
        for table, rows in wanted.items()
        if found[table] != rows
    }


_BROKEN = {
    "an article without the wording that counts": "SELECT article_id FROM articles WHERE current_revision_id IS NULL OR current_revision_id NOT IN (SELECT revision_id FROM article_revisions)",
    "an article doubled": "SELECT listed_url FROM articles GROUP BY listed_url HAVING count(*) > 1",
    "an article that no address leads to": "SELECT article_id FROM articles ANTI JOIN article_addresses USING (article_id)",
    "a wording without article": "SELECT revision_id FROM article_revisions ANTI JOIN articles USING (article_id)",
    "a report without wording": "SELECT report_id FROM reports ANTI JOIN article_revisions USING (revision_id)",
    "evidence without report": "SELECT report_id FROM evidence ANTI JOIN reports USING (report_id)",
    "an article whose page is not on the shelves": "SELECT url FROM articles WHERE listed_url NOT IN (SELECT url FROM captures)",
}


def faults(archive):
    """What is wrong inside a catalogue, by the words above; opened as a run opens it."""
    with warehouse.open_catalogue(archive / "catalogue.duckdb", wait_seconds=30) as catalogue:
        return {what: rows for what, sql in _BROKEN.items() if (rows := catalogue.connection.execute(sql).fetchall())}
