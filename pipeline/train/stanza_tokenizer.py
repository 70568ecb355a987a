"""Train stanza's tokeniser: it learns to part words as our own does, and to end sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from pipeline.extract.ner.tokenizer import make_nlp
from pipeline.text.sentences import split_sentences
from pipeline.train.samples import Sample

_WORD, _SENTENCE = "1", "2"
STEPS = 1500
_CHECKS = 5
NO_CONTRACTIONS = "contractions.json"
"""A file with an empty list: Indonesian has no words of two words, but stanza wants to read which."""


def write_labels(samples: Sequence[Sample], text: Path, labels: Path) -> None:
    """Stanza's format: an empty line between paragraphs; a digit a character, 1 ends a word, 2 a sentence."""
    pairs = list(_labelled(samples))
    text.write_text("\n\n".join(plain for plain, _ in pairs) + "\n", encoding="utf-8")
    labels.write_text("\n\n".join(digits for _, digits in pairs) + "\n", encoding="utf-8")


def _labelled(samples: Sequence[Sample]) -> Iterator[tuple[str, str]]:
    tokenizer = make_nlp().tokenizer
    for sample in samples:
        plain = " ".join(sample.text.split())
        ends = {end for _, end in split_sentences(plain, [(0, len(plain))])} | {len(plain)}
        digits = ["0"] * len(plain)
        for token in tokenizer(plain):
            last = token.idx + len(token)
            digits[last - 1] = _SENTENCE if last in ends else _WORD
        if plain:
            yield plain, "".join(digits)


def tokenizer_command(python: str, save_as: str, seed: int, steps: int = STEPS) -> list[str]:
    """The command line of stanza's own trainer, for the files that ``write_labels`` made."""
    return [
        python, "-m", "stanza.models.tokenizer", "--mode", "train",
        "--txt_file", "train.txt", "--label_file", "train.labels",
        "--dev_txt_file", "dev.txt", "--dev_label_file", "dev.labels",
        "--mwt_json_file", NO_CONTRACTIONS, "--lang", "id", "--shorthand", "id_rilis", "--cpu",
        "--no_use_mwt",
        "--save_dir", ".", "--save_name", save_as, "--steps", str(steps),
        "--eval_steps", str(max(50, steps // _CHECKS)), "--max_seqlen", "300", "--seed", str(seed),
    ]  # fmt: skip
