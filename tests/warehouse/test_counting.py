"""What plots show is counted once, by the day of the visit, with zeros, and within what was asked for."""

from datetime import date

import pytest
from invented import SOURCES, reading, record, visit

from warehouse import (
    QueryError,
    Selection,
    life_of_visit,
    open_catalogue,
    publish,
    run_query,
    visits_by_dyad,
    visits_by_month,
    visits_in_matrix,
)

STATES = [
    {"iso3": code, "iso2": None, "name_fr": name, "name_en": name, "name_ar": name, "sovereign": None, "codes": []}
    for code, name in (("DZA", "Algeria"), ("MLI", "Mali"), ("NER", "Niger"))
]


def day(text):
    return {"value": text, "precision": "day", "basis": "stated", "text": text}


TOLD = [
    # two papers tell the same visit
    ("a", "mli_temoin", "2026-03-10", visit(start_on=day("2026-03-10"))),
    ("b", "dza_phare", "2026-03-11", visit(start_on=day("2026-03-10"), status="concluded")),
    (
        "c",
        "mli_temoin",
        "2026-05-02",
        visit(
            start_on=day("2026-05-04"),
            status="announced",
            visitor_name="Salim Ouartani",
            visitor_office="minister",
            visitor_title_text="ministre du Commerce",
        ),
    ),
    (
        "d",
        "dza_phare",
        "2026-06-01",
        visit(
            visitor_country="NER",
            host_country="DZA",
            visitor_name="Moussa Gado",
            visitor_office="head_of_state",
            visitor_title_text="président",
            start_on=day("2026-06-01"),
        ),
    ),
    (
        "e",
        "dza_phare",
        "2026-06-20",
        visit(
            visitor_country="NER",
            host_country="DZA",
            visitor_name="Ali Badé",
            visitor_office="minister",
            visitor_title_text="ministre de la Santé",
            status="cancelled",
            start_on=day("2026-06-28"),
        ),
    ),
]


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    archive = tmp_path_factory.mktemp("counting")
    with open_catalogue(archive / "catalogue.duckdb") as catalogue:
        catalogue.register_sources(SOURCES)
        catalogue.load(
            {
                "readings": [
                    reading(
                        f"https://a.example/{name}",
                        source=source,
                        record=record(told, headline=f"Titre {name}", published_on=printed, published_at=None),
                    )
                    for name, source, printed, told in TOLD
                ]
            }
        )
        catalogue.resolve()
    publish(archive / "catalogue.duckdb", archive / "chancery.duckdb", states=STATES)
    return archive / "chancery.duckdb"


def months(published, **asked):
    return {
        row["month"].month: (row["made"], row["only_announced"], row["not_made"], row["articles"])
        for row in visits_by_month(published, Selection(**asked)).rows
    }


def test_months_have_zeros_and_each_visit_once(published):
    assert months(published) == {3: (1, 0, 0, 2), 4: (0, 0, 0, 0), 5: (0, 1, 0, 1), 6: (1, 0, 1, 2)}
    assert months(published, country="MLI") == {3: (1, 0, 0, 2), 4: (0, 0, 0, 0), 5: (0, 1, 0, 1)}
    assert months(published, first=date(2026, 2, 1), last=date(2026, 4, 30)) == {
        2: (0, 0, 0, 0),
        3: (1, 0, 0, 2),
        4: (0, 0, 0, 0),
    }
    assert months(published, first=date(2026, 6, 1), last=date(2026, 6, 1)) == {6: (1, 0, 0, 1)}
    assert months(published, country="FRA") == {}


def test_pairs_are_directed_and_only_visits_made_count(published):
    counted = visits_by_dyad(published, Selection(), most=5)
    assert [
        (row["visitor"], row["host"], row["made"], row["top_made"], row["pairs"], row["visits"]) for row in counted.rows
    ] == [("Algeria", "Mali", 1, 0, 2, 2), ("Niger", "Algeria", 1, 1, 2, 2)]
    [row] = visits_by_dyad(published, Selection(), most=1).rows
    assert row["pairs"] == 2 and not counted.is_sample and "version" in counted.citation


def test_the_matrix_holds_the_states_in_most_visits(published):
    rows = visits_in_matrix(published, Selection(), most=10).rows
    assert [
        (row["visitor_country"], row["visitor_rank"], row["host_country"], row["host_rank"], row["made"], row["states"])
        for row in rows
    ] == [("DZA", 1, "MLI", 2, 1, 3), ("NER", 3, "DZA", 1, 1, 3)]
    assert [row["host_country"] for row in visits_in_matrix(published, Selection(), most=2).rows] == ["MLI"]
    assert {row["host_country"] for row in visits_in_matrix(published, Selection(country="NER"), most=10).rows} == {
        "DZA"
    }


def test_a_life_holds_the_reports_in_order(published):
    [(visit_id,)] = run_query(
        published, "SELECT visit_id FROM visits WHERE host_country = 'MLI' AND status = 'concluded'"
    ).rows
    found, counted = life_of_visit(published, visit_id)
    assert (found["visitor"], found["host"], found["report_count"]) == ("Algeria", "Mali", 2)
    assert [
        (row["told_on"].day, row["side"], row["status"], row["headline"], row["start_on"]) for row in counted.rows
    ] == [
        (10, "host", "under_way", "Titre a", date(2026, 3, 10)),
        (11, "visitor", "concluded", "Titre b", date(2026, 3, 10)),
    ]
    with pytest.raises(QueryError, match="no such visit"):
        life_of_visit(published, "x' OR true --")
