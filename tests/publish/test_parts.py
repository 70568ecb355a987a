"""The small parts of the pages: marks, charts, words round a hit, counts, labels."""

from __future__ import annotations

import re
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.publish.web import charts, counting, labels, marks, search

SPANS = st.lists(
    st.tuples(st.integers(0, 60), st.integers(0, 60), st.sampled_from(["PER", "UNIT", "QUOTE"])), max_size=8
)


@given(st.text(alphabet="ab \nπ😀", max_size=50), SPANS, st.lists(st.integers(0, 60), max_size=4))
def test_pieces_are_the_text(text: str, spans: list[tuple[int, int, str]], cuts: list[int]) -> None:
    wanted = [marks.Span(kind, start, end) for start, end, kind in spans]
    pieces = [piece for paragraph in marks.paragraphs(text, wanted, cuts) for piece in paragraph]
    for piece in pieces:
        assert text[piece.start : piece.end] == piece.text
        assert "\n" not in piece.text
        inside = {
            s.kind for s in wanted if s.start <= piece.start and piece.end <= s.end and s.end <= len(text)
        }
        assert set(piece.kinds) == inside
    blank = [line for line in text.split("\n") if not line.strip()]
    assert "".join(p.text for p in pieces) == "".join(line for line in text.split("\n") if line not in blank)


def test_broken_spans_are_left_out() -> None:
    assert marks.parse("PER 1 5;UNIT x 9;;LOC 3") == [marks.Span("PER", 1, 5)]
    assert marks.parse(None) == []


def test_bars_stand_on_the_axis_and_keep_gaps() -> None:
    chart = charts.months(
        [("2024-01", "crime", 3), ("2024-03", "crime", 1), ("2024-03", "other", 4)], ["crime", "other"]
    )
    assert chart is not None
    assert [bar.month for bar in chart.bars] == ["2024-01", "2024-02", "2024-03"]
    assert [bar.total for bar in chart.bars] == [3, 0, 5]
    assert chart.bars[1].last == "2024-02-29"
    for bar in chart.bars:
        for _, y, height in bar.parts:
            assert y >= 0 and y + height <= chart.height - 24 + 0.1
    heights = {group: height for group, _, height in chart.bars[2].parts}
    assert heights["other"] == pytest.approx(4 * heights["crime"], rel=0.01)
    assert charts.months([], []) is None


def test_no_more_than_sixty_months() -> None:
    rows = [(f"{year}-{month:02}", "crime", 1) for year, month in product(range(2010, 2026), range(1, 13))]
    chart = charts.months(rows, ["crime"])
    assert chart is not None and len(chart.bars) == charts.MONTHS
    assert chart.bars[-1].month == "2025-12"


@given(st.integers(0, 10**7))
def test_axes_have_few_round_lines(highest: int) -> None:
    top, step = charts._scale(highest)
    assert top >= highest
    assert top // step <= 5 and top % step == 0
    assert str(step).rstrip("0") in ("1", "2", "5")


def test_west_is_left_and_north_is_up() -> None:
    sabang, merauke = charts.place(5.9, 95.3), charts.place(-8.5, 140.4)
    assert sabang[0] < merauke[0] and sabang[1] < merauke[1]
    assert all(0 <= x <= charts.MAP_WIDTH and 0 <= y <= charts.MAP_HEIGHT for x, y in (sabang, merauke))


@given(
    st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("xy"), st.integers(1, 9)), max_size=12),
    st.sets(st.sampled_from("abc")),
    st.sets(st.sampled_from("xy")),
)
def test_counts_in_one_pass_are_those_of_many(
    rows: list[tuple[str, str, int]], a: set[str], b: set[str]
) -> None:
    cells = [((one, two), n) for one, two, n in rows]
    chosen = {name: frozenset(values) for name, values in (("one", a), ("two", b)) if values}
    counts = counting.count(cells, ("one", "two"), chosen)
    fits = lambda value, values: not values or value in values  # noqa: E731
    assert counts.total == sum(n for one, two, n in rows if fits(one, a) and fits(two, b))
    for choice in counts.facets["one"]:
        assert choice.n == sum(n for one, two, n in rows if one == choice.value and fits(two, b))
    for choice in counts.facets["two"]:
        assert choice.n == sum(n for one, two, n in rows if two == choice.value and fits(one, a))


def test_opening_shows_the_hit_with_words_round_it() -> None:
    found = search.Match("x", re.compile(r"(?<!\w)(?:sabu)(?!\w)", re.IGNORECASE))
    text = "kata " * 60 + "Sabu disita. " + "lagi " * 60
    parts = found.opening(text)
    assert [part for part, hit in parts if hit] == ["Sabu"]
    whole = "".join(part for part, _ in parts)
    assert whole.startswith("…") and whole.endswith("…") and len(whole) < 300
    assert whole.strip("…") in text
    assert "".join(part for part, _ in found.opening("tidak ada")) == "tidak ada"


@pytest.mark.parametrize(
    ("language", "number", "day", "month"),
    [("id", "1.250", "27 Agustus 2024", "Agustus 2024"), ("en", "1,250", "27 August 2024", "August 2024")],
)
def test_numbers_and_days(language: str, number: str, day: str, month: str) -> None:
    t = labels.Labels(language)
    assert (t.number(1250), t.day("2024-08-27"), t.day("2024-08")) == (number, day, month)
    assert t.number(None) == t.day(None) == "–"
    assert t.span("2024-08-01", "2024-08-01") == t.day("2024-08-01", short=True)
    assert t("type.narcotics") != "narcotics"
    assert t("no.such_key") == "such key"
