"""The word classes that the spaCy model sees, from the registry and the name lists."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping

from pipeline.train.fillers import read_table
from pipeline.train.samples import Sample

_WORD = re.compile(r"[^\W\d_]+(?:['’‘`´][^\W\d_]+)*")
_NO_PLACE = str.maketrans("", "", "CV")
_OTHER_LABELS = frozenset("RSUDT")
_LEVEL = {"province": "K", "regency": "K", "district": "C"}


def word_classes() -> dict[str, str]:
    """Lower-case word to letters: P person, K kabupaten or province, C kecamatan, V village, R rank, S post,
    U unit, D degree, L class word of places, O first word of organisations, T day or month."""
    from pipeline.registry import load_registry

    registry = load_registry()
    classes: dict[str, set[str]] = defaultdict(set)
    villages: Counter[str] = Counter()
    for code in registry.regions.down_to_districts():
        region = registry.regions.get(code)
        if region is not None:
            _add(classes, _LEVEL[region.level], [region.bare])
        if code.count(".") == 2:
            villages.update(w for name in registry.regions.villages(code).values() for w in set(_words(name)))
    for word, count in villages.items():
        if count > 1 and len(word) > 2:
            classes[word].add("V")
    for unit in registry.units.values():
        _add(classes, "K", unit.aliases)
    _add(classes, "P", (row["part"] for row in read_table("names.csv")))
    for rank in registry.ranks:
        _add(classes, "R", [rank.abbr, rank.full_name, *rank.aliases, *rank.misspellings])
    for position in registry.positions:
        _add(classes, "S", [position.canonical, position.full_name, *position.aliases])
    for degree in registry.degrees:
        for form in (degree.canonical, *degree.variants):
            classes[form.lower()].add("D")
    for row in read_table("heads.csv"):
        classes[row["word"]] = {row["class"]}
    return {word: "".join(sorted(letters)) for word, letters in sorted(classes.items())}


def _add(classes: dict[str, set[str]], letter: str, names: Iterable[str]) -> None:
    for name in names:
        for word in _words(name):
            classes[word].add(letter)


def _words(name: str) -> list[str]:
    return [word for word in _WORD.findall(name.lower()) if len(word) > 1]


def without_common(classes: Mapping[str, str], samples: Iterable[Sample]) -> dict[str, str]:
    """Take the place letters C and V from words that also occur in small letters (``maju``, ``jaya``)."""
    small = Counter(word for sample in samples for word in _WORD.findall(sample.text) if word.islower())
    kept = {}
    for word, letters in classes.items():
        left = letters.translate(_NO_PLACE) if small[word] > 1 else letters
        if left:
            kept[word] = left
    return kept


def doubts(classes: Mapping[str, str], known: frozenset[str]) -> Callable[[str], bool]:
    """Which words of a partly labelled corpus may belong to a label that it does not have."""
    all_capitals = "ORG" not in known

    def is_doubtful(word: str) -> bool:
        if not word[0].isupper():
            return word[0].isdigit()
        return all_capitals or not _OTHER_LABELS.isdisjoint(classes.get(word.lower(), ""))

    return is_doubtful
