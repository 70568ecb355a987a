"""What a journalist does: search, narrow, open, check a claim, take the data away."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from tests.browser.conftest import AXE, Visit
from tests.publish.datasets import HOSTILE

ADDRESSES = ["/", "/artikel?q=warga", "/peristiwa", "/pejabat", "/satuan", "/data", f"/artikel/{HOSTILE}"]
FIRST = [f"first:{kind}" for kind in ("artikel", "peristiwa", "pejabat", "satuan")]


def first(visit: Visit, kind: str) -> str:
    """The address of the first article, event, officer or unit of its list."""
    visit.open(f"/{kind}")
    return visit.page.locator(f".results a[href^='/{kind}/']").nth(1).get_attribute("href") or ""


def test_search_facet_article_evidence_download(visit: Visit, tmp_path: Path) -> None:
    page = visit.open("/")
    page.get_by_role("searchbox").fill("amankan warga")
    visit.follow(page.get_by_role("button", name="Cari"))
    assert page.url.endswith("/artikel?q=amankan+warga")
    before = int(page.locator(".count strong").inner_text())

    facet = page.locator(".facet li a").first
    expected = int(facet.locator(".n").inner_text())
    visit.follow(facet)
    assert int(page.locator(".count strong").inner_text()) == expected <= before
    assert page.locator(".active li").count() == 3

    with page.expect_download() as download:
        page.get_by_role("link", name="CSV").click()
    download.value.save_as(tmp_path / "x.csv")
    with (tmp_path / "x.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == expected

    title = page.locator(".hits h2 a").first
    assert title.inner_text() == rows[0]["title"]
    visit.follow(title)
    assert page.get_by_role("heading", level=1).inner_text() == rows[0]["title"]

    record = page.locator(".records .evidence").nth(2)
    start, end = record.get_attribute("data-start"), record.get_attribute("data-end")
    record.click()
    marked = page.locator("#teks span.on")
    assert marked.count() >= 1
    assert marked.first.get_attribute("data-s") == start
    assert marked.last.get_attribute("data-e") == end
    name = re.sub(r"^\S+ ", "", record.inner_text())
    assert "".join(marked.all_inner_texts()) == name.strip()
    assert marked.first.is_visible()
    assert page.url.endswith(f"#k{start}")
    page.keyboard.press("Escape")
    assert page.locator("#teks span.on").count() == 0


def test_evidence_from_an_event_page(visit: Visit) -> None:
    page = visit.open(first(visit, "peristiwa"))
    words = page.locator(".passage mark").inner_text()
    visit.follow(page.get_by_role("link", name="Lihat di dalam artikel"))
    assert "".join(page.locator("#teks span.on").all_inner_texts()) == words


def test_words_lead_back_to_their_record(visit: Visit) -> None:
    page = visit.open(first(visit, "artikel"))
    page.locator("#teks .s-NUM").first.click()
    assert "personel" in page.locator(".evidence.on").inner_text()


def test_keyboard_alone(visit: Visit) -> None:
    page = visit.open("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "q"
    page.keyboard.type("patroli")
    page.keyboard.press("Enter")
    page.wait_for_url("**/artikel?q=patroli")
    page.goto(visit.site + first(visit, "artikel"))
    page.locator(".records .evidence").first.focus()
    page.keyboard.press("Enter")
    assert page.locator("#teks span.on").count() >= 1
    assert "Bukti ditandai" in page.locator("#kabar").inner_text()


def test_language_switch_stays_on_the_page(visit: Visit) -> None:
    page = visit.open("/peristiwa?jenis=narcotics")
    assert page.locator("html").get_attribute("lang") == "id"
    visit.follow(page.get_by_role("link", name="English"))
    assert page.url.endswith("/peristiwa?jenis=narcotics")
    assert page.get_by_role("heading", level=1).inner_text() == "Events"
    visit.follow(page.get_by_role("link", name="Articles").first)
    assert page.locator("html").get_attribute("lang") == "en"


def test_dark_by_system_and_by_choice(visit: Visit) -> None:
    page = visit.open("/")
    color = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(color)
    page.emulate_media(color_scheme="dark")
    dark = page.evaluate(color)
    assert light != dark
    page.get_by_role("button", name="Terang atau gelap").click()
    assert page.evaluate(color) == light
    page.reload()
    assert page.evaluate(color) == light


def test_pages_without_scripts(browser: object, site: str) -> None:
    context = browser.new_context(java_script_enabled=False)  # type: ignore[attr-defined]
    page = context.new_page()
    page.goto(site + "/artikel?q=warga")
    with page.expect_navigation():
        page.locator(".hits h2 a").first.click()
    page.locator(".records .evidence").nth(2).click()
    page.wait_for_url("**#k*")
    assert page.url.split("#")[1].startswith("k")
    assert page.locator("#teks span:target").count() == 1
    context.close()


@pytest.mark.parametrize("address", ADDRESSES)
def test_narrow_screen(phone: Visit, address: str) -> None:
    page = phone.open(address)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    small = page.evaluate(
        """() => [...document.querySelectorAll('.top a, .top button, .search button, .facet summary')]
        .filter(e => e.offsetParent && e.getBoundingClientRect().height < 24).map(e => e.outerHTML)"""
    )
    assert small == []


def test_phone_reads_an_article(phone: Visit) -> None:
    page = phone.open(first(phone, "artikel"))
    page.locator(".records .evidence").nth(1).tap()
    page.wait_for_function(
        """() => { const box = document.querySelector('#teks span.on')?.getBoundingClientRect();
        return box && box.top >= 0 && box.bottom <= innerHeight; }"""
    )


@pytest.mark.parametrize("address", [*ADDRESSES, *FIRST, "/rilis", "/rilis/events", "/nope"])
def test_accessibility(visit: Visit, address: str) -> None:
    if not AXE.exists():
        pytest.skip("no axe-core here (npm install --prefix .cache axe-core)")
    if address.startswith("first:"):
        address = first(visit, address.removeprefix("first:"))
    page = visit.open(address)
    page.evaluate(AXE.read_text(encoding="utf-8"))
    rules = "{runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice']}"
    found = page.evaluate(f"axe.run(document, {rules})")["violations"]
    page.emulate_media(color_scheme="dark")
    found += page.evaluate("axe.run(document, {runOnly: {type: 'rule', values: ['color-contrast']}})")[
        "violations"
    ]
    told = [(v["id"], v["impact"], [node["html"][:120] for node in v["nodes"][:3]]) for v in found]
    if address == "/nope":
        visit.wrong.clear()  # the browser notes the 404 itself
    assert [v for v in told if v[1] != "minor"] == []
