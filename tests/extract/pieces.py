"""Texts for properties, put together from pieces that the rules know: letters alone would spell none."""

from __future__ import annotations

from hypothesis import strategies as st


def made_of(pieces: str) -> st.SearchStrategy[str]:
    """Texts of such pieces (``Polres|Subang``) in any order, joined by anything short."""
    known = st.sampled_from(pieces.split("|"))
    joins = st.sampled_from((" ", " ", " ", "", ", ", "\n", ". ", "-", "(", ") "))
    piece = st.one_of(known, known, st.text(max_size=3))
    return st.lists(st.tuples(piece, joins), max_size=20).map(
        lambda parts: "".join(part + join for part, join in parts)
    )
