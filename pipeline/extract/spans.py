"""The tagged spans of an article: flat, never overlapping, the first label added wins."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pipeline.extract.document import Document
from pipeline.records import Mention


class SpanSet:
    """Collects spans by label; one that overlaps an earlier label is left out."""

    def __init__(self, doc: Document) -> None:
        self._text = doc.text
        self._covered = bytearray(len(doc.text))
        self._found: list[Mention] = []

    def add(self, label: str, spans: Iterable[tuple[int, int, float, str]]) -> None:
        """Add spans (start, end, score, rule) of a label, the longest first where they overlap."""
        for start, end, score, rule in sorted(spans, key=lambda span: (span[0] - span[1], span[0])):
            if start < end and not any(self._covered[start:end]):
                self._covered[start:end] = b"\x01" * (end - start)
                self._found.append(
                    Mention(label, start, end, self._text[start:end], "rule", round(score, 3), rule)
                )

    def taken(self) -> list[tuple[int, int]]:
        """Start and end of everything found so far."""
        return [(mention.start, mention.end) for mention in self._found]

    def named(self, label: str) -> list[Mention]:
        """What was found so far of one label."""
        return [mention for mention in self._found if mention.label == label]

    def __iter__(self) -> Iterator[Mention]:
        return iter(self.mentions())

    def mentions(self) -> list[Mention]:
        """All spans, sorted."""
        return sorted(self._found, key=lambda mention: (mention.start, mention.end))
