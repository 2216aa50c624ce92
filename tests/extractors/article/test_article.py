"""Whole pages and text files: what belongs to the article, what does not, and which signal wins."""

from datetime import date

import pytest

from extractors import Entry, Layout, PageError, Source, SourceError, read_article, read_text

FIRST = "Le ministre de l'Eau, Karim Belhadi-Touré, a visité mardi le barrage de Sandogo, dont les vannes fuient."
SECOND = "Il a promis une réparation avant les pluies et l'envoi de deux ingénieurs sur place."
THIRD = "Les riverains demandent surtout une digue neuve et un passage pour les troupeaux."


def read(body, head="", **options):
    page = f"<html><head>{head}</head><body>{body}</body></html>"
    return read_article(page.encode(), url="http://journal.example/a", **options)


def paragraphs(article):
    return article.body.split("\n\n")


def story(*parts):
    return f"<article><h1>Un barrage fuit à Sandogo</h1>{''.join(parts)}</article>"


def p(text):
    return f"<p>{text}</p>"


def test_a_ruled_line_below_a_text_without_a_headline_takes_nothing_away():
    """Bugs caught: a line of signs only was taken for the headline that was not there, and what stood above it lost."""
    article = read_text(f"{FIRST}\n{SECOND}\n=======\nEdited by Abena Quayson\n".encode())
    assert article.headline is None
    assert paragraphs(article)[:2] == [FIRST, SECOND]


# ---------------------------------------------------------------- related links


@pytest.mark.parametrize(
    "line",
    [
        '<p>Lire aussi : <a href="/b">Le fleuve monte</a></p>', '<p><strong>À lire aussi</strong> <a href="/b">Le fleuve monte</a></p>',
        '<p><a href="/b">Lire aussi : Le fleuve monte</a></p>', '<p>&gt;&gt; A LIRE AUSSI - <a href="/b">Le fleuve monte</a></p>',
        '<div class="related-inline"><span>Lire aussi</span><a href="/b">Le fleuve monte</a></div>',
        '<aside><h3>Lire aussi</h3><ul><li><a href="/b">Le fleuve monte</a></li></ul></aside>', '<p>Read also: <a href="/b">Le fleuve monte</a></p>',
        '<p>اقرأ أيضا: <a href="/b">Le fleuve monte</a></p>', '<p>Lea también: <a href="/b">Le fleuve monte</a></p>',
        '<p>Leia também <a href="/b">Le fleuve monte</a></p>', '<p>LIRE ICI | <a href="/b">Le fleuve monte</a></p>',
        '<p><a href="/b"><em>Réservé aux abonnés</em> Lire aussi : Le fleuve monte</a></p>',
    ],
)  # fmt: skip
def test_a_related_line_goes_to_the_related_links(line):
    article = read(story(p(FIRST), line, p(SECOND), p(THIRD)))
    assert paragraphs(article) == [FIRST, SECOND, THIRD]
    assert [(link.headline, link.url) for link in article.related] == [("Le fleuve monte", "http://journal.example/b")]


@pytest.mark.parametrize(
    "tail",
    [
        ' Lire aussi : <a href="/b">Le fleuve monte</a>', ' (<b>Lire aussi : <a href="/b">Le fleuve monte</a></b>)',
        ' <a href="/b">Lire aussi : Le fleuve monte</a>', ' <span class="read-also">Lire aussi : <a href="/b">Le fleuve monte</a></span>',
    ],
)  # fmt: skip
def test_a_related_link_inside_a_paragraph_leaves_it(tail):
    article = read(story(p(FIRST + tail), p(SECOND)))
    assert paragraphs(article) == [FIRST, SECOND] and [link.headline for link in article.related] == ["Le fleuve monte"]


def test_a_link_in_running_text_stays():
    text = 'Le rapport, que <a href="/c">notre journal a publié en mars</a>, parle de <a href="/d">trois fissures</a>.'
    article = read(story(p(FIRST), p(text)))
    assert paragraphs(article)[1] == "Le rapport, que notre journal a publié en mars, parle de trois fissures."
    assert article.related == ()


def test_boxes_of_the_page_are_dropped_and_not_collected():
    box = '<h4>Articles similaires</h4><ul><li><a href="/x">Le pont de Lusingo</a></li></ul>'
    article = read(story(p(FIRST), p(SECOND), box))
    assert paragraphs(article) == [FIRST, SECOND] and article.related == ()


# ---------------------------------------------------------------- what surrounds the text


@pytest.mark.parametrize(
    "junk",
    [
        "<p>Partager sur Facebook</p>", '<div class="share-bar"><a href="#">Facebook</a></div>', "<p>Publicité</p>",
        "<p>Inscrivez-vous à notre newsletter pour ne rien manquer de l'actualité de la région.</p>",
        '<div class="newsletter"><p>Chaque matin, nos meilleurs articles dans votre boîte.</p></div>',
        "<p>Suivez-nous sur nos réseaux et sur notre chaîne</p>", "<p>Par Moussa Diallo-Ba</p>", "<p>Publié le 14/04/2025 à 17:45</p>",
        '<div class="post-tags"><a href="/t">eau</a> <a href="/u">barrage</a></div>', "<p>Tous droits réservés - Le Journal</p>",
        '<div style="display: none"><p>Texte caché assez long pour compter comme un paragraphe.</p></div>',
        '<div class="card"><h3><a href="/z">Un train déraille près de Lusingo</a></h3><p>Douze wagons se sont couchés dans le virage de la vieille gare.</p></div>',
        "<p><a href='/q'>Voir toutes nos photos du barrage</a></p>", "<blockquote class='twitter-tweet'><p>Un message court</p></blockquote>",
    ],
)  # fmt: skip
def test_what_is_no_text_of_the_article_is_left_out(junk):
    assert paragraphs(read(story(p(FIRST), p(SECOND), junk))) == [FIRST, SECOND]
    assert paragraphs(read(story(junk, p(FIRST), p(SECOND), p(THIRD)))) == [FIRST, SECOND, THIRD]


def test_captions_are_kept_apart():
    figure = "<figure><img src=x><figcaption>Le barrage, lundi</figcaption></figure>"
    old = '<table align="right"><tr><td><img src=y></td></tr><tr><td>Une vanne</td></tr></table>'
    article = read(story(p(FIRST), figure, p(SECOND), old, p("Photo : M. Diallo"), p(THIRD)))
    assert paragraphs(article) == [FIRST, SECOND, THIRD]
    assert article.captions == ("Le barrage, lundi", "Une vanne", "Photo : M. Diallo")


def test_a_picture_inside_a_long_paragraph_makes_it_no_caption():
    assert paragraphs(read(story(f"<p><img src=x align=left>{FIRST}</p>", p(SECOND)))) == [FIRST, SECOND]


def test_intertitles_lists_and_quotations_stay_in_order():
    body = story(p(FIRST), "<h2>Deux promesses</h2>", "<ul><li>une digue ;</li><li>un passage.</li></ul>", f"<blockquote>{SECOND}</blockquote>", p(THIRD))  # fmt: skip
    assert paragraphs(read(body)) == [FIRST, "Deux promesses", "une digue ;", "un passage.", SECOND, THIRD]


def test_double_breaks_part_paragraphs_and_single_ones_do_not():
    article = read(f"<div class='texte'>{FIRST}<br><br>{SECOND}<br/>\n<br>Les habitants<br>de Sandogo attendent toujours la digue promise.</div>")  # fmt: skip
    assert paragraphs(article) == [FIRST, SECOND, "Les habitants de Sandogo attendent toujours la digue promise."]


def test_the_standfirst_above_the_text_is_its_lede():
    head = '<header><h1>Un barrage fuit</h1><p class="chapo">Deux ingénieurs sont attendus à Sandogo</p></header>'
    article = read(f"<main>{head}<div class='article-body'>{p(FIRST)}{p(SECOND)}</div></main>")
    assert article.lede == "Deux ingénieurs sont attendus à Sandogo" and paragraphs(article)[1:] == [FIRST, SECOND]


def test_a_text_in_two_parts_is_read_whole():
    body = f"<main><h1>Un barrage fuit</h1><div class='article-body'>{p(FIRST)}{p(SECOND)}</div><div class='ad'></div><div class='article-body'>{p(THIRD)}</div></main>"  # fmt: skip
    assert paragraphs(read(body)) == [FIRST, SECOND, THIRD]


def test_readers_comments_are_left_out_where_only_a_heading_announces_them():
    comments = "<p><b>Commentaires (2)</b></p>" + p(
        "Il faudrait surtout parler du prix de l'eau, qui double chaque année."
    )
    assert paragraphs(read(story(p(FIRST), p(SECOND + " " + SECOND), comments))) == [FIRST, SECOND + " " + SECOND]


@pytest.mark.parametrize("classes", ["content-sidebar-wrap", "related-news-page", "print-zone share"])
def test_an_article_in_a_box_of_a_misleading_name_is_read(classes):
    side = "<div class='x'>" + p("Le carnaval de Lusingo est reporté à cause de la pluie, dit la mairie.") + "</div>"
    body = f"<div class='{classes}'><h2>Un barrage fuit</h2>{p(FIRST)}{p(SECOND)}{p(THIRD)}{p(FIRST[::-1])}</div>"
    assert paragraphs(read(body + side, "<title>Un barrage fuit</title>"))[:3] == [FIRST, SECOND, THIRD]


def test_what_has_the_role_of_a_dialogue_or_a_side_note_is_no_text():
    roles = '<div role="dialog">' + p(THIRD) + '</div><div role="complementary">' + p(THIRD) + "</div>"
    assert paragraphs(read(story(p(FIRST), roles, p(SECOND)))) == [FIRST, SECOND]


def test_a_name_below_the_text_signs_it():
    article = read(story(p(FIRST), p(SECOND), p(THIRD), "<p><strong>Oumar Bagayogo-Sidi</strong></p>"))
    assert (article.byline, paragraphs(article)) == (("Oumar Bagayogo-Sidi",), [FIRST, SECOND, THIRD])


@pytest.mark.parametrize("line, city", [("BRUXELLES", "BRUXELLES"), ("Bruxelles, le 7 octobre 2025", "Bruxelles")])
def test_a_city_on_a_line_of_its_own_stays_and_is_no_lede(line, city):
    article = read(f"<div class=article-body><p>{line}</p>{p(FIRST)}{p(SECOND)}</div>")
    assert (article.dateline_city, article.lede, paragraphs(article)[0]) == (city, FIRST, line)


@pytest.mark.parametrize(
    "first, last, agency",
    [
        ("BAMAKO, 10 mars 2025 (AHD) - " + FIRST, SECOND, "AHD"), ("ALGER (APS) - " + FIRST, SECOND, "APS"), (FIRST, SECOND + " (AFP)", "AFP"),
        (FIRST, "SMK/ADC (MAP)", "MAP"), (FIRST, "AK/MD (AHD)", "AHD"), (FIRST, SECOND + " (BNDT)", None), (FIRST, "Avec AFP", "AFP"), (FIRST, SECOND + " (ministère de l'Eau)", None), (FIRST, SECOND, None),
        (FIRST, "<span class='byline'>Salma Ould-Kheïri (avec Reuters)</span>", "Reuters"),
    ],
)  # fmt: skip
def test_agencies_sign_in_datelines_brackets_and_below_the_text(first, last, agency):
    assert read(story(p(first), p(THIRD), p(last))).agency == agency


def test_tags_are_those_of_the_metas_else_those_linked_as_tags():
    linked = story(p(FIRST), '<a rel="tag" href="/t">eau</a><a rel="tag" href="/u">Sandogo</a>')
    assert read(linked).tags == ("eau", "Sandogo")
    assert read(linked, '<meta property="article:tag" content="barrage">').tags == ("barrage",)


# ---------------------------------------------------------------- headline, dates, truncation


def test_the_headline_loses_the_papers_name_and_keeps_its_hyphens():
    head = "<title>Sandogo - Lusingo : le barrage qui divise | Le Journal</title>"
    assert read(story(p(FIRST)).replace("Un barrage fuit à Sandogo", "Sandogo - Lusingo : le barrage qui divise"), head).headline == "Sandogo - Lusingo : le barrage qui divise"  # fmt: skip
    assert read(f"<div>{p(FIRST)}</div>", head + '<meta property="og:site_name" content="Le Journal">').headline == "Sandogo - Lusingo : le barrage qui divise"  # fmt: skip


def test_an_h1_that_leads_home_is_the_papers_name():
    body = f"<h1><a href='/'>Le Journal</a></h1><div><h2>Un barrage fuit</h2>{p(FIRST)}{p(SECOND)}</div>"
    assert read(body, "<title>Le Journal</title>").headline == "Un barrage fuit"


def test_an_h1_above_the_menu_is_the_papers_name():
    menu = (
        "<ul><li><a href='/a'>Accueil</a></li><li><a href='/b'>Textes</a></li><li><a href='/c'>Contacts</a></li></ul>"
    )
    body = f"<div><h1>Ministère de l'Eau</h1><p>Une goutte, une vie</p></div>{menu}<div><h2>Un barrage fuit</h2>{p(FIRST)}{p(SECOND)}</div>"
    assert read(body, "<title>Ministère de l'Eau</title>").headline == "Un barrage fuit"
    usual = f"<div><h1>Un barrage fuit</h1></div><div>{p(FIRST)}<h2>Deux promesses</h2>{p(SECOND)}</div>"
    assert read(usual, "<title>Un barrage fuit</title>").headline == "Un barrage fuit"


def test_a_rule_parts_lines_like_an_empty_line():
    body = f"<td><b>Un barrage fuit</b><br>{FIRST}<br><br>{SECOND} {THIRD}<hr><b>Commentaires</b><br><i>Et le prix de l'eau, qui en parle donc ?</i></td>"
    assert paragraphs(read(f"<table><tr>{body}</tr></table>", "<title>Un barrage fuit</title>")) == [
        FIRST,
        f"{SECOND} {THIRD}",
    ]


def test_publication_wins_over_modification_and_sidebars():
    head = '<meta property="article:modified_time" content="2025-05-01T10:00:00Z">'
    side = '<div class="sidebar"><time datetime="2024-01-01">1er janvier 2024</time></div>'
    body = story('<span class="date">Publié le 14 avril 2025</span>', p(FIRST), p(SECOND)) + side
    article = read(body, head)
    assert (article.published_on, article.published_basis) == ("2025-04-14", "printed")
    assert article.modified_at == "2025-05-01T10:00:00+00:00"


def test_signals_tell_what_disagreed_only_when_asked_for():
    head = '<meta property="article:published_time" content="2025-04-14T23:00:00Z">'
    body = story('<span class="date">15 avril 2025</span>', p(FIRST))
    article = read(body, head, explain=True)
    dates = {
        signal.source: (signal.chosen, signal.note) for signal in article.signals if signal.field == "published_on"
    }
    assert dates["meta:article:published_time"] == (True, None) and (False, "conflict") in dates.values()
    assert read(body, head).signals == ()


def test_days_after_the_capture_and_days_in_sentences_are_none():
    body = story(p("Le barrage sera rouvert le 3 mars 2031, a dit le ministre devant les riverains réunis."), p(SECOND))
    assert read(body, '<meta name="date" content="2031-01-01">', captured_on=date(2025, 4, 14)).published_on is None


def test_the_feed_speaks_only_where_the_page_is_silent():
    entry = Entry(url="http://journal.example/a", published_on="2025-04-10")
    assert (read(story(p(FIRST)), entry=entry).published_on, read(story(p(FIRST)), entry=entry).published_basis) == (
        "2025-04-10",
        "feed",
    )
    dated = read(story(p(FIRST)), '<meta name="date" content="2025-04-14">', entry=entry)
    assert (dated.published_on, dated.published_basis) == ("2025-04-14", "metadata")


def test_a_full_date_in_the_dateline_dates_an_article_that_shows_no_other():
    told = f"BAMAKO, 10 mars 2025 (AHD) - {FIRST}"
    for article in (read(story(p(told), p(SECOND))), read_text(f"{told}\n{SECOND}".encode())):
        assert (article.published_on, article.published_basis) == ("2025-03-10", "dateline")
    assert read(story(p(f"BAMAKO, 10 mars (AHD) - {FIRST}"), p(SECOND))).published_on is None


@pytest.mark.parametrize(
    "extra, is_truncated",
    [
        ("<p>Cet article est réservé aux abonnés.</p>", True), ('<div class="paywall"><p>Il vous reste 80 % de cet article à lire.</p></div>', True),
        ("<p>This story is for subscribers. Subscribe to continue reading.</p>", True), (p(THIRD), False),
        ('<p class="paywall">Les abonnés au réseau d\'eau paieront moins cher dès le mois de juin prochain.</p>', False),
    ],
)  # fmt: skip
def test_a_teaser_says_so(extra, is_truncated):
    article = read(story(p(FIRST), p(SECOND), extra))
    assert article.is_truncated is is_truncated and "réservé" not in article.body and "reste 80" not in article.body


# ---------------------------------------------------------------- layouts


def source(*layouts):
    return Source("tst_journal", "Le Journal", "MLI", "fr", "newspaper", "http://journal.example/", layouts=layouts)


PAGE = f"<h1>Faux titre</h1><div class=t>Vrai titre</div><div class=a>Mariam Coulidiaty</div><div class=x>{p(FIRST)}</div><div class=y>{p(SECOND)}{p(THIRD)}</div>"


def test_the_layout_of_the_day_overrides_field_by_field():
    old = Layout(until=date(2024, 12, 31), headline="h1", body=".x")
    new = Layout(headline=".t", byline=".a", body=".x p, .x")
    assert paragraphs(read(PAGE, source=source(old, new), captured_on=date(2024, 5, 1))) == [FIRST]
    article = read(PAGE, source=source(old, new), captured_on=date(2025, 5, 1))
    assert (article.headline, article.byline, article.body) == ("Vrai titre", ("Mariam Coulidiaty",), FIRST)
    assert read(PAGE, source=source(old, new)).headline == "Vrai titre"


def test_a_layout_that_finds_nothing_leaves_the_field_to_the_general_rules_and_says_so():
    article = read(PAGE, source=source(Layout(headline=".gone", body=".gone")), explain=True)
    assert article.headline and THIRD in article.body
    assert [(s.field, s.note) for s in article.signals if s.source == "layout:.gone"] == [
        ("headline", "found nothing"),
        ("body", "found nothing"),
    ]


def test_a_selector_that_is_none_is_named():
    with pytest.raises(SourceError, match=r"tst_journal: \[\[layout\]\] body = 'div\[\['"):
        read(PAGE, source=source(Layout(body="div[[")))


# ---------------------------------------------------------------- text files


def test_a_text_file_by_the_codebooks_rule():
    untitled = read_text(f"{FIRST}\n{SECOND}\nLire aussi:Le fleuve monte\n{THIRD}".encode())
    assert (untitled.headline, untitled.published_on, untitled.language) == (None, None, "fr")
    assert paragraphs(untitled) == [FIRST, SECOND, THIRD]
    assert [(link.headline, link.url) for link in untitled.related] == [("Le fleuve monte", None)]
    titled = read_text(f"Un barrage fuit\n\n{FIRST}\n{SECOND}".encode(), published_on="2025-04-14")
    assert (titled.headline, paragraphs(titled), titled.published_basis) == ("Un barrage fuit", [FIRST, SECOND], "feed")


def test_damage_is_mended_and_told_in_text_files_too():
    article = read_text("Tout mettre en £uvre pour 300 £ de moins.".encode())
    assert article.body == "Tout mettre en œuvre pour 300 £ de moins."
    assert [(r.damaged, r.mended, r.count) for r in article.repairs] == [("£uvre", "œuvre", 1)]


def test_a_text_file_may_be_signed():
    article = read_text(f"ALGER (APS) - {FIRST}\n{SECOND}\nPar Mourad Aït Sefrou".encode())
    assert (article.byline, article.agency, article.dateline_city) == (("Mourad Aït Sefrou",), "APS", "ALGER")
    assert paragraphs(article) == [f"ALGER (APS) - {FIRST}", SECOND]


def test_an_empty_text_is_refused():
    with pytest.raises(PageError, match="empty text"):
        read_text(b" \n ")
