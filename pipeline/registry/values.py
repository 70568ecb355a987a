"""The registry's values: what a unit, a rank, a post, a degree, a region and an event type are."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Unit:
    """A police unit at the level of Mabes Polri, Polda or Polres (Polsek are open-ended, not listed)."""

    unit_id: str
    name: str
    """Canonical: the kind as the unit bears it today and the region written out."""
    full_name: str
    level: str
    """``mabes``, ``polda`` or ``polres``."""
    kind: str
    """``mabes``, ``polda``, ``polres``, ``polresta``, ``polrestabes``, ``polres_metro``, …"""
    polda_id: str | None
    """The Polda over it, itself for a Polda, ``None`` for Mabes Polri."""
    region_codes: tuple[str, ...]
    """Kabupaten and kota (provinces for a Polda) that it serves wholly or for the main part."""
    partial_region_codes: tuple[str, ...]
    """Others of which it serves some kecamatan."""
    seat: str | None
    aliases: tuple[str, ...]
    aliases_unverified: tuple[str, ...]
    """Forms made by pattern, found nowhere: good with a Polda or a place in the text, not alone."""
    note: str | None = None

    @property
    def region_code(self) -> str | None:
        """The first region that it serves."""
        return self.region_codes[0] if self.region_codes else None


@dataclass(frozen=True, slots=True)
class Ambiguity:
    """An alias that means more than one unit, or one to be taken only in context."""

    alias: str
    candidates: tuple[str, ...]
    default: str | None
    """What it means where nothing in the text decides; ``None``: never guess."""
    how_to_decide: str


@dataclass(frozen=True, slots=True)
class PlannedUnit:
    """A unit proposed or announced, not confirmed as operating, and who serves its area."""

    name: str
    region_code: str
    served_by: str
    evidence: str


@dataclass(frozen=True, slots=True)
class UnitHead:
    """A word or phrase that opens the name of a unit or of the post that heads one.

    ``role``: ``name``, ``title``, ``fixed`` (``kind`` is the unit's id), ``fixed-title``,
    ``national-title`` (of Mabes Polri; names it only with a person behind it) or ``sub`` (a body of a
    Polda, names it only with a region behind).
    """

    form: str
    kind: str
    role: str


@dataclass(frozen=True, slots=True)
class Rank:
    """A rank of Polri or TNI, or a corps suffix."""

    abbr: str
    full_name: str
    force: str
    """``polri`` or ``tni``."""
    service: str
    kind: str
    """``rank``, ``corps_suffix`` or ``employee``."""
    group: str | None
    order: int | None
    """1 is the lowest of its service."""
    aliases: tuple[str, ...]
    misspellings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Position:
    """A post, in its canonical short form without the region."""

    canonical: str
    full_name: str
    category: str
    """``polri``, ``tni``, ``gov``, ``law``, ``election``, ``other`` or ``modifier``."""
    unit_level: str
    aliases: tuple[str, ...]
    unit_forms: tuple[str, ...]
    """How the body that the post heads is written (``Ditlantas`` for ``Dirlantas``)."""


@dataclass(frozen=True, slots=True)
class Degree:
    """A degree, title of honour or certificate that is written with a name."""

    canonical: str
    full_name: str
    kind: str
    side: str
    """``front`` or ``back`` of the name."""
    variants: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Region:
    """A region of the Kemendagri list, province to desa."""

    code: str
    """Dotted: ``32``, ``32.14``, ``32.14.01``, ``32.14.01.2001``."""
    name: str
    """In full for provinces, kabupaten and kota (``Kabupaten Paser``); bare below."""
    bare: str
    """Without the class word."""
    level: str
    """``province``, ``regency``, ``district`` or ``village``."""


@dataclass(frozen=True, slots=True)
class EventType:
    """A type of event, labelled in both languages."""

    group: str
    type: str
    label_en: str
    label_id: str
    definition_en: str
    definition_id: str
