"""Small data sets for the tests of what people read: generated articles, and a hostile one among them."""

from __future__ import annotations

import dataclasses
import datetime as dt
from pathlib import Path

from pipeline.ids import digest
from pipeline.records import Article, EventRecord, Extraction, OfficerRecord, UnitRecord
from pipeline.tables.rows import record_batches
from pipeline.tables.staging import Staging
from pipeline.tables.writer import DatasetWriter
from tests.publish.synthetic import extractions

HOSTILE = "hostile-article"
EVIL_TITLE = '<script>alert("judul")</script>=HYPERLINK("http://evil.example","klik")'
EVIL_TEXT = (
    'Polres Tegal </span><img src=x onerror=alert(1)> "><svg onload=alert(2)>\n\n'
    "=1+1 {{ 7*7 }} ${7*7} \u202e terbalik \x1b[31m merah &amp; <b>tebal</b> \N{PILE OF POO} akhir.\n\n"
    "Kepala <iframe srcdoc='<script>top.x=1</script>'> Budi Evil."
)
N = 300


def hostile() -> Extraction:
    """An article whose every text tries to be more than text."""
    words = {"surface": EVIL_TEXT[:12], "start": 0, "end": 12, "rule": "<i>rule</i>"}
    unit = UnitRecord(
        "polres-tegal",
        "Polres Tegal",
        "polres",
        "polda-jawa-tengah",
        "33.28",
        True,
        1,
        confidence=1.0,
        **words,
    )
    officer = OfficerRecord(
        "evil-officer",
        "<b>Budi</b> =cmd|'/C calc'!A0",
        "AKP",
        None,
        15,
        "polri",
        None,
        '"><script>x</script>',
        False,
        "polres-tegal",
        "Polres Tegal",
        None,
        None,
        True,
        1,
        confidence=0.4,
        **words,
    )
    event = EventRecord(
        "evil-event",
        True,
        "patrol",
        "public_order",
        dt.date(2026, 1, 2),
        None,
        "polres-tegal",
        "33.28",
        "Kabupaten Tegal",
        "<u>Adiwerna</u>",
        "+62 desa",
        None,
        "actual",
        0.4,
        EVIL_TEXT[13:40],
        13,
        40,
        "r",
    )
    article = Article(
        article_id=HOSTILE,
        text=EVIL_TEXT,
        source_id="@SUM(1)",
        url="javascript:alert(3)",
        site="jahat.example",
        title=EVIL_TITLE,
        published_date=dt.date(2026, 1, 3),
        language="id",
    )
    return Extraction(
        article,
        "t",
        "polres-tegal",
        "Polres Tegal",
        "polda-jawa-tengah",
        "Polda Jawa Tengah",
        [unit],
        [officer],
        [],
        [],
        [event],
    )


def copy_of(found: Extraction, site: str) -> Extraction:
    """The same release on another site, a day later."""
    article = found.article
    key = digest(article.article_id, site)
    later = dataclasses.replace(article, article_id=key, site=site, url=f"https://{site}/salinan")
    events = [dataclasses.replace(event, event_id=digest(key, event.event_type)) for event in found.events]
    return dataclasses.replace(found, article=later, events=events)


def write(folder: Path, n: int = N) -> Path:
    """``n`` generated articles, one copy, one hostile article."""
    articles = list(extractions(n))
    articles += [copy_of(articles[0], "salinan.example"), hostile()]
    groups = [found.article.article_id for found in articles]
    groups[n] = groups[0]
    with Staging(folder) as staging:
        writer = DatasetWriter(staging)
        writer.write(record_batches(articles))
        writer.close()
        writer.set_duplicate_groups(iter(groups))
        staging.commit()
    return folder
