"""Is a confidence of 0.9 right nine times of ten? Counted over an evaluation."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.evaluate.scores import Evaluation

BINS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1.01)
GROUPS: dict[str, tuple[str, ...]] = {
    "spans PER, ORG, LOC": ("span_per", "span_org", "span_loc"),
    "other spans": (
        "span_rank",
        "span_deg",
        "span_pos",
        "span_unit",
        "span_date",
        "span_time",
        "span_num",
        "span_op",
    ),
    "units": ("units",),
    "officers (whole record)": ("officer_record",),
    "dates": ("dates",),
    "personnel (with force)": ("personnel_force",),
    "event type": ("event_type",),
    "quotes (with speaker)": ("quote_speaker",),
}


@dataclass(frozen=True, slots=True)
class Reliability:
    """Values whose confidence lies from ``low`` (included) to ``high``, and the share that is right."""

    group: str
    low: float
    high: float
    count: int
    right: float


def reliability(
    evaluation: Evaluation, groups: dict[str, tuple[str, ...]] = GROUPS, bins: Sequence[float] = BINS
) -> list[Reliability]:
    """One row for each group and bin that holds any value."""
    rows = []
    for group, fields in groups.items():
        counts = [[0, 0] for _ in bins]
        for verdict in evaluation.verdicts:
            if verdict.field in fields and verdict.confidence is not None:
                place = max(0, bisect_right(bins, verdict.confidence) - 1)
                counts[place][0] += 1
                counts[place][1] += verdict.right
        for low, high, (count, right) in zip(bins, bins[1:], counts, strict=False):
            if count:
                rows.append(Reliability(group, low, min(high, 1.0), count, right / count))
    return rows
