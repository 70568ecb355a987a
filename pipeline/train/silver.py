"""Silver sentences: templates of our own writing, filled with names that no person bears."""

from __future__ import annotations

import random
import re
from importlib import resources

from pipeline.evaluate.gold import parse_tags
from pipeline.train.fillers import Fillers
from pipeline.train.samples import Sample

_SLOT = re.compile(r"<([a-z]+)>")


def templates() -> list[str]:
    """The lines of ``data/templates.txt``, without comments."""
    text = resources.files("pipeline.train").joinpath("data", "templates.txt").read_text(encoding="utf-8")
    return [line for line in text.split("\n") if line and not line.startswith("#")]


def silver(fillers: Fillers, n: int, rng: random.Random) -> list[Sample]:
    """Make ``n`` samples, the templates in turn."""
    lines = templates()
    return [fill(lines[i % len(lines)], fillers, rng) for i in range(n)]


def fill(template: str, fillers: Fillers, rng: random.Random) -> Sample:
    """Fill one template's slots and read its tags."""

    def put(match: re.Match[str]) -> str:
        if match.group(1) == "regencyupper":
            return fillers.place(rng, "regency").upper()
        return fillers.slot(rng, match.group(1))

    text, spans = parse_tags(_SLOT.sub(put, template), where="templates.txt")
    return Sample(text, tuple((s.start, s.end, s.label) for s in spans), "silver")
