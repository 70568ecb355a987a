"""Which software a page was made with, and where that software puts the parts of an article."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Protocol

import yaml
from bs4 import BeautifulSoup

_TAG = re.compile(r"(?:^|(?<=[\s>+~,]))[a-z][a-z0-9]*")
_NAME = re.compile(r"(?<=[.#=\" ])[A-Za-z][\w-]*")


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
        pairs = ((getattr(self, f.name), getattr(other, f.name)) for f in fields(Selectors))
        return Selectors(*(tuple(dict.fromkeys(mine + others)) for mine, others in pairs))

    def tags(self) -> frozenset[str]:
        """Every tag name that the selectors name."""
        return frozenset(
            _TAG.findall(" ".join((*self.body, *self.title, *self.date, *self.byline, *self.caption)))
        )

    def names(self) -> frozenset[str]:
        """Every class, id and attribute value that the selectors name."""
        return frozenset(
            _NAME.findall(" ".join((*self.body, *self.title, *self.date, *self.byline, *self.caption)))
        )

    @classmethod
    def of(cls, other: HasSelectors) -> Selectors:
        """The same selectors as a value of this class."""
        return cls(*(tuple(getattr(other, f.name, ())) for f in fields(cls)))


@dataclass(frozen=True, slots=True)
class Platform:
    """A site software: what gives it away and where it puts things."""

    name: str
    signs: re.Pattern[str]
    selectors: Selectors
    date_zone: str | None = None
    """The zone of dates that are written without one, where it is not the site's."""


@cache
def _table() -> tuple[tuple[Platform, ...], Selectors]:
    table = yaml.safe_load((Path(__file__).parent / "platforms.yml").read_text(encoding="utf-8"))
    platforms = tuple(
        Platform(entry["name"], _signs(entry["signs"]), _selectors(entry), entry.get("date_zone"))
        for entry in table["platforms"]
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


def date_zone_of(name: str | None) -> str | None:
    """The zone of a platform's dates that are written without one; None where it is the site's."""
    return next((p.date_zone for p in _table()[0] if p.name == name), None)


def detect(soup: BeautifulSoup) -> str | None:
    """The platform whose sign a page's head carries; the last in the table wins: specific ones stand last."""
    head = "\n".join(_head(soup)).lower()
    found = [platform.name for platform in _table()[0] if platform.signs.search(head)]
    return found[-1] if found else None


def _head(soup: BeautifulSoup) -> Iterator[str]:
    for element in soup.find_all(["meta", "link", "script"], limit=400):
        if element.name == "meta":
            yield f"{element.get('property') or element.get('name')}={element.get('content')}"
        elif value := element.get("href" if element.name == "link" else "src"):
            yield f"{element.name}={value}"


def _signs(patterns: list[str]) -> re.Pattern[str]:
    """Patterns with ``*`` for anything, each over a whole line."""
    lines = (".*".join(map(re.escape, pattern.split("*"))) for pattern in patterns)
    return re.compile("|".join(f"^{line}$" for line in lines), re.MULTILINE)


@cache
def known_names() -> frozenset[str]:
    """Every class, id and attribute value that a selector of the table names."""
    platforms, common = _table()
    return chain([*(platform.selectors for platform in platforms), common]).names()


@cache
def everywhere() -> Selectors:
    """Bodies and furniture of all platforms: harmless on pages of another, and a help on unknown ones."""
    every = chain(platform.selectors for platform in _table()[0])
    return Selectors(body=every.body, drop=every.drop)


def chain(parts: Iterable[Selectors]) -> Selectors:
    """Several sets of selectors, in order."""
    result = Selectors()
    for part in parts:
        result = result.then(part)
    return result
