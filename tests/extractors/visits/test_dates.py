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
        ("fr", "la semaine prochaine", None, None, "vague"),
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
    ],
)
def test_what_day_is_told(language, text, first, last, form):
    mention = only(text, language)
    assert (mention.first, mention.last, mention.form) == (first, last, form)


@pytest.mark.parametrize(
    ("language", "text", "days"),
    [("fr", "48 heures", 2), ("fr", "trois jours", 3), ("en", "a four-day visit", 4), ("ar", "لمدة يومين", 2), ("ar", "٣ أيام", 3)],
)
def test_how_long_it_lasts(language, text, days):
    assert only(text, language).days == days


def test_without_a_publication_day_weekdays_and_years_stay_unknown():
    assert only("lundi", "fr", None).first is None
    mention = only("le 3 mai", "fr", None)
    assert (mention.first, mention.basis) == (None, "stated")


def test_the_verb_may_is_no_month():
    assert find_dates("He may come, and they march on.", "en", TUESDAY) == ()


LINES = {"fr": "du 3 au lundi 12 mar le 4, 5, 6 ", "en": "on the 3rd to Monday March 4 to ", "ar": "من 3 إلى يوم الاثنين 4 و5 ", "es": "del 3 al lunes 4 de la semana ", "pt": "de 3 a segunda 4 e 5 de "}


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
@given(st.text(alphabet="0123456789 -/,().lundimarèûyto\nيوم", max_size=200) | st.text(max_size=120), st.sampled_from(["fr", "en", "ar", "es", "pt"]))
def test_any_text_gives_sorted_spans_of_it(text, language):
    found = find_dates(text, language, TUESDAY)
    assert all(text[mention.start : mention.end] == mention.text for mention in found)
    assert all(first.end <= second.start for first, second in pairwise(found))
