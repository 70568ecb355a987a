"""Named organisations that are not police: ``KPU Kabupaten X``, ``PT Y``, ``Kodim 0712/Tegal``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from pipeline.extract.document import Document
from pipeline.extract.lexicon import Lexicon
from pipeline.extract.rules.post_reach import place_words_end
from pipeline.extract.rules.ranks import rank_starts
from pipeline.extract.tokens import Tokens
from pipeline.extract.words import is_roman, words

_MAX_WORDS = 8
_MAX_NUMBER = 8
_MAX_SEAT = 2
_SHORT = 3
_WHOLES = ("body", "placed", "head")
_MAX_TAILED = 3
_KINDS = {
    "none": "none",
    "of_bodies": "part",
    "numbered": "numbered",
    "placed": "placed",
    "bodies": "body",
    "heads": "head",
}


@dataclass(frozen=True, slots=True)
class OrgMention:
    """An organisation in the text."""

    start: int
    end: int
    confidence: float
    rule: str


@cache
def _lexicon() -> Lexicon[str]:
    lists = words("orgs")
    return Lexicon((form, kind) for key, kind in _KINDS.items() for form in sorted(lists[key]))


def find_orgs(doc: Document, blocked: Iterable[tuple[int, int]]) -> list[OrgMention]:
    """Every organisation outside the blocked spans, in order."""
    tokens, done = doc.tokens, 0
    found: list[OrgMention] = []
    taken = bytearray(len(tokens))
    for start, end in blocked:
        for index in range(tokens.at(start), tokens.until(end)):
            taken[index] = 1
    for index in doc.indices_of(_lexicon().starts()):
        if index < done or taken[index] or not _may_begin(tokens, index):
            continue
        reach = _org_end(tokens, index, taken)
        if reach is not None:
            done, kind = reach
            taken[index:done] = b"\1" * (done - index)
            confidence = 0.75 if kind == "head" else 0.85
            first = index + tokens.words[index].islower()
            found.append(OrgMention(tokens.starts[first], tokens.ends[done - 1], confidence, f"org-{kind}"))
    found += _with_tails(tokens, doc.indices_of(words("orgs")["tails"]), taken)
    found += _short_forms(doc, found, taken)
    return sorted(found, key=lambda org: org.start)


def _short_forms(doc: Document, found: Iterable[OrgMention], taken: bytearray) -> Iterator[OrgMention]:
    """Later mentions of what a bracket introduced: ``Aliansi Serikat Buruh (ASB) … kata ASB``."""
    tokens = doc.tokens
    short: set[str] = set()
    for org in found:
        inside = range(tokens.at(org.start), tokens.until(org.end))
        short.update(tokens.lower[i + 1] for i in inside if tokens.words[i] == "(" and i + 1 in inside)
    short -= words("positions")["short_regions"]
    for index in doc.indices_of(short):
        word = tokens.words[index]
        if not taken[index] and word.isupper() and len(word) >= _SHORT:
            yield OrgMention(tokens.starts[index], tokens.ends[index], 0.75, "org-short")


def _with_tails(tokens: Tokens, indices: Iterable[int], taken: bytearray) -> Iterator[OrgMention]:
    """Bands and clubs, whose kind is told last: ``Melati Band``, ``Sagara FC Pekanbaru``."""
    for index in indices:
        first = index
        while first > max(0, index - _MAX_TAILED) and not taken[first - 1] and _is_seat(tokens, first - 1):
            first -= 1
        if first == index or taken[index] or not tokens.words[index][0].isupper():
            continue
        last = _place_end(tokens, index + 1)
        taken[first:last] = b"\1" * (last - first)
        yield OrgMention(tokens.starts[first], tokens.ends[last - 1], 0.7, "org-tail")


def _may_begin(tokens: Tokens, index: int) -> bool:
    """Not in small letters, not ``Aji`` for ``AJI``, not the body that a crossing is named after."""
    word, lists = tokens.words[index], words("orgs")
    if word.islower() != (tokens.lower[index] in lists["small"]) or (
        tokens.lower[index] in lists["capitals"] and not word.isupper()
    ):
        return False
    office = index > 0 and tokens.lower[index - 1] in lists["offices"]
    before = tokens.lower[index - 1 - office] if index > office else ""
    return before not in lists["behind_place"]


def _org_end(tokens: Tokens, index: int, taken: bytearray) -> tuple[int, str] | None:
    """The index behind the organisation that begins at a word, and its kind."""
    match = _lexicon().longest(tokens, index)
    if match is None or any(taken[index : match[0]]):
        return None
    last, kind = match
    if kind == "numbered":
        part = tokens.lower[index] in words("orgs")["parts_of_bodies"] and _opens(tokens, last) == kind
        whole = _org_end(tokens, last, taken) if part else None
        end = whole[0] if whole else _number_end(tokens, last)
        bare = tokens.lower[index] in words("orgs")["needs_number"] and not any(
            word[0].isdigit() for word in tokens.words[last:end]
        )
        return None if bare else (end, kind)
    if kind == "head":
        end = _head_end(tokens, index, last, taken)
        return (end, kind) if end > last else None
    if kind == "none":
        return None
    if kind == "part":
        whole = _org_end(tokens, last, taken) if _opens(tokens, last) in _WHOLES else None
        return (whole[0], kind) if whole else None
    end = _body_end(tokens, index, last, taken)
    if kind == "placed":
        return (end, kind) if end > last else None
    soldiers = end == last and tokens.lower[index] == "tni" and _opens(tokens, last) == "numbered"
    return None if soldiers or _repeats(tokens, index, last) else (end, kind)


def _opens(tokens: Tokens, index: int) -> str:
    """The kind of organisation that may begin at a word."""
    match = _lexicon().longest(tokens, index) if index < len(tokens) else None
    return match[1] if match and not tokens.words[index].islower() else ""


def _repeats(tokens: Tokens, first: int, last: int) -> bool:
    """A short form in brackets stands for the words before it, which would have been found with it."""
    bracket = (
        first > 1 and last < len(tokens) and tokens.words[first - 1] == "(" and tokens.words[last] == ")"
    )
    return bracket and tokens.words[first - 2][0].isupper()


def _number_end(tokens: Tokens, index: int) -> int:
    """``1612/Manggarai``, ``1612 Manggarai``, ``161/Wirasakti Kupang``, ``Raider Sus 744/SYB``."""
    arms = words("orgs")["arms"]
    at, size = index, len(tokens)
    while at < size and at - index < _MAX_NUMBER:
        word = tokens.words[at]
        slash = word in "/-" and at + 1 < size and at > index and _number(tokens, at + 1)
        name = at > index and tokens.words[at - 1] == "/" and word[0].isupper()
        if not (
            slash
            or name
            or (word == "/" and at > index)
            or _number(tokens, at)
            or (tokens.lower[at] in arms and word[0].isupper())
        ):
            break
        at += 1
    while at > index and tokens.words[at - 1] in "/-":
        at -= 1
    return _seat_end(tokens, at)


def _number(tokens: Tokens, index: int) -> bool:
    return tokens.words[index][0].isdigit() or is_roman(tokens.words[index])


def _place_end(tokens: Tokens, index: int) -> int:
    """Behind a region; a bare kecamatan only at the end of a run of capitals (``BGN Butuh Pengawasan``)."""
    end = place_words_end(tokens, index)
    if end == index or place_words_end(tokens, index, districts=False) > index:
        return end
    classed = tokens.lower[index] in words("positions")["place_classes"]
    runs_on = end < len(tokens) and tokens.words[end][0].isupper()
    return end if classed or not runs_on else index


@cache
def _no_seat() -> frozenset[str]:
    return words("names")["stops"] | rank_starts() | words("orgs")["ends"]


def _seat_end(tokens: Tokens, index: int) -> int:
    """Behind the town of a command or court: a region, or a word or two that no other rule knows."""
    end = _place_end(tokens, index)
    if end == index:
        limit = min(len(tokens), index + _MAX_SEAT + 1)
        while end < limit and _is_seat(tokens, end):
            end += 1
        end += end == index and _is_short_seat(tokens, index)
        if end - index > _MAX_SEAT or _opens(tokens, index):
            return index
    pair = end + 1 < len(tokens) and tokens.words[end] == "/" and tokens.words[end + 1][0].isupper()
    return end + 2 if pair and end > index else end


def _is_short_seat(tokens: Tokens, index: int) -> bool:
    """``Lanal TBA``: a town in a few capitals."""
    word = tokens.words[index] if index < len(tokens) else ""
    return word.isupper() and word.isalpha() and 1 < len(word) <= _SHORT and word.lower() not in _no_seat()


def _is_seat(tokens: Tokens, index: int) -> bool:
    word = tokens.words[index]
    return word.istitle() and len(word) > 2 and tokens.lower[index] not in _no_seat()


def _body_end(tokens: Tokens, first: int, last: int, taken: bytearray) -> int:
    """A known body: its short form in brackets, its branch, the body that it is part of, its region."""
    lists = words("orgs")
    body, last = tokens.lower[first], _bracket_end(tokens, last)
    if body in lists["parts_of_bodies"] and last < len(tokens) and not taken[last]:
        whole = _org_end(tokens, last, taken)
        if whole is not None:
            return whole[0]
    if last < len(tokens) and tokens.lower[last] in lists["branches"]:
        branch = _name_end(tokens, last + 1, taken)
        return branch if branch > last + 1 else last
    if body in lists["seated"]:
        return _seat_end(tokens, last)
    return _region_end(tokens, last)


def _head_end(tokens: Tokens, first: int, last: int, taken: bytearray) -> int:
    """A head with the capitalised words behind it."""
    carrier = tokens.lower[first] in words("orgs")["carriers"]
    if carrier and last < len(tokens) and not taken[last] and _opens(tokens, last) in ("body", "placed"):
        whole = _org_end(tokens, last, taken)
        return whole[0] if whole is not None else last
    end = _name_end(tokens, last, taken, head=tokens.lower[first])
    if end > last and tokens.words[end - 1] == ")":
        return _place_end(tokens, end)
    return end


def _bracket_end(tokens: Tokens, index: int, *, any_word: bool = False) -> int:
    """A short form in brackets behind the long one belongs to the name: ``(DPRD)``, ``(DPRD Kepri)``.

    ``any_word``: ``(Kemenakertrans)`` too, behind a name that its head announced."""
    if index + 2 >= len(tokens) or tokens.words[index] != "(" or not tokens.words[index + 1][0].isupper():
        return index
    known = _lexicon().longest(tokens, index + 1)
    close = place_words_end(tokens, known[0]) if known else index + 2
    if close >= len(tokens) or tokens.words[close] != ")":
        return index
    short = tokens.words[index + 1].isupper() or (any_word and tokens.lower[index + 1] not in _no_seat())
    return close + 1 if known or short else index


def _region_end(tokens: Tokens, index: int) -> int:
    """Behind a region and what stands for it, or for the whole, in brackets: ``Kepulauan Riau (Kepri)``."""
    end = _place_end(tokens, index)
    if end == index or end + 2 >= len(tokens) or tokens.words[end] != "(":
        return end
    short = tokens.lower[end + 1] in words("positions")["short_regions"] and tokens.words[end + 2] == ")"
    return end + 3 if short else _bracket_end(tokens, end)


def _name_end(tokens: Tokens, index: int, taken: bytearray, head: str = "") -> int:
    """Behind the run of capitalised words that begins at a word; a government body ends with its region."""
    lists = words("orgs")
    at = last = index
    while at < len(tokens) and at - index < _MAX_WORDS and not taken[at]:
        word, low = tokens.words[at], tokens.lower[at]
        if word == "." and at == index and head in lists["stopped"]:
            at += 1
        elif low in lists["ends"]:
            if at > index and word == "Polri" and head in lists["of_police"]:
                last = at + 1
            break
        elif word[0].isupper() or (word.isdigit() and at > index):
            region = place_words_end(tokens, at, districts=False)
            classed = at > index and low in words("positions")["place_classes"]
            if region > at and (classed or head in lists["of_regions"]):
                last = region
                break
            at = last = at + 1
        elif at > last or not _joins(tokens, at, index):
            break
        else:
            at += 1
    end = _bracket_end(tokens, last, any_word=bool(head)) if last > index else last
    return last if any(taken[last:end]) else end


def _joins(tokens: Tokens, at: int, first: int) -> bool:
    """``dan`` inside a name, not before another body; a hyphen or stroke between capitals or numbers."""
    if at == first or at + 1 >= len(tokens):
        return False
    following = tokens.words[at + 1]
    if tokens.words[at] in "-/":
        glued = tokens.starts[at] == tokens.ends[at - 1] and tokens.starts[at + 1] == tokens.ends[at]
        return glued and (following.isupper() or following.isdigit())
    known = tokens.lower[at] in words("orgs")["inside"]
    return known and following[0].isupper() and not _opens(tokens, at + 1)
