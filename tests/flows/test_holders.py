"""The operator's list of office-holders is read, or refused with line and column."""

from datetime import date

import pytest

from flows.errors import SettingsError
from flows.holders import FILE, beside_catalogue, office_holders
from flows.settings import Settings


def test_a_list_is_read_and_none_is_none(tmp_path):
    assert office_holders(tmp_path / FILE) == []
    (tmp_path / FILE).write_text(
        "country,office,name,from,to,ids\ndza,foreign_minister,Nadir Benkhelif,2026-03-10,,Q1\n", encoding="utf-8"
    )
    [holder] = beside_catalogue(Settings(archive=tmp_path))["holders"]
    assert holder == {
        "country": "DZA",
        "office": "foreign_minister",
        "name": "Nadir Benkhelif",
        "valid_from": date(2026, 3, 10),
        "valid_to": None,
        "ids": "Q1",
    }


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("country,office,name\na,b,c\n", "no column from, to"),
        ("country,office,name,from,to\nDZA,,x,,\n", "line 2 · office"),
        ("country,office,name,from,to\nDZA,a,x,10 mars,\n", "line 2 · from"),
    ],
)
def test_what_won_t_do_is_named(tmp_path, text, words):
    (tmp_path / FILE).write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError, match=words):
        office_holders(tmp_path / FILE)


def test_the_states_of_the_reading_room_come_with_their_codes():
    from extractors import load_states

    states = {state["iso3"]: state for state in load_states()}
    assert len(states) > 240 and states["DZA"]["iso2"] == "DZ" and states["DZA"]["name_fr"] == "Algérie"
    assert {code["list"]: code["code"] for code in states["DZA"]["codes"]} == {
        "cow": "615",
        "gw": "615",
        "fips": "AG",
        "cameo": "DZA",
    }
    assert [code["valid_to"] for code in states["SRB"]["codes"] if code["code"] == "340"] == [None]
