"""Train the stanza model: a tokeniser, and a recurrent tagger over characters and words; no download."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from pipeline.errors import ModelError
from pipeline.extract.ner.hints import write_classes
from pipeline.extract.ner.manifest import checksums, write_manifest
from pipeline.extract.ner.stanza_backend import MODEL, RESOURCES, TOKENIZER, StanzaBackend
from pipeline.extract.ner.tokenizer import make_nlp
from pipeline.train.recipe import Material, Recipe, epochs
from pipeline.train.samples import Sample, tags_of
from pipeline.train.stanza_tokenizer import NO_CONTRACTIONS, STEPS, tokenizer_command, write_labels
from pipeline.train.wordclasses import without_common, word_classes

Tell = Callable[[str], None]
_BIOES = {"B": "B", "I": "I", "L": "E", "U": "S"}
_DEV_SHARE = 12
_RESOURCES = {
    "id": {"lang_name": "Indonesian", "packages": {"default": {}}, "default_processors": {}, "tokenize": {}}
}
"""The least that stanza wants to read before it loads a model by its path, without the network."""


class TrainedStanza:
    """A trained model in a folder of its own, to be used at once or copied."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        (folder / RESOURCES).write_text(json.dumps(_RESOURCES) + "\n", encoding="utf-8")
        write_manifest(folder, "stanza", "stanza", {})
        self.backend = StanzaBackend.load(folder)

    def save(self, folder: Path, name: str, precision: dict[str, float]) -> None:
        """Copy the model and write its manifest."""
        folder.mkdir(parents=True, exist_ok=True)
        for file in checksums(self._folder):
            shutil.copyfile(self._folder / file, folder / file)
        write_manifest(folder, name, "stanza", precision)


class StanzaTrainer:
    """Runs stanza's own training on our samples. ``epochs`` of the recipe is the number of variants made."""

    kind = "stanza"

    def __init__(
        self, recipe: Recipe, steps: int = 1500, tokenizer_steps: int = STEPS, tell: Tell = print
    ) -> None:
        self.recipe = recipe
        self.steps = steps
        self.tokenizer_steps = tokenizer_steps
        self.tell = tell
        self._tokenizer: Path | None = None

    def train(self, material: Material) -> TrainedStanza:
        """Train in subprocesses; raise ``ModelError`` with their last words when one fails."""
        folder = Path(tempfile.mkdtemp(prefix="rilis-stanza-"))
        shutil.copyfile(self._train_tokenizer(material), folder / TOKENIZER)
        write_classes(folder, without_common(word_classes(), [*material.gold, *material.idner]))
        samples = [sample for drawn in epochs(material, self.recipe) for sample in drawn]
        self._write(samples, folder / "train.json")
        self._write(material.gold[::_DEV_SHARE], folder / "dev.json")
        command = [
            sys.executable, "-m", "stanza.models.ner_tagger", "--mode", "train",
            "--train_file", "train.json", "--eval_file", "dev.json", "--shorthand", "id_rilis",
            "--no_pretrain", "--cpu", "--save_dir", ".", "--save_name", MODEL,
            "--max_steps", str(self.steps), "--eval_interval", str(max(100, self.steps // 5)),
            "--seed", str(self.recipe.seed), "--batch_size", "32",
        ]  # fmt: skip
        self.tell(f"stanza: {self.steps} steps over {len(samples)} sentences")
        _run(command, folder, MODEL)
        for name in ("train.json", "dev.json"):
            (folder / name).unlink()
        return TrainedStanza(folder)

    def _train_tokenizer(self, material: Material) -> Path:
        """The tokeniser, trained once a run: it learns from our own, not from what was annotated."""
        if self._tokenizer is None:
            folder = Path(tempfile.mkdtemp(prefix="rilis-stanza-"))
            gold = [sample for number, sample in enumerate(material.gold) if number % _DEV_SHARE]
            others = [*material.idner, *material.silver[: self.recipe.silver]]
            write_labels([*gold, *others], folder / "train.txt", folder / "train.labels")
            write_labels(material.gold[::_DEV_SHARE], folder / "dev.txt", folder / "dev.labels")
            (folder / NO_CONTRACTIONS).write_text("[]", encoding="utf-8")
            self.tell(
                f"stanza's tokeniser: {self.tokenizer_steps} steps over {len(gold) + len(others)} paragraphs"
            )
            command = tokenizer_command(sys.executable, TOKENIZER, self.recipe.seed, self.tokenizer_steps)
            _run(command, folder, TOKENIZER)
            self._tokenizer = folder / TOKENIZER
        return self._tokenizer

    def _write(self, samples: Sequence[Sample], path: Path) -> None:
        """Stanza's JSON: sentences of words with BIOES tags; a sentence with an unknown tag is left out."""
        tokenizer = make_nlp().tokenizer
        sentences = []
        for sample in samples:
            words = [(t.idx, t.idx + len(t)) for t in tokenizer(sample.text) if not t.is_space]
            tags = tags_of(sample, words)
            if tags and "-" not in tags:
                sentences.append(
                    [
                        {"text": sample.text[a:b], "ner": tag if tag == "O" else _BIOES[tag[0]] + tag[1:]}
                        for (a, b), tag in zip(words, tags, strict=True)
                    ]
                )
        path.write_text(json.dumps(sentences, ensure_ascii=False), encoding="utf-8")


def _run(command: Sequence[str], folder: Path, result: str) -> None:
    """One of stanza's programs in a folder; ``result`` is the file it must leave there."""
    environment = {**os.environ, "STANZA_RESOURCES_DIR": str(folder)}
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, env=environment)
    if done.returncode or not (folder / result).is_file():
        raise ModelError(
            "stanza's training failed: " + done.stderr.strip()[-500:],
            where=str(folder),
            hint="is the extra installed? pip install 'torch==2.13.0', then 'rilis[stanza]'",
        )
