"""One connection a host, a wait between two requests, and a breaker for hosts that only fail."""

from __future__ import annotations

import random
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from pipeline.clock import Clock
from pipeline.scrape.policy import Policy


@dataclass(slots=True)
class _Lane:
    lock: threading.Lock = field(default_factory=threading.Lock)
    free_at: float = 0.0
    failures: int = 0
    closed_until: float = 0.0


class Throttle:
    """Safe to share between threads."""

    def __init__(self, policy: Policy, clock: Clock, chance: random.Random) -> None:
        self._policy = policy
        self._clock = clock
        self._chance = chance
        self._lanes: dict[str, _Lane] = {}
        self._guard = threading.Lock()

    def _lane(self, host: str) -> _Lane:
        with self._guard:
            return self._lanes.setdefault(host, _Lane())

    @contextmanager
    def turn(self, host: str, delay: float) -> Iterator[None]:
        """Hold the host's only connection; ``delay`` is the least number of seconds until the next turn."""
        lane = self._lane(host)
        with lane.lock:
            wait = lane.free_at - self._clock.monotonic()
            if self._policy.polite and wait > 0:
                self._clock.sleep(wait)
            try:
                yield
            finally:
                pause = delay * (1.0 + self._chance.random() * self._policy.jitter)
                lane.free_at = self._clock.monotonic() + pause

    def is_open(self, host: str) -> bool:
        """Whether the breaker keeps the host from being asked."""
        return self._lane(host).closed_until > self._clock.monotonic()

    def note(self, host: str, worked: bool) -> None:
        """Count an answer or a failure; enough failures in a row trip the breaker."""
        lane = self._lane(host)
        lane.failures = 0 if worked else lane.failures + 1
        if lane.failures >= self._policy.breaker_failures:
            lane.closed_until = self._clock.monotonic() + self._policy.breaker_pause
            lane.failures = self._policy.breaker_failures - 1
