"""Articles made from templates of our own, with their records: for tests and for the benchmark.

``extractions(n)`` yields ``Extraction`` values whose offsets are right by construction. The same
``seed`` gives the same articles. Units are real, persons and places below the kabupaten invented.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from pipeline.ids import digest
from pipeline.publish.reference import UnitRef, units
from pipeline.records import (
    Article,
    DateRecord,
    EventRecord,
    Extraction,
    Mention,
    OfficerRecord,
    PersonnelRecord,
    QuoteRecord,
    UnitRecord,
)

FIRST_DAY = dt.date(2021, 1, 1)
DAYS = 5 * 365
SITES = ("kabarnusa.example", "radarlintas.example", "beritakita.example")
WEEKDAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
RULE = "synthetic"


@cache
def templates() -> dict[str, Any]:
    """The word lists and sentences of ``templates.yml``."""
    return yaml.safe_load(Path(__file__).with_name("templates.yml").read_text(encoding="utf-8"))


@dataclass
class Writer:
    """Text under construction; remembers where each tagged piece stands."""

    parts: list[str] = field(default_factory=list)
    length: int = 0
    mentions: list[Mention] = field(default_factory=list)

    def add(self, text: str, label: str | None = None) -> tuple[int, int]:
        start, end = self.length, self.length + len(text)
        self.parts.append(text)
        self.length = end
        if label:
            self.mentions.append(Mention(label, start, end, text, "rule", 1.0, RULE))
        return start, end

    @property
    def text(self) -> str:
        return "".join(self.parts)


@dataclass(frozen=True)
class Person:
    """An invented officer with a post."""

    officer_id: str
    name: str
    rank: tuple[str, str, int]
    position: str


def staff(unit: UnitRef, size: int = 6) -> list[Person]:
    """The invented officers of a unit, always the same."""
    words, rng = templates(), random.Random(unit.unit_id)
    people = []
    for position in rng.sample(words["positions"], size):
        last = rng.sample(words["last_names"], 2)
        name = " ".join([rng.choice(words["first_names"]), *last])
        rank = tuple(rng.choice(words["ranks"]))
        people.append(Person(digest(name, unit.unit_id), name, rank, position))
    return people


def extractions(
    n: int, *, seed: int = 7, among: Sequence[UnitRef] | None = None, first: int = 0
) -> Iterator[Extraction]:
    """Yield ``n`` articles with their records, numbered from ``first``."""
    pool = [unit for unit in (among or units()) if unit.level == "polres"]
    crew = {unit.unit_id: staff(unit) for unit in pool}
    for number in range(first, first + n):
        yield _one(number, random.Random(f"{seed}-{number}"), pool, crew)


def _one(
    number: int, rng: random.Random, pool: Sequence[UnitRef], crew: dict[str, list[Person]]
) -> Extraction:
    words = templates()
    unit = pool[min(int(rng.expovariate(4 / len(pool))), len(pool) - 1)]
    day = FIRST_DAY + dt.timedelta(days=rng.randrange(DAYS))
    kind = rng.choice(words["events"])
    speaker, other = rng.sample(crew[unit.unit_id], 2)
    district = rng.choice(words["districts"])
    region = unit.region or "kota"
    article_id = digest("synthetic", str(number))
    w = Writer()

    lead = w.add(f"{unit.name}", "UNIT")
    w.add(" ")
    evidence = w.add(kind["evidence"])
    w.add(" di ")
    w.add(f"Kecamatan {district}", "LOC")
    w.add(", ")
    w.add(region, "LOC")
    w.add(", pada ")
    when = w.add(f"{WEEKDAYS[day.weekday()]} ({day.day}/{day.month}/{day.year})", "DATE")
    w.add(". Sebanyak ")
    count = rng.randrange(8, 420)
    force = w.add(f"{count} personel", "NUM")
    w.add(" diturunkan dalam kegiatan tersebut.\n\n")
    spans = {"speaker": _officer(w, speaker), "other": None}
    w.add(f" mengatakan kegiatan nomor {number} itu berjalan lancar. “")
    said = w.add(rng.choice(words["quotes"]))
    w.add(",” ujar ")
    w.add(speaker.name.split()[0], "PER")
    w.add(".\n\n")
    for sentence in rng.sample(words["filler"], 14):
        w.add(sentence)
        w.add("\n\n" if rng.random() < 0.3 else " ")
    for village in rng.sample(words["villages"], 6):
        w.add("Di ")
        w.add(f"Desa {village}", "LOC")
        w.add(" petugas diterima oleh ")
        w.add(rng.choice(words["posts"]), "POS")
        w.add(" ")
        w.add(f"{rng.choice(words['first_names'])} {rng.choice(words['last_names'])}", "PER")
        w.add(f" pada pukul {rng.randrange(7, 22):02}.{rng.randrange(60):02}. ")
    w.add("\n\nIa didampingi ")
    spans["other"] = _officer(w, other)
    w.add(" bersama anggota.")
    text = w.text

    def cut(span: tuple[int, int]) -> dict[str, Any]:
        return {"surface": text[span[0] : span[1]], "start": span[0], "end": span[1], "rule": RULE}

    published = dt.datetime(day.year, day.month, day.day, rng.randrange(24), rng.randrange(60), tzinfo=dt.UTC)
    site = rng.choice(SITES)
    article = Article(
        article_id=article_id,
        text=text,
        source_id=f"s{number}",
        url=f"https://{site}/{day.year}/{number}",
        site=site,
        title=f"{unit.name} {kind['title']} {district}",
        published_at=published + dt.timedelta(hours=20),
        published_date=(published + dt.timedelta(hours=27)).date(),
        fetched_at=published + dt.timedelta(hours=30),
        language="id",
    )
    named = [
        UnitRecord(
            unit.unit_id,
            unit.name,
            unit.level,
            unit.polda_id,
            unit.region_code,
            True,
            1,
            confidence=0.9,
            **cut(lead),
        )
    ]
    people = [
        OfficerRecord(
            officer_id=person.officer_id,
            name=person.name,
            rank=person.rank[0],
            rank_name=person.rank[1],
            rank_order=person.rank[2],
            force="polri",
            degrees=None,
            position=person.position,
            is_acting=False,
            unit_id=unit.unit_id,
            unit=unit.name,
            previous_position=None,
            previous_unit=None,
            is_speaker=person is speaker,
            n_mentions=2 if person is speaker else 1,
            confidence=0.95,
            **cut(span),
        )
        for person, span in ((speaker, spans["speaker"]), (other, spans["other"]))
    ]
    event = EventRecord(
        event_id=digest(article_id, kind["type"]),
        is_primary=True,
        event_type=kind["type"],
        event_group=kind["group"],
        date=day,
        date_end=None,
        unit_id=unit.unit_id,
        region_code=unit.region_code,
        region=unit.region,
        district=district,
        village=None,
        operation=None,
        status="actual",
        confidence=round(rng.uniform(0.5, 1), 2),
        **cut(evidence),
    )
    return Extraction(
        article=article,
        extractor="rilis-synthetic",
        primary_unit_id=unit.unit_id,
        primary_unit=unit.name,
        polda_id=unit.polda_id,
        polda=unit.polda,
        units=named,
        officers=people,
        dates=[DateRecord(day, None, "day", "event", True, confidence=1.0, **cut(when))],
        personnel=[
            PersonnelRecord(count, count, False, "polri", "personel", "actual", confidence=1.0, **cut(force))
        ],
        events=[event],
        quotes=[
            QuoteRecord(
                text[said[0] : said[1]],
                speaker.name,
                speaker.position,
                speaker.officer_id,
                said[0],
                said[1],
                0.9,
                RULE,
            )
        ],
        mentions=sorted(w.mentions, key=lambda m: m.start),
    )


def _officer(w: Writer, person: Person) -> tuple[int, int]:
    w.add(person.position, "POS")
    w.add(" ")
    w.add(person.rank[0], "RANK")
    w.add(" ")
    return w.add(person.name, "PER")
