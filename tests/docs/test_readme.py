"""The README's blocks run, in order, in an empty folder; its links lead somewhere."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipeline import config
from pipeline.cli import app

ROOT = Path(__file__).parents[2]
DOCS = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
_BLOCK = re.compile(r"^```(sh|python)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\]\((?!https?://|#)([^)#]+)\)")
RELEASE = (
    "Polsek Kalijati Gelar Patroli\n\nSUBANG - Polsek Kalijati menurunkan 12 personel, Sabtu (9/11/2024). "
    '"Patroli kami teruskan," kata Kapolsek Kalijati AKP Asep Suhaya.\n'
)


def test_the_blocks_run_in_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("RILIS_DATA", raising=False)
    config.settings.cache_clear()
    (tmp_path / "my-articles").mkdir()
    (tmp_path / "my-articles" / "release.txt").write_text(RELEASE, encoding="utf-8")
    blocks = _BLOCK.findall((ROOT / "README.md").read_text(encoding="utf-8"))
    assert len(blocks) >= 4
    for language, block in blocks:
        if language == "python":
            exec(compile(block, "README.md", "exec"), {})
            continue
        for line in block.strip().split("\n"):
            program, *arguments = shlex.split(line)
            assert program == "rilis", line
            result = CliRunner().invoke(app, arguments)
            assert result.exit_code == 0, f"{line}\n{result.output}\n{result.exception!r}"
            assert result.output.strip(), line


@pytest.mark.parametrize("page", DOCS, ids=lambda page: page.name)
def test_links_lead_to_files(page: Path) -> None:
    for target in _LINK.findall(page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), target


@pytest.mark.parametrize("page", DOCS, ids=lambda page: page.name)
def test_files_that_the_docs_name_exist(page: Path) -> None:
    named = re.findall(r"`((?:pipeline|tests|docs)/[\w./-]*\w)`", page.read_text(encoding="utf-8"))
    assert [name for name in named if not (ROOT / name).exists()] == []
