"""An officer is one person over articles: what the pages about officers stand on."""

from __future__ import annotations

import pipeline

FIRST = "Kapolres Purwakarta AKBP Anu Bin Fulan memimpin apel. Kapolres Subang AKBP Anu Bin Fulan hadir."
LATER = "Kombes Pol Anu Bin Fulan, Kapolres Purwakarta, berpamitan kepada warga."
NO_UNIT = "AKP Budi Santoso Wijaya menyampaikan imbauan kepada warga."


def ids(text: str) -> list[str]:
    return [officer.officer_id for officer in pipeline.extract(text).officers]


def test_the_same_name_and_unit_is_the_same_person_in_another_article() -> None:
    assert set(ids(FIRST)) & set(ids(LATER))


def test_a_name_without_a_unit_is_nobody_elsewhere() -> None:
    assert ids(NO_UNIT)
    assert not set(ids(NO_UNIT)) & set(ids(NO_UNIT + " Itu saja."))


def test_no_two_officers_of_an_article_share_an_id() -> None:
    assert len(ids(FIRST)) == len(set(ids(FIRST)))
