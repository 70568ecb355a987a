"""Which kind of event an article reports: evidence from title, lead and body, by weighted cue phrases.

The phrases are data (``event_cues.csv``): each speaks for one type with a weight, or against it with a
negative one; ``where`` is ``lead`` for a phrase that counts only in title and lead, ``act`` for
one that names an act so plainly that it counts as in the lead wherever it stands. A phrase counts most
in the title and in the lead, since the main type is what the unit did and that is told first; an occasion
named in passing stands further down and weighs little. Rows of type ``@context`` are no types: they say
whether the article is about a crime, an election or a parade of forces at all, and ``event_gates.csv`` says
which types count for less without that or with it.
"""

from __future__ import annotations

import csv
import math
import re
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

import ahocorasick

from pipeline.extract.document import Document
from pipeline.extract.rules.speech import aside_line_pattern
from pipeline.registry.load import load_registry
from pipeline.text.lexicon import fold

_TITLE, _LEAD, _BODY, _TAIL = 2.6, 1.4, 0.5, 0.35
_LEAD_LENGTH = 300
_BODY_LENGTH = 1200
_IN_OCCASION = 0.4
_REPEAT = 0.12
_MAX_REPEATS = 4
_TEMPERATURE = 4.5
"""Chosen so that the mean confidence is near the share of right types on releases not looked at before."""
_HEADING = "@heading"
_CLAUSE = re.compile(r"(?:\s[^\s,.;:]+){1,6}")
_Cues = tuple[tuple[str, float, str], ...]
_OTHER = "other"
_OTHER_SCORE = 2.0
_OTHER_CRIME, _CRIME_FOR_CERTAIN, _CRIME_SCORE = "other_crime", 12.0, 3.0
"""Somebody is caught or investigated, whatever for: at least so much speaks for ``other_crime``."""


@dataclass(frozen=True, slots=True)
class TypeScore:
    """One event type with its share of the evidence; ``start``/``end`` is its strongest words in the text."""

    event_type: str
    event_group: str
    score: float
    confidence: float
    start: int
    end: int
    rule: str
    spans: tuple[tuple[int, int], ...] = ()
    """All words in the text that speak for the type, in order."""
    titled: float = 0.0
    """The weight of the strongest phrase for it in the title."""
    led: float = 0.0
    """The same in the lead."""


class _Hit(NamedTuple):
    """A cue phrase with the weight of its place; a tuple, since an article has dozens."""

    start: int
    end: int
    zone: float
    in_title: bool
    cues: _Cues
    phrase: str


@cache
def _automaton() -> Any:
    """All cue phrases in one automaton; the value is the phrase with its (type, weight, where) rows."""
    rows: dict[str, list[tuple[str, float, str]]] = {}
    text = files(__package__).joinpath("event_cues.csv").read_text(encoding="utf-8")
    for row in csv.DictReader(text.splitlines()):
        rows.setdefault(row["phrase"], []).append((row["event_type"], float(row["weight"]), row["where"]))
    automaton = ahocorasick.Automaton()
    for phrase, cues in rows.items():
        automaton.add_word(phrase, (phrase, tuple(cues)))
    automaton.make_automaton()
    return automaton


@cache
def _headings() -> frozenset[str]:
    """The phrases that head an occasion clause."""
    return frozenset(phrase for phrase, cues in _automaton().values() if any(c[0] == _HEADING for c in cues))


@dataclass(frozen=True, slots=True)
class _Gate:
    """How a context changes the types of a group, or one type: ``without`` it, ``fully`` with it."""

    context: str
    target: str
    without: float
    fully: float
    free: float

    def factor(self, context: float) -> float:
        return self.without + (self.fully - self.without) * min(1.0, context / self.free)


@cache
def _gates() -> tuple[_Gate, ...]:
    text = files(__package__).joinpath("event_gates.csv").read_text(encoding="utf-8")
    return tuple(
        _Gate(row["context"], row["target"], float(row["without"]), float(row["with"]), float(row["free"]))
        for row in csv.DictReader(text.splitlines())
    )


@cache
def _groups() -> dict[str, str]:
    return {row.type: row.group for row in load_registry().event_types}


def score_event_types(doc: Document) -> list[TypeScore]:
    """Every type that anything speaks for, best first; ``other`` when hardly anything speaks at all.

    ``confidence`` is a type's share of the evidence (they sum to 1); ``score`` can be compared between
    articles.
    """
    hits = _hits(doc)
    scores, contexts = _weigh(hits)
    for gate in _gates():
        factor = gate.factor(contexts.get(gate.context, 0.0))
        for event_type in scores:
            if gate.target in (event_type, _groups()[event_type]):
                scores[event_type] *= factor
    if contexts.get("crime", 0.0) >= _CRIME_FOR_CERTAIN:
        scores[_OTHER_CRIME] = max(scores.get(_OTHER_CRIME, 0.0), _CRIME_SCORE)
    scores = {event_type: score for event_type, score in scores.items() if score > 0}
    scores.setdefault(_OTHER, _OTHER_SCORE)
    ranked = sorted(scores.items(), key=lambda item: (-item[1], item[0]))
    top = ranked[0][1]
    shares = [math.exp((score - top) / _TEMPERATURE) for _, score in ranked]
    total = sum(shares)
    evidence = _evidence(hits)
    return [
        _type_score(doc, event_type, score, share / total, evidence.get(event_type) or _Evidence())
        for (event_type, score), share in zip(ranked, shares, strict=True)
    ]


def _type_score(
    doc: Document, event_type: str, score: float, confidence: float, evidence: _Evidence
) -> TypeScore:
    if evidence.best is not None:
        start, end, rule = evidence.best.start, evidence.best.end, f"event:{evidence.best.phrase}"
    else:
        start, end = doc.sentences[0] if doc.sentences else (0, len(doc.text))
        rule = "event:title"
    group = _groups()[event_type]
    spans = tuple(evidence.spans)
    return TypeScore(
        event_type, group, score, confidence, start, end, rule, spans, evidence.titled, evidence.led
    )


def _hits(doc: Document) -> list[_Hit]:
    """The cue phrases of title and body, each with the weight of its place."""
    hits = [
        _Hit(a, b, _TITLE * factor, True, cues, phrase)
        for a, b, phrase, cues, factor in _weighed(fold(doc.title))
    ]
    lead_end = _lead_end(doc)
    for start, end, phrase, cues, factor in _weighed(_without_asides(doc)):
        zone = _LEAD if start < lead_end else _BODY if start < _BODY_LENGTH else _TAIL
        hits.append(_Hit(start, end, zone * factor, False, cues, phrase))
    return hits


def _without_asides(doc: Document) -> str:
    """The folded body with lines that point to other articles blanked out, offsets kept."""
    body = doc.low[: doc.body_end]
    return aside_line_pattern().sub(lambda match: " " * len(match.group()), body)


def _weighed(low: str) -> list[tuple[int, int, str, _Cues, float]]:
    """The cue phrases of a folded text; one inside an occasion clause (``Jelang Natal, …``) weighs less."""
    weighed = []
    clause_start = clause_end = -1
    for hit in _search(low):
        inside = clause_start < hit[0] < clause_end
        weighed.append((*hit, _IN_OCCASION if inside else 1.0))
        if hit[2] in _headings() and (clause := _CLAUSE.match(low, hit[1])):
            clause_start, clause_end = hit[0], clause.end()
    return weighed


def _lead_end(doc: Document) -> int:
    """Where the lead ends: behind the sentence that holds its last characters."""
    if not doc.sentences:
        return 0
    start, _ = doc.sentences[0]
    return doc.sentence_at(start + _LEAD_LENGTH)[1]


def _search(low: str) -> list[tuple[int, int, str, _Cues]]:
    """Cue phrases of a folded text as whole words, longest first where they overlap."""
    found = []
    size = len(low)
    for last, (phrase, cues) in _automaton().iter(low):
        end = last + 1
        start = end - len(phrase)
        if (start and low[start - 1].isalnum()) or (end < size and low[end].isalnum()):
            continue
        found.append((start, end, phrase, cues))
    found.sort(key=lambda hit: (hit[0], -hit[1]))
    kept = []
    covered = 0
    for hit in found:
        if hit[1] > covered:
            kept.append(hit)
            covered = hit[1]
        elif context := tuple(cue for cue in hit[3] if cue[0].startswith("@")):
            kept.append((*hit[:3], context))
    return kept


def _weigh(hits: list[_Hit]) -> tuple[dict[str, float], dict[str, float]]:
    """The evidence for each type and ``@group``: a phrase at its best place, a little more if repeated."""
    best: dict[tuple[str, _Cues], float] = {}
    counts: dict[tuple[str, _Cues], int] = {}
    for hit in hits:
        key = (hit.phrase, hit.cues)
        best[key] = max(best.get(key, 0.0), hit.zone)
        counts[key] = counts.get(key, 0) + 1
    scores: dict[str, float] = {}
    contexts: dict[str, float] = {}
    for key, zone in best.items():
        place = zone + _REPEAT * min(counts[key] - 1, _MAX_REPEATS)
        for event_type, weight, where in key[1]:
            if where == "lead" and zone < _LEAD:
                continue
            if where == "act":
                place = max(place, _LEAD)
            if event_type.startswith("@"):
                contexts[event_type[1:]] = contexts.get(event_type[1:], 0.0) + weight * place
            else:
                scores[event_type] = scores.get(event_type, 0.0) + weight * place
    return scores, contexts


@dataclass(slots=True)
class _Evidence:
    """What of the text speaks for one type: strongest phrase, all spans, and whether title and lead do."""

    weight: float = 0.0
    best: _Hit | None = None
    spans: list[tuple[int, int]] = field(default_factory=list)
    titled: float = 0.0
    led: float = 0.0


def _evidence(hits: list[_Hit]) -> dict[str, _Evidence]:
    """For each type the words that speak for it, in order."""
    found: dict[str, _Evidence] = {}
    for hit in hits:
        for event_type, weight, _ in hit.cues:
            if weight <= 0:
                continue
            evidence = found.get(event_type)
            if evidence is None:
                evidence = found[event_type] = _Evidence()
            if hit.in_title:
                evidence.titled = max(evidence.titled, weight * hit.zone / _TITLE)
                continue
            evidence.spans.append((hit.start, hit.end))
            if hit.zone >= _LEAD:
                evidence.led = max(evidence.led, weight)
            if weight * hit.zone > evidence.weight:
                evidence.weight, evidence.best = weight * hit.zone, hit
    return found
