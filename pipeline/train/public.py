"""The same recipe on a public corpus alone: its own train part in, its own test part scored."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from pipeline.evaluate.gold import LABELS
from pipeline.extract.ner.base import NerBackend
from pipeline.train.corpora import read_corpus
from pipeline.train.fillers import load_fillers
from pipeline.train.recipe import Material, Recipe
from pipeline.train.samples import Sample

Counts = dict[str, tuple[int, int, int]]


def public_material(corpora: Path, name: str) -> tuple[Material, list[Sample]]:
    """The train part as the only material (every tag known), and the test part."""
    train, test = (read_corpus(corpora, name, part, all_labels=True) for part in ("train", "test"))
    whole = [replace(sample, known=frozenset(LABELS)) for sample in train]
    return Material(whole, [], [], [], load_fillers()), test


def public_recipe(recipe: Recipe) -> Recipe:
    """Once through the corpus an epoch, nothing else; place and person names are varied as always."""
    return replace(recipe, gold=1, idner=0.0, nergrit=0.0, silver=0)


def score(backend: NerBackend, samples: list[Sample]) -> Counts:
    """Label to (hits, misses, false) of exact spans; ``all`` sums them."""
    table: dict[str, list[int]] = {}
    for sample, spans in zip(samples, backend.find([s.text for s in samples]), strict=True):
        gold = set(sample.spans)
        found = {(s.start, s.end, s.label) for s in spans if s.label in sample.known}
        for place, part in enumerate((gold & found, gold - found, found - gold)):
            for *_, label in part:
                for row in (label, "all"):
                    table.setdefault(row, [0, 0, 0])[place] += 1
    return {label: (row[0], row[1], row[2]) for label, row in sorted(table.items())}


def f1(hits: int, misses: int, false: int) -> float:
    """F1 of counts; 0 where there is nothing."""
    below = 2 * hits + misses + false
    return 2 * hits / below if below else 0.0
