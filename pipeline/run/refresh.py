"""The nightly run: what is new on every site, stored, extracted, in the tables, and told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.clock import Clock, SystemClock
from pipeline.errors import UsageError
from pipeline.run.crew import WORKERS, Crew
from pipeline.run.harvest import Harvest
from pipeline.run.health import Alarm, Health, alarms, append_history, read_history
from pipeline.run.lock import hold
from pipeline.run.pages import page_fingerprint
from pipeline.run.reading import Extract, Readers
from pipeline.run.report import Report, write_report
from pipeline.run.tally import Tally, health_of
from pipeline.scrape import Client, Policy, WarcStore
from pipeline.scrape.crawl import Shop, Visit, recover, totals
from pipeline.scrape.ledger import Ledger
from pipeline.sites import Site, find_site, load_sites
from pipeline.tables.writer import PART

Tell = Callable[[int, int, int], None]
"""Told now and then: sites done, sites in all, pages stored."""


@dataclass(frozen=True, slots=True)
class Options:
    """What a run is asked for. ``sites`` are folders, ``package`` the package's own entries."""

    data: Path
    sites: tuple[str, ...] = ()
    only: tuple[str, ...] = ()
    since: dt.date | None = None
    budget: float | None = None
    """Minutes."""
    dry_run: bool = False
    rebuild: bool = False
    """Take all stored pages into the tables again, with the parser and the rules of today."""
    workers: int = WORKERS
    jobs: int = 1
    """Processes that parse and extract, when much has piled up."""
    ner: str = "rules"
    """Back end of the extraction, as ``rilis extract --ner`` has it."""
    policy: Policy = field(default_factory=Policy)


def refresh(
    options: Options,
    *,
    clock: Clock | None = None,
    extract: Extract | None = None,
    tell: Tell = lambda done, sites, pages: None,
) -> Report:
    """Do one run and return its report; ``report.exit_code`` is 0, or 3 with alarms.

    Errors: ``LockedError`` when another run holds the folder, ``SiteError`` for a wrong entry,
    ``StoreError`` when ledger or raw store are damaged. What the world does is told, not raised.
    """
    clock = clock or SystemClock()
    known = load_sites(options.sites)
    chosen = _chosen(known, options.only)
    _refuse_batch(options.data / "processed")
    with hold(options.data, clock):
        started = clock.now()
        ledger = Ledger(options.data / "raw" / "ledger.sqlite")
        try:
            run = _Run(options, chosen, clock, started, ledger)
            with Readers(extract, ner=options.ner, jobs=options.jobs) as readers:
                return run.go(known, readers, tell)
        finally:
            ledger.close()


@dataclass(frozen=True, slots=True)
class _Run:
    """One run under the lock."""

    options: Options
    sites: Sequence[Site]
    clock: Clock
    started: dt.datetime
    ledger: Ledger

    def go(self, known: Sequence[Site], readers: Readers, tell: Tell) -> Report:
        """Visit, and meanwhile take what was stored into the tables; then report."""
        options = self.options
        store = WarcStore(options.data / "raw")
        by_id = {site.id: site for site in known}
        harvest = Harvest(self.ledger, store, by_id, options.data / "processed", readers)
        with Client(options.policy, clock=self.clock) as client:
            shop = Shop(client, self.ledger, store, self.clock, page_fingerprint)
            adopted = 0 if options.dry_run else recover(shop)
            if options.rebuild and not options.dry_run:
                self.ledger.owe_all()
                harvest.rebuilding = True
            with self._crew(shop) as crew:
                while crew.working():
                    if options.dry_run or not harvest.take():
                        crew.wait(0.2)
                    tell(crew.sites_done, len(self.sites), crew.pages)
                visits = crew.visits()
            if not options.dry_run:
                while harvest.take(wait=True):
                    pass
                harvest.flush()
            report = self._report(visits, harvest, adopted=adopted, requests=client.requests)
        if not options.dry_run:
            write_report(options.data, report)
        return report

    def _crew(self, shop: Shop) -> Crew:
        options = self.options
        since = None
        if options.since is not None:
            # The day begins first in the east: Papua is nine hours ahead of UTC.
            since = dt.datetime.combine(options.since, dt.time(), dt.UTC) - dt.timedelta(hours=9)
        return Crew(
            shop,
            self.sites,
            since=since,
            seconds=None if options.budget is None else options.budget * 60.0,
            dry_run=options.dry_run,
            workers=options.workers,
        )

    def _report(self, visits: Sequence[Visit], harvest: Harvest, *, adopted: int, requests: int) -> Report:
        run_id = self.started.strftime("%Y%m%dT%H%M%SZ")
        health, found = self._health(visits, harvest, run_id)
        sums = totals(visits)
        return Report(
            run_id=run_id,
            started=self.started,
            finished=self.clock.now(),
            dry_run=self.options.dry_run,
            sites=len(self.sites),
            visited=sum(not visit.skipped for visit in visits),
            requests=requests,
            found=sums["found"],
            new_addresses=sums["new"],
            pages_stored=sums["stored"],
            pages_adopted=adopted,
            pages_left=sums["left"],
            rechecked=sums["checked"],
            new=harvest.new,
            revised=harvest.revised,
            rebuilt=harvest.rebuilt,
            taken_down=harvest.taken_down,
            off_topic=harvest.off_topic,
            unparsed=harvest.unparsed,
            faults=tuple(harvest.faults[:20]),
            months=tuple(sorted(harvest.months)),
            alarms=tuple(found),
            health=tuple(health),
        )

    def _health(
        self, visits: Sequence[Visit], harvest: Harvest, run_id: str
    ) -> tuple[list[Health], list[Alarm]]:
        """Each visited site's line, added to the history, and what is out of the ordinary in it."""
        past = read_history(self.options.data)
        at = self.started.isoformat("T", "seconds")
        sites = {site.id: site for site in self.sites}
        rows: list[Health] = []
        found: list[Alarm] = []
        for visit in visits:
            if visit.skipped:
                continue
            row = health_of(visit, harvest.tallies.get(visit.site_id, Tally()), run_id, at)
            rows.append(row)
            if visit.crashed:
                found.append(Alarm(visit.site_id, "fault", "; ".join(visit.problems)))
            else:
                found += alarms(sites[visit.site_id], row, past.get(visit.site_id, []))
        if not self.options.dry_run:
            append_history(self.options.data, rows)
        return rows, found


def _chosen(sites: Sequence[Site], only: Sequence[str]) -> list[Site]:
    if only:
        return [find_site(sites, wanted) for wanted in dict.fromkeys(only)]
    return [site for site in sites if site.is_visited]


def _refuse_batch(processed: Path) -> None:
    """A batch's tables and the monthly ones cannot stand in one folder; said before anything is fetched."""
    if (processed / "articles" / PART).exists():
        raise UsageError(
            "holds the tables of `rilis run` or `rilis extract`",
            where=str(processed),
            hint="give the nightly run a folder of its own with --data",
        )
