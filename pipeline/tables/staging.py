"""Several files put in place as one: all of them, or none.

Files are written under ``OUT/.staging``, synced to disk, then listed in a small journal
(``OUT/.staging/journal.json``), then renamed to their final names one after the other, each rename
atomic. A process killed before the journal stands leaves ``OUT`` as it was; one killed after it leaves
a journal that the next writer, or a reader of this package, finishes (``roll_forward``).
A reader that opened a file keeps the old one whole; a reader that opens it later gets the new one whole.
"""

from __future__ import annotations

import json
import os
import shutil
from contextlib import suppress
from itertools import count
from pathlib import Path
from types import TracebackType
from typing import Self

from filelock import FileLock, Timeout

from pipeline.errors import LockedError

_STAGING = ".staging"
_JOURNAL = "journal.json"


def fsync(path: Path) -> None:
    """Have the operating system put a file, or a folder's list of files, onto the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def in_transit(out: Path) -> bool:
    """Whether a swap of files under ``out`` has begun and not ended."""
    return (out / _STAGING / _JOURNAL).exists()


def roll_forward(out: Path) -> None:
    """Finish the renames of a journal, if one stands. May be called by several processes at once."""
    staging = out / _STAGING
    try:
        journal = json.loads((staging / _JOURNAL).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return
    folders = set()
    for staged, final in journal["replace"]:
        target = out / final
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            (staging / staged).replace(target)
        except FileNotFoundError:
            continue  # done before the interruption, or by another process
        folders.add(target.parent)
    for final in journal["remove"]:
        (out / final).unlink(missing_ok=True)
    for folder in sorted(folders):
        fsync(folder)
    shutil.rmtree(staging, ignore_errors=True)


def help_along(out: Path) -> None:
    """For a reader: finish the renames of a writer that died, if one did and we may write."""
    with suppress(Timeout, OSError), FileLock(out / ".lock", timeout=0):
        roll_forward(out)


class Staging:
    """A folder under work: ``with Staging(out) as staging: … staging.commit()``.

    Leaving the block without ``commit`` undoes everything. Raises ``LockedError`` while another process
    writes to the same folder.
    """

    def __init__(self, out: Path) -> None:
        self.out = out
        self.root = out / _STAGING
        self._lock = FileLock(out / ".lock")
        self._numbers = count()
        self._replace: dict[str, str] = {}
        self._remove: list[str] = []

    def __enter__(self) -> Self:
        self.out.mkdir(parents=True, exist_ok=True)
        try:
            self._lock.acquire(timeout=0)
        except Timeout:
            raise LockedError(
                "another process is writing here",
                where=str(self.out),
                hint="wait for it, or choose another folder",
            ) from None
        roll_forward(self.out)
        shutil.rmtree(self.root, ignore_errors=True)
        self.root.mkdir()
        return self

    def path(self, final: str) -> Path:
        """Where to write the file that will become ``out / final``."""
        if final not in self._replace:
            self._replace[final] = f"{next(self._numbers):05d}"
        return self.root / self._replace[final]

    def scratch(self, name: str) -> Path:
        """A file that is only needed until the end of the block."""
        return self.root / name

    def remove(self, final: str) -> None:
        """Have no such file after the commit, whether it stood there before or was written in this block."""
        self._replace.pop(final, None)
        self._remove.append(final)

    def drop(self, final: str) -> None:
        """Leave the file that stands there as it is; what was written here is thrown away."""
        (self.root / self._replace.pop(final)).unlink(missing_ok=True)

    def commit(self) -> None:
        """Put all files in place, and take away those to be removed."""
        for staged in self._replace.values():
            fsync(self.root / staged)
        journal = {"replace": [[staged, final] for final, staged in self._replace.items()]}
        draft = self.root / "journal.draft"
        draft.write_text(json.dumps(journal | {"remove": self._remove}), encoding="utf-8")
        fsync(draft)
        draft.rename(self.root / _JOURNAL)
        fsync(self.root)
        roll_forward(self.out)
        fsync(self.out)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if not in_transit(self.out):
            shutil.rmtree(self.root, ignore_errors=True)
        self._lock.release()
