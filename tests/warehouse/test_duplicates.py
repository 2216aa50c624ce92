"""Same dispatch, many papers: copies are linked however they were cut, forms and retellings are not, the original is named."""

from datetime import UTC, datetime, timedelta

import pytest
from duplicates import fill, scores
from hypothesis import given
from hypothesis import strategies as st
from invented import HOURS, NOW, SOURCES, reading, record, source, table

from warehouse import open_catalogue, publish, run_query
from warehouse.duplicates import LEAST_WORDS, likely_original, similarity, text_of

DISPATCH = [
    "BAMAKO - Le ministre des Affaires étrangères de la République, Idrissa Tamboura-Keïra, est arrivé mardi matin dans la capitale pour une visite de travail de deux jours, à la tête d'une importante délégation.",
    "Il a été accueilli à sa descente d'avion par son homologue, avec lequel il s'est ensuite entretenu pendant plus d'une heure des projets communs dans le domaine de l'énergie et de la route qui doit relier les deux villes de la frontière.",
    "Les deux hommes ont signé un accord qui prévoit la construction de trois postes de contrôle et la formation de quarante douaniers dans l'école que le pays voisin a ouverte l'an dernier.",
    "La prochaine rencontre aura lieu au printemps, a dit le ministre à la presse avant de se rendre au chantier du barrage, où les travaux ont repris après les pluies.",
]
OTHER = [
    "Les pêcheurs du fleuve attendent depuis des semaines que l'eau remonte assez pour que leurs pirogues puissent de nouveau passer le seuil devant le marché aux poissons du quartier.",
    "La coopérative a demandé à la mairie de draguer le chenal, ce que celle-ci promet pour la saison prochaine, une fois que les crédits auront été votés par le conseil.",
    "En attendant, les prix ont doublé, et les femmes qui fument le poisson disent qu'elles travaillent un jour sur deux seulement.",
]
AFTER = "Rappelons que le chantier de la route, ouvert il y a trois ans, avait été fermé pendant plusieurs mois faute de ciment, et que les riverains ne l'empruntent encore qu'à pied."
FORM = (
    "Son Excellence {0}, ambassadeur de {1}, a été reçu en audience ce jour au palais par le chef de l'État, auquel il a remis les lettres qui l'accréditent. "
    "À sa sortie d'audience, {0} a dit à la presse sa volonté de renforcer les relations d'amitié et de coopération qui unissent {1} à notre pays depuis {2} ans, et "
    "a salué le climat de paix. Il a ajouté que {3} projets sont en cours dans le domaine de l'agriculture, et que {1} ouvrira bientôt un centre de langues."
)
ARABIC = (
    "وصل وزير الخارجية صباح الثلاثاء إلى العاصمة في زيارة عمل تستغرق يومين على رأس وفد هام وكان في استقباله بالمطار نظيره الذي أجرى معه محادثات حول مشاريع "
    "الطاقة والطريق الرابط بين البلدين ووقع الجانبان اتفاقا ينص على بناء مراكز للمراقبة وتكوين أعوان الجمارك في المدرسة الجديدة"
)
WHOLE = "\n\n".join(DISPATCH)
REWRITTEN = {
    "identical": WHOLE,
    "cut": "\n\n".join(DISPATCH[:2]),
    "reordered": "\n\n".join([DISPATCH[0], *DISPATCH[:0:-1]]),
    "enlarged": "\n\n".join([*DISPATCH[:2], OTHER[0], *DISPATCH[2:], AFTER]),
    "cut and enlarged": "\n\n".join([OTHER[2], *DISPATCH[:3]]),
    "a few words changed": WHOLE.replace("importante", "forte")
    .replace("pendant plus d'une heure", "longuement")
    .replace("prévoit", "comprend"),
    "its typography changed": WHOLE.replace("'", "’").replace("mardi matin", "MARDI matin"),
}


@pytest.mark.parametrize("way", REWRITTEN)
def test_a_copy_is_the_same_text_however_it_was_rewritten(way):
    share = similarity(text_of(WHOLE), text_of(REWRITTEN[way]))
    assert share is not None and (share == 1 or way not in ("identical", "cut", "its typography changed"))
    assert similarity(text_of(REWRITTEN[way]), text_of(WHOLE)) == share


TWO_TEXTS = {
    "another story": (WHOLE, "\n\n".join(OTHER)),
    "a form filled in twice": (FORM.format("Nadir Benkhelif", "Belvédie", 40, 12), FORM.format("Salif Ouattara-Ba", "Tramontanie", 25, 7)),
    "a sentence quoted": (WHOLE, "\n\n".join([*OTHER, "« " + DISPATCH[2][:110] + " »"])),
    "the same event in other words": (
        WHOLE,
        "Idrissa Tamboura-Keïra se trouve depuis mardi à Bamako. Le chef de la diplomatie y reste deux jours. Reçu par son homologue, il a parlé d'énergie et de la route entre les villes "
        "de la frontière; trois postes de contrôle seront bâtis et des douaniers formés. Une nouvelle rencontre est prévue au printemps, après une visite du barrage en construction.",
    ),
    "an Arabic form": (
        ARABIC, ARABIC.replace("يومين", "أسبوع").replace("نظيره", "رئيس").replace("الطاقة", "الصحة").replace("مراكز", "مدارس"),
    ),
    "a brief in a round-up of many": (OTHER[0] + " " + OTHER[2], "\n\n".join([OTHER[0], OTHER[2], *DISPATCH, AFTER, FORM, FORM.format("A B", "C", 1, 2), REWRITTEN["a few words changed"]])),
    "too short to tell": ("Le président a reçu le ministre mardi.", "Le président a reçu le ministre mardi."),
}  # fmt: skip


@pytest.mark.parametrize("pair", TWO_TEXTS)
def test_what_is_alike_for_another_reason_is_two_texts(pair):
    assert similarity(*map(text_of, TWO_TEXTS[pair])) is None


def test_an_arabic_copy_is_the_same_text():
    assert (
        similarity(text_of(ARABIC), text_of(ARABIC + " وذكر بيان أن اللقاء المقبل سيعقد في الربيع بعد زيارة السد")) == 1
    )


@given(st.text(max_size=400), st.text(max_size=400))
def test_any_two_texts_can_be_compared(one, other):
    share = similarity(text_of(one), text_of(other))
    assert share is None or 0.5 <= share <= 1
    assert (similarity(text_of(one), text_of(one)) == 1) is (len(text_of(one).words) >= LEAST_WORDS)


def test_an_invented_archive_is_linked_with_high_precision(catalogue):
    groups = fill(catalogue, 800, seed=7)
    catalogue.link_texts()
    precision, recall, pairs = scores(catalogue, groups)
    assert pairs > 300 and precision >= 0.98 and recall >= 0.95


# ---------------------------------------------------------------- in the catalogue


def told(n, body=WHOLE, paper="mli_temoin", day=10, agency=None, **values):
    return reading(f"https://a.example/{n}", at=NOW + n * HOURS, source=paper,
                   record=record(body=body, published_on=f"2026-03-{day:02d}", published_at=None, agency=agency, **values))  # fmt: skip


def groups_of(catalogue):
    urls = {row["article_id"]: int(row["url"].rpartition("/")[2]) for row in table(catalogue, "articles")}
    found = {}
    for row in table(catalogue, "same_texts"):
        found.setdefault(row["group_id"], set()).add(urls[row["article_id"]])
    return sorted(map(sorted, found.values()))


def test_groups_are_the_same_however_many_batches_they_came_in(tmp_path):
    texts = [
        told(1),
        told(2, REWRITTEN["cut"]),
        told(3, "\n\n".join(OTHER)),
        told(4, REWRITTEN["enlarged"]),
        told(5, WHOLE, day=28),
        told(6, "\n\n".join(OTHER[::-1])),
    ]
    held = []
    for n, size in enumerate((6, 1, 4)):
        with open_catalogue(tmp_path / f"{n}.duckdb") as catalogue:
            catalogue.register_sources(SOURCES)
            for at in range(0, 6, size):
                catalogue.load({"readings": texts[at : at + size]})
                catalogue.link_texts()
            assert groups_of(catalogue) == [[1, 2, 4], [3, 6]], "a text of another month stands alone"
            held.append(sorted(map(repr, table(catalogue, "same_texts"))))
            assert catalogue.link_texts() == 5
            assert sorted(map(repr, table(catalogue, "same_texts"))) == held[-1]
    assert held[0] == held[1] == held[2]


def test_a_text_that_changed_is_compared_anew(catalogue):
    catalogue.load({"readings": [told(1), told(2)]})
    assert catalogue.link_texts() == 2
    catalogue.load({"readings": [{**told(2, "\n\n".join(OTHER)), "captured_at": NOW + 99 * HOURS}]})
    assert catalogue.link_texts() == 0 and not table(catalogue, "text_pairs")
    catalogue.load({"readings": [{**told(2), "captured_at": NOW + 199 * HOURS}]})
    assert catalogue.link_texts() == 2


def test_sketches_of_another_method_are_made_again(catalogue):
    catalogue.load({"readings": [told(1), told(2)]})
    catalogue.link_texts()
    before = sorted(map(repr, table(catalogue, "text_sketches")))
    catalogue.connection.execute("UPDATE text_sketches SET method = 7, hashes = [1, 2, 3]")
    assert catalogue.link_texts() == 2 and sorted(map(repr, table(catalogue, "text_sketches"))) == before


def test_analysts_get_the_groups_with_one_original_each(tmp_path):
    with open_catalogue(tmp_path / "c.duckdb") as catalogue:
        catalogue.register_sources(
            [
                source(),
                source("dza_phare", "DZA"),
                source("mli_amx", title="Agence malienne X (AMX)", kind="press_agency"),
            ]
        )
        catalogue.load(
            {
                "readings": [
                    told(1, agency="AMX"),
                    told(2, paper="dza_phare", agency="AMX", day=9),
                    told(3, paper="mli_amx"),
                ]
            }
        )
    publish(tmp_path / "c.duckdb", tmp_path / "p.duckdb")
    rows = run_query(
        tmp_path / "p.duckdb",
        "SELECT a.source, t.is_likely_original, t.basis, t.signed_by, t.similarity FROM same_texts AS t JOIN articles AS a USING (article_id) ORDER BY 1",
    ).rows
    assert rows == (
        ("dza_phare", False, None, "AMX", 1.0),
        ("mli_amx", True, "agency_signature", "AMX", 1.0),
        ("mli_temoin", False, None, "AMX", 1.0),
    )


def member(id, **values):
    day = datetime(2026, 3, 10, tzinfo=UTC)
    plain = {
        "source": "mli_temoin",
        "title": "Le Témoin",
        "kind": "newspaper",
        "agency": None,
        "published_on": day.date(),
        "published_at": None,
        "length": 900,
        "first_captured_at": day + timedelta(hours=1),
    }
    return {"article_id": id, **plain, **values}


EARLIER = datetime(2026, 3, 9, 8, tzinfo=UTC)


@pytest.mark.parametrize(
    ("first", "second", "basis"),
    [
        ({"source": "dza_apx", "published_on": datetime(2026, 3, 11).date()}, {"agency": "APX"}, "agency_signature"),
        ({"source": "x_y", "title": "Agence Presse Xyz", "length": 1}, {"agency": "Xyz"}, "agency_signature"),
        ({"published_on": EARLIER.date()}, {"kind": "press_agency"}, "published_first"),
        (
            {"published_at": EARLIER},
            {"published_at": EARLIER + timedelta(minutes=5), "length": 2000},
            "published_first",
        ),
        ({"kind": "press_agency"}, {"published_at": EARLIER, "length": 2000}, "press_agency"),
        ({"length": 901}, {"first_captured_at": EARLIER}, "longest_text"),
        ({"first_captured_at": EARLIER}, {}, "captured_first"),
        ({}, {"published_on": None, "length": 5000}, "published_first"),
    ],
)
def test_the_likely_original_is_named_with_its_reason(first, second, basis):
    one, other = member("b", **first), member("a", **second)
    for members in ([one, other], [other, one]):
        found, why, _ = likely_original(members)
        assert (found["article_id"], why) == ("b", basis)


def test_an_agency_that_the_archive_does_not_read_is_named_and_the_first_of_those_held_stands_for_it():
    found, why, agency = likely_original(
        [member("a", agency="AFX", published_on=EARLIER.date()), member("b", agency="AFX")]
    )
    assert (found["article_id"], why, agency) == ("a", "published_first", "AFX")
