"""The examples in ``--help`` are tried, as they stand there."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipeline import config
from pipeline.cli import app
from pipeline.publish.web import app as web

COMMANDS = ("query", "officers", "unit", "events", "publish", "serve", "release")
ROOT = Path(__file__).parents[2]


def examples(command: str) -> list[list[str]]:
    """The examples of a command's help, as words; lines that the help wraps are joined."""
    text = (
        CliRunner().invoke(app, [command, "--help"], env={"COLUMNS": "400", "TERMINAL_WIDTH": "400"}).output
    )
    found = re.findall(rf"^\W*rilis ({command}\b[^\n│]*)", text, re.MULTILINE)
    return [shlex.split(line.strip()) for line in found]


@pytest.mark.parametrize("command", COMMANDS)
def test_examples_run(
    command: str, data: Path, db: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "processed").symlink_to(data)
    (tmp_path / "data" / "rilis.db").symlink_to(db)
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "rilis.db").symlink_to(db)
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "gold").mkdir()
    for name in ("A02.md", "A02.json"):
        (tmp_path / "tests" / "gold" / name).write_bytes((ROOT / "tests" / "gold" / name).read_bytes())
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("RILIS_DATA", raising=False)
    config.settings.cache_clear()
    served: list[int] = []
    monkeypatch.setattr(web, "serve", lambda file, *, host, port, limits: served.append(port))
    lines = examples(command)
    assert len(lines) >= 2
    for number, words in enumerate(lines):
        if command == "release":
            words = [words[0], f"{words[1]}-{number}", *words[2:]]
        if command == "publish":
            for file in ("data/rilis.db", "site/rilis.db"):
                (tmp_path / file).unlink(missing_ok=True)
        result = CliRunner().invoke(app, words)
        assert result.exit_code == 0, f"{words}\n{result.output}\n{result.exception!r}"
    assert bool(served) == (command == "serve")
    config.settings.cache_clear()
