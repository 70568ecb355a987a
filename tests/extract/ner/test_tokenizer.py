"""The tokeniser keeps what belongs together and loses no character."""

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from pipeline.extract.ner.tokenizer import make_nlp

NLP = make_nlp()


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("Sabtu (20/01/2024)", ["Sabtu", "(", "20/01/2024", ")"]),
        ("Sabtu(27/05/23)", ["Sabtu", "(", "27/05/23", ")"]),
        ("Sari Dewi, S.I.K., M.H.,", ["Sari", "Dewi", ",", "S.I.K.", ",", "M.H.", ","]),
        ("S.IK,MH.", ["S.IK", ",", "MH", "."]),
        ("Rp1.250.000 hilang.", ["Rp1.250.000", "hilang", "."]),
        ("Jum'at Jum’at Ma`ruf", ["Jum'at", "Jum’at", "Ma`ruf"]),
        ("aman,”Lanjutnya", ["aman", ",", "”", "Lanjutnya"]),
        ("LP/B/123/I/2024,", ["LP/B/123/I/2024", ","]),
        ("pukul 00.10.WITA", ["pukul", "00.10", ".", "WITA"]),
        ("sore.Rupanya warga", ["sore", ".", "Rupanya", "warga"]),
        ("Jumat,4/10/2024", ["Jumat", ",", "4/10/2024"]),
        ("TNI-Polri siaga bahu-membahu", ["TNI", "-", "Polri", "siaga", "bahu-membahu"]),
        ("1.250 personel", ["1.250", "personel"]),
    ],
)
def test_tokens(text: str, tokens: list[str]) -> None:
    assert [token.text for token in NLP(text)] == tokens


@given(st.text(max_size=80))
def test_no_character_is_lost(text: str) -> None:
    assert NLP(text).text == text


def test_saved_pipeline_keeps_the_tokeniser(tmp_path) -> None:
    NLP.to_disk(tmp_path)
    again = spacy.load(tmp_path)
    assert [token.text for token in again("Sabtu (20/01/2024)")] == ["Sabtu", "(", "20/01/2024", ")"]
