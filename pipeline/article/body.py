"""The element that holds an article, and its text as lines."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import islice

from bs4 import BeautifulSoup, Tag
from bs4.element import CData, NavigableString, PreformattedString

from pipeline.article.characters import lines_of
from pipeline.article.platforms import Selectors

_BLOCK_NAMES = (
    "address article blockquote br center dd details div dl dt fieldset figcaption figure h1 h2 h3 h4 h5 h6"
    " header hr li main ol p pre section table tbody td tfoot th thead tr ul"
)
_BLOCKS = frozenset(_BLOCK_NAMES.split())
_ENOUGH = 200
_AT_LEAST = 80
_MANY = 4
_TEASER = 700
_NEAR = 150
_HEADINGS = frozenset({"h1", "h2", "h3"})


@dataclass(slots=True)
class Body:
    """The lines of the article and the captions of its pictures."""

    lines: list[str] = field(default_factory=list)
    captions: list[str] = field(default_factory=list)
    is_listing: bool = False
    """The page shows the beginnings of several articles and the whole of none."""

    def __len__(self) -> int:
        return sum(map(len, self.lines))


def find_body(soup: BeautifulSoup | Tag, selectors: Selectors) -> Body:
    """The text under the first body selector that holds enough of it, else under the one that holds most.

    The soup is changed: furniture and captions inside the body are cut out of it.
    """
    best = Body()
    for selector in selectors.body:
        elements = soup.select(selector, limit=_MANY)
        if len(elements) == _MANY and all(len(element.get_text()) < _TEASER for element in elements):
            best.is_listing = len(best) == 0
            continue
        for element in elements:
            above = _lead_captions(element, selectors)
            body = _read(element, selectors)
            body.captions = list(dict.fromkeys([*above, *body.captions]))
            if len(body) >= _ENOUGH:
                return body
            if len(body) > len(best) and len(body) >= _AT_LEAST:
                best = body
    return best


def _lead_captions(body: Tag, selectors: Selectors) -> list[str]:
    """Captions of the picture above the body: those between the article's heading and the body."""
    wanted = ", ".join(selectors.caption)
    lines: list[str] = []
    for node in islice(body.previous_elements, _NEAR):
        if not isinstance(node, Tag):
            continue
        if node.name in _HEADINGS:
            return lines
        if wanted and node.css.match(wanted):
            lines = [*lines_of(node.get_text(" ")), *lines]
    return []


def _read(element: Tag, selectors: Selectors) -> Body:
    captions: list[str] = []
    for caption in _all(element, selectors.caption):
        captions.extend(lines_of(caption.get_text(" ")))
        caption.extract()
    for furniture in _all(element, selectors.drop):
        furniture.extract()
    return Body(lines_of("".join(_pieces(element))), list(dict.fromkeys(captions)))


def _all(element: Tag, selectors: Iterable[str]) -> list[Tag]:
    joined = ", ".join(selectors)
    return list(element.select(joined)) if joined else []


def _pieces(element: Tag) -> list[str]:
    """Text in order with a line end around each block; without recursion, since pages nest without limit."""
    pieces: list[str] = []
    for node in element.descendants:
        if isinstance(node, Tag):
            if node.name in _BLOCKS:
                pieces.append("\n")
        elif isinstance(node, NavigableString) and (
            isinstance(node, CData) or not isinstance(node, PreformattedString)
        ):
            pieces.append(str(node).replace("\n", " ").replace("\r", " "))
            pieces.append(_line_end_behind(node, element))
    return pieces


def _line_end_behind(node: NavigableString, top: Tag) -> str:
    """A line end when this string is the last thing in a block."""
    current: NavigableString | Tag = node
    while current.next_sibling is None and current is not top:
        parent = current.parent
        if parent is None or parent is top:
            return ""
        if parent.name in _BLOCKS:
            return "\n"
        current = parent
    return ""
