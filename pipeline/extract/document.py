"""What every rule looks at: one article's text with its sentences, paragraphs and title.

A ``Document`` is made once for an article and handed to each rule, so that nothing is split twice.
Rules return *mentions* (frozen dataclasses with ``start``, ``end``, ``confidence``, ``rule``) into
``Document.text``; ``pipeline.extract.assemble`` turns them into the records of ``pipeline.records``.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from functools import cached_property

from pipeline.extract.tokens import Tokens, tokenize
from pipeline.records import Article
from pipeline.text.lexicon import fold
from pipeline.text.sentences import split_paragraphs, split_sentences

_LONGEST_HEADING = 160


@dataclass(frozen=True, eq=False)
class Document:
    """An article under work, equal to itself alone. All offsets are into ``text``."""

    article: Article
    text: str = field(init=False)
    title: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", self.article.text)
        object.__setattr__(self, "title", self.article.title or "")

    @cached_property
    def low(self) -> str:
        """The text in lower case, every offset kept."""
        return fold(self.text)

    @cached_property
    def paragraphs(self) -> list[tuple[int, int]]:
        """Start and end of each non-empty line, without the white space around it."""
        return split_paragraphs(self.text)

    @cached_property
    def tokens(self) -> Tokens:
        """The words of the text with their offsets."""
        return tokenize(self.text)

    @cached_property
    def lower_words(self) -> set[str]:
        """The words that the article writes in lower case somewhere: hardly parts of a name."""
        return self.words.keys() & set(self.tokens.words)

    @cached_property
    def words(self) -> dict[str, list[int]]:
        """The different words of the article in lower case, each with where it stands."""
        places: dict[str, list[int]] = {}
        for index, word in enumerate(self.tokens.lower):
            if word in places:
                places[word].append(index)
            else:
                places[word] = [index]
        return places

    @cached_property
    def numbers(self) -> list[int]:
        """Where words that begin with a digit stand, in order."""
        return sorted(index for word, at in self.words.items() if word[0].isdigit() for index in at)

    def has_any(self, wanted: AbstractSet[str]) -> bool:
        """Whether one of some words occurs: a cheap test before a dear rule."""
        return not self.words.keys().isdisjoint(wanted)

    def indices_of(self, wanted: AbstractSet[str]) -> list[int]:
        """Where some words stand, in order: what a rule looks at instead of every word."""
        words, found = self.words, []
        fewer, more = (wanted, words) if len(wanted) < len(words) else (words, wanted)
        for word in fewer:
            if word in more:
                found += words[word]
        found.sort()
        return found

    @cached_property
    def sentences(self) -> list[tuple[int, int]]:
        """Start and end of each sentence, in order; a sentence never crosses a paragraph."""
        return split_sentences(self.text, self.paragraphs)

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [start for start, _ in self.sentences]

    def sentence_at(self, offset: int) -> tuple[int, int]:
        """The sentence that holds a character, or the nearest one before it."""
        if not self.sentences:
            return (0, len(self.text))
        return self.sentences[max(0, bisect_right(self._sentence_starts, offset) - 1)]

    def is_heading(self, offset: int) -> bool:
        """Whether the line at an offset is written as a headline: short, most words capitalised."""
        index = max(0, bisect_right(self._paragraph_starts, offset) - 1)
        if not self.paragraphs:
            return False
        start, end = self.paragraphs[index]
        if end - start > _LONGEST_HEADING or self.text[end - 1] in ".,;":
            return False
        line = [word for word in self.text[start:end].split() if word[0].isalpha()]
        return len(line) > 3 and sum(word[0].isupper() for word in line) >= 0.7 * len(line)

    @cached_property
    def _paragraph_starts(self) -> list[int]:
        return [start for start, _ in self.paragraphs]

    @cached_property
    def body_end(self) -> int:
        """Where the body ends and the captions begin."""
        start = self.article.captions_start
        return len(self.text) if start is None else start

    def in_caption(self, offset: int) -> bool:
        """Whether a character belongs to a picture caption."""
        return offset >= self.body_end
