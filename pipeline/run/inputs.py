"""What the user named on the command line, to articles.

``resolve`` turns paths into files, in a fixed order; ``read`` turns files into ``Source`` and ``Rejected``
items, streaming; ``to_article`` makes the article (in a worker process, since it parses HTML).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.article import from_text
from pipeline.article.url import site_of
from pipeline.errors import InputError, RecordError
from pipeline.records import Article
from pipeline.run.files import READERS, Item
from pipeline.run.pages import parse_body
from pipeline.run.source import MAX_CHARS, Place, Rejected, Source, too_long
from pipeline.sites import by_host

FORMS = ", ".join(READERS)


@dataclass(frozen=True, slots=True)
class Inputs:
    """The files to read, the paths that cannot be, and the files of a folder that were passed over."""

    files: list[Path] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)
    ignored: list[Path] = field(default_factory=list)


def form_of(path: Path) -> str | None:
    """The ending that says how to read a file, or ``None``.

    >>> form_of(Path("crawl.WARC.gz")), form_of(Path("notes.md"))
    ('.warc.gz', None)
    """
    name = path.name.lower()
    return next((ending for ending in READERS if name.endswith(ending)), None)


def resolve(paths: Sequence[Path], *, out: Path | None = None) -> Inputs:
    """Turn paths into files. A folder gives its files of a known form, in sorted order, without ``out``.

    A path that is missing, a folder without anything to read, a file of an unknown form are put aside.
    Raises ``InputError`` when nothing is left to read.
    """
    inputs = Inputs()
    hidden = out.resolve() if out else None
    for path in paths:
        if not path.exists():
            inputs.rejected.append(
                Rejected(Place(str(path)), "there is no such file or folder", "check the path")
            )
        elif path.is_dir():
            _folder(path, hidden, inputs)
        elif form_of(path):
            inputs.files.append(path)
        else:
            inputs.rejected.append(
                Rejected(
                    Place(str(path)), "the form of this file is not known", f"forms that are read: {FORMS}"
                )
            )
    files = list({path.resolve(): path for path in inputs.files}.values())
    if not files:
        raise InputError(
            "nothing to read: " + "; ".join(f"{r.place}: {r.reason}" for r in inputs.rejected[:5]),
            hint=f"give files or folders of {FORMS}",
        )
    return Inputs(files, inputs.rejected, inputs.ignored)


def _folder(folder: Path, hidden: Path | None, inputs: Inputs) -> None:
    found = False
    for path in sorted(folder.rglob("*")):
        parts = path.relative_to(folder).parts
        if not path.is_file() or any(part.startswith(".") for part in parts):
            continue
        if hidden is not None and path.resolve().is_relative_to(hidden):
            continue
        if form_of(path):
            inputs.files.append(path)
            found = True
        else:
            inputs.ignored.append(path)
    if not found:
        reason = "the folder holds nothing that can be read"
        inputs.rejected.append(Rejected(Place(str(folder)), reason, f"forms that are read: {FORMS}"))


def read(files: Sequence[Path]) -> Iterator[Item]:
    """The records of the files, in order. A file that cannot be opened is put aside."""
    for path in files:
        try:
            yield from READERS[form_of(path) or ".txt"](path)
        except OSError as error:
            yield Rejected(
                Place(str(path)), f"cannot be read: {error.strerror or error}", "check its permissions"
            )


def to_article(source: Source) -> Article:
    """Make the article, with what the package knows of its site.

    Raises ``RecordError`` when there is none in it, or too much.
    """
    site = by_host().get(source.site or site_of(source.url) or "")
    if source.html is not None:
        made = parse_body(
            source.html,
            source.url,
            site,
            source_id=source.source_id,
            fetched_at=source.fetched_at,
            charset=source.charset,
        )
    else:
        made = from_text(
            source.text or "",
            source_id=source.source_id,
            url=source.url,
            title=source.title,
            published=source.published,
            site=source.site,
            byline=source.byline,
            province_codes=(site.province,) if site and site.province else (),
        )
    if not made.text:
        raise RecordError("there is no article in it", hint="only furniture was left after cleaning")
    if len(made.text) > MAX_CHARS:
        raise too_long(len(made.text))
    return made
