"""Named-entity back ends behind one interface.

``load_backend("spacy")`` gives a loaded model or raises ``ModelError``; ``"rules"`` gives ``None``: no model.
Models are read from ``models_dir()/<name>`` and are never downloaded.
"""

from __future__ import annotations

from functools import cache

from pipeline.config import models_dir
from pipeline.errors import UsageError
from pipeline.extract.ner.base import NerBackend, Span
from pipeline.extract.ner.merge import merge

BACKENDS = ("rules", "spacy", "stanza")
DEFAULT = "spacy"

__all__ = ["BACKENDS", "DEFAULT", "NerBackend", "Span", "load_backend", "merge"]


@cache
def load_backend(name: str = DEFAULT) -> NerBackend | None:
    """Load a back end once a process; ``None`` for ``rules``."""
    folder = models_dir() / name
    if name == "rules":
        return None
    if name == "spacy":
        from pipeline.extract.ner.spacy_backend import SpacyBackend

        return SpacyBackend.load(folder)
    if name == "stanza":
        from pipeline.extract.ner.stanza_backend import StanzaBackend

        return StanzaBackend.load(folder)
    raise UsageError(f"no NER back end {name}", hint="one of " + ", ".join(BACKENDS))
