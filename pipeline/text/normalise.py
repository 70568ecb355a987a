"""One way of writing for text that people typed in many, with the way back to the original characters.

Quotation marks, apostrophes, dashes and spaces are made plain, invisible characters go, letters are
composed (NFC). Nothing else changes: no case, no words. ``Normalised.original`` turns offsets back, so
that a value found in the plain text keeps its evidence in the text as published.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_PLAIN = {
    **dict.fromkeys("‘’‛`´ʼʹ′＇", "'"),
    **dict.fromkeys("“”„‟«»″＂", '"'),
    **dict.fromkeys("‐‑‒–—―−﹘﹣－", "-"),
    **dict.fromkeys(
        "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\t",
        " ",
    ),
    **dict.fromkeys("\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f\u202a\u202b\u202c\u202d\u202e", ""),
    "\u2028": "\n",
    "\u2029": "\n",
    "\r": "\n",
    "\x85": "\n",
    "…": "...",
}
_INVISIBLE = "".join(mark for mark, plain in _PLAIN.items() if not plain)
_CHANGE = re.compile(
    rf"\r\n|[^\W\d_{re.escape(''.join(_PLAIN))}](?:[{_INVISIBLE}]{{0,9}}[\u0300-\u036f])+|[{re.escape(''.join(_PLAIN))}]"
)


@dataclass(frozen=True, slots=True)
class Normalised:
    """Plain text, and for each of its characters (and its end) the offset of the original one."""

    text: str
    offsets: tuple[int, ...]

    def original(self, start: int, end: int) -> tuple[int, int]:
        """The original span of ``text[start:end]``."""
        if start >= end:
            return self.offsets[start], self.offsets[start]
        return self.offsets[start], max(self.offsets[end - 1] + 1, self.offsets[end])


def is_plain(text: str) -> bool:
    """Whether ``normalise`` would change nothing; a quick look."""
    return all(_plain(m.group()) == m.group() for m in _CHANGE.finditer(text))


def normalise(text: str) -> Normalised:
    """The text in plain characters.

    >>> normalise("Jum’at\\u00a0(12–13 Mei)").text
    "Jum'at (12-13 Mei)"
    """
    pieces: list[str] = []
    offsets: list[int] = []
    at = 0
    for match in _CHANGE.finditer(text):
        piece = _plain(match.group())
        pieces += (text[at : match.start()], piece)
        offsets.extend(range(at, match.start()))
        offsets.extend([match.start()] * len(piece))
        at = match.end()
    pieces.append(text[at:])
    offsets.extend(range(at, len(text) + 1))
    return Normalised("".join(pieces), tuple(offsets))


def _plain(cluster: str) -> str:
    """One character, or a letter with its marks, in plain form."""
    if cluster == "\r\n":
        return "\n"
    if len(cluster) > 1:
        return unicodedata.normalize("NFC", re.sub(f"[{_INVISIBLE}]", "", cluster))
    return _PLAIN[cluster]
