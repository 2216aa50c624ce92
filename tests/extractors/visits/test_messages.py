"""Whose letter or message is delivered, in invented sentences."""

import pytest

from extractors.records import Article
from extractors.text import Span
from extractors.visits.document import Document
from extractors.visits.messages import find_message


def read(language: str, body: str) -> str | None:
    found = find_message(Document(Article(language=language, body=body)), [Span(0, len(body))])
    if found:
        assert body[found.start : found.end].endswith(found.value)
    return found.value if found else None


@pytest.mark.parametrize(
    ("language", "body", "sender"),
    [
        ("fr", "Il était porteur d’un message écrit du Président Kofi Ansabela à Sa Majesté le Roi.", "Kofi Ansabela"),
        ("fr", "L’émissaire a remis au chef de l’État une lettre du président de la Transition, le général Bakary Oulaba.", "Bakary Oulaba"),
        ("fr", "Il a transmis un message verbal de son homologue, Awa Sidibela, au Premier ministre.", "Awa Sidibela"),
        ("fr", "Il a reçu un message de son homologue, Awa Sidibela. La missive a été remise par le ministre Kofi Ansabela.", "Awa Sidibela"),
        ("pt", "Recebeu, quarta-feira, em Luanda, uma mensagem do seu homólogo, Nelson Britola.", "Nelson Britola"),
        ("fr", "Une lettre du président burundais a été remise en mains propres à son homologue.", "président burundais"),
        ("fr", "L’envoyé spécial du président Karim Zellouf est arrivé. Il est porteur d’un message.", "Karim Zellouf"),
        ("fr", "Elle a délivré un message d’amitié et de fraternité du Président de la République, Son Excellence Oumar Ndoyane.", "Oumar Ndoyane"),
        ("fr", "Le ministre a remis à Mme Awa Sidibela un pli fermé du Chef de l’État, M. Karim Zellouf.", "Karim Zellouf"),
        ("en", "The envoy delivered a special message from President Amina Torrow to her Kenyan counterpart.", "Amina Torrow"),
        ("en", "He handed over a letter from the President of the Transition, Colonel Adam Sawabo.", "Adam Sawabo"),
        ("en", "She conveyed a written message from His Majesty King Leopold Hendrik to the Emir.", "Leopold Hendrik"),
        ("en", "The President received a letter from Prime Minister John Kaleko on Monday.", "John Kaleko"),
        ("en", "The minister presented to the head of state, Amina Torrow, a message from his president, John Kaleko.", "John Kaleko"),
        ("es", "El enviado entregó un mensaje del presidente Julián Otamendi a su homóloga.", "Julián Otamendi"),
        ("es", "El ministro trasladó el saludo del pueblo y una carta de la presidenta Rosa Ampuero.", "Rosa Ampuero"),
        ("es", "El emisario es portador de una carta personal del rey Leopoldo Enrique.", "Leopoldo Enrique"),
        ("es", "Entregó a la canciller, Inés Robledo, una misiva de su homólogo, Tomás Undurraga.", "Tomás Undurraga"),
        ("pt", "O enviado entregou uma mensagem do Presidente Domingos Kapita ao seu homólogo.", "Domingos Kapita"),
        ("pt", "O ministro é portador de uma carta da Presidente Salma Mkwizu.", "Salma Mkwizu"),
        ("pt", "Entregou ontem ao Presidente, Faustin Mwamba, uma mensagem do seu homólogo, Domingos Kapita.", "Domingos Kapita"),
        ("ar", "وسلم المبعوث رسالة خطية من فخامة الرئيس سالم المرزوقي إلى جلالة الملك.", "سالم المرزوقي"),
        ("ar", "ونقل الوزير رسالة شفوية من أخيه الشيخ مشعل الناصري.", "مشعل الناصري"),
        ("ar", "وتسلم الرئيس رسالة من نظيره السيد محمود الطرابلسي خلال الاستقبال.", "محمود الطرابلسي"),
    ],
)  # fmt: skip
def test_the_sender_of_a_carried_message_is_read(language: str, body: str, sender: str) -> None:
    assert read(language, body) == sender


@pytest.mark.parametrize(
    ("language", "body"),
    [
        ("fr", "Le message du président est clair, estime la presse."),
        ("fr", "Il a présenté ses lettres de créance au président Karim Zellouf."),
        ("fr", "Il a remis une médaille au président Karim Zellouf."),
        ("en", "The message of the summit was clear to all."),
        ("en", "He presented his letters of credence to President Amina Torrow."),
        ("es", "El mensaje de la cumbre fue claro."),
        ("pt", "A mensagem da cimeira foi clara."),
        ("ar", "كانت رسالة القمة واضحة للجميع."),
    ],
)
def test_a_message_that_nobody_carries_is_none(language: str, body: str) -> None:
    assert read(language, body) is None
