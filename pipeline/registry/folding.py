"""Names made comparable: case, spaces, punctuation and apostrophes fall away.

``Toli-Toli``, ``Tolitoli`` and ``TOLI TOLI`` fold to one key; ``P. Siantar`` and ``PP Lease`` keep their
short words. A text is folded word by word, so that each key's place can be told in words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_NOT_NAME = re.compile(r"[\W_]+")
_MARKS = frozenset(".-/'’‘`´–")
_LONGEST_SHORTENED = 5
"""A full stop belongs to a name only behind a word this short (``Kep.``, ``Tg.``)."""


def fold(name: str) -> str:
    """Return a name's key.

    >>> fold("Tojo Una-Una") == fold("TOJO UNAUNA")
    True
    """
    return _NOT_NAME.sub("", name.lower().replace("&", "dan"))


class Folded:
    """Words run together, with the word behind each character.

    ``text`` holds the folded words one after the other; marks inside names leave no trace, any other
    sign (comma, bracket, line break) stands as itself, so that no name crosses it.
    """

    __slots__ = ("_ends", "_starts", "text")

    def __init__(self, words: Sequence[str]) -> None:
        parts: list[str] = []
        starts: dict[int, int] = {}
        ends: dict[int, int] = {}
        length = 0
        before = 0
        for index, word in enumerate(words):
            if word in _MARKS:
                if word == "." and before > _LONGEST_SHORTENED:
                    parts.append(".")
                    length += 1
                continue
            part = word if word.isalnum() else fold(word) or word
            before = len(part)
            starts[length] = index
            parts.append(part)
            length += before
            ends[length] = index + 1
        self.text = "".join(parts)
        self._starts = starts
        self._ends = ends

    def words_of(self, start: int, end: int) -> tuple[int, int] | None:
        """The words that these characters fill exactly (end exclusive), or None."""
        first = self._starts.get(start)
        last = self._ends.get(end)
        return None if first is None or last is None else (first, last)
