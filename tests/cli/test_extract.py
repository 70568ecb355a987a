"""``rilis extract`` as a person calls it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.run.articles import release, write_jsonl

ROOT = Path(__file__).parents[2]
SEEDS = ROOT.parent / "shared" / "seeds"


def rilis(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pipeline", *map(str, arguments)]
    if "--ner" not in arguments and arguments[0] == "extract":
        command += ["--ner", "rules"]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120)


def measured(*arguments: str | Path) -> tuple[int, str, int]:
    """Exit code, what it wrote to standard error, and its peak memory in MB."""
    code = (
        "import resource, sys\nfrom pipeline.cli import main\n"
        f"sys.argv = ['rilis', *{[str(a) for a in arguments]!r}, '--ner', 'rules']\n"
        "try:\n    main()\nfinally:\n"
        "    print('PEAK', resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=120)
    return done.returncode, done.stderr, int(done.stdout.split("PEAK")[1])


def test_all_read_is_0(tmp_path: Path) -> None:
    done = rilis(
        "extract", write_jsonl(tmp_path / "in.jsonl", [release(1), release(2)]), "--out", tmp_path / "out"
    )
    assert done.returncode == 0, done.stderr
    assert "articles 2," in done.stdout
    assert done.stderr == ""
    assert (tmp_path / "out/articles/part-0.parquet").is_file()


def test_some_rejected_is_3_with_place_reason_and_hint(tmp_path: Path) -> None:
    path = write_jsonl(tmp_path / "in.jsonl", [release(1), release(2), "{rusak", release(4)])
    done = rilis("extract", path, tmp_path / "hilang.jsonl", "-j", "2", "--out", tmp_path / "out")
    assert done.returncode == 3
    assert f"{path}:3: not valid JSON" in done.stderr
    assert "hilang.jsonl: there is no such file" in done.stderr
    assert "articles 3," in done.stdout


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["extract", "tidak-ada.jsonl", "--out", "OUT"], "no such file"),
        (["extract", "--out", "OUT"], "Missing argument"),
        (["extract", "IN"], "Missing option"),
        (["extract", "IN", "--out", "OUT", "--ner", "gpt"], "rules, spacy, stanza"),
        (["extract", "IN", "--out", "OUT", "-j", "-1"], "Invalid value"),
        (["extract", "IN", "--out", "OUT", "--log", "xml"], "text or json"),
        (["extract", "IN", "--out", "IN"], "folder"),
    ],
)
def test_wrong_usage_is_2_and_writes_nothing(tmp_path: Path, arguments: list[str], told: str) -> None:
    path = write_jsonl(tmp_path / "in.jsonl", [release(1)])
    names = {"IN": str(path), "OUT": str(tmp_path / "out")}
    done = rilis(*[names.get(a, a) for a in arguments])
    assert done.returncode == 2, done.stderr
    assert told in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "out").exists()


def test_a_log_for_machines(tmp_path: Path) -> None:
    path = write_jsonl(tmp_path / "in.jsonl", [release(1), "[]"])
    done = rilis("extract", path, "--out", tmp_path / "out", "--log", "json")
    events = [json.loads(line) for line in done.stderr.splitlines() if line.startswith("{")]
    assert [e["event"] for e in events] == ["started", "rejected", "finished"]
    assert events[1]["place"] == f"{path}:2"


def test_large_and_odd_input_in_bounded_memory(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    write_jsonl(folder / "a.jsonl", [release(1), release(2), "{rusak", release(4)])
    (folder / "b.jsonl").write_bytes(b'{"text": "')
    with (folder / "b.jsonl").open("ab") as out:
        for _ in range(200):
            out.write(b"a" * 2**20)
    (folder / "c.txt").write_text("kata " * 600_000)
    (folder / "d.txt").write_bytes(b"\0\1\2\3" * 1000)
    (folder / "e.txt").write_bytes(b"")
    (folder / "f.html").write_text("<html><body></body></html>")
    write_jsonl(folder / "g.jsonl", [release(7)])
    code, told, peak = measured("extract", folder, "--out", tmp_path / "out")
    assert code == 3
    lines = [json.loads(line) for line in (tmp_path / "out/rejected.jsonl").read_text().splitlines()]
    assert [Path(line["input"]).name for line in lines] == [
        "a.jsonl", "b.jsonl", "c.txt", "d.txt", "e.txt", "f.html",
    ]  # fmt: skip
    assert f"records put aside in {tmp_path}/out/rejected.jsonl: 6" in told
    small, _, base = measured("extract", folder / "g.jsonl", "--out", tmp_path / "small")
    assert small == 0
    assert peak - base < 120, (peak, base)


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the real seeds are not part of the repository")
def test_the_seeds_as_they_are(tmp_path: Path) -> None:
    done = rilis("extract", *sorted(SEEDS.glob("*.txt")), "--out", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    assert "articles 5," in done.stdout
