"""Words that end the name of a place or unit, and words that open a post."""

from __future__ import annotations

from functools import lru_cache

from pipeline.extract.words import by_role
from pipeline.registry import load_registry

_SHORTEST = 3


def _first_words(phrases: tuple[str, ...]) -> set[str]:
    found = set()
    for phrase in phrases:
        words = phrase.lower().replace(".", " ").split()
        if words and words[0].isalpha():
            found.add(words[0])
    return found


@lru_cache(maxsize=1)
def post_words() -> frozenset[str]:
    """Words that open a post of Polri or TNI (``Kasat``, ``Kanit``): what follows belongs to the post."""
    found: set[str] = set()
    for position in load_registry().positions:
        if position.category in ("polri", "tni"):
            found |= _first_words((position.canonical, *position.aliases))
    return frozenset(found - by_role("place_words")["notpost"])


@lru_cache(maxsize=1)
def rank_words() -> frozenset[str]:
    """Words that open a rank of Polri or TNI."""
    found: set[str] = set()
    for rank in load_registry().ranks:
        if rank.kind == "rank":
            found |= _first_words((rank.abbr, rank.full_name, *rank.aliases, *rank.misspellings))
    return frozenset(word for word in found if len(word) >= _SHORTEST)


@lru_cache(maxsize=1)
def name_stops() -> frozenset[str]:
    """Words that no name of a place goes on with: ranks, posts, months, class words, small words."""
    posts = {word for word in post_words() if len(word) >= _SHORTEST}
    return by_role("place_words")["stop"] | rank_words() | posts
