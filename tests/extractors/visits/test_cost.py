"""Coding costs a straight line, articles without a visit cost less, and the quick look-ups find what the patterns find."""

import importlib.util
import re
import sys
from functools import cache
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from extractors import Article, read_text, read_visits
from extractors.remembered import Remembered
from extractors.text import fold, joined, tokens
from extractors.visits.branches import Phrasebook, goes_with, head_of
from extractors.visits.casting import find_cast
from extractors.visits.lexicon import load_lexicon
from extractors.visits.phrase_index import PhraseIndex, Phrases
from extractors.visits.phrases import compile_phrases, words_of
from extractors.visits.word_patterns import WordPattern, beginnings, word_pattern

ROOT = Path(__file__).resolve().parents[2]
SPEC = importlib.util.spec_from_file_location("speed_benchmark", ROOT / "benchmarks" / "speed.py")
speed = importlib.util.module_from_spec(SPEC)
sys.modules[SPEC.name] = speed
SPEC.loader.exec_module(speed)
PHRASES = ("en visite", "l'accord", "(?:re)?mis", "a", "de la paix", "(?:avec|pour) ?paris", "s'est tenue?",
           "n[oa] paris", "(?:tres )*vin", "vis?")  # fmt: skip


@pytest.mark.parametrize(
    ("language", "piece"), [(name, piece) for name in speed.LANGUAGES for piece in speed.NEAR[name]]
)
def test_near_matches_stay_under_five_seconds(language, piece):
    speed.seconds(speed.near_match(language, piece, 1_000))
    short, long = (speed.seconds(speed.near_match(language, piece, size)) for size in (100_000, 1_000_000))
    assert long < 5
    assert long < 30 * max(short, 0.02)


def test_articles_without_a_visit_cost_less_than_those_with_one():
    texts = sorted((ROOT / "gold" / "visits" / "fr").glob("*.txt"))[::6]
    articles = [speed.of_length(read_text(path.read_bytes()), 400) for path in texts]
    spent = {True: [], False: []}
    for article in articles:
        has_visit = bool(read_visits(article).visits)
        spent[has_visit].append(speed.seconds(article, runs=2))
    assert spent[True] and spent[False]
    assert sum(spent[False]) / len(spent[False]) < sum(spent[True]) / len(spent[True])


@pytest.mark.parametrize("language", speed.LANGUAGES)
def test_every_phrase_that_is_compiled_late_can_be_compiled(language):
    lexicon = load_lexicon(language)
    for phrases in (lexicon.offices, lexicon.cues, lexicon.kinds, lexicon.status, lexicon.against, lexicon.occasion):
        phrases.compile_all()


@pytest.mark.parametrize(
    ("source", "keys"),
    [
        ("visite", {"vis"}),
        ("de {1,3}la", {"de "}),
        ("a partir de", {"a "}),
        ("a ?partir", None),
        ("de {0,3}la", {"de"}),
        ("l'accord", {"l'a"}),
        ("(?:re)?mis", {"rem", "mis"}),
        ("(?:a(?:b|c)d|e {1,3}f)", {"abd", "acd", "e "}),
        ("(?:rouge|vert) {1,3}vin", {"rou", "ver"}),
        ("rouge|vert", {"rou", "ver"}),
        (r"\w+ {1,3}vin", None),
        ("(?:rouge {1,3})*vin", {"rou", "vin"}),
        ("(?:rouge {1,3})+vin", {"rou"}),
        ("(?:de {1,3})*l'eau", {"de ", "l'e"}),
        ("(?:x)*vin", None),
        ("an?", {"an", "a"}),
        ("n[oa]s? {1,3}area", {"nos", "no ", "nas", "na "}),
        ("a(?:ux?|) {1,3}port", {"aux", "au ", "a "}),
        ("s\\.e", None),
        (r"\d{1,2}", None),
    ],
)
def test_the_beginnings_of_a_pattern_are_those_of_all_its_matches(source, keys):
    assert beginnings(source) == keys


@cache
def known(phrases, language="fr"):
    """A pattern that has been looked for before, so that the texts that follow are indexed for it."""
    pattern = compile_phrases(phrases, words_of(language))
    assert isinstance(pattern, WordPattern) and pattern.search("0 " * 99) is None
    return pattern


def end_of_word(text, end):
    """The first place from `end` on that no word runs over."""
    while 0 < end < len(text) and text[end - 1].isalnum() and text[end].isalnum():
        end += 1
    return end


def test_a_longer_beginning_goes_on_to_the_end_of_its_word():
    assert beginnings("visites? {1,3}de|la {1,3}paix|an?", longest=12) == {"visite", "la paix", "an", "a"}


def test_a_short_word_is_told_with_what_stands_behind_it():
    assert beginnings("a l'issue|de {1,3}(?:la|l')|en \\w+", longest=12) == {"a l'issue", "de la", "de l'", "en "}


@settings(deadline=None, max_examples=100)
@given(
    st.lists(
        st.sampled_from(["pour", "la", "une", "visite", "en", " ", "paix", "pour la", "a", "l'", "issue", "\n"]),
        max_size=30,
    )
)
def test_an_index_of_phrases_finds_what_stands_at_each_word(words):
    table = Phrases({"a": ["pour la paix", "pour une"], "b": ["visite(?: en)?", "en visite", "la paix", "a l'issue"]})
    text, index = " ".join(words), PhraseIndex((table,))
    found, end = [], 0
    for place in tokens(text)[0]:
        hit = table.at(text, place) if place >= end else None
        found.extend([hit] if hit else ())
        end = hit.end if hit else end
    assert table.scan(text, index.places(text)) == found


@settings(deadline=None, max_examples=150)
@example(["en", "en", "s'est", "accord"], 0, 13)  # bugs caught: a window that ended within a word
@given(
    st.lists(st.sampled_from(["en", "visite", "l'", "accord", "remis", "mis", "a", "de", "la", "paix", "avec", "paris", "  ", ", ", "s'est", "tenu", "vin", "no", "tres", "vi", "_de"]), max_size=60),
    st.integers(0, 200),
    st.integers(0, 400),
)  # fmt: skip
def test_a_word_pattern_finds_what_the_plain_pattern_finds(pieces, start, end):
    pattern = known(PHRASES)
    text, plain = " ".join(pieces) + " mot" * 60, re.compile(pattern.pattern)
    end = end_of_word(text, end)  # what is searched is a sentence or a clause: it never ends within a word
    assert [m.span() for m in pattern.finditer(text, start, end)] == [
        m.span() for m in plain.finditer(text, start, end)
    ]
    found, told = pattern.search(text, start, end), plain.search(text, start, end)
    assert (found and found.span()) == (told and told.span())


@cache
def endings():
    """Verbs by their endings, beside a phrase of plain letters."""
    sources = (r"\w{2,}(?:era|iront)|\w+ait", "a partir d|est attendue?")
    pattern = word_pattern(rf"(?<!\w)(?:{'|'.join(sources)})(?!\w)", sources, language="fr")
    assert isinstance(pattern, WordPattern) and pattern.search("0 " * 99) is None
    return pattern


@settings(deadline=None, max_examples=100)
@given(
    st.lists(st.sampled_from(["arrivera", "souhaitable", "souhait", "allait", "iront", "rairont", "era", "a", "partir", "d'Oran", "est", "attendu", "l'operait"]), max_size=40),
    st.integers(0, 200),
    st.integers(0, 300),
)  # fmt: skip
def test_a_word_pattern_finds_endings_also_where_the_end_cuts_a_word(words, start, end):
    text, plain = " ".join(words) + " mot" * 60, re.compile(endings().pattern)
    assert [m.span() for m in endings().finditer(text, start, end)] == [
        m.span() for m in plain.finditer(text, start, end)
    ]


@settings(deadline=None, max_examples=100)
@given(st.lists(st.sampled_from(["زيارة", "وزيارة", "بالزيارة", "للزيارة", "اتفاق", "والاتفاق", "كلمة"]), max_size=40))
def test_a_word_pattern_looks_behind_what_is_glued_before_a_word(words):
    pattern = known(("زيارة", "اتفاق"), "ar")
    text, plain = " ".join(words).replace("ة", "ه") + " كلام" * 50, re.compile(pattern.pattern)
    assert [m.span() for m in pattern.finditer(text)] == [m.span() for m in plain.finditer(text)]


@pytest.mark.parametrize(
    ("source", "head"),
    [
        ("visites?", "visite"),
        ("visite {1,3}", "visite"),
        ("l'eau(?:x)?", "l'eau"),
        ("abc|abd", "abc"),
        (r"abc\w", "abc"),
    ],
)
def test_the_head_of_a_phrase_is_what_all_its_matches_begin_with(source, head):
    assert head_of(source, 3) == head


@pytest.mark.parametrize(
    ("head", "opening", "goes"),
    [("visit", "visite", True), ("visite", "visit", False), ("visite ", "visite", True), ("vice-roi", "vice", True),
     ("l'accord", "l'acc", True), ("l'accord", "l'eau", False), ("la ", "la pa", True), ("x", "xy", True)],
)  # fmt: skip
def test_a_head_goes_with_the_words_that_it_may_begin(head, opening, goes):
    assert goes_with(head, opening) is goes


TABLE = {
    "a": ["visite de paix", "visi(?:te|on)s?", "en paix"],
    "b": ["visite", "visiteurs?", "l'accord(?:e|s)?", "en paix la"],
}


@settings(deadline=None, max_examples=150)
@given(
    st.lists(
        st.sampled_from(
            ["visite", "visites", "vision", "visiteur", "l'accords", "en", "paix", "de", "la", "_en", ",", ""]
        ),
        max_size=40,
    )
)
def test_phrases_found_by_their_heads_are_those_of_the_patterns_tried_in_order(words):
    text = " ".join(words)
    order = [
        (label, re.compile(rf"{phrase}(?!\w)"))
        for label, told in TABLE.items()
        for phrase in sorted(told, key=len, reverse=True)
    ]
    found, end = [], 0
    for word in re.finditer(r"\w+", text):
        told = ((label, pattern.match(text, word.start())) for label, pattern in order)
        label, match = next(((label, match) for label, match in told if match), ("", None))
        if match and word.start() >= end:
            found.append((label, *match.span()))
            end = match.end()
    phrases = Phrases(TABLE)
    index = PhraseIndex([phrases]).places(text)
    assert [tuple(hit) for hit in phrases.scan(text, index)] == found
    book = Phrasebook({label: [phrase] for label, phrase in (("v", "visite"), ("p", "paix de"))}, "", r"(?!\w)")
    plain = re.compile(r"(?<!\w)(?:(visite)|(paix de))(?!\w)")
    assert [hit[:2] for hit in book.finditer(text, 3, 60)] == [m.span() for m in plain.finditer(text, 3, 60)]


@settings(deadline=None, max_examples=150)
@given(st.text(alphabet="aé_ -'1\u0627\u0628.", max_size=40))
def test_tokens_are_the_words_and_where_they_begin(text):
    for parts, plain in ((False, r"\w+"), (True, r"[^\W_]+")):
        starts, words = tokens(text, parts_underscores=parts)
        assert list(zip(starts, words, strict=True)) == [(m.start(), m[0]) for m in re.finditer(plain, text)]


@settings(deadline=None, max_examples=150)
@given(
    st.lists(st.sampled_from(["L’Élysée ", "_", "œuvre", "Łódź ", "Straße", "سلّم", "الأمم", "١٢ ", "n°", "Việt ", "\u202f", "\n", "A"]), max_size=30),
    st.lists(st.sampled_from(["mot ", "_x ", "\n\n", "12"]), max_size=20),
)  # fmt: skip
def test_texts_are_folded_letter_by_letter_and_joined_with_the_words_of_both(pieces, more):
    head, tail = "".join(pieces) * 5 + "\n\n", "".join(more) * 9
    assert len(fold(head)) == len(head)
    if not any(mark in head for mark in "سلّم"):
        assert fold(head) == "".join(map(fold, head))  # one letter is too short for the quick tables
    whole = joined(fold(head), tail)
    assert whole == fold(head) + tail
    for parts, plain in ((False, r"\w+"), (True, r"[^\W_]+")):
        starts, words = tokens(whole, parts_underscores=parts)
        assert list(zip(starts, words, strict=True)) == [(m.start(), m[0]) for m in re.finditer(plain, whole)]


def test_what_is_remembered_of_words_is_bounded():
    asked = []
    remembered = Remembered(lambda word: asked.append(word) or len(word), most=3)
    assert list(map(remembered.__getitem__, ["a", "bb", "a", "ccc", "dd", "a"])) == [1, 2, 1, 3, 2, 1]
    assert asked == ["a", "bb", "ccc", "dd", "a"] and len(remembered) == 2


@pytest.mark.parametrize(
    "body",
    ["La pluie est tombée sur la ville.", "Une visite officielle aura lieu.", "Les deux pays. Les deux parties."],
)
def test_an_article_without_an_office_is_done_with_soon(body, monkeypatch):
    looked = []
    monkeypatch.setattr("extractors.visits.coder.find_cast", lambda scene: looked.append(scene) or find_cast(scene))
    assert read_visits(Article(language="fr", body=body)).visits == ()
    assert bool(looked) == (not body.startswith("La pluie"))


@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.sampled_from(["en", "visite", "l'accord", "remis", "avec paris", "a", "_de", "mot,"]), max_size=40),
    st.booleans(),
)
def test_the_index_of_a_body_is_known_from_that_of_the_whole(pieces, looks_in_whole_first):
    pattern = known(PHRASES)
    head, body = "l'accord mis en visite a\n\n", " ".join(pieces) + " mot" * 60
    whole, plain = joined(head, body), re.compile(pattern.pattern)
    for text in (whole, body) if looks_in_whole_first else (body, whole):
        assert [m.span() for m in pattern.finditer(text)] == [m.span() for m in plain.finditer(text)]
