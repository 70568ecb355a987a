"""Who is who: the mentions of one person joined, later short mentions found.

``AKBP Lilik Ardiansyah`` once, then ``Lilik``, ``AKBP Lilik``, ``Ardiansyah``: one entity. Two people
who share a word of their names are told apart by rank and by which was named last.
"""

from __future__ import annotations

import re
from bisect import bisect_right, insort
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from rapidfuzz.distance import Levenshtein

from pipeline.extract.document import Document
from pipeline.extract.rules.names import NameMention, name_at, normal_case
from pipeline.extract.rules.surroundings import PersonSpan
from pipeline.extract.tokens import Tokens
from pipeline.extract.words import joined, words

_GLUED_STOP = re.compile(r"\.(?=[^\W\d_]{2})")
"""A stop with a word right behind it (``M.Patty``); initials stay together (``J.J. Ledo``)."""
_HAJI = re.compile(r"^Hj?\. ?(?=[A-Z]\. )")


_BEHIND = 1_000_000
_LONGEST_PLATE = 3
_CALLED_WITHIN = 60
"""Characters between a name and what he is called."""
_SHORTEST_PREFIX = 4
"""``Yuli`` for ``Yuliyanto``: so many letters make a short form of a name."""


@dataclass(slots=True)
class Entity:
    """A person of the article. ``spans`` are introductions, ``mentions`` all names as (start, end)."""

    number: int
    parts: tuple[str, ...]
    name: NameMention
    spans: list[PersonSpan] = field(default_factory=list)
    mentions: list[tuple[int, int]] = field(default_factory=list)
    """Sorted."""
    ranks: set[str] = field(default_factory=set)
    nickname: str | None = None
    """``Budi Hermanto yang akrab disapa Buher``: what he is called beside his name, in lower case."""

    def fullest(self, text: str) -> str:
        """The fullest form of the name in the article, in normal capitals."""
        shown = _GLUED_STOP.sub(". ", " ".join(text[self.name.start : self.name.end].split()))
        return normal_case(_HAJI.sub("", shown))


def find_entities(
    doc: Document, people: Sequence[PersonSpan], blocked: Iterable[tuple[int, int]]
) -> list[Entity]:
    """Join introductions into entities and find their short mentions outside the blocked spans."""
    entities = _nicknamed(doc, _join(doc, people))
    _short_mentions(doc, entities, people, blocked)
    for entity in entities:
        entity.spans.sort(key=lambda span: span.name.start)
    return entities


def _join(doc: Document, people: Sequence[PersonSpan]) -> list[Entity]:
    entities: list[Entity] = []
    for person in sorted(people, key=lambda p: (-len(p.name.parts), p.name.start)):
        fitting = [entity for entity in entities if _fits(entity, person)]
        if fitting:
            entity = min(fitting, key=lambda e: _distance(e, person.name.start))
        else:
            entity = Entity(0, person.name.parts, person.name)
            entities.append(entity)
        entity.spans.append(person)
        insort(entity.mentions, (person.name.start, person.name.end))
        if person.rank is not None:
            entity.ranks.add(person.rank.abbr)
    entities.sort(key=lambda entity: entity.mentions[0])
    for number, entity in enumerate(entities):
        entity.number = number
        entity.name = _best_name(doc, entity)
    return entities


def _nicknamed(doc: Document, entities: list[Entity]) -> list[Entity]:
    """Whoever is introduced by what people call him is the person named before him in the sentence."""
    called, tokens = words("names")["called"], doc.tokens
    kept: list[Entity] = []
    for entity in entities:
        start = entity.mentions[0][0]
        index = tokens.at(start)
        nearest = max((_last_before(other, start) for other in kept), default=-_BEHIND)
        if (
            len(entity.parts) == 1
            and all(span.rule == "introduced" for span in entity.spans)
            and not called.isdisjoint(tokens.lower[max(0, index - 3) : index])
            and nearest >= max(doc.sentence_at(start)[0], start - _CALLED_WITHIN)
        ):
            known = next(other for other in kept if _last_before(other, start) == nearest)
            known.nickname = entity.parts[0]
            known.mentions = sorted([*known.mentions, *entity.mentions])
        else:
            kept.append(entity)
    for number, entity in enumerate(kept):
        entity.number = number
    return kept


def _last_before(entity: Entity, position: int) -> int:
    """Where the last mention before a position ends; far away where there is none."""
    before = bisect_right(entity.mentions, (position, position))
    return entity.mentions[before - 1][1] if before else -_BEHIND


def _best_name(doc: Document, entity: Entity) -> NameMention:
    """The longest form; of equally long ones the spelling that occurs most, then the first."""
    longest = max(len(span.name.parts) for span in entity.spans)
    forms = [span.name for span in entity.spans if len(span.name.parts) == longest]
    counts: dict[tuple[str, ...], int] = {}
    for form in forms:
        counts[form.parts] = counts.get(form.parts, 0) + 1
    return min(forms, key=lambda form: (-counts[form.parts], form.start))


def _distance(entity: Entity, position: int) -> int:
    """Nearest mention before a position; mentions behind it count as farther than any before."""
    before = bisect_right(entity.mentions, (position, position))
    return position - entity.mentions[before - 1][0] if before else _BEHIND + entity.mentions[0][0]


def _fits(entity: Entity, person: PersonSpan) -> bool:
    parts = person.name.parts
    if not _is_form_of(parts, entity.parts, fuzzy=_same_rank(entity, person)):
        return person.rule == "introduced" and len(parts) == 1 and _speaks_as(parts[0], entity)
    if not _ranks_agree(entity, person):
        return len(person.name.parts) > 1 and person.name.parts == entity.parts
    return True


def _speaks_as(name: str, entity: Entity) -> bool:
    """Whether a speaker of a single name is an officer whose name it misses by a letter (``Rudy``)."""
    near = (
        part for part in entity.parts if part[0] == name[0] and min(len(part), len(name)) >= _SHORTEST_PREFIX
    )
    return bool(entity.ranks) and any(Levenshtein.distance(name, part, score_cutoff=1) <= 1 for part in near)


def _same_rank(entity: Entity, person: PersonSpan) -> bool:
    """Whether a slip of a letter is more likely than another person: same rank, or no rank at all."""
    return person.rank is None or person.rank.abbr in entity.ranks


def _ranks_agree(entity: Entity, person: PersonSpan) -> bool:
    """The same rank, or the same without the corps (``Letkol Inf``, then ``Letkol``)."""
    if person.rank is None or not entity.ranks:
        return True
    rank, bare = person.rank.abbr, person.rank.rank.abbr
    if rank == bare and any(known.startswith(f"{bare} ") for known in entity.ranks):
        return True
    return rank in entity.ranks or bare in entity.ranks


def _is_form_of(short: tuple[str, ...], full: tuple[str, ...], *, fuzzy: bool) -> bool:
    """Whether the words of a name occur in a fuller one, in order; initials and slips of a letter allowed."""
    at = 0
    for part in short:
        while at < len(full) and not _same_part(part, full[at], fuzzy=fuzzy):
            at += 1
        if at == len(full):
            return False
        at += 1
    return True


def _same_part(one: str, other: str, *, fuzzy: bool) -> bool:
    if one == other:
        return True
    if not fuzzy or one[0] != other[0]:
        return False
    shorter, longer = sorted((one, other), key=len)
    if len(shorter) == 1:
        return True
    if len(shorter) >= _SHORTEST_PREFIX and longer.startswith(shorter):
        return True
    most = 1 if len(shorter) < 7 else 2
    return len(shorter) > 4 and Levenshtein.distance(one, other, score_cutoff=most) <= most


def _short_mentions(
    doc: Document, entities: list[Entity], people: Sequence[PersonSpan], blocked: Iterable[tuple[int, int]]
) -> None:
    tokens = doc.tokens
    taken = bytearray(len(tokens))
    for start, end in [*blocked, *((p.name.start, p.name.end) for p in people)]:
        for index in range(tokens.at(start), tokens.until(end)):
            taken[index] = 1
    weak = joined("names", "abbreviations", "weak_parts", "particles")
    by_part: dict[str, list[Entity]] = {}
    for entity in entities:
        if entity.nickname:
            by_part.setdefault(entity.nickname, []).append(entity)
        for part in entity.parts:
            if len(part) > 1 and (part not in weak or len(entity.parts) == 1):
                by_part.setdefault(part, []).append(entity)
    done = 0
    for index in doc.indices_of(by_part.keys()):
        if index < done or taken[index] or not tokens.words[index][0].isupper():
            continue
        if not _inside_another_name(doc, index, by_part):
            done = _one_mention(doc, index, by_part[tokens.lower[index]], entities)


def _inside_another_name(doc: Document, index: int, by_part: dict[str, list[Entity]]) -> bool:
    """``Bayu Saputra`` is not the officer ``Oskar Saputra``: a name that is none of his stands before."""
    tokens, before = doc.tokens, index - 1
    if before < 0 or not tokens.words[before][0].isupper() or tokens.lower[before] in by_part:
        return False
    known = any(tokens.lower[before] in entity.parts for entity in by_part[tokens.lower[index]])
    name = None if known else name_at(doc, before)
    return name is not None and name.last > index


def _one_mention(doc: Document, index: int, candidates: list[Entity], entities: list[Entity]) -> int:
    """Add the mention that begins at a word to the entity it fits; return where to go on."""
    tokens = doc.tokens
    name = name_at(doc, index)
    name_parts: tuple[str, ...]
    if name is None or name.first != index:
        name_parts, last = (tokens.lower[index],), index + 1
    else:
        name_parts, last = name.parts, name.last
    start = tokens.starts[index]
    if _is_plate(tokens, index):
        return last
    for entity in sorted(candidates, key=lambda e: _distance(e, start)):
        if len(tokens.words[index]) <= 3 and tokens.words[index].isupper() != _shouted(doc, entity):
            continue  # `MA` the suspect against `Ma` the syllable
        if name_parts == (entity.nickname,) or _is_form_of(name_parts, entity.parts, fuzzy=False):
            begin = _with_weak_parts(doc, index, entity)
            insort(entity.mentions, (tokens.starts[begin], tokens.ends[last - 1]))
            return last
    for entity in candidates:  # a headline runs on behind the name: `Lilik Ardiansyah Pimpin Apel`
        size = len(entity.parts)
        if size > 1 and name_parts[:size] == entity.parts:
            insort(entity.mentions, (start, tokens.ends[index + size - 1]))
            return index + size
    return last


def _is_plate(tokens: Tokens, index: int) -> bool:
    """``BM 9605 PU``: letters beside the digits of a number plate."""
    letters = tokens.words[index].isupper() and len(tokens.words[index]) <= _LONGEST_PLATE
    beside = tokens.words[max(0, index - 1) : index] + tokens.words[index + 1 : index + 2]
    return letters and any(word.isdigit() for word in beside)


def _with_weak_parts(doc: Document, index: int, entity: Entity) -> int:
    """Step back over parts too weak to find a mention by (``Eka`` of ``Eka Faturrahman``)."""
    tokens = doc.tokens
    while index and tokens.lower[index - 1] in entity.parts and tokens.words[index - 1][0].isupper():
        index -= 1
    initial = index > 2 and tokens.words[index - 1] == "." and len(tokens.words[index - 2]) == 1
    if initial and tokens.words[index - 2].isupper() and tokens.words[index - 3].islower():
        return index - 2  # `rumah M. Gani`, known as `Gani`
    return index


def _shouted(doc: Document, entity: Entity) -> bool:
    return doc.text[entity.name.start : entity.name.end].isupper()
