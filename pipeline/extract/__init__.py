"""Article to records.

``extract(article)`` is the one door: an ``Article`` in, an ``Extraction`` out. The module itself can be
called with a text, so that ``pipeline.extract(text)`` works beside the folder of that name.
"""

from __future__ import annotations

import importlib
import sys
from types import ModuleType
from typing import TYPE_CHECKING, Any

from pipeline.extract.assemble import extract, extract_many

if TYPE_CHECKING:
    from pipeline.records import Extraction

__all__ = ["extract", "extract_many"]


class _Door(ModuleType):
    def __call__(self, text: str, **known: Any) -> Extraction:
        """``pipeline.api.extract_text``, which stands above this folder and is therefore fetched by name."""
        found: Extraction = importlib.import_module("pipeline.api").extract_text(text, **known)
        return found


sys.modules[__name__].__class__ = _Door
