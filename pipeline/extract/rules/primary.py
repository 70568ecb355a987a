"""The units of an article as records, and the one whose activity it reports."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from itertools import pairwise

from pipeline.extract.document import Document
from pipeline.extract.rules.unit_reading import read_units
from pipeline.extract.rules.units import UnitMention, find_title_units, title_heads
from pipeline.extract.words import by_role, words
from pipeline.records import UnitRecord
from pipeline.registry import MABES, load_registry
from pipeline.text.lexicon import alternatives

_TITLE = 4.0
_TITLE_POST = 3.0
_TITLE_BARE = 4.0
_MASTHEAD = 16
_LEAD = 3.0
_PARENT = 0.5
_BESIDE = 1
_ORDER = {"polsek": 0, "polres": 1, "polda": 2, "mabes": 3}
_LEAD_PARAGRAPHS = 2
_SEVERAL = 2
_MARKS = frozenset("-–—|:")
_SENDER = re.compile(r" ?[;–—|] ?|: | - |- ")
_FORMER = re.compile(rf"\b{alternatives(words('positions')['former'])} (?:[a-z]+ ){{1,5}}$")
_PAST = 60
_LEVEL_OF_KIND = {"polda": "polda", "polsek": "polsek", "polsubsektor": "polsek"}


@dataclass(frozen=True, slots=True)
class Primary:
    """The primary unit and the Polda over it; None where the article names no unit."""

    unit_id: str | None = None
    unit: str | None = None
    level: str | None = None
    polda_id: str | None = None
    polda: str | None = None
    region_code: str | None = None


def unit_records(
    doc: Document, mentions: list[UnitMention], primary: Primary | None = None
) -> list[UnitRecord]:
    """One record a unit, at its first mention, sorted by start."""
    chosen = choose_primary(doc, mentions) if primary is None else primary
    groups: dict[str, list[UnitMention]] = {}
    for mention in mentions:
        if mention.unit_id is not None:
            groups.setdefault(mention.unit_id, []).append(mention)
    records = []
    for unit_id, group in groups.items():
        first = min(group, key=lambda mention: mention.start)
        records.append(
            UnitRecord(
                unit_id=unit_id,
                unit=first.unit,
                level=first.level,
                polda_id=first.polda_id,
                region_code=first.region_code,
                is_primary=unit_id == chosen.unit_id,
                n_mentions=len(group),
                surface=doc.text[first.start : first.end],
                start=first.start,
                end=first.end,
                confidence=max(mention.confidence for mention in group),
                rule=first.rule,
            )
        )
    records.sort(key=lambda record: record.start)
    return records


def choose_primary(doc: Document, mentions: list[UnitMention]) -> Primary:
    """The unit whose activity is reported: by title, lead and frequency.

    Several Polres in the title make it their Polda, several Polda Mabes Polri (annotation guide, ruling 6).
    """
    titled = [mention for mention in find_title_units(doc) if mention.unit_id is not None]
    known = [mention for mention in mentions if mention.unit_id is not None]
    if not known and not titled:
        return Primary()
    titled = _visitor(doc, _as_in_body(titled, known))
    above = _above_several(titled)
    if above is not None:
        return above
    scores = _scores(doc, titled, known)
    by_id: dict[str, UnitMention] = {}
    for mention in (*known, *titled):
        by_id.setdefault(mention.unit_id or "", mention)
    best = max(scores, key=lambda unit: (scores[unit], -by_id[unit].start, unit))
    return _of(by_id[best])


def _visitor(doc: Document, titled: list[UnitMention]) -> list[UnitMention]:
    """Of ``Kapolda X Kunjungi Polres Y`` in the title the visitor alone, whose act it is."""
    first = min(titled, key=lambda mention: mention.start, default=None)
    if first is None or first.form != "title" or len(titled) < _SEVERAL:
        return titled
    behind = doc.title[first.end :].lower().split()[:1]
    return [first] if behind and behind[0] in by_role("primary_words")["visits"] else titled


def _scores(doc: Document, titled: list[UnitMention], known: list[UnitMention]) -> dict[str, float]:
    scores: defaultdict[str, float] = defaultdict(float)
    lead_end = _lead_end(doc, known)
    words = by_role("primary_words")
    title = set(read_units(doc).title.tokens.lower)
    handover = not words["handover"].isdisjoint(title)
    parents = _parents(doc, known) | _side_by_side(titled)
    visits = len(titled) == 1 and not words["visits"].isdisjoint(title)
    leads = visits or not words["leads"].isdisjoint(title)
    for mention in titled:
        if id(mention) in parents:
            continue
        if mention.form == "name" or leads:
            scores[mention.unit_id or ""] += _TITLE
        elif not handover or mention.level == "polda" or _hands_over_sector(mention, titled):
            scores[mention.unit_id or ""] += _TITLE_POST
    for mention in known:
        if id(mention) in parents:
            scores[mention.unit_id or ""] += _PARENT
            continue
        if mention.unit_id == MABES and mention.form == "title":
            scores[MABES] += 0.5
            continue
        changes = handover and mention.form == "title" and mention.level != "polda"
        if changes and mention.level == "polsek":
            scores[mention.unit_id or ""] += _PARENT
            continue
        if _is_masthead(doc, mention) or _FORMER.search(
            doc.low[max(0, mention.start - _PAST) : mention.start]
        ):
            scores[mention.unit_id or ""] += _PARENT
            continue
        spoken_for = mention.level == "polda" and not titled and _of_spokesman(doc, mention)
        first = mention.start < lead_end and not changes and not spoken_for
        scores[mention.unit_id or ""] += 1.0 + (_LEAD if first else 0.0)
    levels = {mention.level for mention in titled}
    for level in _title_levels(doc, levels) - levels:
        counted = Counter(mention.unit_id for mention in known if mention.level == level)
        if counted:
            scores[counted.most_common(1)[0][0] or ""] += _TITLE_BARE
    return scores


def _hands_over_sector(mention: UnitMention, titled: list[UnitMention]) -> bool:
    """Whether a Kapolres of the title is the one under whom a Kapolsek changes."""
    return mention.level == "polres" and any(other.level == "polsek" for other in titled)


def _lead_end(doc: Document, known: list[UnitMention]) -> int:
    """The end of the lead: its paragraphs, or more of them up to the first one that names a unit."""
    if not doc.paragraphs:
        return 0
    end = doc.paragraphs[min(_LEAD_PARAGRAPHS, len(doc.paragraphs)) - 1][1]
    first = min((mention.start for mention in known), default=0)
    return next((stop for _, stop in doc.paragraphs if stop > max(first, end - 1)), end)


def _as_in_body(titled: list[UnitMention], known: list[UnitMention]) -> list[UnitMention]:
    """Units of the title as the body spells them: a headline's capitals run on (``Polsek Senori Gelar``)."""
    by_id = {mention.unit_id: mention for mention in known}
    found = []
    for mention in titled:
        shorter = [
            other
            for other in by_id.values()
            if mention.unit_id not in by_id and (mention.unit or "").startswith(f"{other.unit} ")
        ]
        body = max(shorter, key=lambda other: len(other.unit or ""), default=None)
        found.append(
            mention
            if body is None
            else replace(mention, unit=body.unit, unit_id=body.unit_id, level=body.level)
        )
    return found


def _side_by_side(titled: list[UnitMention]) -> set[int]:
    """The same for the units of the title."""
    return {
        id(above)
        for below, above in pairwise(titled)
        if above.start - below.end <= _BESIDE and _ORDER[above.level] > _ORDER[below.level]
    }


def _beside(doc: Document, below: UnitMention, above: UnitMention) -> bool:
    """Whether two names stand side by side; between a Polsek and its Polres a comma may stand."""
    gap = above.start - below.end
    own = above.form == below.form == "name" and above.polda_id == below.polda_id
    return gap <= _BESIDE or (own and doc.text[below.end : above.start] == ", ")


def _parents(doc: Document, mentions: list[UnitMention]) -> set[int]:
    """Mentions that only say whose a unit is: ``Polsek X`` *Polres Y* *Polda Z*."""
    return {
        id(above)
        for below, above in pairwise(mentions)
        if _beside(doc, below, above) and _ORDER[above.level] > _ORDER[below.level]
    }


def _is_masthead(doc: Document, mention: UnitMention) -> bool:
    """``Tribratanews Polres X``, ``Polres X – ``: the site's or sender's name, not what the article tells."""
    before = doc.text[max(0, mention.start - _MASTHEAD) : mention.start].lower().split()
    if before and before[-1] in by_role("primary_words")["masthead"]:
        return True
    opens = (
        not before
        or before[-1] in _MARKS
        or before[-1] in by_role("primary_words")["sender"]
        or doc.text[: mention.start].endswith("\n")
    )
    return opens and mention.form == "name" and _SENDER.match(doc.text, mention.end) is not None


def _of_spokesman(doc: Document, mention: UnitMention) -> bool:
    """Whether a unit is named for its spokesman (``Kabid Humas Polda X``), who may tell of another unit."""
    before = doc.text[max(0, mention.start - _MASTHEAD) : mention.start].lower().split()
    return bool(before) and before[-1] in by_role("primary_words")["spokesman"]


def _title_levels(doc: Document, named: set[str]) -> set[str]:
    """Levels that the title speaks of without a place: ``Kapolres``, ``Polsek``, ``Bhabinkamtibmas``.

    Beside a Polres or Polsek with its name a bare head is whom it meets (``Polsek X Sambut Kapolres``).
    """
    heads = () if named & {"polres", "polsek"} else title_heads(doc)
    levels = {_LEVEL_OF_KIND.get(head.kind, "polres") for head in heads if head.role in ("name", "title")}
    if not by_role("primary_words")["sector"].isdisjoint(read_units(doc).title.tokens.lower):
        levels.add("polsek")
    return levels


def _above_several(titled: list[UnitMention]) -> Primary | None:
    """The Polda over several Polres of the title, Mabes Polri over several Polda."""
    registry = load_registry()
    polda = {mention.unit_id for mention in titled if mention.level == "polda"}
    if len(polda) >= _SEVERAL:
        return Primary(MABES, registry.units[MABES].name, "mabes")
    polres = {mention.unit_id for mention in titled if mention.level == "polres"}
    over = {mention.polda_id for mention in titled if mention.level == "polres"}
    if len(polres) < _SEVERAL or len(over) != 1 or any(mention.level == "polsek" for mention in titled):
        return None
    unit = registry.units[over.pop() or ""]
    return Primary(unit.unit_id, unit.name, "polda", unit.unit_id, unit.name)


def _of(mention: UnitMention) -> Primary:
    registry = load_registry()
    polda = registry.units[mention.polda_id].name if mention.polda_id else None
    return Primary(mention.unit_id, mention.unit, mention.level, mention.polda_id, polda, mention.region_code)


__all__ = ["Primary", "choose_primary", "unit_records"]
