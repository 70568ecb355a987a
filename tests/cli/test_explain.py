"""``rilis explain`` as a person calls it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.run.articles import release, write_jsonl

ROOT = Path(__file__).parents[2]


def rilis(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pipeline", *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120)


def test_on_the_terminal_and_as_a_page(tmp_path: Path) -> None:
    path = write_jsonl(tmp_path / "in.jsonl", [release(1), release(2)])
    shown = rilis("explain", path, "--ner", "rules")
    assert shown.returncode == 0, shown.stderr
    assert "Polres Metro Bertugas Nomor 1" in shown.stdout
    assert "1 more records" in shown.stderr
    page = tmp_path / "pages" / "r2.html"
    done = rilis("explain", path, "--id", "r2", "--ner", "rules", "--html", page)
    assert done.returncode == 0, done.stderr
    assert "Nomor 2" in page.read_text(encoding="utf-8")


def test_what_is_missing_is_wrong_usage(tmp_path: Path) -> None:
    for arguments in (["explain", "tidak-ada.txt"], ["explain", "r1", "--data", str(tmp_path)]):
        done = rilis(*arguments)
        assert done.returncode == 2
        assert "hint:" in done.stderr
        assert "Traceback" not in done.stderr
