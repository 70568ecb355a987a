"""Words of a text with their offsets: what the rules walk over.

Not the tokeniser of a model: a word here is a run of letters and digits (an apostrophe inside a word
belongs to it: ``Ma’ruf``, ``Jum'at``); every other character that is not white space stands alone, and so
does a line break, which no phrase and no name crosses.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field

_WORD = re.compile(r"[^\W_]+(?:['’‘`´][^\W_]+)*|[^\w\s]|_|\n")


@dataclass(frozen=True, slots=True)
class Tokens:
    """Parallel lists, one entry a word: the word, its lower-case form, its start and end in the text."""

    words: list[str] = field(default_factory=list)
    lower: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.words)

    def at(self, offset: int) -> int:
        """Index of the first word that starts at or after a character."""
        return bisect_left(self.starts, offset)

    def until(self, offset: int) -> int:
        """Index of the first word that ends after a character: the words before it end by there."""
        return bisect_left(self.ends, offset + 1)


def tokenize(text: str) -> Tokens:
    """Split a text into words.

    >>> tokenize("AKP. Ma’ruf (35)").words
    ['AKP', '.', 'Ma’ruf', '(', '35', ')']
    """
    tokens = Tokens()
    for match in _WORD.finditer(text):
        word = match.group()
        tokens.words.append(word)
        tokens.lower.append(word.lower())
        tokens.starts.append(match.start())
        tokens.ends.append(match.end())
    return tokens
