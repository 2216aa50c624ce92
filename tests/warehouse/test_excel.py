"""The Excel file, read back by another hand: every sheet, every value, and no text that runs, links, shifts or breaks the file."""

import json
import re
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal

import duckdb
import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from invented import NOW, SOURCES, reading, record, visit

from warehouse import EXPORT_TABLES, ExportError, export, open_catalogue, publish, run_query
from warehouse.export.excel import FIRST_SHEET, MOST_LETTERS, as_cell, write_workbook

HOSTILE = ['=1+1', "=cmd|'/c calc'!A0", "+33 1", "-5", "@SUM(A1)", "\tx", "https://a.example/", "mailto:a@b.example", "internal:x!A1", "007", "1e5", "2026-03-10", "TRUE", "<r><t>x</t></r>", "</is></c>", "_x0041_", "{=A1}", " x ", "été", "وزارة", "a\nb"]  # fmt: skip
ABOUT = {
    "title": "T",
    "is_sample": "True",
    "made_at": "2026-03-10T12:00:00Z",
    "citation": "C",
    "license": "L",
    "text_rule": "R",
    "evidence_rule": "E",
    "disputed_places": "D",
}


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    archive = tmp_path_factory.mktemp("excel")
    told = [
        record(visit(visitor_name=f"Nom {letter}eli", host_country="MLI"), headline=text)
        for letter, text in zip("ABCDEFGHIJKLMNOPQRSTU", HOSTILE, strict=True)
    ]
    with open_catalogue(archive / "catalogue.duckdb") as catalogue:
        catalogue.register_sources(SOURCES)
        catalogue.load(
            {"readings": [reading(f"https://a.example/{n}", at=NOW, record=one) for n, one in enumerate(told)]}
        )
        catalogue.resolve()
    publish(archive / "catalogue.duckdb", archive / "chancery.duckdb")
    return archive / "chancery.duckdb"


@pytest.fixture(scope="module")
def book(published, tmp_path_factory):
    folder = tmp_path_factory.mktemp("out") / "visits"
    export(published, folder, formats=["excel"])
    return folder / "excel/chancery.xlsx"


def written(tmp_path, texts, name="t.xlsx", **options):
    """The cells of one column of texts, as the file has them."""
    with duckdb.connect() as connection:
        connection.execute("CREATE TABLE told (n INTEGER, words VARCHAR)")
        connection.executemany("INSERT INTO told VALUES (?, ?)", list(enumerate(texts)))
        write_workbook(connection, tmp_path / name, {"told": len(texts)}, [], ABOUT, **options)
    sheet = openpyxl.load_workbook(tmp_path / name)["told"]
    return [sheet.cell(row, 2) for row in range(2, len(texts) + 2)]


def unescaped(value):
    """Excel writes control characters, and what looks like one written so, as _xHHHH_; openpyxl leaves that to its user."""
    return re.sub("_x([0-9A-F]{4})_", lambda found: chr(int(found[1], 16)), value)


def test_every_table_is_a_sheet_with_all_its_rows(published, book):
    found = openpyxl.load_workbook(book, read_only=True)
    assert found.sheetnames == [FIRST_SHEET, *EXPORT_TABLES]
    for name in EXPORT_TABLES:
        answer = run_query(published, f"FROM {name}")
        rows = list(found[name].iter_rows(values_only=True))
        assert rows[0] == answer.columns and len(rows) == len(answer.rows) + 1, name


def test_days_are_days_times_are_utc_and_codes_are_text(book):
    found = openpyxl.load_workbook(book)
    sheet = found["visits"]
    first = dict(zip([cell.value for cell in sheet[1]], sheet[2], strict=True))
    assert (
        first["start_on"].value == datetime(2026, 3, 10)
        and first["start_on"].is_date
        and first["start_on"].number_format == "yyyy-mm-dd"
    )
    assert json.loads(first["topics"].value) == ["energy", "transport"] and first["message_from"].value is None
    assert first["report_count"].value == 1 and first["confidence"].data_type == "n" and sheet.freeze_panes == "A2"
    assert 8 <= sheet.column_dimensions["A"].width <= 61
    times = found["articles"]
    headings = [cell.value for cell in times[1]]
    assert {times.cell(row, headings.index("first_captured_at") + 1).value for row in range(2, 23)} == {
        datetime(2026, 3, 10, 12)
    }
    states = found["about"]
    assert {states.cell(row, 2).data_type for row in range(2, states.max_row + 1)} <= {"s", "n"} and found[
        "dictionary"
    ]["A2"].data_type == "s"


def test_the_first_sheet_says_what_the_file_is(published, book):
    told = list(openpyxl.load_workbook(book, read_only=True)[FIRST_SHEET].iter_rows(values_only=True))
    lines = {row[0] for row in told}
    about = dict(run_query(published, "SELECT key, value FROM about").rows)
    assert {about[key] for key in ("title", "citation", "license", "text_rule")} <= lines
    assert any(row[:2] == ("articles", 21) and row[3] for row in told)
    assert any(row[:2] == ("visits", "status") and row[3] and "concluded" in row[4] for row in told)
    assert "Everything in it is invented: the sample newsroom." not in lines


def test_headlines_stay_the_texts_they_are(book):
    sheet = openpyxl.load_workbook(book)["articles"]
    column = [cell.value for cell in sheet[1]].index("headline") + 1
    cells = [sheet.cell(row, column) for row in range(2, sheet.max_row + 1)]
    assert {cell.data_type for cell in cells} == {"s"} and not any(cell.hyperlink for cell in cells)
    assert {unescaped(cell.value).rstrip() for cell in cells} == {text.rstrip() for text in HOSTILE}
    with zipfile.ZipFile(book) as inside:
        assert not [
            name for name in inside.namelist() if b"<f>" in inside.read(name) or b"<hyperlink" in inside.read(name)
        ]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.one_of(st.sampled_from(HOSTILE), st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40)),
        min_size=1,
        max_size=20,
    )
)
def test_any_text_comes_back_as_text(tmp_path_factory, texts):
    cells = written(tmp_path_factory.mktemp("any"), [text.replace("\r", " ") for text in texts])
    assert [cell.data_type for cell in cells] == ["s"] * len(texts)
    wanted = [
        text.replace("\r", " ") + (" " if text.startswith("<r>") and text.endswith("</r>") else "") for text in texts
    ]
    assert [unescaped(cell.value) for cell in cells] == wanted


def test_a_text_longer_than_a_cell_is_cut_and_says_so(tmp_path):
    long, wide, fits = written(tmp_path, ["é" * 40_000, "𝔸" * 20_000, "x" * MOST_LETTERS])
    assert len(long.value) == MOST_LETTERS and long.value.endswith("é…")
    assert (
        len(wide.value.encode("utf-16-le")) // 2 <= MOST_LETTERS
        and wide.value.endswith("𝔸…")
        and fits.value == "x" * MOST_LETTERS
    )


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        (date(1, 1, 1), "0001-01-01"), (date(1900, 2, 28), "1900-02-28"), (date(1960, 8, 5), date(1960, 8, 5)), (date(9999, 12, 31), date(9999, 12, 31)),
        (datetime(2026, 3, 10, 12, tzinfo=UTC), datetime(2026, 3, 10, 12)), (2**53, 2**53), (2**53 + 1, "9007199254740993"), (Decimal("12"), 12),
        (float("nan"), "nan"), (True, True), (["a", "é"], '["a", "é"]'),
    ],
)  # fmt: skip
def test_what_excel_would_round_or_refuse_is_text(value, cell):
    assert as_cell(value) == cell and type(as_cell(value)) is type(cell)


def test_a_table_too_long_for_a_sheet_is_left_out_and_named(tmp_path):
    with duckdb.connect() as connection:
        connection.execute("CREATE TABLE long AS SELECT range AS n FROM range(11); CREATE TABLE short AS SELECT 1 AS n")
        left_out = write_workbook(connection, tmp_path / "t.xlsx", {"long": 11, "short": 1}, [], ABOUT, most_rows=10)
        with pytest.raises(ExportError, match="Parquet"):
            write_workbook(connection, tmp_path / "u.xlsx", {"long": 11}, [], ABOUT, most_rows=10)
    found = openpyxl.load_workbook(tmp_path / "t.xlsx")
    assert (
        left_out == {"long": 11} and found.sheetnames == [FIRST_SHEET, "short"] and not (tmp_path / "u.xlsx").exists()
    )
    lines = [row[0] for row in found[FIRST_SHEET].iter_rows(values_only=True)]
    assert any(line and line.startswith("Not in this file: long, 11 rows") for line in lines) and lines[1].startswith(
        "Everything in it is invented"
    )


def test_the_same_tables_give_the_same_file(tmp_path):
    written(tmp_path, HOSTILE, "a.xlsx")
    written(tmp_path, HOSTILE, "b.xlsx")
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_the_package_lists_it(book):
    [resource] = json.loads((book.parents[1] / "datapackage.json").read_text(encoding="utf-8"))["resources"]
    assert (
        resource["path"] == "excel/chancery.xlsx"
        and resource["bytes"] == book.stat().st_size
        and resource["type"] == "file"
    )
