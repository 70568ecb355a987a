"""Short releases for the tests of batches; units are real, persons invented."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

_TOWNS = ("Purwakarta", "Metro", "Paser", "Asahan", "Sleman", "Karanganyar", "Bantul", "Kediri")
_TASKS = (
    "mengamankan kampanye pasangan calon bupati di lapangan desa",
    "menggelar patroli malam menyusuri jalan protokol dan kawasan pertokoan",
    "menyerahkan bantuan beras kepada warga yang rumahnya terendam banjir",
    "menangkap seorang pria yang diduga mengedarkan sabu di rumah kontrakan",
    "mengatur arus lalu lintas di depan sekolah saat jam berangkat siswa",
)


def release(number: int) -> dict[str, Any]:
    """A release with a text of its own."""
    town, task = _TOWNS[number % len(_TOWNS)], _TASKS[number % len(_TASKS)]
    words = " ".join(f"kata{number}x{i}" for i in range(12))
    return {
        "id": f"r{number}",
        "url": f"https://berita.test/{number}",
        "title": f"Polres {town} Bertugas Nomor {number}",
        "published_at": f"2024-10-{number % 28 + 1:02d}T08:00:00+07:00",
        "text": f"Polres {town} {task}, Senin (7/10/2024). Ada {number + 10} personel turun. {words}.",
    }


def write_jsonl(path: Path, records: list[Any]) -> Path:
    """Write records, or lines as they are."""
    lines = [r if isinstance(r, str) else json.dumps(r, ensure_ascii=False) for r in records]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path
