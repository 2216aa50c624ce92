"""From claims to trips, and which trips are no visits: bugs caught, each in an invented article."""

import pytest

from extractors import Article, read_visits
from extractors.records import Coding

CAUGHT = [
    (
        "the journey one is back from is told in the pluperfect",
        "LUXEMBOURG - Le ministre de la Coopération, Romain Thill-Kohn, est rentré dimanche d'un déplacement qui l'avait "
        "conduit à Praia, puis, à partir de jeudi, à Dakar.",
        {"LUX>CPV", "LUX>SEN"},
    ),
    (
        "an ambassador is posted where his official has come",
        "Lusaka – Le chef du gouvernement, M. Karim Berrada-Lahlimi, a été reçu vendredi au State House par le Président zambien. "
        "Il était accompagné de l'ambassadeur du Maroc en Zambie.",
        {"MAR>ZMB"},
    ),
    (
        "initials in brackets part a title from its state",
        "Alger (TSH) – La présidente de l'Assemblée nationale (AN) du Vietnam, Hoang Thi Lien, est arrivée mardi à Alger.",
        {"VNM>DZA"},
    ),
    (
        "a question tells of no journey",
        "Le ministre français Loïc Penmarch se rendra en Mauritanie jeudi.\n\nSe rendra-t-il ensuite au Tchad ?",
        {"FRA>MRT"},
    ),
    (
        "goals in a list have their days between them",
        "L'émissaire iranien, Hamid Golpay, sera à Niamey dimanche, et à Bamako mardi.",
        {"IRN>NER", "IRN>MLI"},
    ),
    (
        "an invitation by letter is no encounter",
        "Le chef de l'Etat congolais de Kinshasa, Déo Tshiala, a été convié par son homologue du Mozambique à prendre part en janvier "
        "à une cérémonie à Nacala.",
        set(),
    ),
    (
        "a tour within one's own country ends with a way home",
        "Le ministre de l'Elevage, Ousseini Tchiombi, a lancé mardi à Tahoua la campagne de vaccination. Il était arrivé la veille "
        "dans la région pour une visite de travail de trois jours.\n\nLe ministre regagnera Niamey jeudi.",
        set(),
    ),
    (
        "what a meeting talked of lies there, not the meeting",
        "Le Premier ministre, Mahamat Saboun, a reçu mardi à N'Djamena le ministre turc de la Défense, Orhan Kılıç.\n\nAu terme de "
        "l'entrevue, M. Kılıç a évoqué avec le Premier ministre « la situation au Soudan voisin ».\n\nIl est arrivé lundi à N'Djamena.",
        {"TUR>TCD"},
    ),
    (
        "a surname told before opens a clause of its own",
        "ALGER - Le ministre algérien de l'Intérieur, Abdelkrim Chentour, s'est envolé lundi pour Tripoli. Des entretiens sont prévus "
        "avec son vis-à-vis libyen, M. Chentour devant en outre être reçu par le chef du gouvernement.",
        {"DZA>LBY"},
    ),
]

NO_VISITS = [
    ("domestic", "Le Premier ministre nigérien s'est rendu samedi à Zinder, au Niger, pour une visite de travail."),
    ("denied", "La visite à Bamako du président turc, annoncée lundi, a été démentie par Ankara : le président turc ne se rendra pas à Bamako."),
    ("only a multilateral event", "Le président gambien est arrivé samedi à Abuja pour prendre part au sommet de la CEDEAO."),
]  # fmt: skip


def _read(text: str, headline: str | None = None) -> Coding:
    return read_visits(Article(headline=headline, body=text, language="fr", published_on="2025-03-12"), explain=True)


def _journeys(coding: Coding) -> set[str]:
    return {f"{v.visitor_country}>{v.host_country}" for v in coding.visits if v.salience != "incidental"}


@pytest.mark.parametrize(("text", "journeys"), [pytest.param(t, j, id=bug) for bug, t, j in CAUGHT])
def test_a_bug_stays_caught(text: str, journeys: set[str]) -> None:
    assert _journeys(_read(text)) == journeys


@pytest.mark.parametrize(("reason", "text"), NO_VISITS, ids=[reason for reason, _ in NO_VISITS])
def test_a_trip_that_is_no_visit_says_why(reason: str, text: str) -> None:
    coding = _read(text)
    assert not coding.is_visit
    notes = [s.note for s in coding.trace if s.field == "visits"]
    assert notes == [] or reason in notes


def test_a_headline_s_envoy_is_named_by_the_text() -> None:
    headline = "Un émissaire du président de la Transition attendu à Lomé"
    text = "BAMAKO (AHZ) - Le ministre de la Réconciliation, Alhous Ag Mohamed, entamera lundi à Lomé une tournée au Togo et au Ghana."
    visits = _read(text, headline).visits
    assert {v.visitor_name for v in visits} == {"Alhous Ag Mohamed"}
    assert {v.host_country for v in visits} >= {"TGO"}


def test_a_salon_d_honneur_is_no_fair() -> None:
    text = (
        "Le ministre algérien des Affaires étrangères, M. Hakim Ferhat, est arrivé lundi à Bamako, où il s'est entretenu au "
        "salon d'honneur avec son homologue malien."
    )
    (visit,) = _read(text).visits
    assert visit.occasion == "bilateral"


def test_who_travels_along_on_a_tour_is_at_every_stop() -> None:
    text = (
        "BAMAKO (AHZ) - Le ministre malien des Transports, Alhous Ag Mohamed, est arrivé lundi à Lomé. Il se rendra jeudi à Accra, dernière étape "
        "d'une tournée de quatre jours. Le ministre est accompagné du directeur des Routes, Bakary Samakou."
    )
    visits = _read(text).visits
    assert {(v.host_country, v.delegation) for v in visits} == {
        ("TGO", ("Bakary Samakou",)),
        ("GHA", ("Bakary Samakou",)),
    }
