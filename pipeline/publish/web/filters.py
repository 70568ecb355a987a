"""Filters, as the address holds them and as a person may type them into the search box.

``jenis:narkotika polda:"jawa barat" tahun:2024 sabu`` becomes the arguments ``jenis=narcotics``,
``polda=polda-jawa-barat``, ``tahun=2024``, ``q=sabu``. The names are those of ``filters.csv``,
in both languages.
"""

from __future__ import annotations

import csv
import datetime as dt
import re
import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pipeline.publish.web.labels import LANGUAGES, Labels, month_end

_TYPED = re.compile(r'([A-Za-z]{2,20}):(?:"([^"]{1,80})"|([^\s"]{1,80}))')
_YEAR = re.compile(r"(?:19|20)\d\d")
_MONTH = re.compile(r"(?:19|20)\d\d-(?:0[1-9]|1[0-2])")
_ID = re.compile(r"[\w.:-]{1,120}")


@dataclass(frozen=True, slots=True)
class Filters:
    """What a list is narrowed to; each ``None`` when it is not."""

    q: str | None = None
    jenis: str | None = None
    """Event type, or group of types."""
    polda: str | None = None
    tahun: int | None = None
    satuan: str | None = None
    wilayah: str | None = None
    pejabat: str | None = None
    dari: str | None = None
    sampai: str | None = None
    pangkat: str | None = None
    tingkat: str | None = None


@cache
def _names() -> dict[str, str]:
    """Each name that may be typed to the argument that it stands for."""
    with Path(__file__).with_name("filters.csv").open(encoding="utf-8", newline="") as file:
        return {row["typed"]: row["argument"] for row in csv.DictReader(file)}


def read(args: Mapping[str, str]) -> Filters:
    """The filters of an address; what makes no sense there is left out."""

    def day(name: str) -> str | None:
        try:
            return dt.date.fromisoformat(args.get(name, "")).isoformat()
        except ValueError:
            return None

    def key(name: str) -> str | None:
        value = args.get(name, "")
        return value if _ID.fullmatch(value) else None

    year = args.get("tahun", "")
    return Filters(
        q=args.get("q", "").strip()[:300] or None,
        jenis=key("jenis"),
        polda=key("polda"),
        tahun=int(year) if _YEAR.fullmatch(year) else None,
        satuan=key("satuan"),
        wilayah=key("wilayah"),
        pejabat=key("pejabat"),
        dari=day("dari"),
        sampai=day("sampai"),
        pangkat=args.get("pangkat", "")[:40] or None,
        tingkat=key("tingkat"),
    )


def typed(conn: sqlite3.Connection, text: str) -> tuple[dict[str, str], list[str]]:
    """Take typed filters out of a search text.

    Returns the arguments (the free words as ``q``) and what was typed but not understood.
    """
    found: dict[str, str] = {}
    unknown: list[str] = []

    def take(piece: re.Match[str]) -> str:
        name, value = _names().get(piece[1].lower()), piece[2] or piece[3]
        if name is None:
            return piece[0]
        arguments = _RESOLVE[name](conn, value.strip())
        if arguments:
            found.update(arguments)
        else:
            unknown.append(piece[0])
        return " "

    rest = " ".join(_TYPED.sub(take, text).split())
    return ({"q": rest} if rest else {}) | found, unknown


def _type(conn: sqlite3.Connection, value: str) -> dict[str, str]:
    wanted = value.casefold().replace("_", " ")
    best: list[tuple[int, int, str]] = []
    for kind, group in conn.execute('SELECT type, "group" FROM event_types').fetchall():
        for answer, key in ((kind, f"type.{kind}"), (group, f"group.{group}")):
            for text in (answer, *(Labels(language)(key) for language in LANGUAGES)):
                label = text.casefold().replace("_", " ")
                if wanted == label:
                    return {"jenis": answer}
                if wanted in label:
                    best.append((answer == group, len(label), answer))
    return {"jenis": min(best)[2]} if best else {}


def _unit(argument: str, level: str) -> Callable[[sqlite3.Connection, str], dict[str, str]]:
    def find(conn: sqlite3.Connection, value: str) -> dict[str, str]:
        row = conn.execute(
            "SELECT unit_id FROM police_units WHERE (unit_id = ?1 OR unit LIKE '%' || ?1 || '%') "
            f"AND level {level} ORDER BY length(unit), unit_id LIMIT 1",
            [value],
        ).fetchone()
        return {argument: row[0]} if row else {}

    return find


def _region(conn: sqlite3.Connection, value: str) -> dict[str, str]:
    row = conn.execute(
        "SELECT region_code FROM events WHERE region_code = ?1 OR region LIKE '%' || ?1 || '%' "
        "GROUP BY region_code ORDER BY count(*) DESC LIMIT 1",
        [value],
    ).fetchone()
    return {"wilayah": row[0]} if row and row[0] else {}


def _period(conn: sqlite3.Connection, value: str) -> dict[str, str]:
    if _MONTH.fullmatch(value):
        return {"dari": f"{value}-01", "sampai": month_end(value)}
    return {"tahun": value} if _YEAR.fullmatch(value) else {}


def _day(argument: str) -> Callable[[sqlite3.Connection, str], dict[str, str]]:
    def parse(conn: sqlite3.Connection, value: str) -> dict[str, str]:
        try:
            return {argument: dt.date.fromisoformat(value).isoformat()}
        except ValueError:
            return {}

    return parse


def _rank(conn: sqlite3.Connection, value: str) -> dict[str, str]:
    row = conn.execute("SELECT rank FROM people WHERE rank = ? COLLATE NOCASE LIMIT 1", [value]).fetchone()
    return {"pangkat": row[0]} if row else {}


_RESOLVE: dict[str, Callable[[sqlite3.Connection, str], dict[str, str]]] = {
    "jenis": _type,
    "polda": _unit("polda", "= 'polda'"),
    "satuan": _unit("satuan", "IS NOT NULL"),
    "tahun": _period,
    "wilayah": _region,
    "dari": _day("dari"),
    "sampai": _day("sampai"),
    "pangkat": _rank,
}
