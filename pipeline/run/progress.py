"""How far a long run is: a bar on a terminal, JSON lines for machines, silence otherwise."""

from __future__ import annotations

import sys
from types import TracebackType
from typing import Any, Protocol, Self, TextIO

from pipeline.clock import Clock, SystemClock


class Progress(Protocol):
    """What a run tells while it works."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...

    def advance(self, done: int, rejected: int) -> None:
        """So many more records were done, so many more put aside."""

    def event(self, name: str, **fields: Any) -> None:
        """Something happened that a log should hold."""


class Silent:
    """Tells nothing."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        return None

    def advance(self, done: int, rejected: int) -> None:
        return None

    def event(self, name: str, **fields: Any) -> None:
        return None


class JsonLines(Silent):
    """One JSON object a line: each event, and every ten seconds how far the run is."""

    def __init__(self, stream: TextIO, clock: Clock | None = None, every: float = 10.0) -> None:
        import structlog

        self._clock = clock or SystemClock()
        self._every = every
        self._last = self._clock.monotonic()
        self._done = self._rejected = 0
        self._log = structlog.wrap_logger(
            structlog.PrintLogger(stream),
            processors=[self._stamp, structlog.processors.JSONRenderer(ensure_ascii=False)],
        )

    def _stamp(self, _logger: Any, _method: str, event: Any) -> Any:
        return {"time": self._clock.now().isoformat(timespec="milliseconds"), **event}

    def advance(self, done: int, rejected: int) -> None:
        self._done += done
        self._rejected += rejected
        now = self._clock.monotonic()
        if now - self._last >= self._every:
            self._last = now
            self.event("progress", articles=self._done, rejected=self._rejected)

    def event(self, name: str, **fields: Any) -> None:
        self._log.info(name, **fields)


class Bar(Silent):
    """A moving line on the terminal: what is done, the rate, the time."""

    def __init__(self, what: str = "articles", total: int | None = None) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, SpinnerColumn, TextColumn, TimeElapsedColumn
        from rich.progress import Progress as RichProgress

        self._bar = RichProgress(
            SpinnerColumn(),
            TextColumn("{task.completed:,.0f} " + what),
            BarColumn(bar_width=30),
            TextColumn("{task.fields[rate]}  [red]{task.fields[bad]}[/red]"),
            TimeElapsedColumn(),
            console=Console(stderr=True),
            transient=True,
        )
        self._task = self._bar.add_task(what, total=total, rate="", bad="")
        self._rejected = 0

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._bar.stop()

    def advance(self, done: int, rejected: int) -> None:
        self._rejected += rejected
        task = self._bar.tasks[0]
        seconds = task.elapsed or 0.0
        rate = f"{(task.completed + done) / seconds:,.0f} a second" if seconds > 1 else ""
        bad = f"{self._rejected:,} rejected" if self._rejected else ""
        self._bar.update(self._task, advance=done, rate=rate, bad=bad)


def for_terminal(log: str | None = None, what: str = "articles", total: int | None = None) -> Progress:
    """The right one: JSON lines when asked for, a bar on a terminal, else silence."""
    if log == "json":
        return JsonLines(sys.stderr)
    return Bar(what, total) if sys.stderr.isatty() else Silent()
