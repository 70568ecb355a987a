"""Where each character of one text stands in a lightly edited copy of it (cleaning shifts offsets)."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

_TOKEN = re.compile(r"\w+|[^\w\s]")


class Alignment:
    """Characters of ``source`` to characters of ``target``; identical words are matched in order."""

    def __init__(self, source: str, target: str) -> None:
        self._same = source == target
        self._map: dict[int, int] = {}
        if self._same:
            return
        left, right = list(_TOKEN.finditer(source)), list(_TOKEN.finditer(target))
        matcher = SequenceMatcher(None, [m.group() for m in left], [m.group() for m in right], autojunk=False)
        for block in matcher.get_matching_blocks():
            for i in range(block.size):
                a, b = left[block.a + i], right[block.b + i]
                for offset in range(a.end() - a.start()):
                    self._map[a.start() + offset] = b.start() + offset

    def span(self, start: int, end: int) -> tuple[int, int] | None:
        """The span in the target; ``None`` where its first or last character was removed."""
        if self._same:
            return start, end
        first, last = self._map.get(start), self._map.get(end - 1)
        if first is None or last is None or last < first:
            return None
        return first, last + 1
