"""Days, names, languages, datelines and marks, each for itself."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.article import read_text
from extractors.article.byline import agency_of, read_names
from extractors.article.credits import (
    _CREDIT_END,
    _CREDIT_SIGN,
    is_byline,
    is_credit,
    is_date_line,
    is_notice,
    is_signature,
)
from extractors.article.dateline import read_dateline
from extractors.article.days import _CENTURY, _CJK, _ISO, _NAMED, read_moment
from extractors.article.language import _FAR, _SCRIPTS, find_language
from extractors.article.marks import _TABLE, mark_of


@pytest.mark.parametrize(
    "text, on",
    [
        ("Publié le 14 avril 2025 à 20h05", "2025-04-14"), ("1er août 2024", "2024-08-01"), ("le 3 févr. 2021", "2021-02-03"),
        ("14/04/2025 17:45", "2025-04-14"), ("04/14/2025", "2025-04-14"), ("10.06.25", "2025-06-10"), ("2025/4/9", "2025-04-09"),
        ("May 20, 2025", "2025-05-20"), ("Saturday, October 4, 2008", "2008-10-04"), ("20th of March 2020", "2020-03-20"),
        ("14 أفريل 2025", "2025-04-14"), ("١٤ أبريل ٢٠٢٥", "2025-04-14"), ("2 جويلية 2019", "2019-07-02"), ("3 تشرين الأول 2020", "2020-10-03"),
        ("12 غشت 2023", "2023-08-12"), ("14 de agosto de 2023", "2023-08-14"), ("18 de Novembro de 2025", "2025-11-18"),
        ("2. März 2024", "2024-03-02"), ("2025年1月13日", "2025-01-13"), ("32 mars 2025", None), ("Article 12, 2025", None),
    ],
)  # fmt: skip
def test_printed_days_of_all_regions(text, on):
    moment = read_moment(text)
    assert (moment.on if moment else None) == on


@pytest.mark.parametrize(
    "text, on, at",
    [
        ("2025-04-14T23:30:00+03:00", "2025-04-14", "2025-04-14T23:30:00+03:00"),
        ("2025-04-14T23:30:00.000Z", "2025-04-14", "2025-04-14T23:30:00+00:00"),
        ("2025-04-14 07:40", "2025-04-14", None), ("2025-02-30", None, None),
    ],
)  # fmt: skip
def test_the_day_is_that_of_the_printed_offset(text, on, at):
    moment = read_moment(text)
    assert (moment.on, moment.at) == (on, at) if on else moment is None


@pytest.mark.parametrize(
    "text, names, agency",
    [
        ("Par Claire Vandamme-Sy et Brahim Ould Lekhal", ("Claire Vandamme-Sy", "Brahim Ould Lekhal"), None),
        ("By Grace Achola, Farming correspondent", ("Grace Achola",), None), ("Par AFP", (), "AFP"),
        ("Salma Ould-Kheïri (avec AFP)", ("Salma Ould-Kheïri",), None), ("La Rédaction", (), None), ("admin", (), None),
        ("redaction@journal.example", (), None), ("http://journal.example/auteur/jean", (), None), ("Ch. V.", ("Ch. V.",), None),
        ("بقلم: نادية حمروش الوهراني", ("نادية حمروش الوهراني",), None), ("Von Simone Hartwieg-Lo", ("Simone Hartwieg-Lo",), None),
        ("Miguel A. Terrazas", ("Miguel A. Terrazas",), None), ("Ana de la Puente, enviada especial", ("Ana de la Puente",), None),
        ("Interview > Pascal Lorandin", ("Pascal Lorandin",), None), ("le 12 mars 2024", (), None), ("Journaliste", (), None),
        ("Paula Estévan, Reuters", ("Paula Estévan",), "Reuters"), ("wa suivi les travaux du barrage", (), None),
    ],
)  # fmt: skip
def test_people_are_names_and_agencies_are_not(text, names, agency):
    assert read_names([text]) == (names, agency)


def test_the_papers_own_name_signs_nothing():
    assert read_names(["Le Côtier", "Radio Falémé"], {"le cotier", "faleme"}) == ((), None)


def test_signatures_name_their_agency():
    assert (
        agency_of("AK/MD (APS)") == "APS"
        and agency_of("avec Agence France-Presse") == "AFP"
        and agency_of("A. B.") is None
    )
    assert is_signature("SMK/ADC (APS)") and is_signature("(dpa/afp)") and not is_signature("Il est reparti.")


@pytest.mark.parametrize(
    "body, expected",
    [
        ("ALGER - Le ministre est arrivé.", ("ALGER -", "ALGER")),
        ("BAMAKO, 12 mars (Xinhua) -- Le ministre est arrivé.", ("BAMAKO, 12 mars (Xinhua) --", "BAMAKO")),
        ("Vila Serena, 22 nov 2025 (Lusa) - O mercado reabriu.", ("Vila Serena, 22 nov 2025 (Lusa) -", "Vila Serena")),
        ("Madrid, 8 oct (EFX).- El ministro viajará.", ("Madrid, 8 oct (EFX).-", "Madrid")),
        ("Lima, 11 set (Andinos).-El ministro viajará.", ("Lima, 11 set (Andinos).-", "Lima")),
        ("Bogotá. – La canciller viajará.", ("Bogotá. –", "Bogotá")),
        ("Cidade da Praia, 17 nov (Ilhas) – Cabo Verde acolhe.", ("Cidade da Praia, 17 nov (Ilhas) –", "Cidade da Praia")),
        ("الجزائر - وصل الوزير.", ("الجزائر -", "الجزائر")), ("BRUXELLES\n\nLe texte suit.", ("BRUXELLES", "BRUXELLES")),
        ("Nouakchott, 07/10/2025\n\nLe texte suit.", ("Nouakchott, 07/10/2025", "Nouakchott")),
        ("Bogotá, el 7 de octubre de 2025\n\nEl texto.", ("Bogotá, el 7 de octubre de 2025", "Bogotá")),
        ("7 octobre 2025\n\nLe texte suit.", (None, None)), ("Nouakchott, 07/10/2025", (None, None)),
        ("Le ministre - qui l'eût cru - est arrivé.", (None, None)), ("Le ministre est arrivé.", (None, None)), ("", (None, None)),
    ],
)  # fmt: skip
def test_datelines(body, expected):
    assert read_dateline(body) == expected


@pytest.mark.parametrize(
    "text, declared, language",
    [
        ("Le ministre est arrivé lundi à Nouakchott pour une visite de travail de trois jours.", "en", "fr"),
        ("The minister arrived on Tuesday for a visit that was to last two days.", "fr", "en"),
        ("وصل الوزير يوم الاثنين إلى نواكشوط في زيارة عمل", None, "ar"), ("La ministra llegó este martes para una visita de dos días con los suyos.", None, "es"),
        ("A ministra chegou segunda-feira para uma visita oficial e não falou aos jornalistas.", None, "pt"),
        ("Il ministro è arrivato lunedì per una visita che durerà due giorni con gli altri.", "fr", "it"),
        ("Der Minister ist am Montag für einen Besuch in der Stadt angekommen und wird nicht bleiben.", None, "de"),
        ("Министр прибыл в понедельник с рабочим визитом и не ответил на вопросы.", None, "ru"),
        ("Bakan pazartesi günü bir ziyaret için geldi ve çok sayıda kişi ile görüştü.", None, "tr"), ("OK", "fr", "fr"), ("", None, None),
    ],
)  # fmt: skip
def test_the_text_decides_the_language(text, declared, language):
    assert find_language(text, declared) == language


def test_no_script_is_passed_over_unlooked_for():
    letters = [chr(code) for code in range(0x80, 0x10000)]
    assert not [
        letter for letter in letters if not _FAR.match(letter) for _, script in _SCRIPTS if script.match(letter)
    ]


@pytest.mark.parametrize(
    "classes, mark",
    [
        ("article__body", "body"), ("articleBody-content", "body"), ("post-content share-enabled", "body"), ("article-content__share", "gone"),
        ("article-body--with-sidebar", "body"), ("print:hidden md:w-1/2", "plain"), ("crayon article-chapo-812", "standfirst"),
        ("jp-relatedposts", "related"), ("wp-caption-text", "caption"), ("author vcard", "byline"), ("tie-date", "date"), ("xyz", "plain"),
        ("comment-list", "comments"), ("td-a-rec td-a-rec-id-content_inline", "gone"), ("texteDepeche", "body"),
    ],
)  # fmt: skip
def test_class_words(classes, mark):
    assert mark_of(classes) == mark


def test_the_days_of_a_programme_are_text_and_a_lone_date_is_none():
    lines = [
        "Le Président effectuera une visite de deux jours.",
        "Lundi 11 novembre",
        "15h00 : arrivée",
        "Mardi 12 novembre :",
        "9h00 : départ",
    ]
    programme = "\n".join(["Visite : le programme", "", *lines]).encode()
    assert read_text(programme).body.split("\n\n") == lines
    lone = "\n".join(["Visite : le programme", "", lines[0], "Lundi 11 novembre", lines[2]]).encode()
    assert "Lundi" not in read_text(lone).body


def test_lines_that_say_who_and_when():
    assert (
        is_date_line("Publié le : 14/04/2025 17:45")
        and is_date_line("Stand: 08.07.2026 05:00 Uhr")
        and is_date_line("18h10")
    )
    assert not is_date_line("Le 14 avril 2025, le ministre a inauguré le pont.") and not is_date_line("Bonjour")
    assert is_byline("Par Moussa Diallo-Ba") and is_byline("بقلم نادية") and not is_byline("Par ailleurs, il repart.")
    assert not is_byline("By Monday, the talks between the two sides had ended.")
    assert (
        is_credit("© Marième Kane")
        and is_credit("Le port, lundi. Photo : S. Kheïri")
        and not is_credit("Une photo a circulé hier.")
    )
    assert is_notice("© 2008 Le Fennec. Tous droits réservés.")


PIECES = st.lists(st.sampled_from(["photo", "credit", " ", ":", "/", "©", "ph", "12", "19", "20", "25", "-", "mars", "年", "月", "日", "x", "."]), max_size=12)  # fmt: skip


@given(PIECES.map("".join))
def test_what_a_quick_look_passes_by_the_pattern_does_not_find_either(text):
    assert _CREDIT_SIGN.search(text) or not _CREDIT_END.search(text)
    assert _CENTURY.search(text) or not any(form.search(text) for form in (_ISO, _NAMED, _CJK))


def test_no_phrase_of_the_marks_turns_on_a_number_alone():
    words = {word for table in _TABLE.values() for phrase in table["phrases"] for word in phrase.split()}
    assert not [word for word in words if word[:1].isdigit() and word.strip("*").isdigit()]  # "*" takes any number
    assert mark_of("", "post-17-body") == mark_of("", "post-4-body") and mark_of("related-12-posts") == mark_of(
        "related-7-posts"
    )
