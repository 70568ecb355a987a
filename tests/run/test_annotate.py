"""To annotation tools and back: nothing may move, nothing may get lost unseen."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import InputError, RecordError
from pipeline.evaluate.gold import LABELS, read_gold
from pipeline.run.annotate import label_studio, prodigy
from pipeline.run.annotate.exchange import export_tasks, import_tasks
from pipeline.run.annotate.tasks import Task, TaskSpan, from_extraction, from_gold, to_gold
from tests.run.articles import release, write_jsonl
from tests.tables.made import extraction

GOLD = Path(__file__).parents[1] / "gold"
RECORDS = from_extraction(extraction()).records


def annotated(path: Path, change: Any = None) -> Path:
    """Turn the proposals of an exported file into annotations, as a person who agrees would."""
    if path.suffix == ".jsonl":
        entries = [json.loads(line) for line in path.read_text().splitlines()]
        for entry in entries:
            entry["answer"] = "accept"
    else:
        entries = json.loads(path.read_text())
        for number, entry in enumerate(entries):
            (prediction,) = entry.pop("predictions")
            entry |= {"id": number, "annotations": [{"result": prediction["result"], "was_cancelled": False}]}
    if change:
        change(entries)
    done = path.with_stem("annotated")
    lines = [json.dumps(entry) for entry in entries]
    done.write_text("\n".join(lines) if path.suffix == ".jsonl" else json.dumps(entries))
    return done


@pytest.mark.parametrize(("tool", "name"), [("label-studio", "t.json"), ("prodigy", "t.jsonl")])
def test_gold_documents_come_back_as_they_went(tmp_path: Path, tool: str, name: str) -> None:
    out = export_tasks([GOLD], tmp_path / name, tool=tool, gold=True)
    docs = {doc.id: doc for doc in read_gold(GOLD)}
    assert out.tasks == len(docs) > 50
    back = import_tasks(annotated(tmp_path / name), tmp_path / "gold")
    assert not back.problems
    assert {doc.id: doc for doc in read_gold(tmp_path / "gold")} == docs


@pytest.mark.parametrize(("tool", "name"), [("label-studio", "t.json"), ("prodigy", "t.jsonl")])
def test_proposals_become_gold_documents(tmp_path: Path, tool: str, name: str) -> None:
    path = write_jsonl(tmp_path / "in.jsonl", [release(i) for i in range(5)] + ["{"])
    done = export_tasks([path], tmp_path / name, tool=tool, limit=3)
    assert (done.tasks, len(done.problems)) == (3, 1)
    back = import_tasks(annotated(tmp_path / name), tmp_path / "gold")
    assert (back.tasks, back.problems) == (3, [])
    for doc in read_gold(tmp_path / "gold"):
        assert doc.url == f"https://berita.test/{doc.id[1:]}"
        assert str(doc.published).startswith("2024-10-")
        assert all(doc.text[s.start : s.end] == s.surface for s in doc.spans)


def test_the_least_certain_come_first(tmp_path: Path) -> None:
    path = write_jsonl(tmp_path / "in.jsonl", [release(i) for i in range(30)])
    export_tasks([path], tmp_path / "all.jsonl", tool="prodigy")
    sure = [
        json.loads(line)["meta"]["certainty"] for line in (tmp_path / "all.jsonl").read_text().splitlines()
    ]
    assert sure == sorted(sure)
    export_tasks([path], tmp_path / "few.jsonl", tool="prodigy", limit=4)
    assert len((tmp_path / "few.jsonl").read_text().splitlines()) == 4


def test_certainty_is_the_mean_of_the_lowest_five() -> None:
    assert from_extraction(extraction()).certainty == pytest.approx((0.8 + 0.9 * 4) / 5)


def test_a_proposal_has_the_records_in_gold_form() -> None:
    task = from_extraction(extraction())
    assert task.records.units == ["Polres Tanah Karo"]
    assert task.records.officers[0].position == "Kasat Samapta"
    assert task.records.dates == ["2024-01-20"]
    assert task.records.event.type == "force_readiness"
    assert task.records.quotes[0].starts == "Semua berjalan aman,"
    assert (task.published, task.id) == ("2024-01-21", "a" * 16)


TEXT = "🚓🚨 Kapolres Metro AKBP Bagas 🚓 hadir."


def test_offsets_of_both_kinds_are_understood(tmp_path: Path) -> None:
    start = TEXT.index("AKBP")
    for shift in (0, 2):
        entry = {
            "data": {"id": "e", "text": TEXT, "records": json.loads(json.dumps(_records()))},
            "annotations": [{"result": [_region(start + shift, start + shift + 4, "AKBP", "RANK")]}],
        }
        (tmp_path / "t.json").write_text(json.dumps([entry]))
        (task,) = label_studio.loads(tmp_path / "t.json")
        assert isinstance(task, Task)
        assert task.spans == (TaskSpan("RANK", start, start + 4),)


def _records() -> dict[str, Any]:
    from pipeline.run.annotate.tasks import records_to_json

    return records_to_json(RECORDS)


def _region(start: int, end: int, text: str, *labels: str) -> dict[str, Any]:
    return {"type": "labels", "value": {"start": start, "end": end, "text": text, "labels": list(labels)}}


@pytest.mark.parametrize(
    ("region", "told"),
    [
        (_region(0, 4, "salah", "PER"), "was changed after the export"),
        (_region(0, 6, "Polres", "PER", "LOC"), "several labels"),
        (_region(0, 6, "Polres", "PERSON"), "unknown label 'PERSON'"),
        (_region(0, 900, "x", "PER"), "was changed"),
        ({"type": "labels", "value": {}}, "wrong shape"),
    ],
)
def test_a_wrong_annotation_is_told_and_the_rest_is_taken(tmp_path: Path, region: Any, told: str) -> None:
    path = write_jsonl(tmp_path / "in.jsonl", [release(1), release(2)])
    export_tasks([path], tmp_path / "t.json")

    def spoil(entries: list[dict[str, Any]]) -> None:
        entries[0]["annotations"][0]["result"] = [region]

    back = import_tasks(annotated(tmp_path / "t.json", spoil), tmp_path / "gold")
    assert back.tasks == 1
    assert told in back.problems[0]


def test_tasks_that_nobody_annotated_or_that_were_refused_are_left_out(tmp_path: Path) -> None:
    path = write_jsonl(tmp_path / "in.jsonl", [release(i) for i in range(4)])
    export_tasks([path], tmp_path / "t.json")

    def some(entries: list[dict[str, Any]]) -> None:
        entries[0]["annotations"] = []
        entries[1]["annotations"][0]["was_cancelled"] = True
        second = {"result": [], "updated_at": "2025-01-01", "was_cancelled": False}
        entries[2]["annotations"].append(second)

    assert import_tasks(annotated(tmp_path / "t.json", some), tmp_path / "a").tasks == 2
    newest = read_gold(tmp_path / "a")
    assert sorted(bool(doc.spans) for doc in newest) == [False, True]
    export_tasks([path], tmp_path / "t.jsonl", tool="prodigy")

    def refuse(entries: list[dict[str, Any]]) -> None:
        entries[0]["answer"], entries[1]["answer"] = "reject", "ignore"

    assert import_tasks(annotated(tmp_path / "t.jsonl", refuse), tmp_path / "b").tasks == 2


@pytest.mark.parametrize(
    ("spans", "told"),
    [
        ([("PER", 0, 6), ("LOC", 3, 9)], "overlap"),
        ([("PER", 3, 3)], "not inside"),
        ([("PER", -2, 3)], "not inside"),
        ([("PER", 6, 7)], "only white space"),
    ],
)
def test_spans_that_gold_cannot_hold(spans: list[tuple[str, int, int]], told: str) -> None:
    with pytest.raises(RecordError, match=told):
        to_gold(Task("x", "Polres Paser hadir", tuple(TaskSpan(*s) for s in spans), RECORDS))


def test_white_space_at_the_edges_of_a_span_is_left_out() -> None:
    doc = to_gold(Task("x", "Polres Paser hadir", (TaskSpan("UNIT", 0, 13),), RECORDS))
    assert doc.spans[0].surface == "Polres Paser"


def test_names_cannot_leave_the_folder(tmp_path: Path) -> None:
    task = Task("../../luar", "Polres Paser hadir", (), RECORDS)
    (tmp_path / "t.jsonl").write_text(prodigy.dumps([task, task]))
    back = import_tasks(tmp_path / "t.jsonl", tmp_path / "gold")
    assert [path.name for path in back.written] == ["luar.md"]
    assert "second task with the name" in back.problems[0]


def test_a_text_like_a_tag_is_refused_and_not_left_half_written(tmp_path: Path) -> None:
    task = Task("x", "tertulis {PER Bagas} begitu", (), RECORDS)
    (tmp_path / "t.jsonl").write_text(prodigy.dumps([task]))
    back = import_tasks(tmp_path / "t.jsonl", tmp_path / "gold")
    assert back.tasks == 0
    assert back.problems
    assert not list((tmp_path / "gold").glob("*"))


def test_files_of_another_kind(tmp_path: Path) -> None:
    for text in ("{", '{"a": 1}'):
        (tmp_path / "t.json").write_text(text)
        with pytest.raises(InputError):
            import_tasks(tmp_path / "t.json", tmp_path / "gold")
    (tmp_path / "t.jsonl").write_text('{\n[]\n{"text": "a"}\n')
    assert len(import_tasks(tmp_path / "t.jsonl", tmp_path / "gold").problems) == 3


def test_the_labeling_interface_knows_every_label() -> None:
    tree = ElementTree.fromstring(label_studio.labeling_config())
    assert tuple(label.attrib["value"] for label in tree.iter("Label")) == LABELS


@given(st.data())
def test_prodigy_tokens_cover_the_spans(data: st.DataObject) -> None:
    text = data.draw(st.text(alphabet="ab Kd.(,)é🚓\n", min_size=1, max_size=60))
    cuts = sorted(data.draw(st.sets(st.integers(0, len(text)), min_size=2, max_size=8)))
    pairs = [
        (a, b) for a, b in zip(cuts[::2], cuts[1::2], strict=False) if text[a:b].strip() == text[a:b] != ""
    ]
    task = Task("x", text, tuple(TaskSpan("PER", a, b) for a, b in pairs), RECORDS)
    made = json.loads(prodigy.dumps([task]))
    tokens = made["tokens"]
    assert all(token["text"] == text[token["start"] : token["end"]] for token in tokens)
    for span in made["spans"]:
        assert tokens[span["token_start"]]["start"] == span["start"]
        assert tokens[span["token_end"]]["end"] == span["end"]


def test_a_gold_task_is_certain() -> None:
    assert from_gold(read_gold(GOLD)[0]).certainty == 1.0
