"""Bytes to text: by the header, by the page's own word, then by looking (utf-8, windows-1252)."""

from __future__ import annotations

import codecs
import re

_HEADER = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{2,40})", re.IGNORECASE)
_META = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?([\w.:-]{2,40})", re.IGNORECASE)
_XML = re.compile(rb"^\s*<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([\w.:-]{2,40})", re.IGNORECASE)


def charset(raw: bytes, content_type: str | None = None) -> str:
    """The name of a page's encoding. A claimed one that does not fit the bytes is not believed.

    >>> charset("caf\\u00e9".encode("cp1252"), "text/html; charset=utf-8")
    'cp1252'
    """
    said = _HEADER.search(content_type) if content_type else None
    claims = [said[1]] if said else []
    written = (pattern.search(raw, 0, 2048) for pattern in (_META, _XML))
    claims += [match[1].decode("ascii") for match in written if match]
    if raw.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    for claim in (*claims, "utf-8"):
        name = _known(claim)
        if name and _fits(raw, name):
            return name
    return "cp1252"


def decode(raw: bytes, content_type: str | None = None) -> str:
    """The text of a page; bytes that fit no encoding become replacement characters."""
    return raw.decode(charset(raw, content_type), "replace")


def _known(name: str) -> str | None:
    try:
        found = codecs.lookup(name).name
    except LookupError:
        return None
    # Browsers read both as windows-1252, and so do the people who write them.
    return "cp1252" if found in {"iso8859-1", "ascii"} else found


def _fits(raw: bytes, name: str) -> bool:
    try:
        raw.decode(name)
    except UnicodeDecodeError:
        # A few broken characters in a long page do not make it another encoding.
        return name == "utf-8" and raw.decode(name, "replace").count("\ufffd") * 1000 < len(raw)
    return True
