"""Extractions made by hand for the tests of the tables."""

from __future__ import annotations

import datetime as dt

from pipeline.records import (
    Article,
    DateRecord,
    EventRecord,
    Extraction,
    Mention,
    OfficerRecord,
    PersonnelRecord,
    QuoteRecord,
    UnitRecord,
)

TEXT = (
    "KARO - Polres Tanah Karo mengerahkan 45 personel, Sabtu (20/01/2024).\n"
    '"Semua berjalan aman," kata Kasat Samapta AKP Sarwo Laksana.'
)


def span(surface: str, text: str = TEXT) -> tuple[int, int]:
    start = text.index(surface)
    return start, start + len(surface)


def _at(surface: str) -> dict[str, object]:
    start, end = span(surface)
    return {"surface": surface, "start": start, "end": end, "confidence": 0.9, "rule": "test"}


def extraction(
    article_id: str = "a" * 16, day: dt.date | None = dt.date(2024, 1, 21), *, title: str = "Apel"
) -> Extraction:
    """One article with a row in every table."""
    start, end = span("Semua berjalan aman,")
    return Extraction(
        article=Article(
            article_id, TEXT, title=title, published_date=day, url=f"https://x.test/{article_id}"
        ),
        extractor="rilis test",
        primary_unit_id="polres-tanah-karo",
        primary_unit="Polres Tanah Karo",
        units=[
            UnitRecord(
                "polres-tanah-karo",
                "Polres Tanah Karo",
                "polres",
                None,
                None,
                True,
                1,
                **_at("Polres Tanah Karo"),
            )
        ],
        officers=[
            OfficerRecord(
                "o1",
                "Sarwo Laksana",
                "AKP",
                "Ajun Komisaris Polisi",
                9,
                "polri",
                None,
                "Kasat Samapta",
                False,
                "polres-tanah-karo",
                "Polres Tanah Karo",
                None,
                None,
                True,
                1,
                **_at("Sarwo Laksana"),
            )
        ],
        dates=[
            DateRecord(dt.date(2024, 1, 20), None, "day", "event", True, **_at("Sabtu (20/01/2024)")),
        ],
        personnel=[PersonnelRecord(45, 45, False, "polri", "personel", "actual", **_at("45 personel"))],
        events=[
            EventRecord(
                "e1",
                True,
                "force_readiness",
                "internal",
                dt.date(2024, 1, 20),
                None,
                "polres-tanah-karo",
                None,
                None,
                None,
                None,
                None,
                "actual",
                0.8,
                "mengerahkan",
                *span("mengerahkan"),
                "test",
            )
        ],
        quotes=[
            QuoteRecord("Semua berjalan aman,", "Sarwo Laksana", "Kasat Samapta", "o1", start, end, 0.9, "t")
        ],
        mentions=[
            Mention("UNIT", *span("Polres Tanah Karo"), "Polres Tanah Karo", "rule", 1.0, "test"),
            Mention("PER", *span("Sarwo Laksana"), "Sarwo Laksana", "rule", 0.9, "test"),
        ],
    )
