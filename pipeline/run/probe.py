"""Looking at a site: which system it runs on, which ways lead to its articles, and a drafted entry."""

from __future__ import annotations

import datetime as dt
import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import urlsplit

import yaml
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from pipeline.errors import FetchError, RecordError, SiteError
from pipeline.records import Article
from pipeline.run.pages import parse_body
from pipeline.scrape import Client
from pipeline.scrape.classify import classify
from pipeline.scrape.discover import WAYS, Asker, Unavailable, Window
from pipeline.scrape.discover import discover as discover_all
from pipeline.scrape.ledger import Found, Ledger
from pipeline.sites import Assertions, Discovery, Site, platforms
from pipeline.text.charset import charset_of, decode

SAMPLE = 3
_TRIED_PAGES = {"rss": 1, "wordpress": 1, "blogger": 1, "listing": 1, "sitemap": 3}
_HINTS = {
    "private": "the name leads to this machine or network: --allow-private-hosts permits that",
    "robots": "the site's robots.txt does not allow it",
    "robots_unreachable": "the site's robots.txt does not answer, so nothing may be fetched",
    "dns": "there is no such name",
}
_SPACE = re.compile(r"\s+")
_LOOK_BACK = dt.timedelta(days=3650)


@dataclass(frozen=True, slots=True)
class Way:
    """A way that was tried: how many articles it names, or why it does not."""

    how: Discovery
    found: tuple[Found, ...]
    problem: str | None


@dataclass(frozen=True, slots=True)
class Sample:
    """One article of a site as tried: ``article`` is ``None`` where ``problem`` says why."""

    url: str
    article: Article | None
    problem: str | None


@dataclass(frozen=True, slots=True)
class Draft:
    """What ``rilis sites new`` found out about a site."""

    site: Site
    name: str
    ways: tuple[Way, ...]
    samples: tuple[Sample, ...]

    @property
    def works(self) -> bool:
        """Whether some way finds addresses, and an article was read behind one."""
        return any(way.found for way in self.ways) and any(sample.article for sample in self.samples)


def look_at(client: Client, url: str) -> Draft:
    """Look at a site's home page, try the ways of its platform, read a few articles.

    Errors: ``FetchError`` when the home page cannot be had.
    """
    url = url if "://" in url else f"https://{url}"
    answer = client.fetch(url)
    if not answer.ok:
        raise FetchError(
            f"the home page cannot be had: {answer.failure} {answer.status or ''}".strip(),
            where=url,
            hint=_HINTS.get(
                answer.failure or "", "is the address right, and does the site answer a browser?"
            ),
        )
    parts = urlsplit(answer.final_url)
    home = f"{parts.scheme}://{parts.netloc}"
    text = decode(answer.body, charset_of(answer.header("content-type")))
    system = platform_of(parts.hostname or "", text)
    site = _blank(home, system)
    feeds = tuple(Discovery("rss", path=link) for link in _feeds(text, answer.final_url))
    ways = tuple(_tried(client, site, how) for how in (*platforms()[system].discover, *feeds))
    good = tuple(way.how for way in ways if way.found)
    site = replace(site, discover=good or site.discover)
    found = next((way.found for way in ways if way.found), ())
    return Draft(site, _name(text) or site.host, ways, tuple(sample(client, site, found)))


def platform_of(host: str, page: str) -> str:
    """The publishing system of a site, by its host's name, else by its home page; ``generic`` if unknown."""
    low = page.lower()
    for key, platform in platforms().items():
        if any(host == domain or host.endswith(f".{domain}") for domain in platform.hosts):
            return key
    return next(
        (key for key, platform in platforms().items() if any(s in low for s in platform.signs)), "generic"
    )


def check(client: Client, site: Site) -> tuple[str | None, tuple[Sample, ...], tuple[str, ...]]:
    """Try a site's entry live: the way that answered, a few articles read, the problems met."""
    with _asker(client, site) as asker:
        seen = discover_all(asker, site, Window(client.clock.now() - _LOOK_BACK))
    return seen.way, tuple(sample(client, site, seen.found)), seen.problems


def sample(client: Client, site: Site, found: tuple[Found, ...]) -> Iterator[Sample]:
    """Read the first few articles."""
    for item in found[:SAMPLE]:
        answer = client.fetch(item.url, rate=site.rate)
        if not answer.ok:
            yield Sample(item.url, None, f"{answer.failure} {answer.status or ''}".strip())
            continue
        verdict = classify(answer, site)
        if verdict.kind != "article":
            yield Sample(item.url, None, f"{verdict.kind} {verdict.why}".strip())
            continue
        try:
            article = parse_body(
                answer.body, answer.final_url, site,
                fetched_at=answer.fetched_at, charset=charset_of(answer.header("content-type")),
            )  # fmt: skip
            yield Sample(item.url, article, None)
        except RecordError as error:
            yield Sample(item.url, None, error.message)


def write_draft(draft: Draft, folder: Path) -> Path:
    """Write ``folder/<id>.yml``. Errors: ``SiteError`` when the file stands there already."""
    path = folder / f"{draft.site.id}.yml"
    if path.exists():
        raise SiteError(
            "there is an entry already", where=str(path), hint="move it away, or choose another --out"
        )
    folder.mkdir(parents=True, exist_ok=True)
    path.write_text(_yaml(draft), encoding="utf-8")
    return path


class _asker:
    """An asker with an empty ledger that is thrown away."""

    def __init__(self, client: Client, site: Site) -> None:
        self._folder = tempfile.TemporaryDirectory()
        self._ledger = Ledger(Path(self._folder.name) / "ledger.sqlite")
        self._asker = Asker(client, self._ledger, site)

    def __enter__(self) -> Asker:
        return self._asker

    def __exit__(self, *_: object) -> None:
        self._ledger.close()
        self._folder.cleanup()


def _tried(client: Client, site: Site, how: Discovery) -> Way:
    with _asker(client, site) as asker:
        try:
            seen = discover_all(
                asker,
                replace(site, discover=(replace(how, max_pages=_TRIED_PAGES[how.kind]),)),
                _window(client),
            )
        except Unavailable as error:  # pragma: no cover - discover_all tells it as a problem
            return Way(how, (), str(error))
    return Way(how, seen.found, None if seen.found else "; ".join(seen.problems) or "names no article")


def _window(client: Client) -> Window:
    return Window(client.clock.now() - _LOOK_BACK)


def _blank(home: str, system: str) -> Site:
    host = (urlsplit(home).netloc).lower().removeprefix("www.").replace(":", "-")
    return Site(
        id=host, name=host, url=home, platform=system, kind="regional_news", network=None, language="id",
        province=None, units=(), seen=(), time_zone="Asia/Jakarta", status="trial",
        status_reason=None, status_since=None,
        aliases=(), discover=platforms()[system].discover, selectors=(), pages=None, rate=3.0,
        assertions=Assertions(), file="",
    )  # fmt: skip


def _feeds(page: str, base: str) -> Iterator[str]:
    """Feeds that the page's head names, comment feeds left out."""
    from urllib.parse import urljoin

    seen = set()
    for node in HTMLParser(page).css('link[rel="alternate"][href]'):
        kind, link = node.attributes.get("type") or "", node.attributes.get("href") or ""
        if ("rss" in kind or "atom" in kind) and "comment" not in link and link not in seen:
            seen.add(link)
            yield urljoin(base, link)


def _name(page: str) -> str | None:
    tree = HTMLParser(page)
    node = tree.css_first('meta[property="og:site_name"]')
    text = node.attributes.get("content") if node is not None else None
    if not text:
        title = tree.css_first("title")
        text = title.text() if title is not None else None
    return _SPACE.sub(" ", text).strip()[:80] if text else None


def _yaml(draft: Draft) -> str:
    site = draft.site
    ways = [
        {key: value for key, value in (("kind", w.how.kind), ("path", w.how.path), ("paging", w.how.paging),
                                       ("links", w.how.links)) if value}
        for w in draft.ways if w.found
    ]  # fmt: skip
    entry = {
        "id": site.id,
        "name": draft.name,
        "platform": site.platform,
        "kind": site.kind,
        "language": site.language,
        "time_zone": site.time_zone,
        "status": "trial",
        "status_reason": "drafted by `rilis sites new`",
        "discover": ways,
        "hosts": [{"url": site.url}],
    }
    if not ways:
        del entry["discover"]
    told = [
        "# Drafted by `rilis sites new`. To be set by hand: kind, province (two digits of Kemendagri),",
        "# time_zone (Asia/Jakarta, Asia/Makassar, Asia/Jayapura), the host's `units:` as in the registry.",
    ]
    told += [
        f"# {way.how.kind} {way.how.path or ''}: {way.problem or f'{len(way.found)} articles'}"
        for way in draft.ways
    ]
    told += [f"# {s.url}: {s.problem or (s.article and s.article.title)}" for s in draft.samples]
    body = yaml.safe_dump(entry, allow_unicode=True, sort_keys=False, width=110)
    return "\n".join(line.replace("\n", " ") for line in told) + "\n" + body


__all__ = ["WAYS", "Draft", "Sample", "Way", "check", "look_at", "platform_of", "sample", "write_draft"]
