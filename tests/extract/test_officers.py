"""Officers as releases name them: the sentences of tests/sentences/officers.txt."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.extract import extract
from pipeline.records import Article, Extraction

SENTENCES = Path(__file__).parent.parent / "sentences" / "officers.txt"


def cases() -> list[tuple[str, str, list[str]]]:
    found = []
    for block in SENTENCES.read_text("utf-8").split("\n\n"):
        lines = [line for line in block.splitlines() if line]
        notes = [line for line in lines if line.startswith("#")]
        text = "\n".join(line for line in lines if not line.startswith(("#", "=>")))
        if text:
            wanted = [line[3:].strip() for line in lines if line.startswith("=>")]
            found.append((notes[-1][2:], text, [] if wanted == ["-"] else wanted))
    return found


def read(text: str) -> Extraction:
    return extract(Article("a1", text))


@pytest.mark.parametrize(("note", "text", "wanted"), cases(), ids=[case[0] for case in cases()])
def test_sentence(note: str, text: str, wanted: list[str]) -> None:
    got = [
        " | ".join(value or "-" for value in (o.name, o.rank, o.position, o.unit))
        for o in read(text).officers
    ]
    assert got == wanted, note


def test_each_officer_once_with_its_characters() -> None:
    text = "Kapolres Kudus AKBP Bagas Prasetyawan hadir. AKBP Bagas memuji warga. Bagas lalu pulang."
    (officer,) = read(text).officers
    assert officer.n_mentions == 3
    assert text[officer.start : officer.end] == officer.surface == "Bagas Prasetyawan"
    assert officer.rank_name == "Ajun Komisaris Besar Polisi"
    assert 0.9 < officer.confidence <= 1


def test_degrees_are_canonical_and_no_part_of_the_name() -> None:
    (officer,) = read("Kasat Reskrim Polres Pati AKP Drs. Rudi Hartanto S.IK,MH menjelaskan.").officers
    assert officer.name == "Rudi Hartanto"
    assert officer.degrees == "Drs., S.I.K., M.H."


def test_acting_prefix_is_a_column_and_inside_the_span() -> None:
    found = read("Plh. Kapolres Mimika AKBP Oktovianus Rumbiak memimpin apel.")
    (officer,) = found.officers
    assert (officer.position, officer.is_acting) == ("Kapolres", True)
    assert "Plh. Kapolres Mimika" in [m.surface for m in found.mentions if m.label == "POS"]


def test_old_and_new_post_of_a_handover() -> None:
    (officer,) = read("Kapolsek Cepu AKP Galih Saputra diangkat menjadi Kasat Binmas Polres Blora.").officers
    assert (officer.position, officer.unit) == ("Kasat Binmas", "Polres Blora")
    assert (officer.previous_position, officer.previous_unit) == ("Kapolsek", "Polsek Cepu")


def test_a_planned_change_leaves_the_present_post() -> None:
    (officer,) = read(
        "Kapolsek Cepu AKP Galih Saputra akan diangkat menjadi Kasat Binmas Polres Blora."
    ).officers
    assert (officer.position, officer.unit) == ("Kapolsek", "Polsek Cepu")


def test_two_officers_who_share_a_name_are_told_apart_by_rank() -> None:
    text = "AKBP Agus Salim dan Iptu Agus Wijaya hadir. Iptu Agus pulang lebih dulu."
    counts = {officer.name: officer.n_mentions for officer in read(text).officers}
    assert counts == {"Agus Salim": 1, "Agus Wijaya": 2}


def test_speaker_is_marked() -> None:
    text = 'Kasi Humas Polres Pati Iptu Galih Saputra hadir. "Kami siaga penuh malam ini," kata Galih.'
    found = read(text)
    (officer,), (quote,) = found.officers, found.quotes
    assert officer.is_speaker
    assert (quote.speaker, quote.officer_id) == ("Galih Saputra", officer.officer_id)


def test_a_title_puts_every_change_ahead() -> None:
    text = "Kapolsek Cepu AKP Galih Saputra mendapat promosi menjadi Kasat Binmas Polres Blora."
    article = Article("a1", text, title="Sejumlah Pejabat Polres Blora Segera Bergeser")
    (officer,) = extract(article).officers
    assert (officer.position, officer.unit) == ("Kapolsek", "Polsek Cepu")


@pytest.mark.parametrize(
    "civilian",
    ["Penghulu Kampung Sabak Bpk. Komarudin, mengucapkan", "tokoh masyarakat Bapak Suganda menyampaikan"],
)
def test_a_civilian_about_to_speak_is_the_speaker(civilian: str) -> None:
    text = f"Kapolres Kudus AKBP Bagas Wibowo hadir. {civilian} terima kasih.\n“Kami senang,” ujarnya."
    (quote,) = read(text).quotes
    assert quote.speaker in ("Komarudin", "Suganda")


def test_a_bare_civil_post_is_its_one_holder() -> None:
    text = (
        "Gubernur Sultra Andi Wirawan hadir bersama Kapolda Sultra.\n“Panen ini sangat baik,” ujar Gubernur."
    )
    (quote,) = read(text).quotes
    assert quote.speaker == "Andi Wirawan"


def test_a_speaker_misspelt_by_a_letter_is_the_officer() -> None:
    text = "Kapolsek Wedi AKP Rudi J.J. Wibowo hadir.\n“Kami selalu siap membantu warga,” ujar Rudy."
    extraction = read(text)
    assert [quote.speaker for quote in extraction.quotes] == ["Rudi J.J. Wibowo"]
    assert len(extraction.officers) == 1
