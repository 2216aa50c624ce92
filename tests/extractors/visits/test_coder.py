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
    assert (visit.visitor_name, visit.host_name, visit.host_office) == (
        "Karim Zellouf",
        "Adamou Kallane",
        "foreign_minister",
    )
    assert (visit.kind, visit.status, visit.salience, visit.cities) == ("working", "under_way", "main", ("Niamey",))
    shown = next(e for e in visit.evidence if e.field == "visit")
    assert ARRIVAL.body[shown.start : shown.end] == shown.text


def test_a_language_without_a_file_gives_no_visits() -> None:
    assert read_visits(Article(body="Minister kommt an.", language="de")).visits == ()


VISIT = (
    "LOMÉ, 12 mars - Le ministre togolais de la Santé, Kodjo Amegnran, a reçu mardi à Lomé son homologue béninois, Cosme Hounkpatin, "
    "en visite officielle de deux jours.\n\nLes deux ministres ont parlé des épidémies. Ils ont signé un mémorandum.\n\n"
    "La presse a été conviée. Un dîner a suivi.\n\n"
)


def test_an_invitation_taken_up_without_a_day_is_background() -> None:
    end = "Kodjo Amegnran a accepté l'invitation de son homologue à se rendre à Cotonou, à une date qui sera fixée par voie diplomatique."
    visits = read_visits(Article(body=VISIT + end, language="fr", published_on="2025-03-12")).visits
    assert {(v.visitor_country, v.salience, v.status) for v in visits} == {
        ("BEN", "main", "under_way"), ("TGO", "incidental", "announced")
    }  # fmt: skip


def test_an_invitation_taken_up_for_a_day_is_told_beside() -> None:
    end = "Kodjo Amegnran a accepté l'invitation de son homologue à se rendre à Cotonou le 4 avril prochain."
    visits = read_visits(Article(body=VISIT + end, language="fr", published_on="2025-03-12")).visits
    assert [(v.start_on.value, v.salience, v.status) for v in visits if v.visitor_country == "TGO"] == [
        ("2025-04-04", "secondary", "announced")
    ]
