"""``rilis annotate`` as a person calls it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.run.articles import release, write_jsonl

ROOT = Path(__file__).parents[2]


def rilis(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pipeline", *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120)


def test_out_and_back(tmp_path: Path) -> None:
    path = write_jsonl(tmp_path / "in.jsonl", [release(1), release(2)])
    out = rilis(
        "annotate", "export", path, "--ner", "rules", "--tool", "prodigy", "--out", tmp_path / "t.jsonl"
    )
    assert out.returncode == 0, out.stderr
    assert "2 articles" in out.stdout
    back = rilis("annotate", "import", tmp_path / "t.jsonl", "--out", tmp_path / "gold")
    assert back.returncode == 0, back.stderr
    assert {p.name for p in (tmp_path / "gold").iterdir()} == {"r1.md", "r1.json", "r2.md", "r2.json"}


def test_problems_are_3_and_wrong_usage_is_2(tmp_path: Path) -> None:
    path = write_jsonl(tmp_path / "in.jsonl", [release(1), "{"])
    some = rilis("annotate", "export", path, "--ner", "rules", "--out", tmp_path / "t.json")
    assert some.returncode == 3
    assert f"{path}:2: not valid JSON" in some.stderr
    assert (tmp_path / "t.xml").exists()
    assert rilis("annotate", "import", tmp_path / "no.json", "--out", tmp_path / "gold").returncode == 2
    assert (
        rilis(
            "annotate", "export", path, "--ner", "rules", "--tool", "doccano", "--out", tmp_path / "x"
        ).returncode
        == 2
    )
