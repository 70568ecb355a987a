"""Where a person's name begins and ends.

A name is a run of capitalised words with initials and particles between them. What ends it: a word of
``names.yaml``, a degree, punctuation, a line's end, or a word that the same article uses in lower case.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from pipeline.extract.document import Document
from pipeline.extract.rules.degrees import DegreeRun, degrees_after, is_degree, titles_before
from pipeline.extract.rules.post_forms import post_forms
from pipeline.extract.rules.post_reach import is_place
from pipeline.extract.tokens import Tokens
from pipeline.extract.words import words

_AFFIXED = re.compile(r"(?:ber|mem|men|meng|meny|pem|pen|peng|ter|di|ke|per)[a-z]{3,}(?:an|kan|nya|i)?$")
_MAX_WORDS = 7
_INITIALS = 3
_APOSTROPHES = str.maketrans(dict.fromkeys("’‘`´", "'"))


@dataclass(frozen=True, slots=True)
class NameMention:
    """A person's name in the text, without rank, title or degree."""

    start: int
    end: int
    first: int
    last: int
    parts: tuple[str, ...]
    """Its words in lower case."""
    titles: DegreeRun | None
    degrees: DegreeRun | None


@cache
def _lists() -> tuple[frozenset[str], frozenset[str], frozenset[str], frozenset[str], frozenset[str]]:
    lists = words("names")
    weak = lists["stops.headline"] - lists["stops.function"] - lists["stops.speech"]
    fields = {word for word in words("positions")["fields"] if len(word) > 3} - lists["names_too"]
    posts = {word for word in post_forms().starts() if len(word) > 4}
    strong = (lists["stops"] - weak - lists["stops.month"]) | fields | posts
    return strong, weak, lists["particles"], lists["abbreviations"], lists["hyphenated"]


def name_at(doc: Document, index: int, *, lower_ok: bool = False) -> NameMention | None:
    """The name that begins at a word, titles before it allowed (``Dr. Andry Suharto, SH., MH.``).

    ``lower_ok`` admits a lower-case first word before a capitalised one, as after a rank
    (``AKBP heri Sulistyo``).
    """
    tokens, text = doc.tokens, doc.text
    if index >= len(tokens):
        return None
    titles = titles_before(text, tokens.starts[index])
    first = tokens.at(titles.end) if titles else index
    last = _end(doc, first, lower_ok=lower_ok)
    if last == first:
        return None
    start, end = tokens.starts[first], tokens.ends[last - 1]
    parts = tuple(word for word in tokens.lower[first:last] if word[0].isalnum())
    degrees = degrees_after(text, end)
    return NameMention(
        start, end, first, last, tuple(p.translate(_APOSTROPHES) for p in parts), titles, degrees
    )


def _end(doc: Document, first: int, *, lower_ok: bool) -> int:
    tokens = doc.tokens
    strong, weak, particles, short, hyphenated = _lists()
    size, index, last, count = len(tokens), first, first, 0
    if lower_ok and _first_name(tokens, first):
        index, last, count = first + 1, first + 1, 1
    while index < size and count < _MAX_WORDS:
        word, low = tokens.words[index], tokens.lower[index]
        if not word[0].isalpha():
            if (
                word == "."
                and index == last
                and index > first
                and _is_short(tokens, index - 1, short, opens=index - 1 == first)
            ):
                index += 1
                continue
            if (
                word == "-"
                and index > first
                and tokens.lower[index - 1] in hyphenated
                and _glued(tokens, index)
            ):
                index += 1
                continue
            break
        if low in strong or (low in weak and is_capital(tokens, index + 1) and count > 0):
            break
        if low in words("names")["stops.month"] and _is_month(tokens, index):
            break
        if word[0].isupper():
            if count and is_degree(doc.text, tokens.starts[index]) and not _is_initial(doc, index):
                break
            if count > 1 and low in doc.lower_words and len(low) > 2 and _runs_on(tokens, index):
                break
        elif count and _small_initial(tokens, index):
            return index + 1
        elif not (count and low in particles and is_capital(tokens, index + 1)) and not (
            lower_ok and count == 0 and _lower_name(low) and is_capital(tokens, index + 1)
        ):
            break
        index += 1
        last, count = index, count + 1
    return last


def _is_month(tokens: Tokens, index: int) -> bool:
    """Whether a number follows the name of a month, which may be a name all the same (``Juli Hartono``)."""
    return index + 1 < len(tokens) and tokens.words[index + 1][0].isdigit()


def _small_initial(tokens: Tokens, index: int) -> bool:
    """A single small letter that ends a name (``Ipda Wawan s mengatakan``), not ``s.h`` or ``a/n``."""
    alone = len(tokens.words[index]) == 1 and _spaced(tokens, index)
    return alone and (
        index + 1 == len(tokens) or tokens.words[index + 1] == "," or _spaced(tokens, index + 1)
    )


def _first_name(tokens: Tokens, first: int) -> bool:
    """Whether an ordinary word is a first name here: ``Bripda Lalu Ardhy``."""
    known = first < len(tokens) and tokens.lower[first] in words("names")["first_names"]
    return known and is_capital(tokens, first) and is_capital(tokens, first + 1)


def _lower_name(low: str) -> bool:
    """Whether a lower-case word behind a rank may be a name: not with the affixes of a verb or noun."""
    return len(low) > 2 and low not in words("names")["lower_words"] and not _AFFIXED.match(low)


def _runs_on(tokens: Tokens, index: int) -> bool:
    """Whether capitalised words follow one another as in a headline, not as at the end of a name."""
    return is_capital(tokens, index + 1) and is_capital(tokens, index + 2)


def _is_short(tokens: Tokens, index: int, short: frozenset[str], *, opens: bool) -> bool:
    """A letter, a short form, or initials that open the name (``PSC. Kusuma``) may bear a full stop."""
    word = tokens.lower[index]
    glued = tokens.starts[index + 1] == tokens.ends[index]
    initials = opens and len(word) <= _INITIALS and tokens.words[index].isupper()
    return glued and (len(word) == 1 or word in short or initials) and is_capital(tokens, index + 2)


def _is_initial(doc: Document, index: int) -> bool:
    """Capitals are initials where the name goes on, or where a degree follows them.

    ``Donal H Ginting``; ``Widarto S, S.H.``, but ``Widarto S.H.``; ``Aditya S.P. Sembiring, S.I.K.``.
    """
    tokens = doc.tokens
    if _degree_later(doc, index):
        return True
    if len(tokens.words[index]) != 1:
        return False
    behind = index + 1
    if tokens.words[behind : behind + 1] == [","] and _spaced(tokens, behind + 1):
        return behind + 1 < len(tokens) and is_degree(doc.text, tokens.starts[behind + 1])
    return is_capital(tokens, behind)


def _degree_later(doc: Document, index: int) -> bool:
    """Whether capitals with stops, then words of a name, then a comma and a degree follow one another."""
    tokens, strong, at = doc.tokens, _lists()[0], index
    while at + 1 < len(tokens) and at - index < _MAX_WORDS and tokens.words[at + 1] == ".":
        if not (tokens.words[at].isupper() and len(tokens.words[at]) == 1):
            return False
        at += 2
    first = at
    while (
        at < len(tokens) and at - first < _MAX_WORDS and (is_capital(tokens, at) or tokens.words[at] == ".")
    ):
        if tokens.lower[at] in strong:
            return False
        at += 1
    named = index < first < at and len(tokens.words[first]) > _INITIALS
    comma = named and at + 1 < len(tokens) and tokens.words[at] == ","
    return comma and is_degree(doc.text, tokens.starts[at + 1])


def _spaced(tokens: Tokens, index: int) -> bool:
    return index < len(tokens) and tokens.starts[index] > tokens.ends[index - 1]


def _glued(tokens: Tokens, index: int) -> bool:
    return tokens.starts[index] == tokens.ends[index - 1] and is_capital(tokens, index + 1)


def name_words_end(tokens: Tokens, index: int, most: int) -> int:
    """Behind a run of capitalised words, so many at most, that no stop word interrupts."""
    strong, at = _lists()[0], index
    while (
        at < len(tokens)
        and at - index < most
        and tokens.words[at].istitle()
        and tokens.lower[at] not in strong
    ):
        at += 1
    return at


def is_capital(tokens: Tokens, index: int) -> bool:
    """Whether there is such a word, and it begins with a capital."""
    return index < len(tokens) and tokens.words[index][0].isupper()


def name_ending(doc: Document, end: int, taken: set[int]) -> NameMention | None:
    """The name that ends right before a word: it must begin where the run of capitalised words begins."""
    tokens = doc.tokens
    first = end
    while first > 0 and end - first < 7 and first - 1 not in taken:
        word = tokens.words[first - 1]
        joins = word == "." and first > 1 and len(tokens.words[first - 2]) <= 3
        if not (word[0].isupper() or joins):
            break
        first -= 1
    while first < end and tokens.lower[first] in words("names")["address"]:
        first += 1
    name = name_at(doc, first) if first < end else None
    if name is None or any(i in taken for i in range(name.first, name.last)):
        return None
    closes = name.last == end or (name.degrees is not None and name.degrees.end <= tokens.starts[end])
    return name if closes else None


def plausible(doc: Document, name: NameMention) -> bool:
    """Whether capitalised words that no rank introduces may be a person's name."""
    if doc.is_heading(name.start) or is_named_after_place(doc, name):
        return False
    if len(name.parts) == 1 and len(name.parts[0]) < 3:
        return False
    stops = words("names")["stops"]
    return not any(part in stops or part in doc.lower_words for part in name.parts if len(part) > 2)


def is_named_after_place(doc: Document, name: NameMention) -> bool:
    """Whether the words of a name, or the last of them, are a region's name."""
    firsts = range(name.first, max(name.first + 1, name.last - 1))
    return any(is_place(doc.tokens, first, name.last) for first in firsts)


def normal_case(name: str) -> str:
    """A name in normal capitals: ``HERI SULISTYO`` and ``heri sulistyo`` become ``Heri Sulistyo``.

    >>> normal_case("I GEDE M. ARI"), normal_case("Firwan VWA Sianipar"), normal_case("heri Sulistyo")
    ('I Gede M. Ari', 'Firwan VWA Sianipar', 'Heri Sulistyo')
    """
    parts = name.split()
    shouted = all(part.isupper() for part in parts) and any(len(part.strip(".")) > 3 for part in parts)
    return " ".join(_normal_part(part, shouted=shouted) for part in parts)


def _normal_part(part: str, *, shouted: bool) -> str:
    if part.islower():
        return part if part in words("names")["particles"] else part[0].upper() + part[1:]
    if shouted and len(part) > 2:
        return part[0] + part[1:].lower()
    return part
