"""The take-down list: articles that someone had good reason to ask out of what is shown to the public.

A text file, ``take-down.txt`` in the data folder: an article's id or address on each line; what follows
a ``#`` is a note. The tables keep the articles; what is published does not.
"""

from __future__ import annotations

from pathlib import Path

from pipeline.errors import ConfigError

NAME = "take-down.txt"


def read_list(path: Path) -> frozenset[str]:
    """The ids and addresses of a list; none where there is no such file. Errors: ``ConfigError``."""
    if not path.exists():
        return frozenset()
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(
            f"the take-down list cannot be read: {error}",
            where=str(path),
            hint="nothing is published without it; write it again as UTF-8 text, one address a line",
        ) from error
    entries = (line.split(" #", 1)[0].strip() for line in lines if not line.lstrip().startswith("#"))
    return frozenset(entry.rstrip("/") for entry in entries if entry)
