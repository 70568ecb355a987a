"""Clock times as releases write them."""

import sys
from pathlib import Path

import pytest

from pipeline.extract.rules.dates import find_dates
from pipeline.extract.rules.times import find_times

sys.path.insert(0, str(Path(__file__).parent))
from marked import document, unmark


@pytest.mark.parametrize(
    "marked",
    [
        "Apel dimulai [pukul 21.30 WIB] di halaman.",
        "Kejadian sekira [Pukul 00.10.WITA] itu viral.",
        "Patroli sejak [pukul 21.00] hingga [22.00 WIB] aman.",
        "Sekitar [jam 15.00 WITA] kami tiba.",
        "Rapat [pukul 09.00-11.00 WIT] selesai.",
        "Ia datang [pkl. 08.15 wib] pagi.",
        "Kegiatan mulai [pukul 8] pagi.",
        "Sabtu, 10 Februari 2024 - [09:56 WIB]",
        "Diposting : 8 August 2017 [17:51]",
        "Selama 24 jam polisi berjaga, 19 jam di laut.",
        "Uang Rp 10.30 dan nomor 12.45.678 bukan waktu.",
    ],
)
def test_marked_sentences(marked: str) -> None:
    text, surfaces = unmark(marked)
    doc = document(text)
    assert [text[t.start : t.end] for t in find_times(doc, find_dates(doc))] == surfaces
