"""Near-copies are grouped, and only they."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest

from pipeline.article.duplicates import SIMILAR, CopyFinder, fingerprint, similarity


def words(seed: int, count: int = 300) -> list[str]:
    dice = random.Random(seed)
    return [f"kata{dice.randint(0, 5000)}" for _ in range(count)]


def edited(text: list[str], share: float, seed: int) -> list[str]:
    dice = random.Random(seed)
    return [f"ganti{i}" if dice.random() < share else word for i, word in enumerate(text)]


def groups(folder: Path, texts: list[str], when: list[float] | None = None) -> list[int]:
    finder = CopyFinder(folder)
    for number, text in enumerate(texts):
        finder.add(fingerprint(text), when[number] if when else 0.0)
    return finder.groups().tolist()


def like(one: str, other: str) -> float:
    a, b = (np.frombuffer(fingerprint(t).shingles, "<u4") for t in (one, other))
    return similarity(a, b)


def test_case_marks_and_spacing_do_not_count() -> None:
    assert like("Polres Metro, gelar (patroli) malam.", "POLRES METRO gelar patroli\n\nmalam") == 1.0
    assert fingerprint("Polres Metro gelar") == fingerprint("polres  metro, gelar!")


def test_the_same_release_lightly_edited_on_ten_sites_is_one_group(tmp_path: Path) -> None:
    base = words(1)
    texts = [" ".join(edited(base, 0.03, seed)) for seed in range(10)]
    texts += [" ".join(words(seed)) for seed in range(100, 120)]
    found = groups(tmp_path, texts)
    assert found[:10] == [0] * 10
    assert found[10:] == list(range(10, 30))


def test_the_earliest_names_the_group(tmp_path: Path) -> None:
    text = " ".join(words(2))
    assert groups(tmp_path, [text, text, text], [5.0, 3.0, 3.0]) == [1, 1, 1]
    assert groups(tmp_path, [text, text], [float("inf"), 9.0]) == [1, 1]


def test_half_the_sentences_shared_is_another_story(tmp_path: Path) -> None:
    base = words(3)
    other = base[:150] + words(4, 150)
    assert 0.3 < like(" ".join(base), " ".join(other)) < 0.45
    assert groups(tmp_path, [" ".join(base), " ".join(other)]) == [0, 1]


def test_every_pair_above_the_line_is_found(tmp_path: Path) -> None:
    """The bands must not lose pairs: at 0.72 the chance to share none is one in twenty thousand."""
    texts = []
    for seed in range(60):
        base = words(1000 + seed)
        texts += [" ".join(base), " ".join(edited(base, 0.05, seed))]
    found = groups(tmp_path, texts)
    above = [i for i in range(0, 120, 2) if like(texts[i], texts[i + 1]) >= SIMILAR]
    assert len(above) > 30
    assert all(found[i] == found[i + 1] for i in above)


@pytest.mark.parametrize("texts", [[], [""], ["satu"], ["", "", "dua kata"]])
def test_short_and_empty_texts(tmp_path: Path, texts: list[str]) -> None:
    assert len(groups(tmp_path, texts)) == len(texts)


def test_scratch_files_are_gone_afterwards(tmp_path: Path) -> None:
    groups(tmp_path, ["a b c d", "e f g h"])
    assert not list(tmp_path.iterdir())
