"""Train the spaCy model, and use it before it is saved."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.evaluate.gold import LABELS
from pipeline.extract.ner import hints
from pipeline.extract.ner.manifest import write_manifest
from pipeline.extract.ner.spacy_backend import SpacyBackend
from pipeline.train.recipe import Material, Recipe, epochs
from pipeline.train.samples import Sample, tags_of
from pipeline.train.wordclasses import doubts, without_common, word_classes

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.training import Example

Tell = Callable[[str], None]
_WARM_UP = 50


class TrainedSpacy:
    """A trained pipeline, to be used at once or saved."""

    def __init__(self, nlp: Language) -> None:
        self._nlp = nlp
        self.backend = SpacyBackend(nlp, {})

    def save(self, folder: Path, name: str, precision: dict[str, float]) -> None:
        """Write the model folder; the training words are left out of it."""
        folder.mkdir(parents=True, exist_ok=True)
        self._nlp.to_disk(folder, exclude=["vocab", "tokenizer"])
        write_manifest(folder, name, "spacy", precision)


class SpacyTrainer:
    """Trains one model on one material; the same seed gives the same weights on the same machine."""

    kind = "spacy"

    def __init__(self, recipe: Recipe, classes: dict[str, str] | None = None, tell: Tell = print) -> None:
        self.recipe = recipe
        self.classes = word_classes() if classes is None else classes
        self.tell = tell

    def train(self, material: Material) -> TrainedSpacy:
        """Return the trained pipeline, its weights averaged over the run."""
        from spacy.training.batchers import minibatch_by_words
        from thinc.api import fix_random_seed

        recipe = self.recipe
        fix_random_seed(recipe.seed)
        nlp = blank()
        hinted: Any = nlp.get_pipe(hints.NAME)
        hinted.classes = without_common(self.classes, [*material.gold, *material.idner])
        tagger: Any = nlp.get_pipe("ner")
        for label in LABELS:
            tagger.add_label(label)
        first = self._examples(nlp, [*material.gold[:200], *material.idner[:50]])
        optimizer = nlp.initialize(lambda: first)
        step = 0
        for number, drawn in enumerate(epochs(material, recipe), 1):
            losses: dict[str, float] = {}
            batches = list(
                minibatch_by_words(
                    self._examples(nlp, drawn), recipe.batch_words, get_length=lambda e: len(e.reference)
                )
            )
            for batch in batches:
                done = step / (recipe.epochs * len(batches))
                warm = min(1.0, (step + 1) / _WARM_UP)
                optimizer.learn_rate = recipe.learn_rate * warm * max(0.0, 1 - done) + 1e-5
                nlp.update(batch, sgd=optimizer, losses=losses, drop=recipe.dropout)
                step += 1
            self.tell(f"epoch {number} of {recipe.epochs}: loss {losses['ner']:.0f}")
        with nlp.use_params(optimizer.averages or {}):
            averaged = nlp.to_bytes()
        return TrainedSpacy(nlp.from_bytes(averaged))

    def _examples(self, nlp: Language, samples: Sequence[Sample]) -> list[Example]:
        from spacy.training import Example

        hinted: Any = nlp.get_pipe(hints.NAME)
        classes = hinted.classes
        made = []
        for sample in samples:
            doc = hinted(nlp.make_doc(sample.text))
            tags = tags_of(sample, [(t.idx, t.idx + len(t)) for t in doc], doubts(classes, sample.known))
            if tags:
                made.append(Example.from_dict(doc, {"entities": tags}))
        return made


def blank() -> Language:
    """An untrained pipeline of the configuration beside this file."""
    import spacy
    from thinc.api import Config

    text = resources.files("pipeline.train").joinpath("spacy.cfg").read_text(encoding="utf-8")
    return spacy.util.load_model_from_config(Config().from_str(text), auto_fill=True)
