"""Posts that change hands: who takes which post over, who held it before.

Looks only at sentences (and list lines) that name both a post and a person not joined by standing
side by side: ``kursi Kapolres X mulai diduduki AKBP Y``, ``AKBP Y dilantik sebagai Kapolres X``,
``AKBP A digantikan AKBP B``.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from pipeline.extract.document import Document
from pipeline.extract.rules.positions import PositionMention
from pipeline.extract.rules.surroundings import PersonSpan, Post, Surroundings
from pipeline.extract.rules.units import UnitMention
from pipeline.extract.tokens import Tokens
from pipeline.extract.words import joined, load, words

_REACH = 14
_PRONOUN_REACH = 7


@dataclass(frozen=True, slots=True)
class Handover:
    """A post that a person takes over (``new``), holds or held by a change (``held``), or had (``old``)."""

    person: PersonSpan
    post: Post
    kind: str
    is_planned: bool


def find_handovers(
    doc: Document,
    people: Sequence[PersonSpan],
    posts: Sequence[PositionMention],
    units: Sequence[UnitMention],
) -> list[Handover]:
    """All changes of post that the article tells, in the order of the persons."""
    if not doc.has_any(joined("handovers", "held_by", "becomes", "now", "before")):
        return []
    around = Surroundings(doc, posts, units)
    beside = {person.post.mention.first for person in people if person.post is not None}
    found: list[Handover] = []
    lefts = sorted(person.left for person in people)
    found += _from_one_to_another(doc, around, people)
    told = {id(change.person) for change in found}
    for person in people:
        if id(person) in told:
            continue
        found += _taken_over(doc, around, person, lefts, beside)
        if person.post is None:
            found += _held(doc, around, person)
    found += _successions(doc, people, found)
    return [replace(change, is_planned=True) for change in found] if _all_ahead(doc) else found


def _all_ahead(doc: Document) -> bool:
    """Whether the changes are announced: by the title, or by ``akan dilakukan mutasi`` in the text."""
    title = set(doc.title.lower().split())
    lists = words("handovers")
    if not title.isdisjoint(lists["planned"]) and not title.isdisjoint(lists["changes"]):
        return True
    low = doc.tokens.lower
    for index in doc.indices_of(lists["planned"]):
        done = next(
            (at for at in (index + 1, index + 2) if low[at : at + 1] and low[at] in lists["done"]), None
        )
        near = (*low[max(0, index - 2) : index], *low[done + 1 : done + 3]) if done else ()
        if not lists["changes"].isdisjoint(near):
            return True
    return False


def _taken_over(
    doc: Document, around: Surroundings, person: PersonSpan, lefts: list[int], beside: set[int]
) -> list[Handover]:
    """``AKBP Y … dilantik sebagai Kapolres X``; ``AKBP Y, sebelumnya Kapolres Z``: the post behind.

    Where the sentence names nobody else, the next one is read too if it goes on with a pronoun
    (``Ia digeser menjadi …``).
    """
    tokens = doc.tokens
    start = tokens.at(person.name.degrees.end if person.name.degrees else person.name.end)
    following = bisect_right(lefts, start)
    stop = lefts[following] if following < len(lefts) else len(tokens)
    _, end = doc.sentence_at(person.name.start)
    found = _told_behind(around, person, start, min(stop, tokens.at(end)), beside)
    begin, _ = doc.sentence_at(person.name.start)
    alone = bisect_right(lefts, tokens.at(end) - 1) - bisect_left(lefts, tokens.at(begin)) == 1
    if found or tokens.at(end) >= stop or not alone:
        return found
    pronoun = _pronoun(tokens, tokens.at(end))
    if pronoun is None or pronoun >= stop:
        return []
    _, end = doc.sentence_at(tokens.starts[pronoun])
    return _told_behind(around, person, pronoun + 1, min(stop, tokens.at(end)), beside)


def _pronoun(tokens: Tokens, index: int) -> int | None:
    """A pronoun near the beginning of a sentence: ``Dalam mutasi terbaru, ia …``."""
    near = range(index, min(len(tokens), index + _PRONOUN_REACH))
    return next((at for at in near if tokens.lower[at] in words("handovers")["pronouns"]), None)


def _told_behind(
    around: Surroundings, person: PersonSpan, start: int, limit: int, beside: set[int]
) -> list[Handover]:
    tokens, lists = around.tokens, words("handovers")
    found: list[Handover] = []
    for post in around.posts_from(start):
        if post.first >= limit or post.first - start > _REACH:
            break
        unit, behind = around.unit_after(post)
        if person.post is not None and person.post.mention is post:
            start = behind
            continue
        between = tokens.lower[start : post.first]
        if post.first in beside or not between:
            continue
        chain = Post(post, post.unit or unit)
        if _told_as_past(between):
            found.append(Handover(person, chain, "old", False))
            start = behind
            continue
        if behind < limit and tokens.lower[behind] in lists["as"] and between[-1] in lists["by_somebody"]:
            start = behind  # `dilantik Kapolri sebagai Kapolda X`
            continue
        moved = person.post is not None and between == ["ke"] and start > person.name.last
        if moved or _linked(between, lists["becomes"], lists["filler"]):
            found.append(Handover(person, chain, "new", any(word in lists["planned"] for word in between)))
        break
    return found


def _told_as_past(between: list[str]) -> bool:
    """``sebelumnya (menjabat sebagai)``: a word for the past, with at most words of holding behind it."""
    lists = words("handovers")
    last = len(between)
    while last and between[last - 1] in lists["holding"]:
        last -= 1
    return last > 0 and between[last - 1] in lists["before"]


def _linked(between: list[str], verbs: frozenset[str], filler: frozenset[str]) -> bool:
    """The words next to the post must be a verb of change with nothing but filler behind it."""
    if between[-1] in words("handovers")["now"]:
        return True
    for word in reversed(between):
        if word in verbs and word not in filler:
            return True
        if word not in filler and word not in verbs:
            return False
    return any(word in words("handovers")["as"] for word in between)


def _from_one_to_another(doc: Document, around: Surroundings, people: Sequence[PersonSpan]) -> list[Handover]:
    """``Kapolda X dari Irjen A kepada Irjen B``, ``kepemimpinan Polres X berganti dari AKBP A ke AKBP B``."""
    low, found = doc.tokens.lower, list[Handover]()
    for first, second in pairwise(people):
        between = low[first.name.last : second.left]
        if len(between) > 1 and first.name.degrees is not None:
            between = low[doc.tokens.until(first.name.degrees.end) : second.left]
        if between not in (["kepada"], ["ke"]) or second.post is not None:
            continue
        if first.post is not None:
            if (
                first.side == "left"
                and between == ["kepada"]
                and any(change.post.mention.last <= first.left for change in found)
            ):
                found.append(Handover(second, first.post, "new", False))
            continue
        if low[first.left - 1 : first.left] != ["dari"]:
            continue
        post = around.post_before(first.left - 1)
        held = post[0] if post is not None else _leadership(around, first.left - 1)
        if held is not None:
            found += [Handover(first, held, "held", False), Handover(second, held, "new", False)]
    return found


def _leadership(around: Surroundings, last: int) -> Post | None:
    """The head of a unit whose leadership changes: ``kepemimpinan Polres X (sedang) berganti``."""
    lists, low = words("handovers"), around.tokens.lower
    while last and (
        low[last - 1] in lists["changes"]
        or low[last - 1] in lists["filler"]
        or low[last - 1] in lists["handing"]
    ):
        last -= 1
    unit = around.unit_to.get(last)
    if unit is None or low[around.tokens.at(unit.start) - 1] not in lists["leadership"]:
        return None
    return _as_head(around, unit, last)


def _held(doc: Document, around: Surroundings, person: PersonSpan) -> list[Handover]:
    """``Jabatan Kapolres X yang semula dipegang AKBP Y``: the post before a person without one."""
    tokens, lists = doc.tokens, words("handovers")
    before = tokens.lower[max(0, person.left - _REACH) : person.left]
    sentence = tokens.at(doc.sentence_at(person.name.start)[0])
    party = bool(before) and before[-1] in lists["parties"]
    verbs = joined("handovers", "held_by", "handing") if party else lists["held_by"]
    near = range(sentence if party else max(sentence, person.left - 6), person.left)
    verb = next((index for index in reversed(near) if tokens.lower[index] in verbs), None)
    if verb is None:
        return []
    head = _head_of_unit(around, verb)
    if head is not None:
        return [Handover(person, head, "held", False)]
    post = _handed_post(around, sentence, verb, person.left)
    if post is None:
        return []
    unit, _ = around.unit_after(post)
    planned = any(word in lists["planned"] for word in before[-4:])
    kind = "new" if before[-1] == "kepada" or planned else "held"
    return [Handover(person, Post(post, post.unit or unit), kind, planned)]


def _head_of_unit(around: Surroundings, verb: int) -> Post | None:
    """``Polsek X (kini) dijabat AKP Y``: who holds a unit is its head."""
    lists, tokens = words("handovers"), around.tokens
    last = verb
    while last and tokens.lower[last - 1] in lists["filler"]:
        last -= 1
    unit = around.unit_to.get(last) if tokens.lower[verb] in lists["held"] else None
    if unit is None:
        return None
    first, of = tokens.at(unit.start), around.post_before(last)
    if of is not None and "." not in tokens.words[of[0].mention.last : first]:
        return None  # `Kabag Ops Polres X yang dijabat …` is another post
    return _as_head(around, unit, last)


def _as_head(around: Surroundings, unit: UnitMention, last: int) -> Post | None:
    title, first = load("handovers")["heads"].get(unit.unit.split()[0]), around.tokens.at(unit.start)
    if title is None:
        return None
    mention = PositionMention(
        unit.start, unit.end, first, last, title, "polri", False, False, unit, 0.85, "head-of-unit"
    )
    return Post(mention, unit)


def _handed_post(around: Surroundings, sentence: int, verb: int, person: int) -> PositionMention | None:
    """The post next before the verb in its sentence, else the first behind it, else the last one told."""
    here = [post for post in around.posts_from(sentence, person) if post.last <= person]
    earlier = around.posts_before(person)
    before = [post for post in here if post.last <= verb]
    if before:
        return before[-1]
    return here[0] if here else earlier


def _successions(doc: Document, people: Sequence[PersonSpan], known: list[Handover]) -> list[Handover]:
    """``AKBP A digantikan AKBP B``: the successor takes the post of the one before."""
    lists, tokens = words("handovers"), doc.tokens
    posts = {id(person): person.post for person in people if person.post is not None}
    held = set(posts) | {id(change.person) for change in known if change.kind == "held"}
    posts.update({id(change.person): change.post for change in known if change.kind in ("held", "new")})
    found: list[Handover] = []
    for first, second in pairwise(people):
        between = _told_between(tokens.lower[first.name.last : second.left])
        if between is None:
            continue
        for verbs, giver, taker in (
            (lists["succeeded_by"], first, second),
            (lists["succeeds"], second, first),
        ):
            if any(word in verbs for word in between) and id(giver) in posts and id(taker) not in posts:
                planned = any(word in lists["planned"] for word in between)
                found.append(Handover(taker, posts[id(giver)], "new", planned))
        succeeded = any(word in lists["succeeds"] for word in between) and id(second) not in held
        if succeeded and id(first) in posts and not any(change.person is second for change in found):
            found.append(Handover(second, posts[id(first)], "held", False))
    return found


def _told_between(between: list[str]) -> list[str] | None:
    """The words that join two persons; a new sentence must go on with a pronoun (``Ia menggantikan``)."""
    if "." in between:
        at = len(between) - 1 - between[::-1].index(".")
        between = between[at + 1 :]
        if not between or between[0] not in words("handovers")["pronouns"]:
            return None
    return between if len(between) <= _REACH else None
