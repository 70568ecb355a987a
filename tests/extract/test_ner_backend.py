"""The shipped model: loads offline, finds what it should, refuses what it does not know."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest
import spacy

from pipeline.config import models_dir
from pipeline.errors import ModelError, UsageError
from pipeline.extract import extract_many
from pipeline.extract.ner import DEFAULT, load_backend
from pipeline.extract.ner.manifest import read_manifest
from pipeline.extract.ner.spacy_backend import SpacyBackend
from pipeline.records import Article

TEXT = (
    "KARO - Kapolres Tanah Karo AKBP Lilik Ardiansyah memimpin apel di Lapangan Samura.\n\n"
    "Warga Desa Sinaman, Jumaida Rambe, mengaku senang. Dinas Perhubungan Karo ikut serta."
)


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: object, **options: object) -> None:
        raise AssertionError("a model must not use the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)


def test_the_default_model_finds_names() -> None:
    backend = load_backend(DEFAULT)
    assert backend is not None
    (spans,) = backend.find([TEXT])
    found = {(span.label, TEXT[span.start : span.end]) for span in spans}
    assert ("PER", "Lilik Ardiansyah") in found
    assert ("LOC", "Desa Sinaman") in found
    assert [span.start for span in spans] == sorted(span.start for span in spans)
    assert all(0 < span.score <= 1 for span in spans)


def test_rules_alone_are_no_model() -> None:
    assert load_backend("rules") is None
    with pytest.raises(UsageError):
        load_backend("another")


def test_a_missing_model_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("pipeline.extract.ner.models_dir", lambda: tmp_path)
    load_backend.cache_clear()
    with pytest.raises(ModelError) as caught:
        load_backend("spacy")
    assert caught.value.hint
    load_backend.cache_clear()


@pytest.mark.parametrize("kind", ["spacy", "stanza"])
def test_models_are_small_and_whole(kind: str) -> None:
    folder = models_dir() / kind
    manifest = read_manifest(folder)
    assert manifest.kind == kind
    assert sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) < 20_000_000
    assert (folder / "README.md").is_file()


def test_articles_go_through_together_and_in_order() -> None:
    articles = [Article(article_id=str(i), text=TEXT.replace("Karo", f"Karo{i}")) for i in range(70)]
    backend = load_backend(DEFAULT)
    found = list(extract_many(articles, backend))
    assert [one.article.article_id for one in found] == [str(i) for i in range(70)]
    assert backend is not None
    assert all(backend.name in one.extractor for one in found)
    for one in found:
        for mention in one.mentions:
            assert mention.surface == one.article.text[mention.start : mention.end]


def test_the_faster_product_finds_the_same() -> None:
    folder = models_dir() / DEFAULT
    plain = SpacyBackend(spacy.load(folder, exclude=["vocab", "tokenizer"]), read_manifest(folder).precision)
    fast = load_backend(DEFAULT)
    assert fast is not None
    assert any(found := list(fast.find([TEXT, TEXT.upper()])))
    assert found == list(plain.find([TEXT, TEXT.upper()]))
