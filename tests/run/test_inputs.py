"""Every input form, and every way in which it can be wrong."""

from __future__ import annotations

import datetime as dt
import gzip
import io
import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from pipeline.errors import InputError
from pipeline.run.inputs import read, resolve, to_article
from pipeline.run.source import MAX_BYTES, MAX_CHARS, Place, Rejected, Source
from tests.run.articles import release, write_jsonl

PAGE = """<!doctype html><html><head><title>Polres Paser Gelar Apel</title>
<meta property="article:published_time" content="2024-10-08T08:51:00+08:00"></head><body><nav>Beranda</nav>
<article><h1>Polres Paser Gelar Apel</h1>
<p>Polres Paser menggelar apel pasukan di halaman markas, Selasa (8/10/2024), diikuti seluruh anggota.</p>
<p>Kegiatan itu berlangsung tertib sejak pagi hingga siang hari dan ditutup dengan doa bersama.</p>
</article></body></html>"""


def items(*paths: Path) -> list[Source | Rejected]:
    return list(read(resolve(paths).files))


def only(path: Path) -> Rejected:
    (item,) = items(path)
    assert isinstance(item, Rejected)
    return item


def sources(found: list[Source | Rejected]) -> list[Source]:
    return [item for item in found if isinstance(item, Source)]


# --- JSONL


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ('{"id": "x", "text": "terputus', "not valid JSON"),
        ('["bukan", "objek"]', "a list, not an object"),
        ('"hanya teks"', "str, not an object"),
        ("null", "not an object"),
        ('{"id": "x", "title": "tanpa isi"}', "no field `text`"),
        ('{"id": "x", "text": null}', "`text` is empty"),
        ('{"id": "x", "text": "  \\n "}', "`text` is empty"),
        ('{"id": "x", "text": 12}', "`text` is int, not text"),
        ('{"id": "x", "text": ["a"]}', "`text` is a list"),
        ('{"id": {"a": 1}, "text": "isi"}', "`id` is an object"),
        ('{"id": "x", "text": "isi", "title": ["a"]}', "`title` is a list"),
        ('{"id": "x", "text": "isi", "url": 5}', "`url` is int"),
        ('{"id": "x", "text": "isi", "published": {"d": 1}}', "`published` is an object"),
        ('{"id": "x", "text": "isi \\ud800 lagi"}', "half a surrogate pair at character 4"),
        ('{"id": "x", "text": "' + "a" * (MAX_CHARS + 1) + '"}', "the limit is 200,000"),
        ("[" * 100_000, "JSON"),
        ('{"id": 1.5, "text": "isi"}', "`id` is float"),
        ('{"id": "x", "text": "isi", "published_at": 20241008}', "no time between 1990 and 2100"),
    ],
)
def test_a_bad_line_is_put_aside_and_the_rest_goes_on(tmp_path: Path, line: str, told: str) -> None:
    path = write_jsonl(tmp_path / "in.jsonl", [release(1), release(2), line, release(4)])
    found = items(path)
    assert [s.source_id for s in sources(found)] == ["r1", "r2", "r4"]
    bad = found[2]
    assert isinstance(bad, Rejected)
    assert told in bad.reason
    assert str(bad.place) == f"{path}:3"
    written = json.loads(bad.to_json())
    assert written["row"] == 3
    assert len(written["record"]) < 2_100


def test_a_line_of_invalid_utf8_names_the_byte(tmp_path: Path) -> None:
    path = tmp_path / "in.jsonl"
    good = json.dumps(release(1)).encode()
    path.write_bytes(good + b'\n{"text": "caf\xe9"}\n' + good.replace(b"r1", b"r3") + b"\r\n")
    found = items(path)
    assert [s.source_id for s in sources(found)] == ["r1", "r3"]
    assert isinstance(found[1], Rejected)
    assert "byte 0xe9 at position 13" in found[1].reason


def test_a_huge_line_is_skipped_over(tmp_path: Path) -> None:
    path = tmp_path / "in.jsonl"
    with path.open("wb") as out:
        out.write(json.dumps(release(1)).encode() + b'\n{"text": "')
        for _ in range(MAX_BYTES // 2**20 + 2):
            out.write(b"a" * 2**20)
        out.write(b'"}\n' + json.dumps(release(3)).encode())
    found = items(path)
    assert [s.source_id for s in sources(found)] == ["r1", "r3"]
    assert isinstance(found[1], Rejected)
    assert found[1].reason == "the line is larger than 16 MB"


def test_the_known_fields_are_read_and_others_ignored(tmp_path: Path) -> None:
    record = release(5) | {"id": 7, "site": "berita.test", "byline": "Redaksi", "views": [1], "title": None}
    (source,) = sources(items(write_jsonl(tmp_path / "in.jsonl", ["", record, "  "])))
    assert (source.source_id, source.site, source.byline, source.title) == (
        "7",
        "berita.test",
        "Redaksi",
        None,
    )
    assert source.place.row == 2


@pytest.mark.parametrize(
    ("field", "value", "day"),
    [
        ("published_at", "2024-10-07T20:00:00Z", dt.date(2024, 10, 8)),
        ("published_at", "2024-10-08T08:51:00+07:00", dt.date(2024, 10, 8)),
        ("published_at", "2024-10-08 08:51", dt.date(2024, 10, 8)),
        ("published", "2024-10-08", dt.date(2024, 10, 8)),
        ("published", "Selasa, 8 Oktober 2024 08:51 WIB", dt.date(2024, 10, 8)),
        ("published", "", None),
        ("published", None, None),
        ("published", "kemarin dulu", None),
        ("published_at", 1728374400000, dt.date(2024, 10, 8)),
        ("published_at", 1728320400, dt.date(2024, 10, 8)),
        ("published_at", float("nan"), None),
    ],
)
def test_publication_days(tmp_path: Path, field: str, value: Any, day: dt.date | None) -> None:
    record = {k: v for k, v in release(1).items() if k != "published_at"} | {field: value}
    (source,) = sources(items(write_jsonl(tmp_path / "in.jsonl", [record])))
    assert to_article(source).published_date == day


@pytest.mark.parametrize(("given", "kept"), [(7, "7"), (7.0, "7"), (" a ", "a"), ("", None), (None, None)])
def test_ids_as_people_write_them(tmp_path: Path, given: Any, kept: str | None) -> None:
    (source,) = sources(items(write_jsonl(tmp_path / "in.jsonl", [release(1) | {"id": given}])))
    assert source.source_id == kept


# --- Parquet


def test_parquet_rows_with_typed_dates(tmp_path: Path) -> None:
    rows = [release(1), release(2) | {"text": None}, release(3)]
    frame = pd.DataFrame(rows)
    frame["published_at"] = pd.to_datetime(frame["published_at"], utc=True)
    frame.to_parquet(tmp_path / "in.parquet")
    found = items(tmp_path / "in.parquet")
    assert [s.source_id for s in sources(found)] == ["r1", "r3"]
    assert isinstance(found[1], Rejected)
    assert (found[1].place.row, found[1].source_id) == (2, "r2")
    article = to_article(sources(found)[0])
    assert article.published_at == dt.datetime(2024, 10, 2, 1, tzinfo=dt.UTC)
    assert article.published_date == dt.date(2024, 10, 2)


def test_parquet_without_text_names_its_columns(tmp_path: Path) -> None:
    pd.DataFrame({"isi": ["a"], "judul": ["b"]}).to_parquet(tmp_path / "in.parquet")
    bad = only(tmp_path / "in.parquet")
    assert "no column `text`; it has isi, judul" in bad.reason


def test_parquet_of_wrong_types_or_no_rows(tmp_path: Path) -> None:
    pd.DataFrame({"text": [1, 2]}).to_parquet(tmp_path / "a.parquet")
    assert all("`text` is int" in item.reason for item in items(tmp_path / "a.parquet"))  # type: ignore[union-attr]
    pd.DataFrame({"text": pd.Series([], dtype=str)}).to_parquet(tmp_path / "b.parquet")
    assert only(tmp_path / "b.parquet").reason == "the Parquet file has no rows"


def test_a_file_that_only_claims_to_be_parquet(tmp_path: Path) -> None:
    (tmp_path / "in.parquet").write_text("bukan parquet")
    assert "not a Parquet file" in only(tmp_path / "in.parquet").reason


def test_a_cut_parquet_file(tmp_path: Path) -> None:
    pd.DataFrame([release(i) for i in range(5)]).to_parquet(tmp_path / "in.parquet")
    data = (tmp_path / "in.parquet").read_bytes()
    (tmp_path / "in.parquet").write_bytes(data[: len(data) // 2])
    assert "not a Parquet file" in only(tmp_path / "in.parquet").reason


# --- text and HTML files


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("kosong.txt", b"", "the file is empty"),
        ("spasi.txt", b" \n\n", "the file is empty"),
        ("gambar.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)), "binary data"),
        ("latin.txt", b"Polres Paser di caf\xe9", "not valid UTF-8: byte 0xe9 at position 19"),
        ("panjang.txt", b"kata " * 600_000, "the text has 3,000,000 characters; the limit is 200,000"),
        ("kosong.html", b"", "the file is empty"),
        ("gambar.html", b"GIF89a\0\0\0\0", "binary data"),
        ("kosong.jsonl", b"", "the file is empty"),
        ("baris.jsonl", b"\n\n \n", "the file is empty"),
        ("gambar.jsonl", b"\0\1\2\3" * 100, "binary data"),
        ("kosong.parquet", b"", "the file is empty"),
        ("kosong.warc.gz", b"", "the archive is empty"),
        ("rusak.warc.gz", b"bukan arsip sama sekali", "the archive is damaged"),
    ],
)
def test_a_bad_file_has_a_clear_message(tmp_path: Path, name: str, data: bytes, told: str) -> None:
    (tmp_path / name).write_bytes(data)
    bad = only(tmp_path / name)
    assert told in bad.reason
    assert bad.place.path.endswith(name)


def test_a_large_text_file_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "besar.txt"
    with path.open("wb") as out:
        out.truncate(200 << 20)
    assert only(path).reason == "the file is larger than 16 MB (200 MB)"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_text_file_has_its_title_on_the_first_line(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "rilis-7.txt"
    path.write_text(
        "Polres Metro Gelar Patroli\n\nPolres Metro menggelar patroli malam hari.\n", encoding=encoding
    )
    (source,) = sources(items(path))
    article = to_article(source)
    assert (article.source_id, article.title) == ("rilis-7", "Polres Metro Gelar Patroli")
    assert article.text == "Polres Metro menggelar patroli malam hari."


def test_a_page_becomes_an_article(tmp_path: Path) -> None:
    (tmp_path / "apel.html").write_text(PAGE, encoding="utf-8")
    article = to_article(sources(items(tmp_path / "apel.html"))[0])
    assert article.source_id == "apel"
    assert article.title == "Polres Paser Gelar Apel"
    assert article.text.startswith("Polres Paser menggelar apel")
    assert "Beranda" not in article.text


def test_a_page_without_article_is_an_error_of_that_page(tmp_path: Path) -> None:
    (tmp_path / "menu.html").write_text("<html><body><nav><a href='/'>Beranda</a></nav></body></html>")
    (source,) = sources(items(tmp_path / "menu.html"))
    with pytest.raises(InputError):
        to_article(source)


def test_a_page_of_a_known_site_is_read_with_its_entry(tmp_path: Path) -> None:
    """In West Halmahera half past one in the night is the day before in UTC."""
    dated = PAGE.replace("2024-10-08T08:51:00+08:00", "2024-10-08T01:30")
    page = Source(Place("a.warc"), html=dated.encode(), url="https://polreshalbar.com/apel")
    elsewhere = Source(Place("a.warc"), html=dated.encode(), url="https://tidak-dikenal.test/1")
    assert to_article(page).published_at == dt.datetime(2024, 10, 7, 16, 30, tzinfo=dt.UTC)
    assert to_article(page).province_codes == ("82",)
    assert to_article(elsewhere).published_at == dt.datetime(2024, 10, 7, 18, 30, tzinfo=dt.UTC)
    row = Source(Place("a.jsonl"), text="Polres menggelar apel.", url="https://www.polreshalbar.com/2")
    assert to_article(row).province_codes == ("82",)


# --- web archives


def warc(path: Path, *pages: tuple[str, str, bytes, list[tuple[str, str]]]) -> Path:
    """An archive of (URL, status, body, more headers)."""
    with path.open("wb") as out:
        writer = WARCWriter(out, gzip=True)
        for url, status, body, headers in pages:
            http = StatusAndHeaders(
                status, [*headers, ("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.1"
            )
            record = writer.create_warc_record(
                url, "response", payload=io.BytesIO(body), http_headers=http,
                warc_headers_dict={"WARC-Date": "2024-10-09T01:02:03Z"},
            )  # fmt: skip
            writer.write_record(record)
    return path


def test_pages_of_an_archive(tmp_path: Path) -> None:
    zipped = gzip.compress(PAGE.encode())
    path = warc(
        tmp_path / "crawl.warc.gz",
        ("https://a.test/1", "200 OK", PAGE.encode(), []),
        ("https://a.test/2", "404 Not Found", b"tidak ada", []),
        ("https://a.test/3", "200 OK", zipped, [("Content-Encoding", "gzip")]),
    )
    found = items(path)
    assert [s.url for s in sources(found)] == ["https://a.test/1", "https://a.test/3"]
    articles = [to_article(s) for s in sources(found)]
    assert articles[0].text == articles[1].text
    assert articles[0].fetched_at == dt.datetime(2024, 10, 9, 1, 2, 3, tzinfo=dt.UTC)
    assert len(found) == 2


def test_what_the_header_said_of_the_characters_counts(tmp_path: Path) -> None:
    wide = [("Content-Type", "text/html; charset=utf-16-le")]
    path = warc(
        tmp_path / "crawl.warc.gz",
        ("https://a.test/1", "200 OK", PAGE.encode(), []),
        ("https://a.test/2", "200 OK", PAGE.encode("utf-16-le"), wide),
    )
    first, second = (to_article(source) for source in sources(items(path)))
    assert first.text == second.text


def test_a_gzip_bomb_in_an_archive_costs_itself_only(tmp_path: Path) -> None:
    bomb = gzip.compress(b"\0" * (64 << 20))
    path = warc(
        tmp_path / "crawl.warc.gz",
        ("https://a.test/bom", "200 OK", bomb, [("Content-Encoding", "gzip")]),
        ("https://a.test/besar", "200 OK", b"a" * (MAX_BYTES + 1), []),
        ("https://a.test/3", "200 OK", PAGE.encode(), []),
    )
    found = items(path)
    assert [s.url for s in sources(found)] == ["https://a.test/3"]
    reasons = [item.reason for item in found if isinstance(item, Rejected)]
    assert reasons == ["the page is larger than 16 MB"] * 2


def test_where_a_record_unpacks_without_end_the_rest_is_given_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipeline.run.warc._MAX_SKIP", 1 << 20)
    path = warc(
        tmp_path / "crawl.warc.gz",
        ("https://a.test/1", "200 OK", PAGE.encode(), []),
        ("https://a.test/besar", "200 OK", b"a" * (MAX_BYTES + (4 << 20)), []),
        ("https://a.test/3", "200 OK", PAGE.encode(), []),
    )
    found = items(path)
    assert [s.url for s in sources(found)] == ["https://a.test/1"]
    assert "unpacks to more than 1 GB" in found[-1].reason  # type: ignore[union-attr]


def test_a_torn_archive_gives_what_was_whole(tmp_path: Path) -> None:
    path = warc(
        tmp_path / "crawl.warc.gz",
        ("https://a.test/1", "200 OK", PAGE.encode(), []),
        ("https://a.test/2", "200 OK", PAGE.encode() * 20, []),
    )
    path.write_bytes(path.read_bytes()[:-60])
    found = items(path)
    assert [s.url for s in sources(found)] == ["https://a.test/1"]
    assert "cut off" in found[1].reason  # type: ignore[union-attr]


# --- paths


def test_a_folder_gives_its_files_in_order_without_the_output(tmp_path: Path) -> None:
    for name in ("b.txt", "a.jsonl", "sub/c.html", "notes.md", ".hidden.txt", "out/articles/part-0.parquet"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x")
    found = resolve([tmp_path, tmp_path / "b.txt"], out=tmp_path / "out")
    assert [str(p.relative_to(tmp_path)) for p in found.files] == ["a.jsonl", "b.txt", "sub/c.html"]
    assert [p.name for p in found.ignored] == ["notes.md"]
    assert not found.rejected


def test_a_missing_path_among_good_ones_is_put_aside(tmp_path: Path) -> None:
    good = write_jsonl(tmp_path / "in.jsonl", [release(1)])
    (tmp_path / "empty").mkdir()
    found = resolve([good, tmp_path / "no.jsonl", tmp_path / "empty", Path(__file__)])
    assert found.files == [good]
    assert [r.reason for r in found.rejected] == [
        "there is no such file or folder",
        "the folder holds nothing that can be read",
        "the form of this file is not known",
    ]


def test_nothing_at_all_to_read_is_wrong_usage(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file") as caught:
        resolve([tmp_path / "no.jsonl"])
    assert caught.value.exit_code == 2
