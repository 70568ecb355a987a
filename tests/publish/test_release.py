"""The bundle for researchers: whole, checkable, citable, without texts unless asked."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest
import yaml
from typer.testing import CliRunner

from pipeline.cli import app
from pipeline.errors import UsageError
from pipeline.publish.bundle import pages, release
from pipeline.publish.reference import event_types
from pipeline.tables.schema import TABLES

DAY = dt.date(2026, 1, 31)


@pytest.fixture(scope="module")
def bundle(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return release(data, tmp_path_factory.mktemp("out") / "bundle", day=DAY, scores='{"scores": []}').folder


def test_every_file_is_in_the_manifest(bundle: Path) -> None:
    manifest = json.loads((bundle / "manifest.json").read_text())
    files = {str(p.relative_to(bundle)) for p in bundle.rglob("*") if p.is_file()} - {"manifest.json"}
    assert set(manifest["sha256"]) == files
    for name, told in manifest["sha256"].items():
        assert hashlib.sha256((bundle / name).read_bytes()).hexdigest() == told
    assert manifest["released"] == "2026-01-31"


def test_tables_are_whole_but_for_the_texts(bundle: Path, data: Path) -> None:
    for name, table in TABLES.items():
        rows = pq.read_table(bundle / "tables" / f"{name}.parquet")
        source = pq.read_table(data / name / "part-0.parquet")
        left_out = {"text"} if name == "articles" else set()
        assert rows.schema.names == [column for column in table.names if column not in left_out]
        assert rows.num_rows == source.num_rows
        assert rows.schema.field(0).metadata[b"description"]
        key = [(c, "ascending") for c in rows.schema.names]
        assert rows.sort_by(key).equals(source.select(rows.schema.names).sort_by(key))


def test_texts_when_asked(data: Path, tmp_path: Path) -> None:
    folder = release(data, tmp_path / "b", day=DAY, with_text=True).folder
    assert "text" in pq.read_schema(folder / "tables" / "articles.parquet").names
    assert not (folder / "scores.json").exists()
    assert "no scores" in (folder / "README.md").read_text()


def test_again_gives_the_same_bytes(bundle: Path, data: Path, tmp_path: Path) -> None:
    again = release(data, tmp_path / "again", day=DAY, scores='{"scores": []}').folder
    assert (again / "manifest.json").read_bytes() == (bundle / "manifest.json").read_bytes()


def test_data_package_describes_the_files(bundle: Path) -> None:
    package = json.loads((bundle / "datapackage.json").read_text())
    assert [resource["name"] for resource in package["resources"]] == list(TABLES)
    for resource in package["resources"]:
        path = bundle / resource["path"]
        assert path.stat().st_size == resource["bytes"]
        names = [field["name"] for field in resource["schema"]["fields"]]
        assert names == pq.read_schema(path).names
        for foreign in resource["schema"].get("foreignKeys", []):
            target = next(r for r in package["resources"] if r["name"] == foreign["reference"]["resource"])
            assert foreign["reference"]["fields"] in [field["name"] for field in target["schema"]["fields"]]


def test_code_book_has_every_type_and_true_examples(bundle: Path, data: Path) -> None:
    book = (bundle / "code-book.md").read_text()
    for row in event_types():
        assert f"## `{row.type}`" in book
        assert row.definition_en in book and row.definition_id in book
    assert "“menangkap dua orang pengedar sabu”" in book


def test_citation_is_valid(bundle: Path) -> None:
    citation = yaml.safe_load((bundle / "CITATION.cff").read_text())
    assert {"cff-version", "message", "title", "authors", "date-released"} <= set(citation)
    assert citation["date-released"] == "2026-01-31"


def test_dictionary_page_names_every_column() -> None:
    page = pages.dictionary_html()
    for table in TABLES.values():
        assert f'id="{table.name}"' in page
        assert all(f"<code>{column.name}</code>" in page for column in table.columns)
    assert "http" not in page


def test_a_folder_in_use_is_left_alone(data: Path, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(UsageError, match="not empty"):
        release(data, tmp_path, day=DAY)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_command(data: Path, tmp_path: Path) -> None:
    scores = {
        "documents": 1,
        "extractor": "x",
        "scores": [{"field": "units"}],
        "mistakes": [{"value": "quoted"}],
    }
    (tmp_path / "s.json").write_text(json.dumps(scores))
    words = ["release", str(tmp_path / "b"), "--data", str(data), "--scores", str(tmp_path / "s.json")]
    result = CliRunner().invoke(app, [*words, "--date", "2026-01-31"], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    kept = json.loads((tmp_path / "b" / "scores.json").read_text())
    assert kept["scores"] and "mistakes" not in kept
