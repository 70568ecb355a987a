"""How far a post reaches behind its head: fields, a bracket, a number, the region it belongs to."""

from __future__ import annotations

from functools import cache, lru_cache

from rapidfuzz.distance import Levenshtein

from pipeline.extract.rules.post_forms import post_forms
from pipeline.extract.rules.ranks import rank_starts
from pipeline.extract.tokens import Tokens
from pipeline.extract.words import is_roman, words
from pipeline.registry import load_registry

_MAX_FIELDS = 5
_SHORTEST_FUZZY = 6
_MAX_WRITTEN_OUT = 7
_LONGEST_NUMBER = 5
"""Words of a body's number."""


@cache
def _stops() -> frozenset[str]:
    return words("names")["stops"] | rank_starts()


def fields_end(tokens: Tokens, last: int, taken: set[int], bodies: set[int]) -> int:
    """Number and field behind an open head: ``1 Turjawali``, ``Bin Opsnal Dit Lantas``."""
    index, stop = last, min(len(tokens), last + _MAX_FIELDS)
    while index < stop and index not in taken and index not in bodies:
        glued_stop = (
            tokens.words[index] == "." and index > last and tokens.starts[index] == tokens.ends[index - 1]
        )
        if not (_is_field(tokens, index) or (glued_stop and _is_field(tokens, index + 1))):
            break
        index += 1
    return index


def _is_field(tokens: Tokens, index: int) -> bool:
    if index >= len(tokens) or tokens.lower[index] not in words("positions")["fields"]:
        return False
    word = tokens.words[index]
    return len(word) > 1 or not word.isalpha() or word.isupper()


def misspelt_field(tokens: Tokens, index: int) -> str | None:
    """The field that a word behind a head means: a letter is wrong (``Kasat Resnakoba``), or it is his.

    ``Kasat Narkobanya`` is the Kasat Narkoba of the one named before.
    """
    if index >= len(tokens) or len(tokens.lower[index]) < _SHORTEST_FUZZY:
        return None
    return _nearest_field(tokens.lower[index])


@lru_cache(maxsize=4096)
def _nearest_field(word: str) -> str | None:
    if (owned := word.removesuffix("nya")) in words("positions")["fields"]:
        return owned
    for field in sorted(words("positions")["fields"]):
        close = len(field) >= _SHORTEST_FUZZY and field[0] == word[0]
        if close and Levenshtein.distance(word, field, score_cutoff=1) == 1:
            return field
    return None


def bracket_end(tokens: Tokens, last: int) -> int:
    """A bracket that repeats the post in short or in full belongs to it: ``Perwira … (Pamatwil)``."""
    if last + 2 >= len(tokens) or tokens.words[last] != "(":
        return last
    for close in range(last + 2, min(last + 7, len(tokens))):
        if tokens.words[close] != ")":
            continue
        fields = words("positions")["fields"]
        known = post_forms().longest(tokens, last + 1)
        if (known and known[0] == close) or all(
            w in fields or w == "dan" for w in tokens.lower[last + 1 : close]
        ):
            return close + 1
        return last
    return last


def short_field(tokens: Tokens, first: int, taken: set[int]) -> tuple[int, str] | None:
    """Where a field written out and in short ends, and the short form: ``Penerangan … (Penmas)``."""
    at, stops = first, rank_starts()
    while at < min(len(tokens), first + _MAX_WRITTEN_OUT) and at not in taken:
        if tokens.words[at] == "(":
            short = tokens.lower[at + 1 : at + 2]
            closed = at > first and tokens.words[at + 2 : at + 3] == [")"]
            return (at + 3, short[0]) if closed else None
        named = tokens.words[at].isalpha() and tokens.words[at][0].isupper() and tokens.lower[at] not in stops
        if not (named or (tokens.lower[at] == "dan" and at > first)):
            return None
        at += 1
    return None


def region_end(tokens: Tokens, last: int, taken: set[int]) -> int:
    """A civil post reaches over the region it belongs to: ``Camat Kahayan Hilir``."""
    if last in taken:
        return last
    end = place_words_end(tokens, last)
    return end if not any(i in taken for i in range(last, end)) else last


def comma_end(tokens: Tokens, first: int, taken: set[int]) -> int:
    """``Kepala Desa Melati, Sembodo``: a place in no list ends at the comma that its holder stands behind."""
    at, stops = first, _stops()
    while (
        at < min(len(tokens), first + 3)
        and at not in taken
        and tokens.words[at][0].isupper()
        and tokens.lower[at] not in stops
    ):
        at += 1
    behind = tokens.words[at + 1 : at + 2]
    named = tokens.words[at : at + 1] == [","] and bool(behind) and behind[0][0].isupper()
    other = stops | post_forms().starts()
    return at if named and at > first and tokens.lower[at + 1] not in other else first


def number_end(tokens: Tokens, last: int) -> int:
    """A TNI post reaches over its body's number and name, in either order.

    ``Dandim 1310 Bitung``, ``Danramil 1504-03/Saparua``, ``Danlantamal IX``, ``Danramil Saparua 1504-03``.
    """
    if last + 2 < len(tokens) and tokens.lower[last] in words("positions")["sizes"]:
        last += 2  # the size of the body: `Danramil Tipe B 0804/01 Magetan`
    if last >= len(tokens):
        return last
    if not _is_number(tokens, last):
        place = place_words_end(tokens, last)
        return plain_number_end(tokens, place) if place > last else _command_end(tokens, last)
    return named_number_end(tokens, last)


def _command_end(tokens: Tokens, first: int) -> int:
    """The name of a command that is no place: capitals before a rank (``Pangdam IM``)."""
    at, stops = first, _stops()
    while (
        at < len(tokens)
        and at - first < 3
        and tokens.words[at][0].isupper()
        and tokens.lower[at] not in stops
    ):
        at += 1
    if at == first or at >= len(tokens):
        return first
    return at if tokens.lower[at] in rank_starts() or _rank_behind(tokens, at) else first


def named_number_end(tokens: Tokens, first: int) -> int:
    """Index behind the number of a body and its name: ``04/Kota``, ``162/Wira Bhakti``, ``1310 Bitung``."""
    number = plain_number_end(tokens, first)
    slash = number < len(tokens) and tokens.words[number] == "/"
    at = index = number + slash
    limit = min(len(tokens), index + 2)
    while at < limit and tokens.words[at][0].isupper() and tokens.lower[at] not in rank_starts():
        if slash and at > index and (not _rank_behind(tokens, at + 1) or is_place(tokens, at, at + 1)):
            break  # behind the slash stands one word, or all up to the rank but a town
        if tokens.lower[at] in _stops() and not (slash and at == index):
            break
        at += 1
    return at if at > index else number


def plain_number_end(tokens: Tokens, index: int) -> int:
    """``1504-03``, ``0804/01``, ``V/1-5``, ``05``, ``XI``; the index itself where no number stands."""
    if index >= len(tokens) or not _is_number(tokens, index):
        return index
    end = index + 1
    while (
        end + 1 < len(tokens)
        and end - index < _LONGEST_NUMBER
        and tokens.words[end] in "-/"
        and tokens.words[end + 1].isdigit()
    ):
        end += 2
    return end


def _rank_behind(tokens: Tokens, index: int) -> bool:
    index += tokens.words[index : index + 1] == [","]
    return index < len(tokens) and tokens.lower[index] in rank_starts()


def _is_number(tokens: Tokens, index: int) -> bool:
    return tokens.words[index].isdigit() or is_roman(tokens.lower[index].upper())


def village_end(tokens: Tokens, last: int, taken: set[int]) -> int:
    """``Bhabinkamtibmas Kelurahan Angin Nauli``, ``Bhabinkamtibmas Rawabadak Utara``: up to three words."""
    stops = _stops()
    index = last
    if index < len(tokens) and tokens.lower[index] in words("positions")["place_classes"]:
        index += 1
        index += index < len(tokens) and tokens.words[index] == "."
    at = index
    while at < len(tokens) and at not in taken and at - index < 3:
        if not tokens.words[at][0].isupper() or tokens.lower[at] in stops:
            break
        at += 1
    return at if at > index else last


def place_words_end(tokens: Tokens, index: int, *, districts: bool = True) -> int:
    """Where a region named at a word ends, its class word included; the index itself if none is named.

    ``districts`` false leaves out names that only a kecamatan bears."""
    at = index
    if at < len(tokens) and tokens.lower[at] in words("positions")["place_classes"]:
        at += 1
        if at < len(tokens) and tokens.words[at] == "." and tokens.starts[at] == tokens.ends[at - 1]:
            at += 1
    if at >= len(tokens) or tokens.words[at].islower():
        return index
    return _region_end(tokens, at, districts=districts) or index


def _region_end(tokens: Tokens, index: int, *, districts: bool = True) -> int | None:
    """Index behind the longest name of a region, or of a unit's place, that begins at a word."""
    for hit in load_registry().names.hits(tokens.lower).at(index):
        if hit.name.regions or hit.name.units or (districts and hit.name.districts):
            return hit.end
    return index + 1 if tokens.lower[index] in words("positions")["short_regions"] else None


def is_place(tokens: Tokens, first: int, last: int) -> bool:
    """Whether some words are the name of a region down to kecamatan."""
    end = _region_end(tokens, first)
    return end is not None and end >= last
