"""The example with which the project began, and an invented twin with the same traps that is part of the repository."""

from pathlib import Path

import pytest

from extractors import read_text, read_visits
from extractors.records import Coding, OtherPerson, VisitReport

ROOT = Path(__file__).parents[3]
SEED = next((ROOT.parent / "shared" / "seed").glob("*.txt"), None)
TWIN = ROOT / "tests/gold/visits/fr/jumeau-comite-togo-ghana.txt"


def _read(path: Path) -> tuple[VisitReport, Coding]:
    article = read_text(path.read_bytes())
    coding = read_visits(article)
    assert article.headline is None and article.published_on is None and article.language == "fr"
    assert "Lire aussi" not in article.body and len(article.related) == 1
    (visit,) = coding.visits
    shown = next(e for e in visit.evidence if e.field == "visit")
    assert article.body[shown.start : shown.end] == shown.text
    assert shown.text.startswith("Un communiqué conjoint sanctionnera la visite")
    return visit, coding


def _is_safe(visit: VisitReport) -> None:
    """What both texts tempt one to claim: a visitor's name, the day of an earlier session, a communiqué still to come."""
    assert (visit.visitor_office, visit.visitor_name, visit.host_name, visit.host_office) == (
        "foreign_minister",
        None,
        None,
        None,
    )
    assert (visit.status, visit.occasion, visit.salience) == ("under_way", "bilateral", "main")
    assert (visit.start_on.value, visit.start_on.basis, visit.end_on.value) == (None, "none", None)
    assert visit.outcomes == () and [a.status for a in visit.agreements] == ["referenced"]


@pytest.mark.skipif(SEED is None, reason="the shared folder is not there")
def test_the_first_example() -> None:
    assert SEED is not None
    visit, coding = _read(SEED)
    _is_safe(visit)
    assert (visit.visitor_country, visit.host_country, visit.kind) == ("DZA", "MLI", "working")
    assert visit.visitor_title_text == "chef de la diplomatie algérienne"
    assert visit.committee is not None and visit.committee.previous is not None
    assert (visit.committee.name, visit.committee.session_number) == (None, None)
    assert (visit.committee.previous.place, visit.committee.previous.date_text) == ("Alger", "juillet 2017")
    topics = {"terrorism", "organised_crime", "migration", "peace_process", "infrastructure", "energy"}
    assert topics | {"higher_education", "training", "justice"} <= set(visit.topics)
    assert visit.agreements[0].text == "Accord pour la paix et la réconciliation au Mali"
    assert [(p.country, p.office) for p in coding.other_people] == [("DZA", "head_of_state"), ("MLI", "head_of_state")]


def test_its_invented_twin() -> None:
    visit, coding = _read(TWIN)
    _is_safe(visit)
    assert (visit.visitor_country, visit.host_country, visit.kind) == ("TGO", "GHA", "official")
    assert visit.committee is not None and visit.committee.previous is not None
    assert (visit.committee.previous.place, visit.committee.previous.date_text) == ("Lomé", "mars 2015")
    assert {"terrorism", "migration"} <= set(visit.topics)
    assert coding.other_people == (
        OtherPerson("Kossi Amewou Dzidzor", "TGO", "head_of_state"),
        OtherPerson("Nana Kwabena Asantewa", "GHA", "head_of_state"),
    )
