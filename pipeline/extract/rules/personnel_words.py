"""The words of the personnel rule, compiled once; the words themselves are in ``personnel.csv``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from pipeline.extract.document import Document
from pipeline.text.lexicon import alternatives, read_words

WORDS = read_words(Path(__file__).with_name("personnel.csv"))
NOUNS, FORMATIONS, FORCES = WORDS["noun"], WORDS["formation"], WORDS["force"]


class Span(Protocol):
    """What this rule needs of a unit mention."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Scene:
    """An article under this rule: the document, its folded text, where its units stand."""

    doc: Document
    low: str
    units: Sequence[Span] = ()

    def sentence(self, at: int) -> tuple[int, int]:
        """Start and end of the sentence that holds a character."""
        return self.doc.sentence_at(at)


def whole(*kinds: str) -> re.Pattern[str]:
    """A pattern for any word of these kinds, as whole words."""
    forms = [form for kind in kinds for form in WORDS[kind]]
    return re.compile(rf"(?<![a-z]){alternatives(forms)}(?![a-z])")


def squeeze(words: str) -> str:
    """Single spaces."""
    return " ".join(words.split())


WORD_AFTER = re.compile(r"\s{1,2}(?P<word>[a-z/-]+)")
"""The next word, spaces apart."""
