"""Reports are grouped into visits at least as well as promised, in whatever order they come."""

import random
from datetime import UTC, datetime

import clusters
import pytest

from warehouse import open_catalogue

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
PRECISION, RECALL = 0.98, 0.95


@pytest.fixture(scope="module")
def gold():
    return clusters.cases()


def test_the_gold_is_large_enough_to_tell(gold):
    assert len(gold) >= 150 and len({case.visit for case in gold}) >= 40
    assert {case.row["status"] for case in gold} == {"announced", "under_way", "concluded", "postponed", "cancelled"}


def test_visits_are_found_as_promised(gold):
    found = clusters.measure(gold, clusters.grouped(gold))
    assert found.precision >= PRECISION, found
    assert found.recall >= RECALL, found


def test_the_measure_sees_what_is_parted_and_what_is_mixed(gold):
    ids = [case.row["report_id"] for case in gold]
    alone = clusters.measure(gold, {id: n for n, id in enumerate(ids)})
    assert alone.precision == 1 and alone.recall < 0.5
    together = clusters.measure(gold, dict.fromkeys(ids, 1))
    assert together.recall == 1 and together.precision < 0.1


@pytest.mark.parametrize("seed", range(5))
def test_any_order_of_arrival_gives_the_same_visits(gold, seed):
    shuffled = gold[:]
    random.Random(seed).shuffle(shuffled)
    assert _sets(clusters.grouped(shuffled)) == _sets(clusters.grouped(gold))


def _sets(groups):
    members = {}
    for id, group in groups.items():
        members.setdefault(group, set()).add(id)
    return sorted(map(sorted, members.values()))


def _readings(gold):
    """The gold as a run would bring it: an article with all its reports each."""
    articles = {}
    for case in gold:
        articles.setdefault(case.row["article_id"], []).append(case.row)
    for id, rows in sorted(articles.items()):
        told = [
            {
                **row,
                **{name: _coded(row, name) for name in ("start_on", "end_on")},
                "committee": {"name": None, "session_number": row["committee_session_number"]},
                "confidence": 0.8,
            }
            for row in rows
        ]
        record = {
            "headline": id,
            "language": "fr",
            "body": id,
            "published_on": rows[0]["published_on"].isoformat(),
            "is_visit": True,
            "visits": told,
        }
        yield {"url": f"https://a.example/{id}", "source": None, "captured_at": NOW, "digest": id, "record": record}


def _coded(row, name):
    day, precision = row[name], row[f"{name}_precision"]
    return {
        "value": day.isoformat()[: {"day": 10, "month": 7, "year": 4}[precision]] if day else None,
        "precision": precision,
        "basis": "stated" if day else "none",
        "text": None,
    }


def test_an_archive_that_grows_day_by_day_is_that_which_was_made_at_once(gold, tmp_path):
    readings = list(_readings(gold))
    found = []
    for n, size in enumerate((len(readings), 17, 60)):
        random.Random(n).shuffle(readings)
        with open_catalogue(tmp_path / f"{n}.duckdb") as catalogue:
            for first in range(0, len(readings), size):
                catalogue.load({"readings": readings[first : first + size]})
                catalogue.resolve()
            rows = catalogue.connection.execute("SELECT * EXCLUDE (visit_id) FROM visits ORDER BY ALL").fetchall()
            links = catalogue.connection.execute(
                "SELECT list((article_id, ordinal, basis) ORDER BY article_id, ordinal) AS l FROM visit_reports GROUP BY visit_id ORDER BY l"
            ).fetchall()
            quarrels = catalogue.connection.execute(
                "SELECT * EXCLUDE (visit_id) FROM visit_conflicts ORDER BY ALL"
            ).fetchall()
            lost = catalogue.connection.execute(
                "SELECT count(*) FROM visit_history AS h ANTI JOIN (SELECT visit_id FROM visits UNION SELECT old_id FROM visit_redirects) AS v USING (visit_id) WHERE h.visit_id NOT IN (SELECT visit_id FROM visit_history WHERE event = 'withdrawn')"
            ).fetchall()
        assert lost == [(0,)], "every id that ever was leads to a visit, or is told to be withdrawn"
        found.append((rows, links, quarrels))
    assert found[0] == found[1] == found[2]
