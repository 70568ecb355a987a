"""The spaCy back end: a small convolutional model with a transition-based tagger, on the processor."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import spacy
from spacy.language import Language
from thinc.api import use_ops
from threadpoolctl import ThreadpoolController

from pipeline.errors import ModelError
from pipeline.extract.ner import hints, tokenizer
from pipeline.extract.ner.base import Span, lines_of
from pipeline.extract.ner.manifest import read_manifest

_BATCH = 128
_NOT_SAVED = ("vocab", "tokenizer")
_PARTS = (hints.NAME, tokenizer.create_tokenizer)
"""What a saved pipeline names: imported here, so that spaCy knows them."""


class SpacyBackend:
    """Finds spans paragraph by paragraph; no name crosses a line break."""

    def __init__(self, nlp: Language, precision: Mapping[str, float], name: str = "spacy") -> None:
        self._nlp = nlp
        self._precision = precision
        self._name = name
        self._threads = ThreadpoolController()

    @classmethod
    def load(cls, folder: Path) -> SpacyBackend:
        """Load a model folder, offline; raise ``ModelError`` when it is missing, changed or does not fit."""
        manifest = read_manifest(folder)
        try:
            # numpy's matrix product in place of thinc's own: the same spans, half as fast again in all
            with use_ops("numpy", use_blis=False):
                nlp = spacy.load(folder, exclude=_NOT_SAVED)
        except (OSError, ValueError, ImportError) as error:
            hint = "install the spaCy version of requirements.lock, or train anew with `rilis train spacy`"
            raise ModelError(f"the model cannot be loaded: {error}", where=str(folder), hint=hint) from error
        return cls(nlp, manifest.precision, manifest.name)

    @property
    def name(self) -> str:
        return self._name

    def find(self, texts: Sequence[str]) -> Iterator[list[Span]]:
        """The spans of each text, on one core: products are too small to share; ``-j`` shares articles."""
        with self._threads.limit(limits=1, user_api="blas"):
            found = self._find(texts)
        yield from found

    def _find(self, texts: Sequence[str]) -> list[list[Span]]:
        lines = [(number, *line) for number, text in enumerate(texts) for line in lines_of(text)]
        docs = self._nlp.pipe([text for _, _, text in lines], batch_size=_BATCH)
        found: list[list[Span]] = [[] for _ in texts]
        for (number, offset, _), doc in zip(lines, docs, strict=True):
            for entity in doc.ents:
                start, end = offset + entity.start_char, offset + entity.end_char
                key = entity.label_ + hints.evidence([token.tag_ for token in entity], entity.label_)
                score = self._precision.get(key, 0.5)
                found[number].append(Span(entity.label_, start, end, score, key))
        return found
