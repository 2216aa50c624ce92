"""Direct speech and its speakers, in invented sentences."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.records import Article
from extractors.visits.document import Document
from extractors.visits.quotations import find_quotations


def read(language: str, body: str) -> list[tuple[str, str | None]]:
    return [(q.text, q.speaker) for q in find_quotations(Document(Article(language=language, body=body)))]


@pytest.mark.parametrize(
    ("language", "body", "text", "speaker"),
    [
        ("fr", "« Nos deux pays avancent ensemble », a déclaré Karim Zellouf à sa sortie.", "Nos deux pays avancent ensemble", "Karim Zellouf"),
        ("fr", "« Nos deux pays avancent ensemble », a déclaré le ministre malien, Bakary Oulaba.", "Nos deux pays avancent ensemble", "Bakary Oulaba"),
        ("fr", "« Nos deux pays avancent ensemble », assure un conseiller de la présidence.", "Nos deux pays avancent ensemble", "un conseiller de la présidence"),
        ("fr", "Bakary Oulaba a affirmé que « la route sera ouverte avant la fin de l’année ».", "la route sera ouverte avant la fin de l’année", "Bakary Oulaba"),
        ("fr", "Selon Bakary Oulaba, « la route sera ouverte avant la fin de l’année ».", "la route sera ouverte avant la fin de l’année", "Bakary Oulaba"),
        ("fr", "“La route sera ouverte avant la fin de l’année”, a dit M. Oulaba.", "La route sera ouverte avant la fin de l’année", "Oulaba"),
        ("fr", '"La route sera ouverte avant la pluie", a indiqué le porte-parole du ministère.', "La route sera ouverte avant la pluie", "le porte-parole du ministère"),
        ("fr", "M. Oulaba a indiqué à la presse qu’il reviendra.\n\n« Le travail ne fait que commencer ici », a-t-il ajouté.", "Le travail ne fait que commencer ici", "Oulaba"),
        ("fr", "« Il a dit “jamais de la vie” et il est parti fâché », raconte et déclare Awa Sidibela.", "Il a dit “jamais de la vie” et il est parti fâché", "Awa Sidibela"),
        ("fr", "« La première page est tournée.\n\n« La seconde reste à écrire ensemble », a conclu Awa Sidibela.", "La première page est tournée.\n\n« La seconde reste à écrire ensemble", "Awa Sidibela"),
        ("fr", "« Nos deux pays avancent ensemble », sanglotait encore Awa Sidibela.", "Nos deux pays avancent ensemble", "Awa Sidibela"),
        ("fr", "Karim Zellouf est venu.\n\n« Nos deux pays avancent ensemble », réagit M. Oulaba.", "Nos deux pays avancent ensemble", "Oulaba"),
        ("fr", "« Nos deux pays avancent ensemble », a estimé le député ZRT Karim Zellouf.", "Nos deux pays avancent ensemble", "Karim Zellouf"),
        ("fr", "Depuis Lomé, Awa Sidibela a écrit : « Nos deux pays avancent ensemble. »", "Nos deux pays avancent ensemble.", "Awa Sidibela"),
        ("en", 'But John Kaleko said: "The road will open before the rains."', "The road will open before the rains.", "John Kaleko"),
        ("en", "John Kaleko welcomed Torrow's promise.\n\n\"We will open the road before the rains,\" he said.", "We will open the road before the rains,", "John Kaleko"),
        ("en", '"We will open the road before the rains," joked Amina Torrow.', "We will open the road before the rains,", "Amina Torrow"),
        ("es", '"La frontera nos une más que antes", ironizó Otamendi.', "La frontera nos une más que antes", "Otamendi"),
        ("pt", '"A fronteira une os nossos povos", brincou Tomás Kiluanje.', "A fronteira une os nossos povos", "Tomás Kiluanje"),
        ("en", '"We will open the road before the rains," Minister John Kaleko said on Monday.', "We will open the road before the rains,", "John Kaleko"),
        ("en", '"We will open the road before the rains," said President Amina Torrow.', "We will open the road before the rains,", "Amina Torrow"),
        ("en", "“We will open the road before the rains,” Kaleko told reporters.", "We will open the road before the rains,", "Kaleko"),
        ("en", 'According to Amina Torrow, "the road will open before the rains".', "the road will open before the rains", "Amina Torrow"),
        ("en", 'The minister, John Kaleko, said: "The road will open before the rains."', "The road will open before the rains.", "John Kaleko"),
        ("en", "'We will open the road before the rains,' said Amina Torrow.", "We will open the road before the rains,", "Amina Torrow"),
        ("en", "John Kaleko spoke to the press.\n\n\"We will open the road before the rains,\" he said.", "We will open the road before the rains,", "John Kaleko"),
        ("en", '"We will open the road,\n\n"and we will open it early," said Amina Torrow.', 'We will open the road,\n\n"and we will open it early,', "Amina Torrow"),
        ("es", "«La frontera nos une más que antes», afirmó el canciller Julián Otamendi.", "La frontera nos une más que antes", "Julián Otamendi"),
        ("es", '"La frontera nos une más que antes", dijo Otamendi en rueda de prensa.', "La frontera nos une más que antes", "Otamendi"),
        ("es", "Según Julián Otamendi, “la frontera nos une más que antes”.", "la frontera nos une más que antes", "Julián Otamendi"),
        ("pt", '"A fronteira une os nossos povos", disse o ministro Tomás Kiluanje.', "A fronteira une os nossos povos", "Tomás Kiluanje"),
        ("pt", "«A fronteira une os nossos povos», afirmou Kiluanje à imprensa.", "A fronteira une os nossos povos", "Kiluanje"),
        ("pt", "Tomás Kiluanje declarou que “a fronteira une os nossos povos”.", "a fronteira une os nossos povos", "Tomás Kiluanje"),
        ("ar", "وقال الوزير سالم المرزوقي: «سنفتح الطريق قبل نهاية السنة الجارية».", "سنفتح الطريق قبل نهاية السنة الجارية", "سالم المرزوقي"),
        ("ar", 'وأكد السيد سالم المرزوقي أن "الطريق سيفتح قبل نهاية السنة".', "الطريق سيفتح قبل نهاية السنة", "سالم المرزوقي"),
        ("ar", 'وقال المتحدث باسم الوزارة: "الطريق سيفتح قبل نهاية السنة".', "الطريق سيفتح قبل نهاية السنة", "المتحدث باسم الوزارة"),
    ],
)  # fmt: skip
def test_direct_speech_is_read_with_its_speaker(language: str, body: str, text: str, speaker: str) -> None:
    assert read(language, body) == [(text, speaker)]


@pytest.mark.parametrize(
    ("language", "body"),
    [
        ("fr", "Il a parlé d’une « feuille de route » et d’un « nouveau départ »."),
        ("fr", "Le projet « Un port pour tous les riverains » avance."),
        ("fr", "Le forum, placé sous le thème « Unir nos ports et nos hommes », s’est ouvert."),
        ("fr", 'Voir <a href="/une/deux/trois/quatre.html">ici</a>.'),
        ("fr", "Une « visite jamais close, dit la rumeur, sans fin."),
        ("en", 'The so-called "road to the sea" remains closed.'),
        ("en", "The ministers' talks and the drivers' strike went on all day."),
        ("es", "Habló de una “nueva etapa” con el país vecino."),
        ("pt", "Falou de uma “nova etapa” com o país vizinho."),
        ("ar", "تحدث عن «صفحة جديدة» مع البلد الجار."),
        ("zz", ""),
    ],
)
def test_words_in_marks_that_are_no_speech_are_left(language: str, body: str) -> None:
    assert read(language, body) == []


def test_two_parts_of_one_sentence_have_one_speaker() -> None:
    body = "« Le pont sera construit ici » et « la route suivra très vite », a promis Awa Sidibela."
    assert [speaker for _, speaker in read("fr", body)] == ["Awa Sidibela", "Awa Sidibela"]


@pytest.mark.parametrize(
    ("language", "body"),
    [
        (
            "fr",
            "La CRTV a diffusé la scène. « Nos deux pays avancent ensemble, et la route sera ouverte avant la pluie ».",
        ),
        ("en", "The Marelian brochure says: 'We will open the road long before the next rains.'"),
        ("fr", "Elle a écrit sur Courrier : « Nos deux pays avancent ensemble, et la route sera ouverte »."),
    ],
)
def test_a_paper_a_people_and_a_thing_are_no_speakers(language: str, body: str) -> None:
    assert [speaker for _, speaker in read(language, body)] == [None]


def test_a_place_is_no_speaker() -> None:
    body = "À Lomé, « le pont sera construit avant la saison des pluies, dit-on, et la route après lui »."
    assert read("fr", body)[0][1] is None


@given(st.text(alphabet="«»“”\"'’ \nabc.é", max_size=200))
def test_offsets_hold_whatever_the_marks(body: str) -> None:
    for quotation in find_quotations(Document(Article(language="fr", body=body))):
        assert body[quotation.start : quotation.end] == quotation.text
