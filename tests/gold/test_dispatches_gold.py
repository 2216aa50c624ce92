"""The gold dispatches keep to the codebook's vocabularies and to their own texts."""

import json
import re
from collections import Counter
from pathlib import Path
from typing import get_args

import pytest

from extractors import records
from extractors.text import fold

FOLDER = Path(__file__).with_name("dispatches")
FAMILIES = {"coming", "received", "dates", "status", "outcomes", "topics", "cities", "kinds", "none"}
KEYS = {"id", "family", "wording", "language", "published_on", "headline", "body", "is_visit", "visits"}
ONE_OF = {
    "visitor_office": get_args(records.Office), "kind": get_args(records.Kind), "status": get_args(records.Status),
    "salience": get_args(records.Salience),
}  # fmt: skip
DAY = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")


def told(language):
    return [json.loads(line) for line in (FOLDER / f"{language}.jsonl").read_text(encoding="utf-8").splitlines()]


def faults(record):
    """What is wrong with one record, in words."""
    if set(record) != KEYS or record["family"] not in FAMILIES:
        yield "keys or family"
    if record["family"] == "none" and record["is_visit"]:
        yield "a visit in the family of what is none"
    for visit in record["visits"]:
        yield from (f"{key} {visit[key]}" for key, allowed in ONE_OF.items() if visit[key] not in allowed)
        yield from (
            f"country {visit[k]}" for k in ("visitor_country", "host_country") if not re.fullmatch("[A-Z]{3}", visit[k])
        )
        yield from (f"{k} {visit[k]}" for k in ("start_on", "end_on") if visit[k] and not DAY.fullmatch(visit[k]))
        yield from (f"topic {t}" for t in visit["topics"] if t not in get_args(records.Topic))
        yield from (f"outcome {o}" for o in visit["outcomes"] if o not in get_args(records.Outcome))
        text = fold(f"{record['headline']} {record['body']}")
        yield from (f"city {c} is not printed" for c in visit["cities"] if fold(c) not in text)
        if visit["start_on"] and visit["end_on"] and visit["end_on"] < visit["start_on"][: len(visit["end_on"])]:
            yield "it ends before it begins"


@pytest.mark.parametrize("language", ["fr", "en", "ar", "es", "pt"])
def test_every_dispatch_keeps_to_the_codebook_and_to_its_text(language):
    assert {r["id"]: list(faults(r)) for r in told(language) if list(faults(r))} == {}


@pytest.mark.parametrize("language", ["fr", "en", "ar", "es", "pt"])
def test_no_dispatch_stands_there_twice_and_every_family_is_there(language):
    records_ = told(language)
    assert max(Counter(r["id"] for r in records_).values()) == 1
    assert max(Counter(r["body"] for r in records_).values()) == 1
    assert {r["family"] for r in records_} == FAMILIES and {r["language"] for r in records_} == {language}


def test_the_check_finds_what_is_wrong():
    record = told("fr")[0]
    broken = record | {"visits": [record["visits"][0] | {"status": "soon", "cities": ["Nulle-Part"]}]}
    assert list(faults(broken)) == ["status soon", "city Nulle-Part is not printed"]
