"""The written parts of a bundle: dictionary page, code book, citation, readme."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from pipeline.publish.reference import event_types
from pipeline.tables.schema import SCHEMA_VERSION, TABLES


@dataclass(frozen=True, slots=True)
class Example:
    """The words that an event's type was read from, and where they stand."""

    surface: str
    article_id: str


@cache
def _templates() -> Environment:
    folder = Path(__file__).parent
    return Environment(
        loader=FileSystemLoader(folder),
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def dictionary_html() -> str:
    """The data dictionary as one page that needs nothing else."""
    template = _templates().get_template("dictionary.html")
    return template.render(tables=TABLES, version=SCHEMA_VERSION, types=event_types())


def code_book(examples: Mapping[str, Sequence[Example]]) -> str:
    """The event types with definitions in both languages and examples from the data."""
    return _templates().get_template("code-book.md").render(types=event_types(), examples=examples)


def citation(version: str, day: str) -> str:
    """``CITATION.cff``; ``day`` is the day of the release in ISO."""
    return _templates().get_template("CITATION.cff").render(version=version, day=day)


def readme(**facts: object) -> str:
    """What is in the bundle and how it is read."""
    return _templates().get_template("README.md").render(**facts)
