"""Start and end of a visit: its own days, and none of earlier sessions, anniversaries or announcements."""

import pytest

from extractors.records import Article
from extractors.visits.document import Document
from extractors.visits.visitdates import visit_dates


def told(body, language, status, published_on="2024-05-14", **more):
    document = Document(Article(body=body, language=language, published_on=published_on))
    dates = visit_dates(document, document.sentences, status=status, **more)
    return dates.start_on.value, dates.end_on.value


@pytest.mark.parametrize(
    ("language", "status", "body", "start", "end"),
    [
        ("fr", "under_way", "Le ministre est arrivé lundi à Lomé pour une visite de 48 heures.", "2024-05-13", "2024-05-15"),
        ("fr", "under_way", "Le ministre est arrivé lundi à Lomé pour une visite de trois jours.", "2024-05-13", "2024-05-15"),
        ("fr", "announced", "Il effectuera une visite officielle à Lomé du 23 au 25 mai.", "2024-05-23", "2024-05-25"),
        ("fr", "announced", "La présidence a annoncé lundi qu'il se rendra jeudi à Lomé.", "2024-05-16", None),
        ("fr", "concluded", "Arrivé dimanche à Lomé, il a quitté la capitale mardi.", "2024-05-12", "2024-05-14"),
        ("fr", "concluded", "Il a été reçu mercredi à Lomé, au 30e anniversaire de l'accord du 3 mai 1994.", "2024-05-08", None),
        ("en", "under_way", "The minister arrived on Monday for a three-day visit.", "2024-05-13", "2024-05-15"),
        ("en", "announced", "He will visit Accra from May 20 to 22.", "2024-05-20", "2024-05-22"),
        ("es", "announced", "El ministro viajará este jueves a Lima, informó este lunes la cancillería.", "2024-05-16", None),
        ("pt", "under_way", "O ministro chegou ontem a Luanda para uma visita de dois dias.", "2024-05-13", "2024-05-14"),
        ("ar", "under_way", "وصل الوزير اليوم إلى تونس في زيارة تدوم يومين.", "2024-05-14", "2024-05-15"),
    ],
)
def test_start_and_end(language, status, body, start, end):
    assert told(body, language, status) == (start, end)


def test_evidence_is_verbatim():
    body = "Le ministre est arrivé lundi à Lomé pour une visite de 48 heures."
    document = Document(Article(body=body, language="fr", published_on="2024-05-14"))
    found = visit_dates(document, document.sentences, status="under_way").evidence
    assert {evidence.field for evidence in found} == {"start_on", "end_on"}
    assert all(body[evidence.start : evidence.end] == evidence.text for evidence in found)
