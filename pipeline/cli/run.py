"""``rilis run``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from rich.console import Console

    from pipeline.run.findings import Example, Findings
    from pipeline.run.sample import SampleRun
    from pipeline.scrape.crawl import Visit


_QUESTION = "SELECT name, rank, unit FROM officers"


def register(app: typer.Typer) -> None:
    """Add the command."""

    @app.command()
    def run(
        data: Annotated[
            Path,
            typer.Option(
                "--data", envvar="RILIS_DATA", help="Folder for raw pages and tables.", metavar="DIR"
            ),
        ] = Path("data"),
        jobs: Annotated[
            int, typer.Option("--jobs", "-j", min=0, help="Processes; 0: one a core.", metavar="N")
        ] = 1,
        quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing but errors.")] = False,
    ) -> None:
        """The main job on the embedded sample: scrape, extract, write the tables, show what was found.

        News sites of our own making answer on 127.0.0.1; nothing is fetched from the internet.
        Exit code: 0 all was read, 3 some pages were put aside, 1 nothing could be fetched.

        Examples:

            rilis run

            rilis run --data /tmp/rilis
        """
        from rich.console import Console

        from pipeline.run.findings import findings
        from pipeline.run.progress import for_terminal
        from pipeline.run.sample import run_sample

        console = Console(quiet=quiet, highlight=False)
        if not console.is_terminal:
            console.width = 110
        progress = None if quiet else for_terminal()
        done = run_sample(data, jobs=jobs, on_visit=lambda visit: _visited(console, visit), progress=progress)
        if not quiet:
            _show(console, done, findings(done.out))
        if done.batch.rejected:
            raise typer.Exit(3)


def _visited(console: Console, visit: Visit) -> None:
    name = visit.site_id.removeprefix("sample-")
    told = f"{visit.stored:>3} new of {visit.found}" if visit.found else "  nothing new"
    console.print(
        f"  [green]✓[/green] {name:<10} {told} [dim]by {visit.way or 'nothing'}, robots.txt obeyed[/dim]"
    )


def _show(console: Console, done: SampleRun, found: Findings) -> None:
    console.print()
    _counts(console, done, found)
    _events(console, found)
    if found.example:
        _example(console, found.example)
    _next(console, done)


def _counts(console: Console, done: SampleRun, found: Findings) -> None:
    from rich.table import Table

    levels = ", ".join(f"{count} {level}" for level, count in found.levels)
    ranks = ", ".join(f"{count} {rank}" for rank, count in found.ranks)
    largest = f"; largest: “{found.largest[1]}”" if found.largest else ""
    table = Table(box=None, show_header=False, pad_edge=False)
    table.add_column(style="bold", justify="right")
    table.add_column(style="bold")
    table.add_column(style="dim")
    span = f"{found.first:%-d %b %Y} to {found.last:%-d %b %Y}" if found.first and found.last else ""
    copies = "1 near-copy" if found.groups == 1 else f"{found.groups} near-copies"
    apart = f"{copies}; {done.batch.off_topic} more not about the police"
    table.add_row(f"{found.articles:,}", "articles", f"{found.sites} sites, {span}; {apart}")
    table.add_row(f"{found.units:,}", "police units", f"{levels}; under {found.poldas} Polda")
    table.add_row(f"{found.officers:,}", "officers", ranks)
    table.add_row(
        f"{found.numbers:,}", "numbers of personnel", f"{found.personnel:,} personnel stated{largest}"
    )
    table.add_row(f"{found.dates:,}", "dates", "")
    table.add_row(f"{found.quotes:,}", "quotations", "")
    if done.batch.rejected:
        table.add_row(
            f"{done.batch.rejected:,}", "[red]put aside[/red]", f"{done.out}/rejected.jsonl tells why"
        )
    console.print(table)


def _events(console: Console, found: Findings) -> None:
    from rich.table import Table

    if not found.events:
        return
    console.print("\n[bold]What happened[/bold] [dim](main event of each article)[/dim]")
    most = max(count for _, _, count in found.events)
    table = Table(box=None, show_header=False, pad_edge=False)
    for label_id, label_en, count in found.events:
        bar = "█" * max(1, round(18 * count / most))
        table.add_row(f"[cyan]{bar}[/cyan]", f"{count}", label_id, f"[dim]{label_en}[/dim]")
    console.print(table)


def _example(console: Console, example: Example) -> None:
    from rich.table import Table
    from rich.text import Text

    place = ", ".join(part for part in (example.unit, example.polda) if part)
    console.print(f"\n[bold]One article and its records[/bold] [dim]({example.site})[/dim]")
    console.print(Text(example.title, style="italic"))
    marked = Text(example.text)
    for evidence in example.evidence:
        marked.stylize("bold yellow", evidence.start, evidence.end)
    console.print(marked)
    table = Table(box=None, show_header=False, pad_edge=False)
    table.add_row("[green]unit[/green]", Text(place), "", "")
    for evidence in example.evidence:
        shown = evidence.surface if len(evidence.surface) <= 44 else f"{evidence.surface[:40]} …"
        surface = Text(f"“{shown}”", style="yellow")
        where = f"[dim]{evidence.start}–{evidence.end}[/dim]"
        table.add_row(f"[green]{evidence.label}[/green]", Text(evidence.value), surface, where)
    console.print(table)


def _next(console: Console, done: SampleRun) -> None:
    from rich.markup import escape

    rows = ", ".join(f"{name} {count}" for name, count in done.batch.rows.items())
    console.print(
        f"\n[bold]Where it is[/bold]  raw pages [cyan]{escape(str(done.raw))}[/cyan] (WARC and ledger)"
    )
    console.print(f"             tables [cyan]{escape(str(done.out))}[/cyan] [dim]({rows})[/dim]")
    console.print("\n[bold]What to type next[/bold]")
    option = "" if done.out == Path("data/processed") else f" --data {done.out}"
    for command, why in (
        (f'rilis query "{_QUESTION}"{option}', "any question, in SQL"),
        (f'rilis unit "Polres Subang"{option}', "one unit: who serves there, what it did"),
        (
            f"rilis publish{option}  and  rilis serve",
            "the same as pages, with search; a click shows the evidence",
        ),
        ("rilis extract FILES… --out DIR", "your own articles: .txt, .html, .jsonl, .parquet, .warc.gz"),
        ("rilis schema", "the tables and what each column means"),
    ):
        console.print(f"  [cyan]{escape(command)}[/cyan]\n      [dim]{why}[/dim]")
    console.print(
        f"\n[dim]Done in {done.seconds:.1f} seconds. These articles are made up; the units are real.[/dim]"
    )
