"""Label Studio: a JSON list of tasks; the proposals are its predictions, a person's work its annotations.

Offsets are code points, as Label Studio has counted them since 2022. Older versions counted UTF-16 units,
which differ behind an emoji; on the way in a span is checked against its own words, and both ways are tried.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any
from xml.sax.saxutils import quoteattr

from pipeline.errors import InputError, RecordError
from pipeline.run.annotate.tasks import Task, TaskSpan, records_from_json, records_to_json
from pipeline.run.explain import labels

_FROM, _TO = "label", "text"
_FIELDS = ("id", "title", "url", "site", "published")


def labeling_config() -> str:
    """The labeling interface: paste it into the project's settings."""
    kinds = "\n".join(
        f"    <Label value={quoteattr(kind.name)} alias={quoteattr(kind.name)} hint={quoteattr(kind.id)} "
        f"background={quoteattr(kind.light)}/>"
        for kind in labels().values()
    )
    return (
        "<View>\n"
        '  <Header value="$title"/>\n'
        f'  <Labels name="{_FROM}" toName="{_TO}">\n{kinds}\n  </Labels>\n'
        f'  <Text name="{_TO}" value="$text" granularity="word"/>\n'
        "</View>\n"
    )


def dumps(tasks: Iterable[Task]) -> str:
    """Tasks as a file to be imported into a project."""
    return json.dumps([_task(task) for task in tasks], ensure_ascii=False, indent=1) + "\n"


def _task(task: Task) -> dict[str, Any]:
    data = {name: getattr(task, name) for name in _FIELDS}
    result = [
        {
            "id": f"s{number}",
            "from_name": _FROM,
            "to_name": _TO,
            "type": "labels",
            "score": span.score,
            "value": {
                "start": span.start,
                "end": span.end,
                "text": task.text[span.start : span.end],
                "labels": [span.label],
            },
        }
        for number, span in enumerate(task.spans)
    ]
    prediction = {"model_version": task.model, "score": task.certainty, "result": result}
    return {
        "data": {"text": task.text, **data, "records": records_to_json(task.records)},
        "predictions": [prediction],
    }


def loads(path: Path) -> list[Task | RecordError]:
    """The annotated tasks of an export (JSON), each as a task or the reason why it is none.

    The newest annotation that was not cancelled counts; a task without any is not annotated yet and is
    left out. Raises ``InputError`` when the file is not such an export.
    """
    try:
        entries = json.loads(path.read_text(encoding="utf-8"))
    except (ValueError, RecursionError) as error:
        raise InputError(f"not JSON: {error}", where=str(path), hint="export the project as JSON") from None
    if not isinstance(entries, list):
        raise InputError("not a list of tasks", where=str(path), hint="export the project as JSON")
    tasks: list[Task | RecordError] = []
    for number, entry in enumerate(entries, 1):
        where = f"{path}, task {number}"
        try:
            task = _read(entry, where)
        except RecordError as error:
            tasks.append(error)
        except (KeyError, TypeError, AttributeError, IndexError) as error:
            tasks.append(RecordError(f"a task of a wrong shape: {error!r}", where=where))
        else:
            tasks += [task] if task else []
    return tasks


def _read(entry: Mapping[str, Any], where: str) -> Task | None:
    done = [
        a for a in entry.get("annotations") or entry.get("completions") or [] if not a.get("was_cancelled")
    ]
    if not done:
        return None
    data = entry["data"]
    text = data["text"]
    newest = max(done, key=lambda a: str(a.get("updated_at") or ""))
    regions = [region for region in newest["result"] if region.get("type") == "labels"]
    spans = tuple(_span(region["value"], text, where) for region in regions)
    return Task(
        id=str(data.get("id") or entry.get("id")),
        text=text,
        spans=spans,
        records=records_from_json(data.get("records"), where),
        **{name: data.get(name) for name in _FIELDS[1:]},
    )


def _span(value: Mapping[str, Any], text: str, where: str) -> TaskSpan:
    start, end = int(value["start"]), int(value["end"])
    words, (label, *more) = value.get("text"), value["labels"]
    if more:
        raise RecordError(f"the span {words!r} has several labels", where=where, hint="keep one")
    if words is None or text[start:end] == words:
        return TaskSpan(label, start, end)
    units = text.encode("utf-16-le")
    before, inside = units[: 2 * start], units[2 * start : 2 * end]
    if inside.decode("utf-16-le", "replace") == words:
        begin = len(before.decode("utf-16-le", "replace"))
        return TaskSpan(label, begin, begin + len(words))
    raise RecordError(
        f"the span {start}-{end} reads {text[start:end]!r} in the text, but {words!r} in the annotation",
        where=where,
        hint="the text was changed after the export",
    )
