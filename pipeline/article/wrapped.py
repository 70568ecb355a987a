"""Lines that were broken at an old column width, joined again.

Some sites print a text that an editor had wrapped; sentences then run over line ends. Such a text is known by
many lines that begin in lower case behind a line that ends no sentence.
"""

from __future__ import annotations

import itertools
import re

_MIN_LINES = 6
_MIN_SHARE = 0.3
_WIDTH = 130
_OPEN_END = re.compile(r"[^\s.!?:;\"”’)*|–—-]$")
_LOWER_START = re.compile(r"[\"“‘'(]?[a-z]")
_LABEL = re.compile(r"[A-Z][a-z]{2,15}\s?:")


def join_wrapped(lines: list[str]) -> list[str]:
    """The lines as they are, or, in a wrapped text, put together again with a blank.

    >>> join_wrapped(["Situasi", "aman dan", "tertib di", "Kec. Babat", "sampai", "pagi."])
    ['Situasi aman dan tertib di Kec. Babat sampai pagi.']
    """
    if not is_wrapped(lines):
        return lines
    joined = [lines[0]]
    previous = lines[0]
    for line in lines[1:]:
        if _continues(previous, line):
            joined[-1] = f"{joined[-1]} {line}"
        else:
            joined.append(line)
        previous = line
    return joined


def is_wrapped(lines: list[str]) -> bool:
    """Whether enough lines are torn in the middle of a sentence."""
    if len(lines) < _MIN_LINES:
        return False
    torn = sum(
        1
        for previous, line in itertools.pairwise(lines)
        if _OPEN_END.search(previous) and _LOWER_START.match(line)
    )
    return torn >= _MIN_SHARE * len(lines) and sum(len(line) <= _WIDTH for line in lines) >= 0.8 * len(lines)


def _continues(previous: str, line: str) -> bool:
    if _LABEL.match(line):
        return False
    return _OPEN_END.search(previous) is not None or (
        previous[-1] in ".–-" and _LOWER_START.match(line) is not None
    )
