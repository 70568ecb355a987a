"""Scores and mistakes for people: a table, a listing, JSON, an HTML page."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict
from html import escape
from pathlib import Path

from jinja2 import Environment, PackageLoader, select_autoescape

from pipeline.evaluate.fields import Item
from pipeline.evaluate.scores import Evaluation, Mistake, Score

_WIDTH = 60
_ROW = "{:<18} {:<4} {:>6}  {:<15} {:>6} {:>6} {:>5} {:>5} {:>5}  {:>5}"


def table(scores: Iterable[Score], floors: dict[str, float] | None = None) -> str:
    """The scores as lines of text, a field a line."""
    heads = ("field", "", "score", "95 % interval", "prec", "rec", "hit", "miss", "false", "floor")
    lines = [_ROW.format(*heads).rstrip() if floors else _ROW.format(*heads[:-1], "").rstrip()]
    for s in scores:
        kind = "acc" if s.kind == "accuracy" else "F1"
        floor = f"{floors[s.field]:.3f}" if floors and s.field in floors else ""
        figures = [f"{x:.3f}" for x in (s.value, s.low, s.high, s.precision, s.recall)]
        value, low, high, precision, recall = figures
        note = f" ({s.removed} in removed text)" if s.removed else ""
        row = _ROW.format(
            s.field, kind, value, f"{low} to {high}", precision, recall, s.hits, s.misses, s.false, floor
        )
        lines.append((row + note).rstrip())
    return "\n".join(lines)


def show(item: Item) -> str:
    """A value in one line; span offsets are left out."""
    key = item.key
    if isinstance(key, tuple):
        if len(key) == 4 and isinstance(key[2], int) and isinstance(key[3], int):
            key = key[:2]
        return " | ".join("-" if part is None else str(part) for part in key)
    return "-" if key is None else str(key)


def context(text: str, start: int | None, width: int = _WIDTH) -> str:
    """The characters around an offset, on one line, with a mark before it."""
    if start is None or start < 0:
        return ""
    left, right = text[max(0, start - width) : start], text[start : start + width]
    return " ".join(f"{left}»{right}".split())


def listing(evaluation: Evaluation, field: str) -> str:
    """Each mistake of a field: document, kind, value, context."""
    texts = {gold.id: found.article.text for gold, found in evaluation.pairs}
    lines = []
    for mistake in evaluation.mistakes:
        if mistake.field == field:
            lines.append(f"{mistake.document:<6} {mistake.kind:<5} {show(mistake.item)}")
            around = context(texts[mistake.document], mistake.item.start)
            if around:
                lines.append(f"             … {around}")
    return "\n".join(lines)


def as_json(evaluation: Evaluation) -> str:
    """Scores and mistakes for machines."""
    return json.dumps(
        {
            "documents": evaluation.documents,
            "extractor": evaluation.extractor,
            "scores": [asdict(score) for score in evaluation.scores],
            "mistakes": [
                {
                    "field": m.field,
                    "document": m.document,
                    "kind": m.kind,
                    "value": show(m.item),
                    "start": m.item.start,
                }
                for m in evaluation.mistakes
            ],
        },
        ensure_ascii=False,
        indent=2,
    )


def write_page(evaluation: Evaluation, path: Path) -> None:
    """Write one HTML page: the scores, then each field's mistakes in their context."""
    texts = {gold.id: found.article.text for gold, found in evaluation.pairs}
    environment = Environment(loader=PackageLoader("pipeline.evaluate"), autoescape=select_autoescape(["j2"]))
    by_field: dict[str, list[Mistake]] = {}
    for mistake in evaluation.mistakes:
        by_field.setdefault(mistake.field, []).append(mistake)
    page = environment.get_template("errors.html.j2").render(
        evaluation=evaluation, by_field=by_field, texts=texts, show=show, marked=_marked
    )
    path.write_text(page, encoding="utf-8")


def _marked(text: str, mistake: Mistake, width: int = 160) -> str:
    """Safe HTML of the context, with the place marked."""
    start = mistake.item.start
    if start is None or start < 0:
        return ""
    key = mistake.item.key
    end = key[3] if isinstance(key, tuple) and len(key) == 4 and isinstance(key[3], int) else start + 1
    left, middle, right = text[max(0, start - width) : start], text[start:end], text[end : end + width]
    return f"{escape(left)}<mark>{escape(middle)}</mark>{escape(right)}"
