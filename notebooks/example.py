"""What all four notebooks start from: tables to look at, and one quiet look for the plots."""

from __future__ import annotations

import os
import tempfile
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
INK, SOFT, LAND = "#1d2226", "#59626a", "#dcd8cd"
COLORS = {
    "election": "#2f63a8",
    "public_order": "#b06a00",
    "traffic": "#5d7a1f",
    "crime": "#ab3434",
    "community": "#1f7f74",
    "internal": "#6d559c",
    "other": "#7b7b7b",
}


@cache
def tables() -> Path:
    """The folder of tables that RILIS_TABLES names; else those of the annotated articles in tests/gold.

    The annotated articles are read by the extractor like any others; their annotations play no part here.
    """
    named = os.environ.get("RILIS_TABLES")
    if named:
        return Path(named)
    from pipeline.evaluate.gold import read_gold
    from pipeline.evaluate.predict import predict
    from pipeline.tables.rows import record_batches
    from pipeline.tables.staging import Staging
    from pipeline.tables.writer import DatasetWriter

    folder = Path(tempfile.mkdtemp(prefix="rilis-"))
    with Staging(folder) as staging:
        writer = DatasetWriter(staging)
        writer.write(record_batches(predict(read_gold(ROOT / "tests" / "gold"))))
        writer.close()
        staging.commit()
    return folder


def style() -> None:
    """Plots with light lines, no box, titles at the left."""
    import matplotlib.pyplot as plt

    plt.rcParams.update(
        {
            "figure.figsize": (9, 4),
            "figure.dpi": 96,
            "savefig.bbox": "tight",
            "font.size": 10,
            "text.color": INK,
            "axes.labelcolor": SOFT,
            "xtick.color": SOFT,
            "ytick.color": SOFT,
            "axes.edgecolor": "#b9b5aa",
            "axes.spines.top": False,
            "axes.spines.right": False,
            "axes.titlelocation": "left",
            "axes.titleweight": "bold",
            "axes.titlepad": 12,
            "axes.grid": True,
            "axes.axisbelow": True,
            "grid.color": "#e6e2d8",
            "legend.frameon": False,
        }
    )


def source(figure: object, text: str, *, below: float = 0.04) -> None:
    """A line below a figure that says where its numbers come from; farther below where a legend stands."""
    figure.text(0.01, -below, f"Source: {text}", fontsize=8, color=SOFT)  # type: ignore[attr-defined]
