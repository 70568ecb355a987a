"""Bytes to text, by what the header, the page and the bytes say."""

from __future__ import annotations

import pytest

from pipeline.text.charset import charset_of, decode


@pytest.mark.parametrize(
    ("raw", "header", "wanted"),
    [
        ("Jum’at".encode("windows-1252"), None, "Jum’at"),
        ("Jum’at".encode("windows-1252"), "utf-8", "Jum’at"),
        ("Jum’at".encode(), "iso-8859-1", "Jum’at"),
        (b"\xef\xbb\xbfJumat", "windows-1252", "Jumat"),
        ("Jum’at".encode(), "cp1252", "Jum’at"),
        (b"\xef\xbb\xbfJumat", None, "Jumat"),
        (
            b'<?xml version="1.0" encoding="ISO-8859-1"?><a>\xe9</a>',
            None,
            '<?xml version="1.0" encoding="ISO-8859-1"?><a>é</a>',
        ),
        (b"abc \x93kutip\x94", "unknown-8", "abc “kutip”"),
        ("Jum’at".encode("utf-16-le"), "utf-16-le", "Jum’at"),
        (b'<meta charset="windows-1252">Jum\x92at', None, '<meta charset="windows-1252">Jum’at'),
        (b'<meta charset="no-such">Jumat', "x-unknown", '<meta charset="no-such">Jumat'),
        ("Jum’at baik ".encode() * 50 + b"\xff", None, "Jum’at baik " * 50 + "\ufffd"),
    ],
)
def test_charsets(raw: bytes, header: str | None, wanted: str) -> None:
    assert decode(raw, header) == wanted


@pytest.mark.parametrize(
    ("content_type", "charset"),
    [
        ("text/html; charset=UTF-8", "UTF-8"),
        ("text/html;Charset = 'iso-8859-1'", "iso-8859-1"),
        ("text/html", None),
        ("", None),
        (None, None),
    ],
)
def test_what_a_header_says(content_type: str | None, charset: str | None) -> None:
    assert charset_of(content_type) == charset
