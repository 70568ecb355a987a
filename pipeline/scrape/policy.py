"""How the scraper behaves: limits, waits, retries. One frozen value, handed down; nothing global."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline import __version__

ROBOT = "rilis"
"""The name that a robots.txt may address us by."""
HOME = "https://github.com/rilis/rilis"


@dataclass(frozen=True, slots=True)
class Policy:
    """Seconds are seconds, sizes are bytes."""

    contact: str = ""
    """Mail or web address of the people behind the run, put into the User-Agent."""
    allow_private: bool = False
    """Whether loopback and private addresses may be fetched (local tests only)."""
    polite: bool = True
    """False drops the waits between requests; for a server of one's own only."""
    jitter: float = 0.3
    """Share of the wait that is added at random."""
    max_crawl_delay: float = 600.0
    """A host that asks for a longer wait than this is left alone."""
    connect: float = 10.0
    read: float = 20.0
    whole: float = 60.0
    """Most seconds for one answer, from the request to its last byte."""
    max_wire: int = 5_000_000
    """Most bytes of a body as sent."""
    max_body: int = 8_000_000
    """Most bytes of a body after decompression."""
    max_redirects: int = 5
    tries: int = 3
    backoff: float = 2.0
    """First wait between tries; doubled each time."""
    max_retry_after: float = 90.0
    """A longer Retry-After is not waited for: the address is left to a later run."""
    breaker_failures: int = 5
    """So many failures of a host in a row, and it is left alone …"""
    breaker_pause: float = 900.0
    """… for so long."""
    robots_ttl: float = 86_400.0

    @property
    def user_agent(self) -> str:
        """Honest and stable: name, version, where to read about it, whom to write to."""
        contact = f"; {self.contact}" if self.contact else ""
        return f"{ROBOT}/{__version__} (+{HOME}{contact})"
