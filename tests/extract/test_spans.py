"""The tagged spans that no record holds: organisations, persons without a post."""

from __future__ import annotations

import pytest

from pipeline.evaluate.gold import parse_tags
from pipeline.extract.assemble import extract
from pipeline.records import Article
from tests.extract.marked import lines

CASES = [(label, " | ".join(rest)) for label, *rest in lines("spans")]


@pytest.mark.parametrize(("label", "marked"), CASES)
def test_spans_of_a_label(label: str, marked: str) -> None:
    text, wanted = parse_tags(marked.replace("⏎", "\n"), where="spans.txt")
    found = extract(Article(article_id="t", text=text)).mentions
    assert [(m.start, m.surface) for m in found if m.label == label] == [
        (s.start, text[s.start : s.end]) for s in wanted
    ]
