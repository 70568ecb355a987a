"""Rules and model together."""

from __future__ import annotations

from pipeline.extract.ner.base import Span
from pipeline.extract.ner.merge import merge
from pipeline.records import Mention

TEXT = "Kapolsek Karo AKP Adi Putra bersama Camat Budi di Desa Sinaman"


def mention(label: str, surface: str, score: float = 0.8) -> Mention:
    start = TEXT.index(surface)
    return Mention(label, start, start + len(surface), surface, "rule", score, "test")


def span(label: str, surface: str, score: float = 0.7) -> Span:
    start = TEXT.index(surface)
    return Span(label, start, start + len(surface), score)


def test_agreement_raises_and_disagreement_lowers() -> None:
    same, other = mention("PER", "Adi Putra"), mention("LOC", "Desa Sinaman")
    merged = merge([other, same], [span("PER", "Adi Putra"), span("LOC", "Sinaman")], TEXT)
    assert [m.surface for m in merged] == ["Adi Putra", "Desa Sinaman"]
    assert merged[0].score > same.score
    assert merged[1].score < other.score
    assert {m.source for m in merged} == {"rule"}


def test_a_model_span_that_crosses_a_rule_span_loses() -> None:
    merged = merge([mention("RANK", "AKP")], [span("PER", "AKP Adi Putra"), span("PER", "Budi")], TEXT)
    assert [(m.surface, m.source) for m in merged] == [("AKP", "rule"), ("Budi", "ner")]
    assert merged[1].score == 0.7


def test_a_rule_alone_keeps_its_score() -> None:
    alone = mention("PER", "Budi")
    assert merge([alone], [], TEXT) == [alone]
    assert merge([], [], TEXT) == []
