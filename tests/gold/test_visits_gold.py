"""The gold articles keep to the codebook and to their own texts, and the check that says so finds what is wrong."""

import importlib.util
import json
import shutil
from pathlib import Path

import pytest

FOLDER = Path(__file__).with_name("visits")
SPEC = importlib.util.spec_from_file_location("visits_gold_check", FOLDER / "check.py")
check = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(check)
TEXT = "M. Kaba Dioubaté, ministre de l'Eau, est arrivé lundi à Niamey.\nIl repart mercredi.\n(Texte inventé, exemple pour Chancery.)\n"


@pytest.mark.parametrize("path", check.articles(), ids=lambda path: path.stem)
def test_an_article_keeps_to_the_codebook_and_to_its_text(path):
    assert path.with_suffix(".txt").exists()
    assert list(check.article_faults(path)) == []


def test_no_text_stands_alone_and_the_set_is_whole():
    assert check.unpaired() == []
    assert list(check.set_faults([check.read_pair(path)[0] for path in check.articles()])) == []


def test_french_alone_has_every_kind_of_negative():
    french = [check.read_pair(path)[0] for path in check.articles() if path.parent.name == "fr"]
    assert {record["negative_type"] for record in french} == {None, *check.NEGATIVES}
    kept = sum(record["set"] == "kept" for record in french)
    assert 0.3 <= kept / len(french) <= 0.45


def date(value=None, precision="unknown", basis="none", text=None):
    return {"value": value, "precision": precision, "basis": basis, "text": text}


def visit(**changes):
    return {
        "visitor_country": "MLI", "host_country": "NER", "visitor_name": "Kaba Dioubaté", "visitor_office": "minister",
        "visitor_title_text": "ministre de l'Eau", "host_name": None, "host_office": None, "kind": "unspecified",
        "occasion": "bilateral", "status": "under_way", "salience": "main", "qualifies": True,
        "start_on": date("2025-03-10", "day", "relative", "lundi"), "end_on": date("2025-03-12", "day", "relative", "mercredi"),
        "cities": ["Niamey"], "committee": None, "delegation": [], "topics": ["water"], "agreements": [], "outcomes": [],
        "message_from": None, "evidence": ["est arrivé lundi à Niamey"],
    } | changes  # fmt: skip


def article(**changes):
    return {
        "id": "essai", "language": "fr", "set": "dev", "headline": None, "published_on": "2025-03-10", "url": None,
        "is_visit": True, "negative_type": None, "borderline": False, "duplicate_group": None, "visits": [visit()],
        "other_people": [],
    } | changes  # fmt: skip


def write(folder, record, text=TEXT):
    (folder / "fr").mkdir(exist_ok=True)
    path = folder / "fr" / f"{record['id']}.json"
    path.write_text(json.dumps(record, ensure_ascii=False, indent=2), encoding="utf-8")
    path.with_suffix(".txt").write_text(text, encoding="utf-8")
    return path


def test_a_faultless_article_has_no_fault(tmp_path):
    assert list(check.article_faults(write(tmp_path, article()))) == []


@pytest.mark.parametrize(
    "changes, field",
    [
        ({"set": "test"}, "set"),
        ({"headline": "Un titre"}, "headline"),
        ({"url": "https://lemonde.fr/"}, "url"),
        ({"published_on": "2025-02-30"}, "published_on"),
        ({"is_visit": False, "negative_type": "domestic"}, "is_visit"),
        ({"is_visit": False, "visits": []}, "negative_type"),
        ({"is_visit": False, "visits": [], "negative_type": "holiday"}, "negative_type"),
        ({"note": None}, "keys"),
        ({"other_people": [{"name": "Awa Kourouma", "country": "MLI", "office": None}]}, "other_people"),
        ({"other_people": [{"name": "Kaba Dioubaté", "country": "MLI", "office": "mayor"}]}, "other_people"),
        ({"quotations": [{"text": "Nous sommes voisins", "speaker": None}]}, "quotations"),
    ],
)
def test_a_fault_of_the_article_is_found(tmp_path, changes, field):
    found = list(check.article_faults(write(tmp_path, article(**changes))))
    assert found and all(fault.startswith(field) for fault in found)


@pytest.mark.parametrize(
    "changes, field",
    [
        ({"kind": "courtesy"}, "kind"),
        ({"visitor_office": "ambassador"}, "visitor_office"),
        ({"topics": ["water", "mining"]}, "topics"),
        ({"topics": ["water", "water"]}, "topics"),
        ({"outcomes": ["dinner"]}, "outcomes"),
        ({"agreements": [{"text": "lundi", "status": "hoped"}]}, "agreements"),
        ({"visitor_country": "Mali"}, "visitor_country"),
        ({"host_country": "MLI"}, "host_country"),
        ({"visitor_name": "Kaba Dioubate"}, "names"),
        ({"delegation": ["Awa Kourouma"]}, "names"),
        ({"committee": {"name": None, "session_number": "3e", "previous": None}}, "names"),
        ({"evidence": []}, "evidence"),
        ({"evidence": ["est arrivé mardi à Niamey"]}, "evidence"),
        ({"evidence": ["lundi"]}, "evidence"),
        ({"start_on": date("2025-03", "day", "relative", "lundi")}, "start_on"),
        ({"start_on": date("2025-03-10", "day", "relative", "hier")}, "start_on"),
        ({"start_on": date(None, "unknown", "none", "lundi")}, "start_on"),
        ({"start_on": date(None, "day", "relative", "lundi")}, "start_on"),
        ({"end_on": date("2025-03-09", "day", "relative", "mercredi")}, "end_on"),
    ],
)
def test_a_fault_of_a_visit_is_found(tmp_path, changes, field):
    found = list(check.article_faults(write(tmp_path, article(visits=[visit(**changes)]))))
    assert found and all(fault.startswith(f"visits[0].{field}") for fault in found)


def test_faults_of_the_whole_are_found(tmp_path):
    write(tmp_path, article(duplicate_group="g"))
    second = write(tmp_path, article(id="second", duplicate_group="g", set="kept"))
    shutil.copy(second, second.with_name("seul.json"))
    found = check.faults(tmp_path)
    assert any(fault.startswith("fr/seul.json") for fault in found)
    assert "g: one story in both sets" in found
    assert any(fault.startswith("negative types without an article") for fault in found)


def test_an_invented_text_says_so(tmp_path):
    path = write(tmp_path, article(), TEXT.replace("(Texte inventé, exemple pour Chancery.)\n", ""))
    assert [fault.partition(":")[0] for fault in check.article_faults(path)] == ["text"]
