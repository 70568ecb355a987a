"""Named police operations: ``Operasi Lilin Candi 2022``, ``OMP Krakatau 2024``, ``Ops Zebra``."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.extract.document import Document
from pipeline.extract.rules.dates import DateMention
from pipeline.text.lexicon import alternatives, fold, positions, read_words

_WORDS = read_words(Path(__file__).with_name("operations.csv"))
_NAMES, _CODES, _INITIALS = _WORDS["name"], _WORDS["code"], _WORDS["initials"]
_NAME, _CODE = alternatives(_NAMES), alternatives(_CODES)
_HEAD = rf"(?:{alternatives(_WORDS['head'])})\.?"
_KIND = rf"(?:\s{{1,2}}{alternatives(_WORDS['kind'])}){{0,2}}"
_MARK = r"[\s“\"'‘(]{1,3}"
_YEAR = (
    r"(?:\s{0,2}[-–]?\s?(?:tahap\s[ivx\d]{1,4}\s)?(?:tahun\s|th\.?\s|ta\s)?"
    r"(?P<year>20[0-4]\d(?:\s?[-–/]\s?20[0-4]\d)?)(?!\d))?"
)


_BRACKET = rf"(?:\s{{1,2}}\({alternatives(_INITIALS)}\))?"
_ROUND = r"(?:i{1,3}|iv)(?![a-z\d])|[1-4](?=\s{0,2}[-–/]?\s?(?:tahun\s)?20[0-4]\d)"
_STEMS = tuple({*_WORDS["head"], *_INITIALS, *_WORDS["kind"]})
_NAME_STEMS = tuple(sorted({re.split(r"\W", form)[0] for form in _NAMES}))

_KNOWN = re.compile(
    rf"(?P<head>{_HEAD}){_KIND}{_MARK}(?P<name>{_NAME})(?![a-z]){_BRACKET}(?:\s{{1,2}}(?P<first>{_ROUND}))?"
    rf"(?:\s{{1,2}}(?P<code>{_CODE})(?![a-z])(?:[\s-]{{1,2}}(?P<second>{_ROUND}))?)?{_YEAR}"
)
_SHORT = re.compile(
    rf"(?P<head>{alternatives(_INITIALS)})(?![a-z])(?:[\s-]{{1,2}}(?P<code>{_CODE})(?![a-z]))?{_YEAR}"
)
_PAIR = re.compile(rf"(?<![a-z])(?P<name>{_NAME})\s{{1,2}}(?P<code>{_CODE})(?![a-z]){_YEAR}")
_UNKNOWN = re.compile(
    rf"(?P<head>{_HEAD}){_MARK}(?P<name>[a-z]{{3,15}}(?:\s[a-z]{{2,15}}){{0,2}}?)"
    rf"(?:\s{{1,2}}(?P<code>{_CODE})(?![a-z]))?{_YEAR}"
)
_CODED = alternatives(_WORDS["coded"])
_QUOTED = re.compile(rf"[“\"'‘]|(?:{_CODED})\s")
_ANNOUNCED = re.compile(rf"(?:{_HEAD}|{_CODED})[\s“\"'‘]{{1,3}}(?:[a-z]+\s)?[“\"'‘]?$")


@dataclass(frozen=True, slots=True)
class OperationMention:
    """A named operation; ``name`` and ``code`` are canonical, ``year`` as written or ``None``."""

    start: int
    end: int
    name: str
    code: str | None
    year: str | None
    confidence: float
    rule: str
    is_span: bool = True
    """False inside a longer name (``Satgas Operasi X``), which is no ``OP`` span but still names it."""


def find_operations(doc: Document) -> list[OperationMention]:
    """Every named operation, in order."""
    return _find(doc.text, doc.low)


def main_operation(
    doc: Document, operations: Sequence[OperationMention], dates: Sequence[DateMention] = ()
) -> str | None:
    """The canonical name of the operation that the article is about, or ``None``.

    A missing code or year is taken from the other mentions of the operation, a missing year else from the
    event's date or the publication day.
    """
    titled = _find(doc.title, fold(doc.title))
    weights: Counter[str] = Counter()
    for mention in operations:
        weights[mention.name] += 2 if mention.start < 600 else 1
    for mention in titled:
        weights[mention.name] += 3
    if not weights:
        return None
    order = [mention.name for mention in (*titled, *operations)]
    name = max(weights, key=lambda key: (weights[key], -order.index(key)))
    same = [mention for mention in (*operations, *titled) if mention.name == name]
    code = _commonest([mention.code for mention in same])
    year = _commonest([mention.year for mention in same]) or _year_of(doc, name, dates)
    return " ".join(part for part in ("Operasi", name, code, year) if part)


def _commonest(values: Sequence[str | None]) -> str | None:
    known = [value for value in values if value]
    return Counter(known).most_common(1)[0][0] if known else None


def _year_of(doc: Document, name: str, dates: Sequence[DateMention]) -> str | None:
    """The year of the event, else of publication."""
    day = _day_of(doc, dates)
    if day is None:
        return None
    key = name.lower()
    span = _WORDS["year_span"].get(key)
    if span and str(day.year) in span:
        return span
    back = key in _WORDS["january_back"] and day.month == 1
    return str(day.year - 1 if back else day.year)


def _day_of(doc: Document, dates: Sequence[DateMention]) -> dt.date | None:
    """The first told day near publication, else that day itself; without it, of the likeliest year."""
    published = doc.article.published_date
    told = [m.date for m in dates if m.date and m.granularity == "day" and m.role != "other"]
    if published is not None:
        near = [day for day in told if abs((published - day).days) <= 60]
        return min(near, default=published)
    years = Counter(day.year for day in told)
    if not years:
        return None
    year = max(years, key=lambda key: (years[key], key))
    return min(day for day in told if day.year == year)


def _find(text: str, low: str) -> list[OperationMention]:
    starts = [at for at in positions(low, _STEMS) if at == 0 or not low[at - 1].isalpha()]
    found: list[OperationMention] = []
    for at in starts:
        if known := _KNOWN.match(low, at):
            if known["code"] or known["year"] or known["name"] not in _WORDS["weak"]:
                found.append(_known(text, low, known))
        elif short := _SHORT.match(low, at):
            if text[at : at + 3].isupper():
                found.append(_mention(short, _INITIALS[short["head"]], 0.95, "operation_initials"))
        elif (other := _UNKNOWN.match(low, at)) and _plausible(text, other):
            name = " ".join(word.capitalize() for word in other["name"].split())
            found.append(_mention(other, name, 0.75, "operation_unlisted"))
    if starts:
        found += [
            _mention(match, _NAMES[_squeeze(match["name"])], 0.85, "operation_pair")
            for match in _pairs(low)
            if match["year"] or _ANNOUNCED.search(low[max(0, match.start() - 24) : match.start()])
        ]
    return _apart(found)


def _pairs(low: str) -> Iterator[re.Match[str]]:
    """A name and a code side by side without a word for operation."""
    end = 0
    for at in positions(low, _NAME_STEMS):
        match = _PAIR.match(low, at) if at >= end else None
        if match is not None:
            end = match.end()
            yield match


def _known(text: str, low: str, match: re.Match[str]) -> OperationMention:
    """A listed name; what stands between quotation marks or behind ``bersandi`` is the span by itself."""
    mention = _mention(match, _NAMES[_squeeze(match["name"])], 0.95, "operation_known")
    between = text[match.start("head") + len(match["head"]) : match.start("name")]
    before = low[max(0, match.start() - 16) : match.start()].replace("(", " ").replace(")", " ").split()
    office = bool(before) and (before[-1] in _WORDS["office"] or " ".join(before[-2:]) in _WORDS["office"])
    start = match.start("name") if _QUOTED.search(between) else mention.start
    return replace(mention, start=start, is_span=not office)


def _plausible(text: str, match: re.Match[str]) -> bool:
    """An operation that is not in the list: capitals, and a known code or a year behind it."""
    words = text[match.start("name") : match.end("name")].split()
    if (
        match["name"] in _NAMES
        or not (match["code"] or match["year"])
        or not all(word[0].isupper() for word in words)
    ):
        return False
    return match["name"].split()[0] not in _WORDS["not_name"]


def _mention(match: re.Match[str], name: str, confidence: float, rule: str) -> OperationMention:
    code = _CODES[_squeeze(match["code"])] if match["code"] else None
    rounds = match.groupdict()
    if code and rounds.get("second"):
        code = f"{code} {rounds['second'].upper()}"
    if rounds.get("first"):
        name = f"{name} {rounds['first'].upper()}"
    year = re.sub(r"\s?[-–/]\s?", "-", match["year"]) if match["year"] else None
    return OperationMention(match.start(), match.end(), name, code, year, confidence, rule)


def _apart(found: list[OperationMention]) -> list[OperationMention]:
    """The first, and of two that begin together the longer."""
    kept: list[OperationMention] = []
    for mention in sorted(found, key=lambda item: (item.start, -item.end)):
        if not kept or mention.start >= kept[-1].end:
            kept.append(mention)
    return kept


def _squeeze(words: str) -> str:
    return " ".join(words.split())
