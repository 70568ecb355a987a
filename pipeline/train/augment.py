"""Variants of a training sample: other names in the same places, and the slips of real news sites."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

from pipeline.train.fillers import Fillers
from pipeline.train.samples import Sample

Change = Callable[[str, str, random.Random], str]


class Augmenter:
    """Makes a variant of a sample; ``swap`` and ``noise`` are the shares of spans and samples changed."""

    def __init__(self, fillers: Fillers, *, swap: float = 0.5, noise: float = 0.1) -> None:
        self.fillers = fillers
        self.swap = swap
        self.noise = noise

    def __call__(self, sample: Sample, rng: random.Random) -> Sample:
        """A variant of one sample, or the sample itself."""
        if self.swap and rng.random() < 0.8:
            sample = rewrite(sample, self._swap, rng)
        if rng.random() < self.noise:
            sample = rewrite(sample, rng.choice([_upper, _lower, _title]), rng)
        if rng.random() < self.noise / 2:
            sample = _upper_all(sample)
        if rng.random() < self.noise:
            sample = _lose_space(sample, rng)
        return sample

    def _swap(self, text: str, label: str, rng: random.Random) -> str:
        if rng.random() > self.swap:
            return text
        if label == "PER":
            return self.fillers.person(rng)
        if label == "RANK":
            return self.fillers.rank(rng)
        if label in ("LOC", "UNIT"):
            return self._other_place(text, label, rng)
        return text

    def _other_place(self, text: str, label: str, rng: random.Random) -> str:
        """Keep the class word (``Kecamatan``, ``Polres``) and put another place behind it."""
        first, _, rest = text.partition(" ")
        if not rest:
            return self.fillers.place(rng) if label == "LOC" and not text.isupper() else text
        if label == "LOC" and rng.random() < 0.15:
            return self.fillers.place(rng)
        if not rest[0].isupper() or any(c.isdigit() for c in rest):
            return text
        place = self.fillers.place(rng, "regency" if label == "UNIT" else "")
        if label == "UNIT":
            words = text.split()
            heads = [i for i, word in enumerate(words) if word.lower().startswith("pol")]
            return " ".join([*words[: heads[-1] + 1], place]) if heads else text
        return f"{first} {place}"


def rewrite(sample: Sample, change: Change, rng: random.Random) -> Sample:
    """Change the text of each span, and move the offsets along."""
    pieces: list[str] = []
    spans: list[tuple[int, int, str]] = []
    last = length = 0
    for start, end, label in sorted(sample.spans):
        new = change(sample.text[start:end], label, rng) or sample.text[start:end]
        before = sample.text[last:start]
        length += len(before)
        spans.append((length, length + len(new), label))
        length += len(new)
        pieces += [before, new]
        last = end
    pieces.append(sample.text[last:])
    return Sample("".join(pieces), tuple(spans), sample.source, sample.known)


def _upper(text: str, label: str, rng: random.Random) -> str:
    return text.upper() if label in ("LOC", "PER", "ORG") and rng.random() < 0.5 else text


def _lower(text: str, label: str, rng: random.Random) -> str:
    return text.lower() if label in ("LOC", "PER", "POS", "UNIT", "RANK") and rng.random() < 0.3 else text


def _title(text: str, label: str, rng: random.Random) -> str:
    return text.title() if label in ("UNIT", "RANK", "ORG") and rng.random() < 0.5 else text


def _upper_all(sample: Sample) -> Sample:
    upper = sample.text.upper()
    if len(upper) != len(sample.text):
        return sample
    return Sample(upper, sample.spans, sample.source, sample.known)


def _lose_space(sample: Sample, rng: random.Random) -> Sample:
    """Drop the space behind one comma or full stop."""
    places = [m.start() + 1 for m in re.finditer(r"[,.] (?=\w)", sample.text)]
    if not places:
        return sample
    cut = rng.choice(places)
    if any(start < cut + 1 and end > cut for start, end, _ in sample.spans):
        return sample
    spans = tuple((a - (a > cut), b - (b > cut), t) for a, b, t in sample.spans)
    return Sample(sample.text[:cut] + sample.text[cut + 1 :], spans, sample.source, sample.known)
