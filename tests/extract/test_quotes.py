"""Quotations and speakers, from marked-up sentences of our own writing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pipeline.extract.document import Document
from pipeline.extract.people import PersonMention
from pipeline.extract.rules.quotes import find_quotes
from pipeline.extract.rules.speakers import attribute
from pipeline.records import Article

CASES = Path(__file__).parent.parent / "sentences" / "quotes.txt"
_MARKUP = re.compile(r"\{(\d+):([^:]*):([^|]*)\|([^}]*)\}|⟦|⟧")


def read_cases() -> list[tuple[str, str, str]]:
    cases = []
    for block in CASES.read_text(encoding="utf-8").split("\n\n"):
        lines = block.strip().split("\n")
        notes = [line for line in lines if line.startswith("#")]
        body = [line for line in lines if not line.startswith("#")]
        if body:
            cases.append((notes[-1].lstrip("# "), "\n".join(body[:-1]), body[-1].removeprefix("=>").strip()))
    return cases


def parse(marked: str) -> tuple[str, list[tuple[int, int]], list[PersonMention]]:
    text, quotes, people, position, opened = "", [], [], 0, 0
    for match in _MARKUP.finditer(marked):
        text += marked[position : match.start()]
        position = match.end()
        if match.group() == "⟦":
            opened = len(text)
        elif match.group() == "⟧":
            quotes.append((opened, len(text)))
        else:
            name, post = (None if value == "-" else value for value in match.groups()[1:3])
            end = len(text) + len(match[4])
            kind = "name" if name and match[4].split()[-1] in name else "post"
            people.append(PersonMention(len(text), end, int(match[1]), name, post, kind))
            text += match[4]
    return text + marked[position:], quotes, people


def document(text: str) -> Document:
    return Document(Article(article_id="t", text=text))


@pytest.mark.parametrize(("note", "marked", "speakers"), read_cases(), ids=lambda value: str(value)[:40])
def test_sentence(note: str, marked: str, speakers: str) -> None:
    text, wanted, people = parse(marked)
    doc = document(text)
    records = attribute(doc, find_quotes(doc), people)
    strip = [(text[a:b].strip()) for a, b in wanted]
    assert [record.quote for record in records] == strip, note
    names = [name.strip() for name in speakers.split(";")] if speakers else []
    assert [record.speaker or "-" for record in records] == names, note


@pytest.mark.parametrize("text", ["", '"', '""', "” ” ”", '"Kami', "''" * 3, ",,", '"\n"\n"', "«»«»"])
def test_marks_alone_break_nothing(text: str) -> None:
    doc = document(text)
    for record in attribute(doc, find_quotes(doc), []):
        assert record.quote == text[record.start : record.end]


def test_offsets_are_the_text() -> None:
    for _, marked, _ in read_cases():
        text, _, people = parse(marked)
        doc = document(text)
        for record in attribute(doc, find_quotes(doc), people):
            assert record.quote == text[record.start : record.end]


def test_many_unclosed_marks_stay_linear() -> None:
    doc = document('"kata ' * 20_000)
    assert len(find_quotes(doc)) < 20_001
