"""Numbers in digits and words; ``words2num2`` is the oracle where it knows Indonesian."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.text.numbers import match_number, parse_words

UNITS = ["nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan"]


def spell(number: int) -> str:
    """A number in Indonesian words, by the textbook."""
    if number < 10:
        return UNITS[number]
    if number < 12:
        return ("sepuluh", "sebelas")[number - 10]
    if number < 20:
        return f"{UNITS[number - 10]} belas"
    for size, one, word in (
        (1_000_000, "satu juta", "juta"),
        (1000, "seribu", "ribu"),
        (100, "seratus", "ratus"),
        (10, "", "puluh"),
    ):
        if number >= size:
            many, rest = divmod(number, size)
            head = one if many == 1 else f"{spell(many)} {word}"
            return f"{head} {spell(rest)}" if rest else head
    raise AssertionError(number)


@given(st.integers(1, 9_999_999))
def test_words_come_back(number: int) -> None:
    assert parse_words(spell(number)) == number


@given(st.integers(1, 999))
def test_agrees_with_the_oracle(number: int) -> None:
    words2num2 = pytest.importorskip("words2num2")
    assert parse_words(spell(number)) == words2num2.words2num(spell(number), lang="id")


@pytest.mark.parametrize(
    "words", ["puluh dua", "dua tiga", "ratus", "satu belas ribu satu belas", "personel", "satu sepuluh"]
)
def test_what_is_no_number(words: str) -> None:
    assert parse_words(words) is None


@pytest.mark.parametrize(
    ("text", "least", "most", "approx"),
    [
        ("1.250", 1250, 1250, False),
        ("261 (dua ratus enam puluh satu)", 261, 261, False),
        ("50-60", 50, 60, False),
        ("20 s/d 30", 20, 30, False),
        ("dua sampai tiga", 2, 3, False),
        ("70an", 70, 79, True),
        ("puluhan ribu", 20_000, 99_999, False),
        ("14 ribu", 14_000, 14_000, False),
        ("500 lebih", 500, None, False),
    ],
)
def test_values(text: str, least: int, most: int | None, approx: bool) -> None:
    number = match_number(text, 0)
    assert number is not None
    assert (number.minimum, number.maximum, number.approx, number.end) == (least, most, approx, len(text))


@pytest.mark.parametrize(
    ("text", "most", "approx"),
    [
        ("lebih dari 500", None, False),
        ("kurang lebih 500", 500, True),
        ("sekitar 500", 500, True),
        ("sedikitnya 500", None, False),
    ],
)
def test_hedges(text: str, most: int | None, approx: bool) -> None:
    number = match_number(text, text.index("500"))
    assert number is not None
    assert (number.maximum, number.approx, number.hedge_start) == (most, approx, 0)
