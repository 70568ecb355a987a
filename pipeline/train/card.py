"""The model's card: what it was trained on and how good it is, written beside the model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from importlib import resources

from pipeline.evaluate.reliability import reliability
from pipeline.evaluate.report import table
from pipeline.evaluate.scores import Evaluation, Score
from pipeline.train.folds import CrossValidation
from pipeline.train.recipe import Recipe


def write_card(
    title: str, recipe: Recipe, size: int, result: CrossValidation | None, *, kind: str = "spacy", of: int = 5
) -> str:
    """The card as Markdown; ``of`` is the number of folds of which ``result`` measured some or all."""
    parts = [
        f"# {title}\n",
        f"Size on disk: {size / 1e6:.1f} MB. No download at run time.\n",
        _text("card_data.md"),
        _recipe(recipe),
        _text(f"card_{kind}.md"),
    ]
    if result is not None:
        parts += [
            "## Scores\n",
            f"{result.folds} of {of} folds of cross-validation, {result.both.documents} gold documents;",
            "each is seen only by a model that was not trained on it.",
            "F1 (accuracy where marked a), with its 95 % bootstrap interval.\n",
            ablation(result),
            "## Reliability\n",
            "How often a value of this confidence is right, rules and model together, same folds.\n",
            _reliability(result),
        ]
    return "\n".join([*parts, _text("card_limits.md")])


def scores_page(result: CrossValidation, rules: Evaluation, *, of: int = 5) -> str:
    """The page of all scores; ``rules`` is the evaluation of the rules over every document."""
    shares = sorted(result.precision().items(), key=lambda item: (-item[1], item[0]))
    return _text("scores_page.md").format(
        all=rules.documents,
        rules=table(rules.scores),
        folds=result.folds,
        of=of,
        documents=result.both.documents,
        ablation=ablation(result),
        precision="\n".join(f"| {kind} | {share:.2f} |" for kind, share in shares),
        reliability=_reliability(result),
    )


def ablation(result: CrossValidation) -> str:
    """Rules, model and both, a field a line."""
    lines = ["| field | rules | model | both | interval |", "| --- | --- | --- | --- | --- |"]
    rules, model = _by_field(result.rules.scores), _by_field(result.model.scores)
    for score in result.both.scores:
        name = score.field + (" a" if score.kind == "accuracy" else "")
        alone = f"{model[score.field].value:.3f}" if score.field in model else ""
        lines.append(
            f"| {name} | {rules[score.field].value:.3f} | {alone} | {score.value:.3f} "
            f"| {score.low:.3f} to {score.high:.3f} |"
        )
    return "\n".join(lines) + "\n"


def _by_field(scores: Sequence[Score]) -> dict[str, Score]:
    return {score.field: score for score in scores}


def _reliability(result: CrossValidation) -> str:
    lines = ["| values | confidence | how many | right |", "| --- | --- | --- | --- |"]
    lines += [
        f"| {row.group} | {row.low:.2f} to {row.high:.2f} | {row.count} | {row.right:.3f} |"
        for row in reliability(result.both)
    ]
    return "\n".join(lines) + "\n"


def _text(name: str) -> str:
    return resources.files("pipeline.train").joinpath("data", name).read_text(encoding="utf-8")


def _recipe(recipe: Recipe) -> str:
    rows = "\n".join(f"| {name} | {value} |" for name, value in asdict(recipe).items())
    return f"## Recipe\n\n| setting | value |\n| --- | --- |\n{rows}\n"
