"""Checks the hand-coded visit articles against the codebook and against their own texts, one line a fault.

python tests/gold/visits/check.py [FOLDER]      exit 0: no fault; 1: faults, each with file, field and what was expected

A gold article is `<language>/<slug>.txt` with `<slug>.json` beside it. The vocabularies are those of `extractors.records`.
"""

from __future__ import annotations

import datetime
import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

HERE = Path(__file__).resolve().parent
if str(HERE.parents[2]) not in sys.path:
    sys.path.insert(0, str(HERE.parents[2]))

from extractors import records  # noqa: E402

Record = dict[str, Any]

ARTICLE_KEYS = {
    "id", "language", "set", "headline", "published_on", "url", "is_visit", "negative_type", "borderline",
    "duplicate_group", "visits", "other_people",
}  # fmt: skip
VISIT_KEYS = {
    "visitor_country", "host_country", "visitor_name", "visitor_office", "visitor_title_text", "host_name", "host_office",
    "kind", "occasion", "status", "salience", "qualifies", "start_on", "end_on", "cities", "committee", "delegation",
    "topics", "agreements", "outcomes", "message_from", "evidence",
}  # fmt: skip
# rows of the codebook's case table that are decided "no", and the articles that only look like one
NEGATIVES = {
    "business_delegation", "credentials", "domestic", "exhibition", "explainer", "former_official", "igo_headquarters",
    "igo_official", "invitation_only", "multilateral_ceremony", "multilateral_summit", "other_topic", "phone_call",
    "private_person", "religious_leader", "resident_ambassador", "rumour_denied", "sports", "subnational", "technical_stop",
    "third_country_meeting", "video_participation",
}  # fmt: skip
SETS = {"dev", "kept"}
ONE_OF = {
    "visitor_office": {*get_args(records.Office), None},
    "host_office": {*get_args(records.Office), None},
    "kind": set(get_args(records.Kind)),
    "occasion": set(get_args(records.Occasion)),
    "status": set(get_args(records.Status)),
    "salience": set(get_args(records.Salience)),
    "qualifies": {True, False},
}
DATE_FORMS = {"day": r"\d{4}-\d\d-\d\d", "month": r"\d{4}-(0[1-9]|1[0-2])", "year": r"\d{4}"}
EVIDENCE_LENGTH = range(10, 401)


def articles(folder: Path = HERE) -> list[Path]:
    """The gold records under `<folder>/<language>/`."""
    return sorted(folder.glob("??/*.json"))


def read_pair(path: Path) -> tuple[Record, str]:
    """The gold record and its text."""
    return json.loads(path.read_text(encoding="utf-8")), path.with_suffix(".txt").read_text(encoding="utf-8")


def faults(folder: Path = HERE) -> list[str]:
    """Every fault under the folder: of each article by itself, then of the set as a whole."""
    found = [
        f"{path.relative_to(folder)}: no text or no record of the same name beside it" for path in unpaired(folder)
    ]
    paired = [path for path in articles(folder) if path.with_suffix(".txt").exists()]
    found += [f"{path.relative_to(folder)}: {fault}" for path in paired for fault in article_faults(path)]
    return [*found, *set_faults([read_pair(path)[0] for path in paired])]


def unpaired(folder: Path = HERE) -> list[Path]:
    """Texts without a record, records without a text."""
    files = [*folder.glob("??/*.txt"), *folder.glob("??/*.json")]
    stems = Counter(path.with_suffix("") for path in files)
    return sorted(path for path in files if stems[path.with_suffix("")] != 2)


def article_faults(path: Path) -> Iterator[str]:
    """Faults of one article, as `field: what is wrong`."""
    record, text = read_pair(path)
    yield from _form(record, path, text)
    yield from _printed_in_article(record, text)
    for number, visit in enumerate(record["visits"]):
        for fault in (*_visit_form(visit), *_visit_dates(visit, text), *_printed_in_visit(visit, text)):
            yield f"visits[{number}].{fault}"


def _form(record: Record, path: Path, text: str) -> Iterator[str]:
    if set(record) - {"quotations"} != ARTICLE_KEYS:
        yield f"keys: {sorted((set(record) - {'quotations'}) ^ ARTICLE_KEYS)} missing or unknown"
    if (record["id"], record["language"]) != (path.stem, path.parent.name):
        yield f"id, language: {record['id']}, {record['language']} do not agree with the file's name and folder"
    if record["set"] not in SETS:
        yield f"set: {record['set']!r} is none of {sorted(SETS)}"
    if json.dumps(record, ensure_ascii=False, indent=2) != path.read_text(encoding="utf-8").rstrip("\n"):
        yield "form: not JSON of two spaces with letters as they are"
    if record["url"] is not None and not re.match(r"https://[\w.-]+\.example/", record["url"]):
        yield f"url: {record['url']} is not an address of an invented paper (https://….example/…)"
    if record["published_on"] is not None and not _is_day(record["published_on"]):
        yield f"published_on: {record['published_on']} is no ISO day"
    yield from _decision(record)
    yield from _text_rule(record, text)


def _decision(record: Record) -> Iterator[str]:
    if record["is_visit"] != any(v["qualifies"] and v["salience"] != "incidental" for v in record["visits"]):
        yield f"is_visit: {record['is_visit']} against the visits listed"
    if record["is_visit"] and record["negative_type"] is not None:
        yield "negative_type: told of an article with a visit"
    if not record["is_visit"] and record["negative_type"] not in NEGATIVES:
        yield f"negative_type: {record['negative_type']!r} is not in the closed list"


def _text_rule(record: Record, text: str) -> Iterator[str]:
    lines = text.rstrip("\n").split("\n")
    headline = lines[0] if len(lines) > 1 and not lines[1].strip() else None
    if record["headline"] != headline:
        yield f"headline: {record['headline']!r}, by the codebook's text rule {headline!r}"
    if not re.fullmatch(r"\(.*Chancery.*\)", lines[-1]):
        yield "text: the last line does not say that the text is invented for Chancery"


def _visit_form(visit: Record) -> Iterator[str]:
    if set(visit) - {"note"} != VISIT_KEYS:
        yield f"keys: {sorted((set(visit) - {'note'}) ^ VISIT_KEYS)} missing or unknown"
    for field, allowed in ONE_OF.items():
        if visit[field] not in allowed:
            yield f"{field}: {visit[field]!r} is not in the vocabulary"
    for field, words in (("topics", records.Topic), ("outcomes", records.Outcome)):
        unknown = [word for word in visit[field] if word not in get_args(words)]
        if unknown or len(set(visit[field])) != len(visit[field]):
            yield f"{field}: {unknown or visit[field]} unknown or told twice"
    for agreement in visit["agreements"]:
        if agreement["status"] not in get_args(records.AgreementStatus):
            yield f"agreements: {agreement['status']!r} is not in the vocabulary"
    for field in ("visitor_country", "host_country"):
        if visit[field] is not None and not re.fullmatch("[A-Z]{3}", visit[field]):
            yield f"{field}: {visit[field]!r} is no ISO 3166-1 alpha-3 code"
    if visit["visitor_country"] == visit["host_country"]:
        yield "host_country: the visitor's own country, or both unknown"


def _visit_dates(visit: Record, text: str) -> Iterator[str]:
    for field in ("start_on", "end_on"):
        date = visit[field]
        if set(date) != {"value", "precision", "basis", "text"} or date["basis"] not in get_args(records.Basis):
            yield f"{field}: {date} has not the four parts, or an unknown basis"
        elif not _is_dated(date["value"], date["precision"]):
            yield f"{field}: {date['value']} does not agree with precision {date['precision']}"
        elif date["basis"] == "none" and (date["value"] or date["text"]):
            yield f"{field}: basis none, yet something is told"
        elif date["basis"] != "none" and not (date["text"] and date["text"] in text):
            yield f"{field}: {date['text']!r} is not printed in the text"
    start, end = visit["start_on"]["value"], visit["end_on"]["value"]
    if start and end and end[: len(start)] < start[: len(end)]:
        yield f"end_on: {end} lies before {start}"


def _is_dated(value: str | None, precision: str) -> bool:
    if value is None or precision == "unknown":
        return value is None and precision == "unknown"
    return (
        precision in DATE_FORMS
        and bool(re.fullmatch(DATE_FORMS[precision], value))
        and (precision != "day" or _is_day(value))
    )


def _is_day(value: str) -> bool:
    try:
        return datetime.date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def _printed_in_visit(visit: Record, text: str) -> Iterator[str]:
    if not visit["evidence"]:
        yield "evidence: none given"
    for span in visit["evidence"]:
        if span not in text or len(span) not in EVIDENCE_LENGTH:
            yield f"evidence: not verbatim in the text, or not of 10 to 400 characters: {span[:60]!r}"
    committee = visit["committee"] or {}
    told = [visit[field] for field in ("visitor_name", "host_name", "visitor_title_text", "message_from")]
    told += [*visit["cities"], *visit["delegation"], *(agreement["text"] for agreement in visit["agreements"])]
    told += [committee.get("name"), committee.get("session_number"), *(committee.get("previous") or {}).values()]
    yield from _not_printed("names, places and titles", told, text)


def _printed_in_article(record: Record, text: str) -> Iterator[str]:
    for person in record["other_people"]:
        if set(person) != {"name", "country", "office"} or person["office"] not in ONE_OF["host_office"]:
            yield f"other_people: {person} has other parts or an unknown office"
    yield from _not_printed("other_people", [person.get("name") for person in record["other_people"]], text)
    told = [part for quotation in record.get("quotations", []) for part in (quotation["text"], quotation["speaker"])]
    yield from _not_printed("quotations", told, text)


def _not_printed(field: str, values: list[str | None], text: str) -> Iterator[str]:
    yield from (
        f"{field}: {value!r} is not printed in the text" for value in values if value is not None and value not in text
    )


def set_faults(gold: list[Record]) -> Iterator[str]:
    """Faults of the whole: an id twice, a story on both sides of the split, a language without one of the sets."""
    yield from (f"{name}: id told {n} times" for name, n in Counter(r["id"] for r in gold).items() if n > 1)
    by_story, by_language = defaultdict(set), defaultdict(set)
    for record in gold:
        by_story[record["duplicate_group"] or record["id"]].add(record["set"])
        by_language[record["language"]].add(record["set"])
    yield from (f"{story}: one story in both sets" for story, sets in by_story.items() if len(sets) > 1)
    yield from (f"{lang}: only the set {sets}" for lang, sets in by_language.items() if sets != SETS)
    missing = NEGATIVES - {record["negative_type"] for record in gold}
    if gold and missing:
        yield f"negative types without an article: {sorted(missing)}"


def main() -> int:
    folder = Path(sys.argv[1]).resolve() if len(sys.argv) > 1 else HERE
    found = faults(folder)
    sys.stdout.writelines(fault + "\n" for fault in found)
    sys.stdout.write(f"{len(articles(folder))} gold articles, {len(found)} faults\n")
    return int(bool(found))


if __name__ == "__main__":
    raise SystemExit(main())
