"""What came back for an address: the page, or why there is none."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer. ``failure`` is ``None`` exactly when ``body`` is a whole answer with status 200 or 304.

    Failures: ``robots`` (disallowed), ``robots_unreachable``, ``breaker``, ``scheme``, ``private``,
    ``dns``, ``connect``, ``timeout``, ``slow``, ``cut``, ``protocol``, ``too_large``, ``bomb``,
    ``encoding``, ``redirects``, ``status`` (any other status).
    """

    url: str
    final_url: str
    fetched_at: dt.datetime
    status: int | None = None
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""
    failure: str | None = None
    retry_at: dt.datetime | None = None
    """When the server wants to be asked again."""

    @property
    def ok(self) -> bool:
        """Whether a page came, whole and with status 200."""
        return self.failure is None and self.status == 200

    @property
    def unchanged(self) -> bool:
        """The server says that the page is what it was."""
        return self.failure is None and self.status == 304

    @property
    def is_gone(self) -> bool:
        """Whether the site says that the page is no more."""
        return self.status in {404, 410}

    @property
    def is_passing(self) -> bool:
        """Whether trying later makes sense."""
        if self.failure == "status":
            return self.status in {408, 425, 429} or (self.status or 0) >= 500
        return self.failure in {
            "robots_unreachable", "breaker", "dns", "connect", "timeout", "slow", "cut", "protocol",
        }  # fmt: skip

    def header(self, name: str) -> str | None:
        """A header's value by its name in any case."""
        name = name.lower()
        return next((value for key, value in self.headers if key.lower() == name), None)
