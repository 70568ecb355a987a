"""Training, saving and loading a (very small) spaCy model."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.errors import ModelError
from pipeline.evaluate.gold import read_gold
from pipeline.extract.ner.base import Span
from pipeline.extract.ner.manifest import FILE
from pipeline.extract.ner.spacy_backend import SpacyBackend
from pipeline.train.card import ablation, scores_page, write_card
from pipeline.train.command import make_trainer, samples_of
from pipeline.train.fillers import load_fillers
from pipeline.train.folds import cross_validate
from pipeline.train.public import f1, score
from pipeline.train.recipe import Material, Recipe
from pipeline.train.samples import Sample
from pipeline.train.spacy_model import SpacyTrainer, TrainedSpacy

GOLD = read_gold(Path(__file__).parents[1] / "gold")[:6]
RECIPE = Recipe(epochs=4, silver=0, idner=0.0, swap=0.0, noise=0.0, learn_rate=0.005, batch_words=300)
CLASSES = {"akbp": "R", "akp": "R", "kapolres": "S", "polres": "U"}
TEXT = "Kapolres Way Kanan AKBP Adanan Mangopang.\n\nKata Kapolres di Polres Way Kanan."


def material() -> Material:
    return Material(samples_of(GOLD), [], [], [], load_fillers())


@pytest.fixture(scope="module")
def trained() -> TrainedSpacy:
    return SpacyTrainer(RECIPE, CLASSES, lambda line: None).train(material())


@pytest.fixture()
def folder(trained: TrainedSpacy, tmp_path: Path) -> Path:
    trained.save(tmp_path / "model", "test 1", {"RANK": 0.9, "PER-": 0.7})
    return tmp_path / "model"


def test_a_saved_model_finds_the_same(trained: TrainedSpacy, folder: Path) -> None:
    loaded = SpacyBackend.load(folder)
    texts = [TEXT, "", GOLD[0].text]
    places = [[(s.label, s.start, s.end) for s in spans] for spans in loaded.find(texts)]
    assert places == [[(s.label, s.start, s.end) for s in spans] for spans in trained.backend.find(texts)]
    assert places[1] == []
    assert places[0]
    scores = {s.kind: s.score for spans in loaded.find([doc.text for doc in GOLD]) for s in spans}
    assert scores["RANK"] == 0.9
    assert loaded.name == "test 1"
    assert all("\n" not in TEXT[start:end] for _, start, end in places[0])


def test_the_same_seed_gives_the_same_model(trained: TrainedSpacy) -> None:
    again = SpacyTrainer(RECIPE, CLASSES, lambda line: None).train(material())
    texts = [doc.text for doc in GOLD]
    assert list(again.backend.find(texts)) == list(trained.backend.find(texts))


def test_a_changed_model_is_refused(folder: Path) -> None:
    (folder / "tok2vec" / "model").write_bytes(b"other")
    with pytest.raises(ModelError, match="changed") as caught:
        SpacyBackend.load(folder)
    assert caught.value.hint
    (folder / FILE).write_text("{}")
    with pytest.raises(ModelError, match="damaged"):
        SpacyBackend.load(folder)
    with pytest.raises(ModelError, match="no model"):
        SpacyBackend.load(folder / "nowhere")


class Oracle:
    """A back end that knows the gold."""

    name = "oracle"

    def __init__(self) -> None:
        self.spans = {
            doc.text: [Span(s.label, s.start, s.end, 1.0, s.label) for s in doc.spans] for doc in GOLD
        }

    def find(self, texts: list[str]):  # type: ignore[no-untyped-def]
        return iter([self.spans.get(text, []) for text in texts])


def test_cross_validation_compares_rules_model_and_both() -> None:
    seen: list[set[str]] = []

    def train(docs):  # type: ignore[no-untyped-def]
        seen.append({doc.id for doc in docs})
        return Oracle()

    result = cross_validate(GOLD, train, k=3)
    assert len(seen) == 3
    assert all(len(ids) == 4 for ids in seen)
    assert result.both.score("span_org").value >= result.rules.score("span_org").value
    assert all(0 < value < 1 for value in result.precision().values())
    assert "| span_per |" in ablation(result)
    page = scores_page(result, result.rules, of=3)
    assert "3 of 3 folds of cross-validation, 6 documents" in page
    card = write_card("Test", RECIPE, 1_000_000, result)
    assert "1.0 MB" in card
    assert "idner-news-2k" in card


def test_public_scores_look_at_the_labels_of_the_corpus_only() -> None:
    text = GOLD[0].text
    spans = tuple((s.start, s.end, s.label) for s in GOLD[0].spans if s.label == "PER")
    table = score(Oracle(), [Sample(text, spans, "t", frozenset({"PER"}))])
    assert set(table) == {"PER", "all"}
    assert f1(*table["all"]) == 1.0


def test_trainers_by_name() -> None:
    assert make_trainer("spacy", RECIPE).kind == "spacy"
    with pytest.raises(Exception, match="no trainer"):
        make_trainer("other", RECIPE)
