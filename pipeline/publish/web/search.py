"""What a person types, to a query of the full-text index.

Words find their other forms (``amankan`` finds ``mengamankan``), the last word its beginnings as well;
``"quoted words"`` are taken as they stand; ``-word`` excludes.
"""

from __future__ import annotations

import re
import sqlite3
import unicodedata

from pipeline.publish.store.words import stems

_PIECE = re.compile(r'(-?)(?:"([^"]{1,200})"|([^\s"]{1,80}))')
_WORD = re.compile(r"[^\W_]+")
_PIECES = 12
_FORMS = 40
_PREFIX = 3


def words_of(text: str) -> list[str]:
    """The words as the index holds them: lower case, without marks and accents.

    >>> words_of("Jum'at, S.I.K.")
    ['jum', 'at', 's', 'i', 'k']
    """
    plain = unicodedata.normalize("NFKD", text.casefold())
    return _WORD.findall("".join(c for c in plain if not unicodedata.combining(c)))


def match(conn: sqlite3.Connection, typed: str) -> str | None:
    """The FTS5 expression for what was typed, or ``None`` where it holds no word."""
    wanted, unwanted = list[str](), list[str]()
    pieces = list(_PIECE.finditer(typed))[:_PIECES]
    for number, piece in enumerate(pieces):
        minus, phrase, loose = piece.groups()
        found = words_of(phrase or loose or "")
        if not found:
            continue
        if phrase is not None:
            expression = _quoted(" ".join(found))
        else:
            last = number == len(pieces) - 1 and not typed.endswith(" ")
            parts = [_forms(conn, word, last and at == len(found) - 1) for at, word in enumerate(found)]
            expression = parts[0] if len(parts) == 1 else "(" + " AND ".join(parts) + ")"
        (unwanted if minus else wanted).append(expression)
    if not wanted:
        return None
    expression = " AND ".join(wanted)
    for part in unwanted:
        expression = f"({expression}) NOT {part}"
    return expression


def names(typed: str) -> str | None:
    """The expression for a person's name: each word a beginning."""
    found = words_of(typed)[:_PIECES]
    return " AND ".join(f"{_quoted(word)}*" for word in found) or None


def _forms(conn: sqlite3.Connection, word: str, beginning: bool) -> str:
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
    parts = [_quoted(form) for form in sorted({word, *forms})]
    if beginning and len(word) >= _PREFIX and word.isalpha():
        parts.append(f"{_quoted(word)}*")
    return parts[0] if len(parts) == 1 else "(" + " OR ".join(parts) + ")"


def _quoted(words: str) -> str:
    return '"' + words.replace('"', "") + '"'
