"""What ``rilis evaluate`` does, as a plain function."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pipeline.errors import UsageError
from pipeline.evaluate.fields import FIELDS, Field
from pipeline.evaluate.floors import Floors, below, read_floors, renew, write_floors
from pipeline.evaluate.gold import read_gold
from pipeline.evaluate.predict import predict
from pipeline.evaluate.report import as_json, listing, table, write_page
from pipeline.evaluate.scores import Evaluation, evaluate


def run_evaluate(
    gold: Path,
    *,
    ner: str | None = None,
    only: Sequence[str] = (),
    errors: Sequence[str] = (),
    json_file: Path | None = None,
    html_file: Path | None = None,
    floors_file: Path | None = None,
    raise_floors: bool = False,
    lower_reason: str = "",
) -> int:
    """Score, print, write what is asked for; return 1 when a field is under its floor, else 0."""
    fields = choose([*only, *errors])
    if floors_file and len(fields) < len(FIELDS):
        raise UsageError("--floors looks at every field", hint="leave out --only and --errors")
    documents = read_gold(gold)
    result = evaluate(documents, predict(documents, ner), fields=fields)
    floors = _floors(floors_file, raise_floors or bool(lower_reason))
    print(f"{result.extractor}, {result.documents} documents")
    print(table(result.scores, floors.floors if floors else None))
    for name in errors:
        print(f"\n{name}\n{listing(result, name)}")
    if json_file:
        json_file.write_text(as_json(result) + "\n", encoding="utf-8")
    if html_file:
        write_page(result, html_file)
    if floors_file is None or floors is None:
        return 0
    return _hold(result, floors, floors_file, raise_floors, lower_reason)


def choose(names: Sequence[str]) -> list[Field]:
    """The fields of these names, all when there are none; ``UsageError`` for an unknown one."""
    known = {field.name: field for field in FIELDS}
    unknown = [name for name in names if name not in known]
    if unknown:
        raise UsageError(f"no field {', '.join(unknown)}", hint="one of " + ", ".join(known))
    return [known[name] for name in dict.fromkeys(names)] or list(FIELDS)


def _floors(path: Path | None, may_be_new: bool) -> Floors | None:
    if path is None:
        return None
    return Floors({}, []) if may_be_new and not path.exists() else read_floors(path)


def _hold(result: Evaluation, floors: Floors, path: Path, raise_floors: bool, reason: str) -> int:
    if raise_floors or reason:
        floors = renew(result, floors, lower=bool(reason), reason=reason)
        write_floors(path, floors)
        print(f"floors written to {path}")
    low = below(result, floors)
    for line in low:
        print(f"TOO LOW  {line}")
    return 1 if low else 0
