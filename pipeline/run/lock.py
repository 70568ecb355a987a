"""One run at a time in a data folder; a second one is told who holds it."""

from __future__ import annotations

import json
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from pipeline.clock import Clock
from pipeline.errors import LockedError


@contextmanager
def hold(data: Path, clock: Clock) -> Iterator[None]:
    """Hold the folder's lock. Errors: ``LockedError`` (exit 4) that names the holder.

    The lock is the operating system's: it falls with its process, so a killed run leaves none behind.
    """
    data.mkdir(parents=True, exist_ok=True)
    lock, card = FileLock(data / ".lock"), data / ".lock.json"
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise LockedError(
            f"another run holds the data folder: {_holder(card)}",
            where=str(data),
            hint="wait until it ends; its lock falls with its process",
        ) from None
    try:
        holder = {
            "pid": os.getpid(),
            "host": socket.gethostname(),
            "since": clock.now().isoformat("T", "seconds"),
        }
        card.write_text(json.dumps(holder), encoding="utf-8")
        yield
    finally:
        card.unlink(missing_ok=True)
        lock.release()


def _holder(card: Path) -> str:
    try:
        holder = json.loads(card.read_text(encoding="utf-8"))
        return f"process {holder['pid']} on {holder['host']}, since {holder['since']}"
    except (OSError, ValueError, KeyError, TypeError):
        return "an unknown process"
