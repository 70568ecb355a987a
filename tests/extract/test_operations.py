"""Named operations, marked up in tests/sentences/operations.txt."""

import sys
from pathlib import Path

import pytest

from pipeline.extract.rules.dates import find_dates
from pipeline.extract.rules.operations import find_operations, main_operation

sys.path.insert(0, str(Path(__file__).parent))
from marked import document, lines, unmark


@pytest.mark.parametrize("case", lines("operations"), ids=lambda case: case[1][:40])
def test_marked_sentences(case: list[str]) -> None:
    published, marked, name = case
    text, surfaces = unmark(marked)
    doc = document(text, published)
    found = find_operations(doc)
    assert [text[m.start : m.end] for m in found if m.is_span] == surfaces
    assert (main_operation(doc, found, find_dates(doc)) or "-") == name
