"""Who travels along, in invented sentences."""

from collections.abc import Iterator

import pytest
from _pytest.mark import ParameterSet
from sentence_rows import rows

from extractors import read_visits
from extractors.records import Article
from extractors.text import Span
from extractors.visits.delegations import find_delegation
from extractors.visits.document import Document


def read(language: str, body: str) -> list[str]:
    found = find_delegation(Document(Article(language=language, body=body)), [Span(0, len(body))], ())
    assert all(body[f.start : f.end] == f.value for f in found)
    return [f.value for f in found]


@pytest.mark.parametrize(
    ("language", "body", "names"),
    [
        ("fr", "Il est accompagné du ministre de l’Énergie, M. Babacar Thiambo, et de Mme Awa Sidibela, ministre des Pêches.", ["Babacar Thiambo", "Awa Sidibela"]),
        ("fr", "Il conduit une délégation comprenant :\n\n- Mme Awa Sidibela, ministre des Pêches ;\n\n- M. Babacar Thiambo, ministre de l’Énergie.", ["Awa Sidibela", "Babacar Thiambo"]),
        ("fr", "Le général Amadou DAOUBA, ministre de la Sécurité, et Mme Fanta KONE DIALLO sont membres de la délégation.", ["Amadou DAOUBA", "Fanta KONE DIALLO"]),
        ("fr", "Le chef du gouvernement est accompagné du conseiller Seydou Bathibo.", ["Seydou Bathibo"]),
        ("fr", "Il conduit une délégation dont font partie la ministre Coumba Sagnabe et le ministre Aliou Diémane.", ["Coumba Sagnabe", "Aliou Diémane"]),
        ("fr", "Il est accompagné de son épouse, Mme Rokhaya Ndoyane, et du ministre Babacar Thiambo.", ["Babacar Thiambo"]),
        ("fr", "Il est accompagné de l’ambassadeur du Mali à Alger, M. Bakary Oulaba.", []),
        ("fr", "On note dans la délégation le ministre Babacar Thiambo et la sénatrice Awa Sidibela.", ["Babacar Thiambo", "Awa Sidibela"]),
        ("fr", "Le ministre du Plan, Babacar Thiambo, l’accompagne dans ce déplacement.", ["Babacar Thiambo"]),
        ("en", "The prime minister brought along Finance Minister Peter Oduyan and the police chief, Grace Lumba.", ["Peter Oduyan", "Grace Lumba"]),
        ("en", "Also on the flight were Finance Minister Peter Oduyan and the police chief, Grace Lumba.", ["Peter Oduyan", "Grace Lumba"]),
        ("es", "Se hizo acompañar por la senadora Ana Pazuela.", ["Ana Pazuela"]),
        ("en", "She is accompanied by Foreign Minister Abena Sarpongo, Trade Minister Kojo Hammonda and two bankers.", ["Abena Sarpongo", "Kojo Hammonda"]),
        ("en", "He leads a delegation including the Minister of Finance, Jean Rivetta, and the Attorney General, Yusuf Peerba.", ["Jean Rivetta", "Yusuf Peerba"]),
        ("en", "Her entourage includes the ministers of Trade, Mr Ebrahim Saliba, and Police, Mr Bongani Zwaneta.", ["Ebrahim Saliba", "Bongani Zwaneta"]),
        ("en", "He was accompanied by the Ambassador of Mali to Ghana, Mrs Pélagie Ouobata.", []),
        ("en", "He was accompanied by the First Lady, Mrs Salome Karanita.", []),
        ("en", "He is travelling with the Deputy Minister for Works, Asha Kimbeta.", ["Asha Kimbeta"]),
        ("en", "In the Kenyan team are Cabinet Secretaries Rose Olucha (Transport) and Davis Leleita (Energy).", ["Rose Olucha", "Davis Leleita"]),
        ("es", "Viajó acompañado por la ministra de Energía, Delfina Anchorel, y el viceministro Ezequiel Olazar.", ["Delfina Anchorel", "Ezequiel Olazar"]),
        ("es", "Integran la delegación belga el viceprimer ministro Dieter Maesen y la secretaria de Estado, Sophie Lambrel.", ["Dieter Maesen", "Sophie Lambrel"]),
        ("es", "Una comitiva integrada por los ministros Rosa Ampuel y Tomás Lyonel llegó a Lima.", ["Rosa Ampuel", "Tomás Lyonel"]),
        ("es", "Lo acompaña el embajador en Cuba, Nguyen Van Tracel.", []),
        ("es", "Acompañaron al huésped la viceministra de Agricultura, Hoang Thi Lienta, y el embajador en Cuba, Nguyen Van Tracel.", ["Hoang Thi Lienta"]),
        ("pt", "A delegação integra a governadora do Cunene, Helena Hamukota, e técnicos.", ["Helena Hamukota"]),
        ("pt", "Faz-se acompanhar da Primeira-Dama, Mutinta Sakalo, e dos ministros dos Transportes, Frank Siamuta, e do Comércio, Chipo Namona.", ["Frank Siamuta", "Chipo Namona"]),
        ("pt", "Viaja acompanhado pelo ministro da Educação, Duarte Lobato.", ["Duarte Lobato"]),
        ("ar", "ويضم الوفد المغربي وزيرة التجارة السيدة زينب الفاسية ووزير الصيد السيد المختار الطنجي.", ["زينب الفاسية", "المختار الطنجي"]),
        ("ar", "ويرافق الوزير مدير عام النقل مرتضى الساعدي.", ["مرتضى الساعدي"]),
    ],
)  # fmt: skip
def test_members_are_read_without_ambassadors_and_spouses(language: str, body: str, names: list[str]) -> None:
    assert read(language, body) == names


@pytest.mark.parametrize(
    ("language", "body"),
    [
        ("fr", "Il a été accueilli par M. Sidi Bneijarou, en présence du ministre Karim Zellouf."),
        ("fr", "La délégation a visité le port de Nouakchott et la ville de Rosso Nord."),
        (
            "fr",
            "Il a été accueilli par le Premier ministre, M. Moctar Zeyneta, qu’accompagnaient le wali et les notables.",
        ),
        ("en", "He was received by Prime Minister Justine Balikota."),
        ("es", "Fue recibido por la presidenta Rosa Ampuel."),
        ("pt", "Foi recebido pelo ministro Tomás Kiluanje."),
        ("ar", "وكان في استقباله الوزير الأول السيد سليم الجزيري."),
    ],
)
def test_who_receives_does_not_travel(language: str, body: str) -> None:
    assert read(language, body) == []


OPENINGS = {
    "fr": "Le président gabonais, Ghislain Ondo Mezui, est arrivé mercredi à N'Djamena pour une visite officielle au Tchad. Il a été reçu par son homologue tchadien, Idriss Kebzabo. ",
    "ar": "وصل الرئيس الغابوني، غيلان أوندو، اليوم الأربعاء إلى نجامينا في زيارة رسمية إلى تشاد. وقد استقبله نظيره التشادي إدريس كبزابو. ",
    "en": "Gabonese President Ghislain Ondo Mezui arrived in N'Djamena on Wednesday for an official visit to Chad. He was received by his Chadian counterpart, Idriss Kebzabo. ",
    "es": "El presidente gabonés, Ghislain Ondo Mezui, llegó el miércoles a Yamena para una visita oficial a Chad. Fue recibido por su homólogo chadiano, Idriss Kebzabo. ",
    "pt": "O Presidente gabonês, Ghislain Ondo Mezui, chegou quarta-feira a Ndjamena para uma visita oficial ao Chade. Foi recebido pelo seu homólogo chadiano, Idriss Kebzabo. ",
}


def _idioms() -> Iterator[ParameterSet]:
    for fields, marks in rows("delegations.txt", 3):
        yield pytest.param(*fields, marks=marks, id=f"{fields[0]}-{fields[2][:50]}")


@pytest.mark.parametrize(("language", "members", "sentence"), _idioms())
def test_members_of_the_guests_delegation_are_told_in_many_idioms(language: str, members: str, sentence: str) -> None:
    body = OPENINGS[language] + sentence
    visit, *_ = read_visits(Article(body=body, language=language, published_on="2025-03-12")).visits
    assert sorted(visit.delegation) == ([] if members == "-" else sorted(members.split("+")))
