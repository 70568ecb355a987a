"""``rilis sites``: list, check, new, golden."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli.refresh import DATA, SITES

if TYPE_CHECKING:
    from pipeline.scrape import Client

PRIVATE = Annotated[
    bool, typer.Option("--allow-private-hosts", help="Fetch loopback and private addresses (tests).")
]
CONTACT = Annotated[
    str, typer.Option(help="Mail or web address for the User-Agent (default: RILIS_CONTACT).")
]


def register(app: typer.Typer) -> None:
    """Add the group of commands."""
    group = typer.Typer(help="The sources: list, check, draft, pin.", no_args_is_help=True)
    app.add_typer(group, name="sites")
    group.command("list")(_list)
    group.command("check")(_check)
    group.command("new")(_new)
    group.command("golden")(_golden)


def _list(
    sites: SITES = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,
) -> None:
    """List the site entries.

    Examples:

        rilis sites list

        rilis sites list --sites my-sites --json
    """
    import json

    from pipeline.sites import load_sites

    known = load_sites(sites or ())
    for site in known:
        if as_json:
            row = {
                "id": site.id, "name": site.name, "url": site.url, "platform": site.platform,
                "kind": site.kind,
                "network": site.network, "province": site.province, "time_zone": site.time_zone,
                "status": site.status, "units": list(site.units), "file": site.file,
            }  # fmt: skip
            typer.echo(json.dumps(row, ensure_ascii=False))
        else:
            line = f"{site.id:44} {site.status:11} {site.platform:12} {site.province or '--'}"
            typer.echo(f"{line}  {', '.join(site.units)}".rstrip())
    if not as_json:
        units = {unit for site in known for unit in site.units if not unit.startswith("polda")}
        typer.echo(f"{len(known)} sites, {len(units)} resort units named.", err=True)


def _check(
    ids: Annotated[list[str] | None, typer.Argument(metavar="[ID]...", help="Sites to try live.")] = None,
    sites: SITES = None,
    live: Annotated[
        bool, typer.Option("--live", help="Try all sites live, not the named ones only.")
    ] = False,
    contact: CONTACT = "",
    allow_private_hosts: PRIVATE = False,
) -> None:
    """Check the entries; with IDs (or --live) also try the sites themselves.

    Examples:

        rilis sites check --sites my-sites

        rilis sites check intisarinews
    """
    from pipeline.run.probe import check
    from pipeline.sites import find_site, load_sites

    known = load_sites(sites or ())
    typer.echo(f"{len(known)} entries are well formed.")
    wanted = [find_site(known, name) for name in ids or ()] or (known if live else [])
    bad = 0
    if wanted:
        with _client(contact, allow_private_hosts) as client:
            for site in wanted:
                way, samples, problems = check(client, site)
                good = sum(s.article is not None for s in samples)
                bad += not good
                typer.echo(f"{site.id}: {way or 'no way in'}, {good} of {len(samples)} sample articles read")
                for line in (*problems, *(f"{s.url}: {s.problem}" for s in samples if s.problem)):
                    typer.echo(f"  {line}")
    raise typer.Exit(3 if bad else 0)


def _new(
    url: Annotated[str, typer.Argument(metavar="URL", help="Home page of the site.")],
    out: Annotated[Path, typer.Option(metavar="DIR", help="Folder for the drafted entry.")],
    contact: CONTACT = "",
    allow_private_hosts: PRIVATE = False,
) -> None:
    """Look at a site and draft its entry, ready for `rilis refresh --sites DIR`.

    Example:

        rilis sites new https://polrescontoh.id --out my-sites
    """
    from pipeline.run.probe import look_at, write_draft

    with _client(contact, allow_private_hosts) as client:
        draft = look_at(client, url)
    path = write_draft(draft, out)
    typer.echo(f"{draft.name}: {draft.site.platform}")
    for way in draft.ways:
        typer.echo(f"  {way.how.kind} {way.how.path or ''}: {way.problem or f'{len(way.found)} articles'}")
    for sample in draft.samples:
        typer.echo(f"  {sample.url}: {sample.problem or (sample.article and sample.article.title)}")
    typer.echo(f"Drafted {path}. Next: read it, then `rilis refresh --sites {out} --only {draft.site.id}`.")
    raise typer.Exit(0 if draft.works else 3)


def _golden(
    site_id: Annotated[str, typer.Argument(metavar="ID", help="A site with stored pages.")],
    out: Annotated[Path, typer.Option(metavar="DIR", help="Folder for the golden pages.")] = Path("golden"),
    count: Annotated[int, typer.Option(min=1, help="How many pages.")] = 2,
    sites: SITES = None,
    data: DATA = None,
) -> None:
    """Write stored pages of a site and the articles read from them, for tests to hold on to.

    Read each JSON before it is committed: it says what the parser gives, not what is right.

    Example:

        rilis sites golden intisarinews --out tests/golden
    """
    from pipeline.config import settings
    from pipeline.run.golden import write_golden
    from pipeline.sites import find_site, load_sites

    site = find_site(load_sites(sites or ()), site_id)
    for path in write_golden(site, data or settings().data, out, count):
        typer.echo(f"{path}: to be read by a person")


def _client(contact: str, allow_private: bool) -> Client:
    from pipeline.config import settings
    from pipeline.scrape import Client, Policy

    policy = Policy(
        contact=contact or settings().contact, allow_private=allow_private, polite=not allow_private
    )
    return Client(policy)
