"""Names to put into training sentences: persons, places, units, ranks, drawn with a seeded generator."""

from __future__ import annotations

import csv
import random
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

_ROMAN = ("I", "II", "III", "IV")


@dataclass(frozen=True, slots=True)
class Fillers:
    """Lists of names by kind; every method draws one with the generator that it is given."""

    given: dict[str, list[str]]
    """Region of origin to given names; ``umum`` is everywhere."""
    family: dict[str, list[str]]
    provinces: Sequence[str]
    regencies: Sequence[str]
    """Bare, without Kabupaten or Kota."""
    districts: Sequence[str]
    villages: Sequence[str]
    ranks: Sequence[str]
    words: dict[str, list[str]]
    """Further words by slot, from ``words.csv``."""

    def person(self, rng: random.Random) -> str:
        """A person's name of one to four parts, now and then with an initial or a lower-case part."""
        origin = rng.choice(list(self.given))
        given = self.given[origin] if rng.random() < 0.7 else self.given["umum"]
        family = self.family[origin] if rng.random() < 0.8 else self.family["umum"]
        shape = rng.random()
        if shape < 0.22:
            parts = [rng.choice(rng.choice([given, family]))]
        elif shape < 0.62:
            parts = [rng.choice(given), rng.choice(family)]
        elif shape < 0.86:
            parts = [rng.choice(given), rng.choice(rng.choice([given, family])), rng.choice(family)]
        else:
            parts = [rng.choice(given), rng.choice(given), rng.choice(family), rng.choice(family)]
        if len(parts) > 1 and rng.random() < 0.07:
            where = rng.randrange(len(parts))
            parts[where] = parts[where][0] + "."
        if rng.random() < 0.04:
            return "".join(part[0] for part in parts).upper() + ("" if len(parts) > 1 else "S")
        return " ".join(dict.fromkeys(parts))

    def place(self, rng: random.Random, level: str = "") -> str:
        """A bare place name; ``level`` province, regency, district, village or any."""
        lists = {"province": self.provinces, "regency": self.regencies, "district": self.districts}
        if not level:
            level = rng.choices(["province", "regency", "district", "village"], [1, 5, 3, 1.5])[0]
        return rng.choice(lists.get(level, self.villages))

    def rank(self, rng: random.Random) -> str:
        """A rank as written; the ranks of everyday releases most often."""
        return rng.choice(self.words["commonrank"] if rng.random() < 0.75 else self.ranks)

    def word(self, rng: random.Random, slot: str) -> str:
        """One of the words of a slot; slots inside it are filled too."""
        return self.fill(rng, rng.choice(self.words[slot]))

    def fill(self, rng: random.Random, text: str) -> str:
        """Replace ``<slot>`` by words until none is left."""
        return re.sub(r"<([a-z]+)>", lambda match: self.slot(rng, match.group(1)), text)

    def slot(self, rng: random.Random, name: str) -> str:
        """The text for one slot."""
        if name in ("province", "regency", "district", "village"):
            return self.place(rng, name)
        if name == "person":
            return self.person(rng)
        if name == "rank":
            return self.rank(rng)
        if name in ("given", "family"):
            lists = self.given if name == "given" else self.family
            return rng.choice(lists[rng.choice(list(lists))])
        if name == "n":
            return str(rng.choice([rng.randint(2, 30), rng.randint(10, 400), rng.randint(50, 3000)]))
        if name == "code":
            return f"{rng.randint(101, 1715):04d}"
        if name == "roman":
            return rng.choice(_ROMAN)
        return self.word(rng, name)


@cache
def read_table(name: str) -> list[dict[str, str]]:
    """Rows of a CSV file of this folder's ``data``."""
    with resources.files("pipeline.train").joinpath("data", name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def load_fillers() -> Fillers:
    """Fill the lists from the registry, its regions and this folder's data."""
    from pipeline.registry import load_registry

    registry = load_registry()
    levels: dict[str, list[str]] = {"province": [], "regency": [], "district": [], "village": []}
    for code in registry.regions.down_to_districts():
        region = registry.regions.get(code)
        if region is not None:
            levels[region.level].append(region.bare)
        if code.count(".") == 2:
            levels["village"].extend(registry.regions.villages(code).values())
    ranks = [form for rank in registry.ranks if rank.kind == "rank" for form in (rank.abbr, *rank.aliases)]
    return make_fillers(levels, ranks)


def make_fillers(levels: dict[str, list[str]], ranks: list[str]) -> Fillers:
    """Join place names by level and ranks with the names and words of ``data``."""
    parts: dict[str, dict[str, list[str]]] = {"given": {}, "family": {}}
    for row in read_table("names.csv"):
        parts[row["kind"]].setdefault(row["region"], []).append(row["part"])
    words: dict[str, list[str]] = {}
    for row in read_table("words.csv"):
        words.setdefault(row["slot"], []).append(row["text"])
    return Fillers(
        given=parts["given"],
        family=parts["family"],
        provinces=levels["province"],
        regencies=levels["regency"],
        districts=levels["district"],
        villages=levels["village"],
        ranks=ranks,
        words=words,
    )
