"""Names found in words, however they are spelt."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.registry import load_registry
from pipeline.registry.folding import fold


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Tojo Una-Una", "TOJO UNAUNA"),
        ("Pare-Pare", "parepare"),
        ("P. Siantar", "P Siantar"),
        ("Ba'a", "Baa"),
        ("Pulau Ambon & PP Lease", "Pulau Ambon dan PP Lease"),
    ],
)
def test_spellings_fold_together(one: str, other: str) -> None:
    assert fold(one) == fold(other)


def names_at(text: str, index: int = 0) -> list[str]:
    words = text.lower().replace(",", " , ").replace(".", " . ").split()
    return [" ".join(words[hit.start : hit.end]) for hit in load_registry().names.hits(words).at(index)]


def test_longest_name_first() -> None:
    assert names_at("metro bekasi kota")[:2] == ["metro bekasi kota", "metro bekasi"]
    assert names_at("padang lawas")[:2] == ["padang lawas", "padang"]


def test_names_do_not_cross_a_comma_or_a_sentence() -> None:
    assert names_at("tanah , laut") == []
    assert "padang . lawas" not in names_at("padang . lawas")
    assert names_at("kep . meranti") == ["kep . meranti"]


def test_names_end_with_a_word() -> None:
    assert names_at("batubaranya") == []


def test_short_forms_name_regions() -> None:
    names = load_registry().names
    assert names.get("Muratara").regions == ["16.13"]  # type: ignore[union-attr]
    assert names.get("Sumut").regions == ["12"]  # type: ignore[union-attr]
    assert names.get("Ilir Barat 1").districts == names.get("Ilir Barat I").districts  # type: ignore[union-attr]


def test_every_region_is_found_by_its_bare_name() -> None:
    registry = load_registry()
    for code in registry.regions.down_to_districts():
        if code.count(".") < 2:
            region = registry.regions.get(code)
            assert region is not None
            name = registry.names.get(region.bare)
            assert name is not None
            assert code in name.regions


PARTS = (
    "kota",
    "kediri",
    "tojo",
    "una",
    "-",
    "banjar",
    "jawa",
    "barat",
    "kep",
    ".",
    "riau",
    "palangka",
    "raya",
)


@given(st.lists(st.sampled_from(PARTS) | st.text(min_size=1, max_size=8), max_size=12))
def test_hits_lie_inside_the_words(words: list[str]) -> None:
    hits = load_registry().names.hits([word.lower() for word in words])
    for index in range(len(words)):
        for hit in hits.at(index):
            assert index == hit.start < hit.end <= len(words)
