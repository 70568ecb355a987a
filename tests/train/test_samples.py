"""Samples: tags, partly labelled corpora, silver, variants."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from pipeline.errors import ConfigError, RecordError
from pipeline.evaluate.gold import read_gold
from pipeline.train.augment import Augmenter
from pipeline.train.corpora import PER_LOC_ORG, read_columns, read_corpus
from pipeline.train.fillers import Fillers, load_fillers
from pipeline.train.folds import split
from pipeline.train.recipe import Material, Recipe, epochs
from pipeline.train.samples import Sample, from_gold, paragraphs, tags_of
from pipeline.train.silver import silver, templates
from pipeline.train.wordclasses import doubts, without_common

GOLD = read_gold(Path(__file__).parents[1] / "gold")


@pytest.fixture(scope="module")
def fillers() -> Fillers:
    return load_fillers()


def words(text: str) -> list[tuple[int, int]]:
    places, start = [], 0
    for word in text.split(" "):
        places.append((start, start + len(word)))
        start += len(word) + 1
    return places


def test_tags_of_a_gold_sentence() -> None:
    text = "kata AKP Adi Putra tadi"
    sample = Sample(text, ((5, 8, "RANK"), (9, 18, "PER")), "t")
    assert tags_of(sample, words(text)) == ["O", "U-RANK", "B-PER", "L-PER", "O"]


def test_a_span_inside_a_word_is_unknown() -> None:
    assert (
        tags_of(Sample("di LAMALA(BANGGAI) kota", ((3, 9, "LOC"),), "t"), words("di LAMALA(BANGGAI) kota"))[1]
        == "-"
    )


def test_a_partly_labelled_corpus_does_not_say_what_it_cannot_know() -> None:
    text = "Kata Kapolres Adi di Medan 12 kali"
    sample = Sample(text, ((14, 17, "PER"), (21, 26, "LOC")), "t", PER_LOC_ORG)
    doubtful = doubts({"kapolres": "S"}, PER_LOC_ORG)
    assert tags_of(sample, words(text), doubtful) == ["O", "-", "U-PER", "O", "U-LOC", "-", "O"]
    without_organisations = doubts({}, frozenset({"PER", "LOC"}))
    assert tags_of(sample, words(text), without_organisations)[0] == "-"


def test_words_also_written_small_are_no_places() -> None:
    sample = Sample("Desa Maju ingin maju, terus maju", (), "t")
    assert without_common({"maju": "CV", "karo": "KV", "adi": "PV"}, [sample]) == {"karo": "KV", "adi": "PV"}


def test_paragraphs_keep_their_spans() -> None:
    for sample in list(from_gold(GOLD))[:20]:
        parts = list(paragraphs(sample))
        assert sum(len(part.spans) for part in parts) == len(sample.spans)
        assert [p.text[a:b] for p in parts for a, b, _ in p.spans] == [
            sample.text[a:b] for a, b, _ in sample.spans
        ]


def test_columns_are_read_and_set_as_print(tmp_path: Path) -> None:
    folder = tmp_path / "idner-news-2k"
    folder.mkdir()
    (folder / "train.txt").write_text(
        "Kata\tO\nAdi\tB-PER\nPutra\tI-PER\n(\tO\nMedan\tB-LOC\n)\tO\n.\tO\n\nYa O\n"
    )
    first, second = read_corpus(tmp_path, "idner-news-2k", "train")
    assert first.text == "Kata Adi Putra (Medan)."
    assert [(first.text[a:b], t) for a, b, t in first.spans] == [("Adi Putra", "PER"), ("Medan", "LOC")]
    assert (second.text, second.spans, second.known) == ("Ya", (), PER_LOC_ORG)
    with pytest.raises(ConfigError):
        read_corpus(tmp_path, "idner-news-2k", "test")
    with pytest.raises(ConfigError):
        read_corpus(tmp_path, "another", "train")
    (folder / "dev.txt").write_text("Kata O\nAdi B-XYZ\n")
    with pytest.raises(RecordError) as caught:
        list(read_columns(folder / "dev.txt", "t"))
    assert caught.value.where is not None
    assert caught.value.where.endswith("dev.txt:2")


def test_every_template_fills(fillers: Fillers) -> None:
    made = silver(fillers, len(templates()), random.Random(1))
    assert made == silver(fillers, len(templates()), random.Random(1))
    for sample in made:
        assert "<" not in sample.text
        for start, end, _ in sample.spans:
            assert sample.text[start:end].strip() == sample.text[start:end] != ""


def test_variants_keep_spans_on_words(fillers: Fillers) -> None:
    vary = Augmenter(fillers, swap=0.9, noise=0.5)
    rng = random.Random(3)
    changed = 0
    for sample in [p for s in list(from_gold(GOLD))[:15] for p in paragraphs(s)]:
        variant = vary(sample, rng)
        changed += variant.text != sample.text
        assert [t for *_, t in variant.spans] == [t for *_, t in sample.spans]
        for start, end, _ in variant.spans:
            piece = variant.text[start:end]
            assert piece
            assert piece == piece.strip()
    assert changed > 20


def test_epochs_are_the_same_for_the_same_seed(fillers: Fillers) -> None:
    gold = [p for s in list(from_gold(GOLD))[:3] for p in paragraphs(s)]
    material = Material(gold, [], [], silver(fillers, 50, random.Random(1)), fillers)
    recipe = Recipe(epochs=2, silver=20)
    assert list(epochs(material, recipe)) == list(epochs(material, recipe))
    assert all(len(drawn) == 2 * len(gold) + 20 for drawn in epochs(material, recipe))


def test_folds_hold_every_document_out_once() -> None:
    pairs = list(split(GOLD, 5))
    assert sorted(d.id for _, held in pairs for d in held) == sorted(d.id for d in GOLD)
    for training, held in pairs:
        assert not {d.id for d in training} & {d.id for d in held}
