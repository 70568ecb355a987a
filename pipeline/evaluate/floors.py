"""Score floors: one file, a floor a field. Raising is free; lowering takes a flag and a reason."""

from __future__ import annotations

import datetime as dt
import tomllib
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import ConfigError, UsageError
from pipeline.evaluate.scores import Evaluation

_HEAD = """\
# Lowest score that each field may have: `rilis evaluate tests/gold --ner rules --floors tests/floors.toml`.
# Raise with `--raise-floors`. Lowering takes `--lower-floors "reason"`, which is written down below.
"""


_SLACK = 10
"""Thousandths that a floor stays under the score it is raised to: one document more or less is no alarm."""


@dataclass(frozen=True, slots=True)
class Floors:
    """Field to lowest allowed score, and the log of lowerings (``"day: reason"``)."""

    floors: dict[str, float]
    lowered: list[str]


def read_floors(path: Path) -> Floors:
    """Read ``[floors]`` and ``lowered``; raise ``ConfigError`` when the file is wrong."""
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
        floors = {str(name): float(value) for name, value in raw["floors"].items()}
    except FileNotFoundError:
        raise ConfigError("no floors file", where=str(path), hint="make one with --raise-floors") from None
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError, AttributeError) as error:
        raise ConfigError(
            f"floors: {error}", where=str(path), hint="[floors] with lines `field = 0.95`"
        ) from None
    return Floors(floors, [str(line) for line in raw.get("lowered", [])])


def below(evaluation: Evaluation, floors: Floors) -> list[str]:
    """One line for each field under its floor."""
    values = {score.field: score.value for score in evaluation.scores}
    unknown = sorted(set(floors.floors) - set(values))
    if unknown:
        raise ConfigError(
            f"floors for unknown fields: {', '.join(unknown)}", hint="fields as `rilis evaluate` prints"
        )
    return [
        f"{name}: {values[name]:.4f} is under its floor {floor:.4f}"
        for name, floor in floors.floors.items()
        if values[name] < floor - 1e-9
    ]


def renew(
    evaluation: Evaluation,
    floors: Floors,
    *,
    lower: bool = False,
    reason: str = "",
    today: dt.date | None = None,
) -> Floors:
    """Floors moved up to just under the scores; down too, with ``lower`` and a reason."""
    if lower and not reason.strip():
        raise UsageError(
            "lowering a floor takes a reason", hint='--lower-floors "what changed, and why it is right"'
        )
    new: dict[str, float] = dict(floors.floors)
    dropped = []
    for score in evaluation.scores:
        if not score.hits + score.misses + score.false:
            continue
        value = max(0, int(score.value * 1000) - _SLACK) / 1000
        old = new.get(score.field, 0.0)
        if value >= old:
            new[score.field] = value
        elif lower:
            new[score.field] = value
            dropped.append(f"{score.field} {old:.3f} to {value:.3f}")
    log = list(floors.lowered)
    if dropped:
        day = f"{today.isoformat()}: " if today else ""
        log.append(f"{day}{', '.join(dropped)}: {reason.strip()}")
    return Floors(new, log)


def write_floors(path: Path, floors: Floors) -> None:
    """Write the file; fields in the order of the scores."""
    lines = [_HEAD]
    if floors.lowered:
        quoted = ",\n".join("  " + _quoted(line) for line in floors.lowered)
        lines.append(f"lowered = [\n{quoted},\n]\n")
    lines.append("[floors]")
    lines += [f"{name} = {value:.3f}" for name, value in floors.floors.items()]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _quoted(line: str) -> str:
    plain = line.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{" ".join(plain.split())}"'
