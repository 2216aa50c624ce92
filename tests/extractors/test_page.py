"""What the head of a page says is read once, also where it is broken."""

import pytest

from extractors.errors import PageError
from extractors.page import absolute, read_page


def page(head="", body="<p>Un paragraphe.</p>", **options):
    return read_page(f"<html><head>{head}</head><body>{body}</body></html>".encode(), **options)


def ld(text):
    return f'<script type="application/ld+json">{text}</script>'


def test_metas_keep_their_order_under_lower_case_names():
    read = page('<meta property="OG:Title" content=" a  b "><meta name=author content=X><meta name=author content=Y>')
    assert read.meta("og:title") == "a b" and read.metas["author"] == ("X", "Y") and read.meta("none", "author") == "X"


@pytest.mark.parametrize(
    "text",
    [
        '{"@type":"NewsArticle","headline":"x"}', '[{"@type":"WebSite"},{"@type":["Thing","NewsArticle"],"headline":"x"}]',
        '{"@graph":[{"@type":"Article","headline":"x"}]}', '{"@type":"WebPage","mainEntity":{"@type":"BlogPosting","headline":"x"}}',
        '<!-- {"@type":"NewsArticle","headline":"x"} -->', '//<![CDATA[\n{"@type":"NewsArticle","headline":"x"}\n//]]>',
        '{"@type":"NewsArticle","headline":"x","text":"a\nb"};', '{"@type":"NewsArticle","headline":"x",,,}',
    ],
)  # fmt: skip
def test_article_nodes_are_found_wherever_they_stand(text):
    assert [node["headline"] for node in page(ld(text)).articles] == ["x"]


def test_json_that_is_none_or_too_deep_is_passed_over():
    assert page(ld("[" * 10_000 + "]" * 10_000)).articles == () and page(ld("x")).articles == ()


def test_links_are_completed_with_the_base_and_the_pages_own_address():
    assert (
        page('<link rel=canonical href="/a#x">', url="http://journal.example/b").canonical_url
        == "http://journal.example/a"
    )
    assert (
        page('<base href="http://autre.example/c/">', url="http://journal.example/b").url == "http://autre.example/c/"
    )
    assert absolute("http://a.example/b", "javascript:x()") is None and absolute(None, "#x") is None
    assert absolute("http://a.example/b", "http://[") is None


def test_the_declared_language_is_two_letters_or_none():
    assert read_page(b"<html lang='fr-CI'><body>x</body></html>").language == "fr"
    assert page('<meta property="og:locale" content="pt_MZ">').language == "pt"
    assert read_page(b"<html lang='{{lang}}'><body>x</body></html>").language is None


def test_scripts_and_form_controls_are_gone_and_their_tails_stay():
    read = page(body="<p>a<script>b</script>c</p><select><option>d</select>e")
    assert "".join(read.root.find("body").itertext()) == "ace"


@pytest.mark.parametrize(
    "data, told",
    [
        (b"", "empty page"), (b" \n\0 ", "empty page"), (b"<p>" * 70_000, "60,000 tags"), (b"x" * 12_000_001, "12,000,000"),
        (bytes(range(1, 30)) * 200, "binary"), (b"<p " + b" ".join(b"a%d" % n for n in range(5_000)) + b">x", "attributes"),
    ],
)  # fmt: skip
def test_what_no_article_is_is_refused_with_the_reason(data, told):
    with pytest.raises(PageError, match=f"http://journal.example/a: .*{told}"):
        read_page(data, url="http://journal.example/a")


@pytest.mark.parametrize("before", range(0, 12_000, 1_499))
def test_a_flood_of_attributes_is_found_wherever_it_begins(before):
    flood = b"<i>" * (before // 3) + b"<p " + b" ".join(b"a%d" % n for n in range(4_001)) + b">x"
    with pytest.raises(PageError, match="attributes"):
        read_page(flood)


def test_a_long_attribute_value_is_no_flood_of_attributes():
    assert read_page(b'<p data-x="' + b"a b " * 5_000 + b'">texte</p>').root is not None
