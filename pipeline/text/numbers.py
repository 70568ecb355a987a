"""Numbers as Indonesian news writes them: ``1.250``, ``2,5``, ``dua ratus enam puluh satu``, ``puluhan``.

A number is a span with a least and a greatest value, so that ``ratusan``, ``50-60`` and ``lebih dari 500``
are all the same kind of thing. Nothing is guessed: what cannot be read as a number gives nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.text.lexicon import alternatives, numerals

_WORDS = numerals()
_UNITS = {form: int(value) for form, value in _WORDS["unit"].items()}
_WHOLE = {form: int(value) for form, value in _WORDS["whole"].items()}
_SCALES = {form: int(value) for form, value in _WORDS["scale"].items()}
_VAGUE = {form: tuple(int(part) for part in value.split("-")) for form, value in _WORDS["vague"].items()}

DIGITS = r"[1-9]\d{0,2}(?:\.\d{3}){1,4}(?!\d)|[1-9]\d{0,2}(?:,\d{3}){1,4}(?!\d)|(?:0|[1-9]\d{0,8})(?!\d)"
"""A whole number: digits with dots (or, as some write, commas) for thousands, or bare ones."""
_WORD = alternatives([*_UNITS, *_WHOLE, *_SCALES, *_WORDS["teen"], *_WORDS["tens"]])
WORDED = rf"(?:{_WORD}(?:\s{{1,3}}{_WORD}){{0,14}})(?![a-z-])"
"""One number in words."""
_VAGUE_WORD = alternatives(_VAGUE)
RANGE = alternatives(_WORDS["range"])
_HEDGE = alternatives([*_WORDS["approx"], *_WORDS["open"], *_WORDS["at_least"]])

NUMBER = re.compile(
    rf"(?P<vague>{_VAGUE_WORD})(?![a-z])(?:\s(?P<vague_scale>{alternatives(_SCALES)})(?![a-z]))?"
    rf"|(?P<decimal>[1-9]\d{{0,2}},\d{{1,2}})\s(?P<decimal_scale>{alternatives(_SCALES)})(?![a-z])"
    rf"|(?P<low>{DIGITS})(?P<an>-?an)?(?:\s?{RANGE}\s?(?P<high>{DIGITS}))?"
    rf"(?:\s(?P<scale>{alternatives(_SCALES)})(?:an)?(?![a-z]))?(?![a-z%])"
    rf"|(?P<words>{WORDED})(?:\s?{RANGE}\s?(?P<words_high>{WORDED}))?"
)
"""A number in folded text; ``read`` turns its match into values."""
_BRACKETED = re.compile(rf"\s?\(\s?(?:{WORDED}|{DIGITS})\s?\)")
_HEDGE_BEFORE = re.compile(rf"(?<![a-z])(?P<hedge>{_HEDGE})\s{{0,2}}$")
_MORE_AFTER = re.compile(r"\s?(?:lebih|\+)(?![a-z])(?!\skurang)")


@dataclass(frozen=True, slots=True)
class Number:
    """A number in a text. ``maximum`` is ``None`` when it is open (``lebih dari 500``)."""

    start: int
    end: int
    minimum: int
    maximum: int | None
    approx: bool
    hedge_start: int
    """Where its hedge (``sekitar``) begins; ``start`` when there is none."""


def _whole(digits: str) -> int:
    return int(digits.replace(".", "").replace(",", ""))


def parse_words(text: str) -> int | None:
    """A number in words, up to milliards; ``None`` when the words do not make one.

    >>> parse_words("dua ratus enam puluh satu"), parse_words("seribu lima belas"), parse_words("puluh dua")
    (261, 1015, None)
    """
    total, hundreds, unit = 0, 0, None
    for word in text.lower().split():
        if word in _UNITS:
            if unit is not None:
                return None
            unit = _UNITS[word]
        elif word in _WHOLE:
            if unit is not None:
                return None
            value = _WHOLE[word]
            if value >= 1000:
                total, hundreds = total + value, 0
            elif value == 100:
                hundreds += value
            else:
                unit = value
        elif word in _WORDS["teen"]:
            if unit is None or not 2 <= unit <= 9:
                return None
            unit += 10
        elif word in _WORDS["tens"]:
            if unit is None or unit > 9:
                return None
            hundreds, unit = hundreds + unit * 10, None
        elif word in _SCALES:
            scale = _SCALES[word]
            if scale == 100:
                if unit is None:
                    return None
                hundreds, unit = hundreds + unit * 100, None
            else:
                part = hundreds + (unit or 0)
                if part == 0:
                    return None
                total, hundreds, unit = total + part * scale, 0, None
        else:
            return None
    return total + hundreds + (unit or 0)


def match_number(low: str, at: int) -> Number | None:
    """The number that begins exactly here in a folded text, its hedge and bracketed repetition seen to."""
    match = NUMBER.match(low, at)
    return None if match is None else read(low, match)


def read(low: str, match: re.Match[str]) -> Number | None:
    """The values of a match of ``NUMBER``; ``None`` when words do not make a number."""
    end = match.end()
    approx = False
    maximum: int | None
    if match["vague"]:
        scale = _SCALES[match["vague_scale"]] if match["vague_scale"] else 1
        least, greatest = _VAGUE[match["vague"]]
        minimum, maximum = least * scale, (greatest + 1) * scale - 1
    elif match["decimal"]:
        minimum = maximum = round(float(match["decimal"].replace(",", ".")) * _SCALES[match["decimal_scale"]])
    elif match["low"]:
        scale = _SCALES[match["scale"]] if match["scale"] else 1
        minimum = _whole(match["low"]) * scale
        maximum = _whole(match["high"]) * scale if match["high"] else minimum
        if match["an"]:
            approx = True
            maximum = minimum + 10 ** (len(str(minimum)) - len(str(minimum).rstrip("0"))) - 1
    else:
        first = parse_words(match["words"])
        second = parse_words(match["words_high"]) if match["words_high"] else first
        if first is None or second is None:
            return None
        minimum, maximum = first, second
    if maximum is not None and maximum < minimum:
        return None
    repeated = _BRACKETED.match(low, end)
    if repeated:
        end = repeated.end()
    hedge_start, open_ended, hedged = _hedge(low, match.start())
    more = _MORE_AFTER.match(low, end)
    if more:
        end, open_ended = more.end(), True
    return Number(match.start(), end, minimum, None if open_ended else maximum, approx or hedged, hedge_start)


def _hedge(low: str, start: int) -> tuple[int, bool, bool]:
    """Where the hedge before a number begins, whether it leaves the number open, whether it blurs it."""
    window = max(0, start - 20)
    match = _HEDGE_BEFORE.search(low[window:start])
    if match is None:
        return start, False, False
    word = " ".join(match["hedge"].split())
    return window + match.start(), word not in _WORDS["approx"], word in _WORDS["approx"]
