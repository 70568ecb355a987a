"""What ``rilis train`` does, as plain functions."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from pipeline.errors import UsageError
from pipeline.evaluate.gold import GoldDocument, read_gold
from pipeline.extract.ner.base import NerBackend
from pipeline.train.card import scores_page, write_card
from pipeline.train.folds import CrossValidation, cross_validate
from pipeline.train.public import f1, public_material, public_recipe, score
from pipeline.train.recipe import Material, Recipe, gather
from pipeline.train.samples import Sample, from_gold, paragraphs

Tell = Callable[[str], None]


class Trained(Protocol):
    """A model in memory."""

    @property
    def backend(self) -> NerBackend: ...

    def save(self, folder: Path, name: str, precision: dict[str, float]) -> None: ...


class Trainer(Protocol):
    """Something that makes models."""

    @property
    def kind(self) -> str: ...

    def train(self, material: Material) -> Trained: ...


def make_trainer(kind: str, recipe: Recipe, tell: Tell = print) -> Trainer:
    """The trainer of a back end."""
    if kind == "spacy":
        from pipeline.train.spacy_model import SpacyTrainer

        return SpacyTrainer(recipe, tell=tell)
    if kind == "stanza":
        from pipeline.train.stanza_model import StanzaTrainer

        return StanzaTrainer(recipe, tell=tell)
    raise UsageError(f"no trainer {kind}", hint="spacy or stanza")


def train_model(
    kind: str,
    gold: Path,
    out: Path,
    *,
    corpora: Path | None = None,
    folds: int = 5,
    measured: int | None = None,
    recipe: Recipe | None = None,
    report: Path | None = None,
    tell: Tell = print,
) -> CrossValidation | None:
    """Cross-validate, train on everything, save the model with its card; ``folds`` 0 leaves the first out.

    ``measured`` is how many of the folds are run, all when left out.
    ``report`` is where the page of all scores goes.
    """
    recipe = recipe or Recipe()
    docs = read_gold(gold)
    trainer = make_trainer(kind, recipe, tell)

    def train(some: list[GoldDocument]) -> Trained:
        return trainer.train(gather(samples_of(some), corpora, recipe))

    result = cross_validate(docs, lambda some: train(some).backend, folds, measured) if folds else None
    if result and report:
        report.write_text(scores_page(result, result.rules, of=folds), encoding="utf-8")
    precision = result.precision() if result else {}
    train(docs).save(out, f"{kind} {version(recipe)}", precision)
    size = sum(path.stat().st_size for path in out.rglob("*") if path.is_file())
    card = write_card(f"Rilis NER, {kind} {version(recipe)}", recipe, size, result, kind=kind, of=folds)
    (out / "README.md").write_text(card, encoding="utf-8")
    return result


def version(recipe: Recipe) -> str:
    """The model's version: the series of recipes, and the seed."""
    return f"1.{recipe.seed}"


def samples_of(docs: list[GoldDocument]) -> list[Sample]:
    """The paragraphs of gold documents."""
    return [part for sample in from_gold(docs) for part in paragraphs(sample)]


def run_public(kind: str, corpora: Path, name: str, recipe: Recipe | None = None, tell: Tell = print) -> str:
    """Train on a public corpus's train part alone; return the scores on its test part as lines of text."""
    recipe = public_recipe(recipe or Recipe())
    material, test = public_material(corpora, name)
    table = score(make_trainer(kind, recipe, tell).train(material).backend, test)
    rows = [
        f"{label:<5} F1 {100 * f1(*counts):5.1f}  hits, misses, false {counts}"
        for label, counts in table.items()
    ]
    return "\n".join([f"{kind} on {name}, train part only", *rows])
