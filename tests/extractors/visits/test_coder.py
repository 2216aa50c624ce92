"""Whole invented articles through the coder."""

from extractors import Article, read_visits

ARRIVAL = Article(
    headline="Arrivée à Niamey du ministre algérien des Affaires étrangères",
    body=(
        "NIAMEY, 14 mai - Le ministre algérien des Affaires étrangères, M. Karim Zellouf, est arrivé dimanche à Niamey "
        "pour une visite de travail de deux jours au Niger.\n\n"
        "Il a été accueilli par son homologue nigérien, M. Adamou Kallane."
    ),
    language="fr",
    published_on="2025-05-12",
)


def test_an_arrival_is_one_visit_with_both_sides() -> None:
    coding = read_visits(ARRIVAL)
    (visit,) = coding.visits
    assert coding.is_visit
    assert (visit.visitor_country, visit.host_country, visit.visitor_office) == ("DZA", "NER", "foreign_minister")
    assert (visit.visitor_name, visit.host_name, visit.host_office) == ("Karim Zellouf", "Adamou Kallane", "foreign_minister")
    assert (visit.kind, visit.status, visit.salience, visit.cities) == ("working", "under_way", "main", ("Niamey",))
    shown = next(e for e in visit.evidence if e.field == "visit")
    assert ARRIVAL.body[shown.start : shown.end] == shown.text


def test_a_language_without_a_file_gives_no_visits() -> None:
    assert read_visits(Article(body="Minister kommt an.", language="de")).visits == ()
