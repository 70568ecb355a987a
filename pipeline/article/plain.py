"""An article from plain text: a ``.txt`` file, or the ``text`` of a record.

A file may carry the head of the page it came from: a masthead and title as Markdown headings, a line with the
writer's desk and a link to the site, the page's date. They are read into their fields and leave the text.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline import ids
from pipeline.article.characters import lines_of
from pipeline.article.clean import clean_lines, is_furniture
from pipeline.article.dateline import site_in_dateline
from pipeline.article.language import language_of
from pipeline.article.phrases import bare, key
from pipeline.article.published import NOTHING, Published, page_date, parse, zone_name
from pipeline.article.url import canonical_url, site_of
from pipeline.errors import RecordError
from pipeline.records import Article

_HEADING = re.compile(r"#{1,6}\s+(?P<text>.*)")
_SITE_LINK = re.compile(
    r"\*{0,3}(?P<by>[^\[\]]{0,120}?)[\s–-]{0,3}\[(?P<site>[\w.-]{4,80})\]\(https?://[^()\s]{1,200}\)\*{0,3}"
)
_LINK = re.compile(r"!?\[(?P<text>[^\[\]]{0,300})\]\(https?://[^()\s]{1,500}\)")
_BOLD = re.compile(r"\*\*(?P<text>[^*\n]{1,2000})\*\*")
_ITALIC = re.compile(r"(?<![\w*])\*(?P<text>[^\s*][^*\n]{0,200})(?<!\s)\*(?![\w*])")
_SURELY_TITLE = 120
_TITLE_MAX = 250
_BEHIND_TITLE = re.compile(r"\s?[-–|]\s?[\w. ]{2,40}")
_PARAGRAPH_ENDS = frozenset('."”')
_DATELINE = re.compile(r"(?:[A-Z][A-Z ]{2,40}|[\w.]{3,40},\s[A-Z][\w ]{2,40})\s{0,2}[–—-]")
_HEAD_LINES = 6
_SAMPLE = 20_000


@dataclass(slots=True)
class _Head:
    """What the lines above the body told."""

    title: str | None = None
    byline: str | None = None
    site: str | None = None
    published: Published = NOTHING
    masthead: list[str] = field(default_factory=list)


def from_text(
    raw: str,
    *,
    source_id: str | None = None,
    url: str | None = None,
    title: str | None = None,
    published: str | dt.date | None = None,
    site: str | None = None,
    byline: str | None = None,
    fetched_at: dt.datetime | None = None,
    province_codes: Sequence[str] = (),
) -> Article:
    """Make an article of plain text and of what is known about it.

    Without ``title`` the title is the first line, unless that is a paragraph. What the caller gives wins over
    what the text's head says. Raises ``RecordError`` when there is no text, or when it is not text.

    >>> article = from_text("Polres X Gelar Apel\\n\\nKARO - Polres X menggelar apel.(Red)")
    >>> article.title, article.text
    ('Polres X Gelar Apel', 'KARO - Polres X menggelar apel.')
    """
    _check(raw, source_id)
    zone = zone_name(province_codes)
    lines = lines_of(raw)
    head = _Head(title=_one_line(title))
    lines = _read_head(lines, head, zone)
    when = parse(published, zone)
    if when == NOTHING:
        when = head.published if head.published != NOTHING else page_date(lines[:_HEAD_LINES], zone)
    lines = _without_title(lines, head.title)
    cleaned = clean_lines([plain for line in lines if (plain := _unmarked(line))], keep_bylines=True)
    if not cleaned.text:
        raise RecordError(
            "no article text", where=source_id, hint="the text is empty once page furniture is gone"
        )
    canonical = canonical_url(url) if url else None
    return Article(
        article_id=ids.digest(canonical) if canonical else ids.digest(head.title or "", cleaned.text),
        text=cleaned.text,
        source_id=source_id,
        url=url or None,
        site=_site(site) or head.site or site_of(url) or site_in_dateline(cleaned.text),
        title=head.title,
        byline=_one_line(byline) or head.byline or cleaned.byline,
        published_at=when.at,
        published_date=when.date,
        fetched_at=fetched_at.astimezone(dt.UTC) if fetched_at else None,
        language=language_of(cleaned.text),
        captions_start=cleaned.captions_start,
        province_codes=tuple(province_codes),
    )


def _check(raw: str, source_id: str | None) -> None:
    if not raw.strip():
        raise RecordError("the text is empty", where=source_id)
    odd = raw.count("\ufffd", 0, _SAMPLE) + raw.count("\x00", 0, _SAMPLE)
    if odd > 0.05 * min(len(raw), _SAMPLE):
        raise RecordError(
            "this is not text", where=source_id, hint="a binary file, or text in another encoding than UTF-8"
        )


def _read_head(lines: list[str], head: _Head, zone: str) -> list[str]:
    """Fill ``head`` from the lines above the body and return the rest."""
    at = 0
    while at < len(lines) and (heading := _HEADING.fullmatch(lines[at])):
        head.masthead.append(_unmarked(heading["text"]).strip("* "))
        at += 1
    if head.masthead:
        head.title = head.title or head.masthead[-1] or None
    if at < len(lines) and (link := _SITE_LINK.fullmatch(lines[at])):
        head.byline, head.site = _one_line(link["by"].strip(" *-–")), link["site"].lower().strip(".")
        at += 1
    if at and at < len(lines):
        head.published = page_date(lines[at : at + 1], zone)
        at += head.published != NOTHING
    if head.title is not None:
        return lines[at:]
    return _take_title(lines[at:], head)


def _take_title(lines: list[str], head: _Head) -> list[str]:
    """The title is the first line; behind banners and a section's name of one word, the first longer one."""
    begin = next((n for n, line in enumerate(lines[:-1]) if not is_furniture(line)), 0)
    lines = lines[begin:]
    fitting = [n for n, line in enumerate(lines[:_HEAD_LINES]) if n + 1 < len(lines) and _is_title(line)]
    if not fitting or fitting[0] != 0:
        return lines
    chosen = 0
    if " " not in lines[0]:
        chosen = next((n for n in fitting if _reads_like_a_title(lines[n])), 0)
    head.title = _unmarked(lines[chosen]).strip("* ") or None
    return lines[:chosen] + lines[chosen + 1 :]


def _is_title(line: str) -> bool:
    """Titles are short, or at least end like no sentence and begin with no dateline."""
    if len(line) <= _SURELY_TITLE:
        return True
    return len(line) <= _TITLE_MAX and line[-1] not in _PARAGRAPH_ENDS and not _DATELINE.match(line)


def _reads_like_a_title(line: str) -> bool:
    return line.count(" ") >= 2 and not line.endswith("-") and page_date([line]) == NOTHING


def _without_title(lines: list[str], title: str | None) -> list[str]:
    """Drop the title where the head of the text repeats it."""
    if not title:
        return lines
    name = key(bare(title))
    return [line for i, line in enumerate(lines) if i >= _HEAD_LINES or not _repeats(key(bare(line)), name)]


def _repeats(line: str, title: str) -> bool:
    """Whether a line is the title again, with the site's name behind it perhaps."""
    return line == title or (
        line.startswith(title) and _BEHIND_TITLE.fullmatch(line[len(title) :]) is not None
    )


def _unmarked(line: str) -> str:
    """A line without Markdown's marks for headings, links and stressed words."""
    if line.startswith("#") and (heading := _HEADING.fullmatch(line)):
        line = heading["text"]
    if "](" in line:
        line = _LINK.sub(r"\g<text>", line)
    if "*" in line:
        line = _ITALIC.sub(r"\g<text>", _BOLD.sub(r"\g<text>", line)).strip()
    return line


def _one_line(value: str | None) -> str | None:
    return " ".join(lines_of(value)) or None if value else None


def _site(value: str | None) -> str | None:
    return value.strip().lower().removeprefix("www.") or None if value else None
