"""Counts over the pages parsed in a run, by site; health is made of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from statistics import median

from pipeline.records import Article
from pipeline.run.health import Health
from pipeline.scrape.crawl import Visit


@dataclass(slots=True)
class Tally:
    """One site's pages. ``tried`` counts pages, ``parsed`` those that held an article."""

    tried: int = 0
    parsed: int = 0
    titles: int = 0
    dates: int = 0
    on_topic: int = 0
    lengths: list[int] = field(default_factory=list)

    def add(self, article: Article | None, *, on_topic: bool = False) -> None:
        """Count a page; ``None`` when it held no article."""
        self.tried += 1
        if article is None:
            return
        self.parsed += 1
        self.titles += article.title is not None
        self.dates += article.published_date is not None
        self.on_topic += on_topic
        self.lengths.append(len(article.text))


def health_of(visit: Visit, tally: Tally, run_id: str, at: str) -> Health:
    """The site's line in the health history."""
    return Health(
        site_id=visit.site_id,
        run_id=run_id,
        at=at,
        way=visit.way,
        found=visit.found,
        new=visit.new,
        stored=visit.stored + visit.revised,
        parsed=tally.tried,
        fill_title=_share(tally.titles, tally.parsed),
        fill_date=_share(tally.dates, tally.parsed),
        fill_body=_share(tally.parsed, tally.tried),
        body_chars=float(median(tally.lengths)) if tally.lengths else None,
        on_topic=_share(tally.on_topic, tally.parsed),
        kinds=dict(sorted(visit.kinds.items())),
        problems=tuple(visit.problems),
    )


def total(tallies: Iterable[Tally]) -> Tally:
    """The sum of several."""
    result = Tally()
    for tally in tallies:
        result.tried += tally.tried
        result.parsed += tally.parsed
        result.titles += tally.titles
        result.dates += tally.dates
        result.on_topic += tally.on_topic
        result.lengths += tally.lengths
    return result


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None
