"""The stanza back end, for real: trained on a little, saved, loaded, run (``make test-stanza``)."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.errors import ModelError
from pipeline.evaluate.gold import read_gold

pytestmark = pytest.mark.stanza
stanza = pytest.importorskip(
    "stanza", reason="the extra [stanza] is not installed; make test-stanza runs this"
)

GOLD = Path(__file__).parents[1] / "gold"
TEXT = "Kapolres Asahan AKBP Lilik Ardiansyah memimpin apel.\n\nKata AKP Enjang di Kecamatan Karo."


def test_training_saving_loading_and_finding(tmp_path: Path) -> None:
    from pipeline.extract.ner.stanza_backend import StanzaBackend
    from pipeline.train.command import samples_of
    from pipeline.train.fillers import load_fillers
    from pipeline.train.recipe import Material, Recipe
    from pipeline.train.stanza_model import StanzaTrainer

    docs = read_gold(GOLD)[:4]
    recipe = Recipe(epochs=1, gold=1, silver=0, idner=0.0)
    material = Material(samples_of(docs), [], [], [], load_fillers())
    trained = StanzaTrainer(recipe, steps=200, tokenizer_steps=100, tell=lambda line: None).train(material)
    trained.save(tmp_path / "model", "stanza test", {"RANK": 0.9})
    loaded = StanzaBackend.load(tmp_path / "model")
    assert loaded.name == "stanza test"
    found = list(loaded.find([TEXT, "", docs[0].text]))
    assert len(found) == 3
    assert found[1] == []
    for text, spans in zip([TEXT, "", docs[0].text], found, strict=True):
        for span in spans:
            assert 0 <= span.start < span.end <= len(text)
            assert "\n" not in text[span.start : span.end]
            assert text[span.start : span.end] == text[span.start : span.end].strip()
    assert found[2], "a model that has seen one document two hundred times finds something in it"
    (tmp_path / "model" / "ner.pt").write_bytes(b"other")
    with pytest.raises(ModelError, match="changed"):
        StanzaBackend.load(tmp_path / "model")


def test_the_shipped_model_finds_persons() -> None:
    from pipeline.extract.ner import load_backend

    backend = load_backend("stanza")
    assert backend is not None
    (spans,) = backend.find([TEXT])
    assert {"Lilik Ardiansyah", "Enjang"} <= {TEXT[s.start : s.end] for s in spans if s.label == "PER"}
