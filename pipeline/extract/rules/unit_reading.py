"""An article's text and title read for units, once for all rules that ask."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache

from pipeline.extract.document import Document
from pipeline.extract.rules.context import evidence_of
from pipeline.extract.rules.unit_lists import continue_lists
from pipeline.extract.rules.unit_spans import Span, scan
from pipeline.extract.tokens import Tokens, tokenize
from pipeline.records import Article
from pipeline.registry import UnitHead, load_registry
from pipeline.registry.link import Evidence
from pipeline.registry.names import Hits

# Each pattern begins with a literal and looks behind after it, so that the search leaps from one to the next.
_HEADS = "|".join(
    rf"{end}(?:(?<=[a-z]Pol{end})(?<!\b[KM]aPol{end})|(?=[A-Z][a-z]))" for end in ("res", "da", "sek")
)
_GLUED = re.compile(rf"Pol(?:{_HEADS})")
_GLUED_POST = re.compile(
    "Kapol(?:" + "|".join(rf"{end}(?<=[a-z]Kapol{end})" for end in ("res", "da", "sek")) + ")"
)
_GLUED_PART = re.compile(r"[^\W_]*?[a-z0-9](?=[A-Z])|[^\W_]+|\W")


@dataclass(frozen=True, slots=True)
class Read:
    """One run of words: the names in it, the units, and heads that stand bare (first word, end, head)."""

    tokens: Tokens
    hits: Hits
    spans: list[Span]
    bare: list[tuple[int, int, UnitHead]]


@dataclass(frozen=True)
class UnitReading:
    """The text and the title of an article, and what both and the site speak for."""

    article: Article
    text: Read
    title: Read
    place_hits: Hits
    """Names by the words of ``Document.tokens`` (those of ``text`` may be taken apart further)."""

    @cached_property
    def evidence(self) -> Evidence:
        """Weighed only where a name needs it; an article with clear names does without."""
        return evidence_of(
            self.article, ((read.tokens, read.hits, read.spans) for read in (self.text, self.title))
        )


@lru_cache(maxsize=2)
def read_units(doc: Document) -> UnitReading:
    """Read an article; the last two are kept."""
    tokens = _unglued(doc)
    text, title = _read(tokens), _read(tokenize(doc.title))
    place_hits = text.hits if tokens is doc.tokens else load_registry().names.hits(doc.tokens.lower)
    return UnitReading(doc.article, text, title, place_hits)


def _read(tokens: Tokens) -> Read:
    hits = load_registry().names.hits(tokens.lower)
    spans, bare = scan(tokens, hits)
    return Read(tokens, hits, continue_lists(tokens, hits, spans), bare)


def _unglued(doc: Document) -> Tokens:
    """The text's words, those that run into a unit's head (``HumasPolresBanggai``) taken apart."""
    if not _is_glued(doc.text):
        return doc.tokens
    tokens = Tokens()
    for word, start in zip(doc.tokens.words, doc.tokens.starts, strict=True):
        at = 0
        for part in _GLUED_PART.findall(word) if _is_glued(word) else (word,):
            tokens.words.append(part)
            tokens.lower.append(part.lower())
            tokens.starts.append(start + at)
            at += len(part)
            tokens.ends.append(start + at)
    return tokens


def _is_glued(text: str) -> bool:
    return _GLUED.search(text) is not None or _GLUED_POST.search(text) is not None
