"""Article text without page furniture.

Works line by line on what a page or a record gives. What goes away is listed in ``phrases.csv`` or is
recognised by its shape (share bars, ``BACA JUGA:`` lines, signatures, counters, the comment form and all
behind it). Nothing else does: a line that may state a fact stays, printed page dates included.
Picture captions are kept apart. Linear in the text; cleaning a clean text changes nothing.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from pipeline.article.characters import lines_of
from pipeline.article.phrases import Phrases, bare, first_word, phrases
from pipeline.article.wrapped import join_wrapped

_FURNITURE_MAX = 220
_INVITATION_MAX = 120
_CAPTION_MAX = 400
_END_AFTER = 200
_PASSES = 4
_TAIL = 260
_LETTER_OR_DIGIT = re.compile(r"[^\W_]")
_HASHTAGS = re.compile(r"(?:#\w{2,60}[\s,]{0,3})+")
_BULLETS = frozenset("-–•*")
_COUNTED = re.compile(r"\W{1,3}(?:\d|[^:]{2,60}:)")
"""An item of evidence (``- 2 unit HP``) or of a labelled list (``- Kapolres Belu: …``)."""
_FEWEST_HEADLINES = 2
_FEWEST_WORDS = 4
_SIGNED_AFTER = 400
_LETTER = re.compile(r"[^\W\d_]")
_BARE_NUMBER = re.compile(r"\d{1,6}\s?[xX×]?")
_TAG = re.compile(r"#?[a-z][a-z -]{2,29}")
_TAGS_AFTER = 400
_FEWEST_TAGS = 5
_LONGEST_TAG = 4
_CREDIT = re.compile(r"\s-[^-\s][^-]{1,40}-$")
_SIGNATURE = re.compile(r"(?<=[.\"”’*,])\s{0,3}[(\[]\s{0,2}(?P<who>[^()\[\]!?]{1,40})[)\]]\s{0,2}[.*]{0,3}$")
_SIGNATURE_LINE = re.compile(r"[(\[]\s{0,2}(?P<who>[^()\[\]\d]{1,40})[)\]][.*]{0,3}")
_DATELINE = re.compile(r"[A-Z][A-Z .,/-]{3,60}(?:[A-Za-z0-9.]{3,40})?\s{0,2}[(–—-]")
_LONE_DATELINE = re.compile(r"[A-Z][\w ,.]{2,40}\s?[–—-]")
_SENTENCE_ENDS = frozenset('.!?;"”’)*')


@dataclass(frozen=True, slots=True)
class Cleaned:
    """What is left of a text. ``text`` holds the body, then the captions from ``captions_start`` on."""

    text: str
    captions_start: int | None = None
    byline: str | None = None


def clean(text: str) -> Cleaned:
    """Take the furniture off a text.

    >>> clean("Polres A amankan pasar.\\nBACA JUGA:Judul lain\\nSituasi aman,” tutupnya.(Man)")
    Cleaned(text='Polres A amankan pasar.\\nSituasi aman,” tutupnya.', captions_start=None, byline=None)
    """
    return clean_lines(lines_of(text))


def clean_lines(
    lines: list[str], captions: list[str] | None = None, *, keep_bylines: bool = False
) -> Cleaned:
    """The same for lines that are stripped and not empty; ``captions`` are known to be such.

    With ``keep_bylines`` a line that names the writer is read but stays: in a plain text it is the only
    place where the name stands.
    """
    byline = None
    for _ in range(_PASSES):  # taking something away can lay bare something else, though seldom twice
        cleaner = _Cleaner(phrases(), list(captions or ()), keep_bylines)
        for line in lines:
            if not cleaner.take(line):
                break
        body, known = cleaner.finish()
        byline = byline or cleaner.byline
        done = body == lines
        lines, captions = body, known
        if done:
            break
    return _join(lines, captions or [], byline)


def _join(body: list[str], captions: list[str], byline: str | None) -> Cleaned:
    text = "\n".join(body)
    if not captions:
        return Cleaned(text, None, byline)
    start = len(text) + 1 if text else 0
    return Cleaned("\n".join([*body, *captions]), start, byline)


def is_furniture(line: str) -> bool:
    """Whether a line by itself is page furniture."""
    stripped = bare(line)
    if len(stripped) > _FURNITURE_MAX:
        return False
    return _Cleaner(phrases(), [], False).is_furniture(line, stripped, stripped.casefold())


def _last_word(name: str) -> str:
    return name[-12:].rsplit(" ", 1)[-1].lstrip("0123456789.,")


def _is_headline(line: str) -> bool:
    """Whether a line is a bullet and a title: most of its longer words in capitals, no full stop."""
    if line[0] not in _BULLETS or line[-1] in ".;," or len(line) > _FURNITURE_MAX:
        return False
    words = [word for word in line[1:].split() if len(word) > 3 and word[0].isalpha()]
    capitals = sum(word[0].isupper() for word in words)
    return len(words) >= _FEWEST_WORDS and capitals >= 0.8 * len(words) and _COUNTED.match(line) is None


def _is_tags(line: str) -> bool:
    """One lower-case tag, or several on a line that say one name again and again (``Polres X, X, …``)."""
    if _TAG.fullmatch(line):
        return True
    tags = line.split(",") if line[-1] not in _SENTENCE_ENDS and len(line) <= _CAPTION_MAX else []
    if len(tags) < _FEWEST_TAGS or any(not 0 < len(tag.split()) <= _LONGEST_TAG for tag in tags):
        return False
    said = Counter(word for tag in tags for word in set(tag.lower().split()) if len(word) > 3)
    return bool(said) and max(said.values()) >= 0.6 * len(tags)


class _Cleaner:
    """The state of one pass over the lines of one text."""

    def __init__(self, words: Phrases, captions: list[str], keep_bylines: bool) -> None:
        self.words = words
        self.keep_bylines = keep_bylines
        self.body: list[str] = []
        self.captions = captions
        self.byline: str | None = None
        self.length = 0
        self.title_follows = False
        self.in_list = False
        self.may_begin = True
        """Whether the line begins with a word that some phrase begins with."""
        self.signed = False
        """The writer was named below the text; a list behind that is of other articles."""

    def take(self, line: str) -> bool:
        """Sort one line; False when the article is over."""
        stripped = bare(line)
        self.may_begin = first_word(stripped) in self.words.first_words
        expected, self.title_follows = self.title_follows, False
        if expected and line[0] in _BULLETS and _is_headline(line):
            self.title_follows = True  # a list of other articles
            return True
        if len(stripped) <= _FURNITURE_MAX:
            name = stripped.casefold()
            if self._over(name):
                return False
            if name in self.words.sections or (self.in_list and line[-1] not in _SENTENCE_ENDS):
                self.in_list = self.length >= _END_AFTER
                return True
            if self.is_furniture(line, stripped, name) or (expected and line[-1] not in _SENTENCE_ENDS):
                return True
        if self.may_begin and self.words.syndicated.match(stripped):
            return True
        if self.in_list and _DATELINE.match(line):
            return False  # the next article of an endless page
        self.in_list = False
        if self._is_caption(line):
            if self.words.caption.fullmatch(line.rstrip(" :")) or not line.rstrip(" :-"):
                return True  # the label of a caption that is not there
            self.captions.append(line)
        else:
            self._add(line)
        return True

    def _add(self, line: str) -> None:
        """Put a line to the body; a dateline that stands alone belongs to the line behind it."""
        if self.body and _LONE_DATELINE.fullmatch(self.body[-1]) and line[0].isupper():
            self.body[-1] = f"{self.body[-1]} {line}"
        else:
            self.body.append(line)
        self.length += len(line)

    def finish(self) -> tuple[list[str], list[str]]:
        """The body, its wrapped lines joined, tags and signature off its end; and the captions."""
        body = join_wrapped(self.body)
        self._drop_headlines(body)
        while len(body) > 1 and self.length >= _TAGS_AFTER and _is_tags(body[-1]):
            body.pop()
        if body:
            body[-1] = self._without_tail(body[-1])
            if not body[-1]:
                body.pop()
        return body, self.captions

    def _drop_headlines(self, body: list[str]) -> None:
        """Take a bulleted list of other articles' headlines, two or more, off the end."""
        first = len(body)
        while first > 1 and self.length >= _TAGS_AFTER and _is_headline(body[first - 1]):
            first -= 1
        if len(body) - first >= _FEWEST_HEADLINES:
            del body[first:]

    def _without_tail(self, last: str) -> str:
        """The last line without related titles and signatures at its end; only the end is looked at."""
        end = len(last)
        while True:
            begin = max(0, end - _TAIL)
            tail = last[begin:end].rstrip()
            cut = self.words.trailing.sub("", tail)
            match = _SIGNATURE.search(cut)
            if match and not self._states_fact(match["who"]):
                self._sign(match["who"])
                cut = cut[: match.start()].rstrip()
            if begin + len(cut) == end:
                return last[:end]
            end = begin + len(cut)

    def _over(self, name: str) -> bool:
        """Whether the comment form begins here, behind which nothing belongs to the article."""
        if self.may_begin and self.words.end_prefix.match(name):
            return True
        return name in self.words.ends and self.length >= _END_AFTER

    def is_furniture(self, line: str, stripped: str, name: str) -> bool:
        words = self.words
        return (
            name in words.lines
            or name in words.ends
            or not _LETTER_OR_DIGIT.search(line)
            or (line[0] == "#" and _HASHTAGS.fullmatch(line) is not None)
            or (self.signed and line[0] in _BULLETS and line[-1] not in _SENTENCE_ENDS)
            or (_BARE_NUMBER.fullmatch(line) is not None and self._may_stand_alone())
            or (len(stripped) <= _INVITATION_MAX and words.contains.search(stripped) is not None)
            or (_last_word(name) in words.last_words and words.counter.match(stripped) is not None)
            or (self.may_begin and self._begins_like_furniture(stripped))
            or (line[0] in "([" and self._is_signature(line))
        )

    def _begins_like_furniture(self, stripped: str) -> bool:
        return (
            self.words.prefix.match(stripped) is not None
            or self._is_related(stripped)
            or self._is_byline(stripped)
            or self._is_report_line(stripped)
            or self.words.placeholder.fullmatch(stripped) is not None
        )

    def _is_related(self, stripped: str) -> bool:
        match = self.words.related.match(stripped)
        if match is None:
            return False
        self.title_follows = match.end() == len(stripped)
        return True

    def _is_byline(self, stripped: str) -> bool:
        match = self.words.byline.match(stripped)
        if match is None or self._states_fact(stripped):
            return False
        self._sign(match["who"])
        self.signed = self.length >= _SIGNED_AFTER
        return not self.keep_bylines

    def _is_report_line(self, stripped: str) -> bool:
        match = self.words.report.match(stripped)
        if match is None:
            return False
        self._sign(match["who"])
        return not self.keep_bylines

    def _may_stand_alone(self) -> bool:
        """Whether a number here is no piece of a torn sentence."""
        return self.length < _END_AFTER or self.body[-1][-1] in _SENTENCE_ENDS

    def _is_signature(self, line: str) -> bool:
        match = _SIGNATURE_LINE.fullmatch(line)
        if match is None or self._states_fact(line):
            return False
        self._sign(match["who"])
        return True

    def _is_caption(self, line: str) -> bool:
        if len(line) > _CAPTION_MAX:
            return False
        if line[-1] == "-" and (line.endswith("--") or _CREDIT.search(line[-60:])):
            return True
        if self.may_begin and self.words.caption.match(line) is not None:
            return True
        return ":" in line[-70:] and self.words.credit.search(line, max(0, len(line) - 80)) is not None

    def _states_fact(self, line: str) -> bool:
        return self.words.keep.search(line) is not None

    def _sign(self, who: str) -> None:
        """Keep a writer's name for the byline, the first that is one."""
        name = who.strip(" .,-*/|")
        if self.byline is None and name.casefold() not in self.words.signatures and _LETTER.search(name):
            self.byline = name
