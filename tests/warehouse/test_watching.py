"""What was seen of the sources and what was not: days without articles have a reason, silences a beginning."""

import re
from datetime import date, timedelta

import pytest
from invented import NOW, SOURCES, reading, record, source, table, visit, whole_batch

from warehouse import open_catalogue, publish, run_query
from warehouse.statements import scripts

DAY = timedelta(days=1)
START = NOW.replace(hour=6)
FIRST = START.date()


def on(n):
    return FIRST + n * DAY


def line(run, name="mli_temoin", **values):
    """What a run did for a source: one page that was new, fetched and read."""
    counts = {
        "listed": 20,
        "new": 1,
        "unchanged": 19,
        "fetched": 1,
        "read": 1,
        "visits": 0,
        "rejects": 0,
        "seconds": 1.0,
    }
    return {"run_id": run, "source": name, **counts, "state": "done", "note": None, **values}


def failed(run, outcome, kind="page", at=START, name="mli_temoin", **values):
    """A request that brought nothing."""
    fetch = {
        **whole_batch()["fetches"][0],
        "run_id": run,
        "source": name,
        "url": f"https://a.example/{kind}",
        "kind": kind,
    }
    return {**fetch, "asked_at": at, "outcome": outcome, "status": None, **values}


def papers(day, count, name="mli_temoin", *visits, **values):
    """Readings of articles printed and fetched on one day."""
    at = START + day * DAY
    return [
        reading(f"https://{name}.example/{day}-{n}", at=at + n * timedelta(seconds=1), source=name,
                record=record(*visits, published_on=str(at.date()), **values))
        for n in range(count)
    ]  # fmt: skip


def run(catalogue, day, *lines, fetches=(), readings=(), kind="ingest"):
    """One run at six in the morning, UTC."""
    name = f"{kind}{day}"
    catalogue.begin_run(name, kind, START + day * DAY, {})
    catalogue.load(
        {"fetches": fetches, "readings": readings, "run_sources": [{**row, "run_id": name} for row in lines]}
    )


def all_runs(catalogue, *rounds):
    """Runs of several days in one batch: (day, lines, readings)."""
    for day, *_ in rounds:
        catalogue.begin_run(f"ingest{day}", "ingest", START + day * DAY, {})
    lines = [{**row, "run_id": f"ingest{day}"} for day, rows, _ in rounds for row in rows]
    catalogue.load({"readings": [row for *_, readings in rounds for row in readings], "run_sources": lines})


def days(catalogue, name="mli_temoin"):
    return {row["day"]: row for row in table(catalogue, "coverage") if row["source"] == name}


# ---------------------------------------------------------------- coverage

REASONS = {
    "robots": (line("", state="failed", listed=0, new=0, fetched=0, read=0), ("robots_unreachable", "feed")),
    "tdm": (line("", state="failed", listed=0, new=0, fetched=0, read=0), ("tdm_reserved", "feed")),
    "down": (line("", state="failed", listed=0, new=0, fetched=0, read=0), ("timeout", "feed")),
    "feed_failed": (line("", state="failed", listed=0, new=0, fetched=0, read=0), ("gone", "feed")),
    "nothing_listed": (line("", listed=0, new=0, fetched=0, read=0), None),
    "nothing_new": (line("", new=0, fetched=0, read=0), None),
    "pages_failed": (line("", fetched=0, read=0), ("too_large", "page")),
    "unread": (line("", read=0), None),
    "other_days": (line(""), None),
}


@pytest.mark.parametrize("reason", REASONS)
def test_a_day_without_articles_says_why(catalogue, reason):
    told, refusal = REASONS[reason]
    run(catalogue, 0, told, fetches=[failed("ingest0", *refusal)] if refusal else [])
    [day] = days(catalogue).values()
    assert (day["day"], day["articles"], day["why_not"]) == (FIRST, 0, reason)


@pytest.mark.parametrize(
    ("outcome", "reason"), [("robots_disallowed", "robots"), ("archive_refused", "tdm"), ("network_error", "down")]
)
def test_pages_that_are_refused_say_why_too(catalogue, outcome, reason):
    run(catalogue, 0, line("", fetched=0, read=0), fetches=[failed("ingest0", outcome)])
    assert days(catalogue)[FIRST]["why_not"] == reason


def test_an_answer_that_is_a_servers_fault_counts_as_down(catalogue):
    for day, status in ((0, 503), (1, 403)):
        run(
            catalogue,
            day,
            line("", state="failed", listed=0),
            fetches=[failed(f"ingest{day}", "http_error", "feed", START + day * DAY, status=status)],
        )
    assert [day["why_not"] for day in days(catalogue).values()] == ["down", "feed_failed"]


def test_every_reason_stands_in_the_list_that_analysts_read(catalogue):
    [(comment,)] = catalogue.connection.execute(
        "SELECT comment FROM duckdb_columns() WHERE table_name = 'coverage' AND column_name = 'why_not'"
    ).fetchall()
    [sql] = [text for name, text in scripts("views") if name == "watching"]
    words = set(re.findall(r"(?:THEN|ELSE) '(\w+)'", sql[: sql.index("END AS why_not")]))
    assert words >= {*REASONS, "not_run", "not_watched"} and not [
        word for word in words if not re.search(rf"\b{word}\b", comment)
    ]


def test_days_between_runs_are_told_and_days_before_the_first_are_not_watched(catalogue):
    late = reading("https://le-temoin.example/old", at=START, record=record(visit(), published_on="2026-03-01"))
    run(
        catalogue,
        0,
        line("", listed=7),
        readings=[late, *papers(0, 2, "mli_temoin", visit(), visit(host_country="NER", salience="incidental"))],
    )
    run(catalogue, 1, line("", "dza_phare"))
    run(catalogue, 2, line("", state="skipped"))
    run(catalogue, 2, line(""), kind="replay")
    found = days(catalogue)
    assert {day: row["why_not"] for day, row in found.items()} == {
        date(2026, 3, 1): "not_watched",
        on(0): None,
        on(1): "not_run",
        on(2): "not_run",
    }
    first = found[FIRST]
    assert (
        first["listed"],
        first["fetched"],
        first["read"],
        first["articles"],
        first["visit_articles"],
        first["visits"],
    ) == (7, 1, 1, 2, 2, 2)
    assert found[date(2026, 3, 1)]["articles"] == 1


def test_a_day_is_one_of_the_papers_own_clock(catalogue):
    catalogue.register_sources(
        [
            source("nzl_paper", "NZL", timezone="Pacific/Auckland"),
            source("col_paper", "COL", timezone="America/Bogota"),
            source("xxx_odd", "MLI", timezone="Mars/Olympus"),
        ]
    )
    catalogue.begin_run("r", "ingest", NOW.replace(hour=14), {})
    catalogue.begin_run("night", "ingest", NOW.replace(hour=2), {})
    catalogue.load(
        {"run_sources": [line("r", name) for name in ("nzl_paper", "xxx_odd")] + [line("night", "col_paper")]}
    )
    assert {row["source"]: row["day"] for row in table(catalogue, "run_sources")} == {
        "nzl_paper": on(1),
        "xxx_odd": on(0),
        "col_paper": on(-1),
    }


def test_what_is_expected_is_promised_or_usual(catalogue):
    catalogue.register_sources(
        [source("mli_temoin", fetches="all", expect_least=14), source("dza_phare", "DZA", fetches="likely")]
    )
    rounds = [
        (day, [line(""), line("", "dza_phare")], papers(day, 3, "dza_phare") + papers(day, 3)) for day in range(15)
    ]
    all_runs(catalogue, *((day, lines, readings if day % 7 else []) for day, lines, readings in rounds))
    assert {row["expected"] for row in days(catalogue).values()} == {2.0}
    assert {row["expected"] for row in days(catalogue, "dza_phare").values()} == {round(18 / 7, 3)}


# ---------------------------------------------------------------- silences


def weeks(catalogue, counts, **values):
    """Runs on so many days, each with so many articles of the day."""
    all_runs(catalogue, *((day, [line("")], papers(day, count, **values)) for day, count in enumerate(counts)))


def silence(catalogue):
    found = table(catalogue, "silences")
    assert len(found) <= 1
    return found[0] if found else None


def test_a_paper_that_stops_is_silent_from_the_day_after(catalogue):
    weeks(catalogue, [3] * 14 + [0] * 3)
    told = silence(catalogue)
    assert (told["kind"], told["since_on"], told["usual"], told["found"], told["why"]) == (
        "nothing",
        on(14),
        21,
        0,
        "other_days",
    )


@pytest.mark.parametrize(
    "counts", [[3] * 17, [3, 0, 3, 3, 0, 3, 3] * 3, [3] * 14 + [0, 0], [1, 0, 0, 0, 0, 0, 0] * 3 + [0] * 6, [3] * 4, []]
)
def test_a_paper_that_goes_on_as_ever_is_not_silent(catalogue, counts):
    weeks(catalogue, counts)
    assert silence(catalogue) is None


def test_the_silence_of_one_that_was_not_asked_is_ours(catalogue):
    weeks(catalogue, [3] * 14)
    all_runs(catalogue, *((day, [line("", "dza_phare")], []) for day in (15, 16, 17)))
    assert (silence(catalogue)["since_on"], silence(catalogue)["why"]) == (on(14), "not_run")


def test_one_that_never_gave_anything_is_silent_after_a_week(catalogue):
    all_runs(catalogue, *((day, [line("", listed=0, new=0, fetched=0, read=0)], []) for day in range(9)))
    told = silence(catalogue)
    assert (told["kind"], told["since_on"], told["why"], told["usual"]) == ("nothing", FIRST, "nothing_listed", None)


@pytest.mark.parametrize(
    ("counts", "kind", "since"),
    [
        ([3] * 14 + [1] * 8, "less_than_declared", 14),
        ([3] * 10 + [9] * 8, "more_than_declared", 13),
        ([3] * 22, None, None),
    ],
)
def test_a_promise_is_held_against_the_last_week(catalogue, counts, kind, since):
    catalogue.register_sources([source(fetches="all", expect_least=20, expect_most=40)])
    weeks(catalogue, counts)
    told = silence(catalogue)
    assert (told and told["kind"]) == kind
    if told:
        assert abs((told["since_on"] - on(since)).days) <= 1 and told["usual"] in (20, 40)


def test_a_promise_about_all_articles_says_nothing_where_only_likely_ones_are_fetched(catalogue):
    catalogue.register_sources([source(fetches="likely", expect_least=200)])
    weeks(catalogue, [3] * 16)
    assert silence(catalogue) is None


def test_under_a_third_of_its_own_weeks_is_little(catalogue):
    weeks(catalogue, [3] * 14 + [1, 0, 1, 0, 1, 0, 1, 0])
    told = silence(catalogue)
    assert (told["kind"], told["found"], told["usual"]) == ("less_than_usual", 4, 21) and told["since_on"] <= on(20)


@pytest.mark.parametrize(
    ("field", "before", "after"),
    [
        ("byline", {}, {"byline": []}),
        ("headline", {}, {"headline": None}),
        ("section", {}, {"section": None}),
        ("body", {}, {"body": "Deux mots seulement."}),
    ],
)
def test_a_field_that_is_no_longer_read_is_told_with_its_day(catalogue, field, before, after):
    all_runs(catalogue, *((day, [line("")], papers(day, 4, **(after if day >= 18 else before))) for day in range(24)))
    told = silence(catalogue)
    assert (told["kind"], told["field"], told["since_on"], told["article_count"]) == ("field_lost", field, on(18), 20)
    assert told["found"] < told["usual"] / 3 and told["unit"] == (
        "characters" if field == "body" else "share of articles"
    )


def test_a_field_that_was_never_printed_is_not_lost(catalogue):
    weeks(catalogue, [4] * 24, byline=[], section=None)
    assert silence(catalogue) is None


def test_a_share_that_falls_from_nine_in_ten_to_one_in_ten_is_told_and_chance_is_not(catalogue):
    rounds = []
    for day in range(24):
        places = [day * 4 + n for n in range(4)]
        signs = [place % 10 == 5 if day >= 19 else place % 10 != 5 for place in places]
        mine = [papers(day, 4, byline=["A. B."] if sign else [])[n] for n, sign in enumerate(signs)]
        rounds.append(
            (
                day,
                [line(""), line("", "dza_phare")],
                mine + papers(day, 4, "dza_phare", byline=["A. B."] if day % 3 else []),
            )
        )
    all_runs(catalogue, *rounds)
    told = silence(catalogue)
    assert (
        (told["source"], told["field"]) == ("mli_temoin", "byline") and told["usual"] >= 0.85 and told["found"] <= 0.15
    )


def test_pages_that_can_no_longer_be_read_are_told(catalogue):
    reads = [4] * 12 + [1] * 8
    all_runs(
        catalogue,
        *((day, [line("", fetched=4, read=n)], papers(day, n, body="Le texte. " * 50)) for day, n in enumerate(reads)),
    )
    found = {row["kind"]: row for row in table(catalogue, "silences")}
    told = found["field_lost"]
    assert (told["field"], told["since_on"], told["usual"], told["found"], told["why"]) == (
        "page",
        on(12),
        1,
        0.25,
        "unread",
    )


# ---------------------------------------------------------------- rejects and denominators


def test_rejects_are_counted_with_the_shelfmark_of_the_latest_and_those_read_since_are_closed(catalogue):
    base = {
        "run_id": "r1",
        "source": "mli_temoin",
        "level": "page",
        "stage": "read",
        "reason": "no text",
        "shelf_file": "2026-03/a.warc.gz",
    }
    rejects = [
        {**base, "url": f"https://a.example/{n}", "captured_at": START + n * DAY, "shelf_offset": 1024 + n}
        for n in range(3)
    ]
    catalogue.load({"rejects": rejects, "readings": [reading("https://a.example/1", at=START + 5 * DAY)]})
    [row] = table(catalogue, "reject_reasons")
    assert (row["count"], row["addresses"], row["open_addresses"]) == (3, 3, 2)
    assert (row["last_url"], row["shelf_file"], row["shelf_offset"]) == (
        "https://a.example/2",
        "2026-03/a.warc.gz",
        1026,
    )
    [told] = catalogue.rejects_by_reason()
    assert (told["shelf_file"], told["shelf_offset"]) == ("2026-03/a.warc.gz", 1026)


def test_denominators_count_what_was_read_by_country_language_and_month(catalogue):
    catalogue.load(
        {"readings": papers(0, 3, "mli_temoin", visit()) + papers(0, 2, "dza_phare") + papers(40, 1, language="ar")}
    )
    rows = {
        (row["source_country"], row["language"], str(row["month"])): (
            row["sources"],
            row["articles"],
            row["visit_articles"],
            row["visits"],
        )
        for row in table(catalogue, "denominators")
    }
    assert rows == {
        ("MLI", "fr", "2026-03-01"): (1, 3, 3, 3),
        ("DZA", "fr", "2026-03-01"): (1, 2, 0, 0),
        ("MLI", "ar", "2026-04-01"): (1, 1, 0, 0),
    }


def test_analysts_get_the_same_with_the_days_that_it_covers(tmp_path):
    with open_catalogue(tmp_path / "c.duckdb") as catalogue:
        catalogue.register_sources(SOURCES)
        weeks(catalogue, [3] * 14 + [0] * 3)
        held = {name: table(catalogue, name) for name in ("coverage", "silences", "reject_reasons", "denominators")}
    publish(tmp_path / "c.duckdb", tmp_path / "p.duckdb")
    for name, rows in held.items():
        assert len(run_query(tmp_path / "p.duckdb", f"FROM {name}").rows) == len(rows), name
    about = dict(run_query(tmp_path / "p.duckdb", "SELECT key, value FROM about").rows)
    assert (about["covered_from"], about["covered_to"]) == (str(on(0)), str(on(16)))
