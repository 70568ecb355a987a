"""Places that stand together as one address, and which of them tell a home or a way and not the scene."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.extract.document import Document
from pipeline.extract.rules.place_reader import BOTH
from pipeline.extract.rules.places import Place
from pipeline.extract.tokens import Tokens
from pipeline.extract.words import by_role

_CLASSED = ("place:village", "place:district")
_WAY = "arah"
_APART = 6
"""So many words, none of them a word of the language proper, may stand between two parts of an address."""
_LINKED = 4
"""So many words may stand between two addresses that ``dan`` joins."""
_SMALL = ("district", "village")
_CUE, _SLACK = 60, 12
"""How far before an address the words that tell the scene may stand, and how far from it they may end."""


@dataclass(frozen=True, slots=True)
class Address:
    """Neighbouring places: ``Jalan Rawang``, ``Kelurahan Gurun Panjang``, ``Kecamatan Bukit Kapur``."""

    places: tuple[Place, ...]
    is_home: bool
    """Somebody's home or origin: ``warga Desa X``, ``beralamat di Desa Y``."""
    is_aside: bool
    """In a line that points to another article."""
    is_way: bool
    """The end or the beginning of a way: ``menuju Desa X``, ``dari arah Kota Y``."""
    joined: str | None
    """The level of a place told side by side with another site: ``Pasar X dan kawasan Y``."""
    is_told: bool
    """The words before tell that it happened there: ``terjadi di``, ``bertempat di``."""

    @property
    def is_small(self) -> bool:
        """Whether it names a district or a village."""
        return any(place.level in _SMALL or place.inside is not None for place in self.places)

    def of_level(self, level: str) -> list[Place]:
        """Its places of one level; ``Kelurahan/Kecamatan X`` is of both, ``Balai Desa X`` tells a village."""
        both = [place for place in self.places if place.rule == BOTH and place.level != level]
        twins = [replace(place, level=level, code=None) for place in both if level in _SMALL]
        named = [
            replace(place, level=level, name=place.inside[1])
            for place in self.places
            if place.inside is not None and place.inside[0] == level
        ]
        return [place for place in self.places if place.level == level] + twins + named


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
    found: list[Address] = []
    for group in groups:
        found.append(_address(doc, group, found[-1].places if found else (), lines))
    return found


def _joined(tokens: Tokens, end: int, start: int) -> bool:
    """Whether only commas, brackets and RT/RW numbers stand between."""
    between = range(end, start)
    return len(between) <= _APART and all(_is_filler(tokens, at) for at in between)


def _is_filler(tokens: Tokens, index: int) -> bool:
    word = tokens.lower[index]
    return word.isdigit() or word in by_role("place_context")["filler"]


def _address(doc: Document, group: list[Place], last: tuple[Place, ...], lines: list[int]) -> Address:
    tokens = doc.tokens
    first = tokens.at(group[0].start)
    if len(group) > 1 and tokens.lower[first - 1] == _WAY and group[1].rule in _CLASSED:
        group = group[1:]  # ``arah Serpong, Kelurahan Kunciran, Kecamatan Pinang``: the way ends before
        first = tokens.at(group[0].start)
    before = first - 1
    while before >= 0 and first - before < _APART and _may_precede(tokens, before):
        before -= 1
    near = range(max(0, before - 1), before + 1)
    line = bisect_left(lines, first)
    start = lines[line - 1] + 1 if line else 0
    head, asides = tokens.lower[start : start + 2], by_role("place_context")["aside"]
    aside = " ".join(head) in asides or (bool(head) and head[0] in asides)
    return Address(
        tuple(group),
        is_home=any(_is_home(tokens, at, before) for at in near)
        or _is_one(tokens, before, tokens.until(group[-1].end - 1) + 1)
        or _is_cued(doc, group[0].start, "taken_to"),
        is_aside=aside,
        is_way=first > 0
        and group[0].level != "street"
        and tokens.lower[first - 1] in by_role("place_context")["way"],
        joined=group[0].level if last and _follows(tokens, last, group, first) else None,
        is_told=_is_cued(doc, group[0].start, "told"),
    )


def _may_precede(tokens: Tokens, index: int) -> bool:
    """Fillers, and a class word that stands before another: ``warga Desa Kelurahan X``."""
    return _is_filler(tokens, index) or tokens.lower[index] in by_role("place_context")["doubled"]


def _is_home(tokens: Tokens, index: int, last: int) -> bool:
    """``asal`` tells a home, ``warga`` behind a person (``AK (22), warga``) but not ``menyambangi warga``."""
    context = by_role("place_context")
    word = tokens.lower[index]
    if word in context["home"] or (index == last and word in context["office"]):
        return True
    if word not in context["people"] or index != last or index <= 0:
        return False
    before = tokens.lower[index - 1]
    return before in context["person"] or before.isdigit()


def _follows(tokens: Tokens, last: tuple[Place, ...], group: list[Place], first: int) -> bool:
    """``Pasar X dan kawasan Y``: a district or village that ``dan`` joins to a site told before."""
    if group[0].level not in _SMALL or last[-1].level in ("regency", "province"):
        return False
    end = tokens.until(last[-1].end - 1) + 1
    between = _without_brackets(tokens.lower[end:first])
    if not 0 < len(between) <= _LINKED or by_role("place_words")["link"].isdisjoint(between):
        return False
    allowed = by_role("place_words")["link"] | by_role("place_context")["locative"]
    filler = by_role("place_context")["filler"]
    return all(word in allowed or word in filler or word.isdigit() for word in between)


def _is_one(tokens: Tokens, before: int, behind: int) -> bool:
    """``Warga Desa Klaseman ini``: one of its people, wherever that one was met."""
    people = by_role("place_context")["people"]
    return before >= 0 and tokens.lower[before] in people and tokens.lower[behind : behind + 1] == ["ini"]


def _without_brackets(words: Sequence[str]) -> list[str]:
    """``Kecamatan Garum (2,5 hektare) dan Kecamatan Panggungrejo``: what a bracket tells stands aside."""
    kept: list[str] = []
    depth = 0
    for word in words:
        depth += word == "("
        if depth == 0:
            kept.append(word)
        depth -= word == ")" and depth > 0
    return kept


def _is_cued(doc: Document, at: int, role: str) -> bool:
    """Whether words of a role stand closely before: ``tepatnya di``, ``rumah duka di``."""
    start, _ = doc.sentence_at(at)
    before = doc.text[max(start, at - _CUE) : at].lower()
    ends = (before.rfind(cue) + len(cue) for cue in by_role("place_context")[role] if cue in before)
    return len(before) - max(ends, default=-_CUE) <= _SLACK
