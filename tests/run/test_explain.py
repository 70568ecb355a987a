"""An article laid open: pieces, records, pages that cannot be turned against their reader."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

import pytest

from pipeline.errors import InputError, RecordError
from pipeline.run.batch import extract_batch
from pipeline.run.explain import Record, explain_extraction, explain_file, explain_stored, labels, pieces
from pipeline.run.explain_show import as_html
from pipeline.tables import TABLES
from pipeline.tables.partitions import update_months
from tests.run.articles import release, write_jsonl
from tests.tables.made import TEXT, extraction


def test_the_pieces_make_up_the_text_and_know_their_kind() -> None:
    view = explain_extraction(extraction())
    assert "".join(piece.text for piece in view.pieces) == TEXT
    kinds = {piece.text: piece.label for piece in view.pieces if piece.label}
    assert kinds == {"Polres Tanah Karo": "UNIT", "Sarwo Laksana": "PER"}
    keys = {piece.text: piece.keys for piece in view.pieces if piece.keys}
    assert keys["45 personel"] == ("personnel-1",)
    assert keys["Sarwo Laksana"] == ("officers-1",)


def test_where_spans_overlap_the_inner_one_shows_and_nothing_is_lost() -> None:
    record = Record("r-1", "r", (), "cde", 2, 5, "x", None)
    cut = list(pieces("abcdefgh", [(1, 7, "UNIT"), (3, 4, "LOC")], [record]))
    assert [(p.text, p.label, p.keys) for p in cut] == [
        ("a", None, ()), ("b", "UNIT", ()), ("c", "UNIT", ("r-1",)), ("d", "LOC", ("r-1",)),
        ("e", "UNIT", ("r-1",)), ("fg", "UNIT", ()), ("h", None, ()),
    ]  # fmt: skip


def test_every_kind_of_span_has_its_colour() -> None:
    assert tuple(labels()) == TABLES["mentions"]["label"].values


def test_a_page_shows_all_and_escapes_all() -> None:
    found = extraction(title="<script>alert(1)</script>")
    hostile = dataclasses.replace(
        found.article, url="javascript:alert(2)", site='"><img src=x onerror=alert(3)>'
    )
    page = as_html(explain_extraction(dataclasses.replace(found, article=hostile)))
    assert "<script>alert" not in page
    assert "<img" not in page
    assert "javascript:" not in page
    assert "default-src 'none'" in page
    assert 'data-k="officers-1"' in page
    assert not re.search(r"""(?:src|href)=["']?(?:https?:)?//""", page)


def test_an_address_becomes_a_link() -> None:
    assert 'href="https://x.test/' in as_html(explain_extraction(extraction()))


def test_the_view_from_tables_is_the_view_of_the_extraction(tmp_path: Path) -> None:
    path = write_jsonl(tmp_path / "in.jsonl", [release(1), release(2)])
    extract_batch([path], tmp_path / "out")
    fresh, more = explain_file(path)
    assert more == 1
    for name in ("r1", "https://berita.test/1"):
        assert explain_stored(tmp_path / "out", name) == fresh
    assert explain_file(path, "r2")[0] == explain_stored(tmp_path / "out", "r2")


def test_partitions_are_looked_through(tmp_path: Path) -> None:
    update_months(tmp_path, [extraction()])
    assert explain_stored(tmp_path, "a" * 16).records[0].values[0][2] == "polres-tanah-karo"


def test_what_is_not_there_is_told(tmp_path: Path) -> None:
    path = write_jsonl(tmp_path / "in.jsonl", [release(1), "{"])
    with pytest.raises(InputError, match="no article with the id 'r9'"):
        explain_file(path, "r9")
    with pytest.raises(RecordError, match="not valid JSON"):
        explain_file(write_jsonl(tmp_path / "bad.jsonl", ["{"]))
    with pytest.raises(InputError, match="holds no table"):
        explain_stored(tmp_path, "r1")
    extract_batch([path], tmp_path / "out")
    with pytest.raises(InputError, match="no article 'r9'"):
        explain_stored(tmp_path / "out", "r9")
