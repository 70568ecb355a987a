"""What a page is asked, and what it answers; plain values, so that pages are tested without HTTP."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from pipeline.publish.web.labels import Labels


@dataclass(frozen=True, slots=True)
class Ask:
    """A request: its path without base, arguments (the last of each name), language and form."""

    path: str
    args: Mapping[str, str]
    labels: Labels
    key: str = ""
    """The id in the address of an article, officer, unit or event."""
    form: str = "html"
    """``html``, ``json``, ``csv`` or ``xlsx``."""

    def link(self, **changes: str | int | None) -> str:
        """The same address with some arguments changed; ``None`` takes one away."""
        return address(self.path, {**self.args, **changes})


@dataclass(frozen=True, slots=True)
class Table:
    """Columns and rows for a download."""

    columns: Sequence[str]
    rows: Iterable[Sequence[Any]]


@dataclass(frozen=True, slots=True)
class Shown:
    """An answer: a template with its values, and the same as a table or as data for JSON."""

    template: str
    values: Mapping[str, Any]
    table: Table | None = None
    data: Any = None
    """What JSON gives; the table's rows where it is ``None``."""
    name: str = "rilis"
    """Stem of a downloaded file's name."""
    keep: bool = False
    """Whether the page without arguments may be kept, once for each language: the file never changes."""


@dataclass(frozen=True, slots=True)
class Redirect:
    """Go to another address of this site."""

    to: str


@dataclass(frozen=True, slots=True)
class Missing:
    """There is no such thing."""

    message: str = field(default="")


def address(path: str, args: Mapping[str, str | int | None]) -> str:
    """A path with a query string, in the arguments' own order, without those that are empty."""
    kept = {name: value for name, value in args.items() if value not in (None, "")}
    return f"{path}?{urlencode(kept)}" if kept else path
