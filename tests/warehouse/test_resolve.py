"""Reports of one visit become one row, in whatever order they come, and its id stays."""

import random
import time
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from invented import HOURS, NOW, SOURCES, reading, record, table, visit

from warehouse import open_catalogue
from warehouse.resolve import visit_ids
from warehouse.resolve import visits_of as merged_visits
from warehouse.resolve.names import agree, folded_names
from warehouse.resolve.told import told
from warehouse.resolve.values import visit_row

DAY = timedelta(days=1)


def day(n, text="le jour"):
    return {"value": f"2026-03-{n:02d}", "precision": "day", "basis": "stated", "text": text}


NONE = {"value": None, "precision": "unknown", "basis": "none", "text": None}


def telling(n, *visits, source="mli_temoin", published="2026-03-10", at=None):
    """One article of its own that tells these visits."""
    return reading(
        f"https://a.example/{n}",
        at=at or NOW + n * HOURS,
        source=source,
        record=record(*visits, published_on=published),
    )


def visits_of(catalogue, *readings):
    for one in readings:
        catalogue.load({"readings": [one]})
        catalogue.resolve()
    return table(catalogue, "visits ORDER BY start_on, visit_id")


def test_both_sides_tell_one_visit(catalogue):
    [merged] = visits_of(
        catalogue,
        telling(
            1,
            visit(status="announced", start_on=day(10), topics=["energy"]),
            source="dza_phare",
            published="2026-03-07",
        ),
        telling(
            2,
            visit(visitor_name="Benkhelif", start_on=day(11), topics=["water", "energy"], confidence=0.6),
            source="mli_temoin",
        ),
        telling(
            3,
            visit(visitor_name=None, start_on=NONE, status="concluded", kind="unspecified", cities=["Gao"]),
            source="sen_vigie",
            published="2026-03-12",
        ),
    )
    assert (merged["report_count"], merged["paper_count"], merged["sides"]) == (3, 3, ["visitor", "host", "third"])
    assert (merged["status"], merged["kind"], merged["visitor_name"]) == ("concluded", "working", "Nadir Benkhelif")
    assert (merged["start_on_value"], merged["start_on_precision"]) == ("2026-03-10", "day")
    assert merged["topics"] == ["energy", "transport", "water"] and merged["cities"] == ["Bamako", "Gao"]
    assert (str(merged["first_told_on"]), str(merged["last_told_on"])) == ("2026-03-07", "2026-03-12")
    assert {row["side"] for row in table(catalogue, "visit_reports")} == {"visitor", "host", "third"}


@pytest.mark.parametrize(
    ("other", "why"),
    [
        (visit(host_country="NER"), "another host"),
        (visit(visitor_country="TUN"), "another visitor's country"),
        (visit(visitor_name="Lotfi Haddar"), "another name"),
        (visit(visitor_name=None, visitor_office="head_of_state"), "another office where no name is printed"),
        (visit(start_on=day(17)), "a week later"),
        (visit(host_country=None), "an unknown host"),
    ],
)
def test_two_visits_stay_two(catalogue, other, why):
    assert len(visits_of(catalogue, telling(1, visit()), telling(2, other))) == 2, why


def test_two_reports_of_one_article_are_never_one_visit(catalogue):
    assert len(visits_of(catalogue, telling(1, visit(), visit()))) == 2


@pytest.mark.parametrize("change", [{"salience": "incidental"}, {"qualifies": False}])
def test_background_mentions_make_no_visit(catalogue, change):
    assert visits_of(catalogue, telling(1, visit(**change))) == []


@pytest.mark.parametrize(
    ("status", "published", "joins"),
    [("announced", "2026-03-01", True), ("announced", "2026-02-01", False), ("announced", "2026-03-20", False), ("under_way", "2026-03-11", True),
     ("under_way", "2026-03-20", False), ("concluded", "2026-03-13", True), ("cancelled", "2026-03-09", True)],
)  # fmt: skip
def test_an_undated_report_joins_the_visit_that_its_publication_allows(catalogue, status, published, joins):
    told = telling(2, visit(status=status, start_on=NONE), published=published)
    assert len(visits_of(catalogue, telling(1, visit()), told)) == (1 if joins else 2)


def test_an_undated_report_joins_the_nearer_of_two_visits(catalogue):
    visits_of(
        catalogue,
        telling(1, visit(start_on=day(3))),
        telling(2, visit(start_on=day(12))),
        telling(3, visit(start_on=NONE), published="2026-03-13"),
    )
    by_start = {str(v["start_on"]): v["report_count"] for v in table(catalogue, "visits")}
    assert by_start == {"2026-03-03": 1, "2026-03-12": 2}


def test_reports_without_any_day_stand_alone(catalogue):
    undated = visit(start_on=NONE)
    assert len(visits_of(catalogue, telling(1, undated, published=None), telling(2, undated, published=None))) == 2


def test_an_id_stays_when_reports_are_added_changed_and_withdrawn(catalogue):
    [first] = visits_of(catalogue, telling(5, visit()))
    # told earlier, and fetched later with an earlier time (a WARC file from elsewhere)
    [second] = visits_of(catalogue, telling(1, visit(), at=NOW - 9 * DAY), telling(6, visit(start_on=day(11))))
    assert second["visit_id"] == first["visit_id"] and second["report_count"] == 3
    [third] = visits_of(catalogue, telling(5, visit(kind="official"), at=NOW + 2 * DAY))
    assert third["visit_id"] == first["visit_id"] and third["report_count"] == 3
    [fourth] = visits_of(catalogue, telling(5, at=NOW + 3 * DAY))
    assert fourth["visit_id"] == first["visit_id"] and fourth["report_count"] == 2


def test_a_visit_that_no_report_tells_any_more_is_gone(catalogue):
    visits_of(catalogue, telling(1, visit()))
    assert visits_of(catalogue, telling(1, at=NOW + 5 * DAY)) == []
    assert table(catalogue, "visit_reports") == []


def test_a_report_that_moves_to_another_dyad_takes_no_id_away(catalogue):
    [both] = visits_of(catalogue, telling(1, visit()), telling(2, visit()))
    moved = visits_of(catalogue, telling(1, visit(host_country="NER"), at=NOW + 5 * DAY))
    assert len({v["visit_id"] for v in moved}) == 2
    assert both["visit_id"] in {v["visit_id"] for v in moved}


def test_resolving_again_changes_nothing_and_other_dyads_are_left_alone(catalogue):
    visits_of(catalogue, telling(1, visit()), telling(2, visit(host_country="NER")))
    assert catalogue.resolve() == 0
    catalogue.load({"readings": [telling(3, visit())]})
    assert catalogue.resolve() == 1
    assert len(table(catalogue, "visits")) == 2


def test_a_source_that_moves_tells_from_another_side(catalogue):
    visits_of(catalogue, telling(1, visit(), source="sen_vigie"))
    catalogue.register_sources([{**SOURCES[2], "country": "DZA"}])
    catalogue.resolve()
    assert table(catalogue, "visits")[0]["sides"] == ["visitor"]


_reports = st.builds(
    lambda article, ordinal, name, office, start, status, published, confidence: {
        "report_id": f"{article}-{ordinal}", "article_id": f"a{article}", "ordinal": ordinal, "is_sample": False, "visitor_country": "DZA", "host_country": "MLI",
        "visitor_name": name, "visitor_office": office, "visitor_title_text": None, "host_name": None, "host_office": None, "kind": "working",
        "occasion": "bilateral", "status": status, "start_on": start, "start_on_value": str(start) if start else None, "start_on_precision": "day" if start else "unknown",
        "start_on_basis": "stated" if start else "none", "end_on": None, "end_on_value": None, "end_on_precision": "unknown", "end_on_basis": "none",
        "committee_name": None, "committee_session_number": None, "message_from": None, "confidence": confidence, "published_on": published,
        "first_captured_at": NOW + article * HOURS, "source": f"s{article % 3}", "source_country": ["DZA", "MLI", "SEN"][article % 3],
        "cities": ["Bamako"], "topics": [], "outcomes": [], "delegation": [],
    },
    st.integers(1, 9),
    st.integers(1, 2),
    st.sampled_from([None, "Nadir Benkhelif", "Benkhelif", "N. Benkhelif", "Lotfi Haddar"]),
    st.sampled_from(["foreign_minister", "minister", "royal", "head_of_state", None]),
    st.none() | st.dates(date(2026, 3, 1), date(2026, 4, 20)),
    st.sampled_from(["announced", "under_way", "concluded", "postponed", "cancelled"]),
    st.none() | st.dates(date(2026, 3, 1), date(2026, 4, 20)),
    st.sampled_from([0.3, 0.6, 0.9]),
)  # fmt: skip


def made(id, group, full):
    return visit_row(
        id,
        [full[report.report_id] for report in sorted(group.reports, key=lambda report: report.printed)],
        {report.report_id for report in group.dating},
    )


@settings(max_examples=150, deadline=None)
@given(
    rows=st.lists(_reports, max_size=14, unique_by=lambda row: (row["article_id"], row["ordinal"])),
    chance=st.randoms(use_true_random=False),
)
def test_any_order_gives_the_same_visits(rows, chance):
    found = []
    for _ in range(3):
        merged, full = merged_visits(map(told, rows)), {row["report_id"]: row for row in rows}
        assert sorted(report.report_id for group in merged for report in group.reports) == sorted(
            row["report_id"] for row in rows
        )
        ids = visit_ids(merged, {})
        assert len(set(ids)) == len(ids)
        found.append(sorted(repr(made(id, group, full)) for id, group in zip(ids, merged, strict=True)))
        chance.shuffle(rows)
    assert found[0] == found[1] == found[2]


def test_any_order_of_arrival_gives_the_same_archive(tmp_path):
    chance = random.Random(3)
    readings = [
        telling(
            n,
            visit(
                visitor_name=chance.choice([None, "Nadir Benkhelif"]), start_on=chance.choice([NONE, day(2 * n + 3)])
            ),
            published=f"2026-03-{2 * n + 4:02d}",
            source=chance.choice(SOURCES)["name"],
        )
        for n in range(10)
    ]
    found = []
    for n in range(2):
        with open_catalogue(tmp_path / f"{n}.duckdb") as catalogue:
            catalogue.register_sources(SOURCES)
            visits_of(catalogue, *readings)
            found.append(
                sorted(repr({k: v for k, v in row.items() if k != "visit_id"}) for row in table(catalogue, "visits"))
            )
        chance.shuffle(readings)
    assert found[0] == found[1]
    assert 1 < len(found[0]) < 10


def test_an_end_before_the_start_is_none(catalogue):
    [merged] = visits_of(
        catalogue,
        telling(1, visit(start_on=day(11), end_on=day(11))),
        telling(2, visit(start_on=day(12))),
        telling(3, visit(start_on=day(12))),
    )
    assert (merged["start_on_value"], merged["end_on_value"], merged["end_on_precision"]) == (
        "2026-03-12",
        None,
        "unknown",
    )


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [("Nadir Benkhelif", "BENKHELIF", True), ("N. Benkhelif", "Nadir Benkhelif", True), ("Nàdir Benkhellif", "Nadir Benkhelif", True),
     ("Nadir Benkhelif", "Nadir Haddar", False), ("N. Haddar", "Lotfi Haddar", False), ("نادر بن خليف", "بن خليف", True), ("N.", "Nadir Benkhelif", False)],
)  # fmt: skip
def test_names_agree_when_the_shorter_stands_in_the_longer(one, other, same):
    assert agree(folded_names(one), folded_names(other)) is same
    assert agree(folded_names(other), folded_names(one)) is same


def test_many_reports_are_resolved_quickly(catalogue):
    chance, countries = random.Random(7), ["DZA", "MLI", "MAR", "TUN", "SEN", "NER"]
    for block in range(4):
        readings = []
        for n in range(block * 500, block * 500 + 500):
            here, there = chance.sample(countries, 2)
            readings.append(
                telling(
                    n,
                    visit(
                        visitor_country=here,
                        host_country=there,
                        visitor_name=f"Nom {here}",
                        start_on={
                            "value": str(date(2016, 1, 1) + DAY * chance.randrange(3650)),
                            "precision": "day",
                            "basis": "stated",
                            "text": None,
                        },
                        evidence=[],
                    ),
                )
            )
        catalogue.load({"readings": readings})
    began = time.monotonic()
    count = catalogue.resolve()
    assert 1000 < count < 2000
    assert time.monotonic() - began < 20
    assert sum(v["report_count"] for v in table(catalogue, "visits")) == 2000
