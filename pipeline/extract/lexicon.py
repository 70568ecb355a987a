"""Longest match of many phrases over the words of a text.

A trie of lower-case words. Full stops inside a phrase are free on both sides, so that ``Kombes. Pol.``,
``Kombes Pol`` and ``A.K.P.`` need one entry each way of spelling the words, not of punctuating them.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Generic, TypeVar

from pipeline.extract.tokens import Tokens, tokenize

T = TypeVar("T")
_FREE = frozenset(".")


class _Node(Generic[T]):
    __slots__ = ("next", "value")

    def __init__(self) -> None:
        self.next: dict[str, _Node[T]] = {}
        self.value: T | None = None


class Lexicon(Generic[T]):
    """Phrases, each with a value; the first value given to a phrase stays."""

    def __init__(self, entries: Iterable[tuple[str, T]] = ()) -> None:
        self._root: _Node[T] = _Node()
        self._starts: frozenset[str] | None = None
        for phrase, value in entries:
            self.add(phrase, value)

    def add(self, phrase: str, value: T) -> None:
        """Add a phrase; its case and full stops do not matter."""
        words = [word for word in tokenize(phrase).lower if word not in _FREE]
        if not words:
            return
        self._starts, node = None, self._root
        for word in words:
            node = node.next.setdefault(word, _Node())
        if node.value is None:
            node.value = value

    def starts(self) -> frozenset[str]:
        """The first words of all phrases."""
        if self._starts is None:
            self._starts = frozenset(self._root.next)
        return self._starts

    def longest(self, tokens: Tokens, index: int, first: str | None = None) -> tuple[int, T] | None:
        """The longest phrase that begins at a word: the index behind it, and its value.

        ``first`` is read in place of the word there, where that is misspelt.
        """
        if index >= len(tokens):
            return None
        node = self._root.next.get(first or tokens.lower[index])
        if node is None:
            return None
        found: tuple[int, T] | None = None
        lower, size = tokens.lower, len(tokens.lower)
        position = index + 1
        while True:
            if node.value is not None:
                found = (position, node.value)
            ahead = position
            while ahead < size and lower[ahead] in _FREE and tokens.starts[ahead] == tokens.ends[ahead - 1]:
                ahead += 1
            if ahead >= size:
                return found
            following = node.next.get(lower[ahead])
            if following is None:
                ahead = _behind_bracket(lower, ahead)
                following = node.next.get(lower[ahead]) if ahead < size else None
            if following is None:
                return found
            node, position = following, ahead + 1


def _behind_bracket(lower: list[str], index: int) -> int:
    """A short form in brackets inside a phrase is stepped over: ``Kepala Bidang (Kabid) Humas``."""
    if lower[index] != "(":
        return len(lower)
    for close in range(index + 2, min(index + 5, len(lower))):
        if lower[close] == ")":
            return close + 1
    return len(lower)
