"""Bytes to text: the header's charset, the page's own, then detection."""

from __future__ import annotations

import codecs
import re

_HEADER = re.compile(r"""charset\s{0,3}=\s{0,3}["']?([\w.:-]{2,40})""", re.IGNORECASE)
_META = re.compile(
    rb"""<meta[^>]{0,200}?charset\s{0,3}=\s{0,3}["']?\s{0,3}([a-zA-Z0-9_:.-]{2,40})""", re.IGNORECASE
)
_XML = re.compile(rb"""^\s{0,9}<\?xml[^>]{0,100}?encoding=["']([a-zA-Z0-9_:.-]{2,40})["']""")
_HEAD = 4096
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
# What the WHATWG encoding standard reads these labels as.
_REALLY = {
    "cp1252": "windows-1252",
    "iso-8859-1": "windows-1252",
    "latin-1": "windows-1252",
    "latin1": "windows-1252",
    "ascii": "windows-1252",
    "us-ascii": "windows-1252",
}


def charset_of(content_type: str | None) -> str | None:
    """What a Content-Type header says about the characters.

    >>> charset_of("text/html; charset=UTF-8")
    'UTF-8'
    """
    match = _HEADER.search(content_type or "")
    return match[1] if match else None


def decode(raw: bytes, header_charset: str | None = None) -> str:
    """Read a page's bytes; what cannot be read becomes U+FFFD, nothing is raised.

    A byte-order mark wins; then what the header and the page declare, if the bytes fit it; then UTF-8; then
    windows-1252.

    >>> decode("Jum’at".encode("windows-1252"))
    'Jum’at'
    """
    for mark, name in _MARKS:
        if raw.startswith(mark):
            return raw[len(mark) :].decode(name, "replace")
    declared = [name for name in (header_charset, _declared(raw)) if name]
    for name in [*declared, "utf-8"]:
        text = _strict(raw, name)
        if text is not None:
            return text
    return _detected(raw)


def _declared(raw: bytes) -> str | None:
    match = _XML.search(raw[:_HEAD]) or _META.search(raw[:_HEAD])
    return match.group(1).decode("ascii", "ignore") if match else None


def _strict(raw: bytes, name: str) -> str | None:
    label = name.strip().lower()
    if _REALLY.get(label, label) == "windows-1252":  # any bytes pass as windows-1252, so ask UTF-8 first
        utf8 = _strict(raw, "utf-8")
        if utf8 is not None:
            return utf8
    try:
        return raw.decode(_REALLY.get(label, label))
    except (LookupError, UnicodeError, ValueError):
        return None


def _detected(raw: bytes) -> str:
    """Mostly good UTF-8 with a few torn characters stays UTF-8; else windows-1252, the other one in use."""
    text = raw.decode("utf-8", "replace")
    non_ascii = sum(byte >= 0x80 for byte in raw[:100_000])
    return text if text.count("\ufffd") <= 0.1 * non_ascii else raw.decode("windows-1252", "replace")
