"""The benches hang together; what they measure is not tested."""

from __future__ import annotations

import importlib
import re

from tests.bench.__main__ import NAMES, PAGE, put, render
from tests.bench.measure import Figure, Result
from tests.bench.texts import articles, release


def test_every_bench_can_be_run() -> None:
    assert {"speed", "memory"} <= set(NAMES)
    for name in NAMES:
        assert callable(importlib.import_module(f"tests.bench.bench_{name}").run)


def test_figures_take_the_place_of_old_ones() -> None:
    result = Result("Speed", "about", ("a second",), [Figure("rules", ("600",))])
    once = put("# Page\n", "speed", render(result))
    assert "| rules | 600 |" in once
    again = put(once, "speed", "new\n")
    assert again.count("<!-- bench speed -->") == 1
    assert "600" not in again


def test_the_page_holds_figures_of_benches_that_there_are() -> None:
    parts = re.findall(r"<!-- bench (\w+) -->", PAGE.read_text(encoding="utf-8"))
    assert parts
    assert set(parts) <= set(NAMES)


def test_releases_are_of_the_stated_size_and_all_different() -> None:
    texts = [release(n)["text"] for n in range(40)]
    assert len(set(texts)) == 40
    assert all(2_300 < len(text) < 3_000 for text in texts)
    assert release(7) == release(7)
    assert "{" not in "".join(texts)
    assert len(list(articles(3))) == 3
