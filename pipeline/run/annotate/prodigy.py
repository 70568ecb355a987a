"""Prodigy: JSONL, one task a line, with tokens, so that spans of ours lie on borders of tokens.

Offsets are Python string indices on both ways.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

from pipeline.errors import RecordError
from pipeline.extract.tokens import tokenize
from pipeline.run.annotate.tasks import Task, TaskSpan, records_from_json, records_to_json

_FIELDS = ("id", "title", "url", "site", "published")


def dumps(tasks: Iterable[Task]) -> str:
    """Tasks as a source for ``ner.manual`` (or ``mark``)."""
    return "".join(json.dumps(_task(task), ensure_ascii=False) + "\n" for task in tasks)


def _borders(task: Task) -> list[tuple[int, int]]:
    """Words of the text, cut again where a span begins or ends inside one."""
    cuts = {offset for span in task.spans for offset in (span.start, span.end)}
    words = tokenize(task.text)
    borders: list[tuple[int, int]] = []
    for start, end in zip(words.starts, words.ends, strict=True):
        if task.text[start:end].isspace():
            continue
        edges = [start, *sorted(c for c in cuts if start < c < end), end]
        borders += pairwise(edges)
    return borders


def _task(task: Task) -> dict[str, Any]:
    borders = _borders(task)
    first = {start: number for number, (start, _) in enumerate(borders)}
    last = {end: number for number, (_, end) in enumerate(borders)}
    tokens = [
        {"text": task.text[s:e], "start": s, "end": e, "id": i, "ws": task.text[e : e + 1].isspace()}
        for i, (s, e) in enumerate(borders)
    ]
    spans = [
        {
            "start": span.start,
            "end": span.end,
            "token_start": first.get(span.start),
            "token_end": last.get(span.end),
            "label": span.label,
            "score": span.score,
        }
        for span in task.spans
    ]
    meta = {"title": task.title, "certainty": task.certainty, "model": task.model}
    about = {name: getattr(task, name) for name in _FIELDS}
    article = about | {"records": records_to_json(task.records)}
    return {"text": task.text, "tokens": tokens, "spans": spans, "meta": meta, "article": article}


def loads(path: Path) -> Iterator[Task | RecordError]:
    """The accepted tasks of an export (``prodigy db-out``), each as a task or the reason why it is none."""
    with path.open(encoding="utf-8", errors="replace") as lines:
        for number, line in enumerate(lines, 1):
            where = f"{path}:{number}"
            if not line.strip():
                continue
            try:
                entry = json.loads(line)
                if entry.get("answer", "accept") == "accept":
                    yield _read(entry, where)
            except RecordError as error:
                yield error
            except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
                yield RecordError(f"not a task: {error!r}", where=where, hint="export with `prodigy db-out`")


def _read(entry: Any, where: str) -> Task:
    article = entry["article"]
    return Task(
        id=str(article["id"]),
        text=entry["text"],
        spans=tuple(TaskSpan(s["label"], int(s["start"]), int(s["end"])) for s in entry.get("spans") or []),
        records=records_from_json(article.get("records"), where),
        **{name: article.get(name) for name in _FIELDS[1:]},
    )
