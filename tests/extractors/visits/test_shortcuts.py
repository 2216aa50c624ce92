"""What is done with early loses nothing: the long way says the same."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from extractors import read_text
from extractors.visits.allegiance import settle_allegiance
from extractors.visits.called_by_name import adopt_names
from extractors.visits.casting import find_cast, unite
from extractors.visits.coder import names_state, read_visits
from extractors.visits.constructions import read_claims
from extractors.visits.document import Document
from extractors.visits.events import find_trips
from extractors.visits.language_files import language_table
from extractors.visits.lexicon import load_lexicon
from extractors.visits.nameless import join_called
from extractors.visits.others import find_others
from extractors.visits.scene import Scene
from extractors.visits.states import settle_states
from extractors.visits.whereabouts import _FAR
from extractors.visits.word_order import reader_for

GOLD = Path(__file__).resolve().parents[2] / "gold" / "visits"
LONGEST_WORD = 30
TEXTS = sorted(GOLD.glob("??/*.txt"))[::7]


def stateless(article):
    """The same article, every place of its headline and body replaced by words that name none."""
    for _ in range(9):
        scene = scene_of(article)
        if not scene.places:
            return article
        headline, body = article.headline, article.body
        printed = {scene.text[place.start : place.end] for place in scene.places}  # "للأردن", not "الأردن"
        for text in sorted(printed, key=len, reverse=True):
            word = re.compile(rf"(?<!\w){re.escape(text)}(?!\w)|{re.escape(text)}")
            headline, body = headline and word.sub("Zzyx", headline), word.sub("Zzyx", body)
        article = replace(article, headline=headline, body=body)
    return None


def scene_of(article):
    return Scene(Document(article), load_lexicon(article.language))


def cast_of(scene):
    cast = adopt_names(scene, find_cast(scene))
    join_called(scene, cast)
    settle_allegiance(scene, cast)
    unite(cast)
    return cast


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_an_article_that_names_no_state_tells_no_trip(path):
    article = read_text(path.read_bytes(), published_on="2025-03-10")
    bare = stateless(article)
    assert bare is not None
    scene = scene_of(bare)
    cast = cast_of(scene)
    if names_state(scene, cast):  # a title tells one: "president of the Faso"
        return
    claims = read_claims(scene, cast, reader_for(scene))
    settle_states(scene, cast, claims)
    assert find_trips(scene, cast, claims) == []
    assert read_visits(bare).other_people == find_others(cast, (), ())
    assert read_visits(bare).visits == ()


@pytest.mark.parametrize("language", ("fr", "en", "ar", "es", "pt"))
def test_what_leads_up_to_a_place_is_shorter_than_the_stretch_in_which_it_is_looked_for(language):
    words, cases = (language_table(language, name) for name in ("words", "place_case"))
    longest = [max(map(len, words.get(name) or ("",))) for name in ("matters", "things", "town_links")]
    reach = max(len(phrase) for name in ("in", "to") for phrase in cases[name])
    assert sum(longest) + reach + 3 * LONGEST_WORD < _FAR


def test_most_articles_without_their_places_are_done_with_early():
    early = 0
    for path in TEXTS:
        scene = scene_of(stateless(read_text(path.read_bytes())))
        early += not names_state(scene, cast_of(scene))
    assert early > 0.8 * len(TEXTS)


def test_an_article_with_a_visit_names_a_state():
    told = [read_text(path.read_bytes(), published_on="2025-03-10") for path in TEXTS]
    assert all(names_state(s := scene_of(a), cast_of(s)) for a in told if read_visits(a).visits)
