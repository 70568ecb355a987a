"""Named persons where the text introduces them: behind a rank, beside a post, by initials or age.

Each becomes a ``PersonSpan`` with the rank and the post that stand with it. Who is the same person as
whom is decided in ``coref``, who is an officer in ``officers``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.extract.document import Document
from pipeline.extract.rules.names import NameMention, name_at
from pipeline.extract.rules.positions import PositionMention
from pipeline.extract.rules.post_reach import is_place
from pipeline.extract.rules.ranks import RankMention
from pipeline.extract.rules.units import UnitMention
from pipeline.extract.tokens import Tokens
from pipeline.extract.words import words


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

    def __init__(self, doc: Document, posts: Sequence[PositionMention], units: Sequence[UnitMention]) -> None:
        self.tokens: Tokens = doc.tokens
        self.posts = list(posts)
        self.post_from = {post.first: post for post in posts}
        self.post_to = {post.last: post for post in posts}
        named = [unit for unit in units if unit.form == "name"]
        self.unit_from = {self.tokens.at(unit.start): unit for unit in named}
        self.unit_to = {self.tokens.until(unit.end): unit for unit in named}
        self.begins = self.unit_from.keys() | self.post_from.keys()
        self._links = words("persons")

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
        index = self.back(index, "before_name")
        unit: UnitMention | None = None
        for _ in range(3):
            if index in self.post_to:
                mention = self.post_to[index]
                return Post(mention, mention.unit or unit), mention.first
            if index not in self.unit_to:
                stepped = self._over_place(index)
                if stepped == index:
                    return None
                index = stepped
                continue
            unit = self.unit_to[index]
            index = self.back(self.tokens.at(unit.start), "unit_link")
        return None

    def _over_place(self, index: int) -> int:
        """``Bhabinkamtibmas Desa Talun Bripka X``: a place of up to four words may stand between."""
        classes = words("positions")["place_classes"]
        at = index
        while at > 0 and index - at < 5:
            at -= 1
            if at in self.post_to:
                return at
            word = self.tokens.words[at]
            if self.tokens.lower[at] in classes and at in self.post_to:
                return at
            if not (word[0].isupper() or word in "/.0123456789" or word.isdigit()):
                return index
        return index

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


def find_persons(
    doc: Document,
    ranks: Sequence[RankMention],
    posts: Sequence[PositionMention],
    units: Sequence[UnitMention],
    proposed: Sequence[tuple[int, int]] = (),
) -> list[PersonSpan]:
    """Every named person that the text introduces, in order, each with its post.

    ``proposed`` are names that a model sees; one that the rules do not have is taken where the rules'
    idea of a name ends at the same character.
    """
    around = Surroundings(doc, posts, units)
    found = _behind_ranks(doc, ranks)
    taken = {index for person in found for index in range(person.left, person.name.last)}
    found += _behind_posts(doc, around, taken)
    found += _in_apposition(doc, around, {i for p in found for i in range(p.left, p.name.last)})
    found += _by_age(doc, {i for p in found for i in range(p.left, p.name.last)})
    found += _introduced(doc, {i for p in found for i in range(p.left, p.name.last)})
    found += _proposed(doc, around, proposed, {i for p in found for i in range(p.left, p.name.last)})
    found.sort(key=lambda person: person.name.start)
    return _with_posts(around, found)


def _behind_ranks(doc: Document, ranks: Sequence[RankMention]) -> list[PersonSpan]:
    tokens, links, found = doc.tokens, words("persons"), []
    for rank in ranks:
        at, retired = rank.last, False
        while at < len(tokens) and tokens.lower[at] in links["rank_to_name"]:
            retired = retired or tokens.lower[at] in links["retired"]
            at += 1
        name = name_at(doc, at, lower_ok=at == rank.last)
        if name is not None:
            found.append(PersonSpan(name, rank, None, "", retired, rank.confidence))
    return found


def _behind_posts(doc: Document, around: Surroundings, taken: set[int]) -> list[PersonSpan]:
    """``Bupati Banjar Said Idrus``, ``Kapolri Drs. H.M. Tito Karnavian``: a post with no rank behind it."""
    tokens, found = doc.tokens, []
    for post in around.posts:
        if _names_nobody(tokens, post):
            continue
        _, last = around.unit_after(post)
        comma = last < len(tokens) and tokens.words[last] == ","
        at = around.forth(last + comma, "address")
        if at in taken or at >= len(tokens) or at in around.begins:
            continue
        name = name_at(doc, at)
        if name is None or any(
            i in taken or i in around.unit_from or i in around.post_from for i in _span(name)
        ):
            continue
        if _plausible(doc, name) and not _is_field(around, name, taken) and _set_off(doc, name, comma=comma):
            found.append(PersonSpan(name, None, None, "", confidence=0.8, rule="post-name"))
    return found


def _names_nobody(tokens: Tokens, post: PositionMention) -> bool:
    """Former posts, duties, bare heads and posts in brackets are not followed by their holder."""
    bracket = post.last < len(tokens) and tokens.words[post.last] == ")"
    duty = post.canonical.lower() in words("positions")["duties"]
    return post.is_former or duty or bracket or post.canonical in ("Ketua", "Kepala")


def _is_field(around: Surroundings, name: NameMention, taken: set[int]) -> bool:
    """Capitalised words before a rank, a unit or a body of one belong to the post, not to a person."""
    tokens = around.tokens
    behind = range(name.last, min(len(tokens), name.last + 4))
    if any(i in taken or i in around.unit_from for i in behind if "\n" not in tokens.words[name.last : i]):
        return True
    bodies = tuple(words("positions")["bodies_of_units"])
    return name.last < len(tokens) and tokens.lower[name.last].startswith(bodies)


def _in_apposition(doc: Document, around: Surroundings, taken: set[int]) -> list[PersonSpan]:
    """``Budi Santoso selaku Kapolsek X``, ``Rafli, Kepala Sekolah …``: a name before its post."""
    found = []
    for post in around.posts:
        at = around.back(post.first, "apposition")
        if at in (post.first, 0):
            continue
        name = _name_ending(doc, at, taken)
        if name is None or name.first in around.post_to or name.first in around.unit_to:
            continue
        if len(name.parts) > 1 and _plausible(doc, name):
            found.append(PersonSpan(name, None, None, "", confidence=0.75, rule="name-post"))
    return found


def _by_age(doc: Document, taken: set[int]) -> list[PersonSpan]:
    """``SAH (22)``, ``Toyo S (45 tahun)``: an age in brackets follows the name of a suspect or victim."""
    tokens, found = doc.tokens, []
    for index in range(1, len(tokens) - 2):
        if tokens.words[index] != "(" or not _is_age(tokens.words[index + 1]):
            continue
        name = _initials_ending(doc, index) or _name_ending(doc, index, taken)
        if name is not None and not any(i in taken for i in _span(name)):
            found.append(PersonSpan(name, None, None, "", confidence=0.85, rule="name-age"))
    return found


def _name_ending(doc: Document, end: int, taken: set[int]) -> NameMention | None:
    """The name that ends right before a word: it must begin where the run of capitalised words begins."""
    tokens = doc.tokens
    first = end
    while first > 0 and end - first < 7 and first - 1 not in taken:
        word = tokens.words[first - 1]
        joins = word == "." and first > 1 and len(tokens.words[first - 2]) <= 3
        if not (word[0].isupper() or joins):
            break
        first -= 1
    while first < end and tokens.lower[first] in words("names")["address"]:
        first += 1
    name = name_at(doc, first) if first < end else None
    if name is None or any(i in taken for i in _span(name)):
        return None
    closes = name.last == end or (name.degrees is not None and name.degrees.end <= tokens.starts[end])
    return name if closes else None


def _initials_ending(doc: Document, end: int) -> NameMention | None:
    """Initials of up to three capitals right before a word (``Korbannya VL (26)``)."""
    tokens, last = doc.tokens, end - 1
    word = tokens.words[last]
    if not (word.isupper() and word.isalpha() and len(word) <= 3):
        return None
    before = last - 1
    named = (
        before >= 0
        and tokens.words[before][0].isupper()
        and before > 0
        and tokens.words[before - 1] not in ".\n"
    )
    if named:
        return None
    return NameMention(tokens.starts[last], tokens.ends[last], last, end, (tokens.lower[last],), None, None)


def _is_age(word: str) -> bool:
    return word.isdigit() and 1 <= len(word) <= 2 and 3 <= int(word) <= 99


def _introduced(doc: Document, taken: set[int]) -> list[PersonSpan]:
    """``berinisial SAH``, ``bernama Toyo``, ``kata Jumaida``: a word that a person follows."""
    tokens, found = doc.tokens, []
    introducers = words("names")["introducers"]
    speech = words("persons")["before_speaker"]
    for index in range(len(tokens) - 1):
        low = tokens.lower[index]
        if low not in introducers and low not in speech:
            continue
        at = index + 1
        while at < len(tokens) and tokens.lower[at] in words("names")["address"]:
            at += 1
        name = name_at(doc, at) if at not in taken else None
        if name is None or any(i in taken for i in _span(name)):
            continue
        if low in speech and (_is_place(doc, name) or any(p in doc.lower_words for p in name.parts)):
            continue
        found.append(PersonSpan(name, None, None, "", confidence=0.75, rule="introduced"))
    return found


def _proposed(
    doc: Document, around: Surroundings, proposed: Sequence[tuple[int, int]], taken: set[int]
) -> list[PersonSpan]:
    """Names that only a model sees."""
    held = {i for p in around.posts for i in range(p.first, p.last)} | set(around.unit_from) | taken
    found = []
    for start, end in proposed:
        at = doc.tokens.at(start)
        name = name_at(doc, at) if at < len(doc.tokens) and doc.tokens.starts[at] == start else None
        if name is None or name.end != end or any(i in held for i in _span(name)):
            continue
        found.append(PersonSpan(name, None, None, "", confidence=0.7, rule="model"))
    return found


def _set_off(doc: Document, name: NameMention, *, comma: bool) -> bool:
    """Whether a name ends like one: with a degree, punctuation or a verb of speech.

    Two words right behind the post need no such sign; one word, or a name behind a comma, does.
    """
    tokens = doc.tokens
    if name.degrees is not None or (len(name.parts) > 1 and not comma):
        return True
    if name.last >= len(tokens) or (comma and len(name.parts) < 2):
        return False
    speech = tokens.lower[name.last] in words("names")["stops.speech"]
    return speech or (tokens.words[name.last] in ",()" and comma)


def _plausible(doc: Document, name: NameMention) -> bool:
    """Whether capitalised words that no rank introduces may be a person's name."""
    if doc.is_heading(name.start) or _is_place(doc, name):
        return False
    if len(name.parts) == 1 and len(name.parts[0]) < 3:
        return False
    stops = words("names")["stops"]
    return not any(part in stops or part in doc.lower_words for part in name.parts if len(part) > 2)


def _span(name: NameMention) -> range:
    return range(name.first, name.last)


def _is_place(doc: Document, name: NameMention) -> bool:
    return is_place(doc.tokens, name.first, name.last)


def _with_posts(around: Surroundings, people: list[PersonSpan]) -> list[PersonSpan]:
    """Give each person the post beside it; a post between two people goes to the one it fits."""
    left = [around.post_before(person.left) for person in people]
    chain = _post_follows(around, people, left)
    linked: list[PersonSpan] = []
    for index, person in enumerate(people):
        before = left[index]
        if before is not None and not (index and chain[index - 1] == before[0].mention.first):
            linked.append(replace(person, post=before[0], side="left"))
            continue
        after = around.post_after(_behind(around, person))
        free = after is not None and (
            index + 1 == len(people) or _free(left[index + 1], after[0], chain[index])
        )
        linked.append(replace(person, post=after[0], side="right") if after and free else person)
    return linked


def _free(next_left: tuple[Post, int] | None, post: Post, chained: int | None) -> bool:
    return next_left is None or next_left[0].mention is not post.mention or chained == post.mention.first


def _behind(around: Surroundings, person: PersonSpan) -> int:
    end = person.name.degrees.end if person.name.degrees else person.name.end
    return around.tokens.at(end)


def _post_follows(
    around: Surroundings, people: list[PersonSpan], left: list[tuple[Post, int] | None]
) -> list[int | None]:
    """For each person the post behind the name that is its own although another rank follows it.

    In ``AKP A, Kasat Reskrim, AKP B, Kasat Lantas`` each post belongs to the name before it: the first
    of the chain has none on its left, and the last has one on its right that nobody else claims.
    """
    owned: list[int | None] = [None] * len(people)
    for index, person in enumerate(people):
        before = left[index]
        has_left = before is not None and not (index and owned[index - 1] == before[0].mention.first)
        after = around.post_after(_behind(around, person))
        if has_left or after is None:
            continue
        tokens = around.tokens
        bracket = tokens.words[around.tokens.at(after[0].mention.start) - 1] == "("
        last_of_chain = index + 1 == len(people) or left[index + 1] is None
        ends_chain = any(
            around.post_after(_behind(around, other)) is not None for other in people[index + 1 : index + 2]
        )
        explicit = tokens.lower[after[0].mention.first - 1] in words("persons")["explicit"]
        if bracket or explicit or last_of_chain or ends_chain:
            owned[index] = after[0].mention.first
    return owned
