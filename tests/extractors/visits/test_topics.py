"""What was discussed or signed, in invented sentences."""

import pytest
from sentence_rows import rows

from extractors import read_visits
from extractors.records import Article
from extractors.text import Span
from extractors.visits.document import Document
from extractors.visits.topics import find_topics


def read(language: str, body: str, headline: str | None = None) -> set[str]:
    document = Document(Article(language=language, body=body, headline=headline))
    found = find_topics(document, [Span(0, len(body))])
    assert all(0 <= f.start < f.end <= len(body) for f in found)
    return {f.value for f in found}


def read_of_visit(language: str, body: str) -> set[str]:
    """The topics of the first visit that the whole coder reads."""
    return set(read_visits(Article(language=language, body=body, published_on="2025-03-12")).visits[0].topics)


@pytest.mark.parametrize(
    ("language", "body", "topics"),
    [
        ("fr", "Les deux ministres ont évoqué la pêche artisanale et la lutte contre le terrorisme.", {"fisheries", "terrorism", "security"}),
        ("fr", "L’entretien a porté sur l’interconnexion électrique et la migration irrégulière.", {"energy", "migration"}),
        ("fr", "À l’ordre du jour figurent le transport ferroviaire et le commerce frontalier.", {"transport", "trade"}),
        ("fr", "Ils ont signé un accord sur la formation professionnelle.", {"training"}),
        ("fr", "Les discussions ont porté sur plusieurs secteurs, dont :\n\n- agriculture ;\n\n- énergie solaire.", {"agriculture", "energy"}),
        ("fr", "Le ministre de la Défense a évoqué avec son hôte la coopération dans le domaine de l’élevage.", {"agriculture"}),
        ("en", "The two ministers discussed energy and migration.", {"energy", "migration"}),
        ("en", "They signed an agreement on fisheries.", {"fisheries"}),
        ("en", "Defence cooperation was on the agenda of the talks.", {"defence"}),
        ("en", "The talks focused on trade, agriculture and tourism.", {"trade", "agriculture", "tourism"}),
        ("es", "Los ministros abordaron la energía y la migración.", {"energy", "migration"}),
        ("es", "Firmaron un convenio sobre pesca.", {"fisheries"}),
        ("es", "La reunión se centró en el comercio y el turismo.", {"trade", "tourism"}),
        ("pt", "Os ministros abordaram a energia e as pescas.", {"energy", "fisheries"}),
        ("pt", "Assinaram um acordo sobre turismo e agricultura.", {"tourism", "agriculture"}),
        ("pt", "Discutiram a formação e a mobilidade.", {"training", "migration"}),
        ("ar", "وبحث الوزيران التعاون في مجالات الطاقة والصيد البحري.", {"energy", "fisheries"}),
        ("ar", "وتناول اللقاء مكافحة الإرهاب والهجرة.", {"terrorism", "security", "migration"}),
        ("ar", "ووقعا اتفاقية في مجال السياحة.", {"tourism"}),
    ],
)  # fmt: skip
def test_what_was_discussed_is_told(language: str, body: str, topics: set[str]) -> None:
    assert read(language, body) >= topics


@pytest.mark.parametrize(
    ("language", "body", "untold"),
    [
        ("fr", "Il est arrivé. Il a été reçu. Ils ont évoqué le tourisme. Le ministre de l’Énergie et des Mines et celui des Sports étaient là.", {"energy"}),
        ("fr", "Ils ont évoqué le tourisme. Par ailleurs, un hôpital ouvrira ses portes en mars.", {"health"}),
        ("fr", "Ils ont évoqué le tourisme au siège du Conseil de sécurité.", {"security"}),
        ("en", "He arrived. He was received. They discussed tourism. The Minister of Energy and the Minister of Health were present.", {"energy", "health"}),
        ("en", "They discussed tourism. The airport reopened in 2011 after a long drought in agriculture.", {"agriculture"}),
        ("es", "Llegó ayer. Fue recibida. Abordaron el turismo. La ministra de Salud estuvo presente.", {"health"}),
        ("pt", "Chegou ontem. Foi recebido. Abordaram o turismo. O ministro da Saúde esteve presente.", {"health"}),
        ("ar", "وصل أمس. واستقبل اليوم. وبحثا السياحة. وحضر اللقاء وزير الصحة.", {"health"}),
    ],
)  # fmt: skip
def test_offices_of_others_and_background_are_no_topics(language: str, body: str, untold: set[str]) -> None:
    assert not read(language, body) & untold


@pytest.mark.parametrize(
    ("language", "body"),
    [
        ("fr", "Il a passé en revue un détachement de l'armée de terre avant d'entendre les hymnes."),
        ("fr", "L'entretien s'est déroulé en présence du ministre de la Défense et du conseiller à la sécurité."),
        ("fr", "Le président lui a souhaité bonne santé et a transmis ses vœux de paix."),
        ("en", "He inspected a guard of honour mounted by the army at the air force base."),
        ("en", "Also present were the Minister of Defence and the head of intelligence."),
        ("en", "He conveyed his best wishes for the good health of the King."),
        ("es", "El acto contó con la presencia del ministro de Defensa y de la ministra de Salud."),
        ("pt", "Assistiram ao encontro o ministro da Defesa e a ministra da Saúde."),
        ("ar", "وحضر اللقاء وزير الدفاع ورئيس جهاز المخابرات."),
        ("ar", "ونقل الوزير إلى الرئيس تحيات الملك وتمنياته له بموفور الصحة."),
    ],
)
def test_ceremony_company_and_good_wishes_are_no_topics(language: str, body: str) -> None:
    assert read(language, body) == set()


def test_what_was_discussed_is_told_behind_a_ceremony() -> None:
    body = "Après les hymnes et un dîner, les deux ministres ont évoqué la pêche et le tourisme."
    assert read("fr", body) == {"fisheries", "tourism"}


@pytest.mark.parametrize(
    ("language", "body", "topics"),
    [
        ("en", "PORT MORESBY — The Australian Foreign Minister, Fiona Kirkbride, met her counterpart in Port Moresby on Tuesday to discuss Pacific fisheries.", {"fisheries"}),
        ("es", "La canciller peruana, Rosa Paz Luna, conversó en La Paz con su par boliviano sobre turismo. Paz regresó a Lima.", {"tourism"}),
        ("fr", "Le ministre togolais du Commerce, Komlan Edoh, a eu des entretiens à Cotonou avec son homologue béninois.", set()),
    ],
)  # fmt: skip
def test_names_of_places_and_people_tell_no_topic(language: str, body: str, topics: set[str]) -> None:
    assert read_of_visit(language, body) == topics


def test_the_field_of_a_minister_in_the_opening_is_a_sign_of_what_he_came_for() -> None:
    assert read_of_visit("fr", "Le ministre malien de l'Energie, Bakary Oulaba, est arrivé mardi à Tunis.") == {
        "energy"
    }


@pytest.mark.parametrize(
    ("language", "body", "topics"),
    [
        ("fr", "L’entretien a porté sur la surveillance des thoniers et la sécurité maritime.", {"fisheries", "security"}),
        ("fr", "Ils ont évoqué la lutte contre le trafic de carburant et la délimitation maritime.", {"organised_crime", "other"}),
        ("fr", "Ils ont évoqué la réouverture de la frontière et la feuille de route du projet de barrage hydroélectrique.", {"security", "energy"}),
        ("fr", "Les discussions ont porté sur l’approvisionnement en eau potable et les équivalences des diplômes.", {"water", "higher_education"}),
        ("fr", "Ils ont signé un accord sur les industries de défense et un autre sur la sécurité sanitaire.", {"defence", "health"}),
        ("en", "They discussed maritime security, illegal fishing and the recognition of degrees.", {"security", "fisheries", "higher_education"}),
        ("en", "They signed a pact on joint patrols and one on civil nuclear cooperation.", {"defence", "security", "energy"}),
        ("es", "Abordaron la minería ilegal y el patrullaje conjunto.", {"organised_crime", "defence", "security"}),
        ("pt", "Discutiram a vigilância marítima e o combate à pesca ilegal.", {"security", "fisheries"}),
        ("ar", "وبحث الوزيران التعاون في مجال الصناعات الدفاعية وأمن الحدود.", {"defence", "security"}),
    ],
)  # fmt: skip
def test_the_longest_words_at_a_place_tell_the_topic(language: str, body: str, topics: set[str]) -> None:
    assert read(language, body) == topics


@pytest.mark.parametrize(
    ("language", "body"),
    [
        ("fr", "Ils ont passé en revue les relations bilatérales."),
        ("en", "They reviewed bilateral relations between the two countries."),
        ("es", "Repasaron las relaciones bilaterales."),
        ("pt", "Passaram em revista as relações bilaterais."),
        ("ar", "وبحثا العلاقات الثنائية."),
    ],
)
def test_relations_in_general_are_other(language: str, body: str) -> None:
    assert read(language, body) == {"other"}


def test_only_the_given_stretches_are_read() -> None:
    body = "Ils ont évoqué la pêche. Une autre visite a porté sur le tourisme et la santé."
    found = find_topics(Document(Article(language="fr", body=body)), [Span(0, 24)])
    assert {f.value for f in found} == {"fisheries"}


def test_nothing_is_read_without_a_stretch_or_a_language() -> None:
    body = "Ils ont évoqué la pêche."
    assert find_topics(Document(Article(language="fr", body=body)), []) == ()
    assert find_topics(Document(Article(language="xx", body=body)), [Span(0, 10)]) == ()


_DISCUSSED = {
    "fr": "Ils ont discuté {}.",
    "en": "They discussed {}.",
    "es": "Ambos hablaron {}.",
    "pt": "Ambos falaram {}.",
    "ar": "وبحث الجانبان {}.",
}


@pytest.mark.parametrize("language", _DISCUSSED)
def test_each_matter_has_its_topics(language: str) -> None:
    told = {matter: topics for (of, matter, topics), _ in rows("matters.txt", 3) if of == language}
    read_as = {matter: read(language, _DISCUSSED[language].format(matter)) for matter in told}
    assert read_as == {matter: set(topics.split()) for matter, topics in told.items()}
