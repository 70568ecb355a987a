"""How far the name of a Polsek goes: it is open-ended, no list holds them all."""

from __future__ import annotations

from functools import lru_cache

from pipeline.extract.rules.unit_guesses import nearly_a_district
from pipeline.extract.rules.vocabulary import name_stops, rank_words
from pipeline.extract.tokens import Tokens
from pipeline.extract.words import by_role
from pipeline.registry import load_registry
from pipeline.registry.names import Hit, Hits, Name

_LONGEST = 3


def sector_words(tokens: Tokens, hits: Hits, behind: int, is_title: bool) -> tuple[int, Name | None] | None:
    """The word behind the name that starts at ``behind``, and the name if it is known; None without a name.

    A kecamatan tells the end; else the capitalised words are the name, but behind ``Kapolsek`` only where
    a rank follows, since a person may be named there.
    """
    first = behind
    lower = tokens.lower
    while lower[first : first + 1] == ["metro"] and first + 1 < len(tokens):
        first += 1
    if first >= len(tokens):
        return None
    best = next((hit for hit in hits.at(first) if _is_sector(tokens, hit)), None)
    if lower[first : first + 1] == ["kota"] and (best is None or best.end == first + 1):
        town = next((hit for hit in hits.at(first + 1) if _is_sector(tokens, hit)), None)
        if town is not None:  # the Polsek of a town's middle: ``Polsek Kota Bukittinggi``
            return town.end, town.name
    if best is not None and _slips_on(tokens, first, best.end):
        return best.end + 1, None
    if best is not None:
        return _with_side(tokens, hits, best.end), best.name
    site = lower[first] in site_words()
    run = site_end(tokens, hits, first) if site else _run_end(tokens, first)
    if run == first or lower[first] in by_role("place_words")["generic"] or _is_province(hits, first, run):
        return None
    if site and run == first + 1 and lower[first] not in by_role("place_words")["site-short"]:
        return None
    if is_title and not site and not _rank_follows(tokens, run):
        return None
    return run, None


def _run_end(tokens: Tokens, first: int, longest: int = _LONGEST) -> int:
    run = first
    while run < len(tokens) and run - first < longest and is_name_word(tokens, run):
        run += 1
    return run


@lru_cache(maxsize=1)
def site_words() -> frozenset[str]:
    """First words of the names of Polsek that guard a port or an airport."""
    roles = by_role("place_words")
    return frozenset(roles["site"] | roles["site-short"])


def site_end(tokens: Tokens, hits: Hits, first: int) -> int:
    """Index behind ``Kawasan Pelabuhan Samudera (KPS) Bitung``: the site, its short form, its place."""
    run = _run_end(tokens, first, _LONGEST + 1)
    if tokens.lower[run : run + 1] == ["dan"] and is_name_word(tokens, run - 1):
        further = _run_end(tokens, run + 1)
        run = further if tokens.words[further : further + 1] == ["("] else run
    if tokens.words[run : run + 1] == ["-"] and tokens.starts[run] == tokens.ends[run - 1]:
        run = _run_end(tokens, run + 1)  # `Bandara Soekarno-Hatta`
    if tokens.words[run : run + 1] != ["("] or tokens.words[run + 2 : run + 3] != [")"]:
        return run
    behind = run + 3
    known = next((hit.end for hit in hits.at(behind) if _is_sector(tokens, hit)), None)
    return known or _run_end(tokens, behind)


def _is_sector(tokens: Tokens, hit: Hit) -> bool:
    name = hit.name
    known = name.districts or name.seats or any(len(code) > 2 for code in name.regions)
    words, last = tokens.words, hit.end - 1
    doubled = words[last - 1 : last] == ["-"] and tokens.lower[last] == tokens.lower[last - 2]
    whole = not words[last][0].islower() or not words[hit.start][0].isupper() or doubled
    return bool(known) and whole  # `Kapolsek Budong-budong`, but no word of the sentence


def _slips_on(tokens: Tokens, start: int, end: int) -> bool:
    """Whether a known name only begins a longer one with a slip: ``Liang`` in ``Liang Angang``."""
    if end >= len(tokens) or not is_name_word(tokens, end):
        return False
    return nearly_a_district("".join(tokens.lower[start : end + 1]))


def _is_province(hits: Hits, start: int, end: int) -> bool:
    """Whether all there is is a province: a Polsek somewhere in it."""
    return any(hit.end == end and hit.name.regions for hit in hits.at(start))


def _with_side(tokens: Tokens, hits: Hits, end: int) -> int:
    """Take ``Kota`` or a quarter of the compass with the name, unless it opens another place."""
    if end >= len(tokens) or not tokens.words[end][0].isupper():
        return end
    if tokens.lower[end] not in by_role("place_words")["part"]:
        return end
    opens = tokens.lower[end] == "kota" and any(hit.name.regions for hit in hits.at(end + 1))
    return end if opens else end + 1


def _rank_follows(tokens: Tokens, end: int) -> bool:
    while end < len(tokens) and tokens.words[end] in ",.":
        end += 1
    return end < len(tokens) and tokens.lower[end] in rank_words()


@lru_cache(maxsize=1)
def _head_words() -> frozenset[str]:
    return frozenset(head.form.split()[0] for head in load_registry().heads)


def is_name_word(tokens: Tokens, index: int) -> bool:
    """Whether a word can go on with the name of a place: capitalised, no rank, no head of another thing."""
    if not tokens.words[index][0].isupper():
        return False
    return tokens.lower[index] not in name_stops() and tokens.lower[index] not in _head_words()
