"""The tagged spans that no record holds: organisations, persons without a post."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given

from pipeline.evaluate.gold import parse_tags
from pipeline.extract.assemble import extract
from pipeline.records import Article
from tests.extract.marked import lines
from tests.extract.pieces import made_of

CASES = [(label, " | ".join(rest)) for label, *rest in lines("spans")]


@pytest.mark.parametrize(("label", "marked"), CASES)
def test_spans_of_a_label(label: str, marked: str) -> None:
    text, wanted = parse_tags(marked.replace("⏎", "\n"), where="spans.txt")
    found = extract(Article(article_id="t", text=text)).mentions
    assert [(m.start, m.surface) for m in found if m.label == label] == [
        (s.start, text[s.start : s.end]) for s in wanted
    ]


PIECES = (
    "Editor|:|Penulis|By|(|)|/|–|Humas|[|]|korban|ST|alias|,|dan|S.H.|Dr.|H.|KH|aji|Bapak|41|warga|seorang|ajak|milik|"
    "Ketua|KPU|Sembodo|Kepala|Desa|Melati|Presiden|RI|tokoh|masyarakat|PT|Kodim|0712|Satgas|Pamtas|Yonif|WT|Denpom|"
    "IX|Band|FC|BEM|Unit|PMI|DPRD|Kepri|Simpang|Kantor|DPC|Ormas|Polri|.|”|Dinas|band|TBA|BM|9605|AKBP|Camat|atau"
)


@given(made_of(PIECES))
def test_any_order_of_such_words_gives_spans_in_order(text: str) -> None:
    found = extract(Article(article_id="t", text=text)).mentions
    assert all(text[m.start : m.end] == m.surface and "\n" not in m.surface for m in found)
    assert all(one.end <= other.start for one, other in pairwise(found))


@pytest.mark.parametrize("piece", ["H. ", "Budi, S.H., ", "PT A dan ", "korban ST, ", "Ketua KPU Dr. "])
def test_a_long_text_of_one_such_word_is_read_in_reasonable_steps(piece: str) -> None:
    found = extract(Article(article_id="t", text=piece * 2000)).mentions
    assert all(one.end <= other.start for one, other in pairwise(found))
