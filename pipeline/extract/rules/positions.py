"""Posts: ``Kapolres Purwakarta``, ``Plh. Kanit 1 Turjawali``, ``Wakil Bupati Banjar``, bare ``Kapolsek``.

A post that names its unit (``Kapolres X``) was found with the units; here the bare ones, those with a
field and those of other bodies are found, and all become ``PositionMention`` with a canonical form.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from pipeline.extract.document import Document
from pipeline.extract.lexicon import Lexicon
from pipeline.extract.rules.units import UnitMention
from pipeline.extract.tokens import Tokens, tokenize
from pipeline.extract.words import load, words
from pipeline.registry import load_registry


@dataclass(frozen=True, slots=True)
class PositionMention:
    """A post in the text. ``unit`` is the unit named inside the span; ``place`` what follows a civil post."""

    start: int
    end: int
    first: int
    last: int
    canonical: str
    category: str
    """``polri``, ``tni``, ``gov``, ``law``, ``election`` or ``other``."""
    is_acting: bool
    is_former: bool
    unit: UnitMention | None
    confidence: float
    rule: str

    @property
    def force(self) -> str | None:
        """The force whose member holds the post; None for a civil post."""
        return self.category if self.category in ("polri", "tni") else None


@dataclass(frozen=True, slots=True)
class _Post:
    canonical: str
    category: str


@cache
def _posts() -> Lexicon[_Post]:
    lists, lexicon = words("positions"), Lexicon[_Post]()
    for form, canonical in load("positions")["long_forms"].items():
        lexicon.add(form, _Post(canonical, _category(canonical)))
    for entry in load_registry().positions:
        if entry.canonical.lower() in lists["not_posts"]:
            continue
        for form in (entry.canonical, entry.full_name, *entry.aliases):
            plain = _bare(form)
            if plain and plain.lower() not in lists["not_forms"]:
                lexicon.add(plain, _Post(_of_open_head(entry.canonical, plain), entry.category))
    return lexicon


def _of_open_head(canonical: str, form: str) -> str:
    """A form of a generic head with its field (``Kanit Turjawali``) is a post of its own."""
    head, *fields = form.split()
    generic = canonical.lower() in words("positions")["generic"]
    if not (generic and fields and head.lower() in words("positions")["open"]):
        return canonical
    return _with_fields(head, fields)


def _bare(form: str) -> str:
    """A registry form without acting prefix before it and without the kind of unit behind it."""
    parts = form.strip(". ").split()
    lists = words("positions")
    if len(parts) > 1 and parts[0].lower().strip(".") in lists["acting"]:
        parts = parts[1:]
    while (
        len(parts) > 1
        and parts[-1].lower() in lists["unit_kinds"]
        and parts[-2].lower() not in lists["leaders"]
    ):
        parts = parts[:-1]
    return " ".join(parts)


def _category(canonical: str) -> str:
    civil = load("positions")["bare_heads"]
    if canonical.lower() in civil and canonical not in ("Humas", "Irbid", "Waka", "Wakil Kepala", "Kepala"):
        return "other"
    return "tni" if canonical == "Dandim" else "polri"


def find_positions(
    doc: Document, units: Sequence[UnitMention]
) -> tuple[list[PositionMention], list[UnitMention]]:
    """Every post of one person, in order, and the units without the words that belong to a post.

    ``Wadir Reskrimum Polda DIY`` is the post ``Wadir Reskrimum`` in the unit ``Polda DIY``.
    """
    tokens = doc.tokens
    titles = {tokens.at(unit.start): unit for unit in units if unit.form == "title"}
    blocked, bodies = _blocked(tokens, units), _bodies(tokens, units)
    starts = _posts().starts()
    found: list[PositionMention] = []
    index = 0
    while index < len(tokens):
        mention: PositionMention | None = None
        if index in titles:
            mention = _from_title(tokens, index, titles[index])
        elif index not in blocked and tokens.lower[index] in starts:
            mention = _post_at(tokens, index, blocked.union(titles), bodies)
        if mention is None:
            index += 1
            continue
        following = mention.last
        mention = _with_prefix(tokens, mention)
        if mention is not None:
            found.append(mention)
        index = following
    return found, _trimmed(tokens, units, found)


def _blocked(tokens: Tokens, units: Sequence[UnitMention]) -> set[int]:
    """Indices of the words inside units named alone, from the kind of unit (``Polda``) on."""
    inside: set[int] = set()
    kinds = words("positions")["unit_kinds"] | words("positions")["seats"]
    for unit in units:
        if unit.form != "name":
            continue
        first, last = tokens.at(unit.start), tokens.until(unit.end)
        head = next((i for i in range(first, last) if tokens.lower[i] in kinds), first)
        inside.update(range(head, last))
    return inside


def _bodies(tokens: Tokens, units: Sequence[UnitMention]) -> set[int]:
    """Indices where the body of a unit begins (``Dit Samapta Polda X``): no field of the post before it."""
    bodies = tuple(words("positions")["bodies_of_units"])
    starts = (tokens.at(unit.start) for unit in units if unit.form == "name")
    return {first for first in starts if first < len(tokens) and tokens.lower[first].startswith(bodies)}


def _trimmed(
    tokens: Tokens, units: Sequence[UnitMention], posts: Sequence[PositionMention]
) -> list[UnitMention]:
    ends = {index: post for post in posts for index in range(post.first, post.last)}
    kept = []
    for unit in units:
        first = tokens.at(unit.start)
        post = ends.get(first)
        if unit.form == "name" and post is not None and tokens.ends[post.last - 1] < unit.end:
            unit = replace(unit, start=tokens.starts[post.last])
        kept.append(unit)
    return kept


def _from_title(tokens: Tokens, index: int, unit: UnitMention) -> PositionMention:
    """The post inside ``Kapolres Purwakarta`` is what the lexicon finds at its beginning."""
    last = tokens.until(unit.end)
    match = _posts().longest(tokens, index)
    canonical = match[1].canonical if match else tokens.words[index].capitalize()
    if canonical == "Kapolres Metro" or canonical.startswith("Kapolres "):
        canonical = "Kapolres"
    return PositionMention(
        unit.start,
        unit.end,
        index,
        last,
        canonical,
        "polri",
        False,
        False,
        unit,
        unit.confidence,
        "post-unit",
    )


def _post_at(tokens: Tokens, index: int, taken: set[int], bodies: set[int]) -> PositionMention | None:
    match = _posts().longest(tokens, index)
    if match is None or any(i in taken for i in range(index + 1, match[0])):
        return None
    last, post = match
    if post.canonical == "Humas" and not _before_holder(tokens, last, taken):
        return None
    if tokens.words[index].islower() and post.category != "polri":
        return None
    head_end, canonical = last, post.canonical
    if tokens.lower[index] in words("positions")["open"]:
        last = _fields_end(tokens, last, taken, bodies)
        if last > head_end:
            canonical = _extended(tokens, index, head_end, last, canonical)
    last = _abbreviation_end(tokens, last)
    if canonical.lower() in words("positions")["bare_heads"] and not _has_object(tokens, last, taken):
        return None
    if post.category != "polri":
        last = _place_end(tokens, last, taken)
    end = tokens.ends[last - 1]
    rule = "post-field" if last > head_end else "post"
    return PositionMention(
        tokens.starts[index], end, index, last, canonical, post.category, False, False, None, 0.95, rule
    )


def _fields_end(tokens: Tokens, last: int, taken: set[int], bodies: set[int]) -> int:
    fields = words("positions")["fields"]
    index = last
    while index < len(tokens) and index not in taken and index not in bodies and index - last < 5:
        word = tokens.lower[index]
        if word in fields and not (len(word) == 1 and word.isalpha() and tokens.words[index].islower()):
            index += 1
        elif word == "." and index > last and tokens.starts[index] == tokens.ends[index - 1]:
            if index + 1 < len(tokens) and tokens.lower[index + 1] in fields:
                index += 1
            else:
                break
        else:
            break
    return index


def _extended(tokens: Tokens, index: int, head_end: int, last: int, canonical: str) -> str:
    """The canonical form of a post that fields follow; a known longer post keeps its own."""
    phrase = tokenize(" ".join(word for word in tokens.words[index:last] if word != "."))
    known = _posts().longest(phrase, 0)
    if known is not None and known[0] == len(phrase):
        return known[1].canonical
    return _with_fields(canonical, tokens.words[head_end:last])


def _with_fields(head: str, fields: list[str]) -> str:
    """The canonical form of a head with its fields: joined, or the words side by side."""
    shown = [_field(word) for word in fields if word != "."]
    if head.lower() in words("positions")["joined_heads"]:
        return head + "".join(shown).lower()
    return _joined_units(" ".join([head, *shown]))


def _field(word: str) -> str:
    if word.isupper() or not word.islower():
        return word if len(word) <= 4 else word.capitalize()
    return word.capitalize()


def _joined_units(phrase: str) -> str:
    """``Dit Lantas`` is written ``Ditlantas``."""
    parts = phrase.split()
    out: list[str] = []
    for part in parts:
        if out and out[-1] in ("Dit", "Sat", "Bid") and part[0].isupper():
            out[-1] += part.lower()
        else:
            out.append(part)
    return " ".join(out)


def _abbreviation_end(tokens: Tokens, last: int) -> int:
    """A bracket that repeats the post in short or in full belongs to it: ``Perwira … (Pamatwil)``."""
    if last + 2 >= len(tokens) or tokens.words[last] != "(":
        return last
    for close in range(last + 2, min(last + 7, len(tokens))):
        if tokens.words[close] == ")":
            inside = tokens.lower[last + 1 : close]
            fields = words("positions")["fields"]
            known = _posts().longest(tokens, last + 1)
            if (known and known[0] == close) or all(word in fields or word == "dan" for word in inside):
                return close + 1
            return last
    return last


def _before_holder(tokens: Tokens, last: int, taken: set[int]) -> bool:
    """``Humas Polres X, AKP Y``: a body named before its holder stands for the post."""
    at = last
    if at not in taken:
        return False
    while at < len(tokens) and at in taken:
        at += 1
    at += at < len(tokens) and tokens.words[at] == ","
    return at < len(tokens) and tokens.words[at][0].isupper()


def _has_object(tokens: Tokens, last: int, taken: set[int]) -> bool:
    """A bare head (``Ketua``, ``Wakil Kepala``) is a post with a unit or an organisation behind it."""
    if last >= len(tokens):
        return False
    return last in taken or (tokens.words[last][0].isupper() and tokens.lower[last] in _organisations())


@cache
def _places() -> Lexicon[str]:
    """Names of regions down to kecamatan, for the reach of a civil post."""
    registry = load_registry()
    lexicon: Lexicon[str] = Lexicon()
    for code in registry.regions.down_to_districts():
        region = registry.regions.get(code)
        if region is not None:
            lexicon.add(region.bare, code)
            lexicon.add(region.name, code)
    return lexicon


def place_words_end(tokens: Tokens, index: int) -> int:
    """Where a region named at a word ends, its class word included; the index itself if none is named."""
    at = index
    if at < len(tokens) and tokens.lower[at] in words("positions")["place_classes"]:
        at += 1
        if at < len(tokens) and tokens.words[at] == "." and tokens.starts[at] == tokens.ends[at - 1]:
            at += 1
    if at >= len(tokens) or tokens.words[at].islower():
        return index
    match = _places().longest(tokens, at)
    return match[0] if match else index


def is_place(tokens: Tokens, first: int, last: int) -> bool:
    """Whether some words are the name of a region down to kecamatan."""
    match = _places().longest(tokens, first)
    return match is not None and match[0] >= last


@cache
def _organisations() -> frozenset[str]:
    """First words of the names of organisations."""
    lists = words("orgs")
    return frozenset(form.split()[0] for key in ("bodies", "heads", "numbered") for form in lists[key])


def _place_end(tokens: Tokens, last: int, taken: set[int]) -> int:
    """A civil post reaches over the region it belongs to: ``Camat Kahayan Hilir``."""
    index = last
    if index < len(tokens) and tokens.lower[index] in words("positions")["place_classes"]:
        index += 1
    if index >= len(tokens) or index in taken:
        return last
    if tokens.words[index].isdigit():  # Dandim 1310 Bitung
        index += 1
        if index >= len(tokens):
            return index
    match = _places().longest(tokens, index)
    if match is None or tokens.words[index].islower():
        return index if index > last and tokens.words[index - 1].isdigit() else last
    return match[0]


def _with_prefix(tokens: Tokens, mention: PositionMention) -> PositionMention | None:
    """Add an acting prefix to the span; drop groups (``para Kapolsek``); note former posts."""
    lists = words("positions")
    first, acting, former = mention.first, False, False
    before = first - 1
    if before >= 0 and tokens.words[before] == "." and before >= 1:
        before -= 1
    if before >= 0 and tokens.lower[before] in lists["acting"] and tokens.words[before][0].isupper():
        first, acting, before = before, True, before - 1
    if before >= 0 and tokens.lower[before] in lists["group"]:
        return None
    if before >= 0 and tokens.lower[before] in lists["former"]:
        former = True
    following = tokens.lower[mention.last] if mention.last < len(tokens) else ""
    if following in lists["group"]:
        return None
    return replace(mention, start=tokens.starts[first], first=first, is_acting=acting, is_former=former)
