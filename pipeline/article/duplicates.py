"""Near-copies: the same release on ten sites, lightly edited, is one group.

``fingerprint`` boils a text down to the hashes of its two-word shingles and a MinHash over them (rensa),
cut into bands. ``CopyFinder`` keeps fingerprints on disk, looks for texts that share a band, checks each
such pair on the whole sets of shingles, and names the earliest of every group. In memory stand about
40 bytes a text.
"""

from __future__ import annotations

import re
import zlib
from array import array
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray
from rensa import RMinHash

SIMILAR = 0.72
"""Shared shingles over all shingles (Jaccard) from which on two texts are copies. Among 1,297 real articles,
pairs at 0.63-0.70 were later stories that repeat the background, pairs from 0.74 on the same release."""
_SHINGLE = 2
_ROWS, _BANDS = 4, 32
_SEED = 42
_RIVALS = 8
_WORD = re.compile(r"\w+")

Hashes = NDArray[np.uint32]


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """``shingles``: sorted unique hashes, uint32 as bytes; ``bands``: 32 hashes, uint64 as bytes."""

    shingles: bytes
    bands: bytes


def fingerprint(text: str) -> Fingerprint:
    """The fingerprint of a text (its body, without captions); case, marks and spacing do not count."""
    words = _WORD.findall(text.casefold())
    last = max(1, len(words) - _SHINGLE + 1)
    shingles = {" ".join(words[i : i + _SHINGLE]) for i in range(last)}
    hashes = np.unique(np.fromiter((zlib.crc32(s.encode()) for s in shingles), np.uint32, len(shingles)))
    sketch = RMinHash(num_perm=_ROWS * _BANDS, seed=_SEED)
    sketch.update(sorted(shingles))
    rows = np.asarray(sketch.digest(), dtype="<u4").reshape(_BANDS, _ROWS)
    bands = np.fromiter((_band_hash(row.tobytes()) for row in rows), "<u8", _BANDS)
    return Fingerprint(hashes.astype("<u4").tobytes(), bands.tobytes())


def _band_hash(row: bytes) -> int:
    return zlib.crc32(row) << 32 | zlib.adler32(row)


def similarity(one: Hashes, other: Hashes) -> float:
    """Jaccard similarity of two sorted sets of hashes."""
    both = np.intersect1d(one, other, assume_unique=True).size
    return both / max(1, one.size + other.size - both)


class CopyFinder:
    """Texts added one after the other; ``groups`` tells for each the earliest of its group.

    ``folder`` takes two scratch files, as large as about 1.5 kB a text.
    """

    def __init__(self, folder: Path) -> None:
        self._bands_path = folder / "bands.bin"
        self._shingles_path = folder / "shingles.bin"
        self._bands = self._bands_path.open("wb")
        self._shingles = self._shingles_path.open("wb")
        self._ends = array("q", [0])
        self._when = array("d")

    def add(self, found: Fingerprint, when: float) -> None:
        """Add a text. ``when``: what decides which is the earliest; equal ones go by order of adding."""
        self._bands.write(found.bands)
        self._shingles.write(found.shingles)
        self._ends.append(self._ends[-1] + len(found.shingles))
        self._when.append(when)

    def groups(self) -> NDArray[np.int64]:
        """For each text the number (from 0) of the earliest near-copy, its own where there is none."""
        self._bands.close()
        self._shingles.close()
        count = len(self._when)
        parent = np.arange(count, dtype=np.int64)
        if count > 1:
            table = np.memmap(self._bands_path, dtype="<u8", mode="r", shape=(count, _BANDS))
            with self._shingles_path.open("rb") as handle:
                for band in range(_BANDS):
                    self._join_band(np.asarray(table[:, band]), parent, handle)
            del table
        self._bands_path.unlink()
        self._shingles_path.unlink()
        return self._earliest(parent)

    def _join_band(self, hashes: NDArray[np.uint64], parent: NDArray[np.int64], handle: BinaryIO) -> None:
        order = np.argsort(hashes, kind="stable")
        same = np.flatnonzero(hashes[order][1:] == hashes[order][:-1])
        if not same.size:
            return
        for run in np.split(same, np.flatnonzero(np.diff(same) > 1) + 1):
            self._join_bucket(order[run[0] : run[-1] + 2], parent, handle)

    def _join_bucket(self, members: NDArray[np.int64], parent: NDArray[np.int64], handle: BinaryIO) -> None:
        """Compare each text of a bucket with one text of each group in it (with eight at most)."""
        rivals: list[tuple[int, Hashes]] = []
        for member in members.tolist():
            if any(_root(parent, member) == _root(parent, rival) for rival, _ in rivals):
                continue
            hashes = self._load(member, handle)
            for rival, others in rivals:
                if similarity(hashes, others) >= SIMILAR:
                    a, b = sorted((_root(parent, member), _root(parent, rival)))
                    parent[b] = a
                    break
            else:
                if len(rivals) < _RIVALS:
                    rivals.append((member, hashes))

    def _load(self, number: int, handle: BinaryIO) -> Hashes:
        handle.seek(self._ends[number])
        return np.frombuffer(handle.read(self._ends[number + 1] - self._ends[number]), "<u4")

    def _earliest(self, parent: NDArray[np.int64]) -> NDArray[np.int64]:
        roots = np.array([_root(parent, i) for i in range(parent.size)], dtype=np.int64)
        first: dict[int, int] = {}
        for i, root in enumerate(roots.tolist()):
            best = first.get(root)
            if best is None or self._when[i] < self._when[best]:
                first[root] = i
        return np.array([first[root] for root in roots.tolist()], dtype=np.int64)


def _root(parent: NDArray[np.int64], i: int) -> int:
    while parent[i] != i:
        parent[i] = parent[parent[i]]
        i = int(parent[i])
    return i
