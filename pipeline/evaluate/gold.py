"""Gold documents: an article with inline span tags (``NAME.md``) and its records (``NAME.json``)."""

from __future__ import annotations

import datetime as dt
import json
import re
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from pipeline.errors import InputError, RecordError

LABELS = ("PER", "RANK", "DEG", "POS", "UNIT", "ORG", "LOC", "DATE", "TIME", "NUM", "OP")
_TAG = re.compile(r"\{([A-Z]{2,8}) ([^{}]*)\}")
_BROKEN = re.compile(r"\{(?:" + "|".join(LABELS) + r")\b")
_HINT = "see the annotation guide: flat tags `{TAG text}`, front matter between `---` lines"


@dataclass(frozen=True, slots=True)
class GoldSpan:
    """A tagged span; offsets into ``GoldDocument.text``."""

    label: str
    start: int
    end: int
    surface: str


@dataclass(frozen=True, slots=True)
class GoldOfficer:
    """A named member of Polri or TNI."""

    name: str
    rank: str | None
    position: str | None
    unit: str | None
    force: str


@dataclass(frozen=True, slots=True)
class GoldPersonnel:
    """A stated number of personnel."""

    min: int
    max: int | None
    approx: bool
    force: str
    unit_of: str
    text: str


@dataclass(frozen=True, slots=True)
class GoldEvent:
    """The main thing reported."""

    type: str
    date: str | None
    date_end: str | None
    region: str | None
    district: str | None
    village: str | None


@dataclass(frozen=True, slots=True)
class GoldQuote:
    """A direct quotation: its speaker and its first four words."""

    speaker: str | None
    starts: str


@dataclass(frozen=True, slots=True)
class GoldRecords:
    """What a careful reader learns from the article."""

    primary_unit: str | None
    polda: str | None
    units: list[str]
    officers: list[GoldOfficer]
    dates: list[str]
    personnel: list[GoldPersonnel]
    event: GoldEvent
    other_event_types: list[str]
    operation: str | None
    quotes: list[GoldQuote]


@dataclass(frozen=True, slots=True)
class GoldDocument:
    """One annotated article. ``text`` is the body without tags."""

    id: str
    title: str | None
    url: str | None
    site: str | None
    published: dt.datetime | dt.date | None
    text: str
    records: GoldRecords
    spans: list[GoldSpan] = field(default_factory=list)


def read_gold(folder: Path) -> list[GoldDocument]:
    """Read every ``*.md`` with its ``*.json`` of a folder (or one such file), sorted by name.

    Raises ``InputError`` when there is none and ``RecordError`` (with file and line) when one is wrong.
    """
    paths = [folder] if folder.is_file() else sorted(folder.glob("*.md"))
    if not paths:
        raise InputError(
            "no gold documents here",
            where=str(folder),
            hint="a folder of NAME.md and NAME.json pairs is wanted",
        )
    return [read_document(path) for path in paths if path.name != "README.md"]


def read_document(path: Path) -> GoldDocument:
    """Read one pair; ``path`` is the ``.md``."""
    head, body, first_line = _split(path)
    text, spans = parse_tags(body, where=str(path), first_line=first_line)
    return GoldDocument(
        id=head.get("id") or path.stem,
        title=head.get("title"),
        url=head.get("url"),
        site=head.get("site"),
        published=_moment(head.get("published"), path),
        text=text,
        records=_records(path.with_suffix(".json")),
        spans=spans,
    )


def parse_tags(body: str, *, where: str = "text", first_line: int = 1) -> tuple[str, list[GoldSpan]]:
    """Take the inline tags out; return the plain text and the spans in it.

    >>> parse_tags("oleh {RANK AKP} {PER Enjang}.")[1][1]
    GoldSpan(label='PER', start=9, end=15, surface='Enjang')
    """
    pieces: list[str] = []
    spans: list[GoldSpan] = []
    length = last = 0
    for match in _TAG.finditer(body):
        label, surface = match.groups()
        line = first_line + body.count("\n", 0, match.start())
        if label not in LABELS:
            raise RecordError(
                f"unknown tag {label}", where=f"{where}:{line}", hint="one of " + " ".join(LABELS)
            )
        if not surface.strip():
            raise RecordError(f"empty tag {label}", where=f"{where}:{line}", hint=_HINT)
        before = body[last : match.start()]
        length += len(before)
        pieces += [before, surface]
        spans.append(GoldSpan(label, length, length + len(surface), surface))
        length += len(surface)
        last = match.end()
    pieces.append(body[last:])
    text = "".join(pieces)
    broken = _BROKEN.search(text)
    if broken:
        line = first_line + text.count("\n", 0, broken.start())
        raise RecordError("a tag is nested or not closed", where=f"{where}:{line}", hint=_HINT)
    return text, spans


def _split(path: Path) -> tuple[dict[str, str | None], str, int]:
    """Front matter, body, and the number of the body's first line."""
    lines = path.read_text(encoding="utf-8").split("\n")
    if lines[0].strip() != "---" or "---" not in [line.strip() for line in lines[1:]]:
        raise RecordError("no front matter between two `---` lines", where=f"{path}:1", hint=_HINT)
    close = next(i for i, line in enumerate(lines[1:], 1) if line.strip() == "---")
    head: dict[str, str | None] = {}
    for number, line in enumerate(lines[1:close], 2):
        key, colon, value = line.partition(":")
        if not colon:
            raise RecordError("a front matter line is `key: value`", where=f"{path}:{number}", hint=_HINT)
        value = value.strip()
        if len(value) > 1 and value[0] == value[-1] and value[0] in "'\"":
            value = value[1:-1]
        head[key.strip()] = None if value in ("", "null", "~") else value
    body = close + 1
    while body < len(lines) and not lines[body].strip():
        body += 1
    return head, "\n".join(lines[body:]).rstrip("\n"), body + 1


def _moment(value: str | None, path: Path) -> dt.datetime | dt.date | None:
    """``published``: a date, an aware moment, or null."""
    if value is None:
        return None
    try:
        if "T" not in value:
            return dt.date.fromisoformat(value)
        moment = dt.datetime.fromisoformat(value)
    except ValueError as error:
        raise RecordError(
            f"published: {error}", where=str(path), hint="2024-11-28T12:21+07:00 or 2024-11-28"
        ) from None
    if moment.tzinfo is None:
        raise RecordError(
            "published has no zone", where=str(path), hint="WIB +07:00, WITA +08:00, WIT +09:00"
        )
    return moment


def _records(path: Path) -> GoldRecords:
    try:
        raw: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        return GoldRecords(
            primary_unit=raw["primary_unit"],
            polda=raw["polda"],
            units=list(raw["units"]),
            officers=[GoldOfficer(**item) for item in raw["officers"]],
            dates=list(raw["dates"]),
            personnel=[GoldPersonnel(**item) for item in raw["personnel"]],
            event=GoldEvent(**raw["event"]),
            other_event_types=list(raw["other_event_types"]),
            operation=raw["operation"],
            quotes=[GoldQuote(**item) for item in raw["quotes"]],
        )
    except FileNotFoundError:
        raise RecordError(
            "the records are missing", where=str(path), hint="NAME.json stands beside NAME.md"
        ) from None
    except json.JSONDecodeError as error:
        raise RecordError(f"not JSON: {error.msg}", where=f"{path}:{error.lineno}", hint=_HINT) from None
    except KeyError as error:
        raise RecordError(f"the key {error} is missing", where=str(path), hint=_HINT) from None
    except (TypeError, AttributeError) as error:
        raise RecordError(f"a value of the wrong shape: {error}", where=str(path), hint=_HINT) from None


def write_document(doc: GoldDocument, folder: Path) -> Path:
    """Write the pair that ``read_document`` reads back equal; return the ``.md``."""
    folder.mkdir(parents=True, exist_ok=True)
    published = doc.published.isoformat() if doc.published else "null"
    head = {"id": doc.id, "url": doc.url, "site": doc.site, "title": doc.title, "published": published}
    lines = [f"{key}: {value if value is not None else 'null'}" for key, value in head.items()]
    path = folder / f"{doc.id}.md"
    path.write_text("\n".join(["---", *lines, "---", "", tagged(doc.text, doc.spans), ""]), encoding="utf-8")
    records = {"id": doc.id, **asdict(doc.records)}
    path.with_suffix(".json").write_text(
        json.dumps(records, ensure_ascii=False, indent=2) + "\n", encoding="utf-8"
    )
    return path


def tagged(text: str, spans: list[GoldSpan]) -> str:
    """Put spans back into a text as inline tags.

    >>> tagged("AKP Enjang", [GoldSpan("RANK", 0, 3, "AKP")])
    '{RANK AKP} Enjang'
    """
    pieces = []
    last = 0
    for span in sorted(spans, key=lambda s: s.start):
        pieces += [text[last : span.start], f"{{{span.label} {text[span.start : span.end]}}}"]
        last = span.end
    return "".join([*pieces, text[last:]])
