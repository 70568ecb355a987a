"""Places that stand together as one address, and which of them tell a home or a way and not the scene."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

from pipeline.extract.document import Document
from pipeline.extract.rules.places import Place
from pipeline.extract.tokens import Tokens
from pipeline.extract.words import by_role

_APART = 6
"""So many words, none of them a word of the language proper, may stand between two parts of an address."""


@dataclass(frozen=True, slots=True)
class Address:
    """Neighbouring places: ``Jalan Rawang``, ``Kelurahan Gurun Panjang``, ``Kecamatan Bukit Kapur``."""

    places: tuple[Place, ...]
    is_home: bool
    """Somebody's home or origin, or the end of a way: ``warga Desa X``, ``menuju Kota Y``."""
    is_aside: bool
    """In a line that points to another article."""

    def of_level(self, level: str) -> list[Place]:
        """Its places of one level."""
        return [place for place in self.places if place.level == level]


def addresses(doc: Document, places: list[Place]) -> list[Address]:
    """Group the places of an article into addresses, in order."""
    tokens = doc.tokens
    groups: list[list[Place]] = []
    previous = -1
    for place in places:
        first = tokens.at(place.start)
        if groups and _joined(tokens, previous, first):
            groups[-1].append(place)
        else:
            groups.append([place])
        previous = tokens.until(place.end - 1) + 1
    lines = doc.words.get("\n", [])
    return [_address(tokens, group, lines) for group in groups]


def _joined(tokens: Tokens, end: int, start: int) -> bool:
    """Whether only commas, brackets and RT/RW numbers stand between."""
    between = range(end, start)
    return len(between) <= _APART and all(_is_filler(tokens, at) for at in between)


def _is_filler(tokens: Tokens, index: int) -> bool:
    word = tokens.lower[index]
    return word.isdigit() or word in by_role("place_context")["filler"]


def _address(tokens: Tokens, group: list[Place], lines: list[int]) -> Address:
    first = tokens.at(group[0].start)
    before = first - 1
    while before >= 0 and first - before < _APART and _is_filler(tokens, before):
        before -= 1
    near = range(max(0, before - 1), before + 1)
    line = bisect_left(lines, first)
    start = lines[line - 1] + 1 if line else 0
    head, asides = tokens.lower[start : start + 2], by_role("place_context")["aside"]
    aside = " ".join(head) in asides or (bool(head) and head[0] in asides)
    return Address(tuple(group), any(_is_home(tokens, at, before) for at in near), aside)


def _is_home(tokens: Tokens, index: int, last: int) -> bool:
    """``asal`` tells a home, ``warga`` behind a person (``AK (22), warga``) but not ``menyambangi warga``."""
    context = by_role("place_context")
    word = tokens.lower[index]
    if word in context["home"]:
        return True
    if word not in context["people"] or index != last or index <= 0:
        return False
    before = tokens.lower[index - 1]
    return before in context["person"] or before.isdigit()
