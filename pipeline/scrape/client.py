"""The polite client: one call gives one answer, whatever the world does."""

from __future__ import annotations

import datetime as dt
import random
import threading
from email.utils import parsedate_to_datetime
from types import TracebackType
from typing import Self
from urllib.parse import urljoin, urlsplit

import httpx

from pipeline.clock import Clock, SystemClock
from pipeline.scrape.answer import Answer
from pipeline.scrape.body import BodyError, read_body
from pipeline.scrape.guard import GuardedTransport, RefusedAddress
from pipeline.scrape.policy import ROBOT, Policy
from pipeline.scrape.robots import MAX_BYTES, Rules, read_rules
from pipeline.scrape.throttle import Throttle

_ACCEPT = "text/html,application/xhtml+xml,application/xml;q=0.9,application/json;q=0.9,*/*;q=0.5"
_REDIRECTS = {301, 302, 303, 307, 308}


class Client:
    """Fetches pages politely. Safe to share between threads; close it (or use ``with``).

    >>> from pipeline.scrape import Client
    >>> with Client() as client:  # doctest: +SKIP
    ...     client.fetch("https://example.id/").status
    200
    """

    def __init__(
        self,
        policy: Policy | None = None,
        *,
        clock: Clock | None = None,
        transport: httpx.BaseTransport | None = None,
        chance: random.Random | None = None,
    ) -> None:
        self.policy = policy or Policy()
        self.clock = clock or SystemClock()
        self._chance = chance or random.Random()
        self._transport = transport or GuardedTransport(allow_private=self.policy.allow_private)
        self._throttle = Throttle(self.policy, self.clock, self._chance)
        self._rules: dict[str, Rules] = {}
        self._rules_lock = threading.Lock()
        self._asking: dict[str, threading.Lock] = {}
        self.requests = 0
        """Requests sent so far, robots.txt included."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._transport.close()

    def fetch(
        self,
        url: str,
        *,
        rate: float = 0.0,
        etag: str | None = None,
        last_modified: str | None = None,
    ) -> Answer:
        """Fetch one address: robots.txt first, in the host's turn, tried again where that makes sense.

        ``rate`` is the least number of seconds between two requests to the host; a longer crawl-delay
        wins. With ``etag`` or ``last_modified`` the request is conditional. Never raises for what the
        world does: see ``Answer.failure``.
        """
        extra = {}
        if etag:
            extra["If-None-Match"] = etag
        if last_modified:
            extra["If-Modified-Since"] = last_modified
        answer = self._follow(url, rate, extra)
        for attempt in range(1, self.policy.tries):
            if not self._worth_another(answer):
                break
            self.clock.sleep(self._wait(answer, attempt))
            answer = self._follow(url, rate, extra)
        return answer

    def rules(self, url: str) -> Rules:
        """What the host of an address allows; read once, kept for a day."""
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc}".lower()
        with self._rules_lock:
            asking = self._asking.setdefault(origin, threading.Lock())
        with asking:
            known = self._rules.get(origin)
            now = self.clock.monotonic()
            if known is None or now - known.read_at > self.policy.robots_ttl:
                known = read_rules(self._robots(f"{origin}/robots.txt"), now)
                self._rules[origin] = known
            return known

    def _robots(self, url: str) -> Answer:
        answer = self._follow(url, 0.0, {}, with_rules=False)
        for attempt in range(1, self.policy.tries):
            if not self._worth_another(answer):
                break
            self.clock.sleep(self._wait(answer, attempt))
            answer = self._follow(url, 0.0, {}, with_rules=False)
        return answer

    def _worth_another(self, answer: Answer) -> bool:
        if not answer.is_passing or answer.failure in {"breaker", "robots_unreachable", "slow"}:
            return False
        if answer.retry_at is None:
            return True
        return (answer.retry_at - self.clock.now()).total_seconds() <= self.policy.max_retry_after

    def _wait(self, answer: Answer, attempt: int) -> float:
        if answer.retry_at is not None:
            return max(0.0, (answer.retry_at - self.clock.now()).total_seconds())
        base = self.policy.backoff * 2.0 ** (attempt - 1)
        return base * (1.0 + self._chance.random() * self.policy.jitter)

    def _follow(self, url: str, rate: float, extra: dict[str, str], *, with_rules: bool = True) -> Answer:
        """Follow redirects by hand: each hop is checked like a first request."""
        here, seen = url, {url}
        while True:
            answer = self._hop(url, here, rate, extra, with_rules)
            target = answer.header("location")
            if answer.status not in _REDIRECTS or not target or answer.failure not in {None, "status"}:
                return answer
            here = urljoin(here, target)
            if here in seen or len(seen) > self.policy.max_redirects:
                return Answer(
                    url, here, answer.fetched_at, answer.status, answer.headers, failure="redirects"
                )
            seen.add(here)

    def _hop(self, url: str, here: str, rate: float, extra: dict[str, str], with_rules: bool) -> Answer:
        def failed(reason: str) -> Answer:
            return Answer(url, here, self.clock.now(), failure=reason)

        try:
            parts = urlsplit(here)
            host = parts.netloc.lower()
        except ValueError:
            return failed("scheme")
        if parts.scheme not in {"http", "https"} or not parts.hostname or parts.username:
            return failed("scheme")
        if self._throttle.is_open(host):
            return failed("breaker")
        if with_rules:
            rules = self.rules(here)
            if rules.failure:
                return failed(rules.failure)
            if not rules.allows(here, ROBOT):
                return failed("robots")
            delay = rules.delay(ROBOT)
            if delay > self.policy.max_crawl_delay:
                return failed("robots")
            rate = max(rate, delay)
        with self._throttle.turn(host, rate):
            answer = self._send(url, here, extra, robots=not with_rules)
        self._throttle.note(host, worked=not answer.is_passing)
        return answer

    def _send(self, url: str, here: str, extra: dict[str, str], *, robots: bool) -> Answer:
        policy = self.policy
        deadline = self.clock.monotonic() + policy.whole
        self.requests += 1
        headers = {
            "User-Agent": policy.user_agent,
            "Accept": _ACCEPT,
            "Accept-Language": "id,en;q=0.5",
            "Accept-Encoding": "gzip, deflate",
            **extra,
        }
        if policy.contact and "@" in policy.contact:
            headers["From"] = policy.contact
        timeouts = {"connect": policy.connect, "read": policy.read, "write": policy.read, "pool": policy.read}
        status: int | None = None
        kept: tuple[tuple[str, str], ...] = ()
        body = b""
        failure: str | None = None
        try:
            request = httpx.Request("GET", here, headers=headers, extensions={"timeout": timeouts})
            response = self._transport.handle_request(request)
            try:
                status, kept = response.status_code, tuple(response.headers.multi_items())
                if status == 200:
                    body = self._body(response, deadline, MAX_BYTES if robots else policy.max_wire)
                elif status != 304:
                    failure = "status"
            finally:
                response.close()
        except RefusedAddress:
            failure = "private"
        except BodyError as error:
            failure = error.reason
        except httpx.TimeoutException:
            failure = "timeout"
        except httpx.ConnectError as error:
            failure = "dns" if "name not found" in str(error) else "connect"
        except httpx.ReadError:
            failure = "cut"
        except httpx.RemoteProtocolError:
            failure = "protocol"
        except (httpx.HTTPError, httpx.InvalidURL, UnicodeError, ValueError):
            failure = "scheme" if status is None else "protocol"
        now = self.clock.now()
        retry_at = _retry_at(kept, now) if status in {429, 503} else None
        return Answer(url, here, now, status, kept, body if failure is None else b"", failure, retry_at)

    def _body(self, response: httpx.Response, deadline: float, max_wire: int) -> bytes:
        length = response.headers.get("content-length", "")
        if length.isdigit() and int(length) > max_wire:
            raise BodyError("too_large")
        return read_body(
            response.stream,  # type: ignore[arg-type]
            encoding=response.headers.get("content-encoding", ""),
            max_wire=max_wire,
            max_body=self.policy.max_body,
            in_time=lambda: self.clock.monotonic() <= deadline,
        )


def _retry_at(headers: tuple[tuple[str, str], ...], now: dt.datetime) -> dt.datetime | None:
    value = next((text.strip() for key, text in headers if key.lower() == "retry-after"), "")
    if value.isdigit():
        return now + dt.timedelta(seconds=min(int(value), 30 * 86_400))
    try:
        moment = parsedate_to_datetime(value)
    except (TypeError, ValueError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)
