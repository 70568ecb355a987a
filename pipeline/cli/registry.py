"""``rilis registry``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from pipeline.registry import Unit
    from pipeline.registry.find import Answer

_EPILOG = """
**Examples**

`rilis registry find "Polres Kobar"` answers with the unit, its Polda and region, and why.

`rilis registry find "Polres Banjar"` is ambiguous: it shows the candidates and what would decide.

`rilis registry find "Polres Banjar Kalsel" --json` prints the answer for machines.
"""


def register(app: typer.Typer) -> None:
    """Add the command group."""
    group = typer.Typer(no_args_is_help=True, help="Look up police units, as the extractor does.")
    app.add_typer(group, name="registry")

    @group.callback()
    def root() -> None:
        """Look up police units, as the extractor does."""

    @group.command(epilog=_EPILOG)
    def find(
        name: Annotated[str, typer.Argument(help="A unit's name as written; places or a Polda may follow.")],
        *,
        as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    ) -> None:
        """Tell which unit a name means, under which Polda, and why.

        Exit code 0 when one unit is meant, 1 when the name is ambiguous or unknown.
        """
        from pipeline.registry.find import find_unit

        answer = find_unit(name)
        typer.echo(_json(answer) if as_json else _text(answer))
        if answer.unit is None:
            raise typer.Exit(1)


def _text(answer: Answer) -> str:
    """The answer in lines for a person."""
    lines: list[str] = []
    if answer.unit is not None:
        unit = answer.unit
        lines += [f"{unit.name}  ({unit.unit_id})", f"  full name  {unit.full_name}"]
        if answer.polda and unit.level != "polda":
            lines.append(f"  under      {answer.polda}")
        lines += [f"  region     {region}" for region in answer.regions]
        lines.append(f"  why        {answer.why} (confidence {answer.confidence:.2f})")
        others = [other for other in answer.candidates if other.unit_id != unit.unit_id]
        if others:
            lines.append("  could also be")
            lines += [f"    {_short(other)}" for other in others]
    elif answer.candidates:
        lines.append(f"{answer.query}: {answer.why}; it can be")
        lines += [f"  {_short(unit)}" for unit in answer.candidates]
        lines += [f"  ({region})" for region in answer.regions]
        if answer.decide:
            lines.append(f"What would decide: {answer.decide}")
    else:
        lines.append(f"{answer.query}: {answer.why}.")
        if answer.near:
            lines.append("Near names: " + ", ".join(answer.near))
    if answer.note:
        lines.append(f"  note       {answer.note}")
    return "\n".join(lines)


def _short(unit: Unit) -> str:
    from pipeline.registry import load_registry

    registry = load_registry()
    region = registry.regions.name(unit.region_code) or "-"
    polda = registry.units[unit.polda_id].name if unit.polda_id else "-"
    return f"{unit.name}  ({unit.unit_id}; {region}; {polda})"


def _json(answer: Answer) -> str:
    import json
    from dataclasses import asdict

    return json.dumps(asdict(answer), ensure_ascii=False, indent=2)
