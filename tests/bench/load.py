"""Eight readers at once: how long pages take, seen from the readers' side."""

from __future__ import annotations

import http.client
import random
import sqlite3
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path

WORDS = [
    "sabu",
    "pencurian",
    "unjuk",
    "rasa",
    "kampanye",
    "logistik",
    "patroli",
    "kecelakaan",
    "bantuan",
    "warga",
]
TYPES = ["narcotics", "theft_robbery", "campaign_security", "patrol", "social_aid", "crime", "election"]


class Addresses:
    """Addresses of each kind, most of them asked only once, so that nothing kept from before answers."""

    def __init__(self, db: Path) -> None:
        with sqlite3.connect(f"file:{db}?immutable=1", uri=True) as conn:
            column = lambda sql: [row[0] for row in conn.execute(sql)]  # noqa: E731
            self.articles = column("SELECT article_id FROM articles ORDER BY random() LIMIT 3000")
            self.poldas = column("SELECT DISTINCT polda_id FROM cells WHERE polda_id IS NOT NULL")
            self.units = column("SELECT unit_id FROM police_units WHERE n_articles > 0")
            self.people = column("SELECT officer_id FROM people ORDER BY random() LIMIT 2000")
        conn.close()

    def start(self, rng: random.Random) -> str:
        return "/"

    def facet(self, rng: random.Random) -> str:
        kind = rng.choice(["/artikel", "/peristiwa"])
        if rng.random() < 0.3:
            return f"{kind}?satuan={rng.choice(self.units)}&tahun={rng.randrange(2021, 2026)}"
        day = f"{rng.randrange(2021, 2025)}-{rng.randrange(1, 13):02}-{rng.randrange(1, 29):02}"
        extra = f"&dari={day}" if rng.random() < 0.3 else ""
        year = rng.randrange(2021, 2026)
        return f"{kind}?jenis={rng.choice(TYPES)}&polda={rng.choice(self.poldas)}&tahun={year}{extra}"

    def search(self, rng: random.Random) -> str:
        words = "+".join(rng.sample(WORDS, rng.randrange(1, 4)))
        return f"/artikel?q={words}" + (f"&tahun={rng.randrange(2021, 2026)}" if rng.random() < 0.5 else "")

    def article(self, rng: random.Random) -> str:
        return f"/artikel/{rng.choice(self.articles)}"

    def entity(self, rng: random.Random) -> str:
        return (
            f"/satuan/{rng.choice(self.units)}"
            if rng.random() < 0.5
            else f"/pejabat/{rng.choice(self.people)}"
        )


def measure(port: int, make: Callable[[random.Random], str], clients: int, each: int) -> list[float]:
    """Seconds of each answer, ``clients`` readers asking one after the other; raises unless all are 200."""
    seconds: list[float] = []
    wrong: list[str] = []

    def reader(number: int) -> None:
        rng = random.Random(f"reader {number}")
        line = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        for _ in range(each):
            address = make(rng)
            start = time.perf_counter()
            line.request("GET", address)
            answer = line.getresponse()
            answer.read()
            seconds.append(time.perf_counter() - start)
            if answer.status != 200:
                wrong.append(f"{answer.status} {address}")
        line.close()

    threads = [threading.Thread(target=reader, args=(number,)) for number in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if wrong:
        raise RuntimeError(f"{len(wrong)} answers were not 200: {wrong[:3]}")
    return sorted(seconds)


def percentile(values: Sequence[float], hundredth: int) -> float:
    """The value below which so many hundredths of the sorted values lie."""
    return values[min(len(values) - 1, len(values) * hundredth // 100)]
