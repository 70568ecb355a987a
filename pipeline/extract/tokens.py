"""Words of a text with their offsets: what the rules walk over.

Not the tokeniser of a model: a word here is a run of letters and digits (an apostrophe inside a word
belongs to it: ``Ma’ruf``, ``Jum'at``); every other character that is not white space stands alone, and so
does a line break, which no phrase and no name crosses. Words that lost the blank between them are parted
where the capitals tell (``KabagOps``, ``AKBPResa``).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate
from operator import add

_GLUED = re.compile(r"[A-Z]{2,}(?=[A-Z][a-z]{2})|[A-Z]?[^\WA-Z_]+|[A-Z]+")
_SHORTEST_GLUED = 5
_WORD = re.compile(r"([^\W_]+(?:['’‘`´][^\W_]+)*|[^\w\s]|_|\n)")


@dataclass(frozen=True)
class Tokens:
    """Parallel lists, one entry a word: the word, its lower-case form, its start and end in the text."""

    words: list[str] = field(default_factory=list)
    lower: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.words)

    @cached_property
    def capitals(self) -> list[int]:
        """The indices of the words that begin with a capital, in order."""
        return [index for index, word in enumerate(self.words) if word[0].isupper()]

    def at(self, offset: int) -> int:
        """Index of the first word that starts at or after a character."""
        return bisect_left(self.starts, offset)

    def until(self, offset: int) -> int:
        """Index of the first word that ends after a character: the words before it end by there."""
        return bisect_left(self.ends, offset + 1)


def tokenize(text: str) -> Tokens:
    """Split a text into words.

    >>> tokenize("AKP. Ma’ruf (35), KabagOps").words
    ['AKP', '.', 'Ma’ruf', '(', '35', ')', ',', 'Kabag', 'Ops']
    """
    pieces = _WORD.split(text)  # what lies between, a word, what lies between, …: all of it in C
    edges = list(accumulate(map(len, pieces)))
    words, starts, ends = pieces[1::2], edges[:-1:2], edges[1::2]
    glued = {
        word
        for word in set(words)
        if len(word) >= _SHORTEST_GLUED and not word[1:].islower() and not word.isupper() and word.isalpha()
    }
    if glued:
        words, starts = _parted(words, starts, glued)
        ends = list(map(add, starts, map(len, words)))
    return Tokens(words, list(map(str.lower, words)), starts, ends)


def _parted(words: list[str], starts: list[int], glued: set[str]) -> tuple[list[str], list[int]]:
    """The same words and starts, the glued ones in their pieces."""
    pieces: list[str] = []
    begins: list[int] = []
    for word, start in zip(words, starts, strict=True):
        if word not in glued:
            pieces.append(word)
            begins.append(start)
            continue
        for piece in _GLUED.finditer(word):
            pieces.append(piece.group())
            begins.append(start + piece.start())
    return pieces, begins
