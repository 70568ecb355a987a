"""Words of a text as the models see them: finer than the rules' words, with offsets.

A model learns from short, regular words: a date or a number stays whole, an abbreviation with dots
(``S.I.K.``) too, a line break is a word of its own (no name crosses it), every other mark stands alone.
"""

from __future__ import annotations

import re

_WORD = re.compile(
    r"\d+(?:[.,/:-]\d+)*"  # 1.250, 20/01/2024, 21.30
    r"|(?:[^\W\d_]{1,3}\.){2,8}(?:[^\W\d_]{1,3}(?![^\W\d_]))?"  # S.I.K., M.H
    r"|[^\W\d_]+(?:['’‘`´][^\W\d_]+|-[a-z]+)*"  # Jum'at, anak-anak
    r"|[^\w\s]|_|\n"
)


def words_of(text: str) -> list[tuple[int, int]]:
    """Start and end of each word, in order.

    >>> text = "AKP Adi, S.I.K. (20/01/2024)"
    >>> [text[start:end] for start, end in words_of(text)]
    ['AKP', 'Adi', ',', 'S.I.K.', '(', '20/01/2024', ')']
    """
    return [match.span() for match in _WORD.finditer(text)]
