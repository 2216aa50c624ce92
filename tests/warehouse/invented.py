"""Invented readings, sources and batches for the tests of the archive."""

from datetime import UTC, datetime, timedelta

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
BODY = (
    "BAMAKO - Le ministre des Affaires étrangères, Idrissa Tamboura-Keïra, est arrivé mardi à Bamako pour une visite de travail. "
    "Il a été reçu par son homologue. Les deux parties ont parlé de l'énergie et des transports.\n\n"
) * 6
HOURS = timedelta(hours=1)


def visit(**values):
    return {
        "visitor_country": "DZA",
        "host_country": "MLI",
        "visitor_name": "Nadir Benkhelif",
        "host_name": None,
        "visitor_office": "foreign_minister",
        "host_office": None,
        "visitor_title_text": "ministre des Affaires étrangères",
        "kind": "working",
        "occasion": "bilateral",
        "status": "under_way",
        "salience": "main",
        "qualifies": True,
        "start_on": {"value": "2026-03-10", "precision": "day", "basis": "relative", "text": "mardi"},
        "end_on": {"value": None, "precision": "unknown", "basis": "none", "text": None},
        "cities": ["Bamako"],
        "committee": None,
        "delegation": [],
        "topics": ["energy", "transport"],
        "agreements": [],
        "outcomes": [],
        "message_from": None,
        "evidence": [
            {"text": BODY[0:123], "start": 0, "end": 123, "field": "visit", "rule": "visit:arrive"},
            {"text": BODY[0:6], "start": 0, "end": 6, "field": "cities", "rule": "places:dateline"},
        ],
        "confidence": 0.8,
        **values,
    }


def record(*visits, **values):
    return {
        "id": None,
        "url": None,
        "headline": "Arrivée du ministre à Bamako",
        "byline": ["Awa Traoré-Sidibé"],
        "agency": "APX",
        "dateline_text": "BAMAKO -",
        "dateline_city": "Bamako",
        "published_on": "2026-03-10",
        "published_at": "2026-03-10T09:30:00+01:00",
        "modified_at": None,
        "published_basis": "metadata",
        "language": "fr",
        "lede": BODY.split(". ")[0],
        "body": BODY,
        "related": [{"headline": "Une autre dépêche", "url": "https://le-temoin.example/autre"}],
        "section": "Diplomatie",
        "tags": ["diplomatie"],
        "captions": ["Le ministre à son arrivée"],
        "repairs": [{"from": "£uvre", "to": "œuvre", "count": 1}],
        "is_truncated": False,
        "canonical_url": None,
        "is_visit": bool(visits),
        "visits": list(visits),
        "other_people": [{"name": "Mariam Coulibaly-Sow", "country": "MLI", "office": "head_of_state"}],
        "quotations": [{"text": "Nos deux pays avancent", "speaker": None, "start": 3, "end": 25}],
        **values,
    }


def reading(url="https://le-temoin.example/1", at=NOW, source="mli_temoin", **values):
    return {
        "url": url,
        "source": source,
        "captured_at": at,
        "digest": "sha256:AAAA",
        "listed_url": url,
        "reader_version": "1",
        "coder_version": "1",
        "record": record(visit()),
        **values,
    }


def source(name="mli_temoin", country="MLI", **values):
    return {
        "name": name,
        "title": "Le Témoin inventé",
        "country": country,
        "language": "fr",
        "kind": "newspaper",
        "home": "https://le-temoin.example/",
        "note": None,
        "verified": True,
        "is_sample": False,
        "expect_least": 20,
        "expect_most": 200,
        **values,
    }


SOURCES = [source(), source("dza_phare", "DZA"), source("sen_vigie", "SEN")]


def whole_batch():
    url = "https://le-temoin.example/1"
    mark = {"shelf_file": "2026-03/a.warc.gz", "shelf_offset": 1024, "shelf_length": 500}
    return {
        "fetches": [
            {
                "run_id": "r1",
                "source": "mli_temoin",
                "url": u,
                "kind": kind,
                "asked_at": NOW,
                "outcome": "ok",
                "status": 200,
                "detail": None,
                "attempts": 1,
                "seconds": 0.5,
                "bytes": 900,
            }
            for u, kind in ((url, "page"), ("https://le-temoin.example/rss", "feed"))
        ],
        "captures": [
            {
                "url": url,
                "final_url": url,
                "source": "mli_temoin",
                "kind": "page",
                "captured_at": NOW,
                "status": 200,
                "digest": "sha256:AAAA",
                "charset": None,
                "run_id": "r1",
                **mark,
            }
        ],
        "readings": [reading(url)],
        "rejects": [
            {
                "run_id": "r1",
                "source": "mli_temoin",
                "url": "https://le-temoin.example/2",
                "level": "page",
                "stage": "read",
                "reason": "no text",
                "captured_at": NOW,
                "shelf_file": None,
                "shelf_offset": None,
            }
        ],
        "validators": [{"url": url, "etag": '"a"', "last_modified": None, "checked_at": NOW, "ttl_seconds": None}],
        "run_sources": [
            {
                "run_id": "r1",
                "source": "mli_temoin",
                "listed": 2,
                "new": 2,
                "unchanged": 0,
                "fetched": 1,
                "read": 1,
                "visits": 1,
                "rejects": 1,
                "seconds": 2.5,
                "state": "done",
                "note": None,
            }
        ],
    }


def table(catalogue, name, columns="*"):
    """All rows of a table or view as dicts."""
    return catalogue.connection.execute(f"SELECT {columns} FROM {name}").to_arrow_table().to_pylist()


def content(catalogue):
    """Every row of every table but those that tell when the catalogue itself was made, or when it noted something."""
    names = [n for (n,) in catalogue.connection.execute("SELECT table_name FROM duckdb_tables() ORDER BY 1").fetchall()]
    return {
        n: sorted(repr({k: v for k, v in row.items() if k != "noted_at"}) for row in table(catalogue, n))
        for n in names
        if n not in ("archive", "migrations")
    }
