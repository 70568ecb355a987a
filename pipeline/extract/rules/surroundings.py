"""What stands beside a name: posts and units by the words where they begin and end."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from pipeline.extract.document import Document
from pipeline.extract.rules.names import NameMention
from pipeline.extract.rules.orgs import OrgMention
from pipeline.extract.rules.positions import PositionMention
from pipeline.extract.rules.ranks import RankMention, rank_starts
from pipeline.extract.rules.units import UnitMention
from pipeline.extract.tokens import Tokens
from pipeline.extract.words import words

_LONGEST_PLACE = 9


@dataclass(frozen=True, slots=True)
class Post:
    """A post as held by a person: the mention, and the unit that stands with it."""

    mention: PositionMention
    unit: UnitMention | None


@dataclass(frozen=True, slots=True)
class PersonSpan:
    """A name in the text with what stands beside it."""

    name: NameMention
    rank: RankMention | None
    post: Post | None
    side: str
    """Where the post stands: ``left``, ``right`` or empty."""
    is_retired: bool = False
    confidence: float = 0.95
    rule: str = "rank-name"

    @property
    def left(self) -> int:
        """Index of the first word of rank, titles or name."""
        return self.rank.first if self.rank else self.name.first


class Surroundings:
    """Posts and units of an article by the words where they begin and end."""

    def __init__(
        self,
        doc: Document,
        posts: Sequence[PositionMention],
        units: Sequence[UnitMention],
        orgs: Sequence[OrgMention] = (),
    ) -> None:
        self.tokens: Tokens = doc.tokens
        self.posts = list(posts)
        self._firsts = [post.first for post in self.posts]
        self.post_from = {post.first: post for post in posts}
        self.post_to = {post.last: post for post in posts}
        named = [unit for unit in units if unit.form == "name"]
        self.unit_from = {self.tokens.at(unit.start): unit for unit in named}
        self.unit_to = {self.tokens.until(unit.end): unit for unit in named}
        self.org_from = {self.tokens.at(org.start): self.tokens.until(org.end) for org in orgs}
        self.begins = self.unit_from.keys() | self.post_from.keys()
        self._links = words("persons")

    def posts_from(self, index: int, before: int | None = None) -> Iterator[PositionMention]:
        """Posts that begin at or after a word (and before another), in order."""
        stop = len(self.posts) if before is None else bisect_left(self._firsts, before)
        return islice(self.posts, bisect_left(self._firsts, index), stop)

    def posts_before(self, index: int) -> PositionMention | None:
        """The last post that begins before a word."""
        found = bisect_left(self._firsts, index)
        return self.posts[found - 1] if found else None

    def back(self, index: int, group: str) -> int:
        """Step back over the words of a group that may stand between two neighbours."""
        allowed = self._links[group]
        while index > 0 and self.tokens.lower[index - 1] in allowed:
            index -= 1
        return index

    def forth(self, index: int, group: str) -> int:
        """Step forward over the words of a group."""
        allowed = self._links[group]
        while index < len(self.tokens) and self.tokens.lower[index] in allowed:
            index += 1
        return index

    def post_before(self, index: int) -> tuple[Post, int] | None:
        """The post whose holder is named at a word, and where it begins."""
        while index > 0 and self.tokens.lower[index - 1] == self.tokens.lower[index]:
            index -= 1  # a rank written twice
        near = self._links["before_name"]
        while index > 0 and not self._ends_here(index) and self.tokens.lower[index - 1] in near:
            index -= 1
        unit: UnitMention | None = None
        for _ in range(4):
            if index in self.post_to:
                mention = self.post_to[index]
                real = self._beside_duty(mention)
                return real or (Post(mention, mention.unit or unit), mention.first)
            if index not in self.unit_to:
                stepped = self._over_place(index)
                if stepped == index:
                    return None
                index = stepped
                continue
            unit = self.unit_to[index]
            index = self.back(self.tokens.at(unit.start), "unit_link")
            if (
                index not in self.post_to
                and self.tokens.words[index - 1] == ")"
                and index - 1 in self.post_to
            ):
                index -= 1  # a post in brackets: ``Kepala Satuan … (Kasatlantas) Polres X``
        return None

    def _beside_duty(self, duty: PositionMention) -> tuple[Post, int] | None:
        """The post of one who has a duty as well: ``Kadivhubinter Polri selaku Katim Supervisi Irjen X``."""
        before = duty.first - 1
        is_duty = duty.canonical.lower() in words("positions")["duties"]
        if not is_duty or before < 1 or self.tokens.lower[before] not in self._links["explicit"]:
            return None
        return self.post_before(before)

    def _over_place(self, index: int) -> int:
        """A place or a body, and the words that post somebody there, may stand between a post and its holder.

        ``Babinsa Koramil 03/Kota Kodim 0712/Tegal Serda X``,
        ``Bhabinkamtibmas Desa Talun Bripka X``, ``… Polsek Y yang bertugas di Desa Z Bripka X``.
        """
        at = index
        while at > 0 and index - at < _LONGEST_PLACE and not self._ends_here(at):
            word = self.tokens.words[at - 1]
            if self.tokens.lower[at - 1] in rank_starts():
                return index  # what stands there is somebody else's name
            if not (word[0].isupper() or word.isdigit() or word in "/."):
                break
            at -= 1
        if at < index:
            at = self.back(at, "posted_to")
        if at < index and not self._ends_here(at) and self.tokens.words[at - 1] == ",":
            at = at - 1 if self.tokens.lower[at] in words("positions")["place_classes"] else index
        return at if self._ends_here(at) else index

    def _ends_here(self, index: int) -> bool:
        return index in self.post_to or index in self.unit_to

    def post_after(self, index: int) -> tuple[Post, int] | None:
        """The post told behind a name (``, Kasat Lantas Polres X``, ``selaku …``) and where it ends."""
        at = self.forth(index, "after_name")
        if at == index or at not in self.post_from:
            return None
        mention = self.post_from[at]
        unit, last = self.unit_after(mention)
        return Post(mention, mention.unit or unit), last

    def unit_after(self, mention: PositionMention) -> tuple[UnitMention | None, int]:
        """The unit right behind a post."""
        at = self.forth(mention.last, "unit_link")
        unit = self.unit_from.get(at)
        return (unit, self.tokens.until(unit.end)) if unit else (None, mention.last)

    def body_end(self, mention: PositionMention) -> int:
        """Index behind a post and the unit or organisation that it belongs to."""
        _, last = self.unit_after(mention)
        return self.org_from.get(last, last)
