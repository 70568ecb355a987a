"""Rilis turns Indonesian police press releases into tidy tables that people can trust.

The public names are those of ``__all__``; they are loaded when first used.

>>> import pipeline
>>> found = pipeline.extract("Polres Tegal mengamankan unjuk rasa, Senin (7/10/2024).")
>>> found.units[0].unit
'Polres Tegal'
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"
__all__ = ["Dataset", "__version__", "extract", "open_dataset"]

if TYPE_CHECKING:
    from pipeline.api import Dataset, open_dataset
    from pipeline.api import extract_text as extract


def __getattr__(name: str) -> Any:
    if name == "extract":
        # The folder of that name is callable: see its last lines.
        import importlib

        return importlib.import_module("pipeline.extract")
    if name in __all__:
        from pipeline import api

        return getattr(api, name)
    raise AttributeError(f"module 'pipeline' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
