"""Pages come out as they were typed, whatever they declare."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.charset import decode

FRENCH = "<html><head><meta charset=%s></head><p>L’œuvre coûte 5 € à Abéché…</p>"
ARABIC = "<html><p>استقبل وزير الشؤون الخارجية نظيره في العاصمة يوم الاثنين</p>"


@pytest.mark.parametrize(
    ("declared", "written"),
    [
        ("utf-8", "utf-8"),
        ("iso-8859-1", "cp1252"),
        ("windows-1252", "cp1252"),
        ("iso-8859-1", "utf-8"),
        ("x-none", "utf-8"),
    ],
)
def test_french_pages_come_out_undamaged(declared, written):
    page = FRENCH % declared
    assert decode(page.encode(written))[0] == page


def test_the_header_speaks_before_the_page():
    page = ARABIC.encode("iso8859-6")
    assert decode(page, charset="ISO-8859-6")[0] == ARABIC


def test_arabic_without_any_declaration_is_recognised_and_french_is_not_taken_for_it():
    assert decode(ARABIC.encode("cp1256")) == (ARABIC, "cp1256")
    french = "<p>Le président a été reçu à l'étranger, où l'idée a été saluée.</p>"
    assert decode(french.encode("cp1252")) == (french, "cp1252")


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_is_read_with_and_without_its_mark(encoding):
    page = "<html><body><p>Visite à Niamey</p></body></html>"
    assert decode(page.encode(encoding))[0] == page
    assert decode(("\ufeff" + page).encode(encoding))[0] == page


def test_one_damaged_byte_in_a_page_declared_utf8_costs_one_letter():
    page = '<meta charset="utf-8"><p>à Alger é</p>'.encode()
    text, encoding = decode(page[:-5] + b"\xff" + page[-5:])
    assert encoding == "utf-8" and text.count("\ufffd") >= 1 and "à Alger" in text


@pytest.mark.parametrize("name", ["base64", "rot13", "utf-7", "no-such", "\x00", "punycode"])
def test_a_charset_that_lies_breaks_nothing(name):
    assert "Abéché" in decode((FRENCH % "iso-8859-1").encode("cp1252"), charset=name)[0]


@given(st.binary(max_size=600), st.one_of(st.none(), st.text(max_size=12)))
def test_any_bytes_give_text(data, charset):
    text, encoding = decode(data, charset=charset)
    assert isinstance(text, str) and encoding
