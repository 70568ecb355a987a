"""What a person types, to a query of the full-text index.

Words find their other forms (``amankan`` finds ``mengamankan``), the last word its beginnings as well;
``"quoted words"`` are taken as they stand; ``-word`` excludes.
"""

from __future__ import annotations

import re
import sqlite3
import unicodedata
from dataclasses import dataclass

from pipeline.publish.store.words import stems

_PIECE = re.compile(r'(-?)(?:"([^"]{1,200})"|([^\s"]{1,80}))')
_WORD = re.compile(r"[^\W_]+")
_PLAIN = re.compile(r"[^a-z0-9]")
_PIECES = 12
_FORMS = 40
_PREFIX = 3
_AROUND = 110


@dataclass(frozen=True, slots=True)
class Match:
    """An expression of the index, and the pattern of the words it looks for."""

    expression: str
    words: re.Pattern[str]

    def narrowed(self, *choices: tuple[str, frozenset[str]]) -> str:
        """The expression with tags that must be there too: of each choice one value."""
        parts = [f"{{title text}} : ({self.expression})"]
        for kind, values in choices:
            tags = " OR ".join(_quoted(f"zq{kind}{_PLAIN.sub('', v.lower())}") for v in sorted(values))
            parts.append(f"tags : ({tags})")
        return " AND ".join(parts)

    def opening(self, text: str) -> list[tuple[str, bool]]:
        """The text round the first hit, as stretches that are hits or not."""
        first = self.words.search(text)
        if first is None:
            return [(text[: 2 * _AROUND] + ("…" if len(text) > 2 * _AROUND else ""), False)]
        start = max(0, first.start() - _AROUND)
        start = text.rfind(" ", 0, start) + 1 if start else 0
        end = min(len(text), first.start() + _AROUND)
        end = len(text) if end == len(text) else text.find(" ", end) if " " in text[end:] else end
        parts, at = [("…", False)] if start else [], start
        for hit in self.words.finditer(text, start, end):
            parts += [(text[at : hit.start()], False), (hit[0], True)]
            at = hit.end()
        return [*parts, (text[at:end] + ("…" if end < len(text) else ""), False)]


def words_of(text: str) -> list[str]:
    """The words as the index holds them: lower case, without marks and accents.

    >>> words_of("Jum'at, S.I.K.")
    ['jum', 'at', 's', 'i', 'k']
    """
    plain = unicodedata.normalize("NFKD", text.casefold())
    return _WORD.findall("".join(c for c in plain if not unicodedata.combining(c)))


def match(conn: sqlite3.Connection, typed: str) -> Match | None:
    """The query for what was typed, or ``None`` where it holds no word."""
    wanted, unwanted, patterns = list[str](), list[str](), list[str]()
    pieces = list(_PIECE.finditer(typed))[:_PIECES]
    for number, piece in enumerate(pieces):
        minus, phrase, loose = piece.groups()
        found = words_of(phrase or loose or "")
        if not found:
            continue
        if phrase is not None:
            expression, shown = _quoted(" ".join(found)), [r"\W{1,3}".join(map(re.escape, found))]
        else:
            last = number == len(pieces) - 1 and not typed.endswith(" ")
            both = [_forms(conn, word, last and at == len(found) - 1) for at, word in enumerate(found)]
            parts = [part for part, _ in both]
            shown = [pattern for _, some in both for pattern in some]
            expression = parts[0] if len(parts) == 1 else "(" + " AND ".join(parts) + ")"
        if minus:
            unwanted.append(expression)
        else:
            wanted.append(expression)
            patterns += shown
    if not wanted:
        return None
    expression = " AND ".join(wanted)
    for part in unwanted:
        expression = f"({expression}) NOT {part}"
    return Match(expression, re.compile(rf"(?<!\w)(?:{'|'.join(patterns)})(?!\w)", re.IGNORECASE))


def names(typed: str) -> str | None:
    """The expression for a person's name: each word a beginning."""
    found = words_of(typed)[:_PIECES]
    return " AND ".join(f"{_quoted(word)}*" for word in found) or None


def _forms(conn: sqlite3.Connection, word: str, beginning: bool) -> tuple[str, list[str]]:
    """The expression for all forms of a word, and their patterns."""
    known = conn.execute("SELECT stem FROM words WHERE word = ?", [word]).fetchone()
    roots = [known[0]] if known else sorted(stems(word), key=lambda s: (len(s), s))
    forms: list[str] = []
    for root in roots:
        rows = conn.execute(
            "SELECT word FROM words WHERE stem = ? ORDER BY n DESC, word LIMIT ?", [root, _FORMS]
        )
        forms = [row[0] for row in rows]
        if forms:
            break
    forms = sorted({word, *forms}, key=lambda form: (-len(form), form))
    parts, patterns = [_quoted(form) for form in forms], [re.escape(form) for form in forms]
    if beginning and len(word) >= _PREFIX and word.isalpha():
        parts.append(f"{_quoted(word)}*")
        patterns.append(re.escape(word) + r"\w{0,30}")
    return parts[0] if len(parts) == 1 else "(" + " OR ".join(parts) + ")", patterns


def _quoted(words: str) -> str:
    return '"' + words.replace('"', "") + '"'
