"""The pages: what they show, what they refuse, and that hostile text stays text."""

from __future__ import annotations

import csv
import html.parser
import io
import re
import sqlite3
from collections.abc import Callable
from pathlib import Path

import httpx
import openpyxl
import pytest

from pipeline.errors import InputError
from pipeline.publish.web import app, labels
from pipeline.publish.web.headers import POLICY
from tests.publish.datasets import EVIL_TEXT, HOSTILE, N

Get = Callable[..., httpx.Response]
WEB = Path(app.__file__).parent


class Tags(html.parser.HTMLParser):
    """The tags of a page with their attributes, and its visible text."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.fixture(scope="module")
def ids(db: Path) -> dict[str, str]:
    with sqlite3.connect(db) as conn:
        one = lambda sql: conn.execute(sql).fetchone()[0]  # noqa: E731
        return {
            "artikel": one(
                "SELECT article_id FROM articles WHERE site <> 'jahat.example' ORDER BY id LIMIT 1"
            ),
            "peristiwa": one("SELECT event_id FROM events ORDER BY id DESC LIMIT 1"),
            "pejabat": one("SELECT officer_id FROM people ORDER BY n_articles DESC LIMIT 1"),
            "satuan": one("SELECT unit_id FROM police_units ORDER BY n_articles DESC, unit_id LIMIT 1"),
        }


def pages(ids: dict[str, str]) -> list[str]:
    entities = [f"/{kind}/{key}" for kind, key in ids.items()]
    lists = ["/artikel", "/peristiwa", "/pejabat", "/satuan"]
    evil = [f"/artikel/{HOSTILE}", "/peristiwa/evil-event", "/pejabat/evil-officer", "/satuan/polres-tegal"]
    return ["/", "/data", "/artikel?q=tegal", "/rilis", "/rilis/articles", *lists, *entities, *evil]


def test_every_page_in_both_languages(get: Get, ids: dict[str, str]) -> None:
    for address in pages(ids):
        for language in labels.LANGUAGES:
            mark = "&" if "?" in address else "?"
            answer = get(f"{address}{mark}lang={language}")
            assert answer.status_code == 200, address
            tags = Tags(answer.text)
            assert ("html", {"lang": language}) in tags.tags
            # An untranslated key would be seen as "part.part".
            assert not re.search(
                r"\b(?:nav|col|stat|filter|article|start|rec)\.(?!null)[a-z_]+\b", tags.text
            ), address


def test_no_page_asks_another_host_or_runs_inline_code(get: Get, ids: dict[str, str]) -> None:
    for address in pages(ids):
        for tag, attrs in Tags(get(address).text).tags:
            assert not [name for name in attrs if name.startswith("on")], (address, tag, attrs)
            assert tag not in ("iframe", "object", "embed", "base", "style"), (address, tag)
            assert "style" not in attrs, (address, tag, attrs)
            if tag in ("script", "img", "link", "source"):
                source = attrs.get("src") or attrs.get("href") or ""
                assert source.startswith("/") and not source.startswith("//"), (address, tag, attrs)
            for name in ("href", "src", "action"):
                assert not re.match(r"\s*(?:javascript|data|vbscript):", attrs.get(name) or "", re.I), (
                    address,
                    attrs,
                )


def test_hostile_text_is_shown_as_text(get: Get) -> None:
    page = Tags(get(f"/artikel/{HOSTILE}").text)
    for line in EVIL_TEXT.split("\n\n"):
        assert line in page.text
    assert "{{ 7*7 }}" in page.text and "49" not in page.text
    assert not [
        attrs for tag, attrs in page.tags if tag == "a" and "evil.example" in (attrs.get("href") or "")
    ]
    found = get("/artikel?q=terbalik")
    assert 'alert("judul")' in Tags(found.text).text


def test_headers_are_on_every_answer(get: Get) -> None:
    for address in ("/", "/artikel.csv", "/nope", "/aset/rilis.css", "/rilis?sql=select+1", "/robots.txt"):
        answer = get(address)
        assert answer.headers["content-security-policy"] == POLICY
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["x-frame-options"] == "DENY"
        assert "server" not in answer.headers


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS"])
def test_only_questions_are_answered(get: Get, method: str) -> None:
    assert get("/", method).status_code == 405


@pytest.mark.parametrize(
    "address",
    [
        "/aset/../app.py",
        "/aset/%2e%2e/app.py",
        "/aset/..%2f..%2fapp.py",
        "/aset/%2Fetc%2Fpasswd",
        "/-/versions",
        "/-/settings",
        "/-/threads",
        "/-/plugins.json",
        "/rilis.db",
        "/_internal",
        "/artikel/../../etc/passwd",
        "/artikel/nope",
        "/satuan/nope.csv",
    ],
)
def test_what_is_not_for_visitors(get: Get, address: str) -> None:
    answer = get(address)
    assert answer.status_code in (403, 404)
    assert "root:" not in answer.text and "def make" not in answer.text


@pytest.mark.parametrize(
    "sql",
    [
        "INSERT INTO summary VALUES ('x', 'y')",
        "DROP TABLE articles",
        "ATTACH DATABASE '/tmp/x.db' AS x",
        "PRAGMA writable_schema = 1",
        "SELECT load_extension('x')",
        "SELECT readfile('/etc/passwd')",
        "SELECT zeroblob(900000000)",
        "SELECT hex(randomblob(90000000))",
        "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT count(*) FROM c",
        "VACUUM INTO '/tmp/stolen.db'",
    ],
)
def test_hostile_sql_is_refused(get: Get, sql: str) -> None:
    answer = get("/rilis.json", params={"sql": sql, "_shape": "array"})
    assert answer.status_code == 400, answer.text[:200]
    assert not Path("/tmp/stolen.db").exists()


def test_sql_of_visitors_is_cut(get: Get) -> None:
    answer = get("/rilis.json", params={"sql": "SELECT a.id FROM articles a, articles b"})
    assert answer.json()["truncated"] is True
    assert len(answer.json()["rows"]) == app.Limits().rows


def test_words_find_their_other_forms(get: Get) -> None:
    rows = get("/artikel.json?q=pengamanan+kampanye").json()
    assert rows
    assert all(
        "kampanye" in get(f"/artikel/{row['article_id']}.json").json()["article"]["text"] for row in rows[:3]
    )
    assert len(get('/artikel.json?q="pengamanan kampanye"').json()) == 0


def test_words_and_filters(get: Get) -> None:
    everything = get("/artikel.json?q=warga").json()
    some = get("/artikel.json?q=warga&jenis=narcotics").json()
    assert 0 < len(some) < len(everything)
    assert {row["event_type"] for row in some} == {"narcotics"}
    year = get("/artikel.json?q=warga&tahun=2023").json()
    assert year and {row["published_date"][:4] for row in year} == {"2023"}
    assert len(get("/artikel.json?q=warga+-sabu").json()) < len(everything)
    unit = some[0]["primary_unit"]
    polda = get("/artikel.json", params={"q": f'satuan:"{unit}"'}, follow_redirects=True).json()
    assert {row["primary_unit"] for row in polda} == {unit}


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("jenis:narkotika sabu", "/artikel?q=sabu&jenis=narcotics"),
        ("type:narcotics", "/artikel?jenis=narcotics"),
        ("jenis:pemilu", "/artikel?jenis=election"),
        ('polda:"jawa barat" tahun:2024', "/artikel?polda=polda-jawa-barat&tahun=2024"),
        ("bulan:2024-02", "/artikel?dari=2024-02-01&sampai=2024-02-29"),
        ("dari:2024-01-01 sampai:2024-01-31", "/artikel?dari=2024-01-01&sampai=2024-01-31"),
        ("jenis:entahapa sabu", "/artikel?q=jenis%3Aentahapa+sabu"),
        ("https://x.example/a", "/artikel?q=https%3A%2F%2Fx.example%2Fa"),
    ],
)
def test_filters_that_a_person_types(get: Get, typed: str, address: str) -> None:
    assert get("/cari", params={"q": typed}).headers["location"] == address


@pytest.mark.parametrize(
    "typed",
    [
        '"',
        "'",
        "* OR *",
        "NEAR(",
        "a" * 3000,
        "AND OR NOT",
        '"" ""',
        "%",
        "\x00",
        "😀",
        "-",
        "()",
        "title:x",
        "zq*",
    ],
)
def test_any_search_is_answered(get: Get, typed: str) -> None:
    assert get("/artikel", params={"q": typed}, follow_redirects=True).status_code == 200
    assert get("/pejabat", params={"q": typed}).status_code == 200
    assert get("/satuan", params={"q": typed}).status_code == 200


@pytest.mark.parametrize(
    "query",
    [
        "tahun=x",
        "tahun=99999",
        "sesudah=-1",
        "sesudah=x",
        "hal=0",
        "hal=²",
        "hal=999999999",
        "dari=kemarin",
        "polda=%27",
        "jenis=%00",
        "lang=xx",
    ],
)
def test_senseless_arguments_are_left_out(get: Get, query: str) -> None:
    for path in ("/artikel", "/peristiwa", "/pejabat", "/satuan"):
        assert get(f"{path}?{query}").status_code == 200


def test_facets_count_what_a_click_gives(get: Get) -> None:
    for path in (
        "/artikel",
        "/peristiwa",
        "/pejabat",
        "/satuan",
        "/artikel?q=warga",
        "/peristiwa?dari=2023-01-01",
    ):
        page = get(path).text
        choices = re.findall(
            r'<li[^>]*><a href="([^"]+)" rel="nofollow"[^>]*><span>[^<]*</span><span class="n">([\d.]+)<',
            page,
        )
        assert len(choices) >= 3, path
        for target, n in choices[:: max(1, len(choices) // 6)]:
            rows = get(target.replace("&amp;", "&").replace("?", ".json?", 1)).json()
            assert len(rows) == int(n.replace(".", "")), (path, target)


def test_pages_follow_one_another_without_gap(get: Get) -> None:
    seen: list[str] = []
    address = "/artikel?jenis=crime"
    while address:
        page = get(address).text
        seen += re.findall(r'<h2><a href="/artikel/([^"]+)"', page)
        found = re.search(r'rel="next" href="([^"]+)"', page)
        address = found[1].replace("&amp;", "&") if found else ""
    assert seen == [row["article_id"] for row in get("/artikel.json?jenis=crime").json()]


def test_downloads_hold_what_is_on_the_screen(get: Get) -> None:
    query = "jenis=election&tahun=2023"
    as_json = get(f"/peristiwa.json?{query}").json()
    as_csv = list(csv.DictReader(io.StringIO(get(f"/peristiwa.csv?{query}").text)))
    sheet = openpyxl.load_workbook(io.BytesIO(get(f"/peristiwa.xlsx?{query}").content)).active
    as_xlsx = [row[0] for row in sheet.iter_rows(min_row=2, values_only=True)]
    assert [row["event_id"] for row in as_json] == [row["event_id"] for row in as_csv] == as_xlsx
    assert as_json
    assert get("/peristiwa.csv").headers["content-disposition"] == 'attachment; filename="peristiwa.csv"'


def test_downloads_carry_no_formula(get: Get) -> None:
    rows = list(csv.reader(io.StringIO(get("/pejabat.csv?q=budi").text)))
    rows += list(csv.reader(io.StringIO(get("/peristiwa.csv?satuan=polres-tegal").text)))
    cells = [cell for row in rows for cell in row]
    assert any(cell.startswith("'+62") for cell in cells)
    assert not [cell for cell in cells if cell.startswith(("=", "+", "@", "-"))]


def test_sql_downloads_carry_no_formula(get: Get) -> None:
    query = {"sql": "SELECT village, surface FROM events WHERE event_id = :id", "id": "evil-event"}
    rows = list(csv.reader(io.StringIO(get("/rilis.csv", params=query).text)))
    assert rows[1][0] == "'+62 desa"
    sheet = openpyxl.load_workbook(io.BytesIO(get("/rilis.xlsx", params=query).content)).active
    assert (sheet["A2"].value, sheet["A2"].data_type) == ("+62 desa", "s")
    assert get("/rilis/officers.xlsx").status_code == 200
    for address in ("/rilis/officers.csv", "/rilis/articles/1.csv", "/rilis.csv"):
        assert get(address).status_code == 404
    assert get("/rilis.csv", params={"sql": "DELETE FROM events"}).status_code == 400


def test_language_is_kept_and_goes_back(get: Get) -> None:
    answer = get("/bahasa/en?ke=/artikel%3Fq%3Dsabu")
    assert answer.headers["location"] == "/artikel?q=sabu"
    cookie = answer.headers["set-cookie"].split(";")[0]
    assert 'lang="en"' in get("/", headers={"cookie": cookie}).text


@pytest.mark.parametrize(
    "target",
    [
        "//evil.example",
        "https://evil.example",
        "/\\evil.example",
        "javascript:alert(1)",
        "/%0d%0aset-cookie:x",
    ],
)
def test_language_leads_nowhere_else(get: Get, target: str) -> None:
    location = get("/bahasa/en", params={"ke": target}).headers["location"]
    assert location.startswith("/") and not location.startswith(("//", "/\\"))
    assert "\n" not in location


def test_copies_are_shown_beside_the_article(get: Get, db: Path) -> None:
    with sqlite3.connect(db) as conn:
        key = conn.execute("SELECT duplicate_group FROM articles WHERE site = 'salinan.example'").fetchone()[
            0
        ]
    assert "salinan.example" in get(f"/artikel/{key}").text


def test_the_start_page_counts(get: Get) -> None:
    page = Tags(get("/").text).text
    assert f"{N + 2}" in page
    assert f"{N + 1} tanpa salinan" in page


def test_another_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        app.make(tmp_path / "x.db")
    (tmp_path / "x.db").write_text("text")
    with pytest.raises(InputError, match="rilis publish"):
        app.make(tmp_path / "x.db")


def test_labels_are_whole_and_used() -> None:
    used: set[str] = set()
    for file in (WEB / "templates").glob("*.html"):
        used |= set(re.findall(r'\bt\("([a-z_.0-9A-Z]+)"', file.read_text())) | set(
            re.findall(r"\bt\('([a-z_.]+)'", file.read_text())
        )
    with (WEB / "labels.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    keys = [row["key"] for row in rows]
    assert len(keys) == len(set(keys))
    assert all(row["id"] and row["en"] for row in rows)
    assert {key for key in used if not key.endswith(".")} <= set(keys)
