"""Named organisations that are not police: ``KPU Kabupaten X``, ``PT Y``, ``Kodim 0712/Tegal``."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from pipeline.extract.document import Document
from pipeline.extract.lexicon import Lexicon
from pipeline.extract.rules.post_reach import place_words_end
from pipeline.extract.tokens import Tokens
from pipeline.extract.words import load, words

_MAX_WORDS = 8


@dataclass(frozen=True, slots=True)
class OrgMention:
    """An organisation in the text."""

    start: int
    end: int
    confidence: float
    rule: str


@cache
def _lexicon() -> Lexicon[str]:
    lists = load("orgs")
    kinds = (("numbered", "numbered"), ("bodies", "body"), ("heads", "head"))
    return Lexicon((str(form), kind) for key, kind in kinds for form in lists[key])


def find_orgs(doc: Document, blocked: Iterable[tuple[int, int]]) -> list[OrgMention]:
    """Every organisation outside the blocked spans, in order."""
    tokens, done = doc.tokens, 0
    found: list[OrgMention] = []
    taken = bytearray(len(tokens))
    for start, end in blocked:
        for index in range(tokens.at(start), tokens.until(end)):
            taken[index] = 1
    for index in doc.indices_of(_lexicon().starts()):
        if index < done or taken[index] or tokens.words[index].islower():
            continue
        reach = _org_end(tokens, index, taken)
        if reach is not None:
            done, kind = reach
            confidence = 0.75 if kind == "head" else 0.85
            found.append(OrgMention(tokens.starts[index], tokens.ends[done - 1], confidence, f"org-{kind}"))
    return found


def _org_end(tokens: Tokens, index: int, taken: bytearray) -> tuple[int, str] | None:
    match = _lexicon().longest(tokens, index)
    if match is None or any(taken[index : match[0]]):
        return None
    last, kind = match
    if kind == "numbered":
        last = _number_end(tokens, last)
        return (place_words_end(tokens, last), kind)
    if kind == "body":
        last = _bracket_end(tokens, last)
        return place_words_end(tokens, last), kind
    named = _name_end(tokens, last, taken)
    return (named, kind) if named > last else None


def _number_end(tokens: Tokens, index: int) -> int:
    """``1612/Manggarai``, ``1612 Manggarai``, ``161/Wirasakti Kupang``."""
    at = index
    while at < len(tokens) and at - index < 6:
        word = tokens.words[at]
        if (
            word.isdigit()
            or word == "/"
            or (at > index and word[0].isupper() and tokens.words[at - 1] == "/")
        ):
            at += 1
        else:
            break
    return at


def _bracket_end(tokens: Tokens, index: int) -> int:
    """A short form in brackets behind the long one belongs to the name."""
    bracket = index + 2 < len(tokens) and tokens.words[index] == "(" and tokens.words[index + 2] == ")"
    if not bracket:
        return index
    short = tokens.words[index + 1].isupper() or tokens.lower[index + 1] in words("orgs")["bodies"]
    return index + 3 if short else index


def _name_end(tokens: Tokens, index: int, taken: bytearray) -> int:
    lists = words("orgs")
    at = last = index
    while at < len(tokens) and at - index < _MAX_WORDS and not taken[at]:
        word, low = tokens.words[at], tokens.lower[at]
        if word == "." and at == index:
            at += 1
        elif low in lists["ends"]:
            break
        elif word[0].isupper() or (word.isdigit() and at > index):
            at = last = at + 1
        elif (
            low in lists["inside"]
            and at > index
            and at + 1 < len(tokens)
            and tokens.words[at + 1][0].isupper()
        ):
            at += 1
        else:
            break
    if last > index:
        last = _bracket_end(tokens, last)
    return last
