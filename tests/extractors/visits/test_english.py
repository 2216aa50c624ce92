"""Offices, names and visits in invented English sentences: genitives, adjectives before their noun, passives."""

import pytest

from extractors import Article, read_visits
from extractors.visits.document import Document
from extractors.visits.lexicon import Phrases, load_lexicon
from extractors.visits.people import find_mentions
from extractors.visits.scene import Scene


def scene_of(text: str) -> Scene:
    lexicon = load_lexicon("en")
    assert lexicon is not None
    return Scene(Document(Article(body=text, language="en")), lexicon)


@pytest.mark.parametrize(
    ("text", "office", "name", "country"),
    [
        ("Ghana's Foreign Minister Kofi Adusei-Mante arrived", "foreign_minister", "Kofi Adusei-Mante", "GHA"),
        ("President Ruth Kalondo of Zambia met", "head_of_state", "Ruth Kalondo", "ZMB"),
        ("Zambian Transport Minister Ruth Kalondo said", "minister", "Ruth Kalondo", "ZMB"),
        ("Amos Kiptanui, the Kenyan defence minister, said", "minister", "Amos Kiptanui", "KEN"),
        ("President Ruth Kalondo's visit to Malawi", "head_of_state", "Ruth Kalondo", None),
        ("the Minister of Foreign Affairs and International Cooperation, Hon. Ruth Kalondo, flew", "foreign_minister", "Ruth Kalondo", None),
        ("the Vice-President of the Republic of Cuba, Evelio Rodanes Prado", "other", "Evelio Rodanes Prado", "CUB"),
        ("Deputy Secretary of State Warren Ashby met", "deputy_minister", "Warren Ashby", "USA"),
        ("the Speaker of the National Assembly, Ruth Kalondo", "speaker_of_parliament", "Ruth Kalondo", None),
        ("the former president of Malawi, Ruth Kalondo", "former", "Ruth Kalondo", "MWI"),
        ("Iraqi Oil Minister Nasser al-Shabrani said", "minister", "Nasser al-Shabrani", "IRQ"),
        ("PM Ruth Kalondo left", "head_of_government", "Ruth Kalondo", None),
        ("Chief of Army Staff General Tariq Janjuwa met", "military", "Tariq Janjuwa", None),
    ],
)  # fmt: skip
def test_an_office_is_read_with_its_name(text: str, office: str, name: str | None, country: str | None) -> None:
    mention = find_mentions(scene_of(text))[0]
    assert (mention.office, mention.name, mention.country) == (office, name, country)


@pytest.mark.parametrize(
    ("body", "visitor", "host"),
    [
        ("President Ruth Kalondo of Zambia arrived in Lilongwe on Monday for a two-day state visit to Malawi.", "ZMB", "MWI"),
        ("Zambian President Ruth Kalondo's visit to Malawi begins on Monday.", "ZMB", "MWI"),
        ("The visit of Zambia's foreign minister to Malawi has been put off.", "ZMB", "MWI"),
        ("LILONGWE - Zambia's Foreign Minister Ruth Kalondo arrived here on Monday on an official visit.", "ZMB", "MWI"),
        ("Zambian Foreign Minister Ruth Kalondo was received in Lilongwe by President Joseph Mkandara.", "ZMB", "MWI"),
        ("In Lilongwe, Malawi's President Joseph Mkandara received Zambian Foreign Minister Ruth Kalondo.", "ZMB", "MWI"),
        ("Zambian Foreign Minister Ruth Kalondo called on Malawi's President Joseph Mkandara at State House.", "ZMB", "MWI"),
        ("Zambian President Ruth Kalondo left Lusaka on Monday for Lilongwe on a working visit.", "ZMB", "MWI"),
        ("Zambian President Ruth Kalondo will visit Malawi next week.", "ZMB", "MWI"),
        ("At the invitation of President Joseph Mkandara, Zambian President Ruth Kalondo paid a state visit to Malawi.", "ZMB", "MWI"),
        ("LILONGWE - Foreign Minister Joseph Mkandara held talks with his visiting Zambian counterpart, Ruth Kalondo.", "ZMB", "MWI"),
    ],
)  # fmt: skip
def test_who_travels_and_who_receives(body: str, visitor: str, host: str) -> None:
    coding = read_visits(Article(body=body, language="en", published_on="2025-05-12"))
    assert [(v.visitor_country, v.host_country) for v in coding.visits] == [(visitor, host)]


@pytest.mark.parametrize(
    "body",
    [
        "Zambian President Ruth Kalondo spoke by telephone with Malawi's President Joseph Mkandara on Monday.",
        "GENEVA - Zambian Foreign Minister Ruth Kalondo met Malawi's Foreign Minister Joseph Mkandara in Geneva.",
        "Malawi's President Joseph Mkandara invited Zambian President Ruth Kalondo to visit Malawi.",
        "Zambia's High Commissioner to Malawi, Ruth Kalondo, presented her letters of credence in Lilongwe.",
        "Former Zambian president Ruth Kalondo arrived in Lilongwe on Monday on a private visit.",
    ],
)  # fmt: skip
def test_what_is_no_visit(body: str) -> None:
    assert read_visits(Article(body=body, language="en", published_on="2025-05-12")).visits == ()


def test_a_word_of_two_letters_is_found_before_any_sign() -> None:
    phrases = Phrases({"head": ["pm"]})
    assert [phrases.at(text, 0) is not None for text in ("pm says", "pm, who", "pm", "pmx")] == [True, True, True, False]
