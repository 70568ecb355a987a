"""Generated releases of about 2.5 kB: units real, persons invented, the same for the same number."""

from __future__ import annotations

import random
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from pipeline.records import Article

_HERE = Path(__file__).parent


@cache
def _paragraphs() -> list[str]:
    lines = (_HERE / "paragraphs.txt").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


@cache
def _words() -> dict[str, Any]:
    return yaml.safe_load((_HERE / "words.yml").read_text(encoding="utf-8"))


def _day(dice: random.Random, words: dict[str, Any]) -> str:
    day, month = dice.randint(1, 28), dice.randint(1, 11)
    if dice.random() < 0.5:
        return f"{dice.choice(words['day'])} ({day}/{month}/2024)"
    return f"{dice.choice(words['day'])}, {day} {words['month'][month - 1]} 2024"


def _fill(paragraph: str, dice: random.Random, town: str) -> str:
    words = _words()
    first = dice.choice(words["first"])
    values = {
        "town": town,
        "unit": f"Polres {town}",
        "polda": words["polda"][town],
        "site": "beritajaya.test",
        "rank": dice.choice(words["rank"]),
        "name": f"{first} {dice.choice(words['last'])}",
        "first": first,
        "civilian": f"{dice.choice(words['first'])} ({dice.randint(20, 70)})",
        "degrees": dice.choice(words["degrees"]),
        "initials": "".join(dice.choices("ABDEHIMNRSTY", k=2)),
        "n": dice.randint(20, 400),
        "n2": dice.randint(10, 90),
        "n3": dice.randint(5, 40),
        "time": f"{dice.randint(7, 21):02d}.{dice.choice(('00', '15', '30', '45'))}",
        "day": _day(dice, words),
        "village": dice.choice(words["place"]),
        "district": dice.choice(words["place"]),
        "street": dice.choice(words["street"]),
    }
    return " ".join(paragraph.format_map(values).split())


def release(number: int, length: int = 2500) -> dict[str, str]:
    """One release as a record of the input."""
    dice = random.Random(number)
    town = dice.choice(list(_words()["polda"]))
    paragraphs = _paragraphs()
    lines = [_fill(dice.choice(paragraphs[:3]), dice, town)]
    for paragraph in dice.sample(paragraphs[3:], len(paragraphs) - 3):
        if sum(map(len, lines)) >= length:
            break
        lines.append(_fill(paragraph, dice, town))
    return {
        "id": f"bench-{number}",
        "url": f"https://beritajaya.test/{number}",
        "title": f"Polres {town} Turunkan Personel Jaga Kamtibmas Nomor {number}",
        "published_at": f"2024-{number % 11 + 1:02d}-{number % 28 + 1:02d}T09:00:00+07:00",
        "text": "\n\n".join(lines),
    }


def articles(count: int) -> Iterator[Article]:
    """Releases as articles, as they come out of the cleaning."""
    from pipeline.article import from_text

    for number in range(count):
        record = release(number)
        yield from_text(
            record["text"],
            source_id=record["id"],
            url=record["url"],
            title=record["title"],
            published=record["published_at"],
        )
