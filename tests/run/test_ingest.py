"""Archives in WARC form: through the same parser, without pushing out what the tables hold."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest

from pipeline.errors import InputError
from pipeline.run.ingest import ingest
from pipeline.run.work import extract_each
from pipeline.scrape import Answer, WarcStore
from pipeline.sites import load_sites
from pipeline.tables.reader import read_table

extract = partial(extract_each, ner="rules")
AT = datetime(2024, 10, 9, 1, 0, tzinfo=UTC)
POLICE = (
    "Kapolres Purwakarta AKBP Rangga Wiratama memimpin apel pengamanan di halaman Mapolres Purwakarta, Selasa"
    " (8/10/2024). Sebanyak 120 personel dikerahkan untuk menjaga keamanan warga di seluruh kabupaten."
)
COOKING = (
    "Resep sayur asem yang segar untuk makan siang bersama keluarga besar di rumah pada akhir pekan ini. "
)


def archive(folder: Path, *pages: tuple[str, str, str]) -> Path:
    store = WarcStore(folder)
    for url, text, kind in pages:
        body = (
            f"<html><head><title>Judul halaman {url[-1]}</title></head><body><h1>Judul halaman {url[-1]}</h1>"
        )
        body += f'<div class="entry-content"><p>{text}</p><p>{text[:100]}</p></div></body></html>'
        store.append(Answer(url, url, AT, 200, (("Content-Type", kind),), body.encode()), url, None)
    return store.files()[0]


def test_police_articles_go_into_the_tables(tmp_path: Path) -> None:
    path = archive(
        tmp_path / "w",
        ("https://purwakarta.jis.co.id/a", POLICE, "text/html"),
        ("https://x.id/b", COOKING * 5, "text/html"),
        ("https://x.id/c", "polri", "text/html"),
    )
    sums = ingest([path], tmp_path / "data", load_sites(), extract=extract)
    assert (sums.pages, sums.new, sums.passed_over, sums.unparsed) == (3, 1, 1, 1)
    (row,) = read_table(tmp_path / "data" / "processed", "articles").to_pylist()
    assert row["site"] == "purwakarta.jis.co.id" and row["fetched_at"] is not None
    assert row["primary_unit_id"] == "polres-purwakarta"
    again = ingest([path], tmp_path / "data", load_sites(), extract=extract)
    assert (again.new, again.known, again.months) == (0, 1, set())


def test_a_torn_archive_gives_what_stands_before_the_tear(tmp_path: Path) -> None:
    path = archive(
        tmp_path / "w",
        ("https://x.id/a", POLICE, "text/html"),
        ("https://x.id/b", POLICE + " Lagi.", "text/html"),
    )
    path.write_bytes(path.read_bytes()[:-60])
    sums = ingest([path], tmp_path / "data", [], extract=extract)
    assert sums.new == 1 and len(sums.broken) == 1
    other = tmp_path / "x.warc.gz"
    other.write_bytes(b"no archive")
    assert ingest([other], tmp_path / "data2", [], extract=extract).broken


def test_a_missing_file_is_told_before_anything_is_read(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        ingest([tmp_path / "none.warc.gz"], tmp_path / "data", [], extract=extract)
