"""The forms in which posts are written, and the canonical form of each."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache

from rapidfuzz.distance import OSA

from pipeline.extract.lexicon import Lexicon
from pipeline.extract.tokens import Tokens, tokenize
from pipeline.extract.words import load, words
from pipeline.registry import Position, load_registry


@dataclass(frozen=True, slots=True)
class PostForm:
    """What a form means: the canonical post and whose it is (``polri``, ``tni``, ``gov``, …)."""

    canonical: str
    category: str


_SHORTEST_SLIP = 8


@cache
def _long_starts() -> tuple[tuple[str, ...], dict[str, list[str]]]:
    """First words of posts that are long enough to be known with one letter wrong, by their first letters."""
    groups: dict[str, list[str]] = {}
    for word in sorted(post_forms().starts()):
        if len(word) >= _SHORTEST_SLIP:
            groups.setdefault(word[:2], []).append(word)
    return tuple(groups), groups


@lru_cache(maxsize=8192)
def misspelt_post(word: str) -> str | None:
    """The first word of a post that a word is with one letter wrong, missing or too many (``Kassubbid``)."""
    beginnings, groups = _long_starts()
    if len(word) < _SHORTEST_SLIP - 1 or not word.startswith(beginnings) or word in post_forms().starts():
        return None
    if word.startswith(tuple(words("positions")["bodies_of_units"])):
        return None  # `Ditlantas` is no `Dirlantas`
    near = [form for form in groups[word[:2]] if OSA.distance(word, form, score_cutoff=1) <= 1]
    meant = {found[1].canonical for form in near if (found := post_forms().longest(tokenize(form), 0))}
    return near[0] if near and len(meant) <= 1 else None


@cache
def post_forms() -> Lexicon[PostForm]:
    """All forms of posts, those of the rule's own list first."""
    lists, lexicon = words("positions"), Lexicon[PostForm]()
    for form, canonical in load("positions")["long_forms"].items():
        lexicon.add(form, PostForm(canonical, _category(canonical)))
    for entry in load_registry().positions:
        if entry.canonical.lower() in lists["not_posts"]:
            continue
        for form in (entry.canonical, entry.full_name, *entry.aliases):
            plain = _bare(form)
            if plain and plain.lower() not in lists["not_forms"] and not _heads_an_organisation(entry, plain):
                meant = PostForm(_of_generic_head(entry.canonical, plain), entry.category)
                for spelled in (plain, _written_out(plain)):
                    lexicon.add(spelled, meant)
    return lexicon


def _written_out(form: str) -> str:
    """``Kasat Narkoba`` as ``Kepala Satuan Narkoba``; the form itself where its head is not short."""
    head, *fields = form.split()
    long: dict[str, str] = load("positions")["written_out"]
    return " ".join([long.get(head.lower(), head), *fields]) if fields else form


def _category(canonical: str) -> str:
    categories: dict[str, list[str]] = load("positions")["own_categories"]
    return next((name for name, posts in categories.items() if canonical in posts), "polri")


def _heads_an_organisation(entry: Position, form: str) -> bool:
    """``Kepala Dinas …`` is the post ``Kepala`` of an organisation that is a span of its own."""
    first, *rest = form.lower().split()
    if entry.category in ("polri", "tni") or first not in words("positions")["of_any_body"] or not rest:
        return False
    return rest[0] in organisations()


@cache
def organisations() -> frozenset[str]:
    """First words of the names of organisations."""
    lists = words("orgs")
    return frozenset(
        form.split()[0] for key in ("bodies", "placed", "heads", "numbered") for form in lists[key]
    )


def _of_generic_head(canonical: str, form: str) -> str:
    """A form of a generic head with its field (``Kanit Turjawali``) is a post of its own."""
    head, *fields = form.split()
    generic = canonical.lower() in words("positions")["generic"]
    if not (generic and fields and head.lower() in words("positions")["open"]):
        return canonical
    return with_fields(head, fields)


def _bare(form: str) -> str:
    """A registry form without acting prefix before it, kind of unit or number of a body behind it."""
    parts = form.strip(". ").split()
    lists = words("positions")
    if len(parts) > 1 and parts[0].lower().strip(".") in lists["acting"]:
        parts = parts[1:]
    kinds = lists["unit_kinds"] | lists["seats"]
    while len(parts) > 1 and (
        parts[-1].isdigit() or (parts[-1].lower() in kinds and parts[-2].lower() not in lists["leaders"])
    ):
        parts = parts[:-1]
    return " ".join(parts)


def extended(tokens: Tokens, index: int, head_end: int, last: int, canonical: str) -> str:
    """The canonical form of a post that fields follow; a known longer post keeps its own."""
    phrase = tokenize(" ".join(word for word in tokens.words[index:last] if word != "."))
    known = post_forms().longest(phrase, 0)
    if known is not None and known[0] == len(phrase):
        return known[1].canonical
    return with_fields(canonical, tokens.words[head_end:last])


def nearest_post(word: str) -> str:
    """The head of a unit that a misspelt word means (``Wakapoles``); the word itself where none is near."""
    heads = [post for posts in load("positions")["levels"].values() for post in posts if " " not in post]
    near = [post for post in heads if OSA.distance(word, post.lower(), score_cutoff=1) <= 1]
    return near[0] if near else word.capitalize()


def with_fields(head: str, fields: list[str]) -> str:
    """The canonical form of a head with its fields: joined, or the words side by side."""
    shown = [_field(word) for word in fields if word != "."]
    if head.lower() in words("positions")["joined_heads"]:
        return head + "".join(shown).lower()
    return _joined_bodies(" ".join([head, *shown]))


def _field(word: str) -> str:
    return word if word.isupper() and len(word) <= 4 else word.capitalize()


def _joined_bodies(phrase: str) -> str:
    """``Dit Lantas`` is written ``Ditlantas``."""
    out: list[str] = []
    for part in phrase.split():
        if out and out[-1].lower() in words("positions")["joined_bodies"] and part[0].isupper():
            out[-1] += part.lower()
        else:
            out.append(part)
    return " ".join(out)
