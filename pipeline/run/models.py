"""Which model a run uses when nobody said."""

from __future__ import annotations

from pipeline.config import models_dir
from pipeline.errors import UsageError
from pipeline.extract.ner import BACKENDS, DEFAULT


def chosen(name: str | None) -> str:
    """The back end's name: the one asked for, else the default where its model is there, else ``rules``.

    ``articles.extractor`` says which it was. Raises ``UsageError`` for an unknown name.
    """
    if name is None:
        return DEFAULT if (models_dir() / DEFAULT).is_dir() else "rules"
    if name not in BACKENDS:
        raise UsageError(f"--ner {name}: not known", hint=f"one of {', '.join(BACKENDS)}")
    return name
