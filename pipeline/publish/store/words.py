"""Forms of one word: ``mengamankan``, ``diamankan`` and ``pengamanan`` are found by any of them.

When the file is made, each word of the vocabulary gets a stem: the shortest known word that is left when
the affixes of ``affixes.csv`` are taken off. "Known" is what the articles themselves hold, so no
dictionary is needed. A search asks for all words that share the stem.
"""

from __future__ import annotations

import csv
import sqlite3
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from pipeline.publish.reference import regions

SHORTEST = 4
"""Letters that a stem has at least."""
_SUPPORT = 3
"""A stem that is no word itself counts as known when so many words lead to it."""


@cache
def _affixes() -> tuple[list[tuple[str, str]], list[list[str]], frozenset[str]]:
    """Prefixes with the letter they swallow, layers of suffixes from the outside in, words left alone."""
    prefixes, layers, whole = list[tuple[str, str]](), dict[str, list[str]](), set[str]()
    with Path(__file__).with_name("affixes.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["kind"] == "prefix":
                prefixes.append((row["form"], row["restores"]))
            elif row["kind"] == "whole":
                whole.add(row["form"])
            else:
                layers.setdefault(row["kind"], []).append(row["form"])
    return prefixes, [layers[kind] for kind in sorted(layers)], frozenset(whole)


def stems(word: str) -> set[str]:
    """All stems that a word may have, itself included; short ones and words left alone have none other.

    >>> "aman" in stems("mengamankan") and "aman" in stems("pengamanan")
    True
    """
    prefixes, layers, whole = _affixes()
    if word in whole or not word.isalpha():
        return {word}
    found = {word}
    for layer in layers:
        found |= {w[: -len(s)] for w in found for s in layer if w.endswith(s) and len(w) - len(s) >= SHORTEST}
    for _ in range(2):
        found |= {
            rest + w[len(form) :]
            for w in found
            for form, rest in prefixes
            if w.startswith(form) and len(rest) + len(w) - len(form) >= SHORTEST
        }
    return found


def fill(target: sqlite3.Connection) -> None:
    """Fill the table ``words`` from the vocabulary of the full-text index."""
    target.execute("CREATE VIRTUAL TABLE temp.vocabulary USING fts5vocab('main', 'articles_fts', 'row')")
    counts: dict[str, int] = dict(
        target.execute("SELECT term, doc FROM temp.vocabulary WHERE term NOT GLOB 'zq*'")
    )
    target.execute("DROP TABLE temp.vocabulary")
    target.executemany("INSERT INTO words VALUES (?, ?, ?)", _rows(counts))


def _rows(counts: dict[str, int]) -> Iterator[tuple[str, str, int]]:
    names = {word for name in regions().values() for word in name.lower().split()}
    support = Counter(stem for word in counts for stem in stems(word))
    for word, n in sorted(counts.items()):
        if word in names:
            yield word, word, n
            continue
        known = (s for s in stems(word) if s in counts or support[s] >= _SUPPORT)
        yield word, min(known, key=lambda s: (len(s), s), default=word), n
