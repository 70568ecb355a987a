"""Who wrote, edited or photographed: credit lines and the brackets that sign a text. Never an officer."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from pipeline.extract.document import Document
from pipeline.extract.tokens import Tokens
from pipeline.extract.words import words

Span = tuple[int, int]
_MAX_WORDS = 4
_BEFORE = frozenset("\n•-–—|*([")
_AND = frozenset({",", "&"})
_DASHES = frozenset("-–—")
_REACH = 8
_MAX_NAME = 3
_CLOSING = frozenset(")")
_SENTENCE_END = frozenset('.\n"”')


def find_credits(doc: Document) -> list[Span]:
    """The names of credit lines, in order, as indices of words (first, behind the last)."""
    return sorted({*_lines(doc), *_signatures(doc), *_brackets(doc)})


@cache
def _openers() -> frozenset[str]:
    return words("bystanders")["credits"] | words("bystanders")["bylines"]


def _lines(doc: Document) -> Iterator[Span]:
    """``Editor: A. Sembodo``, ``- Reporter : NAD``, ``By Sembodo`` alone on its line."""
    tokens, lists = doc.tokens, words("bystanders")
    for index in doc.indices_of(_openers()):
        if index and tokens.words[index - 1] not in _BEFORE:
            continue
        colon = index + 1 < len(tokens) and tokens.words[index + 1] == ":"
        first = index + 1 + colon
        last = _name_end(tokens, first)
        if last == first or not (colon or tokens.lower[index] in lists["bylines"]):
            continue
        capitals = all(word[0].isupper() or word == "." for word in tokens.words[first:last])
        alone = last == len(tokens) or tokens.words[last] in "\n|"
        opens = index == 0 or tokens.words[index - 1] == "\n"
        if (colon and (capitals or alone)) or (opens and capitals and alone):
            yield first, last
            while colon and last < len(tokens) and tokens.words[last] in _AND:
                first, last = last + 1, _name_end(tokens, last + 1)
                if last == first or not tokens.words[first][0].isupper():
                    break
                yield first, last


def _signatures(doc: Document) -> Iterator[Span]:
    """``[ A. Sembodo – Humas Polres Kendal ]``, ``(Sembodo/JP – Humas Polres Banggai)``."""
    tokens = doc.tokens
    for index in doc.indices_of(words("bystanders")["offices"]):
        if index < 3 or tokens.words[index - 1] not in _DASHES:
            continue
        opening = index - 2
        while opening > max(0, index - _REACH) and tokens.words[opening] not in "([\n":
            opening -= 1
        if tokens.words[opening] not in "([":
            continue
        last = _name_end(tokens, opening + 1)
        if last > opening + 1 and tokens.words[opening + 1][0].isupper():
            yield opening + 1, last


def _brackets(doc: Document) -> Iterator[Span]:
    """``(Ignasius Sembodo)`` at the end of a line, ``(MI/ Hendra Sembodo)``: a full name, nothing else."""
    tokens = doc.tokens
    for index in doc.indices_of(_CLOSING):
        ends = index + 1 == len(tokens) or tokens.words[index + 1] == "\n"
        first = index
        while first > max(0, index - _MAX_NAME) and tokens.words[first - 1].istitle():
            first -= 1
        opening = tokens.words[first - 1] if first else ""
        outlet = opening == "/" and first > 2 and tokens.words[first - 3] == "("
        signs = opening == "(" and ends and first > 1 and tokens.words[first - 2] in _SENTENCE_END
        if index - first > 1 and (outlet or signs) and _name_end(tokens, first) == index:
            yield first, index


def _name_end(tokens: Tokens, first: int) -> int:
    """Behind up to four words of letters and the stops of initials; the start where one is nobody's name."""
    lists, at, count = words("bystanders"), first, 0
    nobody = lists["nobody"] | lists["credits"]
    while at < len(tokens) and count <= _MAX_WORDS:
        word = tokens.words[at]
        if word == "." and at > first and len(tokens.words[at - 1]) <= 3:
            at += 1
            continue
        if not word.isalpha():
            break
        if tokens.lower[at] in nobody or tokens.lower[at] in words("names")["stops"]:
            return first
        at, count = at + 1, count + 1
    too_long = count > _MAX_WORDS or (at < len(tokens) and tokens.words[at][0].isalnum())
    return first if too_long else at
