"""Posts: ``Kapolres Purwakarta``, ``Plh. Kanit 1 Turjawali``, ``Wakil Bupati Banjar``, bare ``Kapolsek``.

A post that names its unit (``Kapolres X``) was found with the units; here the bare ones, those with a
field and those of other bodies are found, and all become ``PositionMention`` with a canonical form.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.extract.document import Document
from pipeline.extract.rules.post_forms import (
    PostForm,
    extended,
    misspelt_post,
    nearest_post,
    organisations,
    post_forms,
    with_fields,
)
from pipeline.extract.rules.post_reach import (
    bracket_end,
    comma_end,
    fields_end,
    misspelt_field,
    number_end,
    region_end,
    short_field,
    village_end,
)
from pipeline.extract.rules.ranks import rank_starts
from pipeline.extract.rules.units import UnitMention
from pipeline.extract.tokens import Tokens, tokenize
from pipeline.extract.words import joined, words


@dataclass(frozen=True, slots=True)
class PositionMention:
    """A post in the text; ``unit`` is the unit named inside the span."""

    start: int
    end: int
    first: int
    last: int
    canonical: str
    category: str
    """``polri``, ``tni``, ``gov``, ``law``, ``election`` or ``other``."""
    is_acting: bool
    is_former: bool
    unit: UnitMention | None
    confidence: float
    rule: str

    @property
    def force(self) -> str | None:
        """The force whose member holds the post; None for a civil post."""
        return self.category if self.category in ("polri", "tni") else None


def find_positions(
    doc: Document, units: Sequence[UnitMention]
) -> tuple[list[PositionMention], list[UnitMention]]:
    """Every post of one person, in order, and the units without the words that belong to a post.

    ``Wadir Reskrimum Polda DIY`` is the post ``Wadir Reskrimum`` in the unit ``Polda DIY``.
    """
    tokens = doc.tokens
    titles = {tokens.at(unit.start): unit for unit in units if unit.form == "title"}
    taken, bodies = _named_units(tokens, units).union(titles), _bodies(tokens, units)
    found: list[PositionMention] = []
    done = skipped = 0
    slips = {word for word in doc.words if misspelt_post(word) is not None}
    for index in sorted({*doc.indices_of(post_forms().starts() | slips), *titles}):
        mention: PositionMention | None = None
        if index < done:
            continue
        if index in titles:
            mention = _from_title(tokens, index, titles[index])
        elif index not in taken:
            mention = _post_at(tokens, index, taken, bodies)
        if mention is None:
            continue
        done = mention.last
        if _is_office_held(tokens, mention, skipped):
            found.append(_with_prefix(tokens, mention))
        else:
            skipped = mention.last
    return found, _trimmed(tokens, units, found)


def _named_units(tokens: Tokens, units: Sequence[UnitMention]) -> set[int]:
    """Indices of the words inside units named alone, from the kind of unit (``Polda``) on."""
    inside: set[int] = set()
    kinds = joined("positions", "unit_kinds", "seats")
    for unit in units:
        if unit.form == "name":
            first, last = tokens.at(unit.start), tokens.until(unit.end)
            head = next((i for i in range(first, last) if tokens.lower[i] in kinds), first)
            inside.update(range(head, last))
    return inside


def _bodies(tokens: Tokens, units: Sequence[UnitMention]) -> set[int]:
    """Indices where the body of a unit begins (``Dit Samapta Polda X``): no field of the post before it."""
    bodies = tuple(words("positions")["bodies_of_units"])
    starts = (tokens.at(unit.start) for unit in units if unit.form == "name")
    return {first for first in starts if first < len(tokens) and tokens.lower[first].startswith(bodies)}


def _trimmed(
    tokens: Tokens, units: Sequence[UnitMention], posts: Sequence[PositionMention]
) -> list[UnitMention]:
    covered = {index: post for post in posts for index in range(post.first, post.last)}
    kept = []
    for unit in units:
        post = covered.get(tokens.at(unit.start))
        if unit.form == "name" and post is not None and tokens.ends[post.last - 1] < unit.end:
            unit = replace(unit, start=tokens.starts[post.last])
        kept.append(unit)
    return kept


def _from_title(tokens: Tokens, index: int, unit: UnitMention) -> PositionMention:
    """The post inside ``Kapolres Purwakarta`` is what the forms find at its beginning."""
    last, start = tokens.until(unit.end), unit.start
    match = post_forms().longest(tokens, index)
    canonical = match[1].canonical if match else nearest_post(tokens.lower[index])
    if canonical.startswith("Kapolres "):
        canonical = "Kapolres"
    if index and tokens.lower[index - 1] in words("positions")["deputies"]:  # `Wakil Kepala Polres Ambon`
        index, canonical = index - 1, f"Waka{canonical[2:]}"
        start = tokens.starts[index]
    return PositionMention(
        start, unit.end, index, last, canonical, "polri", False, False, unit, unit.confidence, "post-unit"
    )


def _post_at(tokens: Tokens, index: int, taken: set[int], bodies: set[int]) -> PositionMention | None:
    slip = misspelt_post(tokens.lower[index])
    if slip is None and (written := _written_out(tokens, index, taken)) is not None:
        return written
    match = post_forms().longest(tokens, index, slip)
    if slip is not None and (match is None or not _surely_post(tokens, index, match[0], taken)):
        return None
    if match is None or any(i in taken for i in range(index + 1, match[0])):
        return None
    head_end, form = match
    if not _stands_alone(tokens, index, head_end, form, taken):
        return None
    last, canonical = head_end, form.canonical
    if (slip or tokens.lower[index]) in words("positions")["open"]:
        last = fields_end(tokens, last, taken, bodies)
        if last > head_end:
            canonical = extended(tokens, index, head_end, last, canonical)
        elif head_end == index + 1 and (field := misspelt_field(tokens, head_end)) is not None:
            last, canonical = head_end + 1, _known(canonical, field)
    last = _reach(tokens, bracket_end(tokens, last), form, canonical, taken)
    if (
        canonical.lower() in words("positions")["of_a_village"]
        and last == head_end
        and not _has_holder(tokens, last, taken)
    ):
        return None
    if last == head_end and canonical.lower() in words("positions")["fielded"]:
        return None
    rule = "post-field" if last > head_end else "post"
    start, end = tokens.starts[index], tokens.ends[last - 1]
    return PositionMention(start, end, index, last, canonical, form.category, False, False, None, 0.95, rule)


def _written_out(tokens: Tokens, index: int, taken: set[int]) -> PositionMention | None:
    """A head, its field written out, and that in short: ``Kasubbid Penerangan Masyarakat (Penmas)``."""
    match = post_forms().longest(tokens, index)
    head_end = match[0] if match else index + 1
    field = short_field(tokens, head_end, taken)
    if field is None or not tokens.words[index][0].isupper():
        return None
    phrase = tokenize(f"{tokens.words[index]} {field[1]}")
    known = post_forms().longest(phrase, 0)
    if known is not None and known[0] == len(phrase):
        canonical, category = known[1].canonical, known[1].category
    elif (
        match
        and field[1] in words("positions")["fields"]
        and tokens.lower[index] in words("positions")["open"]
    ):
        canonical, category = with_fields(match[1].canonical, [field[1]]), match[1].category
    else:
        return None
    start, end, last = tokens.starts[index], tokens.ends[field[0] - 1], field[0]
    return PositionMention(
        start, end, index, last, canonical, category, False, False, None, 0.95, "post-field"
    )


def _surely_post(tokens: Tokens, index: int, last: int, taken: set[int]) -> bool:
    """Whether a misspelt post is one: a capital, and a rank, a unit, a number or a field behind it."""
    if not tokens.words[index][0].isupper() or last >= len(tokens):
        return False
    behind = tokens.lower[last]
    fields = behind in words("positions")["fields"] or behind.isdigit() or last in taken
    return fields or any(word in rank_starts() for word in tokens.lower[last : last + 7])


def _stands_alone(tokens: Tokens, index: int, last: int, form: PostForm, taken: set[int]) -> bool:
    """Whether a form is a post here: some need a capital, a unit, an organisation or a name behind them."""
    if tokens.words[index].islower() and form.category != "polri":
        return False
    canonical = form.canonical
    if canonical == "Humas":
        return last in taken and _has_holder(tokens, _unit_end(tokens, last, taken), taken)
    if canonical.lower() not in words("positions")["bare_heads"]:
        return True
    if last >= len(tokens):
        return False
    if canonical.lower() in words("positions")["of_any_body"]:
        capital = tokens.words[last][0].isupper()
        return (canonical == "Kepala" and last in taken) or (
            capital and tokens.lower[last] in organisations()
        )
    return last in taken or tokens.words[last][0].isupper()


def _unit_end(tokens: Tokens, index: int, taken: set[int]) -> int:
    while index < len(tokens) and index in taken:
        index += 1
    return index


def _has_holder(tokens: Tokens, index: int, taken: set[int]) -> bool:
    """Whether a unit, a body of the TNI, a rank or a name follows, a comma or bracket between."""
    if index < len(tokens) and index in taken:
        return True
    if index < len(tokens) and tokens.words[index] in ",(":
        index += 1
    if index >= len(tokens):
        return False
    known = tokens.lower[index] in words("ranks")["short"] or tokens.lower[index] in words("orgs")["numbered"]
    return known or (tokens.words[index][0].isupper() and tokens.lower[index] not in words("names")["stops"])


def _known(head: str, field: str) -> str:
    phrase = tokenize(f"{head} {field}")
    known = post_forms().longest(phrase, 0)
    return known[1].canonical if known and known[0] == len(phrase) else with_fields(head, [field])


def _reach(tokens: Tokens, last: int, form: PostForm, canonical: str, taken: set[int]) -> int:
    """Over the region or the number of the body that the post belongs to."""
    if form.category == "tni" and canonical != "Babinsa":
        return number_end(tokens, last)
    if canonical.lower().rsplit(maxsplit=1)[-1] in words("positions")["of_a_village"]:
        return village_end(tokens, last, taken)
    if form.category != "polri":
        end = region_end(tokens, last, taken)
        local = end == last and canonical.lower() in words("positions")["of_a_local_place"]
        return comma_end(tokens, last, taken) if local else end
    national = canonical.lower() in words("positions")["levels.mabes"]
    if national and last < len(tokens) and tokens.lower[last] == "polri":
        return last + 1
    return last


def _is_office_held(tokens: Tokens, mention: PositionMention, skipped: int) -> bool:
    """Not a group (``para Kapolsek``), not what is run for or named after a post (``Kantor Bupati``)."""
    lists = words("positions")
    before, after = mention.first - 1, mention.last
    if after < len(tokens) and tokens.lower[after] in lists["group"]:
        return False
    if before < 0:
        return True
    word = tokens.lower[before]
    if word == ")" and before > 2:  # `pasangan calon (paslon) Bupati X`
        word = tokens.lower[before - 1]
    if word in lists["group"] or word in lists["numbers"] or word in lists["not_after"]:
        return False
    if word == "polri" or (
        tokens.words[before] == "." and before and tokens.lower[before - 1] in lists["not_after"]
    ):
        return False
    return not (skipped and before == skipped and word in lists["joins"])


def _with_prefix(tokens: Tokens, mention: PositionMention) -> PositionMention:
    """Add an acting prefix to the span; note former posts."""
    lists = words("positions")
    first, acting = mention.first, False
    before = first - 1
    if before > 0 and tokens.words[before] == ".":
        before -= 1
    if before >= 0 and tokens.lower[before] in lists["acting"] and tokens.words[before][0].isupper():
        first, acting, before = before, True, before - 1
    former = before >= 0 and tokens.lower[before] in lists["former"]
    return replace(mention, start=tokens.starts[first], first=first, is_acting=acting, is_former=former)
