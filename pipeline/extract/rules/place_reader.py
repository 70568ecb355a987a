"""What the rules for places share: one reading of a text's words, and what may belong to a name."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from pipeline.extract.document import Document
from pipeline.extract.lexicon import Lexicon
from pipeline.extract.rules.vocabulary import name_stops, rank_words
from pipeline.extract.words import by_role
from pipeline.registry import load_registry
from pipeline.registry.names import Hit, Hits

ADMIN = frozenset({"province", "regency", "district", "village", "other"})
OPEN = frozenset({"street", "facility", "nature"})
HYPHENS = frozenset("-–")
BOTH = "place:both"
"""One name for two levels: ``Kelurahan/Kecamatan X``."""
_LOOK_BACK = 8
_HEADLINE_WORDS, _HEADLINE_LONGEST = 4, 20
_HEADLINE_SHARE = 0.7


@dataclass(frozen=True, slots=True)
class PlaceSpan:
    """A place's words: ``start``, ``end`` (exclusive), and where its bare name begins."""

    start: int
    end: int
    name_start: int
    level: str | None
    """From the class word; None for a bare name."""
    hit: Hit | None
    rule: str
    confidence: float


@lru_cache(maxsize=1)
def classes() -> tuple[Lexicon[str], frozenset[str], frozenset[str]]:
    """Class words with their levels, the first words of them, and those that begin a place of their own."""
    by_level = by_role("place_classes")
    lexicon = Lexicon((word, level) for level, words in sorted(by_level.items()) for word in sorted(words))
    barrier = frozenset().union(*(by_level[level] for level in (*sorted(ADMIN), "street")))
    return lexicon, lexicon.starts(), barrier - by_role("place_context")["within"]


@lru_cache(maxsize=1)
def _heads() -> frozenset[str]:
    """Words that are heads of units or posts by themselves (``Mapolres``, ``Kapolsek``)."""
    return frozenset(head.form for head in load_registry().heads if " " not in head.form)


class Reading:
    """One text's words.

    ``taken`` are words of units and posts, ``ends`` the places found so far by
    their end, ``home`` the kabupaten and kota that the named units serve.
    """

    def __init__(self, doc: Document, hits: Hits, taken: set[int], home: frozenset[str]) -> None:
        self.home = home
        self.tokens = doc.tokens
        self.hits = hits
        self.taken = taken
        self.ends: dict[int, PlaceSpan] = {}
        self.context = by_role("place_context")
        self.strong = self.context["strong"]
        self._stops = name_stops()
        self._ranks = rank_words()
        self._heads = _heads()
        self._barrier = classes()[2]
        self._headlines: dict[int, bool] = {}
        self._lines = doc.words.get("\n", [])

    def goes_on(self, index: int, first: bool = False, ranks: bool = False) -> bool:
        """Whether a word can belong to the name that runs here: capitalised, and no other thing's word."""
        tokens = self.tokens
        if index >= len(tokens) or index in self.taken or not tokens.words[index][0].isupper():
            return False
        lower = tokens.lower[index]
        if lower in self._stops:
            return ranks and lower in self._ranks
        return lower not in self._heads and (lower not in self._barrier or (first and lower in _FIRST_TOO))

    def glued(self, index: int) -> bool:
        """Whether no space stands before a word."""
        return index > 0 and self.tokens.starts[index] == self.tokens.ends[index - 1]

    def in_organisation(self, index: int) -> bool:
        """Whether the capitalised words before make this a part of an organisation or a post."""
        tokens, org = self.tokens, self.context["org"]
        for at in range(index - 1, max(-1, index - 1 - _LOOK_BACK), -1):
            if at + 1 in self.ends or at in self.taken:
                return False
            word, lower = tokens.words[at], tokens.lower[at]
            if lower in org:
                return True
            if not (word[0].isupper() or word[0].isdigit() or lower in self.context["joint"]):
                return False
        return False

    def is_organisation(self, words: Iterable[str]) -> bool:
        """Whether words name an organisation, an event or nothing in particular."""
        org, generic = self.context["org"], self.context["generic"]
        return any(word in org or word in generic for word in words)

    def in_headline(self, index: int) -> bool:
        """Whether the line is written like a headline, nearly every word with a capital."""
        words = self.tokens.words
        line = bisect_right(self._lines, index)
        start = self._lines[line - 1] + 1 if line else 0
        known = self._headlines.get(start)
        if known is None:
            end = self._lines[line] if line < len(self._lines) else len(words)
            letters = [word[0] for word in words[start:end] if word[0].isalpha()]
            capital = sum(map(str.isupper, letters))
            total = len(letters)
            sentence = "." in words[max(start, end - 2) : end] or total > _HEADLINE_LONGEST
            known = total >= _HEADLINE_WORDS and capital >= _HEADLINE_SHARE * total and not sentence
            self._headlines[start] = known
        return known


_FIRST_TOO = by_role("place_context")["within"] | by_role("place_context")["first"]
