"""Where the names of police units stand: a head (``Polres``, ``Kapolsek``) and the name behind it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import OSA

from pipeline.extract.lexicon import Lexicon
from pipeline.extract.rules.sector_spans import is_name_word, sector_words
from pipeline.extract.rules.unit_bodies import body_start
from pipeline.extract.rules.unit_guesses import nearest
from pipeline.extract.tokens import Tokens
from pipeline.extract.words import by_role
from pipeline.registry import UnitHead, load_registry
from pipeline.registry.names import Hit, Hits, Name

_LONGEST_BRACKET = 6


@dataclass(frozen=True, slots=True)
class Span:
    """A unit's name before it is linked. All numbers are words: ``start``, ``end`` (exclusive)."""

    head: UnitHead
    kind: str
    start: int
    end: int
    name: Name | None
    """What stands behind the head; None for a Polsek that is no kecamatan, and for Mabes Polri."""
    name_start: int
    name_end: int


_SHORTEST_SLIP = 6


@lru_cache(maxsize=1)
def _heads() -> tuple[Lexicon[UnitHead], frozenset[str]]:
    lexicon = Lexicon((head.form, head) for head in load_registry().heads)
    return lexicon, lexicon.starts()


@lru_cache(maxsize=1)
def _single_heads() -> tuple[tuple[str, ...], dict[str, UnitHead]]:
    """Heads of one word, long enough that a slip of one letter leaves them alone, and their first letters."""
    heads = {head.form: head for head in load_registry().heads if head.form.isalpha()}
    long = {form: head for form, head in heads.items() if len(form) >= _SHORTEST_SLIP}
    return tuple(sorted({form[:3] for form in long})), long


@lru_cache(maxsize=4096)
def misspelt_head(word: str) -> UnitHead | None:
    """The head that a word is with one letter wrong, missing or too many (``Wakapoles``)."""
    beginnings, heads = _single_heads()
    if len(word) < _SHORTEST_SLIP or not word.startswith(beginnings):
        return None
    near = [form for form in heads if OSA.distance(word, form, score_cutoff=1) <= 1]
    kinds = {heads[form].kind for form in near}
    return heads[min(near)] if len(kinds) == 1 else None


def scan(tokens: Tokens, hits: Hits) -> tuple[list[Span], list[tuple[int, int, UnitHead]]]:
    """Find units with a name, and heads that stand bare (``ujar Kapolres``), in order."""
    lexicon, starts = _heads()
    spans: list[Span] = []
    bare: list[tuple[int, int, UnitHead]] = []
    done = 0
    beginnings = _single_heads()[0]
    heads = {word for word in set(tokens.lower) if word in starts or word.startswith(beginnings)}
    for index in [index for index, word in enumerate(tokens.lower) if word in heads]:
        if index < done:
            continue
        word = tokens.lower[index]
        slip = None if word in starts else misspelt_head(word)
        if slip is None and word not in starts:
            continue
        found = (index + 1, slip) if slip is not None else lexicon.longest(tokens, index)
        if found is None:
            continue
        span = _read(tokens, hits, index, found[0], found[1])
        if span is None:
            bare.append((index, found[0], found[1]))
            done = found[0]
        else:
            spans.append(span)
            done = span.end
    return spans, bare


def _read(tokens: Tokens, hits: Hits, start: int, behind: int, head: UnitHead) -> Span | None:
    if head.role in ("fixed", "fixed-title", "national-title"):
        begin = body_start(tokens, start) if head.role == "fixed" else start
        return Span(head, head.kind, begin, behind, None, behind, behind)
    lexicon, _ = _heads()
    kind = head.kind
    behind = _skip_dots(tokens, behind)
    behind, kind = _bracketed_head(tokens, behind, head)
    again = lexicon.longest(tokens, behind) if behind < len(tokens) else None
    if again is not None and again[1] == head and _same_line(tokens, behind):
        behind = again[0]
    if behind >= len(tokens) or not _same_line(tokens, behind):
        return None
    begin = body_start(tokens, start) if head.role != "title" else start
    if kind in ("polsek", "polsubsektor"):
        words = sector_words(tokens, hits, behind, is_title=head.role == "title")
        return None if words is None else Span(head, kind, begin, words[0], words[1], behind, words[0])
    return _listed(tokens, hits, (begin, behind), head, kind)


def _skip_dots(tokens: Tokens, index: int) -> int:
    while (
        index < len(tokens) and tokens.words[index] == "." and tokens.starts[index] == tokens.ends[index - 1]
    ):
        if index + 1 < len(tokens) and tokens.words[index + 1][:1].isupper() and index >= 1:
            # A full stop behind a head is a slip (``Kapolres. Paser``) only where no sentence begins.
            return index
        index += 1
    return index


def _bracketed_head(tokens: Tokens, index: int, head: UnitHead) -> tuple[int, str]:
    """Step over ``(Polres)`` behind ``Kepolisian Resor``; the bracket's kind is the truer."""
    if index + 2 < len(tokens) and tokens.words[index] == "(" and tokens.words[index + 2] == ")":
        found = _heads()[0].longest(tokens, index + 1)
        if found is not None and found[0] == index + 2 and found[1].role in ("name", head.role):
            return index + 3, found[1].kind
    return index, head.kind


def _same_line(tokens: Tokens, index: int) -> bool:
    return index < len(tokens) and tokens.words[index] != "\n"


def _suits(name: Name, kind: str) -> bool:
    if kind in ("polda", "brimob"):
        return "polda" in name.units
    return bool(name.units)


def _choose(tokens: Tokens, hits: Hits, index: int, kind: str) -> Hit | None:
    """The longest name here that a unit of this kind bears.

    A lower-case word ends a capitalised name only where the shorter name is the same unit's
    (``Kapolres Nagan raya``) or a Polda's (``Kapolres Aceh tengah``).
    """
    suited = [hit for hit in hits.at(index) if _suits(hit.name, kind)]
    for position, hit in enumerate(suited):
        capital = tokens.words[hit.start][0].isupper()
        if hit is suited[-1] or not capital or tokens.words[hit.end - 1][0].isupper():
            return hit
        if kind != "polda" and all(_yields(other.name, hit.name) for other in suited[position + 1 :]):
            return hit
    return None


def _yields(shorter: Name, longer: Name) -> bool:
    """Whether a shorter name is no other Polres than a longer one."""
    units = set(shorter.all_units()) - set(shorter.units.get("polda", ()))
    return units <= set(longer.all_units())


def _listed(tokens: Tokens, hits: Hits, place: tuple[int, int], head: UnitHead, kind: str) -> Span | None:
    begin, behind = place
    if kind == "brimob":
        return _body_of_region(tokens, hits, begin, behind, head)
    hit = _choose(tokens, hits, behind, kind)
    if hit is None and tokens.lower[behind] in by_role("place_words").get("region", ()):
        after = behind + 1
        while after < len(tokens) and tokens.words[after] == ".":
            after += 1
        hit = _choose(tokens, hits, after, kind)
    if hit is None:
        guess = guess_name(tokens, behind, kind)
        if guess is None:
            return None
        hit = guess
    end = _closing_bracket(tokens, hits, hit)
    return Span(head, kind, begin, end, hit.name, hit.start, hit.end)


def _body_of_region(tokens: Tokens, hits: Hits, begin: int, behind: int, head: UnitHead) -> Span | None:
    """``Brimob Bali``, ``Satbrimob Sultra``, ``Brimob Maumere``: the body of a Polda, named by a place."""
    for hit in hits.at(behind):
        name = hit.name
        if tokens.words[behind][0].isupper() and ("polda" in name.units or name.regions or name.seats):
            return Span(head, "brimob", begin, hit.end, name, hit.start, hit.end)
    return None


def _closing_bracket(tokens: Tokens, hits: Hits, hit: Hit) -> int:
    """Take ``(SBT)`` or ``(Polda Sultra)`` with the name when it says the same unit once more."""
    index = hit.end
    words = tokens.words
    if index >= len(words) or words[index] != "(":
        return hit.end
    limit = min(len(words), index + _LONGEST_BRACKET)
    close = next((at for at in range(index + 1, limit) if words[at] == ")"), None)
    if close is None or close == index + 1:
        return hit.end
    inside = index + 1
    found = _heads()[0].longest(tokens, inside)
    if found is not None and found[0] < close:
        inside = found[0]
    wanted = set(hit.name.all_units())
    for other in hits.at(inside):
        if other.end == close and wanted & set(other.name.all_units()):
            return close + 1
    return hit.end


def guess_name(tokens: Tokens, index: int, kind: str) -> Hit | None:
    """A name misspelt by a letter or two, told by the nearest known one."""
    end = index
    while end < len(tokens) and end - index < 4 and is_name_word(tokens, end):
        end += 1
    for last in range(end, index, -1):
        name = nearest("".join(tokens.lower[index:last]), kind)
        if name is not None:
            return Hit(index, last, name)
    return None
