"""Dates in running text, five languages: what is printed, which day it is, and from where that is known."""

import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.visits.dates import find_dates

TUESDAY = "2024-05-14"


def only(text, language, published_on=TUESDAY):
    (mention,) = find_dates(text, language, published_on)
    return mention


@pytest.mark.parametrize(
    ("language", "text", "first", "last", "form"),
    [
        ("fr", "du 23 au 25 avril", "2024-04-23", "2024-04-25", "range"),
        ("fr", "les 2 et 3 mai", "2024-05-02", "2024-05-03", "range"),
        ("fr", "25-28 octobre", "2024-10-25", "2024-10-28", "range"),
        ("fr", "du lundi 3 au mercredi 5 juin 2024", "2024-06-03", "2024-06-05", "range"),
        ("fr", "du 31 octobre au 1er novembre 2023", "2023-10-31", "2023-11-01", "range"),
        ("fr", "du 30 décembre au 2 janvier", "2023-12-30", "2024-01-02", "range"),
        ("fr", "1er décembre 2024", "2024-12-01", None, "day"),
        ("fr", "hier 13 mai", "2024-05-13", None, "day"),
        ("fr", "avant-hier", "2024-05-12", None, "relative"),
        ("fr", "lundi prochain", "2024-05-20", None, "weekday"),
        ("fr", "lundi dernier", "2024-05-13", None, "weekday"),
        ("fr", "il est arrivé dimanche", "2024-05-12", None, "weekday"),
        ("fr", "il arrivera dimanche", "2024-05-19", None, "weekday"),
        ("fr", "en juin 2023", "2023-06", None, "month"),
        ("fr", "le mois dernier", "2024-04", None, "month"),
        ("fr", "il séjourne à Lomé jusqu'à vendredi", "2024-05-17", None, "weekday"),
        ("fr", "il effectue à compter de jeudi une visite", "2024-05-16", None, "weekday"),
        ("fr", "il a séjourné à Lomé à partir de lundi", "2024-05-13", None, "weekday"),
        ("fr", "ce jeudi", "2024-05-16", None, "weekday"),
        ("fr", "le séjour, entamé dimanche, prend fin", "2024-05-12", None, "weekday"),
        ("fr", "la visite, commencée dimanche, prend fin", "2024-05-12", None, "weekday"),
        ("ar", "في 12 كانون الأول/ديسمبر 2023", "2023-12-12", None, "day"),
        ("ar", "12 نيسان (أبريل) 2024", "2024-04-12", None, "day"),
        ("ar", "يوم 3 أيار مايو", "2024-05-03", None, "day"),
        ("ar", "في الخامس من مايو", "2024-05-05", None, "day"),
        ("ar", "فاتح ماي", "2024-05-01", None, "day"),
        ("ar", "من الثامن عشر إلى العشرين من مايو", "2024-05-18", "2024-05-20", "range"),
        ("ar", "أيام 8 و9 و10 مارس", "2024-03-08", "2024-03-10", "range"),
        ("es", "la gira, iniciada el domingo, concluye", "2024-05-12", None, "weekday"),
        ("es", "el domingo viajará a Quito", "2024-05-19", None, "weekday"),
        ("es", "llegará el domingo a Quito", "2024-05-19", None, "weekday"),
        ("es", "el ministro viajó el domingo", "2024-05-12", None, "weekday"),
        ("pt", "a visita, iniciada no domingo, termina", "2024-05-12", None, "weekday"),
        ("es", "visitará Argelia el 22", "2024-05-22", None, "day"),
        ("pt", "visitará a Argélia a 22", "2024-05-22", None, "day"),
        ("fr", "ce lundi", "2024-05-13", None, "weekday"),
        ("es", "este jueves y viernes", "2024-05-16", "2024-05-17", "range"),
        ("en", "the visit runs through Friday", "2024-05-17", None, "weekday"),
        ("en", "three days ago", "2024-05-11", None, "relative"),
        ("en", "the day before yesterday", "2024-05-12", None, "relative"),
        ("en", "in three days’ time", "2024-05-17", None, "relative"),
        ("es", "dentro de tres días", "2024-05-17", None, "relative"),
        ("pt", "dentro de três dias", "2024-05-17", None, "relative"),
        ("ar", "قبل يومين", "2024-05-12", None, "relative"),
        ("ar", "حتى الجمعة", "2024-05-17", None, "weekday"),
        ("fr", "il séjourne à Lomé depuis ce week-end", "2024-05-11", None, "weekday"),
        ("fr", "l’an dernier", "2023", None, "year"),
        ("fr", "en juin de l'année dernière", "2023-06", None, "month"),
        ("fr", "le 12 juin de l'an dernier", "2023-06-12", None, "day"),
        ("fr", "du 12 au 14 juin de l'année dernière", "2023-06-12", "2023-06-14", "range"),
        ("en", "on June 12 last year", "2023-06-12", None, "day"),
        ("es", "el 12 de junio del año pasado", "2023-06-12", None, "day"),
        ("pt", "a 12 de junho do ano passado", "2023-06-12", None, "day"),
        ("ar", "في 12 يونيو من العام الماضي", "2023-06-12", None, "day"),
        ("fr", "la semaine prochaine", None, None, "vague"),
        ("fr", "du 31 octobre au 1 er novembre 2023", "2023-10-31", "2023-11-01", "range"),
        ("fr", "le 12-03-2024", "2024-03-12", None, "day"),
        ("fr", "il se rendra jeudi de la semaine prochaine", "2024-05-23", None, "weekday"),
        ("fr", "dans deux jours", "2024-05-16", None, "relative"),
        ("fr", "il se rendra à Lomé début avril", "2025-04", None, "month"),
        ("en", "on Thursday of next week", "2024-05-23", None, "weekday"),
        ("es", "el jueves de la semana pasada", "2024-05-09", None, "weekday"),
        ("pt", "na quinta-feira da próxima semana", "2024-05-23", None, "weekday"),
        ("en", "from March 31 to April 2", "2024-03-31", "2024-04-02", "range"),
        ("en", "November 6-9, 2023", "2023-11-06", "2023-11-09", "range"),
        ("en", "14 to 16 December 2010", "2010-12-14", "2010-12-16", "range"),
        ("en", "in August 2019", "2019-08", None, "month"),
        ("es", "del 2 al 4 de mayo", "2024-05-02", "2024-05-04", "range"),
        ("es", "el pasado 14 de abril", "2024-04-14", None, "day"),
        ("pt", "nesta terça-feira (14)", "2024-05-14", None, "day"),
        ("pt", "de 3 a 5 de maio de 2024", "2024-05-03", "2024-05-05", "range"),
        ("ar", "من 3 إلى 5 ماي", "2024-05-03", "2024-05-05", "range"),
        ("ar", "الإثنين 25 أوت 2025", "2025-08-25", None, "day"),
        ("ar", "غدا", "2024-05-15", None, "relative"),
        ("ar", "غداً الأربعاء", "2024-05-15", None, "relative"),
        ("ar", "يومي 6 و7 ماي", "2024-05-06", "2024-05-07", "range"),
        ("fr", "jeudi et vendredi prochains", "2024-05-16", "2024-05-17", "range"),
        ("fr", "du 4 au 10 courant", "2024-05-04", "2024-05-10", "range"),
        ("fr", "dimanche 29 Djoumada El Oula 1446", "2024-05-12", None, "weekday"),
        ("fr", "le 1er mai dernier", "2024-05-01", None, "day"),
        ("fr", "12/03/2024", "2024-03-12", None, "day"),
        ("fr", "au troisième jour de sa visite", None, None, "duration"),
        ("en", "April last year", "2023-04", None, "month"),
        ("en", "on the 8th and 9th", "2024-05-08", "2024-05-09", "range"),
        ("en", "two years ago", "2022", None, "year"),
        ("es", "el miércoles 15 y el jueves 16", "2024-05-15", "2024-05-16", "range"),
        ("es", "mañana", "2024-05-15", None, "relative"),
        ("pt", "no próximo dia 30", "2024-05-30", None, "day"),
        ("pt", "dias 17 e 18 de Setembro", "2024-09-17", "2024-09-18", "range"),
    ],
)
def test_what_day_is_told(language, text, first, last, form):
    mention = only(text, language)
    assert (mention.first, mention.last, mention.form) == (first, last, form)


@pytest.mark.parametrize(
    ("language", "text", "days"),
    [
        ("fr", "48 heures", 2),
        ("fr", "trois jours", 3),
        ("en", "a four-day visit", 4),
        ("ar", "لمدة يومين", 2),
        ("ar", "٣ أيام", 3),
    ],
)
def test_how_long_it_lasts(language, text, days):
    assert only(text, language).days == days


def test_without_a_publication_day_weekdays_and_years_stay_unknown():
    assert only("lundi", "fr", None).first is None
    mention = only("le 3 mai", "fr", None)
    assert (mention.first, mention.basis) == (None, "stated")


def test_a_day_told_from_another_day():
    first, second = find_dates("Reçu lundi, il avait visité la ville la veille.", "fr", TUESDAY)
    assert (first.first, second.first) == ("2024-05-13", "2024-05-12")


def test_the_accent_tells_the_tense():
    assert only("Arrivé dimanche à Lomé, il y restera.", "fr").first == "2024-05-12"
    assert only("Il arrive dimanche à Lomé.", "fr").first == "2024-05-19"


@pytest.mark.parametrize(
    ("language", "text"),
    [("en", "the 10th session"), ("es", "por la mañana de la reunión"), ("fr", "le 31 février"), ("fr", "à 10h12")],
)
def test_what_is_no_date(language, text):
    assert [mention for mention in find_dates(text, language, TUESDAY) if mention.form in ("day", "range")] == []


def test_the_verb_may_is_no_month():
    assert find_dates("He may come, and they march on.", "en", TUESDAY) == ()


LINES = {
    "fr": "du 3 au lundi 12 mar le 4, 5, 6 ",
    "en": "on the 3rd to Monday March 4 to ",
    "ar": "من 3 إلى يوم الاثنين 4 و5 ",
    "es": "del 3 al lunes 4 de la semana ",
    "pt": "de 3 a segunda 4 e 5 de ",
}


@pytest.mark.parametrize("language", LINES)
def test_near_matches_take_time_in_a_straight_line(language):
    def seconds(size):
        text = LINES[language] * (size // len(LINES[language]))
        start = time.process_time()
        find_dates(text, language, TUESDAY)
        return time.process_time() - start

    find_dates("", language, TUESDAY)
    short, long = seconds(100_000), seconds(1_000_000)
    assert long < 40 * max(short, 0.05)


@settings(max_examples=80, deadline=None)
@given(
    st.text(alphabet="0123456789 -/,().lundimarèûyto\nيوم", max_size=200) | st.text(max_size=120),
    st.sampled_from(["fr", "en", "ar", "es", "pt"]),
)
def test_any_text_gives_sorted_spans_of_it(text, language):
    found = find_dates(text, language, TUESDAY)
    assert all(text[mention.start : mention.end] == mention.text for mention in found)
    assert all(first.end <= second.start for first, second in pairwise(found))
