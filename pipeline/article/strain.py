"""Only those parts of a page that can matter, so that most of it never becomes objects."""

from __future__ import annotations

from typing import Any

from bs4 import BeautifulSoup
from bs4.filter import SoupStrainer

from pipeline.article.platforms import Selectors, known_names

_ALWAYS = frozenset({"title", "meta", "link", "h1", "time", "abbr", "figcaption"})
_NAMING = ("class", "id", "itemprop", "rel")


class _Parts(SoupStrainer):
    """Lets an element in, with all inside it, by its name or by a class or id that some selector names."""

    def __init__(self, names: frozenset[str], tags: frozenset[str]) -> None:
        super().__init__()
        self._names = names
        self._tags = tags

    def allow_tag_creation(self, nsprefix: str | None, name: str, attrs: Any) -> bool:
        if name in self._tags:
            return True
        if not attrs:
            return False
        if name == "script":
            return "src" in attrs or attrs.get("type") == "application/ld+json"
        return any(
            word in self._names for key in _NAMING if (value := attrs.get(key)) for word in str(value).split()
        )

    def allow_string_creation(self, string: str) -> bool:
        return False


def strained(page: str, own: Selectors) -> BeautifulSoup:
    """The parts of a page that selectors of the table, or a site's own, may find."""
    return BeautifulSoup(page, "lxml", parse_only=_Parts(known_names() | own.names(), _ALWAYS | own.tags()))
