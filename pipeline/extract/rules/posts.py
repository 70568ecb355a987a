"""In which unit a post is held, where the text does not write it beside the post."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from pipeline.extract.document import Document
from pipeline.extract.rules.coref import Entity
from pipeline.extract.rules.post_reach import number_end
from pipeline.extract.rules.surroundings import Post
from pipeline.extract.rules.units import UnitMention
from pipeline.extract.words import load, words
from pipeline.registry import Unit, load_registry

_AKBP = 17

_BEFORE_NAME = re.compile(r"/(?!\d)")
"""``1504-03/Saparua``, but not within ``III/4``."""


@cache
def _bodies_of_polda() -> tuple[str, ...]:
    return tuple(sorted(words("positions")["bodies_of_polda"]))


class UnitOfPost:
    """Resolves the unit of posts in one article: beside the post, else by its level and the context."""

    def __init__(
        self, doc: Document, units: Sequence[UnitMention], primary: tuple[str | None, str | None, str | None]
    ) -> None:
        self._doc = doc
        self._units = [unit for unit in units if unit.unit is not None]
        self._primary_id, self._primary, self._primary_level = primary

    def __call__(self, post: Post | None, entity: Entity, force: str) -> tuple[str | None, str | None, bool]:
        """Return unit id, unit and whether the text says so beside the post."""
        if force == "tni":
            body = self._tni_body(post) if post else None
            return None, body, body is not None
        if post is None:
            return (
                (None, None, False)
                if self._is_outranked(entity)
                else (self._primary_id, self._primary, False)
            )
        if post.unit is not None and post.unit.unit is not None:
            return post.unit.unit_id, post.unit.unit, True
        levels = self._levels(post)
        if not levels:
            return None, None, False
        if levels == ("mabes",):
            mabes = load_registry().units["mabes-polri"]
            return mabes.unit_id, mabes.name, True
        return self._by_context(levels, post.mention.start)

    @property
    def primary_level(self) -> str | None:
        """The level of the article's primary unit."""
        return self._primary_level

    def _is_outranked(self, entity: Entity) -> bool:
        """An AKBP without a post is hardly of a Polres or Polsek, whose head bears that rank: a guest."""
        orders = [span.rank.rank.order or 0 for span in entity.spans if span.rank]
        return self._primary_level in ("polres", "polsek") and max(orders, default=0) >= _AKBP

    def position(self, post: Post | None) -> str | None:
        """The canonical post; some heads need the body of the Polda (``Kasubdit III Ditreskrimsus``)."""
        if post is None:
            return None
        canonical = post.mention.canonical
        if canonical == "Humas" and post.unit is not None and post.unit.level == "polres":
            return "Kasi Humas"  # the head of a Polres' public relations
        if canonical.split()[0].lower() in words("positions")["body_heads"] and post.unit is not None:
            body = self._doc.text[post.unit.start : post.unit.end].split()
            if len(body) > 1:
                return f"{canonical} {_body(body)}" if _body(body) else canonical
        return canonical

    def _levels(self, post: Post) -> tuple[str, ...]:
        canonical = post.mention.canonical
        first = canonical.split()[0]  # a numbered post (`Danyon A Pelopor`) is of its head's level
        for level, posts in load("positions")["levels"].items():
            if canonical in posts or first in posts:
                return (str(level),)
        if any(word.lower().startswith(_bodies_of_polda()) for word in canonical.split()[1:]):
            return ("polda",)
        head = canonical.split()[0].lower()
        if head in words("positions")["operation_heads"]:
            return ()
        return _registry_levels().get(canonical, ("polres", "polsek"))

    def _by_context(self, levels: tuple[str, ...], position: int) -> tuple[str | None, str | None, bool]:
        if self._primary_level in levels and self._primary_level in ("polres", "polsek", "polda"):
            near = self._nearest(levels, position, sentence=True)
            if near is not None and self._primary_level not in (near.level,):
                return near.unit_id, near.unit, False
            return self._primary_id, self._primary, False
        near = self._nearest(levels, position, sentence=False)
        if near is not None:
            return near.unit_id, near.unit, False
        unit = self._over_primary(levels)
        if unit is not None:
            return unit.unit_id, unit.name, False
        if levels == ("polres",) and self._primary_level in ("polda", "mabes"):
            return None, None, False  # a Kapolres of whom the text says no more
        return self._primary_id, self._primary, False

    def _over_primary(self, levels: tuple[str, ...]) -> Unit | None:
        """The unit over the primary one at a level that the text does not name: the Polres of a Polsek."""
        units = load_registry().units
        parent = next((unit.parent_id for unit in self._units if unit.unit_id == self._primary_id), None)
        polres = units.get((parent if self._primary_level == "polsek" else self._primary_id) or "")
        if polres is None or polres.level != "polres" or "polsek" in levels:
            return None
        if "polres" in levels:
            return polres if self._primary_level == "polsek" else None
        return units.get(polres.polda_id or "") if "polda" in levels else None

    def _nearest(self, levels: tuple[str, ...], position: int, *, sentence: bool) -> UnitMention | None:
        fitting = [unit for unit in self._units if unit.level in levels]
        if sentence:
            start, end = self._doc.sentence_at(position)
            fitting = [unit for unit in fitting if start <= unit.start < end]
        before = [unit for unit in fitting if unit.start <= position]
        if before:
            return before[-1]
        return fitting[0] if fitting else None

    def _tni_body(self, post: Post) -> str | None:
        """The body of a post: ``Kodim 1612/Manggarai`` of ``Dandim 1612 Manggarai``."""
        bodies: dict[str, str] = load("positions")["tni_bodies"]
        body, behind = bodies.get(post.mention.canonical), self._body_behind(post)
        shown = self._behind_head(post, body) if body else []
        if body is None or (behind is not None and not (shown and shown[0][0].isdigit())):
            return behind
        if not shown or shown[0].lower() in words("positions")["place_classes"]:
            return None
        if shown[-1][0].isdigit():
            shown = [shown[-1], *shown[:-1]]
        if shown[0][0].isdigit() and "/" not in shown[0] and len(shown) > 1:
            return f"{body} {shown[0]}/{' '.join(shown[1:])}"
        return f"{body} {' '.join(shown)}"

    def _behind_head(self, post: Post, body: str) -> list[str]:
        """The number and name inside a post: behind its bracket or its head (``Komandan Kodim``)."""
        surface = self._doc.text[post.mention.start : post.mention.end]
        _, bracket, named = surface.rpartition(")")
        shown = _BEFORE_NAME.sub(" ", named).split()
        shown = shown if bracket else shown[1 + (shown[1:2] == [body]) :]
        return shown[2:] if shown and shown[0].lower() in words("positions")["sizes"] else shown

    def _body_behind(self, post: Post) -> str | None:
        """The body written behind a post: ``Kasi Intel Korem 161/Wirasakti``, ``Babinsa Koramil 03/Kota``."""
        tokens, index = self._doc.tokens, post.mention.last
        if index + 1 >= len(tokens) or tokens.lower[index] not in words("orgs")["numbered"]:
            return None
        end = number_end(tokens, index + 1)
        return self._doc.text[tokens.starts[index] : tokens.ends[end - 1]] if end > index + 1 else None


def _body(surface: list[str]) -> str:
    """The part of a unit's name before the territorial unit, in short (``Ditreskrimsus``)."""
    short: dict[str, str] = load("positions")["bodies"]
    joined = " ".join(surface).lower()
    for form in sorted(short, key=len, reverse=True):
        if joined.startswith(form):
            return short[form]
    return ""


@cache
def _registry_levels() -> dict[str, tuple[str, ...]]:
    known = ("mabes", "polda", "polres", "polsek")
    levels: dict[str, tuple[str, ...]] = {}
    for entry in load_registry().positions:
        named = tuple(level for level in entry.unit_level.split("/") if level in known)
        if "any" in entry.unit_level:
            named = known[1:]
        if "desa" in entry.unit_level:
            named = ("polsek",)
        levels.setdefault(entry.canonical, named or ("polres", "polsek"))
    return levels
