"""What a date is the date of: the event, the statement about it, a period, or something else."""

from __future__ import annotations

import re
from pathlib import Path

from pipeline.extract.document import Document
from pipeline.text.date_parts import MONTH, DateExpression
from pipeline.text.lexicon import alternatives, read_words

WORDS = read_words(Path(__file__).with_name("dates.csv"))
_CLOSED_SPEECH = re.compile(
    rf"[\"”’'»][\s,.]{{0,3}}(?:{alternatives(WORDS['speech'])})(?:nya|kan|kannya)?(?![a-z])"
)
_SPEECH = re.compile(rf"(?<![a-z]){alternatives(WORDS['speech'])}(?:nya|kan|kannya)?(?![a-z])")
_REPORTING = re.compile(rf"(?<![a-z]){alternatives(WORDS['reporting'])}(?![a-z])")
_SETTING = re.compile(rf"(?<![a-z]){alternatives(WORDS['setting'])}(?![a-z])")
_PERIOD = frozenset(WORDS["period"])
_PERIOD_AFTER = re.compile(r"\s{1,2}(?:s/d|s\.d|hingga|sampai)(?![a-z])|\s?[-–—]\s?\d")
_PERIOD_END = re.compile(rf"(?:\d\)?|{MONTH})\s{{0,2}}(?:s/d|s\.d\.?|[-–—])\s{{0,2}}$")
_REFERENCE = re.compile(rf"(?<![a-z]){alternatives(WORDS['reference'])}(?![a-z])")
_LAW = re.compile(r"(?<![a-z])(?:no|nomor)[.:]?\s{0,2}\d{1,4} tahun \d{4}(?![a-z])")
"""A law is named by its number and year: a weekday behind it is no part of that."""
_TOLD_TO = re.compile(r"kepada\s{1,2}([\w.]{3,40})")
_DURING = re.compile(rf"(?<![a-z]){alternatives(WORDS['during'])}(?![a-z])")
_HAPPENED = re.compile(rf"(?<![a-z]){alternatives(WORDS['happened'])}\s{{1,2}}(?:pada\s)?(?:hari\s)?$")
_OCCASION = frozenset(WORDS["occasion"])
_LINKS = frozenset(WORDS["link"])
_FURNITURE = re.compile(rf"[\W_]{{0,6}}{alternatives(WORDS['furniture'])}(?![a-z])")
_CLOCK = re.compile(r"[\s,|@•-]{0,4}\d{1,2}[:.]\d\d")
_IDLE = " -|•:,.\t"
_ZONE = len("wita")
_MARKS = '“”"'


def place_of(doc: Document, low: str, expression: DateExpression) -> str:
    """``page``, ``caption``, ``quote``, ``lead`` or ``body``."""
    if doc.in_caption(expression.start):
        return "caption"
    start, end = _line(low, expression.start)
    if _is_furniture(low, start, end, expression):
        return "page"
    if _in_quote(low, start, expression.start):
        return "quote"
    return "lead" if expression.start < 900 and _is_lead(doc, start) else "body"


def role_of(doc: Document, low: str, expression: DateExpression, place: str) -> str:
    """The role by the words around the date, inside its sentence."""
    if place == "page":
        return "other"
    start, _ = doc.sentence_at(expression.start)
    before = low[max(min(start, expression.start), expression.start - 400) : expression.start]
    near = before[-60:]
    if _REFERENCE.search(near) and not (expression.weekday is not None and _LAW.search(near)):
        return "other"
    words = near.split()[-5:]
    if expression.is_range or _ends(words, _PERIOD) or _PERIOD_AFTER.match(low, expression.end):
        return "period"
    if near.rstrip().endswith(("-", "–", "—", "s/d", "s.d", "s.d.")) and _PERIOD_END.search(near):
        return "period"
    if expression.days and expression.days[0].day is None:
        return "other"
    if expression.weekday is None and _ends(words, _OCCASION):
        return "other"
    if place != "quote" and (
        _of_statement(low, before, expression) or _told_to(doc, start, expression.start)
    ):
        return "statement"
    return "event"


def _ends(words: list[str], forms: frozenset[str]) -> bool:
    """Whether words end in one of the forms (of one or two words), links like ``pada hari`` aside."""
    while words and words[-1] in _LINKS:
        words = words[:-1]
    if not words:
        return False
    last = words[-1].strip("()")
    return last in forms or " ".join([*words[-2:-1], last]) in forms


def _of_statement(low: str, before: str, expression: DateExpression) -> bool:
    """Whether a speech verb, or the occasion of speaking, owns the date."""
    if _DURING.search(before[-90:]) or _HAPPENED.search(before[-30:]):
        return False
    if _CLOSED_SPEECH.search(before[-160:]):
        return True
    if _SETTING.search(before[-70:]):
        return True
    spoken = _SPEECH.search(before[-150:])
    if spoken and before.rstrip().endswith((",", "pada")):
        return True
    return _REPORTING.match(low[expression.end : expression.end + 24].lstrip(" ,)")) is not None


def _told_to(doc: Document, start: int, end: int) -> bool:
    """Whether somebody tells it to a newspaper: ``kepada Harian Bumi``, not ``kepada warga``."""
    told = _TOLD_TO.findall(doc.text, max(start, end - 60), end)
    return bool(told) and (told[-1][0].isupper() or "." in told[-1])


def _line(low: str, at: int) -> tuple[int, int]:
    """The line that holds a character, as far as 2,000 characters to either side."""
    start = low.rfind("\n", max(0, at - 2000), at) + 1
    end = low.find("\n", at, at + 2000)
    return start or max(0, at - 2000), min(len(low), at + 2000) if end < 0 else end


def _is_furniture(low: str, start: int, end: int, expression: DateExpression) -> bool:
    """A date printed by the site: it fills its line, or a clock time or an editor's name stands with it."""
    if low.startswith("baca juga", start):
        return True
    if end - start > 140:
        return False
    if _FURNITURE.match(low, start):
        return True
    clock = _CLOCK.match(low, expression.end)
    rest = (low[start : expression.start] + low[clock.end() if clock else expression.end : end]).strip(_IDLE)
    if clock is not None and len(rest) <= _ZONE:
        return True
    return expression.start <= 400 and (len(rest) <= 12 or clock is not None)


def _in_quote(low: str, start: int, at: int) -> bool:
    """Whether the last quotation mark of the paragraph before here opens one, by the side its word is on."""
    last = max(low.rfind(mark, start, at) for mark in _MARKS)
    if last < 0:
        return False
    before, after = low[last - 1 : last] if last > start else " ", low[last + 1 : last + 2]
    if low[last] == "“":
        return not before.isalnum()
    if after.isspace() and before.isspace():
        return low[last] == '"' and low.count('"', start, at) % 2 == 1
    return after.isalnum() and not before.isalnum() and before not in ".,!?"


def _is_lead(doc: Document, line_start: int) -> bool:
    """Whether the line is among the first three paragraphs of full length."""
    seen = 0
    for start, end in doc.paragraphs:
        if start >= line_start or seen == 3:
            return start == line_start and end - start > 80 and seen < 3
        seen += end - start > 80
    return False
