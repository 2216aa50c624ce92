"""Whether a visit is to come, goes on or is over, on the day on which the article appeared."""

from __future__ import annotations

import pytest

from extractors import Article, read_visits
from extractors.visits.status import chances_of

DAY = "2025-05-14"  # a Wednesday


def status(body: str, language: str, published_on: str | None = DAY) -> list[str]:
    visits = read_visits(Article(body=body, language=language, published_on=published_on)).visits
    return [v.status for v in visits if v.salience != "incidental"]


FR = "La ministre zambienne des Affaires étrangères, Mme Ruth Kalondo,"
EN = "Zambian Foreign Minister Ruth Kalondo"
ES = "El ministro de Relaciones Exteriores de Paraguay, Ramiro Ocaranza,"
PT = "O ministro das Relações Exteriores da Zâmbia, Rui Kalondo,"


@pytest.mark.parametrize(
    ("language", "body", "wanted"),
    [
        ("fr", f"{FR} effectuera une visite de travail au Sénégal du 20 au 22 mai.", "announced"),
        ("fr", f"{FR} est attendue lundi prochain à Dakar pour une visite officielle.", "announced"),
        ("fr", f"{FR} est arrivée mardi soir à Dakar pour une visite officielle de trois jours.", "under_way"),
        ("fr", f"{FR} se trouve depuis mardi à Dakar, où elle effectue une visite officielle.", "under_way"),
        ("fr", f"{FR} a quitté Dakar mardi au terme d'une visite officielle de deux jours au Sénégal.", "concluded"),
        ("fr", f"{FR} a achevé vendredi une visite officielle au Sénégal.", "concluded"),
        ("fr", "La visite au Sénégal de la ministre zambienne des Affaires étrangères, Mme Ruth Kalondo, prévue le "
               "20 mai, a été reportée à une date ultérieure.", "postponed"),
        ("en", f"{EN} will pay an official visit to Malawi from May 20 to 22.", "announced"),
        ("en", f"{EN} arrived in Lilongwe on Tuesday for a three-day official visit to Malawi.", "under_way"),
        ("en", f"{EN} has been in Lilongwe since Tuesday on an official visit to Malawi.", "under_way"),
        ("en", f"{EN} left Lilongwe on Tuesday at the end of a two-day official visit to Malawi.", "concluded"),
        ("es", f"{ES} realizará una visita oficial a Chile del 20 al 22 de mayo.", "announced"),
        ("es", f"{ES} llegó el martes a Santiago para una visita oficial de tres días a Chile.", "under_way"),
        ("es", f"{ES} concluyó el martes una visita oficial de dos días a Chile.", "concluded"),
        ("pt", f"{PT} realizará uma visita oficial a Angola de 20 a 22 de Maio.", "announced"),
        ("pt", f"{PT} chegou na terça-feira a Luanda para uma visita oficial de três dias a Angola.", "under_way"),
        ("pt", f"{PT} concluiu na terça-feira uma visita oficial de dois dias a Angola.", "concluded"),
        ("ar", "يقوم وزير الخارجية الزامبي روتندو كالوندو بزيارة رسمية إلى تونس ابتداء من يوم الاثنين المقبل.", "announced"),
        ("ar", "اختتم وزير الخارجية الزامبي روتندو كالوندو، أمس الثلاثاء، زيارة رسمية إلى تونس.", "concluded"),
    ],
)  # fmt: skip
def test_tense_words_and_days_tell_the_status(language: str, body: str, wanted: str) -> None:
    assert status(body, language) == [wanted]


def test_the_publication_decides_where_the_tense_is_mute() -> None:
    body = f"{FR} effectue une visite officielle au Sénégal du 12 au 13 mai."
    assert status(body, "fr", "2025-05-20") == ["concluded"]
    assert status(body, "fr", "2025-05-12") == ["under_way"]
    assert status(body, "fr", "2025-05-02") == ["announced"]


def test_chances_add_up_and_know_no_sign_by_force() -> None:
    told = chances_of({"bias": 1.0, "a sign that no weight knows": 1.0})
    assert set(told) == {"announced", "under_way", "concluded"}
    assert sum(told.values()) == pytest.approx(1.0)


def test_the_arrival_is_counted_back_from_a_stated_end() -> None:
    body = f"{FR} a achevé mardi une visite officielle de trois jours au Sénégal. Elle a été reçue lundi à Dakar."
    (visit,) = read_visits(Article(body=body, language="fr", published_on=DAY)).visits
    assert (visit.start_on.value, visit.end_on.value) == ("2025-05-11", "2025-05-13")


def test_a_small_town_is_read_by_the_words_before_it() -> None:
    body = f"{FR} est arrivée mardi à Dakar pour une visite officielle au Sénégal. Elle s'est rendue à Ndolofène."
    (visit,) = read_visits(Article(body=body, language="fr", published_on=DAY)).visits
    assert visit.cities == ("Dakar", "Ndolofène")
