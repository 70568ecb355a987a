"""The characters of a text, made plain: one kind of blank and line end, nothing invisible, entities read.

Most texts need nothing of this, so each step first asks whether there is anything to do.
"""

from __future__ import annotations

import html
import re

_INVISIBLE = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f"
)
_LINE_ENDS = "\r\v\f\x1c-\x1e\x85\u2028\u2029"
_BLANKS = "\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_SURROGATES = "\ud800-\udfff"
_ODD = re.compile(f"[{_INVISIBLE}{_LINE_ENDS}{_BLANKS}{_SURROGATES}]")
_INVISIBLE_ANY = re.compile(f"[{_INVISIBLE}]")
_LINE_END = re.compile(f"\r\n|[{_LINE_ENDS}]")
_BLANK = re.compile(f"[{_BLANKS}]")
_SURROGATE = re.compile(f"[{_SURROGATES}]")
_SPACES = re.compile(" {2,}")
_ENTITY = re.compile(
    r"&(?:amp;)*(?:(?:quot|apos|nbsp|lt|gt|[lr][sd]quo|[mn]dash|hellip);|#(?:0?3[49]|160|82\d\d);)"
)
_AMPERSAND = re.compile(r"&(?:amp;)+")


def plain_characters(text: str) -> str:
    """Make line ends ``\\n`` and blanks single spaces; drop what cannot be seen; read left-over entities.

    >>> plain_characters("Jum&#8217;at\\u00a0 pagi\\r\\n")
    'Jum’at pagi\\n'
    """
    if "&" in text:
        text = _ENTITY.sub(lambda m: html.unescape("&" + m.group().rsplit("amp;", 1)[-1].lstrip("&")), text)
        text = _AMPERSAND.sub("&", text)
    if _ODD.search(text):
        text = _BLANK.sub(" ", _LINE_END.sub("\n", text))
        text = _SURROGATE.sub("\ufffd", _INVISIBLE_ANY.sub("", text))
    return _SPACES.sub(" ", text) if "  " in text else text


def lines_of(text: str) -> list[str]:
    """The non-empty lines, stripped."""
    return [line for line in map(str.strip, plain_characters(text).split("\n")) if line]
