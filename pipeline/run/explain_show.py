"""The view of an article as a page that needs nothing else, and on a terminal."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.run.explain import View, labels
from pipeline.tables.schema import TABLES

if TYPE_CHECKING:
    from jinja2 import Template
    from rich.console import Console


@cache
def _template() -> Template:
    from jinja2 import Environment

    source = Path(__file__).with_name("explain.html.jinja").read_text(encoding="utf-8")
    return Environment(autoescape=True, trim_blocks=False).from_string(source)


def as_html(view: View) -> str:
    """A page of its own, everything escaped; only http addresses become links."""
    link = view.url if (view.url or "").startswith(("http://", "https://")) else None
    return _template().render(view=view, link=link, labels=labels(), tables=TABLES.values())


def print_view(view: View, console: Console) -> None:
    """The text with its spans in colour, then each record with its evidence."""
    from rich.table import Table
    from rich.text import Text

    console.rule(Text(view.title, style="bold"))
    for name, value in view.about:
        console.print(Text(f"{name}: {value}", style="dim"))
    console.print(Text(" ").join(Text(f" {label.id} ", style=label.style) for label in labels().values()))
    body = Text()
    for piece in view.pieces:
        body.append(piece.text, style=labels()[piece.label].style if piece.label else "")
    console.print()
    console.print(body)
    for declared in TABLES.values():
        records = view.of_table(declared.name)
        if not records:
            continue
        table = Table(title=f"{declared.label} ({declared.name})", title_justify="left", expand=True)
        for heading, share in (("nilai / value", 5), ("bukti / evidence", 4), ("aturan / rule", 2)):
            table.add_column(heading, ratio=share, overflow="fold")
        table.add_column("keyakinan", justify="right")
        for record in records:
            values = "; ".join(f"{name}: {value}" for name, _, value in record.values)
            sure = "" if record.confidence is None else f"{record.confidence:.2f}"
            evidence = f"{record.surface} [{record.start}-{record.end}]"
            table.add_row(Text(values), Text(evidence), Text(record.rule), Text(sure))
        console.print(table)
