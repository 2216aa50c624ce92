"""What pages say of their own use, in every writing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors import Rights, read_rights, refuses_archive


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        (b'<meta name="robots" content="index, NOARCHIVE">', Rights(is_unarchived=True)),
        (b"<META content='none' NAME='robots' />", Rights(is_unarchived=True)),
        (b'<meta name="robots" content="noindex,nofollow">', Rights()),
        (b'<meta name="googlebot" content="noarchive">', Rights()),
        (b'<meta name=tdm-reservation content=1><meta name="tdm-policy" content="https://p.example/t.json">',
         Rights(is_reserved=True, policy_url="https://p.example/t.json")),
        (b'<meta name="tdm-reservation" content="0">', Rights(is_reserved=False)),
        (b'<meta name="tdm-reservation" content="yes">', Rights()),
        (b"\xff\xfe\x00<meta", Rights()),
    ],
)  # fmt: skip
def test_metas(page, expected):
    assert read_rights(page) == expected


@pytest.mark.parametrize(
    ("header", "refuses"),
    [
        ("noarchive", True),
        ("otherbot: noarchive", False),
        ("chancery: none", True),
        ("noindex, nosnippet", False),
        (None, False),
    ],
)
def test_headers(header, refuses):
    assert refuses_archive(header) is refuses


@given(st.binary(max_size=2000))
def test_any_bytes_have_rights(data):
    assert isinstance(read_rights(b"<meta " + data + b">"), Rights)
