"""The village of the Bhabinkamtibmas who visits his own people, where the article tells no other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pipeline.extract.document import Document
from pipeline.extract.rules.places import Place
from pipeline.extract.words import by_role
from pipeline.registry import Registry
from pipeline.registry.folding import fold

BEAT = "scene:beat"
KINDS = frozenset({"community_policing", "social_aid", "food_security", "election_outreach"})
"""What a Bhabinkamtibmas does in the village he serves in."""
_CONFIDENCE = 0.7
_LONGEST = 3


def village_of_beat(doc: Document, registry: Registry, districts: Iterable[str]) -> Place | None:
    """The one village of these kecamatan that a Bhabinkamtibmas of the article serves in."""
    runs = list(_named(doc))
    if not runs:
        return None
    known = {
        fold(name.replace(" ", "")): (code, name)
        for district in districts
        for code, name in registry.regions.villages(district).items()
    }
    tokens = doc.tokens
    found: dict[str, Place] = {}
    for first, last in runs:
        for end in range(last, first, -1):
            entry = known.get(fold("".join(tokens.words[first:end])))
            if entry is not None:
                span = tokens.starts[first], tokens.ends[end - 1]
                found[entry[0]] = Place(*span, "village", entry[1], entry[0], _CONFIDENCE, BEAT)
                break
        else:
            return None
    return next(iter(found.values())) if len(found) == 1 else None


def _named(doc: Document) -> Iterator[tuple[int, int]]:
    """Where a village is named: behind ``Bhabinkamtibmas Desa``, ``Bhabin Kamtibmas Kel.``."""
    tokens, roles = doc.tokens, by_role("place_words")
    classes = by_role("place_classes")["village"] | roles["village-short"]
    for index in doc.indices_of(roles["beat"]):
        at = index + 1
        at += at < len(tokens) and tokens.lower[at] in roles["beat-behind"]
        if at >= len(tokens) or tokens.lower[at] not in classes:
            continue
        first = at + 1 + (tokens.words[at + 1 : at + 2] == ["."])
        last = first
        while last < min(len(tokens), first + _LONGEST) and _may_be_name(tokens.words[last], last > first):
            last += 1
        if last > first:
            yield first, last


def _may_be_name(word: str, is_behind: bool) -> bool:
    return word[0].isupper() or (is_behind and word[0].isdigit())
