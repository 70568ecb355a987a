"""Where the article speaks of a person: what finding officers hands to attributing quotations.

Rules that need to know who is who (quotations, later short mentions) take these small values and not
the officers' own records, so that they can be tested on a handful of spans.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

MentionKind = Literal["name", "post", "pronoun-anchor"]


@dataclass(frozen=True, slots=True)
class PersonMention:
    """One place in the text that stands for a person.

    ``start``/``end`` are offsets into ``Document.text``. ``entity`` is the same number for every mention
    of one person in the article and differs between persons; unnamed holders of a post get numbers of
    their own. ``kind`` says what stands there: ``name`` (full or short, with or without rank), ``post``
    (``Kapolres``, ``Kasat Reskrim Polres X``) or ``pronoun-anchor`` (``korban``, ``pelaku``: a person
    whom a following ``ia`` may mean, but who is no officer).
    """

    start: int
    end: int
    entity: int
    name: str | None
    """The person's fullest name in the article, in normal capitals, without degrees; None if unnamed."""
    position: str | None
    """Canonical post; for an unnamed one with the unit or region it belongs to (``Kapolres Paser``)."""
    kind: MentionKind
    officer_id: str | None = None
    """The officer that this person is; None for everybody else."""
