"""Officers: which persons are members of Polri or TNI, with rank, post and unit.

An officer is a named person with a rank, or with a post of Polri or TNI. Initials are no name
(offenders are anonymous); suspects, victims, politicians and journalists are no officers.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.extract.document import Document
from pipeline.extract.rules.coref import Entity
from pipeline.extract.rules.handovers import Handover
from pipeline.extract.rules.positions import PositionMention
from pipeline.extract.rules.posts import UnitOfPost
from pipeline.extract.rules.surroundings import PersonSpan, Post
from pipeline.extract.words import load, words

_AKBP = 17
_HEADS_OF_POLRES = 3


@dataclass(frozen=True, slots=True)
class Officer:
    """An officer before it becomes a record; ``entity`` joins it to its mentions."""

    entity: Entity
    name: str
    rank: PersonSpan | None
    """The introduction that tells the rank."""
    force: str
    post: Post | None
    position: str | None
    is_acting: bool
    unit_id: str | None
    unit: str | None
    previous_position: str | None
    previous_unit: str | None
    degrees: str | None
    confidence: float
    rule: str

    @property
    def rank_abbr(self) -> str | None:
        """The canonical rank, with the corps of TNI officers."""
        return self.rank.rank.abbr if self.rank and self.rank.rank else None


def find_officers(
    doc: Document,
    entities: Sequence[Entity],
    resolve: UnitOfPost,
    handovers: Sequence[Handover] = (),
    posts: Sequence[PositionMention] = (),
) -> list[Officer]:
    """The officers among the persons of an article, in the order in which they are named.

    ``posts`` are all of the article: a bare ``Kapolres`` may mean an officer named before it.
    """
    changes: dict[int, list[Handover]] = {}
    for change in handovers:
        changes.setdefault(id(change.person), []).append(change)
    found = []
    for entity in entities:
        told = [change for span in entity.spans for change in changes.get(id(span), ())]
        officer = _officer(doc, entity, resolve, told)
        if officer is not None:
            found.append(officer)
    return _with_head(found, resolve, posts)


def _with_head(found: list[Officer], resolve: UnitOfPost, posts: Sequence[PositionMention]) -> list[Officer]:
    """Give a bare ``Kapolres`` that nobody holds to the one AKBP without a post who is named before it."""
    if resolve.primary_level != "polres":
        return found
    heads = set(load("positions")["levels"]["polres"][:_HEADS_OF_POLRES])
    bare = next((post for post in posts if post.canonical in heads and not post.is_former), None)
    high = [
        officer
        for officer in found
        if officer.rank and officer.rank.rank and (officer.rank.rank.rank.order or 0) >= _AKBP
    ]
    taken = any(officer.position in heads for officer in found)
    if bare is None or bare.unit is not None or taken or len(high) != 1 or high[0].post is not None:
        return found
    if high[0].force != "polri" or high[0].entity.mentions[0][0] > bare.start:
        return found
    post = Post(bare, None)
    unit_id, unit, _ = resolve(post, high[0].entity, "polri")
    head = replace(high[0], post=post, position=bare.canonical, unit_id=unit_id, unit=unit)
    return [head if officer is high[0] else officer for officer in found]


def _officer(doc: Document, entity: Entity, resolve: UnitOfPost, told: Sequence[Handover]) -> Officer | None:
    ranked = [span for span in entity.spans if span.rank is not None]
    if is_anonymous(doc, entity) or (ranked and all(span.is_retired for span in ranked)):
        return None
    post, previous = _present_and_previous(entity, told)
    force = ranked[0].rank.force if ranked and ranked[0].rank else (post.mention.force if post else None)
    if force is None:
        return None
    rank = _usual_rank(ranked)
    unit_id, unit, sure = resolve(post, entity, force)
    spans = [span for span in entity.spans if span.post is post] if post else ranked
    confidence = min(0.98, max(span.confidence for span in (spans or entity.spans))) * (1.0 if sure else 0.9)
    return Officer(
        entity,
        entity.fullest(doc.text),
        rank,
        force,
        post,
        resolve.position(post),
        post.mention.is_acting if post else False,
        unit_id,
        unit,
        resolve.position(previous),
        resolve(previous, entity, force)[1] if previous else None,
        _degrees(entity),
        round(confidence, 3),
        (spans or entity.spans)[0].rule,
    )


def _present_and_previous(entity: Entity, told: Sequence[Handover]) -> tuple[Post | None, Post | None]:
    """The post held after what the article tells, and the one before it.

    A change still to come leaves the officer in the present post.
    """
    beside = choose_post(entity)
    duties = words("positions")["duties"]
    told = [change for change in told if change.post.mention.canonical.lower() not in duties]
    new = next((change.post for change in told if change.kind == "new" and not change.is_planned), None)
    old = next((change.post for change in told if change.kind == "old"), None)
    held = next((change.post for change in told if change.kind == "held"), None)
    planned = next((change.post for change in told if change.kind == "new"), None)
    if old is not None and all(change.is_planned for change in told):
        return old, None
    if new is not None and (beside is None or beside.mention.force is not None):
        return new, old or beside or held
    return beside or held or old or planned, None


def is_anonymous(doc: Document, entity: Entity) -> bool:
    """Whether a person is known by initials only (``Brigpol L``, ``SAH``)."""
    shown = doc.text[entity.name.start : entity.name.end]
    letters = [part for part in shown.replace(".", " ").split() if part]
    return all(len(part) <= 3 and part.isupper() for part in letters) and len(letters) <= 2


def _usual_rank(ranked: list[PersonSpan]) -> PersonSpan | None:
    """The rank that stands most often with the name, the first of equals, with its corps if told."""
    if not ranked:
        return None
    counts = Counter(span.rank.rank.abbr for span in ranked if span.rank)
    best = max(counts.values())
    usual = [span for span in ranked if span.rank and counts[span.rank.rank.abbr] == best]
    same = [span for span in usual if span.rank and usual[0].rank and span.rank.rank == usual[0].rank.rank]
    return max(same, key=lambda span: len(span.rank.abbr) if span.rank else 0)


def choose_post(entity: Entity) -> Post | None:
    """The post a person holds: present before former, real before duty, with a unit before without."""
    posts = [span.post for span in entity.spans if span.post is not None]
    duties = words("positions")["duties"]
    counts = Counter(post.mention.canonical for post in posts)

    def weight(item: tuple[int, Post]) -> tuple[bool, bool, bool, int, bool, int]:
        order, post = item
        canonical = post.mention.canonical
        unit = post.unit is not None
        civil = post.mention.force is None
        return (
            post.mention.is_former,
            canonical.lower() in duties,
            civil,
            -counts[canonical],
            not unit,
            order,
        )

    return min(enumerate(posts), key=weight)[1] if posts else None


def _degrees(entity: Entity) -> str | None:
    fronts = [span.name.titles.degrees for span in entity.spans if span.name.titles]
    backs = [span.name.degrees.degrees for span in entity.spans if span.name.degrees]
    shown = [max(group, key=len) for group in (fronts, backs) if group]
    return ", ".join(shown) or None
