"""Ranks of Polri and TNI as written: ``AKBP``, ``Kombes (Pol)``, ``Letkol Inf``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from pipeline.extract.document import Document
from pipeline.extract.lexicon import Lexicon
from pipeline.extract.tokens import Tokens
from pipeline.extract.words import load, words
from pipeline.registry import Rank, load_registry

_SECTORS = ("polsek", "kapolsek", "wakapolsek", "mapolsek")


@dataclass(frozen=True, slots=True)
class RankMention:
    """A rank in the text. ``abbr`` is canonical, with the corps of TNI officers (``Letkol Inf``)."""

    start: int
    end: int
    first: int
    """Index of its first word in ``Document.tokens``."""
    last: int
    """Index behind its last word."""
    rank: Rank
    abbr: str
    force: str
    confidence: float
    rule: str


@cache
def _lexicon() -> Lexicon[tuple[Rank, bool]]:
    ranks = load_registry().ranks
    lexicon: Lexicon[tuple[Rank, bool]] = Lexicon()
    for force in ("POLRI", "TNI"):  # where both have a form (Brigjen), the police comes first
        for rank in ranks:
            if rank.service.startswith(force) and rank.kind == "rank":
                for form in (rank.abbr, rank.full_name, *rank.aliases):
                    if form.lower() not in words("ranks")["not_ranks"]:
                        lexicon.add(form, (rank, True))
    by_abbr = {rank.abbr: rank for rank in ranks}
    for form, abbr in load("ranks")["more_forms"].items():
        lexicon.add(form, (by_abbr[abbr], False))
    for rank in ranks:
        if rank.service == "POLRI" and rank.kind == "rank":
            for form in rank.misspellings:
                lexicon.add(form, (rank, False))
    return lexicon


@cache
def _corps() -> Lexicon[str]:
    entries = [r for r in load_registry().ranks if r.kind == "corps_suffix"]
    return Lexicon((form, corps.abbr) for corps in entries for form in (corps.abbr, *corps.aliases))


def rank_starts() -> frozenset[str]:
    """The first words of all ranks."""
    return _lexicon().starts()


def find_ranks(doc: Document) -> list[RankMention]:
    """Every rank of the text, in order."""
    found: list[RankMention] = []
    for index in doc.indices_of(_lexicon().starts()):
        if found and index < found[-1].last:
            continue
        mention = _rank_at(doc.tokens, index)
        if mention is not None:
            found.append(mention)
    return found


def _rank_at(tokens: Tokens, index: int) -> RankMention | None:
    match = _lexicon().longest(tokens, index)
    if match is None:
        return None
    last, (rank, known) = match
    if tokens.words[index][0].islower() and not _lower_rank(tokens, index, last):
        return None
    if "".join(tokens.lower[index:last]) in words("ranks")["ordinary"] and not _before_name(tokens, last):
        return None
    if _names_a_place(tokens, index):
        return None
    force, abbr = ("polri" if rank.service == "POLRI" else "tni"), rank.abbr
    last = _said_again(tokens, _closing_pol(tokens, last), rank)
    if _tni_follows(tokens, last):
        last, rank, abbr, force = last + 1, *_as_tni(rank), "tni"
    elif index and tokens.lower[index - 1] == "tni" and _as_tni(rank)[0] is not rank:
        (rank, abbr), force = _as_tni(rank), "tni"  # `Panglima TNI Jenderal X`
    elif force == "tni":
        corps = _corps_at(tokens, last)
        if corps is not None:
            last, abbr = corps[0], f"{rank.abbr} {corps[1]}"
    end = tokens.ends[last - 1]
    if last < len(tokens) and tokens.words[last] == "." and tokens.starts[last] == end and last - index <= 2:
        following = last + 1
        if following < len(tokens) and tokens.words[following][0].isupper():
            end, last = tokens.ends[last], following
    confidence, rule = (0.98, "rank") if known else (0.85, "rank-misspelt")
    return RankMention(tokens.starts[index], end, index, last, rank, abbr, force, confidence, rule)


def _lower_rank(tokens: Tokens, index: int, last: int) -> bool:
    """Lower-case ranks count when they are short forms (``iptu``, ``akp``), no words, or written out.

    ``jenderal Polisi Drs. Bagas``, ``komisaris polisi Bagas``: several words before a capital.
    """
    if last - index > 1:
        return _before_name(tokens, last)
    return tokens.lower[index] in words("ranks")["short"]


def _names_a_place(tokens: Tokens, index: int) -> bool:
    before = index - 1
    if before > 0 and tokens.words[before] == ".":
        before -= 1
    if before < 0 or tokens.lower[before] not in words("ranks")["places"]:
        return False
    return not (before and tokens.lower[before - 1].startswith(_SECTORS))  # `Kapolsek Tugu Kompol X`


def _before_name(tokens: Tokens, last: int) -> bool:
    return last < len(tokens) and tokens.words[last][0].isupper()


def _closing_pol(tokens: Tokens, last: int) -> int:
    """``Kombes (Pol)``, ``Brigjen (Pol.)``: the bracket belongs to the rank."""
    window = [word for word in tokens.lower[last : last + 4] if word != "."]
    if window[:1] == ["("] and window[2:3] == [")"] and window[1] in words("ranks")["closing"]:
        return last + tokens.lower[last : last + 4].index(")") + 1
    return last


def _said_again(tokens: Tokens, last: int, rank: Rank) -> int:
    """``Ajun Komisaris Polisi (AKP)``, ``… atau AKP``: a rank told twice is one."""
    if last >= len(tokens) or tokens.lower[last] not in words("ranks")["again"]:
        return last
    match = _lexicon().longest(tokens, last + 1)
    if match is None or match[1][0].abbr != rank.abbr:
        return last
    end = _closing_pol(tokens, match[0])
    if tokens.words[last] != "(":
        return end
    return end + 1 if end < len(tokens) and tokens.words[end] == ")" else last


def _tni_follows(tokens: Tokens, last: int) -> bool:
    return last < len(tokens) and tokens.lower[last] == "tni"


def _as_tni(rank: Rank) -> tuple[Rank, str]:
    stem = rank.abbr.removesuffix(" Pol").removesuffix(" TNI")
    for other in load_registry().ranks:
        if other.service.startswith("TNI") and other.abbr in (f"{stem} TNI", stem):
            return other, other.abbr
    return rank, rank.abbr


def _corps_at(tokens: Tokens, last: int) -> tuple[int, str] | None:
    if last >= len(tokens):
        return None
    bracket = tokens.words[last] == "(" and last + 2 < len(tokens) and tokens.words[last + 2] == ")"
    match = _corps().longest(tokens, last + 1 if bracket else last)
    if match is None:
        return None
    return (match[0] + 1, match[1]) if bracket else match
