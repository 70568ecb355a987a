"""Plain characters, and the way back."""

from hypothesis import given
from hypothesis import strategies as st

from pipeline.text.normalise import is_plain, normalise

ODD = st.text(alphabet="aA1 .“”‘’`´ʼ–—\u00a0\u200b\u00ad\r\n\te\u0301…", max_size=60)


def test_marks_become_plain() -> None:
    assert normalise("“Jum’at” – Jum`at, Jum´at").text == "\"Jum'at\" - Jum'at, Jum'at"
    assert normalise("pukul\u00a017.00\u200b WIB").text == "pukul 17.00 WIB"
    assert normalise("Cafe\u0301").text == "Café"


@given(ODD)
def test_is_stable_and_keeps_order(text: str) -> None:
    result = normalise(text)
    assert is_plain(result.text)
    assert normalise(result.text).text == result.text
    assert len(result.offsets) == len(result.text) + 1
    assert list(result.offsets) == sorted(result.offsets)
    assert result.offsets[-1] == len(text)


@given(ODD)
def test_letters_keep_their_evidence(text: str) -> None:
    result = normalise(text)
    for index, letter in enumerate(result.text):
        start, end = result.original(index, index + 1)
        if letter in "aA1":
            assert text[start:end].startswith(letter)
