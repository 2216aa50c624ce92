"""Where places lie in an article: the quick looks give what a look at every place gives."""

import pytest

from extractors.records import Article
from extractors.visits.document import Document
from extractors.visits.lexicon import load_lexicon
from extractors.visits.phrases import sentences_in
from extractors.visits.scene import Scene

TEXT = (
    "Le ministre sénégalais des Affaires étrangères est arrivé lundi à Nour-Soultan, capitale du Kazakhstan. "
    "Il a été reçu à l'Élysée, puis en Guinée équatoriale.\n\nLa commission mixte algéro-nigérienne a siégé à Niamey."
)


def scene_of(body, headline=None):
    return Scene(Document(Article(headline=headline, body=body, language="fr")), load_lexicon("fr"))


@pytest.mark.parametrize("headline", [None, "Le Kazakhstan reçoit"])
def test_places_are_found_by_offset(headline):
    scene = scene_of(TEXT, headline)
    places, offsets = scene.places, range(len(scene.text) + 1)
    assert len(places) > 4
    for at in offsets:
        assert scene.is_inside_place(at) == any(p.start < at < p.end for p in places)
    for start in offsets[::3]:
        for end in (start + 1, start + 9, start + 60):
            assert scene.has_place_between(start, end) == any(start <= p.start < end for p in places)
            assert scene.has_place_over(start, end) == any(p.start < end and start < p.end for p in places)


@pytest.mark.parametrize(
    ("published_on", "body", "written_on"),
    [
        ("2025-03-12", "Le 3 mai 2019, il était à Lomé.", "2025-03-12"),
        (
            None,
            "Le ministre est arrivé vendredi 25 janvier 2019 à Rabat, où il était déjà le 3 mai 2016.",
            "2019-01-25",
        ),
        (None, "Le ministre est arrivé le 25 janvier à Rabat.", None),
        (None, "Le ministre est arrivé à Rabat. " * 20 + "Il y était le 3 mai 2016.", None),
        (None, "", None),
    ],
)
def test_without_a_publication_day_the_text_itself_tells_when_it_was_written(published_on, body, written_on):
    article = Article(body=body, language="fr", published_on=published_on)
    assert Scene(Document(article), load_lexicon("fr")).written_on == written_on


def test_sentences_are_asked_for_again_and_again():
    document = scene_of(TEXT).document
    first, second, third = document.sentences
    for _ in range(2):
        assert list(sentences_in(document, [second, first])) == [first, second]
        assert list(sentences_in(document, (third,))) == [third]
        assert list(sentences_in(document, [])) == []
