"""The notebooks run from top to bottom, and show what they promise."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

nbformat = pytest.importorskip("nbformat")
nbclient = pytest.importorskip("nbclient")
pytest.importorskip("matplotlib")
pytest.importorskip("ipykernel")

NOTEBOOKS = sorted((Path(__file__).parents[2] / "notebooks").glob("*.ipynb"))
PLOTS = {"01": 1, "02": 2, "03": 2, "04": 3}


def test_all_are_here() -> None:
    assert [path.name[:2] for path in NOTEBOOKS] == list(PLOTS)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebook_runs(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = path.parents[1]
    monkeypatch.setenv("PYTHONPATH", f"{path.parent}:{root}")
    monkeypatch.delenv("RILIS_TABLES", raising=False)
    notebook = nbformat.read(path, as_version=4)
    client = nbclient.NotebookClient(
        notebook, timeout=120, resources={"metadata": {"path": str(path.parent)}}
    )
    client.execute()
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    plots = [output for output in outputs if "image/png" in output.get("data", {})]
    assert len(plots) == PLOTS[path.name[:2]]
    assert not [output["text"] for output in outputs if output.get("name") == "stderr"]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_kept_outputs_tell_nothing_of_the_machine(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"/(?:tmp|home|root|work|Users)/", text)
    notebook = nbformat.read(path, as_version=4)
    assert all(cell.get("outputs") is not None for cell in notebook.cells if cell.cell_type == "code")
    for cell in notebook.cells:
        if cell.cell_type == "code" and "plt.show()" in cell.source:
            assert re.search(r"set\(\s*title=", cell.source) and "example.source(" in cell.source
