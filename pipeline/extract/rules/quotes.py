"""Direct quotations, by the marks as they are really typed.

News sites mix every kind of mark, turn them the wrong way, forget to close them and glue them to the
next word. So a mark's direction is read from what stands beside it and from whether a quotation is open,
and its glyph decides only where these leave it open. Titles, slogans and nicknames in marks are not
quotations; neither is text that lacks its opening mark (gold guide, ruling 7).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from pipeline.extract.document import Document
from pipeline.extract.rules.speech import (
    inner_tail_pattern,
    labelled_pattern,
    speaking_pattern,
    tail_pattern,
    word_before,
)

_DOUBLE = '"“”„‟«»＂〝〞'
_PAIRS = ("''", "‘‘", "‘’", "’’", "´´", "``")
_MARK = re.compile(
    "|".join((*(re.escape(f"\\{mark}") for mark in _DOUBLE), *_DOUBLE, *_PAIRS, r",,(?<![\w,],,)(?=\w)"))
)
"""Each branch begins with a character that stands for itself: so the search leaps over all others."""
_SINGLE = re.compile(
    r"(?<![\w’'])[‘'](?=\s?[A-Z])([^‘’'\n]{12,600}?(?:[’'](?=[a-z])[^‘’'\n]{0,300}?)?)[’'](?!\w)"
)
_LEAD_IN = re.compile(r"[:,.]\s*$")
_ENDS_SENTENCE = re.compile(r"[.,!?…]\s*$")
_MAX_NESTED_WORDS = 6
_MIN_WORDS = 5
_MAX_GAP = 220
_MAX_PARAGRAPHS = 6


@dataclass(frozen=True, slots=True)
class QuoteSpan:
    """One quotation, without its marks and the comma before the last; ``outer_end`` is behind that mark."""

    start: int
    end: int
    outer_start: int
    outer_end: int
    closed: bool = True
    tailed: bool = False
    """Whether a word of speaking follows the last mark."""
    parts: int = 1
    """How many pieces between marks were joined."""


@dataclass(frozen=True, slots=True)
class _Mark:
    start: int
    end: int
    leans: str
    """``open``, ``close`` or ``?``."""
    tailed: bool


def find_quotes(doc: Document) -> list[QuoteSpan]:
    """Every direct quotation of the body, in order; split and continued ones joined."""
    text = doc.text
    pieces: list[QuoteSpan] = []
    carried: QuoteSpan | None = None
    carried_over = 0
    for start, end in doc.paragraphs:
        if start >= doc.body_end:
            break
        marks = [_mark(text, m, start, end) for m in _MARK.finditer(text, start, end)]
        if carried is not None:
            first = marks[0] if marks else None
            if first is not None and (first.leans == "close" or first.tailed) and first.start > start:
                pieces.append(
                    _piece(text, carried.outer_start, (carried.start, first.start), first.end, first.tailed)
                )
                marks, carried = marks[1:], None
            elif first is None and carried_over < _MAX_PARAGRAPHS and _closes_soon(doc, end):
                carried_over += 1
                continue
            else:
                pieces.append(carried)
                carried = None
        found, carried = _in_paragraph(text, end, marks)
        carried_over = 0
        pieces.extend(found)
        if not marks:
            pieces.extend(_single_marks(text, start, end))
    if carried is not None:
        pieces.append(carried)
    return _join(doc, [piece for piece in pieces if _is_speech(doc, piece)])


def _mark(text: str, match: re.Match[str], start: int, end: int) -> _Mark:
    """Read a mark's direction from its neighbours, then from its glyph."""
    left = match.start() == start or text[match.start() - 1] in " \t\xa0([-–—"
    right = match.end() == end or text[match.end()] in " \t\xa0.,;:!?)]*"
    before = text[match.start() - 1 : match.start()]
    glyph = match.group()[-1]
    if left and not right:
        leans = "open"
    elif right and not left:
        leans = "close"
    elif not left and not right:
        glued = before in ",.!?" and not text[match.end()].isupper()
        leans = "close" if glued else "open" if before == ":" else "?"
    else:
        leans = "open" if match.start() == start else "close" if match.end() == end else "?"
    if leans == "?" and glyph in "“„«〝":
        leans = "open"
    return _Mark(match.start(), match.end(), leans, tail_pattern().match(text, match.end(), end) is not None)


def _closes_soon(doc: Document, offset: int) -> bool:
    """Whether the next mark behind ``offset`` closes, so that an open quotation runs on to it."""
    text = doc.text
    match = _MARK.search(text, offset, min(offset + 1500, doc.body_end))
    if match is None:
        return False
    start = text.rfind("\n", 0, match.start()) + 1
    stop = text.find("\n", match.end())
    mark = _mark(text, match, start, len(text) if stop < 0 else stop)
    return mark.leans == "close" or mark.tailed


def _in_paragraph(text: str, end: int, marks: list[_Mark]) -> tuple[list[QuoteSpan], QuoteSpan | None]:
    """Pair the marks of one paragraph; the second value is a quotation left open at its end."""
    found: list[QuoteSpan] = []
    opened: _Mark | None = None
    skip = -1
    for index, mark in enumerate(marks):
        if index <= skip:
            continue
        if opened is None:
            if mark.leans != "close" and not (mark.tailed and mark.leans != "open"):
                stray = mark.tailed and index == len(marks) - 1
                opened = None if stray else mark
            continue
        if mark.leans == "open" and not mark.tailed:
            if _nested(text, marks, index):
                skip = index + 1
                continue
            if text[: opened.start].strip():
                found.append(_piece(text, opened.start, (opened.end, mark.start), mark.start, False))
            opened = mark
            continue
        found.append(_piece(text, opened.start, (opened.end, mark.start), mark.end, mark.tailed))
        opened = None
    if opened is None:
        return found, None
    stop, tailed = end, False
    inner = inner_tail_pattern().search(text, opened.end, end)
    if inner is not None:
        stop, tailed = inner.start(), True
    return found, _piece(text, opened.start, (opened.end, stop), stop, tailed)


def _nested(text: str, marks: list[_Mark], index: int) -> bool:
    """Whether a mark opens a word or two in marks inside a quotation that closes later."""
    if index + 2 >= len(marks) or marks[index + 1].tailed:
        return False
    inside = text[marks[index].end : marks[index + 1].start]
    return len(inside.split()) <= _MAX_NESTED_WORDS and not _ENDS_SENTENCE.search(inside)


def _piece(text: str, outer: int, inside: tuple[int, int], outer_end: int, tailed: bool) -> QuoteSpan:
    start, end = inside
    while start < end and text[start].isspace():
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] == ","):
        end -= 1
    return QuoteSpan(start, end, outer, outer_end, closed=outer_end > inside[1], tailed=tailed)


def _single_marks(text: str, start: int, end: int) -> list[QuoteSpan]:
    """Quotations in single marks, only where a word of speaking follows: they look like apostrophes."""
    if text.find("'", start, end) < 0 and text.find("‘", start, end) < 0:
        return []
    return [
        _piece(text, m.start(), m.span(1), m.end(), True)
        for m in _SINGLE.finditer(text, start, end)
        if tail_pattern().match(text, m.end(), end)
    ]


def _is_speech(doc: Document, piece: QuoteSpan) -> bool:
    """Whether a piece between marks is speech, not a title, a slogan or a nickname."""
    text = doc.text
    inside = text[piece.start : piece.end]
    if not any(map(str.isalpha, inside)):
        return False
    if piece.tailed:
        return True
    begin, _ = doc.sentence_at(piece.outer_start)
    begin = min(begin, piece.outer_start)
    before = text[max(begin, piece.outer_start - 200) : piece.outer_start]
    if word_before("label").search(before) or labelled_pattern().search(before):
        return False
    words = len(inside.split())
    at_start = not before.strip() or text[: piece.outer_start].endswith("\n")
    if not before.strip() or at_start:
        return words >= _MIN_WORDS or (words >= 2 and bool(_ENDS_SENTENCE.search(inside)))
    speaks = speaking_pattern().search(before) is not None
    if speaks and _LEAD_IN.search(before):
        return words >= 2
    if speaks or _LEAD_IN.search(before):
        return words >= _MIN_WORDS
    return words >= 8 and bool(_ENDS_SENTENCE.search(inside))


def _join(doc: Document, pieces: list[QuoteSpan]) -> list[QuoteSpan]:
    """Join ``"A," kata X, "B"`` and paragraphs that run on without closing."""
    joined: list[QuoteSpan] = []
    for piece in pieces:
        last = joined[-1] if joined else None
        if last is not None and _continues(doc, last, piece):
            joined[-1] = replace(
                last,
                end=piece.end,
                outer_end=piece.outer_end,
                closed=piece.closed,
                tailed=piece.tailed or last.tailed,
                parts=last.parts + 1,
            )
        else:
            joined.append(piece)
    return joined


def _continues(doc: Document, last: QuoteSpan, piece: QuoteSpan) -> bool:
    gap = doc.text[last.outer_end : piece.outer_start]
    if not last.closed and not last.tailed and gap.count("\n") >= 1 and not gap.strip():
        tail = tail_pattern().match(doc.text, piece.outer_end)
        return tail is None or bool(tail["nya"] or tail["nya2"] or tail["pro"])
    if "\n" in gap or len(gap) > _MAX_GAP or piece.tailed:
        return False
    return last.tailed and last.closed and not _announced(doc, last.outer_end, piece.outer_start)


def _announced(doc: Document, start: int, end: int) -> bool:
    """Whether a sentence between two pieces announces the second: ``… Y menambahkan, "…"``."""
    begin, _ = doc.sentence_at(end)
    before = doc.text[max(start, begin) : end]
    return start < begin and bool(_LEAD_IN.search(before) and speaking_pattern().search(before))
