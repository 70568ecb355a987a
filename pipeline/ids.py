"""Stable identifiers: the same input gives the same id on every machine and every run."""

from __future__ import annotations

import hashlib
import re
import unicodedata

_NOT_SLUG = re.compile(r"[^a-z0-9]+")


def digest(*parts: str) -> str:
    """Return 16 hexadecimal digits of the SHA-256 over the parts, joined by a unit separator.

    >>> digest("a", "b") == digest("a", "b") != digest("ab")
    True
    """
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def content_sha256(text: str) -> str:
    """Return the full SHA-256 of a text in UTF-8."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def slug(text: str) -> str:
    """Lower-case ASCII words joined by hyphens.

    >>> slug("Polres Kotawaringin Barat")
    'polres-kotawaringin-barat'
    """
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return _NOT_SLUG.sub("-", plain.lower()).strip("-")
