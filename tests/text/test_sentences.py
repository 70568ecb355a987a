"""Where sentences end, and where they do not."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.text.sentences import LONGEST, split_sentences


@pytest.mark.parametrize(
    "sentence",
    [
        "Rumah di Jl. Mawar No. 1 Kec. Subah, Kab. Sambas terbakar.",
        "AKBP. Sari Dewi, S.I.K., M.H. Kapolres baru itu hadir.",
        "Kombes Pol. Budi Raharja dan dr. Rina Ayu datang.",
        "IPDA Almario A. Wondal memimpin apel pukul 17.00 WIB di RT. 02.",
        "Kerugian Rp. 1.250.000 diderita PT. Karya Bumi.",
    ],
)
def test_one_sentence(sentence: str) -> None:
    assert split_sentences(sentence) == [(0, len(sentence))]


@pytest.mark.parametrize(
    "sentences",
    [
        ["Apel usai pukul 17.00 WIB.", "Warga pulang."],
        ["“Aman.”", "Ia pergi!", "Benar?", "Ya."],
        ["Dipimpin AKP Sari, S.H.", "Kegiatan itu lancar."],
        ["Hadir pada 2024.", "Semua senang."],
    ],
)
def test_several(sentences: list[str]) -> None:
    text = " ".join(sentences)
    assert [text[start:end] for start, end in split_sentences(text)] == sentences


def test_lost_space() -> None:
    text = "Api sudah padam.Rupanya arus pendek."
    assert [text[start:end] for start, end in split_sentences(text)] == [
        "Api sudah padam.",
        "Rupanya arus pendek.",
    ]


@given(st.text(alphabet='aA.!? \n"”1', max_size=60))
def test_every_character_is_in_one_sentence(text: str) -> None:
    spans = split_sentences(text)
    assert all(a[1] <= b[0] for a, b in pairwise(spans))
    covered = "".join(text[start:end] for start, end in spans)
    assert "".join(covered.split()) == "".join(text.split())


def test_a_sentence_without_end_is_cut_between_words() -> None:
    text = "261 personel, " * 2_000
    spans = split_sentences(text)
    assert max(end - start for start, end in spans) <= LONGEST
    assert " ".join(text[start:end] for start, end in spans) == text.strip()
    solid = "a" * (2 * LONGEST + 5)
    assert [end - start for start, end in split_sentences(solid)] == [LONGEST, LONGEST, 5]
