"""Units named in a row under one head: ``Polres Sleman, Bantul dan Kulon Progo``."""

from __future__ import annotations

from dataclasses import replace

from pipeline.extract.rules.unit_spans import Span
from pipeline.extract.tokens import Tokens
from pipeline.extract.words import by_role
from pipeline.registry.names import Hits, Name


def continue_lists(tokens: Tokens, hits: Hits, spans: list[Span]) -> list[Span]:
    """Add a span for each further name of a row; a row counts only when ``dan`` or the like closes it."""
    result: list[Span] = []
    starts = {span.start for span in spans}
    for span in spans:
        result.append(span)
        if span.name is not None and span.kind != "brimob" and span.head.role in ("name", "title"):
            result.extend(_row(tokens, hits, span, starts))
    return result


def _row(tokens: Tokens, hits: Hits, span: Span, starts: set[int]) -> list[Span]:
    row: list[Span] = []
    last = by_role("unit_words")["joins"]
    links = last | {","}
    index = span.end
    closed = False
    while index + 1 < len(tokens) and tokens.lower[index] in links:
        link = index
        if tokens.lower[index] == "," and tokens.lower[index + 1] in last:
            index += 1
        closing = tokens.lower[index] in last
        index += 1
        if index >= len(tokens) or index in starts or not tokens.words[index][0].isupper():
            break
        hit = next((hit for hit in hits.at(index) if _fits(hit.name, span)), None)
        if hit is None or tokens.lower[index] in by_role("place_words")["region"]:
            break
        row.append(
            replace(
                span,
                start=hit.start,
                end=hit.end,
                name=hit.name,
                name_start=hit.start,
                name_end=hit.end,
            )
        )
        closed = closed or (closing and link >= span.end)
        index = hit.end
        if closing:
            break
    return row if closed else []


def _fits(name: Name, span: Span) -> bool:
    """Whether a further name of the row is a unit of the same level; Polsek only within one kabupaten."""
    if span.kind in ("polsek", "polsubsektor"):
        own = {code[:5] for code in span.name.districts} if span.name is not None else set()
        return any(code[:5] in own for code in name.districts)
    polda = "polda" in name.units
    return polda if span.kind == "polda" else bool(name.units) and (not polda or len(name.units) > 1)
