"""The sub-unit words before a unit's name: ``Tim Opsnal Satreskrim`` Polres X."""

from __future__ import annotations

from pipeline.extract.rules.vocabulary import post_words
from pipeline.extract.rules.words import by_role
from pipeline.extract.tokens import Tokens

_LONGEST_BODY = 14
_ROMAN = frozenset({"I", "II", "III", "IV", "V", "VI"})


def body_start(tokens: Tokens, start: int) -> int:
    """Where the unit's sub-unit words begin, before its head: ``Tim Opsnal Satreskrim`` Polres X."""
    roles = by_role("unit_words")
    lower, words = tokens.lower, tokens.words
    known = roles["open"] | roles["strong"] | roles["weak"] | roles["inner"]
    index = start
    while index > 0 and start - index < _LONGEST_BODY:
        word = lower[index - 1]
        if word in known or word in "()" or (word.isdigit() and len(word) < 4) or _is_roman(words[index - 1]):
            index -= 1
        else:
            break
    while index < start and not (
        lower[index] in roles["open"] or lower[index] in roles["strong"] or lower[index] in roles["weak"]
    ):
        index += 1
    if index == start:
        return start
    if index > 0 and _is_post(lower[index - 1]):
        return next((at for at in range(index + 1, start) if lower[at] in roles["strong"]), start)
    text = "".join(words[index:start])
    if text.count("(") != text.count(")"):
        return next(
            (at for at in range(index, start) if "(" not in words[at:start] and ")" not in words[at:start]),
            start,
        )
    return index


def _is_roman(word: str) -> bool:
    return word in _ROMAN


def _is_post(word: str) -> bool:
    """A word that opens a post, so that what follows belongs to the post and not to the unit."""
    return word in post_words()
