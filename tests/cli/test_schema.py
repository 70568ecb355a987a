"""``rilis schema`` as a person calls it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("form", ["text", "json", "markdown", "xml"])
def test_every_form_shows_the_tables(form: str) -> None:
    command = [sys.executable, "-m", "pipeline", "schema", "--format", form]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60)
    if form == "xml":
        assert done.returncode == 2
        assert "text, json, markdown" in done.stderr
        return
    assert done.returncode == 0, done.stderr
    assert "previous_position" in done.stdout
    if form == "json":
        assert len(json.loads(done.stdout)["tables"]) == 8
