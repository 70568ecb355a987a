"""The Polda over a unit at the time of the article: some Polda are young."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.extract.document import Document
from pipeline.registry import Registry

if TYPE_CHECKING:
    from pipeline.extract.rules.units import UnitMention

_YEAR = re.compile(r"\b20[0-3]\d\b")


def as_of(doc: Document, registry: Registry, mentions: list[UnitMention]) -> list[UnitMention]:
    """Put each unit under the Polda that it had then.

    The Polda that the text itself names decides; else the day of publication, else the latest year in
    the text; without any, today's Polda stays.
    """
    named = {mention.unit_id for mention in mentions if mention.level == "polda"}
    result = []
    for mention in mentions:
        young = registry.former_poldas.get(mention.polda_id or "")
        if young is None or mention.level == "polda" or mention.polda_id in named:
            result.append(mention)
            continue
        since, before = young
        if before in named or _written_before(doc, since):
            mention = replace(mention, polda_id=before, rule=f"{mention.rule}; Polda of the time")
        result.append(mention)
    return result


def _written_before(doc: Document, since: dt.date) -> bool:
    if doc.article.published_date is not None:
        return doc.article.published_date < since
    years = [int(year) for year in _YEAR.findall(doc.text)]
    return bool(years) and max(years) < since.year
