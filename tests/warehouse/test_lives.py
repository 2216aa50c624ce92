"""The life of a visit: put off and held, joined, merged, split and withdrawn, with reasons; old ids lead on; quarrels are shown."""

from datetime import timedelta

import pytest
from invented import HOURS, NOW, SOURCES, reading, record, table, visit

from warehouse import open_catalogue, publish, run_query
from warehouse.resolve.names import likeness, read_name
from warehouse.resolve.titles import portfolios, session_number

NONE = {"value": None, "precision": "unknown", "basis": "none", "text": None}


def on(value):
    return (
        {"value": value, "precision": {7: "month", 10: "day"}[len(value)], "basis": "stated", "text": value}
        if value
        else NONE
    )


def telling(n, published, start, status="under_way", *, at=None, source="mli_temoin", **values):
    told = visit(start_on=on(start), status=status, **values)
    return reading(
        f"https://a.example/{n}", at=at or NOW + n * HOURS, source=source, record=record(told, published_on=published)
    )


def take(catalogue, *readings):
    for one in readings:
        catalogue.load({"readings": [one]})
        catalogue.resolve()
    return table(catalogue, "visits ORDER BY start_on NULLS LAST, visit_id")


def events(catalogue):
    return [(row["event"], row["reason"]) for row in table(catalogue, "visit_history ORDER BY rowid")]


PUT_OFF = [
    telling(1, "2026-03-02", "2026-05", "announced", source="dza_phare"),
    telling(2, "2026-04-20", "2026-05-18", "announced"),
    telling(3, "2026-05-12", "2026-05-18", "postponed"),
    telling(4, "2026-06-09", "2026-06-15", "announced", source="dza_phare"),
    telling(5, "2026-06-17", "2026-06-15", "concluded"),
]


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    """An archive with a visit that was put off, one that papers quarrel over, and the file made of it."""
    archive = tmp_path_factory.mktemp("lives")
    with open_catalogue(archive / "catalogue.duckdb") as catalogue:
        catalogue.register_sources(SOURCES)
        take(catalogue, *PUT_OFF)
        take(
            catalogue,
            telling(11, "2026-01-12", "2026-01-12", host_name="Awa Sidibé", kind="working", source="dza_phare"),
            telling(12, "2026-01-12", "2026-01-12", host_name="Issa Konaté", kind="official", source="mli_temoin"),
            telling(
                13, "2026-01-13", "2026-01-13", "concluded", host_name="Awa SIDIBE", kind="working", source="sen_vigie"
            ),
        )
    publish(archive / "catalogue.duckdb", archive / "chancery.duckdb")
    return lambda sql: [tuple(row) for row in run_query(archive / "chancery.duckdb", sql).rows]


def test_a_visit_that_was_put_off_is_one_and_has_its_last_day(published):
    [found] = published(
        "SELECT start_on_value, status, report_count, first_told_on::VARCHAR FROM visits WHERE start_on > '2026-02-01'"
    )
    assert found == ("2026-06-15", "concluded", 5, "2026-03-02")


def test_its_life_is_told_with_the_reports_that_say_so(published):
    life = published(
        "SELECT s.status, s.start_on_value, s.report_count FROM visit_status AS s JOIN visits AS v USING (visit_id) WHERE v.start_on > '2026-02-01' ORDER BY number"
    )
    assert life == [
        ("announced", "2026-05-18", 2),
        ("postponed", "2026-05-18", 1),
        ("announced", "2026-06-15", 1),
        ("concluded", "2026-06-15", 1),
    ]
    assert published(
        "SELECT count(*) FROM (SELECT unnest(report_ids) AS id FROM visit_status) AS s ANTI JOIN reports AS r ON r.report_id = s.id"
    ) == [(0,)]


def test_quarrels_are_kept_and_spellings_are_none(published):
    rows = published("SELECT field, value, paper_count, is_chosen FROM visit_conflicts ORDER BY field, value")
    assert rows == [
        ("host_name", "Awa SIDIBE", 1, False), ("host_name", "Awa Sidibé", 1, False), ("host_name", "Issa Konaté", 1, True),
        ("kind", "official", 1, False), ("kind", "working", 2, True),
        ("start_on", "2026-01-12", 2, True), ("start_on", "2026-01-13", 1, False),
    ]  # fmt: skip


def test_history_says_how_a_report_came_to_its_visit(published):
    rows = published(
        "SELECT h.event, h.reason FROM visit_history AS h JOIN visits AS v USING (visit_id) WHERE v.start_on > '2026-02-01' ORDER BY noted_at, event"
    )
    assert rows[0] == ("created", "no visit took its first report")
    assert {reason for event, reason in rows if event == "joined"} <= {
        "same visit by name",
        "same visit: it tells the day most exactly",
        "same visit by postponed",
    }
    assert ("changed", "status: announced → postponed") in rows
    assert any(event == "changed" and "start_on" in reason for event, reason in rows)


def test_a_visit_between_the_two_days_is_another_one(catalogue):
    held = take(
        catalogue, *PUT_OFF[1:3], telling(7, "2026-05-30", "2026-05-30", visitor_name="Lotfi Haddar"), *PUT_OFF[3:]
    )
    assert [(str(v["start_on"]), v["report_count"]) for v in held] == [("2026-05-30", 1), ("2026-06-15", 4)]


@pytest.mark.parametrize(
    ("more", "why"),
    [
        (
            [telling(1, "2026-03-10", "2026-03-10"), telling(2, "2026-04-20", "2026-04-20")],
            "a visit was held and another came",
        ),
        (
            [telling(1, "2026-03-02", "2026-03-10", "announced"), telling(2, "2026-04-20", "2026-04-20")],
            "nobody says that it was put off",
        ),
        ([telling(1, "2026-03-08", "2026-03-10", "postponed"), telling(2, "2026-12-01", "2026-12-01")], "too long ago"),
        (
            [telling(1, "2026-03-08", "2026-03-10", "cancelled"), telling(2, "2026-04-20", "2026-04-20")],
            "it was cancelled",
        ),
        (
            [
                telling(1, "2026-03-08", "2026-03-10", "postponed"),
                telling(2, "2026-04-20", "2026-04-20", visitor_name="Lotfi Haddar"),
            ],
            "another visitor",
        ),
    ],
)
def test_two_visits_stay_two(catalogue, more, why):
    assert len(take(catalogue, *more)) == 2, why


def test_sessions_of_one_number_are_one_visit_and_of_two_are_two(catalogue):
    def session(n, published, start, number, **values):
        return telling(
            n,
            published,
            start,
            "announced",
            committee={"name": "commission mixte", "session_number": number, "previous": None},
            **values,
        )

    assert (
        len(
            take(
                catalogue,
                session(1, "2026-02-01", "2026-03", "3e"),
                session(2, "2026-04-20", "2026-04-27", "troisième"),
            )
        )
        == 1
    )
    assert len(take(catalogue, session(3, "2026-04-21", "2026-04-27", "4e"))) == 2


def test_an_id_that_is_no_more_leads_to_its_visit(catalogue):
    one, other = take(catalogue, telling(1, "2026-03-04", "2026-03-04"), telling(2, "2026-03-09", "2026-03-09"))
    # the missing days between: a third paper tells a stay from the one to the other
    [merged] = take(
        catalogue,
        telling(3, "2026-03-10", "2026-03-05", "concluded", end_on=on("2026-03-08")),
        telling(2, "2026-03-09", "2026-03-07", at=NOW + 50 * HOURS),
    )
    [gone] = {one["visit_id"], other["visit_id"]} - {merged["visit_id"]}
    [redirect] = table(catalogue, "visit_redirects")
    assert (redirect["old_id"], redirect["visit_id"]) == (gone, merged["visit_id"])
    assert "merged" in [event for event, _ in events(catalogue)]
    # the third paper takes it back, and the second tells its own days again
    parted = take(
        catalogue,
        telling(2, "2026-03-09", "2026-03-09", at=NOW + 60 * HOURS),
        reading("https://a.example/3", at=NOW + 70 * HOURS, record=record(published_on="2026-03-10")),
    )
    assert len(parted) == 2
    assert events(catalogue)[-1][0] in ("split", "changed") and "split" in [event for event, _ in events(catalogue)]
    live = {row["visit_id"] for row in parted}
    assert not live & {row["old_id"] for row in table(catalogue, "visit_redirects")}


def test_what_no_report_tells_any_more_is_withdrawn(catalogue):
    take(
        catalogue,
        telling(1, "2026-03-10", "2026-03-10"),
        reading("https://a.example/1", at=NOW + 9 * HOURS, record=record()),
    )
    assert events(catalogue)[-1] == ("withdrawn", "no report tells it any more")
    assert table(catalogue, "visit_conflicts") == [] == table(catalogue, "visits")


def test_a_visit_whose_only_page_was_erased_is_gone(catalogue):
    """Bug caught: with its reports gone, nothing led to the visit any more, and it stayed."""
    take(catalogue, telling(1, "2026-03-10", "2026-03-10"), telling(2, "2026-06-10", "2026-06-10"))
    for name in ("visit_reports", "reports"):
        catalogue.connection.execute(
            f"DELETE FROM {name} WHERE article_id = (SELECT article_id FROM articles WHERE url = 'https://a.example/1')"
        )
    catalogue.connection.execute("INSERT INTO unresolved_dyads VALUES ('DZA', 'MLI', true)")
    catalogue.resolve()
    assert [str(row["start_on"]) for row in table(catalogue, "visits")] == ["2026-06-10"]
    assert events(catalogue)[-1][0] == "withdrawn"


LOST = [
    telling(1, "2026-03-10", "2026-03-10", visitor_country=None, source="sen_vigie"),
    telling(2, "2026-03-11", "2026-03-10"),
    telling(3, "2026-03-12", "2026-03-11", "concluded", source="dza_phare"),
]


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 0, 2)])
def test_a_report_that_does_not_tell_the_state_is_placed_by_one_that_does(catalogue, order):
    [held] = take(catalogue, *(LOST[n] for n in order))
    assert (held["visitor_country"], held["host_country"], held["report_count"], held["sides"]) == (
        "DZA",
        "MLI",
        3,
        ["visitor", "host", "third"],
    )
    assert {row["visitor_country"] for row in table(catalogue, "reports")} == {None, "DZA"}, (
        "the report stays as printed"
    )
    # the others take it back: it stands alone again, and comes home when one is there again
    take(
        catalogue,
        *(
            reading(f"https://a.example/{n}", at=NOW + 50 * HOURS, record=record(published_on="2026-03-12"))
            for n in (2, 3)
        ),
    )
    [alone] = table(catalogue, "visits")
    assert (alone["visitor_country"], alone["report_count"], table(catalogue, "placed_reports")) == (None, 1, [])
    [home] = take(catalogue, telling(4, "2026-03-12", "2026-03-10"))
    assert (home["visitor_country"], home["report_count"]) == ("DZA", 2)
    # and when it is itself taken back, nothing of it is left
    [last] = take(
        catalogue, reading("https://a.example/1", at=NOW + 90 * HOURS, record=record(published_on="2026-03-12"))
    )
    assert last["report_count"] == 1 and len(table(catalogue, "visit_reports")) == 1


@pytest.mark.parametrize(
    "other",
    [
        {"visitor_name": "Benkhelif"},
        {"host_country": "NER"},
        {"start_on": on("2026-03-20")},
        {"visitor_country": None},
        {"visitor_country": "DZA", "host_country": None},
    ],
)
def test_a_report_is_not_placed_by_less_than_a_whole_name_one_host_and_the_same_days(catalogue, other):
    take(catalogue, telling(1, "2026-03-10", "2026-03-10", visitor_country=None))
    told = visit(**{"start_on": on("2026-03-10"), **other})
    take(catalogue, reading("https://a.example/2", record=record(told)))
    assert table(catalogue, "placed_reports") == []


def test_a_report_is_not_placed_where_two_states_could_be_meant(catalogue):
    lost = telling(1, "2026-03-10", "2026-03-10", visitor_country=None)
    held = take(
        catalogue,
        lost,
        telling(2, "2026-03-10", "2026-03-10"),
        telling(3, "2026-03-10", "2026-03-10", visitor_country="TUN"),
    )
    assert sorted(str(row["visitor_country"]) for row in held) == ["DZA", "None", "TUN"]


def test_nothing_is_noted_where_nothing_changed(catalogue):
    take(catalogue, *PUT_OFF)
    before = table(catalogue, "visit_history"), table(catalogue, "visits")
    catalogue.connection.execute("INSERT INTO unresolved_dyads VALUES ('DZA', 'MLI', true)")
    assert catalogue.resolve() == 1
    assert (table(catalogue, "visit_history"), table(catalogue, "visits")) == before


def test_the_press_that_knows_best_weighs_more(catalogue):
    [held] = take(
        catalogue,
        telling(1, "2026-03-10", "2026-03-10", host_name="Awa Sidibé", source="mli_temoin"),
        telling(2, "2026-03-10", "2026-03-10", host_name="Issa Konaté", source="sen_vigie", confidence=0.9),
    )
    assert held["host_name"] == "Awa Sidibé"


@pytest.mark.parametrize(
    ("one", "other", "found"),
    [
        ("Mohamed Rabiou", "محمد ربيع", "script"), ("عبد القادر منصور", "Abd El-Kader Mansour", "script"), ("Abdelkader Mansour", "Abdel Qader Mansour", "spelling"),
        ("Oussama El Chennaoui", "Osama al-Shennawy", "spelling"), ("أسامة الشناوي", "اسامه الشناوى", "name"), ("Çağrı Yıldırım", "Cagri Yildirim", "name"),
        ("Benkhelif", "Ben Khelif", "name"), ("Dr. Otieno", "Wanjiku Otieno", "name"), ("Nadir Benkhelif", "Lotfi Haddar", None), ("Oukaci", "Malika Oukaci", "name"),
        ("Rachid Oukaci", "Malika Oukaci", None), ("Keïta", "كيتا", "unsure"), ("Lotfi Haddar", "نادر بن خليف", None), ("Mohamed Sani", "Mahamadou Garba", None),
    ],
)  # fmt: skip
def test_names_across_spellings_and_scripts(one, other, found):
    assert likeness(read_name(one), read_name(other)) == found == likeness(read_name(other), read_name(one))


@pytest.mark.parametrize(
    ("text", "number"),
    [("3e", 3), ("23ème session", 23), ("vingt-troisième", 23), ("dix-septième", 17), ("XIV", 14), ("second", 2), ("الثالثة", 3), ("الثالثة عشرة", 13), ("الدورة ٢٣", 23), ("tercera", 3), ("vingt et unième", 21), ("grande", None), (None, None)],
)  # fmt: skip
def test_numbers_of_sessions_as_they_are_printed(text, number):
    assert session_number(text) == number


def test_portfolios_in_five_languages():
    titles = [
        "ministre de l'Energie et des Mines",
        "energy minister",
        "وزير الطاقة",
        "ministro de Energía",
        "ministro da Energia",
    ]
    assert all("energy" in portfolios(title) for title in titles)
    assert not portfolios("ministre") and portfolios("ministre de l'Equipement et de l'Eau") == {"works", "water"}


def test_days_are_those_of_the_archive(catalogue):
    take(catalogue, telling(1, "2026-03-10", "2026-03-10"))
    [row] = table(catalogue, "visit_history")
    assert row["noted_at"] - NOW > -timedelta(days=3650) and row["report_id"]
