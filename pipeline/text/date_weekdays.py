"""Date expressions that begin with a weekday (``Sabtu (20/01/2024)``) or a relative word (``kemarin``)."""

from __future__ import annotations

import re
from dataclasses import replace

from pipeline.text.date_parts import TO, WORDS, DateExpression, Written, read_date
from pipeline.text.lexicon import alternatives, numerals, positions

WEEKDAYS = {form: int(value) for form, value in WORDS["weekday"].items()}
DEICTICS = {form: int(value) for form, value in WORDS["deictic"].items()}

_WEEKDAY = alternatives(WEEKDAYS)
_PART = alternatives(WORDS["part"])
_PAST, _NOW, _FUTURE = (WORDS[kind] for kind in ("shift_past", "shift_now", "shift_future"))
_SHIFT = alternatives([*_PAST, *_NOW, *_FUTURE])
_LATE_SHIFT = alternatives(WORDS["late_shift"])

_HEAD = re.compile(
    rf"(?P<wd>{_WEEKDAY})(?![a-z])"
    rf"(?:\s?(?P<to>{TO}|dan)\s?(?:hari\s)?(?P<wd2>{_WEEKDAY})(?![a-z]))?"
    rf"(?:[\s,]{{0,2}}(?P<part>{_PART})(?![a-z])(?:\s(?P<eve>{_WEEKDAY})(?![a-z]))?)?"
    rf"(?:\s{{1,2}}(?P<shift>{_SHIFT})(?![a-z]))?"
)
_DEICTIC = re.compile(rf"(?<!\d\s)(?P<word>{alternatives(DEICTICS)})(?![a-z-])")
_NUMBERS = {form: int(value) for form, value in numerals()["unit"].items()}
_AGO = re.compile(r"hari\s(?:yang\s)?(?:lalu|silam)(?![a-z])")
_COUNT = re.compile(rf"(?<!\w)(?:\d{{1,2}}|{alternatives(_NUMBERS)})\s$")
_WORD_AFTER = re.compile(r"\s{1,2}([a-z]+)")
_CAPITAL_AFTER = re.compile(r"\s[A-Z][a-z]+")
_SEPARATOR = re.compile(r"[\s,.:;/]{0,4}(?:(?:tanggal|tgl)\.?\s{1,2})?")
_OPEN = re.compile(r"[(\[]\s{0,2}")
_CLOSE = re.compile(r"\s{0,2}[)\]]")
_TAIL_PART = re.compile(rf"[\s,]{{0,2}}(?P<part>{_PART})(?![a-z])")
_TAIL_SHIFT = re.compile(rf"\s{{1,2}}(?P<shift>{_LATE_SHIFT})(?![a-z])")
_WEEKDAY_STEMS = tuple(sorted({form.partition("'")[0][:5] for form in WEEKDAYS}))


def weekdays(text: str, low: str) -> list[DateExpression]:
    """Expressions that begin with a weekday, in order."""
    found: list[DateExpression] = []
    end = 0
    for at in positions(low, _WEEKDAY_STEMS):
        if at < end or (at and (low[at - 1].isalnum() or low[at - 1] in "-/")):
            continue
        expression = _read_weekday(text, low, at)
        if expression is not None:
            found.append(expression)
            end = expression.end
    return found


def _read_weekday(text: str, low: str, at: int) -> DateExpression | None:
    head = _HEAD.match(low, at)
    if head is None:
        return None
    inner, end = _after(low, head.end())
    shift, part = head["shift"], head["part"]
    if inner is None:
        end = head.end()
        if head["wd2"] or not _stands_alone(text, low, head):
            return None
    else:
        end, later_part, later_shift = _tail(low, end)
        part, shift = later_part or part, later_shift or shift
    return DateExpression(
        at,
        end,
        f"weekday_{inner.rule}" if inner else "weekday",
        inner.days if inner else (),
        inner.is_range if inner else False,
        weekday=None if _is_eve(low, at) else _weekday_number(head["wd"]),
        weekday_end=_weekday_number(head["wd2"]) if head["wd2"] else None,
        shift=_direction(shift),
        part=part,
    )


def _tail(low: str, end: int) -> tuple[int, str | None, str | None]:
    """Where a date ends with the part of day and the shift behind it, and these two."""
    part = shift = None
    tail = _TAIL_PART.match(low, end)
    if tail:
        part, end = tail["part"], tail.end()
    late = _TAIL_SHIFT.match(low, end)
    if late:
        shift, end = late["shift"], late.end()
    return end, part, shift


def _is_eve(low: str, at: int) -> bool:
    """``malam Minggu (16/11)``: the evening before Sunday, or Sunday evening; people mean either."""
    return low.startswith("malam ", max(0, at - 6))


def _after(low: str, at: int) -> tuple[Written | None, int]:
    """The date proper after a weekday or ``hari ini``, its brackets taken in, and where it ends."""
    separator = _SEPARATOR.match(low, at)
    begin = separator.end() if separator else at
    opened = _OPEN.match(low, begin)
    inner = read_date(low, opened.end() if opened else begin)
    if inner is None:
        return None, at
    end = inner.end
    if opened:
        part = _TAIL_PART.match(low, end)
        closed = _CLOSE.match(low, part.end() if part else end)
        end = closed.end() if closed else end
    return inner, end


def _stands_alone(text: str, low: str, head: re.Match[str]) -> bool:
    """Whether a weekday without a date is a day at all, and not ``Jumat Curhat`` or ``dua minggu``."""
    after = _WORD_AFTER.match(low, head.end(), head.end() + 20)
    if after and after[1] in WORDS["named_after"]:
        return False
    before = low[max(0, head.start() - 14) : head.start()].split()
    last, two = " ".join(before[-1:]), " ".join(before[-2:])
    if last in WORDS["habit_before"] or two in WORDS["habit_before"]:
        return False
    if (
        head["wd"] == "minggu"
        and last != "hari"
        and (head["shift"] or _is_count(last) or (after and after[1] in WORDS["week_after"]))
    ):
        return False
    capital = text[head.start()].isupper()
    return (
        last == "hari"
        or (capital and not _is_name(text, head))
        or (bool(head["part"]) and head["wd"] != "minggu")
    )


def _is_count(word: str) -> bool:
    """``hamil 12 Minggu``: weeks, whatever their capital."""
    return word.isdigit() and len(word) <= 2


def _is_name(text: str, head: re.Match[str]) -> bool:
    """Whether capitals go on after a weekday, so that it looks like part of a name."""
    if head["part"] or head["shift"]:
        return False
    follows = _CAPITAL_AFTER.match(text, head.end(), head.end() + 16)
    return follows is not None


def _weekday_number(form: str) -> int:
    """The number of a weekday however its apostrophe is typed."""
    if form in WEEKDAYS:
        return WEEKDAYS[form]
    return WEEKDAYS["jumat"]


def _direction(shift: str | None) -> str | None:
    if shift is None:
        return None
    words = " ".join(shift.split())
    if words in _PAST:
        return "past"
    return "now" if words in _NOW else "future"


_WEEKDAY_BEFORE = re.compile(rf"{_WEEKDAY}\s(?:{_PART}\s)?$")
"""``Rabu malam kemarin`` belongs to the weekday."""
_COUNTED = re.compile(rf"(?:{alternatives(numerals()['unit'])}|beberapa)\s$")
"""``tiga hari ini`` counts days."""
_DEICTIC_STEMS = tuple(sorted({form.split()[0] for form in DEICTICS}))
_LATER_WEEKDAY = re.compile(rf"\s{{0,2}}[,(]?\s{{1,2}}(?:hari\s)?(?={_WEEKDAY})")


def deictics(text: str, low: str) -> list[DateExpression]:
    """Expressions that begin with a relative word, and ``dua hari lalu``."""
    found: list[DateExpression] = []
    end = 0
    for at in positions(low, _DEICTIC_STEMS):
        if at < end or (at and low[at - 1].isalnum()):
            continue
        match = _DEICTIC.match(low, at)
        expression = _read_deictic(text, low, match) if match else _read_ago(low, at)
        if expression is not None:
            found.append(expression)
            end = expression.end
    return found


def _read_ago(low: str, at: int) -> DateExpression | None:
    """``dua hari lalu``, from its word for day."""
    match = _AGO.match(low, at)
    count = _COUNT.search(low, max(0, at - 12), at) if match else None
    if match is None or count is None:
        return None
    number = count.group().strip()
    offset = -(int(number) if number.isdigit() else _NUMBERS[number])
    return DateExpression(count.start(), match.end(), "days_ago", offset=offset)


def _read_deictic(text: str, low: str, match: re.Match[str]) -> DateExpression | None:
    """``hari ini``, with the weekday or the date that spells it out (``Hari ini, Selasa (15/12/2020)``)."""
    offset = DEICTICS[" ".join(match["word"].split())]
    inner, end = _after(low, match.end())
    if inner is not None:
        return DateExpression(match.start(), end, "deictic", inner.days, inner.is_range, offset=offset)
    if _COUNTED.search(low[max(0, match.start() - 12) : match.start()]):
        return None
    between = _LATER_WEEKDAY.match(low, match.end())
    later = _read_weekday(text, low, between.end()) if between else None
    if later is not None:
        return replace(later, start=match.start(), rule="deictic", offset=offset)
    if _WEEKDAY_BEFORE.search(low[max(0, match.start() - 24) : match.start()]):
        return None
    return DateExpression(match.start(), match.end(), "deictic", offset=offset)


def with_tail(low: str, start: int, inner: Written) -> DateExpression:
    """A date with the part of day and the ``kemarin`` or ``pekan depan`` behind it."""
    end, part, shift = _tail(low, inner.end)
    return DateExpression(
        start, end, inner.rule, inner.days, inner.is_range, shift=_direction(shift), part=part
    )
