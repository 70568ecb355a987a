"""Health: what raises an alarm and what does not, and the doctor's words for each."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.run.doctor import advice, explain
from pipeline.run.health import Health, alarms, append_history, read_history
from pipeline.sites import Site, load_sites

WELL = Health(
    site_id="intisarinews", run_id="r", at="2026-11-10T00:00:00+00:00", way="rss", found=20, new=10,
    stored=10,    parsed=10, fill_title=1.0, fill_date=1.0, fill_body=1.0, body_chars=2000.0, on_topic=0.8,
    kinds={"article": 10},
)  # fmt: skip


@pytest.fixture
def site() -> Site:
    return next(site for site in load_sites() if site.id == "intisarinews")


def codes(site: Site, now: Health, *past: Health) -> list[str]:
    return [alarm.code for alarm in alarms(site, now, list(past))]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, []),
        ({"way": None, "problems": ("rss: status 404",)}, ["unreachable"]),
        ({"kinds": {"article": 9, "hijacked": 1}}, ["hijacked"]),
        ({"kinds": {"challenge": 8, "article": 2}}, ["challenge"]),
        ({"kinds": {"challenge": 1, "article": 9}}, []),
        ({"kinds": {"timeout": 6, "article": 4}}, ["errors"]),
        ({"fill_date": 0.4}, ["fill_date", "drift_fill_date"]),
        ({"parsed": 2, "fill_date": 0.0, "new": 8}, []),
        ({"on_topic": 0.3}, ["drift_on_topic"]),
        ({"body_chars": 400.0}, ["drift_body"]),
        ({"new": 1}, ["count"]),
    ],
)
def test_alarms(site: Site, change: dict[str, object], expected: list[str]) -> None:
    assert codes(site, replace(WELL, **change), *[WELL] * 8) == expected  # type: ignore[arg-type]


def test_a_new_site_has_no_drift(site: Site) -> None:
    assert codes(site, replace(WELL, new=1, body_chars=400.0), WELL) == []


def test_a_site_that_falls_silent(site: Site) -> None:
    lively = replace(site, assertions=replace(site.assertions, new_per_week=20.0))
    day = [replace(WELL, at=f"2026-11-{n:02d}T00:00:00+00:00", new=2) for n in range(2, 11)]
    assert codes(lively, replace(day[-1], parsed=0), *day[:-1]) == ["new_per_week"]
    assert codes(lively, replace(day[-1], parsed=0), *day[3:-1]) == []
    assert codes(lively, replace(day[-1], parsed=0, new=9), *day[:-1]) == []


def test_the_history_only_grows_and_a_torn_line_is_passed_over(tmp_path: Path) -> None:
    append_history(tmp_path, [WELL, replace(WELL, site_id="lain")])
    path = tmp_path / "health.jsonl"
    before = path.read_bytes()
    path.write_bytes(before + b'{"site_id": "inti')
    append_history(tmp_path, [replace(WELL, run_id="r2")])
    assert path.read_bytes().startswith(before)
    assert [row.run_id for row in read_history(tmp_path)["intisarinews"]] == ["r", "r2"]


def test_every_alarm_has_advice() -> None:
    source = (Path(__file__).parents[2] / "pipeline/run/health.py").read_text(encoding="utf-8")
    for code in (
        "unreachable",
        "hijacked",
        "challenge",
        "soft404",
        "paywall",
        "empty",
        "errors",
        "count",
        "drift_body",
    ):
        assert f'"{code}"' in source and code in advice()
    assert "new_per_week" in advice()
    for name in ("fill_title", "fill_date", "fill_body", "on_topic"):
        assert name in advice() and f"drift_{name}" in advice()


def test_without_a_run_the_doctor_says_how_to_make_one(tmp_path: Path) -> None:
    lines, well = explain(tmp_path)
    assert not well and "rilis refresh" in lines[0]
