"""What a notebook needs: ``pipeline.extract(text)`` and ``pipeline.open_dataset(folder)``.

Both are public names of the package; importing ``pipeline`` alone loads none of this.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.errors import UsageError

if TYPE_CHECKING:
    import pandas as pd

    from pipeline.records import Extraction


def extract_text(
    text: str,
    *,
    title: str | None = None,
    published: dt.date | dt.datetime | str | None = None,
    url: str | None = None,
    clean: bool = False,
) -> Extraction:
    """Find everything in the text of one article.

    ``published`` (a date, a time with its zone, or either as ISO text) is what relative dates are
    resolved from. Offsets in the result count the characters of ``result.article.text``; that is
    ``text`` itself, or with ``clean=True`` what is left when page furniture is taken off.
    Raises ``UsageError`` when ``published`` is no date.

    >>> import pipeline
    >>> found = pipeline.extract("Kapolres Purwakarta AKBP Anu Bin Fulan memimpin apel.")
    >>> found.primary_unit
    'Polres Purwakarta'
    """
    from pipeline.article.plain import from_text
    from pipeline.extract.assemble import extract_many
    from pipeline.extract.ner import load_backend
    from pipeline.ids import digest
    from pipeline.records import Article

    when = _published(published)
    if clean:
        article = from_text(text, title=title, url=url, published=published)
        return next(extract_many([article], load_backend()))
    at = when.astimezone(dt.UTC) if isinstance(when, dt.datetime) and when.tzinfo else None
    day = when.date() if isinstance(when, dt.datetime) else when
    article = Article(
        article_id=digest(url or text),
        text=text,
        url=url,
        title=title,
        published_at=at,
        published_date=day,
    )
    return next(extract_many([article], load_backend()))


def _published(value: dt.date | dt.datetime | str | None) -> dt.date | dt.datetime | None:
    if not isinstance(value, str):
        return value
    try:
        return dt.date.fromisoformat(value) if len(value) == 10 else dt.datetime.fromisoformat(value)
    except ValueError:
        raise UsageError(f"{value!r} is no date", hint="write 2024-11-28 or 2024-11-28T12:21+07:00") from None


@dataclass(frozen=True)
class Dataset:
    """A folder of tables. Each table is a data frame: ``dataset["officers"]``, or ``dataset.officers``."""

    folder: Path

    @property
    def tables(self) -> tuple[str, ...]:
        """Names of the tables, in order."""
        from pipeline.tables.schema import TABLES

        return tuple(TABLES)

    def table(self, name: str, columns: Sequence[str] | None = None) -> pd.DataFrame:
        """One table, or some columns of it, as declared; days are ``datetime64`` without a zone."""
        from pipeline.tables.reader import read_table

        return _frame(read_table(self.folder, name, columns))

    def sql(self, query: str, params: Sequence[Any] = ()) -> pd.DataFrame:
        """The answer to a question in SQL (DuckDB): every table and the ready views may be named."""
        from pipeline.publish import duck

        with duck.connect(self.folder) as connection:
            return _frame(duck.relation(connection, query, list(params)).to_arrow_table())

    def __getitem__(self, name: str) -> pd.DataFrame:
        return self.table(name)

    def __getattr__(self, name: str) -> pd.DataFrame:
        if name.startswith("_") or name not in self.tables:
            raise AttributeError(f"no table {name!r}; the tables are {', '.join(self.tables)}")
        return self.table(name)

    def __dir__(self) -> Iterator[str]:
        yield from (*super().__dir__(), *self.tables)


def _frame(table: Any) -> pd.DataFrame:
    frame: pd.DataFrame = table.to_pandas(date_as_object=False)
    return frame


def open_dataset(folder: str | Path) -> Dataset:
    """Open the folder that ``rilis extract --out`` or ``rilis run`` wrote.

    Raises ``InputError`` when it holds no table.
    """
    from pipeline.errors import InputError
    from pipeline.tables.reader import table_files

    path = Path(folder)
    if not table_files(path, "articles"):
        raise InputError(
            "there are no tables here", where=str(path), hint="make some with `rilis run` or `rilis extract`"
        )
    return Dataset(path)
