"""An article's text and title read for units, once for all rules that ask."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from pipeline.extract.document import Document
from pipeline.extract.rules.context import evidence_of
from pipeline.extract.rules.unit_lists import continue_lists
from pipeline.extract.rules.unit_spans import Span, scan
from pipeline.extract.tokens import Tokens, tokenize
from pipeline.registry import UnitHead, load_registry
from pipeline.registry.link import Evidence
from pipeline.registry.names import Hits

# The literal comes first and the look-behinds after it, so that the search runs from one ``Pol`` to the next.
_GLUED = re.compile(
    "|".join(
        rf"{head}(?:(?<=[a-z]{head})(?<!\b[KM]a{head})|(?=[A-Z][a-z]))"
        for head in ("Polres", "Polda", "Polsek")
    )
    + "|"
    + "|".join(rf"{post}(?<=[a-z]{post})" for post in ("Kapolres", "Kapolda", "Kapolsek"))
)
_GLUED_PART = re.compile(r"[^\W_]*?[a-z0-9](?=[A-Z])|[^\W_]+|\W")


@dataclass(frozen=True, slots=True)
class Read:
    """One run of words: the names in it, the units, and heads that stand bare (first word, end, head)."""

    tokens: Tokens
    hits: Hits
    spans: list[Span]
    bare: list[tuple[int, int, UnitHead]]


@dataclass(frozen=True, slots=True)
class UnitReading:
    """The text and the title, and what both and the site speak for."""

    text: Read
    title: Read
    place_hits: Hits
    """Names by the words of ``Document.tokens`` (those of ``text`` may be taken apart further)."""
    evidence: Evidence


@lru_cache(maxsize=2)
def read_units(doc: Document) -> UnitReading:
    """Read an article; the last two are kept."""
    tokens = _unglued(doc)
    text, title = _read(tokens), _read(tokenize(doc.title))
    place_hits = text.hits if tokens is doc.tokens else load_registry().names.hits(doc.tokens.lower)
    evidence = evidence_of(doc.article, ((read.tokens, read.hits, read.spans) for read in (text, title)))
    return UnitReading(text, title, place_hits, evidence)


def _read(tokens: Tokens) -> Read:
    hits = load_registry().names.hits(tokens.lower)
    spans, bare = scan(tokens, hits)
    return Read(tokens, hits, continue_lists(tokens, hits, spans), bare)


def _unglued(doc: Document) -> Tokens:
    """The text's words, those that run into a unit's head (``HumasPolresBanggai``) taken apart."""
    if not _GLUED.search(doc.text):
        return doc.tokens
    tokens = Tokens()
    for word, start in zip(doc.tokens.words, doc.tokens.starts, strict=True):
        at = 0
        for part in _GLUED_PART.findall(word) if _GLUED.search(word) else (word,):
            tokens.words.append(part)
            tokens.lower.append(part.lower())
            tokens.starts.append(start + at)
            at += len(part)
            tokens.ends.append(start + at)
    return tokens
