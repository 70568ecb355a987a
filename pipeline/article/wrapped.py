"""Lines that were broken at an old column width, joined again.

Some sites print a text that an editor had wrapped; sentences then run over line ends. Such a text is known by
many lines that begin in lower case behind a line that ends no sentence.
"""

from __future__ import annotations

import re
from itertools import pairwise

_MIN_LINES = 6
_MIN_SHARE = 0.3
_WIDTH = 130
_ENDS = frozenset('.!?:;"”’)*|–—-')
_MAY_GO_ON = frozenset(".–-")
_OPENING = "\"“‘'("
_LABEL = re.compile(r"[A-Z][a-z]{2,15}\s?:")


def join_wrapped(lines: list[str]) -> list[str]:
    """The lines as they are, or, in a wrapped text, put together again with a blank.

    >>> join_wrapped(["Situasi", "aman dan", "tertib di", "Kec. Babat", "sampai", "pagi."])
    ['Situasi aman dan tertib di Kec. Babat sampai pagi.']
    """
    if not is_wrapped(lines):
        return lines
    groups = [[lines[0]]]
    for previous, line in pairwise(lines):
        if _continues(previous, line):
            groups[-1].append(line)
        else:
            groups.append([line])
    return [" ".join(group) for group in groups]


def is_wrapped(lines: list[str]) -> bool:
    """Whether enough lines are torn in the middle of a sentence."""
    if len(lines) < _MIN_LINES or sum(len(line) <= _WIDTH for line in lines) < 0.8 * len(lines):
        return False
    torn = sum(previous[-1] not in _ENDS and _starts_lower(line) for previous, line in pairwise(lines))
    return torn >= _MIN_SHARE * len(lines)


def _starts_lower(line: str) -> bool:
    return line.lstrip(_OPENING)[:1].islower()


def _continues(previous: str, line: str) -> bool:
    if _LABEL.match(line):
        return False
    return previous[-1] not in _ENDS or (previous[-1] in _MAY_GO_ON and _starts_lower(line))
