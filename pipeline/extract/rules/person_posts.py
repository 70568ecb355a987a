"""Which post belongs to which person, where posts and names alternate."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.extract.rules.surroundings import PersonSpan, Post, Surroundings
from pipeline.extract.words import words


def with_posts(around: Surroundings, people: Sequence[PersonSpan]) -> list[PersonSpan]:
    """Give each person the post beside it; a post between two people goes to the one it fits."""
    left = [around.post_before(person.left) for person in people]
    for index, before in enumerate(left):
        if (
            index
            and before is not None
            and _is_of_sentence_before(around, people[index - 1], people[index], before)
        ):
            left[index] = None
    chain = _post_follows(around, people, left)
    linked: list[PersonSpan] = []
    for index, person in enumerate(people):
        before = left[index]
        if before is not None and not (index and chain[index - 1] == before[0].mention.first):
            linked.append(replace(person, post=before[0], side="left"))
            continue
        after = around.post_after(_behind(around, person))
        free = after is not None and (
            index + 1 == len(people) or _free(left[index + 1], after[0], chain[index])
        )
        linked.append(replace(person, post=after[0], side="right") if after and free else person)
    return linked


def _is_of_sentence_before(
    around: Surroundings, previous: PersonSpan, person: PersonSpan, before: tuple[Post, int]
) -> bool:
    """``AKBP A dilantik sebagai Kapolres X. AKBP B``: the post is that of the one before."""
    (post, first), tokens = before, around.tokens
    told = tokens.lower[_behind(around, previous) : first]
    last = max(post.mention.last, tokens.until(post.unit.end) if post.unit else 0)
    stop = "." in tokens.words[last : person.left]
    return stop and "." not in told and told[-1:] != [] and told[-1] in words("handovers")["as"]


def _free(next_left: tuple[Post, int] | None, post: Post, chained: int | None) -> bool:
    return next_left is None or next_left[0].mention is not post.mention or chained == post.mention.first


def _behind(around: Surroundings, person: PersonSpan) -> int:
    end = person.name.degrees.end if person.name.degrees else person.name.end
    return around.tokens.at(end)


def _post_follows(
    around: Surroundings, people: Sequence[PersonSpan], left: list[tuple[Post, int] | None]
) -> list[int | None]:
    """For each person the post behind the name that is its own although another rank follows it.

    In ``AKP A, Kasat Reskrim, AKP B, Kasat Lantas`` each post belongs to the name before it: the first
    of the chain has none on its left, and the last has one on its right that nobody else claims.
    """
    owned: list[int | None] = [None] * len(people)
    for index, person in enumerate(people):
        before = left[index]
        has_left = before is not None and not (index and owned[index - 1] == before[0].mention.first)
        after = around.post_after(_behind(around, person))
        if has_left or after is None:
            continue
        tokens = around.tokens
        bracket = tokens.words[around.tokens.at(after[0].mention.start) - 1] == "("
        last_of_chain = index + 1 == len(people) or left[index + 1] is None
        ends_chain = any(
            around.post_after(_behind(around, other)) is not None for other in people[index + 1 : index + 2]
        )
        explicit = tokens.lower[after[0].mention.first - 1] in words("persons")["explicit"]
        if bracket or explicit or last_of_chain or ends_chain:
            owned[index] = after[0].mention.first
    return owned
