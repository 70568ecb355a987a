"""Posts that change hands: who takes which post over, who held it before.

Looks only at sentences (and list lines) that name both a post and a person not joined by standing
side by side: ``kursi Kapolres X mulai diduduki AKBP Y``, ``AKBP Y dilantik sebagai Kapolres X``,
``AKBP A digantikan AKBP B``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.extract.document import Document
from pipeline.extract.rules.positions import PositionMention
from pipeline.extract.rules.surroundings import PersonSpan, Post, Surroundings
from pipeline.extract.rules.units import UnitMention
from pipeline.extract.words import words

_REACH = 14


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
    lists = words("handovers")
    if not doc.has_any(lists["held_by"] | lists["becomes"] | lists["now"] | lists["before"]):
        return []
    around = Surroundings(doc, posts, units)
    beside = {person.post.mention.first for person in people if person.post is not None}
    found: list[Handover] = []
    for person in people:
        found += _taken_over(doc, around, person, people, beside)
        if person.post is None:
            found += _held(doc, around, person)
    found += _successions(doc, people, found)
    return found


def _taken_over(
    doc: Document, around: Surroundings, person: PersonSpan, people: Sequence[PersonSpan], beside: set[int]
) -> list[Handover]:
    """``AKBP Y … dilantik sebagai Kapolres X``; ``AKBP Y, sebelumnya Kapolres Z``: the post behind."""
    tokens, lists = doc.tokens, words("handovers")
    start = tokens.at(person.name.degrees.end if person.name.degrees else person.name.end)
    stop = min((other.left for other in people if other.left > start), default=len(tokens))
    _, end = doc.sentence_at(person.name.start)
    found: list[Handover] = []
    for post in around.posts:
        if not start <= post.first < min(stop, tokens.at(end)) or post.first - start > _REACH:
            continue
        own = person.post is not None and person.post.mention is post
        between = tokens.lower[start : post.first]
        if own or post.first in beside or not between:
            continue
        unit, _ = around.unit_after(post)
        chain = Post(post, post.unit or unit)
        if _told_as_past(between):
            found.append(Handover(person, chain, "old", False))
            start = tokens.at(chain.unit.end) if chain.unit else post.last
            continue
        if _linked(between, lists["becomes"], lists["filler"]):
            found.append(Handover(person, chain, "new", any(word in lists["planned"] for word in between)))
        break
    return found


def _told_as_past(between: list[str]) -> bool:
    lists = words("handovers")
    return any(word in lists["before"] for word in between[-3:]) and between[-1] not in (
        lists["becomes"] | lists["now"]
    )


def _linked(between: list[str], verbs: frozenset[str], filler: frozenset[str]) -> bool:
    """The words next to the post must be a verb of change with nothing but filler behind it."""
    if between[-1] in words("handovers")["now"]:
        return True
    for word in reversed(between):
        if word in verbs and word not in filler:
            return True
        if word not in filler and word not in verbs:
            return False
    return any(word in ("sebagai", "menjadi", "selaku") for word in between)


def _held(doc: Document, around: Surroundings, person: PersonSpan) -> list[Handover]:
    """``Jabatan Kapolres X yang semula dipegang AKBP Y``: the post before a person without one."""
    tokens, lists = doc.tokens, words("handovers")
    before = tokens.lower[max(0, person.left - _REACH) : person.left]
    verbs = [word for word in before[-6:] if word in lists["held_by"]]
    sentence, _ = doc.sentence_at(person.name.start)
    party = bool(before) and before[-1] in lists["parties"]
    handing = party and any(w in lists["handing"] for w in tokens.lower[tokens.at(sentence) : person.left])
    if not verbs and not handing:
        return []
    earlier = [post for post in around.posts if post.last <= person.left]
    here = [post for post in earlier if post.start >= sentence]
    if handing and not verbs:
        here = [post for post in here if _is_handed(doc, post)] or here[:1]
        earlier = here
    elif "diserahkan" in verbs or party:
        earlier = here[:1] or earlier
    if not earlier:
        return []
    post = here[-1] if here and not party else (earlier[0] if party else earlier[-1])
    unit, _ = around.unit_after(post)
    planned = any(word in lists["planned"] for word in before[-4:])
    kind = "new" if before[-1:] == ["kepada"] or planned else "held"
    return [Handover(person, Post(post, post.unit or unit), kind, planned)]


def _is_handed(doc: Document, post: PositionMention) -> bool:
    before = doc.tokens.lower[max(0, post.first - 3) : post.first]
    return any(word in ("jabatan", "kursi", "posisi", "tongkat") for word in before)


def _successions(doc: Document, people: Sequence[PersonSpan], known: list[Handover]) -> list[Handover]:
    """``AKBP A digantikan AKBP B``: the successor takes the post of the one before."""
    lists, tokens = words("handovers"), doc.tokens
    posts = {id(person): person.post for person in people if person.post is not None}
    posts.update({id(change.person): change.post for change in known if change.kind in ("held", "new")})
    found = []
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
        succeeded = any(word in lists["succeeds"] for word in between) and id(second) not in posts
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
