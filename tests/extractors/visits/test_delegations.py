"""Who travels along, in invented sentences."""

import pytest

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
