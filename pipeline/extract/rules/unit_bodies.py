"""The sub-unit words before a unit's name: ``Tim Opsnal Satreskrim`` Polres X."""

from __future__ import annotations

from functools import cache

from pipeline.extract.rules.vocabulary import post_words
from pipeline.extract.tokens import Tokens
from pipeline.extract.words import by_role, is_roman

_LONGEST_BODY = 14
_TEAM_NAME = 2
_MARKS = frozenset({"(", ")", *(str(number) for number in range(100))})


@cache
def _openers() -> frozenset[str]:
    roles = by_role("unit_words")
    return roles["open"] | roles["strong"] | roles["weak"]


@cache
def _known() -> frozenset[str]:
    return _openers() | by_role("unit_words")["inner"]


def body_start(tokens: Tokens, start: int) -> int:
    """The word where the unit's name begins, bodies included; ``start``, its head, where there is none."""
    roles = by_role("unit_words")
    lower = tokens.lower
    first = _first_known(tokens, start)
    if first == start:
        return start
    opener = _openers()
    index = next((at for at in range(first, start) if lower[at] in opener), start)
    if index == start:
        return start
    before = lower[first - 1] if first > 0 else ""
    if before in roles["wholly"]:
        return start
    if before in post_words() or lower[first] in post_words():
        return next((at for at in range(first + 1, start) if lower[at] in roles["strong"]), start)
    if index + 1 == start and lower[index] in roles["spokesman"] and before in roles["speech"]:
        return start
    if index + 1 == start and lower[index] in roles["lone"]:
        return start
    index = _balanced(tokens, index, start)
    return _behind_conjunction(tokens, index, start, opener) if index < start else start


def _first_known(tokens: Tokens, start: int) -> int:
    """The first of the words right before a head that can belong to a body."""
    known = _known()
    index = start
    while index > 0 and start - index < _LONGEST_BODY:
        word = tokens.lower[index - 1]
        if word not in known and word not in _MARKS and not is_roman(tokens.words[index - 1]):
            index = _team_start(tokens, index)
            break
        index -= 1
    return _balanced(tokens, index, start)


def _team_start(tokens: Tokens, index: int) -> int:
    """``Tim Sparta``, ``Tim Pos Onta``: a team's own name, up to its opener."""
    roles = by_role("unit_words")
    for at in range(index - 1, max(-1, index - 1 - _TEAM_NAME), -1):
        if not tokens.words[at][0].isupper() or tokens.lower[at] in roles["function"]:
            return index
        if at > 0 and tokens.lower[at - 1] in roles["team"]:
            return at - 1
    return index


def _balanced(tokens: Tokens, index: int, start: int) -> int:
    """Move the beginning behind a bracket that has no partner up to the head."""
    open_at: list[int] = []
    for at in range(start - 1, index - 1, -1):
        if tokens.words[at] == ")":
            open_at.append(at)
        elif tokens.words[at] == "(":
            if not open_at:
                return at + 1
            open_at.pop()
    return open_at[0] + 1 if open_at else index


def _behind_conjunction(tokens: Tokens, index: int, start: int, opener: frozenset[str]) -> int:
    """Of two bodies joined by ``dan`` only the last belongs to the unit behind; ``air dan udara`` is one."""
    for at in range(start - 1, index, -1):
        if tokens.lower[at] == "dan" and (at + 1 == start or tokens.lower[at + 1] in opener):
            return at + 1
    return index
