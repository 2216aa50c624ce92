"""What came of a visit, in invented sentences."""

import pytest

from extractors.records import Article
from extractors.text import Span
from extractors.visits.document import Document
from extractors.visits.outcomes import find_outcomes


def read(language: str, body: str, status: str = "concluded") -> set[str]:
    document = Document(Article(language=language, body=body, published_on="2024-05-06"))
    return {f.value for f in find_outcomes(document, [Span(0, len(body))], status=status)}  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("language", "body", "outcomes"),
    [
        ("fr", "Les deux parties ont signé un accord de pêche.", {"agreement_signed"}),
        ("fr", "Ils ont signé un mémorandum d’entente sur la santé.", {"mou_signed"}),
        ("fr", "Un communiqué conjoint a été publié au terme du séjour.", {"joint_communique"}),
        ("fr", "Il a invité son homologue à se rendre à Tunis.", {"invitation_extended"}),
        ("fr", "Il a remis un message du président Karim Zellouf à son hôte.", {"message_delivered"}),
        ("fr", "Ils ont installé un comité technique chargé du suivi.", {"committee_created"}),
        ("fr", "Ils sont convenus de créer une commission mixte.", {"committee_created"}),
        ("en", "They signed an agreement on fisheries.", {"agreement_signed"}),
        ("en", "They signed a memorandum of understanding on health.", {"mou_signed"}),
        ("en", "A joint communique was issued on Friday.", {"joint_communique"}),
        ("en", "He invited his counterpart to visit Nairobi.", {"invitation_extended"}),
        ("en", "She delivered a message from President Amina Torrow.", {"message_delivered"}),
        ("en", "The two sides agreed to form a joint technical committee that will meet next month.", {"committee_created"}),
        ("es", "Firmaron un acuerdo de pesca.", {"agreement_signed"}),
        ("es", "Suscribieron un memorándum de entendimiento.", {"mou_signed"}),
        ("es", "Entregó una invitación para asistir a la cumbre de Quito.", {"invitation_extended"}),
        ("es", "Emitieron una declaración conjunta.", {"joint_communique"}),
        ("pt", "Assinaram um acordo de pescas.", {"agreement_signed"}),
        ("pt", "Convidou o homólogo para visitar Luanda.", {"invitation_extended"}),
        ("pt", "Foi divulgado um comunicado conjunto.", {"joint_communique"}),
        ("ar", "ووقع الوزيران اتفاقية في مجال الصحة.", {"agreement_signed"}),
        ("ar", "ووقع الوزيران مذكرة تفاهم في مجال النقل.", {"mou_signed"}),
        ("ar", "ووجه الوزير دعوة إلى نظيره لزيارة الرباط.", {"invitation_extended"}),
        ("ar", "واتفقا على تشكيل لجنة فنية مشتركة.", {"committee_created"}),
        ("ar", "وصدر بيان مشترك في ختام الزيارة.", {"joint_communique"}),
    ],
)  # fmt: skip
def test_what_happened_is_told(language: str, body: str, outcomes: set[str]) -> None:
    assert read(language, body) == outcomes


@pytest.mark.parametrize(
    ("language", "body"),
    [
        ("fr", "Un communiqué conjoint sera rendu public à l’issue de la visite."),
        ("fr", "Il est arrivé à l’invitation de son homologue."),
        ("fr", "Un accord sera signé demain."),
        ("en", "A joint communique will be issued on Friday."),
        ("en", "He came at the invitation of his counterpart."),
        ("es", "Viajó por invitación de su homólogo."),
        ("pt", "Viajou a convite do homólogo."),
        ("ar", "ويقوم بزيارة بدعوة من نظيره."),
    ],
)
def test_what_is_to_come_is_no_outcome(language: str, body: str) -> None:
    assert read(language, body) == set()


@pytest.mark.parametrize("status", ["announced", "postponed", "cancelled"])
def test_a_visit_that_has_not_begun_has_no_outcome(status: str) -> None:
    assert read("fr", "Ils ont signé un accord de pêche.", status) == set()


def test_a_text_that_is_the_communique_tells_so_in_its_headline() -> None:
    article = Article(
        language="en", headline="Joint Statement on the visit of the Prime Minister", body="He paid a visit."
    )
    found = find_outcomes(Document(article), [Span(0, 16)], status="concluded")
    assert [(f.value, f.start, f.end) for f in found] == [("joint_communique", 0, 16)]
