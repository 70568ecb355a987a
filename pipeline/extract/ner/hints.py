"""Word classes that the spaCy model sees beside the words: part of a person's name, of a place, a rank …

The list is made in training from the registry and the name lists and is saved with the model, so that a
model always sees what it was trained with. In the pipeline the component ``rilis_hints`` writes a word's
classes where the model looks for them (the token's tag).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

NAME = "rilis_hints"
_FILE = "hints.tsv"
_NONE = "-"
_PLACES = frozenset("KCVL")


def evidence(classes: Sequence[str], label: str) -> str:
    """``+`` where the words' classes speak for a label, ``-`` where not, empty where they cannot tell."""
    if label == "PER":
        return "+" if any("P" in letters for letters in classes) else "-"
    if label == "ORG":
        return "+" if "O" in classes[0] else "-"
    if label == "LOC":
        places = all(not _PLACES.isdisjoint(letters) for letters in classes)
        return "+" if "L" in classes[0] or places else "-"
    return ""


def read_classes(folder: Path) -> dict[str, str]:
    """The list of a model's folder; empty where it has none."""
    path = folder / _FILE
    lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
    pairs = (line.partition("\t") for line in lines)
    return {word: classes for word, _, classes in pairs}


def write_classes(folder: Path, classes: Mapping[str, str]) -> None:
    """Write the list into a model's folder, one word a line."""
    lines = [f"{word}\t{letters}\n" for word, letters in sorted(classes.items())]
    (folder / _FILE).write_text("".join(lines), encoding="utf-8")


class Hints:
    """Looks each word up; a word's classes are letters, ``-`` for none."""

    def __init__(self, vocab: object, name: str = NAME) -> None:
        self.name = name
        self.classes: Mapping[str, str] = {}

    def __call__(self, doc: Doc) -> Doc:
        classes = self.classes
        for token in doc:
            token.tag_ = classes.get(token.lower_, _NONE)
        return doc

    def to_disk(self, path: Path | str, *, exclude: Iterable[str] = ()) -> None:
        """Write the list, one word a line."""
        folder = Path(path)
        folder.mkdir(parents=True, exist_ok=True)
        write_classes(folder, self.classes)

    def from_disk(self, path: Path | str, *, exclude: Iterable[str] = ()) -> Hints:
        """Read what ``to_disk`` wrote."""
        self.classes = read_classes(Path(path))
        return self


@Language.factory(NAME)
def make_hints(nlp: Language, name: str) -> Hints:
    """An empty list; filled by training or from disk."""
    return Hints(nlp.vocab, name)
