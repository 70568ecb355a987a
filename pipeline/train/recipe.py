"""What a training run is made of: shares of the corpora, augmentation, length. Kept in the model's card."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.train.augment import Augmenter
from pipeline.train.corpora import read_corpus
from pipeline.train.fillers import Fillers, load_fillers
from pipeline.train.samples import Sample
from pipeline.train.silver import silver

_SILVER_EPOCHS = 6


@dataclass(frozen=True, slots=True)
class Recipe:
    """Counts are per epoch: ``gold`` times over, shares of the public corpora, silver sentences."""

    epochs: int = 9
    gold: int = 2
    idner: float = 0.4
    nergrit: float = 0.0
    silver: int = 600
    swap: float = 0.5
    noise: float = 0.1
    dropout: float = 0.2
    learn_rate: float = 0.0015
    batch_words: int = 1000
    seed: int = 13


@dataclass(frozen=True, slots=True)
class Material:
    """The samples of one training run."""

    gold: Sequence[Sample]
    idner: Sequence[Sample]
    nergrit: Sequence[Sample]
    silver: Sequence[Sample]
    fillers: Fillers


def gather(gold: Sequence[Sample], corpora: Path | None, recipe: Recipe) -> Material:
    """Read and make what the recipe asks for; ``corpora`` is the folder of the public corpora, if any."""
    fillers = load_fillers()
    use_idner, use_nergrit = (corpora if share else None for share in (recipe.idner, recipe.nergrit))
    return Material(
        gold=gold,
        idner=read_corpus(use_idner, "idner-news-2k", "train") if use_idner else [],
        nergrit=read_corpus(use_nergrit, "nergrit_ner-grit", "train") if use_nergrit else [],
        silver=silver(fillers, recipe.silver * _SILVER_EPOCHS, random.Random(recipe.seed)),
        fillers=fillers,
    )


def epochs(material: Material, recipe: Recipe) -> Iterator[list[Sample]]:
    """The samples of each epoch: drawn, varied and shuffled, the same for the same seed."""
    rng = random.Random(recipe.seed)
    vary = Augmenter(material.fillers, swap=recipe.swap, noise=recipe.noise)
    for _ in range(recipe.epochs):
        drawn = list(material.gold) * recipe.gold
        drawn += _share(material.idner, recipe.idner, rng)
        drawn += _share(material.nergrit, recipe.nergrit, rng)
        drawn += rng.sample(list(material.silver), min(recipe.silver, len(material.silver)))
        drawn = [vary(sample, rng) for sample in drawn]
        rng.shuffle(drawn)
        yield drawn


def _share(samples: Sequence[Sample], share: float, rng: random.Random) -> list[Sample]:
    return rng.sample(list(samples), int(len(samples) * min(share, 1.0)))
