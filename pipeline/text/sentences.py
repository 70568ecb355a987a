"""Paragraphs and sentences of Indonesian news text, as offsets."""

from __future__ import annotations

import re

_PARAGRAPH = re.compile(r"[^\n]+")
_END = re.compile(r"[.!?…]+[\"”’'»)\]]*(?=\s+[\"“”‘'(\[]*[A-Z0-9])")


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


def split_sentences(text: str, paragraphs: list[tuple[int, int]] | None = None) -> list[tuple[int, int]]:
    """Start and end of each sentence; none crosses a paragraph."""
    spans = []
    for start, end in split_paragraphs(text) if paragraphs is None else paragraphs:
        begin = start
        for match in _END.finditer(text, start, end):
            spans.append((begin, match.end()))
            begin = match.end()
            while begin < end and text[begin].isspace():
                begin += 1
        if begin < end:
            spans.append((begin, end))
    return spans
