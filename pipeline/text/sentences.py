"""Paragraphs and sentences of Indonesian news text, as offsets.

A full stop ends a sentence when white space and a capital, a digit or an opening mark follow, unless the word
before it is an abbreviation (``Jl.``, ``AKBP.``), an initial (``A. Waworuntu``), a degree or a list number.
"""

from __future__ import annotations

import re

from pipeline.text.lexicon import abbreviations

_PARAGRAPH = re.compile(r"[^\n]+")
_END = re.compile(r"[.!?…]+[\"”’'»)\]]{0,3}(?=\s{1,9}[\"“”‘'(\[]{0,3}[A-Z0-9]|[A-Z][a-z])")
_LOST_SPACE = re.compile(r"[a-z)][a-z0-9)]")
_WORD = re.compile(r"[\w.'’/-]+$")
_NEXT = re.compile(r"[\s\"“”‘'(\[]*(\w+)")
_WORDS = abbreviations()
LONGEST = 4_000
"""Characters after which a sentence without end is cut: rules search whole sentences, once for each number or
name in them, and text without full stops must not make that the square of its length."""
_ABBREVIATIONS, _SUFFIXES, _STARTERS = (
    frozenset(_WORDS[kind]) for kind in ("abbreviation", "suffix", "starter")
)


def split_paragraphs(text: str) -> list[tuple[int, int]]:
    """Start and end of each non-empty line, stripped of white space."""
    spans = []
    for match in _PARAGRAPH.finditer(text):
        line = match.group()
        stripped = line.strip()
        if stripped:
            start = match.start() + line.index(stripped)
            spans.append((start, start + len(stripped)))
    return spans


def _cut(text: str, begin: int, end: int) -> list[tuple[int, int]]:
    """A run of text in pieces that rules may search through as often as they like."""
    if end - begin <= LONGEST:
        return [(begin, end)] if begin < end else []
    pieces = []
    while end - begin > LONGEST:
        at = text.rfind(" ", begin + 1, begin + LONGEST)
        stop = at if at > 0 else begin + LONGEST
        pieces.append((begin, stop))
        begin = stop + (at > 0)
    return [*pieces, (begin, end)] if begin < end else pieces


def split_sentences(text: str, paragraphs: list[tuple[int, int]] | None = None) -> list[tuple[int, int]]:
    """Start and end of each sentence; none crosses a paragraph, none is longer than ``LONGEST``.

    >>> text = "Rumah di Jl. Mawar terbakar. AKP A. Sari, S.H. menyebut warga selamat."
    >>> [text[start:end] for start, end in split_sentences(text)]
    ['Rumah di Jl. Mawar terbakar.', 'AKP A. Sari, S.H. menyebut warga selamat.']
    """
    spans = []
    for start, end in split_paragraphs(text) if paragraphs is None else paragraphs:
        begin = start
        for match in _END.finditer(text, start, end):
            if not text[match.end()].isspace() and not _LOST_SPACE.match(text, max(0, match.start() - 2)):
                continue
            if match.group() == "." and _goes_on(text, begin, match.start()):
                continue
            spans += _cut(text, begin, match.end())
            begin = match.end()
            while begin < end and text[begin].isspace():
                begin += 1
        spans += _cut(text, begin, end)
    return spans


def _goes_on(text: str, begin: int, stop: int) -> bool:
    """Whether the full stop at ``stop`` belongs to the word before it."""
    window = max(begin, stop - 24)
    match = _WORD.search(text, window, stop)
    if match is None:
        return False
    word = match.group()
    if len(word) == 1:
        return word.isupper() or (word.isdigit() and match.start() <= begin + 1)
    if word.isdigit():
        return len(word) == 2 and match.start() <= begin + 1
    folded = word.lower()
    if folded in _ABBREVIATIONS:
        return True
    dotted = "." in word and all(len(part) <= 3 for part in word.split("."))
    if folded in _SUFFIXES or (dotted and word[0].isalpha()):
        following = _NEXT.match(text, stop + 1)
        return following is None or following[1].lower() not in _STARTERS
    return False
