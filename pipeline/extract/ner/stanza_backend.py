"""The stanza back end: a recurrent tagger, slower, in the extra ``[stanza]``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from pipeline.errors import ModelError
from pipeline.extract.ner.base import Span
from pipeline.extract.ner.manifest import Manifest, read_manifest
from pipeline.extract.ner.tokenizer import make_nlp

MODEL = "ner.pt"
RESOURCES = "resources.json"
_INSTALL = "pip install 'torch==2.13.0', then 'rilis[stanza]'"


class StanzaBackend:
    """Finds spans paragraph by paragraph, over the same words as the spaCy model."""

    def __init__(self, pipeline: Any, precision: Mapping[str, float], name: str = "stanza") -> None:
        self._pipeline = pipeline
        self._precision = precision
        self._name = name
        self._tokenizer = make_nlp().tokenizer

    @classmethod
    def load(cls, folder: Path) -> StanzaBackend:
        """Load our model from a folder, or a user's own copy of stanza's Indonesian models; offline.

        Ours has a ``model.json`` and its checksums are checked; stanza's has a ``resources.json``.
        Raises ``ModelError`` when stanza is not installed or there is no model.
        """
        manifest = Manifest("stanza id", "stanza", {}, {})
        ours = folder / MODEL
        if ours.is_file() or not (folder / RESOURCES).is_file():
            manifest = read_manifest(folder)
        try:
            import stanza
        except ImportError as error:
            raise ModelError("stanza is not installed", hint=_INSTALL) from error
        options: dict[str, Any] = {"ner_model_path": str(ours)} if ours.is_file() else {}
        try:
            pipeline = stanza.Pipeline(
                "id",
                dir=str(folder),
                processors="tokenize,ner",
                package=None if ours.is_file() else "default",
                download_method=None,
                tokenize_pretokenized=True,
                use_gpu=False,
                verbose=False,
                **options,
            )
        except Exception as error:
            hint = f"train it anew with `rilis train stanza`; {_INSTALL}"
            raise ModelError(f"the model cannot be loaded: {error}", where=str(folder), hint=hint) from error
        return cls(pipeline, manifest.precision, manifest.name)

    @property
    def name(self) -> str:
        return self._name

    def find(self, texts: Sequence[str]) -> Iterator[list[Span]]:
        """The spans of each text; texts go through one by one, their lines together."""
        for text in texts:
            lines = [line for line in self._lines(text) if line]
            found: list[Span] = []
            if lines:
                doc = self._pipeline([[text[a:b] for a, b in line] for line in lines])
                for line, sentence in zip(lines, doc.sentences, strict=True):
                    for entity in sentence.ents:
                        first, last = entity.tokens[0].id[0] - 1, entity.tokens[-1].id[0] - 1
                        score = self._precision.get(entity.type, 0.5)
                        found.append(Span(entity.type, line[first][0], line[last][1], score))
            yield found

    def _lines(self, text: str) -> Iterator[list[tuple[int, int]]]:
        start = 0
        for line in text.split("\n"):
            words = [t for t in self._tokenizer(line) if not t.is_space]
            yield [(start + t.idx, start + t.idx + len(t)) for t in words]
            start += len(line) + 1
