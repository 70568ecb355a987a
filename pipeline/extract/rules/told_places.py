"""Places that the article tells with their class word, and again behind a post.

``Desa Melati`` tells where the name begins in ``Kepala Desa Melati Sembodo``. No list of regions has every
dusun, and most names of desa are no names of kecamatan; but a release that names a place behind a post
mostly names it once more.
"""

from __future__ import annotations

from functools import cache

from pipeline.extract.document import Document
from pipeline.extract.rules.names import name_words_end
from pipeline.extract.words import by_role, words

_MAX_WORDS = 3


@cache
def _classes() -> frozenset[str]:
    roles = by_role("place_classes")
    return words("positions")["place_classes"] | roles["village"] | roles["other"]


class ToldPlaces:
    """The names behind class words, each with where it stands."""

    def __init__(self, doc: Document) -> None:
        self._tokens = doc.tokens
        self._at: dict[tuple[str, ...], list[int]] = {}
        for index in doc.indices_of(_classes()):
            first = index + 1
            if index and doc.tokens.lower[index - 1] in words("positions")["heads_of_places"]:
                continue  # `Wali Kota Bogor Jono A Asmara` tells a holder, who may be told twice
            last = name_words_end(doc.tokens, first, _MAX_WORDS)
            if last > first:
                self._at.setdefault(tuple(doc.tokens.lower[first:last]), []).append(first)

    def end(self, first: int) -> int:
        """Behind the place that begins at a word and is told elsewhere too; the word itself if none is."""
        for last in range(min(len(self._tokens), first + _MAX_WORDS), first, -1):
            places = self._at.get(tuple(self._tokens.lower[first:last]), [])
            if any(place != first for place in places):
                return last
        return first

    def behind(self, index: int) -> int:
        """Behind the place that follows a post, of which the post may have taken the first word."""
        return max(self.end(index), self.end(index - 1) if index else index)
