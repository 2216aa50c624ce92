"""Offices, names and visits in invented English sentences: genitives, adjectives before their noun, passives."""

import time

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
    assert [phrases.at(text, 0) is not None for text in ("pm says", "pm, who", "pm", "pmx")] == [
        True,
        True,
        True,
        False,
    ]


@pytest.mark.parametrize(
    ("body", "visits"),
    [
        ("JUBA, May 13 (Nile Wire) -- Ethiopian Prime Minister Girma Tadesse-Bekele arrived here Monday for a one-day working visit.", [("ETH", "SSD", "working", None)]),
        ("LUSAKA - Angolan President João Catumbela-Neto on Friday left Lusaka at the end of a three-day state visit to Zambia.", [("AGO", "ZMB", "state", "concluded")]),
        ("Nigerian President Samuel Okoro-Bello on Tuesday departed Abuja for Paris, France, on a two-day official visit.", [("NGA", "FRA", "official", None)]),
        ("Rwanda's Foreign Minister Vianney Mugabo-Sano is in Kampala, Uganda, for talks with his Ugandan counterpart, Robert Okellowa.", [("RWA", "UGA", "unspecified", None)]),
        ("BEIJING, May 4 -- Chinese Vice Premier Liu Jianmao will visit Kenya and Tanzania from May 18 to 24, the ministry announced.", [("CHN", "KEN", "tour_stop", "announced"), ("CHN", "TZA", "tour_stop", "announced")]),
        ("ISLAMABAD: Saudi Foreign Minister Prince Fayez bin Nasser has postponed his visit to Pakistan, which was due to begin on Tuesday.", [("SAU", "PAK", "unspecified", "postponed")]),
        ("WASHINGTON - Secretary of State Linda Marshwood on Sunday began a three-nation tour of Africa that will take her to Senegal, Ivory Coast and Nigeria.", [("USA", "SEN", "tour_stop", None), ("USA", "CIV", "tour_stop", None), ("USA", "NGA", "tour_stop", None)]),
        ("The UK Minister for Africa, Fiona Harcastle-Dean, has wrapped up a two-day visit to Malawi where she held talks with President Chisomo Bandawe.", [("GBR", "MWI", "unspecified", "concluded")]),
        ("A five-member parliamentary delegation from Hungary, led by the Deputy Speaker of the National Assembly, Istvan Kovacs-Nagy, has paid a courtesy call on the Speaker of Ghana's Parliament, Alban Kwesi Oseiku, in Accra.", [("HUN", "GHA", "unspecified", None)]),
        ("MOSCOW - Mali's military ruler Colonel Oumar Dialloba held talks with Russian President Viktor Sokolniki in the Kremlin on Monday.", [("MLI", "RUS", "unspecified", None)]),
        ("ABU DHABI, 13th May -- Sheikh Amer bin Rashid Al Nuaimani, Minister of Foreign Affairs, has met with Dr. Elias Petrouli, Minister of Foreign Affairs of Cyprus, as part of the latter's working visit to the UAE.", [("CYP", "ARE", "working", None)]),
        ("ISLAMABAD: Deputy Prime Minister and Foreign Minister Senator Imran Qazizai will undertake a four-day official visit to China from May 23 to 26.", [("PAK", "CHN", "official", "announced")]),
        ("BERLIN - German Economy Minister Robert Hauserling has called off a planned trip to Algeria after falling ill, his ministry said on Tuesday.", [("DEU", "DZA", "unspecified", "cancelled")]),
        ("DAR ES SALAAM - President Amina Mohamed-Jumana returned home yesterday from a three-day state visit to South Korea.", [("TZA", "KOR", "state", "concluded")]),
        ("Sri Lanka could receive Russia's energy minister, Gennady Kolpakovsky, next month, officials in Colombo said.", [("RUS", "LKA", "unspecified", "announced")]),
        ("SEOUL, Aug. 4 -- South Korean Assembly Speaker Kim Jin-taek left for Kenya and Rwanda on Sunday for talks on parliamentary cooperation.", [("KOR", "KEN", "tour_stop", None), ("KOR", "RWA", "tour_stop", None)]),
    ],
)  # fmt: skip
def test_agency_idiom(body: str, visits: list[tuple[str, str, str, str | None]]) -> None:
    coding = read_visits(Article(body=body, language="en", published_on="2024-05-14"))
    read = sorted((v.visitor_country or "", v.host_country or "", v.kind, v.status) for v in coding.visits)
    told = [(*row[:3], None if wanted[3] is None else row[3]) for row, wanted in zip(read, sorted(visits), strict=True)]
    assert told == sorted(visits)


@pytest.mark.parametrize(
    "body",
    [
        "LILONGWE - President Chisomo Bandawe left the country on Friday for Addis Ababa, Ethiopia, to attend the African Union summit.",
        "Kenyan President Peter Mwangola on Tuesday met his Somali counterpart Ahmed Faraxle on the sidelines of the General Assembly in New York.",
        "The Indian High Commissioner to Ghana, Sunita Raoji, on Thursday paid a courtesy call on the Minister of Trade, Kofi Asareba, in Accra.",
        "KISUMU - President Peter Mwangola on Monday paid a working visit to Kisumu County, where he inspected dykes damaged by floods.",
        "MOGADISHU - United Nations Secretary-General Arturo Gomesio arrived in Mogadishu on Tuesday and met Somali President Ahmed Faraxle.",
        "A delegation of Turkish businessmen led by Cemal Yilmazer visited Kampala and met Uganda's trade minister, Robert Okellowa.",
        "ABUJA - The Presidency on Monday denied reports that President Samuel Okoro-Bello would travel to London for medical treatment.",
        "NUUK - Danish Prime Minister Mette Lundsgaard-Holt arrived in Greenland on Wednesday for a three-day visit.",
        "Thai Commerce Minister Anan Srisukwa said tourists visiting Japan would pay less for visas.",
    ],
)  # fmt: skip
def test_agency_idiom_of_what_is_no_visit(body: str) -> None:
    assert read_visits(Article(body=body, language="en", published_on="2024-05-14")).visits == ()


@pytest.mark.parametrize(
    "piece", ["minister of ", "visit to the ", "President Karim Zellouf of ", "on the sidelines of the "]
)
def test_near_matches_cost_a_straight_line(piece: str) -> None:
    def seconds(length: int) -> float:
        article = Article(body=piece * (length // len(piece)), language="en")
        began = time.process_time()
        read_visits(article)
        return time.process_time() - began

    assert seconds(100_000) < 5
