"""docs/sites.md names every key of a site entry, and says the truth about how many there are."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import pytest

from pipeline.sites import load_sites, platforms
from pipeline.sites.entry import Assertions, Discovery, Host, Pages, Selectors, SiteFile

TEXT = (Path(__file__).parents[2] / "docs" / "sites.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("kind", [SiteFile, Host, Discovery, Selectors, Pages, Assertions])
def test_every_key_is_explained(kind: type) -> None:
    for key in fields(kind):
        assert re.search(rf"`{key.name}\b", TEXT), f"{kind.__name__}.{key.name}"


def test_every_platform_is_named() -> None:
    assert all(name in TEXT for name in platforms())


def test_the_counts_are_right() -> None:
    sites = load_sites()
    own = {unit for site in sites for unit in site.units if not unit.startswith("polda")}
    seen = own | {unit for site in sites for unit in site.seen if not unit.startswith("polda")}
    files = {site.file for site in sites}
    assert f"{len(sites)} hosts in {len(files)} files" in TEXT
    assert f"{len(own)} of the 508 resort units" in TEXT and f"{len(seen)} were seen" in TEXT
    assert {site.status for site in sites} == {"trial"}, "say in the docs which were tried live"
