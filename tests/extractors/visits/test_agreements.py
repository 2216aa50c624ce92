"""Agreements as printed and their status, in invented sentences."""

import pytest

from extractors.records import Article, Status
from extractors.text import Span
from extractors.visits.agreements import find_agreements
from extractors.visits.document import Document


def read(language: str, body: str) -> list[tuple[str, str]]:
    document = Document(Article(language=language, body=body, published_on="2024-05-06"))
    found = find_agreements(document, [Span(0, len(body))])
    assert all(body[f.start : f.end] == f.value.text for f in found)
    return [(f.value.text, f.value.status) for f in found]


@pytest.mark.parametrize(
    ("language", "body", "text", "status"),
    [
        ("fr", "Les deux parties ont signé un accord de pêche.", "un accord de pêche", "signed"),
        ("fr", "Trois accords portant sur la santé, le sport et la pêche ont été signés.", "Trois accords portant sur la santé, le sport et la pêche", "signed"),
        ("fr", "Un accord sur la pêche, a indiqué le ministre, a été signé.", "Un accord sur la pêche", "signed"),
        ("fr", "Un avenant à la convention de 2011 a été paraphé.", "Un avenant à la convention de 2011", "signed"),
        ("en", "They signed agreements on energy, mining and tourism.", "agreements on energy, mining and tourism", "signed"),
        ("es", "Está prevista la firma de acuerdos en las áreas de logística, moda y propiedad intelectual.", "acuerdos en las áreas de logística, moda y propiedad intelectual", "planned"),
        ("es", "Firmaron una adenda al contrato de gas.", "una adenda al contrato de gas", "signed"),
        ("pt", "Para hoje está prevista a assinatura de acordos nas áreas da saúde, ensino técnico e desporto.", "acordos nas áreas da saúde, ensino técnico e desporto", "planned"),
        ("ar", "وانتهت الزيارة على أن توقع اتفاقية للنقل البري في وقت لاحق.", "اتفاقية للنقل البري", "planned"),
        ("fr", "Six accords ont été signés au terme de la visite.", "Six accords", "signed"),
        ("fr", "Ils ont assisté à la signature d’un mémorandum d’entente sur le transport routier.", "un mémorandum d’entente sur le transport routier", "signed"),
        ("fr", "Un accord relatif à l’exemption de visa a été signé.", "Un accord relatif à l’exemption de visa", "signed"),
        ("fr", "Plusieurs accords devront être signés jeudi.", "Plusieurs accords", "planned"),
        ("fr", "La visite s’achèvera par la signature d’un protocole sur la santé.", "un protocole sur la santé", "planned"),
        ("fr", "Un projet de protocole sur la contrebande figure parmi les textes à parapher.", "Un projet de protocole sur la contrebande", "planned"),
        ("fr", "Elles ont salué la mise en œuvre de l’accord de réadmission conclu en 2014.", "accord de réadmission", "referenced"),
        ("fr", "Un accord-cadre de coopération militaire lie les deux pays depuis 2019.", "Un accord-cadre de coopération militaire", "referenced"),
        ("fr", "Un protocole d'accord sur l'élevage a été signé à cette occasion.", "Un protocole d'accord sur l'élevage", "signed"),
        ("fr", "Les deux ministres se sont mis d'accord sur la pêche et ont signé deux protocoles d'accord.", "deux protocoles d'accord", "signed"),
        ("fr", "Un projet d'accord sur la pêche a été signé.", "Un projet d'accord sur la pêche", "planned"),
        ("fr", "La visite s'est soldée par un accord sur le corridor Douala-N'Djamena.", "un accord sur le corridor Douala-N'Djamena", "signed"),
        ("en", "The visit yielded an agreement on the export of beef.", "an agreement on the export of beef", "signed"),
        ("en", "They signed three deals with Zambia.", "three deals with Zambia", "signed"),
        ("es", "Firmaron un acuerdo con México sobre vacunas.", "un acuerdo con México sobre vacunas", "signed"),
        ("es", "La visita produjo un acuerdo de pesca.", "un acuerdo de pesca", "signed"),
        ("pt", "Assinaram um acordo com Angola sobre pescas.", "um acordo com Angola sobre pescas", "signed"),
        ("pt", "A visita resultou num acordo de pescas.", "acordo de pescas", "signed"),
        ("en", "The two sides signed a memorandum of understanding on health.", "a memorandum of understanding on health", "signed"),
        ("en", "Three agreements were signed on Tuesday.", "Three agreements", "signed"),
        ("en", "They witnessed the signing of an agreement on air services.", "an agreement on air services", "signed"),
        ("en", "Seven agreements are expected to be signed.", "Seven agreements", "planned"),
        ("en", "An agreement on tourism will be signed today.", "An agreement on tourism", "planned"),
        ("en", "A memorandum of understanding on shipping, signed in July 2019, was discussed.", "A memorandum of understanding on shipping", "referenced"),
        ("es", "Ambos firmaron un convenio para evitar la doble imposición.", "un convenio para evitar la doble imposición", "signed"),
        ("es", "Suscribieron un memorándum de entendimiento sobre salud.", "un memorándum de entendimiento sobre salud", "signed"),
        ("es", "Se prevé la firma de un acuerdo de pesca.", "un acuerdo de pesca", "planned"),
        ("pt", "Os dois assinaram um acordo de cooperação técnica.", "um acordo de cooperação técnica", "signed"),
        ("pt", "Está prevista a assinatura de doze instrumentos.", "doze instrumentos", "planned"),
        ("pt", "Foi assinado um memorando para a formação de fuzileiros.", "um memorando para a formação de fuzileiros", "signed"),
        ("ar", "ووقع الوزيران اتفاقية في مجال الصحة.", "اتفاقية في مجال الصحة", "signed"),
        ("ar", "وتم التوقيع على مذكرة تفاهم في مجال النقل.", "مذكرة تفاهم في مجال النقل", "signed"),
        ("ar", "وينتظر التوقيع على عدد من الاتفاقيات.", "عدد من الاتفاقيات", "planned"),
        ("fr", "Ils ont rappelé la mise en œuvre de l'accord d'Alger.", "accord d'Alger", "referenced"),
        ("fr", "La visite a été couronnée par un accord de jumelage entre Sfax et Bari.", "un accord de jumelage entre Sfax et Bari", "signed"),
        ("fr", "Nous avons noté la signature, ce jour, d'une convention fiscale.", "une convention fiscale", "signed"),
        ("fr", "Un accord sur les semences était également au programme.", "Un accord sur les semences", "planned"),
        ("en", "The visit yielded a double taxation avoidance agreement.", "a double taxation avoidance agreement", "signed"),
        ("en", "The ministers signed a $300 million loan agreement for the highway.", "a $300 million loan agreement for the highway", "signed"),
        ("en", "The ministers adopted a joint action plan on wildlife.", "a joint action plan on wildlife", "signed"),
        ("en", "They called for early finalisation of the transit trade agreement.", "the transit trade agreement", "planned"),
        ("es", "Se prevé que los ministros suscriban un convenio de extradición.", "un convenio de extradición", "planned"),
        ("es", "Las delegaciones aprobaron un plan de acción sobre cuencas.", "un plan de acción sobre cuencas", "signed"),
        ("es", "En 2016 los dos países habían firmado un memorándum de defensa.", "un memorándum de defensa", "referenced"),
        ("pt", "Prevê-se a assinatura de um protocolo de cooperação na saúde.", "um protocolo de cooperação na saúde", "planned"),
        ("pt", "Foram assinados dez atos em áreas como saúde e defesa.", "dez atos", "signed"),
        ("ar", "تم التوقيع على برنامج تنفيذي للتعاون الثقافي.", "برنامج تنفيذي للتعاون الثقافي", "signed"),
        ("ar", "شهد الوزيران توقيع عقد لتوريد الحبوب.", "عقد لتوريد الحبوب", "signed"),
    ],
)  # fmt: skip
def test_an_agreement_is_read_with_its_status(language: str, body: str, text: str, status: str) -> None:
    assert read(language, body) == [(text, status)]


@pytest.mark.parametrize(
    ("language", "body"),
    [
        ("fr", "Ils sont d’accord pour signer bientôt."),
        ("fr", "Un communiqué conjoint a été signé."),
        ("fr", "Les deux hommes sont tombés d'accord avant de signer."),
        ("fr", "Aucun document n’a été signé."),
        ("fr", "Cet accord a été signé en grande pompe."),
        ("en", "No agreement was signed."),
        ("en", "This agreement was signed with pomp."),
        ("es", "Están de acuerdo en firmar pronto."),
        ("es", "No se firmó ningún acuerdo."),
        ("pt", "Estão de acordo em assinar em breve."),
        ("pt", "Nenhum acordo foi assinado."),
        ("pt", "Ela procura novos negócios e acordos em ciência."),
        ("es", "En los últimos años se habló de acuerdos de intercambio fiscal."),
        ("fr", "Les accords de pêche, en revanche, ne sont pas à l'ordre du jour."),
    ],
)
def test_what_only_sounds_like_an_agreement_is_none(language: str, body: str) -> None:
    assert read(language, body) == []


def test_an_agreement_told_twice_is_one() -> None:
    body = (
        "Ils ont signé un accord de pêche. Cet accord de pêche a été signé lundi. De nouveaux accords ont été signés."
    )
    assert read("fr", body) == [("un accord de pêche", "signed")]


def test_each_of_a_list_is_told() -> None:
    body = "Ils ont signé un accord de pêche, un mémorandum d’entente sur la santé et une convention de transport."
    assert [text for text, _ in read("fr", body)] == [
        "un accord de pêche",
        "un mémorandum d’entente sur la santé",
        "une convention de transport",
    ]


@pytest.mark.parametrize(
    ("language", "body", "texts"),
    [
        ("fr", "Deux textes ont été signés : une convention fiscale et un accord de pêche.", ["une convention fiscale", "un accord de pêche"]),
        ("fr", "Plusieurs conventions ont été signées, dont un accord de pêche.", ["un accord de pêche"]),
        ("pt", "Foram assinados doze acordos, entre os quais um protocolo de pescas.", ["doze acordos", "um protocolo de pescas"]),
    ],
)  # fmt: skip
def test_a_count_is_told_beside_what_was_counted_only_where_it_gives_a_number(
    language: str, body: str, texts: list[str]
) -> None:
    assert [text for text, _ in read(language, body)] == texts


def test_the_lines_of_a_list_have_the_status_of_its_opening() -> None:
    body = "The following documents were signed:\n\n(i) Agreement on extradition;\n\n(ii) Memorandum of Understanding on textiles."
    assert read("en", body)[-2:] == [
        ("Agreement on extradition", "signed"),
        ("Memorandum of Understanding on textiles", "signed"),
    ]


@pytest.mark.parametrize(
    ("language", "opening", "items"),
    [
        ("en", "The following documents were signed:", ["Agreement on air services", "MoU on health"]),
        ("en", "List of documents signed during the visit", ["Agreement on air services", "MoU on health"]),
        (
            "fr",
            "Les textes suivants ont été signés :",
            ["Accord sur le transport aérien", "Mémorandum d'entente sur la santé"],
        ),
        (
            "es",
            "Se firmaron los siguientes instrumentos:",
            ["Acuerdo sobre pesca", "Memorando de entendimiento sobre salud"],
        ),
        (
            "pt",
            "Foram assinados os seguintes instrumentos:",
            ["Acordo sobre pescas", "Memorando de entendimento sobre saúde"],
        ),
        ("ar", "وتم التوقيع على الوثائق التالية:", ["اتفاقية حول النقل الجوي", "مذكرة تفاهم في مجال الصحة"]),
    ],
)
def test_a_list_whose_marks_the_page_does_not_print_is_told_by_its_opening(
    language: str, opening: str, items: list[str]
) -> None:
    body = "\n\n".join([opening, items[0], "Cooperation, patents", items[1]])
    assert read(language, body) == [(item, "signed") for item in items]


@pytest.mark.parametrize(
    ("language", "body", "told"),
    [
        ("en", "They signed a five-year defence agreement that replaces the one that lapsed last year.", "signed"),
        ("fr", "Ils ont signé un accord de défense qui remplace celui de 2019.", "signed"),
        ("en", "Officials said a deal on the extension of the oil pipeline was not ready.", "planned"),
        ("fr", "Ils ont signé un accord sur la mise en œuvre du plan.", "signed"),
        ("en", "He will fly to Suva to mark the anniversary and sign a landmark mutual defence treaty.", "planned"),
        ("en", "They attended the exchange of a financing agreement worth 120 million euros.", "signed"),
        ("en", "The two signed a Statement of Partnership for 2026-2030.", "signed"),
    ],
)
def test_what_an_agreement_is_about_tells_nothing_of_its_status(language: str, body: str, told: str) -> None:
    assert [status for _, status in read(language, body)] == [told]


def test_a_number_with_a_point_ends_no_agreement() -> None:
    body = "Firmaron un memorándum de inversiones por 4.700 millones de euros."
    assert read("es", body) == [("un memorándum de inversiones por 4.700 millones de euros", "signed")]


@pytest.mark.parametrize("status", ["announced", "postponed", "cancelled"])
def test_a_visit_that_has_not_begun_has_signed_nothing(status: Status) -> None:
    body = "A agenda inclui encontros com o primeiro-ministro e a assinatura de um acordo sobre pescas."
    document = Document(Article(body=body, language="pt"))
    spans = [Span(0, len(body))]
    assert [f.value.status for f in find_agreements(document, spans)] == ["signed"]
    assert [f.value.status for f in find_agreements(document, spans, status=status)] == ["planned"]


def test_a_ceremony_of_signing_acts_names_no_agreement() -> None:
    body = (
        "Houve cerimônia de assinatura de atos e de almoço. Foram firmados memorandos de entendimento sobre pastagens."
    )
    assert read("pt", body) == [("memorandos de entendimento sobre pastagens", "signed")]
