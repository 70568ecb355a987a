"""The job behind ``rilis annotate``: choose what is least certain, write it out; read it back as gold."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

from pipeline.errors import RecordError, UsageError
from pipeline.evaluate.gold import read_document, read_gold, write_document
from pipeline.extract import extract_many
from pipeline.extract.ner import load_backend
from pipeline.records import Article
from pipeline.run.annotate import label_studio, prodigy
from pipeline.run.annotate.tasks import Task, from_extraction, from_gold, to_gold
from pipeline.run.inputs import read, resolve, to_article
from pipeline.run.source import Rejected, Source, reject

TOOLS = ("label-studio", "prodigy")


@dataclass(slots=True)
class Exchange:
    """What was written, and what could not be."""

    written: list[Path] = field(default_factory=list)
    tasks: int = 0
    problems: list[str] = field(default_factory=list)


def export_tasks(
    inputs: Sequence[Path],
    out: Path,
    *,
    tool: str = TOOLS[0],
    limit: int = 500,
    gold: bool = False,
    ner: str = "rules",
) -> Exchange:
    """Write the ``limit`` least certain articles as tasks, least certain first.

    With ``gold`` the inputs are folders of gold documents, taken as they are. For Label Studio the labeling
    interface is written beside ``out``, with the ending ``.xml``.
    """
    _known(tool)
    done = Exchange()
    tasks: Iterable[Task]
    if gold:
        tasks = (from_gold(doc) for folder in inputs for doc in read_gold(folder))
    else:
        tasks = (
            from_extraction(found) for found in extract_many(_articles(inputs, done), ner=load_backend(ner))
        )
    chosen = heapq.nsmallest(limit, tasks, key=lambda task: (task.certainty, task.id))
    done.tasks = len(chosen)
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text((label_studio if tool == "label-studio" else prodigy).dumps(chosen), encoding="utf-8")
    done.written.append(out)
    if tool == "label-studio":
        config = out.with_suffix(".xml")
        config.write_text(label_studio.labeling_config(), encoding="utf-8")
        done.written.append(config)
    return done


def _articles(inputs: Sequence[Path], done: Exchange) -> Iterator[Article]:
    given = resolve(inputs)
    for item in chain(given.rejected, read(given.files)):
        outcome = item if isinstance(item, Rejected) else _article(item)
        if isinstance(outcome, Rejected):
            done.problems.append(f"{outcome.place}: {outcome.reason}")
        else:
            yield outcome


def _article(source: Source) -> Article | Rejected:
    try:
        return to_article(source)
    except RecordError as error:
        return reject(source.place, error, source_id=source.source_id)


def import_tasks(file: Path, out: Path, *, tool: str | None = None) -> Exchange:
    """Read an annotated export and write gold documents, ``OUT/NAME.md`` and ``OUT/NAME.json``.

    The spans are the annotator's; the records are those that went out with the task, for a person to
    correct in ``NAME.json``. A task that cannot be taken is told among ``problems``; the others are written.
    A name that two tasks share is refused for the second.
    """
    chosen = tool or ("prodigy" if file.suffix == ".jsonl" else "label-studio")
    _known(chosen)
    if not file.is_file():
        raise UsageError(
            "there is no such file", where=str(file), hint="give the file that the tool exported"
        )
    done = Exchange()
    names: set[str] = set()
    tasks = (label_studio if chosen == "label-studio" else prodigy).loads(file)
    for task in tasks:
        try:
            if isinstance(task, RecordError):
                raise task
            doc = to_gold(task)
            if doc.id in names:
                raise RecordError(f"a second task with the name {doc.id}", where=str(file))
            names.add(doc.id)
            path = write_document(doc, out)
            back = read_document(path)
            if (back.text, back.spans) != (doc.text, doc.spans):
                path.unlink()
                path.with_suffix(".json").unlink()
                raise RecordError(
                    "the text cannot be held with inline tags", where=doc.id, hint="it holds `{` like a tag"
                )
        except RecordError as error:
            done.problems.append(str(error))
            continue
        done.written.append(path)
        done.tasks += 1
    return done


def _known(tool: str) -> None:
    if tool not in TOOLS:
        raise UsageError(f"{tool}: not known", hint=f"one of {', '.join(TOOLS)}")
