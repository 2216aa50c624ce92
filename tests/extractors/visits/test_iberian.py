"""Offices, names and visits in invented Spanish and Portuguese sentences: marked objects, inversion, clitics, contractions."""

import pytest

from extractors import Article, read_visits
from extractors.visits.document import Document
from extractors.visits.lexicon import load_lexicon
from extractors.visits.people import find_mentions
from extractors.visits.scene import Scene


def scene_of(text: str, language: str) -> Scene:
    lexicon = load_lexicon(language)
    assert lexicon is not None
    return Scene(Document(Article(body=text, language=language)), lexicon)


@pytest.mark.parametrize(
    ("language", "text", "office", "name", "country"),
    [
        ("es", "El ministro de Asuntos Exteriores, Unión Europea y Cooperación, Íñigo Berzal, viajó", "foreign_minister", "Íñigo Berzal", None),
        ("es", "El canciller paraguayo, Ramiro Ayala Vera, dijo", "foreign_minister", "Ramiro Ayala Vera", "PRY"),
        ("es", "El canciller alemán, Jürgen Wohlert, dijo", "head_of_government", "Jürgen Wohlert", "DEU"),
        ("es", "La presidenta de la República de Chile, Nora Subelza, dijo", "head_of_state", "Nora Subelza", "CHL"),
        ("es", "El presidente del Gobierno español, Marcos Arribas, dijo", "head_of_government", "Marcos Arribas", "ESP"),
        ("es", "El mandatario boliviano Wilmer Quispe Rada dijo", "head_of_state", "Wilmer Quispe Rada", "BOL"),
        ("es", "El secretario de Estado estadounidense, Warren Ashby, dijo", "foreign_minister", "Warren Ashby", "USA"),
        ("es", "El secretario de Estado de Comercio, Marcos Arribas, dijo", "deputy_minister", "Marcos Arribas", None),
        ("es", "El secretario de Relaciones Exteriores de México, Abel Camarena, dijo", "foreign_minister", "Abel Camarena", "MEX"),
        ("es", "El presidente de la Asamblea Nacional de Ecuador, Abel Camarena, dijo", "speaker_of_parliament", "Abel Camarena", "ECU"),
        ("es", "El ministro del Poder Popular para Relaciones Exteriores, Abel Camarena, dijo", "foreign_minister", "Abel Camarena", None),
        ("es", "La titular española de Defensa, Nora Subelza, dijo", "minister", "Nora Subelza", "ESP"),
        ("es", "El expresidente uruguayo Abel Camarena dijo", "former", "Abel Camarena", "URY"),
        ("es", "El jefe del Estado Mayor de la Defensa, almirante general Abel Camarena, dijo", "military", "Abel Camarena", None),
        ("es", "La vicepresidenta de Colombia, Nora Subelza, dijo", "other", "Nora Subelza", "COL"),
        ("es", "El viceministro de Relaciones Exteriores, Abel Camarena, dijo", "deputy_minister", "Abel Camarena", None),
        ("es", "El presidente provisional de Haití, Maxime Desgranges, dijo", "head_of_state", "Maxime Desgranges", "HTI"),
        ("pt", "O ministro dos Negócios Estrangeiros, Cooperação e Comunidades, Abel Furtado, disse", "foreign_minister", "Abel Furtado", None),
        ("pt", "A ministra das Relações Exteriores de Angola, Nair Kapunda, disse", "foreign_minister", "Nair Kapunda", "AGO"),
        ("pt", "O Primeiro-Ministro português, Abel Furtado, disse", "head_of_government", "Abel Furtado", "PRT"),
        ("pt", "O Presidente da República de Moçambique, Abel Furtado, disse", "head_of_state", "Abel Furtado", "MOZ"),
        ("pt", "O presidente da Assembleia Nacional de Cabo Verde, Abel Furtado, disse", "speaker_of_parliament", "Abel Furtado", "CPV"),
        ("pt", "A secretária de Estado da Cooperação, Nair Kapunda, disse", "deputy_minister", "Nair Kapunda", None),
        ("pt", "O chefe da diplomacia brasileira, Abel Furtado, disse", "foreign_minister", "Abel Furtado", "BRA"),
        ("pt", "O vice-presidente da República de Angola, Abel Furtado, disse", "other", "Abel Furtado", "AGO"),
        ("pt", "O ministro da Defesa Nacional e dos Antigos Combatentes, Abel Furtado, disse", "minister", "Abel Furtado", None),
        ("pt", "O chanceler alemão, Jürgen Wohlert, disse", "head_of_government", "Jürgen Wohlert", "DEU"),
        ("pt", "O ministro das Pescas Artesanais, Abel Furtado Brito, disse", "minister", "Abel Furtado Brito", None),
        ("pt", "O ex-Presidente da Namíbia, Abel Furtado, disse", "former", "Abel Furtado", "NAM"),
        ("pt", "O Chefe do Estado-Maior General das Forças Armadas, general Abel Furtado, disse", "military", "Abel Furtado", None),
    ],
)  # fmt: skip
def test_an_office_is_read_with_its_name(language: str, text: str, office: str, name: str, country: str | None) -> None:
    mention = find_mentions(scene_of(text, language))[0]
    assert (mention.office, mention.name, mention.country) == (office, name, country)


@pytest.mark.parametrize(
    ("body", "visitor", "host"),
    [
        ("El presidente de Bolivia, Wilmer Quispe Rada, llegó este lunes a Asunción para una visita oficial de dos días.", "BOL", "PRY"),
        ("El canciller paraguayo, Ramiro Ayala Vera, realizará una visita de trabajo a Montevideo el próximo jueves.", "PRY", "URY"),
        ("Llegó a Lima el presidente de Chile, Abel Camarena, en visita de Estado.", "CHL", "PER"),
        ("La visita del canciller paraguayo, Ramiro Ayala Vera, a Bogotá comenzó este martes.", "PRY", "COL"),
        ("Recibió el presidente cubano, Evelio Rodanes, al ministro de Defensa de Angola, Abel Furtado, en La Habana.", "AGO", "CUB"),
        ("El presidente cubano, Evelio Rodanes, recibió este martes en La Habana al ministro de Defensa de Angola, Abel Furtado.", "AGO", "CUB"),
        ("El ministro de Defensa de Angola, Abel Furtado, fue recibido en La Habana por el presidente cubano, Evelio Rodanes.", "AGO", "CUB"),
        ("La ministra de Relaciones Exteriores de Colombia, Nora Subelza, se reunió en Quito con su homólogo ecuatoriano, Abel Camarena.", "COL", "ECU"),
        ("El rey de Bélgica aterrizó anoche en Lima en visita de Estado al Perú.", "BEL", "PER"),
        ("El presidente del Gobierno español, Marcos Arribas, viajará a Rabat el 3 de junio.", "ESP", "MAR"),
        ("El presidente del Gobierno español, Marcos Arribas, visita este jueves Rabat.", "ESP", "MAR"),
        ("El primer ministro de Guinea-Bisáu, Abel Furtado, se encuentra de visita oficial en Malabo.", "GNB", "GNQ"),
        ("Una delegación encabezada por el presidente chileno, Abel Camarena, arribó hoy a Lima.", "CHL", "PER"),
        ("Por invitación del presidente argentino, Abel Camarena, el mandatario paraguayo, Ramiro Ayala, inició una visita oficial a Buenos Aires.", "PRY", "ARG"),
        ("El canciller de Namibia, Abel Kandjii, concluyó una visita oficial a Cuba.", "NAM", "CUB"),
        ("El canciller de Namibia, Abel Kandjii, abandonó La Habana tras una visita de tres días.", "NAM", "CUB"),
        ("Tras visitar Argel, el ministro español de Exteriores, Marcos Arribas, ofreció una rueda de prensa.", "ESP", "DZA"),
        ("El presidente de Francia, Armel Kersaudy, viaja a Madrid. Lo recibe en La Moncloa el presidente del Gobierno, Marcos Arribas.", "FRA", "ESP"),
        ("El presidente uruguayo, Abel Camarena, postergó su visita a Brasil prevista para el lunes.", "URY", "BRA"),
        ("La vicepresidenta colombiana, Nora Subelza, efectúa una gira por Angola y Kenia.", "COL", "AGO"),
        ("El ministro de Exteriores marroquí, Idriss Hamdani, mantuvo en Madrid un encuentro con su homólogo español, Marcos Arribas.", "MAR", "ESP"),
        ("El emir de Catar realiza desde ayer una visita de Estado a España.", "QAT", "ESP"),
        ("El presidente de Bolivia, Wilmer Quispe Rada, partió este domingo hacia Caracas, donde se reunirá con su par venezolano.", "BOL", "VEN"),
        ("El canciller ruso, Piotr Gavrilin, cumple una visita oficial en Managua.", "RUS", "NIC"),
    ],
)  # fmt: skip
def test_who_travels_and_who_receives_in_spanish(body: str, visitor: str, host: str) -> None:
    coding = read_visits(Article(body=body, language="es", published_on="2025-05-12"))
    assert [(v.visitor_country, v.host_country) for v in coding.visits][:1] == [(visitor, host)]


@pytest.mark.parametrize(
    ("body", "visitor", "host"),
    [
        ("O Presidente da Zâmbia, Abel Mulenga, chegou esta segunda-feira a Luanda para uma visita oficial de dois dias.", "ZMB", "AGO"),
        ("O ministro dos Negócios Estrangeiros português, Abel Furtado, desloca-se a Maputo na próxima semana.", "PRT", "MOZ"),
        ("Chegou a Bissau o Presidente de Cabo Verde, Abel Furtado, em visita de Estado.", "CPV", "GNB"),
        ("A visita do chanceler brasileiro, Abel Furtado, a Angola começou na terça-feira.", "BRA", "AGO"),
        ("O Presidente angolano, Domingos Kapunda, recebeu ontem em Luanda a ministra da Defesa da Namíbia, Nair Shikongo.", "NAM", "AGO"),
        ("A ministra da Defesa da Namíbia, Nair Shikongo, foi recebida em Luanda pelo Presidente angolano, Domingos Kapunda.", "NAM", "AGO"),
        ("O ministro das Relações Exteriores de Angola, Abel Furtado, reuniu-se em Pretória com a sua homóloga sul-africana, Nair Dlamini.", "AGO", "ZAF"),
        ("O primeiro-ministro de São Tomé e Príncipe, Abel Furtado, efectua desde quinta-feira uma visita de trabalho a Portugal.", "STP", "PRT"),
        ("A convite do seu homólogo moçambicano, o Presidente do Quénia, Abel Kiptanu, realiza uma visita de Estado a Moçambique.", "KEN", "MOZ"),
        ("O primeiro-ministro português, Abel Furtado, visita a Argélia na quarta-feira.", "PRT", "DZA"),
        ("Uma delegação chefiada pelo ministro da Agricultura do Brasil, Abel Furtado, encontra-se em Dacar.", "BRA", "SEN"),
        ("O chefe da diplomacia francesa, Armel Kersaudy, deixou Brasília após uma visita de dois dias.", "FRA", "BRA"),
        ("O Presidente de Timor-Leste, Abel Furtado, cancelou a visita à Guiné-Bissau.", "TLS", "GNB"),
        ("O Presidente cabo-verdiano, Abel Furtado, termina hoje a visita oficial a Luanda.", "CPV", "AGO"),
        ("O Presidente angolano, Domingos Kapunda, seguiu domingo para Kinshasa, onde vai ser recebido pelo homólogo congolês.", "AGO", "COD"),
        ("O enviado especial do Presidente ruandês foi recebido em Luanda pelo Presidente angolano, Domingos Kapunda.", "RWA", "AGO"),
        ("O ministro da Defesa de Portugal, Abel Furtado, encontra-se de visita a São Tomé e Príncipe.", "PRT", "STP"),
        ("A presidente da Assembleia da República de Moçambique, Nair Machava, manteve em Lisboa um encontro com o seu homólogo português.", "MOZ", "PRT"),
    ],
)  # fmt: skip
def test_who_travels_and_who_receives_in_portuguese(body: str, visitor: str, host: str) -> None:
    coding = read_visits(Article(body=body, language="pt", published_on="2025-05-12"))
    assert [(v.visitor_country, v.host_country) for v in coding.visits][:1] == [(visitor, host)]


@pytest.mark.parametrize(
    ("language", "body"),
    [
        ("es", "El presidente cubano, Evelio Rodanes, conversó por teléfono con el presidente de Angola, Abel Furtado."),
        ("es", "GINEBRA - El canciller de Colombia, Abel Camarena, se reunió en Ginebra con el canciller del Perú, Ramiro Ayala."),
        ("es", "El presidente argentino, Abel Camarena, invitó a su homólogo paraguayo, Ramiro Ayala, a visitar Buenos Aires."),
        ("es", "El embajador de Ghana en Cuba, Abel Mensah, presentó sus cartas credenciales en La Habana."),
        ("es", "El expresidente de Bolivia Wilmer Quispe llegó este lunes a Asunción en visita privada."),
        ("es", "La cancillería desmintió que el presidente peruano, Abel Camarena, vaya a realizar una visita a Bolivia."),
        ("es", "El gobernador de Jalisco, Abel Camarena, inició una visita de trabajo a Texas."),
        ("es", "El presidente de Bolivia, Wilmer Quispe Rada, realizó una visita de trabajo al departamento de Beni, en Bolivia."),
        ("pt", "O Presidente angolano, Domingos Kapunda, falou ao telefone com o Presidente da Namíbia, Abel Shikongo."),
        ("pt", "GENEBRA - O chanceler do Brasil, Abel Furtado, reuniu-se em Genebra com a chanceler da Colômbia, Nora Subelza."),
        ("pt", "O Presidente angolano, Domingos Kapunda, convidou o seu homólogo zambiano, Abel Mulenga, a visitar Angola."),
        ("pt", "O embaixador do Gana em Angola, Abel Mensah, apresentou as cartas credenciais em Luanda."),
        ("pt", "O ex-Presidente da Zâmbia Abel Mulenga chegou a Luanda em visita privada."),
        ("pt", "O presidente da Câmara Municipal de Lisboa, Abel Furtado, iniciou uma visita a Luanda."),
        ("pt", "O Presidente angolano, Domingos Kapunda, iniciou uma visita de trabalho à província do Huambo, em Angola."),
    ],
)  # fmt: skip
def test_what_is_no_visit(language: str, body: str) -> None:
    assert read_visits(Article(body=body, language=language, published_on="2025-05-12")).visits == ()


@pytest.mark.parametrize(
    ("language", "body", "status", "kind"),
    [
        ("es", "El presidente de Chile, Abel Camarena, viajará el 20 de mayo a Lima en visita de Estado.", "announced", "state"),
        ("es", "El presidente de Chile, Abel Camarena, prevé realizar una visita oficial a Lima en junio.", "announced", "official"),
        ("es", "El presidente de Chile, Abel Camarena, llegó este lunes a Lima en visita de trabajo.", "under_way", "working"),
        ("es", "El presidente de Chile, Abel Camarena, concluyó este domingo su visita oficial a Lima.", "concluded", "official"),
        ("es", "El presidente de Chile, Abel Camarena, aplazó su visita privada a Lima.", "postponed", "private"),
        ("es", "La visita del presidente de Chile, Abel Camarena, a Lima fue cancelada.", "cancelled", "unspecified"),
        ("es", "El presidente de Chile, Abel Camarena, realiza una visita de amistad y trabajo a Cuba.", "under_way", "friendship"),
        ("pt", "O Presidente da Zâmbia, Abel Mulenga, visitará Luanda no dia 20 de maio, em visita de Estado.", "announced", "state"),
        ("pt", "O Presidente da Zâmbia, Abel Mulenga, vai realizar uma visita oficial a Luanda em junho.", "announced", "official"),
        ("pt", "O Presidente da Zâmbia, Abel Mulenga, chegou esta segunda-feira a Luanda em visita de trabalho.", "under_way", "working"),
        ("pt", "O Presidente da Zâmbia, Abel Mulenga, terminou no domingo a sua visita oficial a Luanda.", "concluded", "official"),
        ("pt", "O Presidente da Zâmbia, Abel Mulenga, adiou a visita privada a Luanda.", "postponed", "private"),
        ("pt", "A visita do Presidente da Zâmbia, Abel Mulenga, a Luanda foi cancelada.", "cancelled", "unspecified"),
        ("pt", "O Presidente da Zâmbia, Abel Mulenga, efectua uma visita de amizade e trabalho a Angola.", "under_way", "friendship"),
    ],
)  # fmt: skip
def test_how_a_visit_stands_and_is_called(language: str, body: str, status: str, kind: str) -> None:
    visits = read_visits(Article(body=body, language=language, published_on="2025-05-12")).visits
    assert [(v.status, v.kind) for v in visits] == [(status, kind)]


def test_each_of_a_list_of_officials_is_one() -> None:
    text = "Los presidentes de Cuba, Evelio Rodanes, de Bolivia, Wilmer Quispe, y de Chile, Nora Subelza, firmaron un acuerdo."
    found = find_mentions(scene_of(text, "es"))
    assert [(m.office, m.name, m.country) for m in found] == [
        ("head_of_state", "Evelio Rodanes", "CUB"),
        ("head_of_state", "Wilmer Quispe", "BOL"),
        ("head_of_state", "Nora Subelza", "CHL"),
    ]


def test_a_title_of_the_headline_is_the_first_name_of_the_lede() -> None:
    article = Article(
        headline="Canciller de Bolivia viaja a Quito",
        body="El canciller Wilmer Quispe viajará el 20 de mayo a Quito en visita oficial, informó la Presidencia.",
        language="es",
        published_on="2025-05-12",
    )
    assert [(v.visitor_country, v.visitor_name, v.host_country) for v in read_visits(article).visits] == [
        ("BOL", "Wilmer Quispe", "ECU")
    ]


def test_who_says_that_he_comes_is_not_whom_he_tells() -> None:
    body = "El presidente de Bolivia, Wilmer Quispe, llamó a la presidenta Nora Subelza para confirmar que llegará a Lima el lunes."
    visits = read_visits(Article(body=body, language="es", published_on="2025-05-12")).visits
    assert [(v.visitor_country, v.host_country) for v in visits] == [("BOL", "PER")]


def test_a_counterpart_of_the_same_office_is_not_whom_the_headline_names() -> None:
    article = Article(
        headline="Primeiro-ministro cabo-verdiano inicia visita ao Senegal",
        body="O primeiro-ministro, Abel Furtado, iniciou uma visita oficial ao Senegal, a convite do seu homólogo, Ousmane Sarr.",
        language="pt",
        published_on="2025-05-12",
    )
    visits = read_visits(article).visits
    assert [(v.visitor_country, v.visitor_name, v.host_name) for v in visits] == [
        ("CPV", "Abel Furtado", "Ousmane Sarr")
    ]


def test_a_seat_of_power_tells_whose_the_officials_are() -> None:
    body = "A presidente Nair Prates viajará ao Uruguai no dia 30, informou o Palácio do Planalto."
    visits = read_visits(Article(body=body, language="pt", published_on="2025-05-12")).visits
    assert [(v.visitor_country, v.host_country) for v in visits] == [("BRA", "URY")]


@pytest.mark.parametrize(
    ("language", "body", "hosts"),
    [
        ("es", "El canciller de Colombia, Abel Camarena, inicia este lunes una gira por España, Francia e Italia.", ["ESP", "FRA", "ITA"]),
        ("es", "El presidente de Chile, Abel Camarena, viajará el lunes a Lima y el miércoles a Quito.", ["PER", "ECU"]),
        ("pt", "O Presidente angolano, Domingos Kapunda, inicia na segunda-feira uma digressão pela Alemanha, França e Portugal.", ["DEU", "FRA", "PRT"]),
        ("pt", "O chanceler da Colômbia, Abel Camarena, viajou para o Brasil, a Argentina e o Chile.", ["BRA", "ARG", "CHL"]),
    ],
)  # fmt: skip
def test_each_stop_of_a_tour_is_a_visit(language: str, body: str, hosts: list[str]) -> None:
    visits = read_visits(Article(body=body, language=language, published_on="2025-05-12")).visits
    assert [(v.host_country, v.kind) for v in visits] == [(host, "tour_stop") for host in hosts]
