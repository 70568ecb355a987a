"""The village of the Bhabinkamtibmas who visits his own people, where the article tells no other."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.extract.document import Document
from pipeline.extract.rules.places import Place
from pipeline.registry import Registry
from pipeline.registry.folding import fold

BEAT = "scene:beat"
KINDS = frozenset({"community_policing", "social_aid", "food_security", "election_outreach"})
"""What a Bhabinkamtibmas does in the village he serves in."""
_CONFIDENCE = 0.7
_LONGEST = 3
_HEAD = re.compile(
    r"\b(?:bhabin|babin|bhabinkamtibmas|babinkamtibmas|bhabin\s+kamtibmas)\s+"
    r"(?:desa|ds\.?|kelurahan|kel\.?|kampung|gampong|nagari|pekon)\s+"
    r"((?-i:[A-Z][\w'’-]*)(?:[ ](?-i:[A-Z\d][\w'’-]*)){0,2})",
    re.IGNORECASE,
)


def village_of_beat(doc: Document, registry: Registry, districts: Iterable[str]) -> Place | None:
    """The one village of these kecamatan that a Bhabinkamtibmas of the article serves in."""
    known = {
        fold(name.replace(" ", "")): (code, name)
        for district in districts
        for code, name in registry.regions.villages(district).items()
    }
    found: dict[str, Place] = {}
    for match in _HEAD.finditer(doc.text):
        words = match[1].split()
        for count in range(min(_LONGEST, len(words)), 0, -1):
            entry = known.get(fold("".join(words[:count])))
            if entry is not None:
                found[entry[0]] = Place(
                    match.start(1), match.end(1), "village", entry[1], entry[0], _CONFIDENCE, BEAT
                )
                break
        else:
            return None
    return next(iter(found.values())) if len(found) == 1 else None
