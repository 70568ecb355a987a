"""The Python face of the package."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

import pipeline
from pipeline.errors import InputError, UsageError
from pipeline.records import Extraction
from pipeline.tables.schema import TABLES
from tests.publish.datasets import N

TEXT = "Kapolres Purwakarta AKBP Anu Bin Fulan memimpin apel, kemarin. Sebanyak 261 personel hadir."


def test_public_names() -> None:
    assert pipeline.__all__ == ["Dataset", "__version__", "extract", "open_dataset"]
    assert set(pipeline.__all__) <= set(dir(pipeline))
    with pytest.raises(AttributeError):
        _ = pipeline.nothing


def test_import_is_instant() -> None:
    heavy = "{'pandas', 'spacy', 'pyarrow', 'duckdb', 'pipeline'}"
    code = f"import sys, pipeline; print(len([m for m in sys.modules if m.split('.')[0] in {heavy}]))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert loaded.strip() == "1"


def test_extract_keeps_the_offsets_of_the_text() -> None:
    found = pipeline.extract(TEXT, published="2024-10-08")
    assert isinstance(found, Extraction)
    assert found.primary_unit == "Polres Purwakarta"
    assert found.article.text == TEXT
    for records in (found.units, found.officers, found.dates, found.personnel):
        for record in records:
            assert TEXT[record.start : record.end] == record.surface
    assert [str(date.date) for date in found.dates] == ["2024-10-07"]
    assert pipeline.extract(TEXT).article.article_id == found.article.article_id


def test_extract_can_be_imported_as_a_folder_too() -> None:
    from pipeline.extract import extract
    from pipeline.extract.document import Document

    assert callable(extract) and Document


def test_extract_cleans_when_asked() -> None:
    raw = "Polres Tegal berpatroli di Adiwerna.\n\nBACA JUGA: Sesuatu yang lain\n\nPatroli berjalan aman."
    assert "BACA JUGA" not in pipeline.extract(raw, clean=True).article.text
    assert pipeline.extract(raw).article.text == raw


def test_a_date_that_is_none() -> None:
    with pytest.raises(UsageError, match="no date"):
        pipeline.extract(TEXT, published="kemarin")


def test_open_dataset(data: Path) -> None:
    dataset = pipeline.open_dataset(data)
    assert dataset.tables == tuple(TABLES)
    assert isinstance(dataset.events, pd.DataFrame)
    assert list(dataset["officers"].columns) == list(TABLES["officers"].names)
    assert dataset.events["date"].dtype.kind == "M"
    assert list(dataset.table("articles", ["title"]).columns) == ["title"]
    monthly = dataset.sql("SELECT * FROM events_monthly WHERE event_type = ?", ["narcotics"])
    assert monthly["n_events"].sum() == (dataset.events.event_type == "narcotics").sum()
    assert len(dataset.sql("SELECT * FROM articles")) == N + 2
    assert {"articles", "sql"} <= set(dir(dataset))
    with pytest.raises(AttributeError, match="no table"):
        _ = dataset.nothing
    with pytest.raises(UsageError):
        dataset.sql("SELEC")
    with pytest.raises(InputError):
        pipeline.open_dataset(data / "nothing")
