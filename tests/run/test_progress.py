"""What a run tells while it works."""

from __future__ import annotations

import io
import json
import os
import pty
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pipeline.run.progress import Bar, JsonLines, Silent, for_terminal
from tests.run.articles import release, write_jsonl

ROOT = Path(__file__).parents[2]


class Hands:
    """A clock that is moved by hand."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def now(self) -> datetime:
        return datetime.fromtimestamp(1_700_000_000 + self.seconds, UTC)

    def monotonic(self) -> float:
        return self.seconds

    def sleep(self, seconds: float) -> None:
        self.seconds += seconds


def test_a_log_tells_events_at_once_and_progress_now_and_then() -> None:
    out, clock = io.StringIO(), Hands()
    with JsonLines(out, clock) as log:
        log.advance(64, 1)
        clock.sleep(11)
        log.advance(64, 0)
        log.event("rejected", place="in.jsonl:3")
    lines = [json.loads(line) for line in out.getvalue().splitlines()]
    assert [(line["event"], line.get("articles")) for line in lines] == [
        ("progress", 128),
        ("rejected", None),
    ]
    assert lines[0]["time"] == "2023-11-14T22:13:31.000+00:00"


def test_without_a_terminal_nothing_moves(capsys: pytest.CaptureFixture[str]) -> None:
    with for_terminal() as telling:
        assert isinstance(telling, Silent)
        assert not isinstance(telling, Bar)
        telling.advance(1, 0)
        telling.event("started")
    assert capsys.readouterr().err == ""


def test_on_a_terminal_a_bar_moves(tmp_path: Path) -> None:
    path = write_jsonl(tmp_path / "in.jsonl", [release(i) for i in range(70)])
    main, side = pty.openpty()
    command = [
        sys.executable,
        "-m",
        "pipeline",
        "extract",
        str(path),
        "--out",
        str(tmp_path / "o"),
        "--ner",
        "rules",
    ]
    env = os.environ | {"TERM": "xterm"}
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=side, env=env)
    os.close(side)
    shown = b""
    while True:
        try:
            chunk = os.read(main, 4096)
        except OSError:
            break
        if not chunk:
            break
        shown += chunk
    os.close(main)
    assert process.wait(timeout=30) == 0
    assert b"articles" in shown
