"""The stanza back end: a recurrent tagger and its tokeniser, slower, in the extra ``[stanza]``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from pipeline.errors import ModelError
from pipeline.extract.ner.base import Line, Span, lines_of
from pipeline.extract.ner.hints import evidence, read_classes
from pipeline.extract.ner.manifest import Manifest, read_manifest
from pipeline.extract.ner.tokenizer import make_nlp

MODEL = "ner.pt"
TOKENIZER = "tokenize.pt"
RESOURCES = "resources.json"
_INSTALL = "pip install 'torch==2.13.0', then 'rilis[stanza]'"
_WORD = re.compile(r"[^\W\d_]+(?:['’‘`´][^\W\d_]+)*")
_LINES = 256
"""Lines that go through together: stanza pads them to the longest."""


class StanzaBackend:
    """Finds spans paragraph by paragraph; no name crosses a line break."""

    def __init__(
        self, pipeline: Any, manifest: Manifest, classes: Mapping[str, str], *, learned: bool
    ) -> None:
        self._pipeline = pipeline
        self._precision = manifest.precision
        self._name = manifest.name
        self._classes = classes
        self._tokenizer = None if learned else make_nlp().tokenizer

    @classmethod
    def load(cls, folder: Path) -> StanzaBackend:
        """Load our model from a folder, or a user's own copy of stanza's Indonesian models; offline.

        Ours has a ``model.json`` and its checksums are checked; stanza's has a ``resources.json``. A folder
        without a tokeniser takes the words of the spaCy model's. Raises ``ModelError`` when stanza is not
        installed or there is no model.
        """
        manifest = Manifest("stanza id", "stanza", {}, {})
        ours, tokenizer = folder / MODEL, folder / TOKENIZER
        if ours.is_file() or not (folder / RESOURCES).is_file():
            manifest = read_manifest(folder)
        try:
            import stanza
        except ImportError as error:
            raise ModelError("stanza is not installed", hint=_INSTALL) from error
        options: dict[str, Any] = {"ner_model_path": str(ours)} if ours.is_file() else {}
        if tokenizer.is_file():
            options["tokenize_model_path"] = str(tokenizer)
        try:
            pipeline = stanza.Pipeline(
                "id",
                dir=str(folder),
                processors="tokenize,ner",
                package=None if ours.is_file() else "default",
                download_method=None,
                tokenize_pretokenized=not tokenizer.is_file(),
                use_gpu=False,
                verbose=False,
                **options,
            )
        except Exception as error:
            hint = f"train it anew with `rilis train stanza`; {_INSTALL}"
            raise ModelError(f"the model cannot be loaded: {error}", where=str(folder), hint=hint) from error
        return cls(pipeline, manifest, read_classes(folder), learned=tokenizer.is_file())

    @property
    def name(self) -> str:
        return self._name

    def find(self, texts: Sequence[str]) -> Iterator[list[Span]]:
        """The spans of each text; lines of all texts go through together."""
        lines = [(number, *line) for number, text in enumerate(texts) for line in lines_of(text)]
        found: list[list[Span]] = [[] for _ in texts]
        for first in range(0, len(lines), _LINES):
            some = lines[first : first + _LINES]
            for (number, *_), spans in zip(some, self._spans([line[1:] for line in some]), strict=True):
                found[number] += spans
        yield from found

    def _spans(self, lines: Sequence[Line]) -> Iterator[list[Span]]:
        if self._tokenizer is not None:
            yield from self._spans_of_words(lines)
            return
        for (start, line), doc in zip(lines, self._pipeline.bulk_process([t for _, t in lines]), strict=True):
            yield [
                self._span(entity.type, start, line, entity.start_char, entity.end_char)
                for entity in doc.ents
            ]

    def _spans_of_words(self, lines: Sequence[Line]) -> Iterator[list[Span]]:
        """The same over words that are parted already."""
        assert self._tokenizer is not None
        parted = [[t for t in self._tokenizer(line) if not t.is_space] for _, line in lines]
        doc = self._pipeline([[token.text for token in words] for words in parted])
        for (start, line), words, sentence in zip(lines, parted, doc.sentences, strict=True):
            spans = []
            for entity in sentence.ents:
                first, last = words[entity.tokens[0].id[0] - 1], words[entity.tokens[-1].id[0] - 1]
                spans.append(self._span(entity.type, start, line, first.idx, last.idx + len(last)))
            yield spans

    def _span(self, label: str, start: int, line: str, begin: int, end: int) -> Span:
        words = _WORD.findall(line[begin:end].lower()) or [""]
        key = label + (
            evidence([self._classes.get(word, "") for word in words], label) if self._classes else ""
        )
        return Span(label, start + begin, start + end, self._precision.get(key, 0.5), key)
