"""Reads the marked-up sentence files of ``tests/sentences``."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

from pipeline.extract.document import Document
from pipeline.records import Article

SENTENCES = Path(__file__).parents[1] / "sentences"
_MARK = re.compile(r"[\[\]<>]")


def lines(name: str) -> list[list[str]]:
    """The cells of each case of a file, by ``|``."""
    text = (SENTENCES / f"{name}.txt").read_text(encoding="utf-8")
    rows = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    return [[cell.strip() for cell in row.split(" |")] for row in rows]


def unmark(marked: str) -> tuple[str, list[str]]:
    """The plain text, and what stands in brackets or angles."""
    return _MARK.sub("", marked), re.findall(r"[\[<]([^\]>]*)[\]>]", marked)


def document(text: str, published: str = "-") -> Document:
    """A document of one sentence."""
    day = None if published == "-" else dt.date.fromisoformat(published)
    return Document(Article(article_id="t", text=text, published_date=day))
