"""Police units named in an article, each linked to the registry."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from rapidfuzz.distance import OSA

from pipeline.extract.document import Document
from pipeline.extract.rules.polda_then import as_of
from pipeline.extract.rules.sectors import Sector, link_sector, ports_of
from pipeline.extract.rules.unit_reading import Read, UnitReading, read_units
from pipeline.extract.rules.unit_spans import Span
from pipeline.extract.rules.vocabulary import name_stops, rank_words
from pipeline.extract.tokens import Tokens
from pipeline.extract.words import by_role
from pipeline.registry import MABES, Registry, Unit, load_registry
from pipeline.registry.link import Evidence, Link, link_unit

_BESIDE = 2
_UNDECIDED = 0.3
_NUMBERED = by_role("place_context")["number"]
_PASSED = by_role("unit_words")["national"]
_NOT_POLRES = frozenset({"polsek", "polsubsektor", "polda", "brimob"})
_MISSPELT = 0.7
_LONG = 7


@dataclass(frozen=True, slots=True)
class UnitMention:
    """One place in the text that names a unit.

    ``form`` is ``name`` (the longest contiguous unit name, bodies before it included) or ``title`` (the
    post of its head with the region: ``Kapolres Purwakarta``). ``unit_id`` is None where the name stays
    undecided; ``candidates`` then says between which units.
    """

    start: int
    end: int
    unit_id: str | None
    unit: str
    """Canonical name; as written where undecided."""
    level: str
    """``mabes``, ``polda``, ``polres`` or ``polsek``."""
    polda_id: str | None
    region_code: str | None
    form: str
    confidence: float
    rule: str
    candidates: tuple[str, ...] = ()
    parent_id: str | None = None
    """The Polres over a Polsek."""


@dataclass(frozen=True, slots=True)
class BareHead:
    """``Kapolres``, ``Polsek`` without a place: whoever knows the article's unit resolves it."""

    start: int
    end: int
    kind: str
    role: str


def find_units(doc: Document) -> list[UnitMention]:
    """Find and link every unit named in the text, sorted by start."""
    reading = read_units(doc)
    return _link(doc, reading, reading.text)


def find_title_units(doc: Document) -> list[UnitMention]:
    """The same for the title; offsets are into ``doc.title``."""
    reading = read_units(doc)
    return _link(doc, reading, reading.title)


def find_bare_titles(doc: Document) -> list[BareHead]:
    """Heads of units and posts that stand in the text without a place, sorted by start."""
    return _bare(read_units(doc).text)


def title_heads(doc: Document) -> list[BareHead]:
    """The same for the title."""
    return _bare(read_units(doc).title)


def _bare(read: Read) -> list[BareHead]:
    tokens = read.tokens
    return [
        BareHead(tokens.starts[start], tokens.ends[end - 1], head.kind, head.role)
        for start, end, head in read.bare
    ]


def _link(doc: Document, reading: UnitReading, read: Read) -> list[UnitMention]:
    registry = load_registry()
    tokens, spans = read.tokens, read.spans
    evidence = reading.evidence if any(_needs_context(registry, span) for span in spans) else Evidence()
    ports = ports_of(reading.text.tokens, reading.text.spans)
    mentions: list[UnitMention] = []
    for position, span in enumerate(spans):
        if span.head.role == "national-title" and not _has_name(tokens, span.end):
            continue
        if span.kind in ("polsek", "polsubsektor"):
            mentions.append(_sector_mention(registry, tokens, spans, position, evidence, ports))
            continue
        mention = _mention(registry, tokens, span, evidence)
        if mention is not None:
            mentions.append(mention)
    mentions.sort(key=lambda mention: mention.start)
    return as_of(doc, registry, _agreed(mentions))


def _agreed(mentions: list[UnitMention]) -> list[UnitMention]:
    """Polsek of one name in an article are one: the surest link holds for all."""
    surest: dict[str, UnitMention] = {}
    for mention in mentions:
        known = surest.get(mention.unit)
        if mention.level == "polsek" and (known is None or mention.confidence > known.confidence):
            surest[mention.unit] = mention
    for name, mention in list(surest.items()):
        if not mention.candidates and (meant := _meant(name, surest)) is not None:
            surest[name] = meant  # no kecamatan is so called
    return [
        mention
        if mention.level != "polsek" or mention.unit_id == (best := surest[mention.unit]).unit_id
        else replace(
            mention,
            unit=best.unit,
            unit_id=best.unit_id,
            polda_id=best.polda_id,
            region_code=best.region_code,
            parent_id=best.parent_id,
            rule=f"{best.rule}; as elsewhere in the article",
        )
        for mention in mentions
    ]


def _meant(name: str, known: dict[str, UnitMention]) -> UnitMention | None:
    """The one surer Polsek of the article that a name shortens or misspells.

    ``Polsek Banjarmasin`` beside ``Polsek Banjarmasin Selatan``, ``Polsek Bukitttinggi`` beside
    ``Polsek Kota Bukittinggi``.
    """
    short = name.split(" ", 1)[-1].lower()
    meant = []
    for other, mention in known.items():
        bare = other.split(" ", 1)[-1].lower()
        near = len(short) >= _LONG and OSA.distance(short, bare.removeprefix("kota "), score_cutoff=1) <= 1
        if (
            other != name
            and mention.confidence >= known[name].confidence
            and (bare.startswith(f"{short} ") or near)
        ):
            meant.append(mention)
    return meant[0] if len(meant) == 1 else None


def _needs_context(registry: Registry, span: Span) -> bool:
    """Whether anything else in the article can change what a name means."""
    if span.name is None:
        return span.kind in ("polsek", "polsubsektor")
    clear = len(span.name.all_units()) == 1 and f"{span.kind}{span.name.key}" not in registry.ambiguous_keys
    needs = not clear or span.kind in ("polsek", "polsubsektor")
    return needs or ("polda" in span.name.units and span.kind != "polda")


def _has_name(tokens: Tokens, end: int) -> bool:
    """Whether a rank or a person's name follows: only then does ``Kapolri`` name Mabes Polri."""
    while end < len(tokens):
        short = len(tokens.words[end]) == 1 or tokens.lower[end] in _PASSED
        if short and tokens.words[end + 1 : end + 2] == ["."]:
            end += 2
        elif tokens.words[end] in ",)" or tokens.lower[end] in _PASSED:
            end += 1
        else:
            break
    if end >= len(tokens) or tokens.words[end] in "\n.":
        return False
    word, lower = tokens.words[end], tokens.lower[end]
    if lower in rank_words():
        return True
    return word[0].isupper() and len(word) > 2 and lower not in name_stops() and lower not in _NUMBERED


def _mention(
    registry: Registry,
    tokens: Tokens,
    span: Span,
    evidence: Evidence,
) -> UnitMention | None:
    start, end = tokens.starts[span.start], tokens.ends[span.end - 1]
    form = "title" if span.head.role in ("title", "fixed-title", "national-title") else "name"
    if span.name is None:
        unit = registry.units[span.kind]
        return _of_unit(unit, start, end, form, Link(unit.unit_id, 0.98, "fixed", (unit.unit_id,)))
    if span.kind == "brimob":
        link = _body_link(registry, span)
    else:
        link = link_unit(registry, span.kind, span.name, evidence)
    written = "".join(tokens.lower[span.name_start : span.name_end])
    if link.unit_id is None:
        return _undecided(registry, tokens, span, form, link) if link.candidates else None
    if not _same_letters(written, span.name.key):
        link = Link(link.unit_id, min(link.confidence, _MISSPELT), f"misspelt; {link.why}", link.candidates)
    assert link.unit_id is not None
    return _of_unit(registry.units[link.unit_id], start, end, form, link)


def _undecided(registry: Registry, tokens: Tokens, span: Span, form: str, link: Link) -> UnitMention:
    """A name that could be several units, as written, with the Polda if they share it."""
    surface = " ".join(tokens.words[span.name_start : span.name_end])
    poldas = {registry.units[unit].polda_id for unit in link.candidates}
    return UnitMention(
        tokens.starts[span.start],
        tokens.ends[span.end - 1],
        None,
        f"Polres {surface}",
        "polres",
        poldas.pop() if len(poldas) == 1 else None,
        None,
        form,
        _UNDECIDED,
        f"unit:{link.why}",
        link.candidates,
    )


def _same_letters(written: str, key: str) -> bool:
    return "".join(char for char in written if char.isalnum()) == key


def _body_link(registry: Registry, span: Span) -> Link:
    """The Polda of a body (``Brimob Bali``) by the place behind it."""
    name = span.name
    assert name is not None
    units = tuple(name.units.get("polda", ()))
    if not units:
        regions = [*name.regions, *name.seats]
        served = [unit for code in regions for unit in registry.by_region.get(code, ())]
        poldas = {registry.units[unit].polda_id for unit in served}
        units = tuple(sorted(polda for polda in poldas if polda))
    if len(units) == 1:
        return Link(units[0], 0.85, "body of a Polda by its place", units)
    return Link(None, 0.0, "body of a Polda, place undecided", units)


def _of_unit(unit: Unit, start: int, end: int, form: str, link: Link) -> UnitMention:
    region = unit.region_code if unit.level == "polres" or len(unit.region_codes) == 1 else None
    return UnitMention(
        start,
        end,
        unit.unit_id,
        unit.name,
        unit.level,
        unit.polda_id,
        region,
        form,
        link.confidence,
        f"unit:{link.why}",
        link.candidates,
    )


def _sector_mention(
    registry: Registry,
    tokens: Tokens,
    spans: Sequence[Span],
    position: int,
    evidence: Evidence,
    ports: Mapping[str, str],
) -> UnitMention:
    span = spans[position]
    beside = spans[position + 1] if position + 1 < len(spans) else None
    above: str | None = None
    if (
        beside is not None
        and beside.name is not None
        and beside.kind not in _NOT_POLRES
        and beside.start - span.end <= _BESIDE
    ):
        above = link_unit(registry, beside.kind, beside.name, evidence).unit_id
    sector: Sector = link_sector(registry, tokens, span, above, evidence, ports)
    return UnitMention(
        tokens.starts[span.start],
        tokens.ends[span.end - 1],
        sector.unit_id,
        sector.name,
        "polsek",
        sector.polda_id,
        sector.region_code,
        "title" if span.head.role == "title" else "name",
        sector.confidence,
        f"unit:{sector.why}",
        sector.candidates,
        sector.parent_id,
    )


__all__ = [
    "MABES",
    "BareHead",
    "UnitMention",
    "find_bare_titles",
    "find_title_units",
    "find_units",
    "title_heads",
]
