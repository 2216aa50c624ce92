"""Invented general news in French, as many different articles as wanted: what most of a newsroom's day is made of."""

from __future__ import annotations

import random
from collections.abc import Mapping

_TOWNS = (
    "Tilbera",
    "Koumassane",
    "Port-Hallé",
    "Ndiolo",
    "Saint-Ferréol",
    "Bassari",
    "Ouldène",
    "Moanga",
    "Kerouane",
    "Téfoul",
)
_NAMES = (
    "Awa Sarré",
    "Idriss Kolé",
    "Maïmouna Tandia",
    "Pascal Nguéma Ella",
    "Hocine Berrad",
    "Lise Moutier",
    "Sadio Kanouté",
    "Rachel Abessolo",
)
_DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
_HEADLINES = (
    "{town} : la récolte dépasse les {number} tonnes",
    "Marché de {town} : les prix repartent à la hausse",
    "Coupe nationale : {town} s'impose dans les dernières minutes",
    "Un nouveau pont sur la rivière à {town}",
    "Le festival de {town} attire {number} visiteurs",
    "Intempéries : {number} foyers sans électricité à {town}",
)
_PARAGRAPHS = (
    "Les agriculteurs de {town} ont achevé {day} une campagne qu'ils jugent bonne malgré des pluies tardives. La coopérative a "
    "pesé {number} tonnes de mil et de sorgho, soit un dixième de plus que l'an dernier, et les greniers des villages sont pleins.",
    "« Nous avons semé plus tôt et choisi des variétés qui résistent mieux à la sécheresse », explique {name}, qui cultive "
    "sept hectares au bord du fleuve. Elle compte acheter un motoculteur avec ses voisins avant la prochaine saison.",
    "Au grand marché, le kilo de tomates se vendait {day} à {number} francs, contre la moitié il y a un mois. Les commerçantes "
    "accusent le prix du transport ; les chauffeurs répondent que la route est coupée à deux endroits et que le détour coûte cher.",
    "Le maire de {town}, {name}, a promis que les travaux de voirie reprendraient dès la fin des pluies. Le conseil municipal a "
    "voté un budget de {number} millions de francs, dont un tiers ira aux écoles et aux centres de santé des quartiers.",
    "Sur le terrain, la rencontre est restée longtemps fermée. Il a fallu attendre la dernière minute pour voir {name} "
    "reprendre de la tête un coup franc venu de la droite et libérer les {number} supporters qui avaient fait le déplacement.",
    "La directrice du lycée, {name}, se félicite des résultats de ses élèves : {number} admis au premier tour, et une mention très "
    "bien. Trois classes seront ouvertes à la rentrée, dont une consacrée aux métiers du bois et une autre à l'informatique.",
    "Selon la société des eaux, {number} foyers étaient encore privés d'eau {day} matin. Les équipes travaillent jour et nuit "
    "à réparer la conduite qui a cédé sous la chaussée, et des camions-citernes desservent les quartiers les plus touchés.",
    "Le ministre de l'Agriculture a rappelé que les prix d'achat garantis seraient maintenus. Les syndicats de producteurs "
    "demandent qu'ils soient relevés, et annoncent une journée d'action si rien ne leur est proposé avant la fin du mois.",
    "Pendant quatre jours, des musiciens venus de toute la région ont joué dans les cours et sur les places. Les organisateurs "
    "parlent de {number} entrées, un record, et veulent faire de la prochaine édition un rendez-vous de la danse autant que du chant.",
    "La police a présenté {day} à la presse deux hommes soupçonnés d'avoir volé {number} têtes de bétail dans les environs. Le "
    "procureur a ouvert une enquête ; les éleveurs, eux, réclament un poste de gendarmerie plus près de leurs pâturages.",
    "« Le bac ne passe plus qu'une fois par jour, et nous perdons nos légumes à attendre », regrette {name}. Le nouveau pont, long "
    "de {number} mètres, doit être livré dans dix-huit mois ; il reliera enfin les deux rives en toute saison.",
    "À l'hôpital, le service de pédiatrie a reçu une couveuse et six lits. Le médecin-chef, {name}, y voit un soulagement, mais "
    "rappelle qu'il manque toujours deux sages-femmes et que {number} naissances ont été enregistrées depuis janvier.",
)  # fmt: skip
_PARTS = 9


def article_of_day(n: int) -> tuple[str, list[str]]:
    """Headline and paragraphs of the n-th article, about 400 words; no two are alike."""
    chance = random.Random(n)
    return _filled(chance.choice(_HEADLINES), chance), [_filled(p, chance) for p in chance.sample(_PARAGRAPHS, _PARTS)]


def _filled(text: str, chance: random.Random) -> str:
    told: Mapping[str, object] = {
        "town": chance.choice(_TOWNS), "name": chance.choice(_NAMES), "day": chance.choice(_DAYS), "number": chance.randrange(40, 9000),
    }  # fmt: skip
    return text.format(**told)
