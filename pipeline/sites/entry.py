"""What a site's YAML may say, and the flat ``Site`` that the rest of the package sees.

A file describes one site or one network. What a host does not say it takes from its file, what the
file does not say from its platform (``platforms.yml``). Unknown keys are errors.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import field
from typing import Annotated, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BeforeValidator, ConfigDict, StringConstraints
from pydantic.dataclasses import dataclass

_STRICT = ConfigDict(extra="forbid", str_strip_whitespace=True)

Status = Literal["stable", "trial", "quarantined", "dead"]
Kind = Literal["police_official", "police_run", "network_member", "national_news", "regional_news"]
How = Literal["rss", "sitemap", "wordpress", "blogger", "listing"]


def _zone(name: str) -> str:
    try:
        return ZoneInfo(name).key
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError(f"no such time zone: {name}") from None


def _pattern(text: str) -> str:
    try:
        re.compile(text)
    except re.error as error:
        raise ValueError(f"not a regular expression: {error}") from None
    return text


def _home(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError("must be an http(s) address such as https://example.id")
    return url.rstrip("/")


Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+([.-][a-z0-9]+)*$")]
Zone = Annotated[str, AfterValidator(_zone)]
Pattern = Annotated[str, AfterValidator(_pattern)]
Home = Annotated[str, AfterValidator(_home)]
Province = Annotated[str, StringConstraints(pattern=r"^\d\d$")]


@dataclass(config=_STRICT, frozen=True, slots=True)
class Discovery:
    """One way to find the addresses of articles; ways are tried in order until one answers."""

    kind: How
    path: str | None = None
    """Path of the feed, sitemap or listing; each kind has its usual one."""
    paging: str | None = None
    """Path of further pages, with ``{n}`` for the page's number."""
    links: Pattern | None = None
    """Only addresses that match are articles (searched in path and query)."""
    max_pages: int = 10


def _several(value: object) -> object:
    return (value,) if isinstance(value, str) else value


Css = Annotated[tuple[str, ...], BeforeValidator(_several)]


@dataclass(config=_STRICT, frozen=True, slots=True)
class Selectors:
    """CSS selectors of one version of a layout, best first, valid until a date (``None``: now)."""

    body: Css = ()
    title: Css = ()
    date: Css = ()
    byline: Css = ()
    caption: Css = ()
    drop: Css = ()
    """Furniture inside the body."""
    until: dt.date | None = None


@dataclass(config=_STRICT, frozen=True, slots=True)
class Pages:
    """How a site shows an article whole that it cuts into pages."""

    all_on: Annotated[str, StringConstraints(pattern=r"^[\w-]+=[\w-]+$")]
    """Query that gives the whole article, such as ``page=all``."""

    def whole(self, url: str) -> str:
        """The address of the whole article."""
        return f"{url}{'&' if '?' in url else '?'}{self.all_on}"


@dataclass(config=_STRICT, frozen=True, slots=True)
class Assertions:
    """What a healthy run of the site looks like; less raises an alarm."""

    new_per_week: float = 0.0
    fill_title: float = 0.9
    fill_date: float = 0.8
    fill_body: float = 0.9
    on_topic: float = 0.0


@dataclass(config=_STRICT, frozen=True, slots=True)
class Host:
    """One host of a file; what it leaves out it takes from the file."""

    url: Home
    id: Id | None = None
    name: str | None = None
    aliases: tuple[str, ...] = ()
    """Other hosts that serve the same site (``www.``, ``m.`` and ``amp.`` need not be named)."""
    kind: Kind | None = None
    province: Province | None = None
    units: tuple[str, ...] = ()
    """Units whose own site it is, or whose place it is named after."""
    seen: tuple[str, ...] = ()
    """Units that articles seen there were about; a weaker sign."""
    time_zone: Zone | None = None
    status: Status | None = None
    status_reason: str | None = None
    status_since: dt.date | None = None
    discover: tuple[Discovery, ...] = ()
    selectors: tuple[Selectors, ...] = ()
    rate: float | None = None
    evidence: str | None = None
    """What shows that the site is what the entry says."""


@dataclass(config=_STRICT, frozen=True, slots=True)
class SiteFile:
    """One YAML file as written."""

    id: Id
    name: str
    platform: str
    hosts: tuple[Host, ...]
    kind: Kind = "regional_news"
    network: str | None = None
    owner: str | None = None
    language: str = "id"
    province: Province | None = None
    time_zone: Zone | None = None
    status: Status = "trial"
    status_reason: str | None = None
    status_since: dt.date | None = None
    discover: tuple[Discovery, ...] = ()
    selectors: tuple[Selectors, ...] = ()
    pages: Pages | None = None
    rate: float | None = None
    """Least seconds between two requests to a host."""
    assertions: Assertions = field(default_factory=Assertions)
    note: str | None = None


@dataclass(config=_STRICT, frozen=True, slots=True)
class Platform:
    """What all sites of one publishing system share (``platforms.yml``)."""

    name: str
    hosts: tuple[str, ...] = ()
    """Domains whose hosts all run on it."""
    signs: tuple[str, ...] = ()
    """Strings of a home page, in lower case, that show the system."""
    discover: tuple[Discovery, ...] = ()
    selectors: tuple[Selectors, ...] = ()
    pages: Pages | None = None


@dataclass(config=_STRICT, frozen=True, slots=True)
class Site:
    """One host, complete: what scraping and parsing need to know about a source."""

    id: str
    name: str
    url: str
    """Home address without a slash at its end."""
    platform: str
    kind: str
    network: str | None
    language: str
    province: str | None
    units: tuple[str, ...]
    seen: tuple[str, ...]
    time_zone: str
    status: str
    status_reason: str | None
    status_since: dt.date | None
    aliases: tuple[str, ...]
    discover: tuple[Discovery, ...]
    selectors: tuple[Selectors, ...]
    pages: Pages | None
    rate: float
    assertions: Assertions
    file: str
    """The file that holds the entry."""

    @property
    def host(self) -> str:
        """Host name in lower case, without ``www.``."""
        return (urlsplit(self.url).hostname or "").removeprefix("www.")

    @property
    def zone(self) -> ZoneInfo:
        """What page dates without a zone are read in."""
        return ZoneInfo(self.time_zone)

    @property
    def is_visited(self) -> bool:
        """Whether a run visits the site of its own accord."""
        return self.status in {"stable", "trial"}

    def owns(self, url: str) -> bool:
        """Whether an address is this site's own: its host, a variant or alias of it, on the same port.

        The two ports of the web count as one, so that a change from http to https is none of the site.
        """
        try:
            parts, home = urlsplit(url), urlsplit(self.url)
            if (parts.port or 443) != (home.port or 443) and {parts.port or 443, home.port or 443} != {
                80,
                443,
            }:
                return False
        except ValueError:
            return False
        host = (parts.hostname or "").lower()
        own = (self.host, *(alias.lower() for alias in self.aliases))
        return any(host == name or host.endswith(f".{name}") for name in own)

    def selectors_on(self, day: dt.date) -> Selectors | None:
        """The selectors of the layout that was in use on a day, or ``None``."""
        for version in sorted(self.selectors, key=lambda s: s.until or dt.date.max):
            if version.until is None or day <= version.until:
                return version
        return None
