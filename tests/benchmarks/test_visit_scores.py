"""The scorer itself: a perfect reading is perfect, and each kind of fault is counted where it belongs."""

import pytest
import visit_scores

BODY = "Le ministre Karim Belhadi est arrivé à Bamako lundi."


def visit(**changes):
    told = {
        "visitor_country": "DZA", "host_country": "MLI", "visitor_name": "Karim Belhadi", "visitor_office": "minister",
        "status": "under_way", "salience": "main", "qualifies": True, "kind": "working", "topics": ["energy"],
        "start_on": {"value": "2025-03-10"}, "confidence": 0.9,
        "evidence": [{"text": BODY, "start": 0, "end": len(BODY), "field": "visit"}],
    }  # fmt: skip
    return told | changes


def article(*visits):
    return {"id": "a", "body": BODY, "is_visit": bool(visits), "visits": list(visits)}


def test_a_perfect_reading_is_perfect():
    told = article(visit(), visit(host_country="NER", salience="secondary"))
    scores = visit_scores.score([(told, told)])
    assert (scores.events.right, scores.events.wrong, scores.events.missing) == (2, 0, 0)
    assert all(counts.f1 == 1 for counts in scores.fields.values() if counts.right)
    assert scores.spans.wrong == scores.spans.missing == 0


@pytest.mark.parametrize(
    "gold, read, expected",
    [
        (article(visit()), article(), (0, 0, 1)),
        (article(), article(visit()), (0, 1, 0)),
        (article(visit()), article(visit(host_country="NER")), (0, 1, 1)),
        (article(visit(host_country=None)), article(visit()), (1, 0, 0)),
        (article(visit(salience="incidental")), article(visit()), (0, 0, 0)),
        (article(), article(visit(salience="incidental")), (0, 0, 0)),
        (article(visit()), article(visit(), visit(status="announced")), (1, 1, 0)),
    ],
)
def test_events(gold, read, expected):
    events = visit_scores.score([(gold, read)]).events
    assert (events.right, events.wrong, events.missing) == expected


def test_a_wrong_value_a_missing_one_and_one_that_is_not_printed():
    scores = visit_scores.score([(article(visit(host_name=None, topics=["energy", "trade"])),
                                  article(visit(host_name="Awa Coulou", status="announced", start_on=None)))])  # fmt: skip
    assert (scores.fields["status"].wrong, scores.fields["status"].missing, scores.fields["status"].wanted) == (1, 1, 1)
    assert (scores.fields["start_on"].wrong, scores.fields["start_on"].missing) == (0, 1)
    assert scores.empty["host_name"].wrong == 1
    assert (scores.fields["topics"].right, scores.fields["topics"].missing) == (1, 1)


def test_a_span_that_is_not_verbatim_is_counted():
    span = {"text": "Le ministre", "start": 1, "end": 12, "field": "visit"}
    scores = visit_scores.score([(article(visit()), article(visit(evidence=[span])))])
    assert (scores.spans.wrong, scores.spans.missing) == (1, 1)


@pytest.mark.parametrize(
    "gold, read, same",
    [
        ("Karim Belhadi", "M. Belhadi", True),
        ("Karim Belhadi", "Sofiane Belhadi", False),
        ("Sidi Ould Ahmed Salem", "Sidi Ahmed Salem", True),
        ("Karim Belhadi", "Karim Ouali", False),
    ],
)
def test_names(gold, read, same):
    assert visit_scores.is_same_name(gold, read) is same


def test_reliability_counts_every_visit_once():
    sure = [(0.1, False), (0.5, True), (0.99, True), (1.0, True)]
    assert sum(count for _, count, _, _ in visit_scores.reliability(sure)) == len(sure)
