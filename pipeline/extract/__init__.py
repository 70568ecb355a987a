"""Article to records.

``extract(article)`` is the one door: an ``Article`` in, an ``Extraction`` out.
"""

from __future__ import annotations

from pipeline.extract.assemble import extract, extract_many

__all__ = ["extract", "extract_many"]
