"""Identifiers of millions of articles in little memory."""

from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np


class SeenIds:
    """Remembers which identifiers came before, in about ten bytes for each.

    New ones stand in a set, old ones in a sorted array.
    """

    def __init__(self, fresh: int = 1 << 15) -> None:
        self._fresh: set[int] = set()
        self._limit = fresh
        self._old = np.empty(0, np.uint64)

    def add(self, *identifier: str) -> bool:
        """Add one; whether it was new."""
        text = "\x1f".join(identifier).encode("utf-8", "surrogatepass")
        key = int.from_bytes(hashlib.blake2b(text, digest_size=8).digest())
        at = int(np.searchsorted(self._old, np.uint64(key)))
        if key in self._fresh or (at < self._old.size and int(self._old[at]) == key):
            return False
        self._fresh.add(key)
        if len(self._fresh) >= self._limit:
            fresh = np.fromiter(self._fresh, np.uint64, len(self._fresh))
            self._old = np.sort(np.concatenate([self._old, fresh]))
            self._fresh.clear()
        return True


class IdList:
    """The article ids in their order, on disk."""

    def __init__(self, path: Path) -> None:
        self._handle = path.open("w+b")
        self._width = 0

    def append(self, article_id: str) -> None:
        """Add an id; all have the same length."""
        data = article_id.encode("ascii")
        if self._width not in (0, len(data)):
            raise ValueError(f"an id of another length: {article_id}")
        self._width = len(data)
        self._handle.write(data)

    def at(self, number: int) -> str:
        """The id at a place, from 0."""
        self._handle.seek(number * self._width)
        return self._handle.read(self._width).decode("ascii")

    def close(self) -> None:
        self._handle.close()
