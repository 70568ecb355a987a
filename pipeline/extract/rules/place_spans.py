"""Where names of places stand: behind a class word, at the head of a dispatch, or bare."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from pipeline.extract.lexicon import Lexicon
from pipeline.extract.rules.unit_spans import Hits
from pipeline.extract.rules.vocabulary import name_stops
from pipeline.extract.rules.words import by_role
from pipeline.extract.tokens import Tokens
from pipeline.registry.names import Hit

_LONGEST = {
    "street": 6,
    "facility": 6,
    "nature": 4,
    "village": 4,
    "other": 4,
    "district": 4,
    "regency": 4,
    "province": 4,
}
_HYPHENS = frozenset("-–")
_ADMIN = frozenset({"province", "regency", "district", "village", "other"})
_LOOK_BACK = 6
_DATELINE_WORDS = 4


@dataclass(frozen=True, slots=True)
class PlaceSpan:
    """A place's words: ``start``, ``end`` (exclusive), and where its bare name begins."""

    start: int
    end: int
    name_start: int
    level: str | None
    """From the class word; None for a bare name."""
    hit: Hit | None
    rule: str
    confidence: float


@lru_cache(maxsize=1)
def _classes() -> tuple[Lexicon[str], frozenset[str]]:
    file = resources.files(__package__).joinpath("place_classes.csv")
    with file.open(encoding="utf-8") as handle:
        lexicon = Lexicon(
            (row["word"], row["level"]) for row in csv.DictReader(handle) if row["level"] != "none"
        )
    return lexicon, lexicon.starts()


class PlaceReader:
    """One reading of a text's words; ``taken`` are words that belong to units and posts."""

    def __init__(self, tokens: Tokens, hits: Hits, taken: set[int]) -> None:
        self.tokens = tokens
        self.hits = hits
        self.taken = taken
        self.spans: list[PlaceSpan] = []
        self._context = by_role("place_context")
        self._stops = name_stops()
        self._behind: dict[int, PlaceSpan] = {}

    def read(self) -> list[PlaceSpan]:
        """Find all places, in order."""
        lexicon, starts = _classes()
        tokens, hits = self.tokens, self.hits
        done = 0
        for index, word in enumerate(tokens.lower):
            if index < done or index in self.taken:
                continue
            span = None
            if word in starts:
                found = lexicon.longest(tokens, index)
                if found is not None:
                    span = self._classed(index, found[0], found[1])
            if span is None and index in hits:
                span = self._bare(index)
            if span is None and tokens.words[index][0].isupper():
                span = self._unknown(index)
            if span is not None:
                self.spans.append(span)
                self._behind[span.end] = span
                done = span.end
        return self.spans

    # -- behind a class word

    def _classed(self, start: int, behind: int, level: str) -> PlaceSpan | None:
        tokens = self.tokens
        if level in _ADMIN and self._in_organisation(start):
            return None
        index = behind
        while index < len(tokens) and tokens.words[index] in ".," and index - behind < 2:
            if tokens.words[index] == "," and level not in _ADMIN:
                return None
            index += 1
        if index >= len(tokens) or index in self.taken:
            return None
        if tokens.words[behind] == "." and index + 1 < len(tokens) and len(tokens.words[behind - 1]) > 4:
            return None
        if level in ("street", "facility", "nature"):
            if (
                level != "street"
                and not tokens.words[start][0].isupper()
                and not tokens.words[index][0].isupper()
            ):
                return None
            return self._run(start, index, level)
        hit = self._hit_of_level(index, level)
        if hit is not None:
            return PlaceSpan(start, hit.end, index, level, hit, f"place:{level}", 0.95)
        return self._run(start, index, level)

    def _hit_of_level(self, index: int, level: str) -> Hit | None:
        for hit in self.hits.get(index, ()):
            name = hit.name
            if level == "district" and name.districts:
                return self._whole(hit)
            if level == "regency" and (any(len(code) == 5 for code in name.regions) or name.seats):
                return self._whole(hit)
            if level == "province" and any(len(code) == 2 for code in name.regions):
                return self._whole(hit)
        return None

    def _whole(self, hit: Hit) -> Hit | None:
        """The hit, unless the capitalised words behind show that the name goes on."""
        words = self.tokens.words
        if hit.end < len(words) and self._goes_on(hit.end) and words[hit.start][0].isupper():
            return hit if self._known_start(hit.end) else None
        return hit

    def _known_start(self, index: int) -> bool:
        return index in self.hits

    def _run(self, start: int, index: int, level: str) -> PlaceSpan | None:
        tokens = self.tokens
        end = index
        limit = index + _LONGEST[level]
        open_ended = level in ("street", "facility", "nature")
        while end < len(tokens) and end < limit:
            word = tokens.words[end]
            if self._goes_on(end, open_ended) or (open_ended and word.isdigit() and len(word) < 4):
                end += 1
            elif (
                word in _HYPHENS
                and end > index
                and end + 1 < len(tokens)
                and self._goes_on(end + 1)
                and (level == "street" or tokens.starts[end + 1] == tokens.ends[end])
            ):
                end += 2
            elif tokens.lower[end] in self._context["number"] and end > index and end + 1 < len(tokens):
                after = end + 1
                if tokens.words[after] == "." and after + 1 < len(tokens):
                    after += 1
                if not tokens.words[after].isdigit():
                    break
                end = after + 1
            elif word == "." and end > index and self._is_initial(end):
                end += 1
            else:
                break
        if end == index:
            return None
        if tokens.lower[index] in self._context["generic"]:
            return None
        rule = f"place:{level}"
        return PlaceSpan(start, end, index, level, None, rule, 0.85 if level in _ADMIN else 0.8)

    def _is_initial(self, index: int) -> bool:
        tokens = self.tokens
        return (
            len(tokens.words[index - 1]) <= 2
            and tokens.words[index - 1][0].isupper()
            and index + 1 < len(tokens)
            and tokens.words[index + 1][0].isupper()
        )

    def _goes_on(self, index: int, class_words: bool = False) -> bool:
        """Whether a word can belong to the name that runs here."""
        tokens = self.tokens
        if index >= len(tokens) or index in self.taken or not tokens.words[index][0].isupper():
            return False
        lower = tokens.lower[index]
        if lower in self._stops:
            return False
        _, starts = _classes()
        return class_words or lower not in starts

    def _in_organisation(self, index: int) -> bool:
        """Whether the capitalised words before make this part of an organisation or a post."""
        tokens = self.tokens
        org = self._context["org"]
        at = index - 1
        while at >= 0 and index - at <= _LOOK_BACK:
            if at + 1 in self._behind or at in self.taken:
                return False
            word = tokens.words[at]
            lower = tokens.lower[at]
            if lower in org:
                return True
            if word[0].isupper() or (lower == "dan" and at + 1 < index):
                at -= 1
                continue
            return False
        return False

    # -- bare

    def _bare(self, index: int) -> PlaceSpan | None:
        tokens = self.tokens
        if not tokens.words[index][0].isupper():
            return None
        before = self._before(index)
        for hit in self.hits[index]:
            name = hit.name
            if not (name.regions or name.seats or name.districts):
                continue
            if not tokens.words[hit.end - 1][0].isupper() or any(
                at in self.taken for at in range(index, hit.end)
            ):
                continue
            rule = self._context_of(index, hit, before)
            if rule is not None:
                sure = 0.9 if name.regions else 0.75
                return PlaceSpan(index, hit.end, index, None, hit, f"place:{rule}", sure)
            return None
        return None

    def _before(self, index: int) -> str:
        at = index - 1
        return self.tokens.lower[at] if at >= 0 else "\n"

    def _context_of(self, index: int, hit: Hit, before: str) -> str | None:
        """Why a bare known name is a place here; None where it is not."""
        tokens, context = self.tokens, self._context
        name = hit.name
        following = hit.end if hit.end < len(tokens) else None
        person = following is not None and self._goes_on(following) and following not in self.hits
        if self._dateline(index, hit.end):
            return "dateline"
        if index in self._behind or (before in context["chain"] and index - 1 in self._behind):
            return "chain"
        if person:
            return None
        if before in context["locative"]:
            return "locative"
        if (
            not name.regions
            or self._in_organisation(index)
            or (index and tokens.words[index - 1][0].isupper())
        ):
            return None
        if (
            all(len(code) == 5 for code in name.regions)
            and len(name.key) <= 3
            and not tokens.words[index].isupper()
        ):
            return None
        return "bare"

    def _dateline(self, start: int, end: int) -> bool:
        """``KARO - ``, ``Serang – Banten, (…) –``, ``KENDARI, SITUS.CO.ID -`` at the head of a line."""
        tokens = self.tokens
        words = tokens.words
        at = start - 1
        if at >= 0 and words[at] != "\n":
            back = at
            while back >= 0 and start - back < 12 and words[back] != "\n":
                back -= 1
            if back >= 0 and words[back] != "\n":
                return False
            if words[at] not in (",", "–", "-", "—", "(", "|", ":", "/"):
                return False
        if end >= len(words):
            return False
        follows = words[end]
        if follows in ("–", "-", "—", "(", "|"):
            return tokens.starts[end] > tokens.ends[end - 1] or follows != "-"
        if all(word.isupper() for word in words[start:end] if word.isalpha()) and len(words[start]) > 2:
            return follows in (",", ":", ".", "/") or at < 0 or words[at] == "\n"
        if follows in (",", "/"):
            return any(word in ("–", "-", "—") for word in words[end : end + 8]) and (
                at < 0 or words[at] == "\n"
            )
        return False

    def _unknown(self, index: int) -> PlaceSpan | None:
        """A capitalised name of no registry, right behind ``di``, or in capitals at the head of a line."""
        tokens = self.tokens
        before = self._before(index)
        if before in self._context["strong"]:
            end = self._plain_run(index)
            if end > index and not self._is_organisation(index, end):
                return PlaceSpan(index, end, index, None, None, "place:behind-di", 0.6)
        elif before == "\n" or index == 0:
            end = index
            while (
                end < len(tokens)
                and end - index < _DATELINE_WORDS
                and tokens.words[end].isupper()
                and tokens.words[end].isalpha()
            ):
                end += 1
            if (
                end > index
                and len(tokens.words[index]) > 3
                and end < len(tokens)
                and tokens.words[end] in "–—-"
                and tokens.starts[end] > tokens.ends[end - 1]
                and not self._is_organisation(index, end)
            ):
                return PlaceSpan(index, end, index, None, None, "place:dateline", 0.7)
        return None

    def _plain_run(self, index: int) -> int:
        end = index
        while end < index + 4 and self._goes_on(end) and not self.tokens.words[end].isupper():
            end += 1
        return end

    def _is_organisation(self, start: int, end: int) -> bool:
        org, generic = self._context["org"], self._context["generic"]
        return any(word in org or word in generic for word in self.tokens.lower[start:end])
