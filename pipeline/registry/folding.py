"""Names made comparable: case, spaces, punctuation and apostrophes fall away.

``Toli-Toli``, ``Tolitoli`` and ``TOLI TOLI`` fold to one key; ``P. Siantar`` and ``PP Lease`` keep their
short words.
"""

from __future__ import annotations

import re
from functools import lru_cache

_NOT_NAME = re.compile(r"[\W_]+")

MARKS = frozenset(".-/'’‘`´–")
"""Signs that stand inside names and leave no trace in the key."""

LONGEST_SHORTENED = 5
"""A full stop belongs to a name only behind a word this short (``Kep.``, ``Tg.``)."""


@lru_cache(maxsize=8192)
def fold(name: str) -> str:
    """Return a name's key.

    >>> fold("Tojo Una-Una") == fold("TOJO UNAUNA")
    True
    """
    return _NOT_NAME.sub("", name.lower().replace("&", "dan"))
