"""The characters of a text, made plain: one kind of blank and line end, nothing invisible, entities read."""

from __future__ import annotations

import html
import re

_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]"
)
_LINE_END = re.compile("\r\n|[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]")
_BLANK = re.compile("[ \t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+")
_ENTITY = re.compile(
    r"&(?:amp;)*(?:(?:quot|apos|nbsp|lt|gt|[lr][sd]quo|[mn]dash|hellip);|#(?:0?3[49]|160|82\d\d);)"
)
_AMPERSAND = re.compile(r"&(?:amp;)+")
_SURROGATE = re.compile("[\ud800-\udfff]")


def plain_characters(text: str) -> str:
    """Make line ends ``\\n`` and blanks single spaces; drop what cannot be seen; read left-over entities.

    >>> plain_characters("Jum&#8217;at\\u00a0 pagi\\r\\n")
    'Jum’at pagi\\n'
    """
    if "&" in text:
        text = _ENTITY.sub(lambda m: html.unescape("&" + m.group().rsplit("amp;", 1)[-1].lstrip("&")), text)
        text = _AMPERSAND.sub("&", text)
    text = _LINE_END.sub("\n", text)
    text = _SURROGATE.sub("\ufffd", _INVISIBLE.sub("", text))
    return _BLANK.sub(" ", text)


def lines_of(text: str) -> list[str]:
    """The non-empty lines, stripped."""
    return [line for line in (raw.strip() for raw in plain_characters(text).split("\n")) if line]
