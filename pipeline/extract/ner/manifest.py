"""A model folder's ``model.json``: what it is, how sure it is, and the checksum of every file."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import ModelError

FILE = "model.json"
FORMAT = 1
_HINT = "train it anew (`rilis train --help`) or take the model folder from the release again"


@dataclass(frozen=True, slots=True)
class Manifest:
    """``precision``: label to the share of spans that were right in cross-validation."""

    name: str
    kind: str
    precision: dict[str, float]
    files: dict[str, str]


def write_manifest(folder: Path, name: str, kind: str, precision: dict[str, float]) -> Manifest:
    """Write ``model.json`` over all the folder's files but the card."""
    manifest = Manifest(name, kind, precision, checksums(folder))
    body = {
        "format": FORMAT,
        "name": name,
        "kind": kind,
        "precision": {label: round(value, 3) for label, value in sorted(precision.items())},
        "files": manifest.files,
    }
    (folder / FILE).write_text(json.dumps(body, indent=2) + "\n", encoding="utf-8")
    return manifest


def read_manifest(folder: Path) -> Manifest:
    """Read ``model.json`` and check every file against it; raise ``ModelError`` on any difference."""
    path = folder / FILE
    if not path.is_file():
        raise ModelError("no model here", where=str(folder), hint=_HINT)
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
        if raw["format"] != FORMAT:
            raise ModelError(f"a model of format {raw['format']}, not {FORMAT}", where=str(path), hint=_HINT)
        manifest = Manifest(raw["name"], raw["kind"], dict(raw["precision"]), dict(raw["files"]))
    except (json.JSONDecodeError, KeyError, TypeError, ValueError) as error:
        raise ModelError(f"the model's manifest is damaged: {error}", where=str(path), hint=_HINT) from None
    found = checksums(folder)
    changed = sorted(name for name, value in manifest.files.items() if found.get(name) != value)
    if changed:
        raise ModelError(
            f"model files changed or missing: {', '.join(changed)}", where=str(folder), hint=_HINT
        )
    return manifest


def checksums(folder: Path) -> dict[str, str]:
    """SHA-256 of each file of a folder, by its path; the manifest and the card are left out."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name not in (FILE, "README.md")
    }
