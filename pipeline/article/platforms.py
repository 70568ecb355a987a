"""Which software a page was made with, and where that software puts the parts of an article."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Protocol

import yaml
from bs4 import BeautifulSoup


class HasSelectors(Protocol):
    """What a site's entry may bring along: CSS selectors, best first."""

    @property
    def body(self) -> tuple[str, ...]: ...
    @property
    def title(self) -> tuple[str, ...]: ...
    @property
    def date(self) -> tuple[str, ...]: ...
    @property
    def byline(self) -> tuple[str, ...]: ...
    @property
    def caption(self) -> tuple[str, ...]: ...
    @property
    def drop(self) -> tuple[str, ...]: ...


@dataclass(frozen=True, slots=True)
class Selectors:
    """CSS selectors for the parts of an article, best first."""

    body: tuple[str, ...] = ()
    title: tuple[str, ...] = ()
    date: tuple[str, ...] = ()
    byline: tuple[str, ...] = ()
    caption: tuple[str, ...] = ()
    drop: tuple[str, ...] = ()

    def then(self, other: Selectors) -> Selectors:
        """These selectors first, then another's."""
        return Selectors(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(Selectors)))

    @classmethod
    def of(cls, other: HasSelectors) -> Selectors:
        """The same selectors as a value of this class."""
        return cls(*(tuple(getattr(other, f.name, ())) for f in fields(cls)))


@dataclass(frozen=True, slots=True)
class Platform:
    """A site software: what gives it away and where it puts things."""

    name: str
    signs: tuple[str, ...]
    selectors: Selectors


@cache
def _table() -> tuple[tuple[Platform, ...], Selectors]:
    table = yaml.safe_load((Path(__file__).parent / "platforms.yml").read_text(encoding="utf-8"))
    platforms = tuple(
        Platform(entry["name"], tuple(entry["signs"]), _selectors(entry)) for entry in table["platforms"]
    )
    return platforms, _selectors(table["generic"])


def _selectors(entry: dict[str, list[str]]) -> Selectors:
    return Selectors(*(tuple(entry.get(f.name, ())) for f in fields(Selectors)))


def generic() -> Selectors:
    """Where articles stand on pages of unknown software."""
    return _table()[1]


def platform_names() -> tuple[str, ...]:
    """The names of the known platforms."""
    return tuple(platform.name for platform in _table()[0])


def selectors_of(name: str) -> Selectors:
    """The selectors of a platform by its name; none for an unknown one."""
    return next((p.selectors for p in _table()[0] if p.name == name), Selectors())


def detect(soup: BeautifulSoup) -> str | None:
    """The platform whose sign a page carries; the last in the table wins, since specific ones stand last."""
    found = None
    for platform in _table()[0]:
        if any(soup.select_one(sign) for sign in platform.signs):
            found = platform.name
    return found


def chain(parts: Iterable[Selectors]) -> Selectors:
    """Several sets of selectors, in order."""
    result = Selectors()
    for part in parts:
        result = result.then(part)
    return result
