"""Places, marked up in tests/sentences/places.txt, and the scene of the event."""

import sys
from pathlib import Path

import pytest
from hypothesis import given

from pipeline.extract.document import Document
from pipeline.extract.rules.places import find_places
from pipeline.extract.rules.primary import choose_primary
from pipeline.extract.rules.scene import Scene, scene
from pipeline.extract.rules.units import find_units
from pipeline.records import Article
from tests.extract.pieces import made_of

sys.path.insert(0, str(Path(__file__).parent))
from marked import document, lines, unmark


@pytest.mark.parametrize("case", lines("places"), ids=lambda case: case[0][:40])
def test_marked_sentences(case: list[str]) -> None:
    marked, meaning = (*case, "")[:2]
    text, surfaces = unmark(marked)
    doc = document(text)
    found = find_places(doc, find_units(doc))
    assert [text[p.start : p.end] for p in found] == surfaces
    wanted = [cell.strip() for cell in meaning.split(";") if cell.strip()]
    assert [f"{p.level} {p.code or '-'}" for p in found] == wanted


def scene_of(text: str, title: str | None = None) -> Scene:
    doc = Document(Article(article_id="t", text=text, title=title))
    units = find_units(doc)
    return scene(doc, units, find_places(doc, units), choose_primary(doc, units))


def test_region_comes_from_the_acting_unit() -> None:
    assert scene_of("Polres Purwakarta menjaga pasar.").region == "Kabupaten Purwakarta"
    assert scene_of("Polres Metro menjaga pasar.").region == "Kota Metro"
    assert scene_of("Polres Metro Jakarta Utara berpatroli.").region == "Kota Administrasi Jakarta Utara"


def test_district_and_village_of_the_scene() -> None:
    told = scene_of("Polres Banjar Polda Kalsel menyita sabu di Desa Astambul Seberang, Kecamatan Astambul.")
    assert (told.region, told.district, told.village) == ("Kabupaten Banjar", "Astambul", "Astambul Seberang")


def test_homes_are_not_the_scene() -> None:
    text = (
        "Polres Sikka menangani tabrakan di Desa Nangatobong, Kecamatan Waigete. "
        "Korban BD (22), warga RT 01/02 Desa Hebing, Kecamatan Mapitara, meninggal."
    )
    told = scene_of(text)
    assert (told.district, told.village) == ("Waigete", "Nangatobong")


def test_two_villages_leave_the_scene_open() -> None:
    told = scene_of("Polres Paser berpatroli di Desa Jone dan Desa Tapis, Kecamatan Tanah Grogot.")
    assert (told.district, told.village) == ("Tanah Grogot", None)


def test_acting_polsek_tells_the_district() -> None:
    assert scene_of("Polsek Astambul berpatroli malam hari.").district == "Astambul"


def test_late_details_are_not_the_scene() -> None:
    filler = "Kegiatan berjalan aman dan tertib sampai selesai. " * 12
    told = scene_of(f"Polres Luwu menjaga kampanye. {filler} Sempat ada salah paham di Kecamatan Ponrang.")
    assert told.district is None


def test_polda_needs_a_place() -> None:
    assert scene_of("Polda Bali menggelar donor darah.").region is None
    assert scene_of("Polda NTB menjaga KPU di Kota Mataram.").region == "Kota Mataram"


def test_several_polres_leave_the_region_open() -> None:
    text = "Polda DIY bersama Polres Sleman, Bantul dan Kulon Progo merazia miras di Kabupaten Sleman."
    assert scene_of(text).region is None


@given(
    made_of(
        "Desa|Kecamatan|Kec.|Kabupaten|Kota|Jl.|Subang|Kalijati|Bandung|di|RT 01|warga|Pasar|1|Jawa Barat|DIY"
    )
)
def test_offsets_are_sound_on_anything(text: str) -> None:
    doc = document(text)
    last = 0
    for place in find_places(doc, find_units(doc)):
        assert last <= place.start < place.end <= len(text)
        last = place.end


def test_a_kabupaten_served_in_part_is_the_region_of_its_own_scene() -> None:
    text = (
        "Polres Tebing Tinggi berpatroli di Desa Pertapaan, Kecamatan Tebing Tinggi, "
        "Kabupaten Serdang Bedagai."
    )
    assert scene_of(text).region == "Kabupaten Serdang Bedagai"


def test_people_who_are_visited_tell_the_scene() -> None:
    told = scene_of("Polsek Entikong menyambangi warga Desa Nekan, Kecamatan Entikong, Kabupaten Sanggau.")
    assert told.village == "Nekan"


def test_the_full_address_of_the_first_sentence_is_the_scene() -> None:
    text = (
        "Polres Sikka menjaga aksi di Desa Nangatobong, Kecamatan Waigete. Massa menolak tambang di "
        "Desa Hebing, Kecamatan Mapitara, dan jalan di Desa Done, Kecamatan Magepanda."
    )
    told = scene_of(text)
    assert (told.district, told.village) == ("Waigete", "Nangatobong")
