"""Exports open in other programs, say what they hold, run nothing in a spreadsheet; sheets are blind and score as they should."""

import csv
import hashlib
import json
from datetime import date

import pyarrow.parquet as pq
import pytest
from invented import NOW, SOURCES, reading, record, visit

from warehouse import (
    EXPORT_TABLES,
    SHEET_CODED,
    ExportError,
    SheetError,
    draw_sheet,
    export,
    open_catalogue,
    publish,
    read_sheet,
    run_query,
    score_sheet,
)
from warehouse.sampling import interval

FORMULA = '=HYPERLINK("https://a.example";"ici")'


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    """A file of twenty articles, half of them without a visit; one headline would be a formula."""
    archive = tmp_path_factory.mktemp("export")
    signed = [{"text": "+ accord, dit « de pêche »", "status": "signed"}]
    told = [
        record(
            visit(
                host_country="MLI" if n % 4 else "NER",
                visitor_name=f"Nom {'ABCDEFGHIJKLMNOPQRST'[n]}eli",
                agreements=signed,
                kind="working",
            ),
            headline=FORMULA if n == 4 else f"Titre {n}",
        )
        if n % 2 == 0
        else record(headline=f"Titre {n}", language="ar")
        for n in range(20)
    ]
    with open_catalogue(archive / "catalogue.duckdb") as catalogue:
        catalogue.register_sources(SOURCES)
        catalogue.load(
            {"readings": [reading(f"https://a.example/{n}", at=NOW, record=one) for n, one in enumerate(told)]}
        )
        catalogue.resolve()
    publish(archive / "catalogue.duckdb", archive / "chancery.duckdb", full_text=True)
    return archive / "chancery.duckdb"


@pytest.fixture(scope="module")
def exported(published, tmp_path_factory):
    folder = tmp_path_factory.mktemp("out") / "visits"
    return export(published, folder).folder


def rows_of(path):
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_every_table_is_there_in_every_form(published, exported):
    for name in EXPORT_TABLES:
        [(count,)] = run_query(published, f"SELECT count(*) FROM {name}").rows
        assert pq.read_table(exported / f"parquet/{name}.parquet").num_rows == count
        assert len(rows_of(exported / f"csv/{name}.csv")) == count
        assert len((exported / f"jsonl/{name}.jsonl").read_text(encoding="utf-8").splitlines()) == count


def test_values_come_through(exported):
    table = pq.read_table(exported / "parquet/visits.parquet").to_pylist()
    lines = [json.loads(line) for line in (exported / "jsonl/visits.jsonl").open(encoding="utf-8")]
    cells = rows_of(exported / "csv/visits.csv")
    assert (
        [row["visit_id"] for row in table] == [row["visit_id"] for row in lines] == [row["visit_id"] for row in cells]
    )
    assert table[0]["start_on"] == date(2026, 3, 10) and lines[0]["start_on"] == cells[0]["start_on"] == "2026-03-10"
    assert table[0]["topics"] == lines[0]["topics"] == json.loads(cells[0]["topics"]) == ["energy", "transport"]
    assert cells[0]["message_from"] == "" and lines[0].get("message_from") is None
    assert {row["first_captured_at"] for row in rows_of(exported / "csv/articles.csv")} == {"2026-03-10T12:00:00Z"}


def test_no_cell_of_a_csv_is_a_formula(exported):
    headlines = {row["headline"] for row in rows_of(exported / "csv/articles.csv")}
    assert f"'{FORMULA}" in headlines and FORMULA not in headlines
    for path in (exported / "csv").glob("*.csv"):
        for row in rows_of(path):
            assert not [
                cell
                for cell in row.values()
                if cell[:1] in tuple("=+@\t\r") or (cell[:1] == "-" and not cell[1:2].isdigit())
            ], path.name
    assert any(
        json.loads(line)["headline"] == FORMULA for line in (exported / "jsonl/articles.jsonl").open(encoding="utf-8")
    ), "only the spreadsheet's form changes words"


def test_the_package_names_each_file_with_its_digest_and_columns(exported):
    told = json.loads((exported / "datapackage.json").read_text(encoding="utf-8"))
    files = {
        path.relative_to(exported).as_posix()
        for form in ("csv", "jsonl", "parquet")
        for path in (exported / form).iterdir()
    }
    assert {one["path"] for one in told["resources"]} == files
    for one in told["resources"]:
        data = (exported / one["path"]).read_bytes()
        assert one["hash"] == f"sha256:{hashlib.sha256(data).hexdigest()}" and one["bytes"] == len(data)
        if one["format"] == "csv":
            header = data.decode("utf-8").split("\n", 1)[0].strip().split(",")
            assert [field["name"] for field in one["schema"]["fields"]] == header and all(
                field["description"] for field in one["schema"]["fields"]
            ), one["path"]
    visits = next(one for one in told["resources"] if one["path"] == "csv/visits.csv")["schema"]
    fields = {field["name"]: field for field in visits["fields"]}
    assert (
        fields["start_on"]["type"] == "date"
        and fields["topics"]["type"] == "array"
        and "concluded" in fields["status"]["constraints"]["enum"]
    )
    assert set(visits["primaryKey"]) == {"visit_id"}


def test_checksums_and_citation(exported):
    for line in (exported / "SHA256SUMS").read_text().splitlines():
        digest, name = line.split("  ")
        assert hashlib.sha256((exported / name).read_bytes()).hexdigest() == digest
    cited = (exported / "CITATION.cff").read_text(encoding="utf-8")
    assert 'cff-version: "1.2.0"' in cited and "authors:" in cited


def test_only_an_export_is_replaced(published, tmp_path):
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "thesis.txt").write_text("years of work")
    with pytest.raises(ExportError, match="something else"):
        export(published, mine)
    assert [path.name for path in mine.iterdir()] == ["thesis.txt"]
    first = export(published, tmp_path / "out", formats=["csv"], tables=["visits", "about"])
    again = export(published, tmp_path / "out", formats=["csv"], tables=["about"])
    assert first.files == 6 and again.files == 5 and not (tmp_path / "out/csv/visits.csv").exists()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["mine", "out"]


@pytest.mark.parametrize(
    ("asked", "words"), [({"formats": ["xls"]}, "no such form"), ({"tables": ["nothing"]}, "no such table")]
)
def test_what_can_not_be_exported_is_named(published, tmp_path, asked, words):
    with pytest.raises(ExportError, match=words):
        export(published, tmp_path / "out", **asked)
    assert not list(tmp_path.iterdir())
    with pytest.raises(ExportError, match="no published file"):
        export(tmp_path / "none.duckdb", tmp_path / "out")


def test_a_sheet_is_blind_and_the_same_for_the_same_seed(published):
    rows = draw_sheet(published, 8)
    assert len(rows) == 8 and all(row[name] is None for row in rows for name in SHEET_CODED)
    assert not {"visits", "confidence"} & set(rows[0]) and rows[0]["text"].startswith("BAMAKO")
    assert rows == draw_sheet(published, 8) != draw_sheet(published, 8, seed="2")
    assert sorted(row["language"] for row in draw_sheet(published, 6, stratified=True)) == ["ar"] * 3 + ["fr"] * 3
    assert len(draw_sheet(published, 99)) == 20


def coded(published, change):
    """The sheet of all articles as a perfect coder fills it, with one change."""
    visits = {
        row[0]: row
        for row in run_query(
            published,
            "SELECT article_id, visitor_country, host_country, visitor_name, visitor_office, kind, status, start_on_value FROM reports",
        ).rows
    }
    rows = []
    for n, row in enumerate(draw_sheet(published, 20)):
        found = visits.get(row["article_id"])
        filled = {**dict.fromkeys(row, ""), "article_id": row["article_id"], "is_visit": "yes" if found else "no"}
        if found:
            filled |= dict(
                zip(
                    ("visitor_country", "host_country", "visitor_name", "visitor_office", "kind", "status", "start_on"),
                    found[1:],
                    strict=True,
                )
            )
        rows.append(change(n, filled))
    return rows


def scores(published, change=lambda n, row: row):
    return {one.field: one for one in score_sheet(published, coded(published, change))}


def test_a_perfect_coder_finds_no_fault(published):
    found = scores(published)
    for name in ("article", "visit", "visitor_name", "kind", "start_on"):
        assert (found[name].precision, found[name].recall, found[name].given, found[name].wanted) == (
            1.0,
            1.0,
            10,
            10,
        ), name
    assert found["host_name"].precision is None and found["visit"].precision_low < 0.8 < found["visit"].precision_high


def test_faults_are_found_where_they_are(published):
    found = scores(
        published,
        lambda n, row: {**row, "kind": "state" if row["kind"] else "", "visitor_name": row["visitor_name"].upper()},
    )
    assert found["kind"].precision == found["kind"].recall == 0 and found["visitor_name"].precision == 1
    found = scores(
        published,
        lambda n, row: {**row, "host_country": "SEN" if row["host_country"] == "NER" else row["host_country"]},
    )
    assert found["visit"].precision == found["visit"].recall == 0.5 and found["article"].precision == 1
    found = scores(published, lambda n, row: {**row, "is_visit": "oui"})
    assert found["article"].recall == 0.5 and found["article"].precision == 1


def test_a_stratified_sheet_gives_the_figures_of_the_archive(published):
    rows = [row for row in coded(published, lambda n, row: row) if row["is_visit"] == "no"][:2]
    rows += [row for row in coded(published, lambda n, row: row) if row["is_visit"] == "yes"][:8]
    rows[0]["is_visit"] = (
        "yes"  # one of two articles without a visit by the archive has one: five of ten stand behind it
    )
    found = {one.field: one for one in score_sheet(published, rows)}
    assert found["article"].recall == pytest.approx(10 / 15) and found["article"].precision == 1


def test_a_sheet_comes_back_from_a_spreadsheet(published, tmp_path):
    path = tmp_path / "sheet.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        out = csv.DictWriter(stream, list(draw_sheet(published, 1)[0]))
        out.writeheader()
        out.writerows(coded(published, lambda n, row: row))
    assert score_sheet(published, read_sheet(path))[0].precision == 1


def test_a_sheet_that_can_not_be_scored_is_named(published, tmp_path):
    with pytest.raises(SheetError, match="won't do"):
        scores(published, lambda n, row: {**row, "is_visit": "perhaps"})
    with pytest.raises(SheetError, match="nothing to score"):
        scores(published, lambda n, row: {**row, "is_visit": ""})
    with pytest.raises(SheetError, match="no such article"):
        score_sheet(published, [{**coded(published, lambda n, row: row)[0], "article_id": "x"}])
    (tmp_path / "bad.csv").write_text("a,b\n1,2\n")
    with pytest.raises(SheetError, match="no column"):
        read_sheet(tmp_path / "bad.csv")
    with pytest.raises(SheetError, match="at least one"):
        draw_sheet(published, 0)


def test_intervals_are_wilsons():
    assert interval([(1.0, True)] * 8 + [(1.0, False)] * 2) == pytest.approx((0.8, 0.4902, 0.9433), abs=1e-3)
    assert interval([]) == (None, 0.0, 1.0)
