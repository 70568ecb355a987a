"""Where names of places stand, in words."""

from __future__ import annotations

from dataclasses import replace

from pipeline.extract.document import Document
from pipeline.extract.rules.place_bare import bare, unknown
from pipeline.extract.rules.place_classed import classed
from pipeline.extract.rules.place_reader import BOTH, PlaceSpan, Reading, classes
from pipeline.registry.names import Hits

_LEARNT = frozenset({"village", "other"})
_SMALL = ("district", "village")
_SHORTEST = 5


def place_spans(doc: Document, hits: Hits, taken: set[int], home: frozenset[str]) -> list[PlaceSpan]:
    """Find all places outside the words of units and posts, in order.

    ``home`` are codes of the kabupaten and kota that the named units serve.
    """
    reading = Reading(doc, hits, taken, home)
    classed_at, capitals = set(doc.indices_of(classes()[1])), set(doc.tokens.capitals)
    spans: list[PlaceSpan] = []
    done = 0
    for index in sorted((classed_at | capitals) - taken):
        if index < done:
            continue
        span = _with_class(reading, index) if index in classed_at else None
        if span is None and index in capitals:
            span = bare(reading, index) or unknown(reading, index)
        if span is not None:
            spans.append(span)
            reading.ends[span.end] = span
            done = span.end
    return _again(doc, reading, spans)


def _with_class(reading: Reading, index: int) -> PlaceSpan | None:
    """A place behind its class word; a town that begins with such a word (``Sungai Penuh``) goes first."""
    found = classes()[0].longest(reading.tokens, index)
    if found is None:
        return None
    behind, level = found
    if level == "village" and _is_district(reading, index):
        return bare(reading, index)
    span = _of_two_levels(reading, index, behind, level) or classed(reading, index, behind, level)
    town = level == "nature" or (level == "regency" and (span is None or span.hit is None))
    return (bare(reading, index) or span) if town else span


def _is_district(reading: Reading, index: int) -> bool:
    """A kecamatan of the article's own kabupaten that is called by a class word: ``Kampung Rakyat``."""
    own = (code for hit in reading.hits.at(index) for code in hit.name.districts)
    return any(code[:5] in reading.home for code in own)


def _of_two_levels(reading: Reading, index: int, behind: int, level: str) -> PlaceSpan | None:
    """``Kelurahan/Kecamatan X``: a village and its kecamatan of one name; ``Kecamatan/Kabupaten X``."""
    tokens = reading.tokens
    slash = behind + 1 if tokens.words[behind : behind + 1] == ["."] else behind
    if level not in _SMALL or tokens.words[slash : slash + 1] != ["/"]:
        return None
    second = classes()[0].longest(tokens, slash + 1)
    if second is None or second[1] == level or second[1] not in (*_SMALL, "regency"):
        return None
    span = classed(reading, index, second[0], "district")
    if second[1] == "regency":
        return span if level == "district" else None
    return None if span is None else replace(span, rule=BOTH)


def _again(doc: Document, reading: Reading, spans: list[PlaceSpan]) -> list[PlaceSpan]:
    """Add bare repeats of names that stood behind a class word: ``Desa Girian Indah``, ``Girian Indah``."""
    tokens = reading.tokens
    learnt: dict[str, list[tuple[list[str], PlaceSpan]]] = {}
    for span in spans:
        words = tokens.lower[span.name_start : span.end]
        if span.level in _LEARNT and span.name_start > span.start and sum(map(len, words)) >= _SHORTEST:
            learnt.setdefault(words[0], []).append((words, span))
    if not learnt:
        return spans
    held = set(reading.taken)
    found: list[PlaceSpan] = []
    for span in spans:
        held.update(range(span.start, span.end))
        same = learnt.get(tokens.lower[span.start], ()) if span.rule == "place:behind-di" else ()
        known = next((other for words, other in same if tokens.lower[span.start : span.end] == words), None)
        found.append(span if known is None else replace(span, level=known.level, rule="place:again"))
    for index in doc.indices_of(learnt.keys()):
        if index in held or not tokens.words[index][0].isupper():
            continue
        for words, span in learnt[tokens.lower[index]]:
            end = index + len(words)
            if tokens.lower[index:end] == words and held.isdisjoint(range(index, end)):
                if not reading.in_organisation(index) and tokens.words[end - 1][0].isupper():
                    found.append(replace(span, start=index, end=end, name_start=index, rule="place:again"))
                    held.update(range(index, end))
                break
    found.sort(key=lambda span: span.start)
    return found
