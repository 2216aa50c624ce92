"""Start and end of a visit: its own days, and none of earlier sessions, anniversaries or announcements."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors import read_visits
from extractors.records import Article
from extractors.visits import datesites
from extractors.visits.document import Document
from extractors.visits.visitdates import visit_dates


def told(body, language, status, published_on="2024-05-14", **more):
    document = Document(Article(body=body, language=language, published_on=published_on))
    dates = visit_dates(document, document.sentences, status=status, **more)
    return dates.start_on.value, dates.end_on.value


@pytest.mark.parametrize(
    ("language", "status", "body", "start", "end"),
    [
        (
            "fr",
            "under_way",
            "Le ministre est arrivé lundi à Lomé pour une visite de 48 heures.",
            "2024-05-13",
            "2024-05-15",
        ),
        (
            "fr",
            "under_way",
            "Le ministre est arrivé lundi à Lomé pour une visite de trois jours.",
            "2024-05-13",
            "2024-05-15",
        ),
        ("fr", "announced", "Il effectuera une visite officielle à Lomé du 23 au 25 mai.", "2024-05-23", "2024-05-25"),
        ("fr", "announced", "La présidence a annoncé lundi qu'il se rendra jeudi à Lomé.", "2024-05-16", None),
        ("fr", "concluded", "Arrivé dimanche à Lomé, il a quitté la capitale mardi.", "2024-05-12", "2024-05-14"),
        (
            "fr",
            "concluded",
            "Il a été reçu mercredi à Lomé, au 30e anniversaire de l'accord du 3 mai 1994.",
            "2024-05-08",
            None,
        ),
        ("fr", "under_way", "Il a été reçu lundi à Lomé, au deuxième jour de sa visite.", "2024-05-12", None),
        ("fr", "under_way", "Le ministre a été reçu lundi. Il était arrivé la veille à Lomé.", "2024-05-12", None),
        ("fr", "under_way", "Il est arrivé hier à Lomé. Il repart vendredi.", "2024-05-13", "2024-05-17"),
        (
            "fr",
            "concluded",
            "Arrivé jeudi matin à Lomé, il a regagné sa capitale en soirée.",
            "2024-05-09",
            "2024-05-09",
        ),
        ("fr", "postponed", "Sa visite, prévue les 20 et 21 mai, est reportée au 3 juin.", "2024-06-03", None),
        (
            "fr",
            "concluded",
            "La commission mixte s'est tenue mardi à Lomé; la précédente session s'était tenue en mars 2019.",
            "2024-05-14",
            None,
        ),
        (
            "fr",
            "under_way",
            "LOMÉ, 14 mai (Agence) - Le ministre est en visite au Togo depuis dimanche.",
            "2024-05-12",
            None,
        ),
        ("en", "under_way", "The minister arrived on Monday for a three-day visit.", "2024-05-13", "2024-05-15"),
        ("en", "announced", "He will visit Accra from May 20 to 22.", "2024-05-20", "2024-05-22"),
        (
            "es",
            "announced",
            "El ministro viajará este jueves a Lima, informó este lunes la cancillería.",
            "2024-05-16",
            None,
        ),
        (
            "pt",
            "under_way",
            "O ministro chegou ontem a Luanda para uma visita de dois dias.",
            "2024-05-13",
            "2024-05-14",
        ),
        ("ar", "under_way", "وصل الوزير اليوم إلى تونس في زيارة تدوم يومين.", "2024-05-14", "2024-05-15"),
    ],
)
def test_start_and_end(language, status, body, start, end):
    assert told(body, language, status) == (start, end)


TOUR = "La ministre se rendra au Ghana et en Côte d'Ivoire du 20 au 24 mai. Elle gagnera Abidjan le 22 mai."


@pytest.mark.parametrize(("host", "dates"), [("GHA", ("2024-05-20", None)), ("CIV", ("2024-05-22", "2024-05-24"))])
def test_the_stops_of_a_tour_share_its_range(host, dates):
    assert told(TOUR, "fr", "announced", is_tour=True, visitor="CHE", host=host) == dates


@pytest.mark.parametrize(
    ("body", "dates"),
    [
        ("Le président a quitté Dakar vendredi pour Lomé. Il rentrera dimanche.", ("2024-05-10", "2024-05-19")),
        ("Il a quitté Lomé dimanche pour Dakar.", (None, "2024-05-12")),
    ],
)
def test_setting_out_and_going_home(body, dates):
    assert told(body, "fr", "under_way", visitor="SEN", host="TGO") == dates


def test_further_sentences_tell_what_the_visits_own_leave_open():
    body = "Le ministre a reçu son homologue à Lomé. Arrivé dimanche, celui-ci repartira jeudi."
    document = Document(Article(body=body, language="fr", published_on="2024-05-14"))
    first, *rest = document.sentences
    alone, wider = (visit_dates(document, [first], status="under_way", about=about) for about in ((), rest))
    assert alone.start_on.value is None
    assert (wider.start_on.value, wider.end_on.value) == ("2024-05-12", "2024-05-16")


@settings(max_examples=60, deadline=None)
@given(
    st.text(alphabet="lundi 3 mai2024àjourvste.\n,", max_size=150),
    st.sampled_from(["fr", "en", "ar", "es", "pt", "xx", None]),
    st.sampled_from(["announced", "under_way", "concluded", "postponed", "cancelled"]),
    st.booleans(),
    st.sampled_from([None, "2024-05-14", "no day"]),
)
def test_any_text_has_dates_in_order(body, language, status, is_tour, published_on):
    start, end = told(body, language, status, published_on, is_tour=is_tour, host="TGO")
    assert start is None or end is None or end >= start[: len(end)]


def test_evidence_is_verbatim():
    body = "Le ministre est arrivé lundi à Lomé pour une visite de 48 heures."
    document = Document(Article(body=body, language="fr", published_on="2024-05-14"))
    found = visit_dates(document, document.sentences, status="under_way").evidence
    assert {evidence.field for evidence in found} == {"start_on", "end_on"}
    assert all(body[evidence.start : evidence.end] == evidence.text for evidence in found)


def test_the_places_of_a_long_sentence_are_found_once(monkeypatch):
    # it took 13 s to code 100 KB of one sentence, its places filtered anew for each of its days
    calls, found = [], datesites.find_places
    monkeypatch.setattr(datesites, "find_places", lambda *asked: calls.append(asked) or found(*asked))
    body = "Le ministre béninois de la Défense se rendra " + "à Lomé le 17 mars, à Accra, le 18, " * 40
    assert read_visits(Article(language="fr", published_on="2025-03-10", body=body)).visits
    assert len(calls) == 1
