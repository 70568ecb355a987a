"""robots.txt as RFC 9309 has it: no file means yes, an unreachable one means wait."""

from __future__ import annotations

from dataclasses import dataclass

from protego import Protego

from pipeline.scrape.answer import Answer

MAX_BYTES = 512_000


@dataclass(frozen=True, slots=True)
class Rules:
    """What a host allows."""

    file: Protego | None
    """``None`` where there is no file: all is allowed."""
    read_at: float
    """By the clock's monotonic seconds."""
    failure: str | None = None
    """Why nothing may be fetched: ``robots_unreachable``, ``private`` or ``dns``."""

    def allows(self, url: str, agent: str) -> bool:
        """Whether an address may be fetched; without a file every one may."""
        return self.file is None or bool(self.file.can_fetch(url, agent))

    def delay(self, agent: str) -> float:
        """Seconds between two requests that the file asks for; 0 where it does not."""
        if self.file is None:
            return 0.0
        delay = float(self.file.crawl_delay(agent) or 0.0)
        rate = self.file.request_rate(agent)
        if rate is not None and rate.requests:
            delay = max(delay, rate.seconds / rate.requests)
        return delay

    def sitemaps(self) -> tuple[str, ...]:
        """Addresses of the sitemaps that the file names."""
        return () if self.file is None else tuple(self.file.sitemaps)


def read_rules(answer: Answer, now: float) -> Rules:
    """The rules in an answer to ``/robots.txt``.

    4xx or a loop of redirects: all is allowed. 5xx, no connection, a cut, a file without end: not
    reachable, so nothing is fetched this time.
    """
    if answer.ok:
        text = answer.body[:MAX_BYTES].decode("utf-8", "replace").removeprefix("\ufeff")
        return Rules(None if _is_page(text) else Protego.parse(text), now)
    refused = answer.status is not None and 400 <= answer.status < 500 and answer.status != 429
    if refused or answer.failure == "redirects":
        return Rules(None, now)
    return Rules(None, now, answer.failure if answer.failure in {"private", "dns"} else "robots_unreachable")


def _is_page(text: str) -> bool:
    """Servers that answer every address with a page have no robots.txt."""
    return text.lstrip()[:1] == "<"
