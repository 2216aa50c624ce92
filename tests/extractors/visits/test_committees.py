"""Joint commissions, their sessions and the ones before, in invented sentences."""

import pytest

from extractors.records import Article, Committee, PreviousSession
from extractors.text import Span
from extractors.visits.committees import find_committee
from extractors.visits.document import Document


def read(language: str, body: str) -> Committee | None:
    article = Article(language=language, body=body, published_on="2024-05-06")
    found = find_committee(Document(article), [Span(0, len(body))])
    if found:
        assert body[found.start : found.end] == found.value.name
    return found.value if found else None


@pytest.mark.parametrize(
    ("language", "body", "name", "number"),
    [
        ("fr", "Il coprésidera la 4ème session de la Grande commission mixte algéro-malienne.", "Grande commission mixte algéro-malienne", "4ème"),
        ("fr", "Les travaux de la troisième session du Comité bilatéral stratégique se sont ouverts lundi.", "Comité bilatéral stratégique", "troisième"),
        ("fr", "La 9e session de la commission mixte permanente RDC-Zambie s’est ouverte à Kolwezi.", "commission mixte permanente RDC-Zambie", "9e"),
        ("fr", "La XIVe session de la Haute commission mixte s’ouvre à Tunis.", "Haute commission mixte", "XIVe"),
        ("fr", "Il prendra part à la deuxième session du dialogue stratégique bilatéral.", "dialogue stratégique bilatéral", "deuxième"),
        ("fr", "Les deux ministres ont coprésidé la commission mixte de coopération.", "commission mixte de coopération", None),
        ("fr", "Au menu, la 5e session de la commission mixte ivoiro-ghanéenne.", "commission mixte ivoiro-ghanéenne", "5e"),
        ("en", "They co-chaired the 11th session of the Joint Commission for Cooperation.", "Joint Commission for Cooperation", "11th"),
        ("en", "The eleventh session of their Joint Permanent Commission opened on Monday.", "Joint Permanent Commission", "eleventh"),
        ("en", "He arrived for the 10th session of the Kenya-Ghana Bi-National Commission.", "Kenya-Ghana Bi-National Commission", "10th"),
        ("en", "The ministers chaired the third India-Tanzania Joint Commission Meeting.", "India-Tanzania Joint Commission Meeting", "third"),
        ("es", "Ambos presidieron la XIII Comisión Mixta Intergubernamental.", "Comisión Mixta Intergubernamental", "XIII"),
        ("es", "Se instala hoy el II Gabinete Binacional Perú-Chile.", "Gabinete Binacional Perú-Chile", "II"),
        ("es", "Encabezaron la tercera reunión de la Comisión Bilateral Permanente.", "Comisión Bilateral Permanente", "tercera"),
        ("pt", "Os ministros presidiram à 5.ª sessão da Comissão Mista Permanente.", "Comissão Mista Permanente", "5.ª"),
        ("pt", "Participa na terceira sessão da comissão bilateral.", "comissão bilateral", "terceira"),
        ("ar", "وترأس الوزيران أشغال الدورة الثالثة للجنة المشتركة.", "لجنة المشتركة", "الثالثة"),
        ("ar", "وسيترأسان الدورة العشرين من أعمال اللجنة المشتركة الكبرى.", "اللجنة المشتركة الكبرى", "العشرين"),
    ],
)  # fmt: skip
def test_a_session_is_read_with_its_number(language: str, body: str, name: str, number: str | None) -> None:
    committee = read(language, body)
    assert committee is not None
    assert (committee.name, committee.session_number) == (name, number)


@pytest.mark.parametrize(
    ("language", "body", "place", "date"),
    [
        ("fr", "Ils ont présidé la 4e session de la commission mixte. La précédente session s’était tenue à Tunis le 4 octobre 2020.", "Tunis", "le 4 octobre 2020"),
        ("fr", "Ils ont présidé la 4e session de la commission mixte. La dernière rencontre remonte à février 2017 à Alger.", "Alger", "février 2017"),
        ("fr", "Ils ont présidé la 4e session de la commission mixte. La 3e avait eu lieu à Bamako en mars 2019.", "Bamako", "mars 2019"),
        ("en", "They co-chaired the 4th session of the Joint Commission. The last session was held in Dodoma in May 2019.", "Dodoma", "May 2019"),
        ("en", "They co-chaired the 4th session of the Joint Commission. The third had been held in New Delhi in July 2018.", "New Delhi", "July 2018"),
        ("es", "Presidieron la IV Comisión Mixta. La reunión anterior se celebró en Quito en junio de 2015.", "Quito", "junio de 2015"),
        ("pt", "Presidiram à 4.ª sessão da Comissão Mista. A anterior realizou-se em Lisboa, em março de 2022.", "Lisboa", "março de 2022"),
        ("ar", "وترأسا الدورة الثالثة للجنة المشتركة، التي انعقدت دورتها السابقة بنواكشوط في سبتمبر 2022.", "نواكشوط", "سبتمبر 2022"),
    ],
)  # fmt: skip
def test_the_session_before_is_told_apart(language: str, body: str, place: str, date: str) -> None:
    committee = read(language, body)
    assert committee is not None
    assert committee.previous == PreviousSession(place, date)


@pytest.mark.parametrize(
    ("language", "body"),
    [
        ("fr", "Une commission mixte est envisagée pour la fin de l’année."),
        ("fr", "Ils sont convenus de relancer la commission mixte, en sommeil depuis 2012."),
        ("fr", "Le Conseil des ministres s’est réuni mercredi."),
        ("fr", "La commission mixte s’est réunie en novembre 2019 à Tunis."),
        ("en", "They agreed to establish a joint commission."),
        ("en", "The next meeting of the joint commission will be held in 2025."),
        ("es", "Acordaron reactivar la comisión mixta."),
        ("pt", "Decidiram retomar a comissão mista."),
        ("ar", "واتفقا على تشكيل لجنة مشتركة تجتمع لاحقا."),
    ],
)
def test_a_commission_that_does_not_meet_now_is_none(language: str, body: str) -> None:
    assert read(language, body) is None


def test_the_pronoun_il_is_no_roman_number() -> None:
    committee = read("fr", "Les deux ministres président la commission mixte. Il session après session revient.")
    assert committee is not None
    assert committee.session_number is None
