"""Stored page to clean article.

``from_text`` reads plain text and the text of records, ``from_html`` a web page; both give an ``Article``
or raise ``RecordError``. ``canonical_url`` is the one address under which an article is known.
"""

from __future__ import annotations

from pipeline.article.page import from_html
from pipeline.article.plain import from_text
from pipeline.article.url import canonical_url

__all__ = ["canonical_url", "from_html", "from_text"]
