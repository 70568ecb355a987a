"""Who speaks: each quotation with the person or the post that said it.

Looked at in this order: the attribution behind the marks (``," ujar X``), the one before them
(``X mengatakan, "…"``, ``Menurut X, "…"``), and otherwise whoever was speaking last.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from rapidfuzz.distance import OSA

from pipeline.extract.document import Document
from pipeline.extract.people import PersonMention
from pipeline.extract.rules.quotes import QuoteSpan
from pipeline.extract.rules.speech import (
    apposed_pattern,
    aside_pattern,
    capitals_pattern,
    epithet_pattern,
    opening_name_pattern,
    opening_pattern,
    phrase_before,
    speaking_pattern,
    tail_pattern,
    unnamed_pattern,
    verb_first_pattern,
    word_before,
)
from pipeline.extract.words import words
from pipeline.records import QuoteRecord

_WORDS_BETWEEN = re.compile(r"\b[a-z]{4}")
_NOT_BESIDE = re.compile(r"\b[a-z]{4}|\w\W*[.,]\s")
_MORE_NAME = re.compile(r"(?:\s[A-Z][a-z’']+){1,3}")
_APPOSED = re.compile(r",\s(?:[A-Z]\w{1,12}\.?\s){0,3}")
"""Between one name and the next beside it: a comma, a rank."""
_INSIDE_WORD = re.compile(r"\w")
_ANY_MARK = re.compile(r"[\"“”’']")
_ACTIVE_PREFIXES = ("me", "ber")
_ACCORDING_TO = "menurut"
_REACH = 130
_INVERTED_REACH = 100
_RANK_REACH = 30
_SHORTEST_MISSPELT = 4
_SHORTEST_CALL = 3
_MEMORY = 60
"""So many sentences back at most somebody is looked for."""


@dataclass(frozen=True, slots=True)
class Speaker:
    """A speaker found for one quotation."""

    name: str | None
    position: str | None
    officer_id: str | None
    rule: str
    confidence: float


_UNNAMED = Speaker(None, None, None, "unnamed", 0.8)
"""Somebody who is told but not named (``kata seorang warga``)."""


def attribute(
    doc: Document, quotes: Sequence[QuoteSpan], people: Sequence[PersonMention]
) -> list[QuoteRecord]:
    """Give each quotation its speaker.

    ``people`` holds every mention of a person or a post, in any order. ``speaker`` is the fullest name or,
    for an unnamed holder, the post; ``None`` where nothing tells. ``quote`` is the text between the outer
    marks, so that of a split quotation holds the attribution in its middle.
    """
    finder = _Finder(doc, quotes, people)
    records = []
    for index, quote in enumerate(quotes):
        speaker = finder.speaker(index)
        records.append(
            QuoteRecord(
                quote=doc.text[quote.start : quote.end],
                speaker=speaker.name or speaker.position if speaker else None,
                speaker_position=speaker.position if speaker else None,
                officer_id=speaker.officer_id if speaker else None,
                start=quote.start,
                end=quote.end,
                confidence=speaker.confidence if speaker else 0.5,
                rule=f"quote:{speaker.rule}" if speaker else "quote:no-speaker",
            )
        )
    return records


class _Finder:
    """Walks the quotations in order and remembers who spoke last."""

    def __init__(self, doc: Document, quotes: Sequence[QuoteSpan], people: Sequence[PersonMention]) -> None:
        self.doc = doc
        self.text = doc.text
        self.quotes = quotes
        closed = [(quote.start, quote.end) for quote in quotes if quote.parts == 1]
        closed += [_line(doc.text, match.start()) for match in aside_pattern().finditer(doc.text)]
        free = _outside(people, sorted(closed))
        self.people = sorted(free, key=lambda p: (p.start, p.officer_id is None, -p.end))
        self.starts = [p.start for p in self.people]
        self.ends = [end for _, end in doc.sentences]
        self.by_entity: dict[int, list[PersonMention]] = {}
        for mention in self.people:
            self.by_entity.setdefault(mention.entity, []).append(mention)
        self.fuller: dict[str, str] = {}
        self.told: dict[int, tuple[str | None, str | None, str | None]] = {}
        self.last: Speaker | None = None
        self.last_end = 0

    def speaker(self, index: int) -> Speaker | None:
        """The speaker of one quotation; to be asked for in order."""
        quote = self.quotes[index]
        found = self._behind(quote) or self._before(quote) or self._running(quote)
        if found is not None and found is not _UNNAMED:
            self.last = found
        self.last_end = max(self.last_end, quote.outer_end)
        return found

    def _between(self, start: int, end: int) -> list[PersonMention]:
        """The mentions that begin in ``[start, end)``."""
        return self.people[bisect_left(self.starts, start) : bisect_left(self.starts, end)]

    def _behind(self, quote: QuoteSpan) -> Speaker | None:
        """``," ujar X`` and its kin; None where a pronoun or nothing stands there."""
        start = self._tail_start(quote)
        tail = tail_pattern().match(self.text, start)
        stop = self._clause_end(tail.end() if tail else start)
        if tail is None or tail["nya"] or tail["nya2"] or tail["pro"]:
            return self._beside(tail.end() if tail else start, stop)
        near = self._between(tail.end(), stop)
        chosen = self._first(near, tail.end())
        if chosen is not None:
            return self._related(tail.end(), stop, chosen, near) or self._known(chosen, "behind", 0.95)
        if not near and epithet_pattern().match(self.text, tail.end(), stop):
            return None
        capitals = None if near else capitals_pattern().match(self.text, tail.end(), stop)
        name = (capitals["apposed"] or capitals["run"] or capitals["alone"]).rstrip(".,-") if capitals else ""
        if name and (capitals is None or not capitals["alone"] or self._names(name)):
            return self._by_name(name)
        return _UNNAMED if unnamed_pattern().match(self.text, tail.end(), stop) else None

    def _related(
        self, start: int, stop: int, named: PersonMention, near: Sequence[PersonMention]
    ) -> Speaker | None:
        """``kata pengacara Bripka X, Y``: Y speaks, who is something to the one named first."""
        if not phrase_before("relation").search(self.text, start, named.start):
            return None
        self.last_end = stop  # whoever is named here in passing is not who goes on speaking
        for mention in near:
            if mention.start > named.end and _APPOSED.fullmatch(self.text, named.end, mention.start):
                return self._known(mention, "behind", 0.85)
        told = capitals_pattern().match(self.text, start, stop)
        name = (told["alone"] or told["apposed"]) if told else None
        return self._by_name(name.rstrip(".,-")) if name else None

    def _by_name(self, name: str) -> Speaker:
        """A name that no mention covers: a known person's, the fullest form in the text, or as it stands."""
        same = {m.entity: m for m in self.people if name == self.text[m.start : m.end]}
        same = same or {m.entity: m for m in self.people if m.officer_id and _misspells(name, m.name)}
        if len(same) == 1:
            return self._known(next(iter(same.values())), "capitals", 0.8) or _UNNAMED
        return Speaker(self._fullest(name), None, None, "capitals", 0.6)

    def _fullest(self, name: str) -> str:
        """A single name with those that follow it somewhere else in the text."""
        if " " in name:
            return name
        if name not in self.fuller:
            self.fuller[name] = self._look_for_fuller(name)
        return self.fuller[name]

    def _look_for_fuller(self, name: str) -> str:
        at = self.text.find(name)
        while at >= 0:
            more = _MORE_NAME.match(self.text, at + len(name))
            if more and not _INSIDE_WORD.match(self.text, max(0, at - 1), at):
                return self.text[at : more.end()]
            at = self.text.find(name, at + 1)
        return name

    def _beside(self, start: int, stop: int) -> Speaker | None:
        """A name right behind the marks or the pronoun, no word between: ``," AKP X``, ``ujarnya X``."""
        near = self._between(start, min(stop, start + _RANK_REACH))[:1]
        if not near or _NOT_BESIDE.search(self.text, start, near[0].start):
            return None
        return self._known(near[0], "beside", 0.8)

    def _tail_start(self, quote: QuoteSpan) -> int:
        """Where the attribution begins: behind the last mark, or behind the first piece of a joined one."""
        if quote.parts > 1 and not tail_pattern().match(self.text, quote.outer_end):
            for mark in _ANY_MARK.finditer(self.text, quote.start, quote.end):
                if tail_pattern().match(self.text, mark.end()):
                    return mark.end()
        return quote.outer_end

    def _clause_end(self, start: int) -> int:
        """The end of the attribution that begins at ``start``: the line's or sentence's, within reach."""
        limit = min(len(self.text), start + _REACH)
        line = self.text.find("\n", start, limit)
        limit = limit if line < 0 else line
        sentence = self.doc.sentence_at(max(0, start - 1))[1]
        return min(limit, sentence) if sentence > start else limit

    def _first(self, near: Sequence[PersonMention], start: int) -> PersonMention | None:
        """Who speaks among the mentions behind a word of speaking: the first, or who speaks for him."""
        first: PersonMention | None = None
        for mention in near:
            before = self.text[max(start - 1, mention.start - 40) : mention.start]
            if word_before("former").search(before):
                continue
            if first is None:
                if phrase_before("companion").search(before):
                    return None
                first = mention
            elif mention.entity != first.entity:
                gap = self.text[first.end : mention.start]
                if phrase_before("through").search(before):
                    return mention
                joined = first.name is None and not _WORDS_BETWEEN.search(gap)
                return mention if joined else first
        return first

    def _before(self, quote: QuoteSpan) -> Speaker | None:
        """``X mengatakan, "…"`` in the sentence that leads into the marks."""
        begin, end = self.doc.sentence_at(max(0, quote.outer_start - 1))
        if quote.tailed or end < quote.outer_start - 2:
            return None
        return self._subject(max(begin, self.last_end), quote.outer_start, "before", 0.9)

    def _running(self, quote: QuoteSpan) -> Speaker | None:
        """Who was speaking in the running text before, else the last speaker, else the last one named."""
        sentences = self._sentences(self.last_end, quote.outer_start)
        for index, (start, end) in enumerate(reversed(sentences)):
            found = self._subject(start, end, "running", 0.85)
            if found is None:
                found = (
                    (self._opening(start, end) if index == 0 else None)
                    or self._apposed(start, end)
                    or self._torn(start, end)
                )
            if found is not None:
                return found
        if self.last is not None:
            return replace(self.last, rule="last", confidence=0.8)
        for start, end in reversed(sentences):
            near = self._main(self._between(start, end))
            if near:
                return self._known(self._first(near, start), "nearest", 0.6)
        return None

    def _sentences(self, start: int, end: int) -> list[tuple[int, int]]:
        """The last sentences, or parts of them, between two offsets."""
        first = bisect_right(self.ends, start)
        last = bisect_left(self.ends, end) + 1
        inside = self.doc.sentences[max(first, last - _MEMORY) : last]
        return [(max(a, start), min(b, end)) for a, b in inside if a < end]

    def _subject(self, start: int, end: int, rule: str, confidence: float) -> Speaker | None:
        """Who speaks in a stretch of running text that has a word of speaking and names somebody."""
        near = self._between(start, end)
        if not near:
            return None
        for verb in speaking_pattern().finditer(self.text, start, end):
            if verb["pro"]:
                continue
            behind = [m for m in near if verb.end() <= m.start <= verb.end() + _INVERTED_REACH]
            ahead = [m for m in near if m.end <= verb.start()]
            chosen = self._inverted(verb, behind) or self._last_ahead(ahead)
            if chosen is not None:
                return self._known(chosen, rule, confidence)
        return None

    def _opening(self, start: int, end: int) -> Speaker | None:
        """Whom a new sentence sets against the last speaker (``Adapun X mengusulkan …``)."""
        near = self._between(start, end)
        if not near or not opening_pattern().fullmatch(self.text, start, near[0].start):
            return None
        return self._known(self._first(near, start), "opening", 0.75)

    def _apposed(self, start: int, end: int) -> Speaker | None:
        """A name in apposition before a word of speaking, where no mention is known."""
        match = opening_name_pattern().match(self.text, start, end)
        if (
            match is None
            or self._between(match.start(), match.end())
            or not self._names(match["name"], whole=True)
        ):
            match = apposed_pattern().search(self.text, start, end)
        if match is None or self._between(match.start(), match.end()) or not self._names(match["name"]):
            return None
        return Speaker(match["name"], None, None, "apposed", 0.6)

    def _names(self, surface: str, *, whole: bool = False) -> bool:
        """Whether capitals may be a person: no head of a body, no two words told in small letters too."""
        parts = [part.lower() for part in surface.split()]
        lists = words("names")
        common = sum(len(part) > 2 and part in self.doc.lower_words for part in parts)
        heads = (lists["stops"] - lists["stops.month"]).intersection(parts if whole else parts[:-1])
        return not heads and common <= 1

    def _torn(self, start: int, end: int) -> Speaker | None:
        """The subject that a full stop tears from its word of speaking (``… Kapolsek X. Menyampaikan …``)."""
        if not verb_first_pattern().match(self.text, start, end):
            return None
        before, _ = self.doc.sentence_at(max(0, start - 2))
        return self._known(self._last_ahead(self._between(max(before, self.last_end), start)), "torn", 0.75)

    def _inverted(self, verb: re.Match[str], behind: Sequence[PersonMention]) -> PersonMention | None:
        """``Menurut X``, ``kata X``, ``ditegaskan X``: the speaker right behind the word."""
        word = verb.group().lower()
        if not behind or (word.startswith(_ACTIVE_PREFIXES) and word != _ACCORDING_TO):
            return None
        gap = self.text[verb.end() : behind[0].start]
        if len(gap.split()) > 4 or phrase_before("companion").search(" " + gap):
            return None
        return self._first(behind, verb.end())

    def _main(self, near: Sequence[PersonMention]) -> list[PersonMention]:
        """The mentions without those of companions and former posts."""
        out = {m.entity for m in near if phrase_before("companion").search(self._lead(m))}
        return [m for m in near if m.entity not in out and not word_before("former").search(self._lead(m))]

    def _lead(self, mention: PersonMention) -> str:
        """The few characters of the line before a mention."""
        return self.text[max(0, mention.start - 40) : mention.start].rpartition("\n")[2]

    def _last_ahead(self, ahead: Sequence[PersonMention]) -> PersonMention | None:
        """The subject before a word of speaking; ``X melalui Y`` is Y, ``Melalui Y, X`` is Y too."""
        usable = self._main(ahead)
        for mention in reversed(usable):
            before = self.text[max(0, mention.start - 40) : mention.start]
            if phrase_before("through").search(before):
                return mention
        return usable[-1] if usable else None

    def _known(self, mention: PersonMention | None, rule: str, confidence: float) -> Speaker | None:
        """The speaker with all that the article's other mentions tell."""
        if mention is None:
            return None
        if mention.entity not in self.told:
            known = self.by_entity.get(mention.entity, ())
            self.told[mention.entity] = (
                next((m.name for m in known if m.name), None),
                next((m.position for m in known if m.position), None),
                next((m.officer_id for m in known if m.officer_id), None),
            )
        name, position, officer_id = self.told[mention.entity]
        name, position = mention.name or name, mention.position or position
        officer_id = mention.officer_id or officer_id
        if name is not None and officer_id is None and position is None:
            name = self._fullest(name)
        return Speaker(name, position, officer_id, rule, confidence)


def _misspells(written: str, name: str | None) -> bool:
    """Whether a single word is a part of a name with one letter wrong (``Rudy``), or begins it (``Wit``)."""
    if name is None or " " in written:
        return False
    if len(written) >= _SHORTEST_CALL and any(part.startswith(written) for part in name.split()):
        return True
    if len(written) < _SHORTEST_MISSPELT:
        return False
    close = (part for part in name.split() if part[0] == written[0] and len(part) >= _SHORTEST_MISSPELT)
    return any(OSA.distance(written, part, score_cutoff=1) == 1 for part in close)


def _outside(people: Sequence[PersonMention], spans: list[tuple[int, int]]) -> list[PersonMention]:
    """The mentions that begin in none of the spans (sorted by start)."""
    starts = [start for start, _ in spans]
    free = []
    for mention in people:
        index = bisect_right(starts, mention.start) - 1
        if index < 0 or mention.start >= spans[index][1]:
            free.append(mention)
    return free


def _line(text: str, offset: int) -> tuple[int, int]:
    """Start and end of the line that holds a character."""
    end = text.find("\n", offset)
    return text.rfind("\n", 0, offset) + 1, len(text) if end < 0 else end
