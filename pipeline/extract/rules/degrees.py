"""Degrees and honorifics joined to a name: ``S.I.K., M.H.``, ``SH``, ``Dr.``, ``Drs.``.

A run of degrees is one span. Behind a name the letters decide (``S.IK,MH`` is ``S.I.K.`` and ``M.H.``);
full stops, commas and blanks between them are as the writer pleased.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from pipeline.extract.tokens import tokenize
from pipeline.registry import load_registry

_IN_NAMES = frozenset({"name", "nobility"})
"""``I Gusti``, ``Raden`` and the like belong to the name."""
_LETTERS = re.compile(r"[^A-Za-z]")
_SENTENCE_END = re.compile(r"\s*(?:\n|\Z)|\s+[\"“A-Z]")
_OWN_STOP = re.compile(r"[.,][A-Z]\.$")
_SHORTEST_TITLE = 3
_MOST = 12
"""Degrees of one person; a text of degrees alone must not be read from each of them to its end."""
_FIRST_NAME = re.compile(r" [A-Z][a-z]{2}")
_LEAD = re.compile(r"[\s,.]{0,4}")
_BETWEEN = re.compile(r"[\s,.;]{0,4}")


@dataclass(frozen=True, slots=True)
class DegreeRun:
    """A run of degrees in the text; ``degrees`` are canonical, joined by a comma."""

    start: int
    end: int
    degrees: str


@cache
def _patterns() -> tuple[re.Pattern[str], dict[str, str], re.Pattern[str], dict[str, str]]:
    back: dict[str, str] = {}
    front: dict[str, str] = {}
    for degree in load_registry().degrees:
        if degree.kind in _IN_NAMES:
            continue
        table = front if degree.side == "front" else back
        for form in (degree.canonical, *degree.variants):
            letters = _LETTERS.sub("", form)
            if letters:
                table.setdefault(letters.lower(), degree.canonical)
    return _compile(back), back, _compile(front), front


def _compile(table: dict[str, str]) -> re.Pattern[str]:
    """One alternation, longest first: letters with at most a stop or comma and a blank between them."""
    forms = sorted(table, key=lambda letters: (-len(letters), letters))
    spelled = ("".join(f"{c}{_GAP if i < len(f) - 1 else ''}" for i, c in enumerate(f)) for f in forms)
    return re.compile(rf"({'|'.join(spelled)})(?![A-Za-z0-9])\.?\)?", re.IGNORECASE)


_GAP = r"[.,(]?[^\S\n]?"


def degrees_after(text: str, position: int) -> DegreeRun | None:
    """The run of degrees that follows a name, if there is one."""
    pattern, table, _, _ = _patterns()
    lead = _LEAD.match(text, position)
    begin = lead.end() if lead else position
    if "\n" in text[position:begin]:
        return None
    found: list[str] = []
    end, at = position, begin
    while len(found) < _MOST and text[at : at + 1].isupper() and (match := pattern.match(text, at)):
        if not _plausible(match.group(1), spaced=at > position):
            break
        found.append(table[_LETTERS.sub("", match.group(1)).lower()])
        end = match.end()
        between = _BETWEEN.match(text, end)
        at = between.end() if between else end
        if "\n" in text[end:at] or at == end:
            break
    return DegreeRun(begin, _without_full_stop(text, begin, end), ", ".join(found)) if found else None


def _without_full_stop(text: str, begin: int, end: int) -> int:
    """A stop that ends the sentence is no part of ``SH``; that of ``S.H.`` is."""
    behind = _SENTENCE_END.match(text, end)
    own = _OWN_STOP.search(text, begin, end)
    return end - 1 if text[end - 1] == "." and behind and not own else end


def _plausible(surface: str, *, spaced: bool) -> bool:
    """Degrees begin with a capital; two letters without a stop must both be capitals or be ``Sik``-like."""
    letters = _LETTERS.sub("", surface)
    if not spaced or not letters[0].isupper():
        return False
    return len(letters) > 2 or "." in surface or "," in surface or letters.isupper()


def titles_before(text: str, position: int) -> DegreeRun | None:
    """The run of titles (``Prof. Dr.``, ``Drs.``, ``H.``) that stands where a name is expected."""
    _, _, pattern, table = _patterns()
    found: list[str] = []
    end = position
    at = begin = (
        position + len(text[position : position + 2]) - len(text[position : position + 2].lstrip(" "))
    )
    while len(found) < _MOST and (match := pattern.match(text, at)):
        letters = _LETTERS.sub("", match.group(1))
        stop = match.group().endswith(".")
        short = not stop and len(letters) < _SHORTEST_TITLE and not _is_haji(text, match)
        if short or text[match.end() : match.end() + 1].isalpha():
            break  # a letter without its stop may be a name; glued to the next it is an initial (H.M.)
        found.append(table[_LETTERS.sub("", match.group(1)).lower()])
        end = match.end()
        at = end + (text[end : end + 1] == " ")
    return DegreeRun(begin, end, ", ".join(found)) if found else None


@cache
def _religious() -> frozenset[str]:
    return frozenset(degree.canonical for degree in load_registry().degrees if degree.kind == "religious")


def _is_haji(text: str, match: re.Match[str]) -> bool:
    """``H Herman``, ``KH Sunarto``: a religious title without its stop, before a longer name."""
    canonical = _patterns()[3].get(match.group(1).lower())
    letters = match.group(1)
    written = letters.istitle() or (letters.isupper() and len(letters) > 1)
    return canonical in _religious() and written and bool(_FIRST_NAME.match(text, match.end()))


@cache
def first_words(side: str) -> frozenset[str]:
    """What the degrees of a side (``front``, ``back``) begin with, as words of a text, in lower case."""
    named = [d for d in load_registry().degrees if d.side == side and d.kind not in _IN_NAMES]
    return frozenset(tokenize(form).lower[0] for d in named for form in (d.canonical, *d.variants))


def is_degree(text: str, start: int) -> bool:
    """Whether a degree with a full stop, or in capitals, stands at a position inside a would-be name."""
    pattern = _patterns()[0]
    match = pattern.match(text, start)
    return match is not None and _plausible(match.group(1), spaced=True) and _looks_written(match.group(1))


def _looks_written(surface: str) -> bool:
    letters = _LETTERS.sub("", surface)
    capitals = sum(letter.isupper() for letter in letters)  # `SH`, `SSos`, `MSi`
    return "." in surface or capitals > 1 or letters.lower() in {"sik"}
