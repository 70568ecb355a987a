"""Words of speaking, and where one of them stands beside a quotation."""

from __future__ import annotations

import re
from functools import cache

from pipeline.extract.words import longest_first


@cache
def alternatives(*kinds: str) -> str:
    """A regex alternation of the words of some kinds of ``speech_words.csv``, longest first in each kind."""
    words = (word for kind in kinds for word in longest_first("speech_words", kind))
    return "|".join(re.escape(word).replace(r"\ ", r"\s") for word in words)


@cache
def tail_pattern() -> re.Pattern[str]:
    """An attribution right behind a quotation: ``," ujar``, ``” Jelasnya``, ``,”demikian kata``.

    Groups: ``verb`` or ``passive``, ``nya`` or ``nya2`` (the pronoun on it, also misspelt ``-anya``),
    ``pro`` (a pronoun behind it).
    """
    return re.compile(
        rf"[\s,.;–-]{{0,4}}(?:(?:{alternatives('before-tail')})\s)?"
        rf"(?:(?P<verb>{alternatives('tail')})(?P<nya>(?:an?)?nya)?"
        rf"|(?P<passive>{alternatives('passive')})(?P<nya2>nya)?)(?:\b|(?-i:(?=[A-Z])))"
        rf"(?:\s(?:{alternatives('after-tail')})\b)?(?P<pro>\s(?:{alternatives('pronoun')})\b)?",
        re.IGNORECASE,
    )


@cache
def inner_tail_pattern() -> re.Pattern[str]:
    """An attribution inside a quotation that never closed: ``…aman dan tertib, tutup Thirdy.``"""
    return re.compile(rf",\s?(?:{alternatives('tail')})(?:nya)?\s(?=[A-Z][^,.]{{0,60}}\.?$)")


@cache
def speaking_pattern() -> re.Pattern[str]:
    """A word of speaking in running text; group ``pro`` where the speaker is only a pronoun."""
    pronoun = alternatives("pronoun")
    return re.compile(
        rf"(?P<pro>\b(?:{pronoun})\s(?:\w+\s)?(?:{alternatives('active')})\b"
        rf"|\b(?:{alternatives('passive', 'intro', 'tail')})(?:nya\b|\s(?:{pronoun})\b))"
        rf"|\b(?:{alternatives('active', 'passive', 'intro')})\b"
        rf"|(?<=[,\"”’»] )(?:{alternatives('tail')})\b(?=\s\w)",
        re.IGNORECASE,
    )


@cache
def phrase_before(kind: str) -> re.Pattern[str]:
    """A word of one kind that ends right where the searched stretch ends, at most one word between."""
    return re.compile(rf"\b(?:{alternatives(kind)})\s(?:\w+\s)?$", re.IGNORECASE)


@cache
def word_before(kind: str) -> re.Pattern[str]:
    """A word of one kind as the very last of the searched stretch (marks may follow it)."""
    return re.compile(rf"\b(?:{alternatives(kind)})\s?[:,]?\s*$", re.IGNORECASE)


@cache
def labelled_pattern() -> re.Pattern[str]:
    """A label told apart from what it labels: ``tema peringatan tahun ini, yaitu``."""
    return re.compile(
        rf"\b(?:{alternatives('label')})(?:\s[\w-]{{1,20}}){{1,6}},?\s(?:{alternatives('copula')})\s?:?\s*$",
        re.IGNORECASE,
    )


@cache
def capitals_pattern() -> re.Pattern[str]:
    """Capitalised words behind a word of speaking: ``kata X``, ``kata Y, X`` (``apposed``).

    ``alone`` stands behind an office in small letters and perhaps whose it is: ``kata pengacara Y, X``.
    """
    run = r"[A-Z][\w'’.-]*(?:\s[A-Z][\w'’.-]*){0,5}"
    return re.compile(
        rf"(?:\s(?i:{alternatives('article')}))?"
        rf"(?:\s(?P<run>{run})(?:,\s(?P<apposed>[A-Z][a-z’']+(?:\s[A-Z][\w'’.]*){{1,4}}))?"
        rf"|(?:\s[a-z]+){{1,5}}(?:\s[A-Z][\w'’.]*){{0,3}},\s(?P<alone>[A-Z][a-z’']+(?:\s[A-Z][\w'’.]*){{1,4}}))"
    )


@cache
def apposed_pattern() -> re.Pattern[str]:
    """A name between commas that speaks: ``ketua panitia, Husni Malik, mengatakan``."""
    name = r"[A-Z][a-z’']+(?:\s[A-Z][\w'’.]*){1,5}"
    return re.compile(
        rf",\s(?P<name>{name})(?:\s\(\d+\))?(?:,\s(?:[a-z]+\s){{0,2}}|\s)(?i:{alternatives('active')})\b"
    )


@cache
def opening_name_pattern() -> re.Pattern[str]:
    """A name that opens a sentence, an apposition, a word of speaking: ``Edi Sulu ayah korban berharap``."""
    return re.compile(
        r"(?P<name>[A-Z][a-z’']+(?<!nya)(?:\s[A-Z](?:[a-z’']+|\.)){1,3})(?:\s\(\d+\))?,?"
        rf"(?:\s\w+){{1,6}},?\s(?i:{alternatives('active')})\b"
    )


@cache
def epithet_pattern() -> re.Pattern[str]:
    """An epithet of the last speaker behind a word of speaking: ``beber Alumni Akpol 2002 ini``."""
    return re.compile(rf"\s(?:{alternatives('epithet')})\s", re.IGNORECASE)


@cache
def verb_first_pattern() -> re.Pattern[str]:
    """A sentence that begins with its word of speaking, torn from its subject (``… X. Menyampaikan``)."""
    return re.compile(rf"\s*(?:{alternatives('active')})\b", re.IGNORECASE)


@cache
def unnamed_pattern() -> re.Pattern[str]:
    """A subject without a name behind a word of speaking (``warga``), not an epithet of the speaker."""
    other = alternatives("adverb", "epithet", "pronoun")
    return re.compile(rf"\s(?!(?:{other})\b)[a-z]{{3,}}")


@cache
def aside_pattern() -> re.Pattern[str]:
    """A line that points to another article."""
    return re.compile(rf"^(?:{alternatives('aside')})\s*:", re.IGNORECASE | re.MULTILINE)


@cache
def aside_line_pattern() -> re.Pattern[str]:
    """The whole of such a line."""
    return re.compile(aside_pattern().pattern + r"[^\n]*", re.IGNORECASE | re.MULTILINE)


@cache
def opening_pattern() -> re.Pattern[str]:
    """A connective that sets a new subject against the last one, alone at the head of a sentence."""
    return re.compile(rf"(?i:{alternatives('connective')})\W{{1,3}}(?:[A-Z]\w+\s){{0,3}}")
