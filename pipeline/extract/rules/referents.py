"""Every place in the text that stands for a person: names, short names, and posts of known holders."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.extract.document import Document
from pipeline.extract.people import PersonMention
from pipeline.extract.rules.coref import Entity
from pipeline.extract.rules.officers import Officer
from pipeline.extract.rules.orgs import OrgMention
from pipeline.extract.rules.positions import PositionMention
from pipeline.extract.words import load
from pipeline.registry import load_registry


def person_mentions(
    doc: Document,
    entities: Sequence[Entity],
    officers: Sequence[Officer],
    officer_ids: dict[int, str],
    posts: Sequence[PositionMention],
    bodies: Sequence[OrgMention] = (),
) -> list[PersonMention]:
    """Names and posts as mentions, in order; unnamed holders of a post get numbers behind the entities."""
    by_entity = {officer.entity.number: officer for officer in officers}
    found: list[PersonMention] = []
    for entity in entities:
        officer = by_entity.get(entity.number)
        name = officer.name if officer else entity.fullest(doc.text)
        position = officer.position if officer else _civil_position(doc, entity)
        found.extend(
            PersonMention(start, end, entity.number, name, position, "name", officer_ids.get(entity.number))
            for start, end in entity.mentions
        )
    body_ends = {doc.tokens.at(body.start): body.end for body in bodies}
    found.extend(_posts(doc, entities, officers, officer_ids, posts, body_ends))
    return sorted(found, key=lambda mention: (mention.start, mention.end))


def _civil_position(doc: Document, entity: Entity) -> str | None:
    for span in entity.spans:
        if span.post is not None:
            return doc.text[span.post.mention.start : span.post.mention.end]
    return None


def _posts(
    doc: Document,
    entities: Sequence[Entity],
    officers: Sequence[Officer],
    officer_ids: dict[int, str],
    posts: Sequence[PositionMention],
    body_ends: dict[int, int],
) -> list[PersonMention]:
    holders = {
        id(span.post.mention): entity for entity in entities for span in entity.spans if span.post is not None
    }
    by_entity = {officer.entity.number: officer for officer in officers}
    unnamed: dict[str, int] = {}
    found = []
    for post in posts:
        if post.is_former:
            continue
        entity = holders.get(id(post)) or _civil_holder(post, entities)
        holder = by_entity.get(entity.number) if entity else _holder(post, officers)
        if entity is None and holder is None:
            shown = _shown(doc, post, body_ends)
            number = unnamed.setdefault(shown, len(entities) + len(unnamed))
            found.append(PersonMention(post.start, post.end, number, None, shown, "post"))
            continue
        number = entity.number if entity else holder.entity.number  # type: ignore[union-attr]
        name = holder.name if holder else entity.fullest(doc.text)  # type: ignore[union-attr]
        position = holder.position if holder else doc.text[post.start : post.end]
        found.append(
            PersonMention(post.start, post.end, number, name, position, "post", officer_ids.get(number))
        )
    return found


def _holder(post: PositionMention, officers: Sequence[Officer]) -> Officer | None:
    """The officer who holds a post: same post, and the same unit where one is named; the nearest before."""
    fitting = [
        officer
        for officer in officers
        if officer.post is not None
        and _same_post(officer.post.mention.canonical, post.canonical)
        and (post.unit is None or officer.unit_id is None or post.unit.unit_id == officer.unit_id)
    ]
    if not fitting:
        return None
    before = [officer for officer in fitting if officer.entity.mentions[0][0] <= post.start]
    return before[-1] if before else fitting[0]


def _civil_holder(post: PositionMention, entities: Sequence[Entity]) -> Entity | None:
    """Whom a bare civil post means (``ujar Gubernur``): its one holder named before, if there is one."""
    if post.force is not None:
        return None
    named = [
        entity
        for entity in entities
        if entity.mentions[0][0] < post.start
        and any(span.post and span.post.mention.canonical == post.canonical for span in entity.spans)
    ]
    return named[0] if len(named) == 1 else None


def _same_post(held: str, named: str) -> bool:
    """A bare head (``Kabag``, ``Kasat``) stands for any post with that head."""
    return _family(held) == _family(named) or (" " not in named and held.split(maxsplit=1)[0] == named)


def _family(canonical: str) -> str:
    """``Kapolresta`` and ``Kapolres`` are one post where a bare one is meant."""
    families: dict[str, str] = load("positions")["families"]
    return families.get(canonical, canonical)


def _shown(doc: Document, post: PositionMention, body_ends: dict[int, int]) -> str:
    """An unnamed holder: the canonical post with the region of its unit (``Kapolresta Gorontalo Kota``)."""
    if post.category not in ("polri", "tni"):
        return doc.text[post.start : body_ends.get(post.last, post.end)]
    if post.unit is None or post.unit.unit is None:
        return post.canonical
    unit = load_registry().units.get(post.unit.unit_id or "")
    name = unit.name if unit else post.unit.unit
    region = name.split(" ", 1)[1] if " " in name else name
    return f"{post.canonical} {region}" if post.unit.level != "mabes" else post.canonical
