"""The name behind a title: from articles around the day, or an operator's list, beside the printed fields and never in them."""

from datetime import date

import pytest
from invented import NOW, SOURCES, reading, record, visit

from warehouse import open_catalogue, publish, run_query
from warehouse.resolve.holders import from_list, from_mentions

DAY = date(2026, 3, 10)


def mention(**values):
    none = {f"{side}_{name}": None for side in ("before", "after") for name in ("name", "day", "article")}
    return {"visit_id": "v", "country": "DZA", "office": "foreign_minister", "day": DAY, **none, **values}


def before(name, day, article="a1"):
    return {"before_name": name, "before_day": day, "before_article": article}


def after(name, day, article="a2"):
    return {"after_name": name, "after_day": day, "after_article": article}


@pytest.mark.parametrize(
    ("told", "name", "basis", "confidence"),
    [
        (before("Benkhelif", date(2026, 2, 1)) | after("Nadir Benkhelif", date(2026, 5, 1)), "Nadir Benkhelif", "between", 0.95),
        (before("Nadir Benkhelif", date(2026, 2, 1)) | after("نادر بن خليف", date(2026, 5, 1)), "Nadir Benkhelif", "between", 0.95),
        (before("Nadir Benkhelif", date(2026, 2, 1)), "Nadir Benkhelif", "before", 0.8),
        (after("Nadir Benkhelif", date(2026, 12, 1)), "Nadir Benkhelif", "after", 0.6),
        (before("Nadir Benkhelif", date(2024, 2, 1)) | after("Nadir Benkhelif", date(2026, 3, 12)), "Nadir Benkhelif", "after", 0.8),
    ],
)  # fmt: skip
def test_the_nearest_articles_tell(told, name, basis, confidence):
    found = from_mentions(mention(**told))
    assert (found["visitor_resolved"], found["basis"], found["confidence"]) == (name, basis, confidence)
    assert found["article_ids"]


@pytest.mark.parametrize(
    "told",
    [
        {},
        before("Nadir Benkhelif", date(2024, 2, 1)),
        before("Nadir Benkhelif", date(2026, 2, 1)) | after("Lotfi Haddar", date(2026, 5, 1)),
    ],
)
def test_nobody_is_guessed(told):
    assert from_mentions(mention(**told)) is None


def test_a_list_tells_by_its_days_and_not_of_two_at_once():
    holders = [
        {
            "country": "DZA",
            "office": "foreign_minister",
            "name": "Lotfi Haddar",
            "valid_from": date(2025, 1, 1),
            "valid_to": date(2026, 3, 9),
            "ids": None,
        },
        {
            "country": "DZA",
            "office": "foreign_minister",
            "name": "Nadir Benkhelif",
            "valid_from": date(2026, 3, 10),
            "valid_to": None,
            "ids": "Q1",
        },
    ]
    [found] = from_list([mention()], holders)
    assert (found["visitor_resolved"], found["basis"], found["holder_ids"]) == ("Nadir Benkhelif", "holders", "Q1")
    assert list(from_list([mention()], [{**holders[0], "valid_to": None}, holders[1]])) == []
    assert list(from_list([mention(office="minister")], holders)) == []


def test_the_archive_resolves_titles_and_leaves_the_printed_fields_alone(tmp_path):
    def told(n, published, **values):
        return reading(
            f"https://a.example/{n}",
            at=NOW,
            record=record(
                visit(start_on={"value": published, "precision": "day", "basis": "stated", "text": "x"}, **values),
                published_on=published,
                other_people=[],
            ),
        )

    with open_catalogue(tmp_path / "catalogue.duckdb") as catalogue:
        catalogue.register_sources(SOURCES)
        catalogue.load(
            {
                "readings": [
                    told(1, "2026-01-10", host_country="NER"),
                    told(2, "2026-03-10", visitor_name=None),
                    told(3, "2026-04-10", host_country="SEN"),
                ]
            }
        )
        catalogue.load({"readings": [told(4, "2026-03-10", visitor_name=None, visitor_country="TUN")]})
        catalogue.resolve()
    holders = [
        {
            "country": "TUN",
            "office": "foreign_minister",
            "name": "Slim Maatoug",
            "valid_from": None,
            "valid_to": None,
            "ids": "Q2",
        }
    ]
    assert publish(tmp_path / "catalogue.duckdb", tmp_path / "chancery.duckdb", holders=holders).changed
    assert not publish(tmp_path / "catalogue.duckdb", tmp_path / "chancery.duckdb", holders=holders).changed
    rows = run_query(
        tmp_path / "chancery.duckdb",
        "SELECT v.visitor_country, v.visitor_name, r.visitor_resolved, r.basis, len(r.article_ids) FROM visitors_resolved AS r JOIN visits AS v USING (visit_id) ORDER BY ALL",
    ).rows
    assert [tuple(row) for row in rows] == [
        ("DZA", None, "Nadir Benkhelif", "between", 2),
        ("TUN", None, "Slim Maatoug", "holders", 0),
    ]
    assert publish(tmp_path / "catalogue.duckdb", tmp_path / "chancery.duckdb").changed, (
        "without the list the file is another"
    )
