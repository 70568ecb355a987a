"""Readers of public Indonesian NER corpora, from a folder that the user has (see docs/models.md)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pipeline.errors import ConfigError, RecordError
from pipeline.train.samples import Sample

_TAGS = {
    "PER": "PER", "LOC": "LOC", "ORG": "ORG",
    "PERSON": "PER", "PLACE": "LOC", "ORGANISATION": "ORG",
}  # fmt: skip
_NO_SPACE_BEFORE = frozenset(".,:;!?)]}%”")
_NO_SPACE_AFTER = frozenset("([{“")
PER_LOC_ORG = frozenset({"PER", "LOC", "ORG"})

IDNER = {"train": "train.txt", "dev": "dev.txt", "test": "test.txt"}
NERGRIT = {"train": "train_preprocess.txt", "dev": "valid_preprocess.txt", "test": "test_preprocess.txt"}


def read_corpus(folder: Path, name: str, part: str, *, all_labels: bool = False) -> list[Sample]:
    """Read one part (``train``, ``dev``, ``test``) of ``idner-news-2k`` or ``nergrit_ner-grit``.

    NERGrit's organisations are weak and left out, unless ``all_labels`` asks for them.
    """
    files = {"idner-news-2k": IDNER, "nergrit_ner-grit": NERGRIT}.get(name)
    if files is None:
        raise ConfigError(f"unknown corpus {name}", hint="idner-news-2k or nergrit_ner-grit")
    path = folder / name / files[part]
    if not path.is_file():
        raise ConfigError(
            "no such corpus file", where=str(path), hint="--corpora is the folder that holds it"
        )
    known = PER_LOC_ORG if all_labels or name == "idner-news-2k" else frozenset({"PER", "LOC"})
    return list(read_columns(path, name, known))


def read_columns(path: Path, source: str, known: frozenset[str] = PER_LOC_ORG) -> Iterator[Sample]:
    """Read a file of one word a line, its IOB tag in the last column, an empty line between sentences."""
    words: list[str] = []
    tags: list[str] = []
    for number, line in enumerate([*path.read_text(encoding="utf-8").split("\n"), ""], 1):
        columns = line.split()
        if not columns:
            if words:
                yield _sample(words, tags, source, known)
            words, tags = [], []
            continue
        tag = columns[-1]
        if tag != "O" and tag.partition("-")[2] not in _TAGS:
            raise RecordError(
                f"unknown tag {tag}", where=f"{path}:{number}", hint="IOB tags: " + ", ".join(_TAGS)
            )
        words.append(columns[0])
        tags.append(tag)


def _sample(words: list[str], tags: list[str], source: str, known: frozenset[str]) -> Sample:
    """Set the words as print would, and carry the spans along."""
    pieces: list[str] = []
    places: list[tuple[int, int]] = []
    length = 0
    for i, word in enumerate(words):
        if i and word[0] not in _NO_SPACE_BEFORE and words[i - 1] not in _NO_SPACE_AFTER:
            pieces.append(" ")
            length += 1
        pieces.append(word)
        places.append((length, length + len(word)))
        length += len(word)
    spans: list[tuple[int, int, str]] = []
    open_label = ""
    for (start, end), tag in zip(places, tags, strict=True):
        prefix, _, raw = tag.partition("-")
        label = _TAGS.get(raw, "")
        if label and (prefix == "B" or open_label != label):
            spans.append((start, end, label))
        elif label:
            spans[-1] = (spans[-1][0], end, label)
        open_label = label
    return Sample("".join(pieces), tuple(s for s in spans if s[2] in known), source, known)
