"""Site entries: what a file may say, and where it says what is wrong."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from pipeline.errors import SiteError
from pipeline.registry import load_registry
from pipeline.sites import find_site, load_sites, platforms

GOOD = """\
id: contoh
name: Contoh
platform: wordpress
time_zone: Asia/Makassar
status: stable
rate: 5
hosts:
  - url: https://www.contoh.id/
    units: [polres-purwakarta]
    selectors:
      - {body: .isi-lama, until: 2025-06-30}
      - {body: [.isi, .isi-baru], drop: .iklan}
"""


def write(folder: Path, text: str, name: str = "contoh.yml") -> Path:
    (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_an_entry_takes_from_its_platform_what_it_leaves_out(tmp_path: Path) -> None:
    (site,) = load_sites([write(tmp_path, GOOD)])
    assert (site.id, site.host, site.rate, site.time_zone) == ("contoh", "contoh.id", 5.0, "Asia/Makassar")
    assert site.discover == platforms()["wordpress"].discover
    for url in (
        "https://m.contoh.id/a",
        "http://contoh.id/a",
        "http://CONTOH.id:80/",
        "https://contoh.id:443/",
    ):
        assert site.owns(url), url
    for url in (
        "https://contoh.id.slot.top/",
        "https://contoh.id:8080/",
        "https://x.id/contoh.id",
        "http://[",
    ):
        assert not site.owns(url), url


def test_selectors_have_versions(tmp_path: Path) -> None:
    (site,) = load_sites([write(tmp_path, GOOD)])
    old, new = site.selectors_on(dt.date(2025, 6, 30)), site.selectors_on(dt.date(2025, 7, 1))
    assert old is not None and old.body == (".isi-lama",)
    assert new is not None and new.body == (".isi", ".isi-baru") and new.drop == (".iklan",)


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("rate: 5", "rates: 5", 6, "unknown key 'rates'"),
        ("    units:", "    unit:", 9, "unknown key 'hosts.0.unit'"),
        (".iklan}", ".iklan, caption_css: x}", 12, "caption_css"),
        ("Asia/Makassar", "Asia/Mars", 4, "no such time zone"),
        ("status: stable", "status: fine", 5, "status"),
        ("https://www", "gopher://www", 8, "http"),
        ("platform: wordpress", "platform: joomla", None, "unknown platform"),
        ("rate: 5", "name: Dua kali", 6, "twice"),
        ("hosts:", "hosts: [", None, "not YAML"),
        ("time_zone: Asia/Makassar\n", "", None, "no time zone"),
    ],
)
def test_mistakes_are_told_with_file_and_line(
    tmp_path: Path, old: str, new: str, line: int | None, words: str
) -> None:
    with pytest.raises(SiteError) as caught:
        load_sites([write(tmp_path, GOOD.replace(old, new))])
    assert words in caught.value.message and "contoh.yml" in str(caught.value.where)
    if line is not None:
        assert str(caught.value.where).endswith(f":{line}")
    assert caught.value.exit_code == 2


def test_an_id_stands_for_one_site(tmp_path: Path) -> None:
    write(tmp_path, GOOD)
    with pytest.raises(SiteError, match=r"also used in contoh\.yml"):
        load_sites([write(tmp_path, GOOD, "lain.yml")])


def test_folders_of_ones_own_stand_beside_the_package_or_alone(tmp_path: Path) -> None:
    write(tmp_path, GOOD)
    assert len(load_sites([tmp_path])) == 1
    assert len(load_sites(["package", tmp_path])) == len(load_sites()) + 1
    with pytest.raises(SiteError, match="no such folder"):
        load_sites([tmp_path / "none"])


def test_an_unknown_site_is_answered_with_near_ones() -> None:
    with pytest.raises(SiteError, match=r"purwakarta\.jis\.co\.id"):
        find_site(load_sites(), "purwakarta.jis")


def test_the_packages_entries_name_real_units_and_provinces() -> None:
    registry = load_registry()
    sites = load_sites()
    assert len(sites) >= 60
    known = set(registry.units)
    for site in sites:
        unknown = {*site.units, *site.seen} - known
        assert not unknown, f"{site.file}: {site.id} names {unknown}"
        assert site.status != "stable" or site.status_reason
    hosts = [site.host for site in sites]
    assert len(hosts) == len(set(hosts))


def test_the_seeds_sites_have_entries() -> None:
    hosts = {site.host for site in load_sites()}
    assert {"purwakarta.jis.co.id", "intisarinews.co.id", "purwakarta1.iwo.or.id", "jambiekspres.co"} <= hosts
