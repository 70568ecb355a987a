"""Named persons where the text introduces them: behind a rank, beside a post, by initials or age.

Each becomes a ``PersonSpan`` with the rank and the post that stand with it. Who is the same person as
whom is decided in ``coref``, who is an officer in ``officers``.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from pipeline.extract.document import Document
from pipeline.extract.rules.names import NameMention, is_named_after_place, name_at, name_ending, plausible
from pipeline.extract.rules.orgs import OrgMention
from pipeline.extract.rules.person_posts import with_posts
from pipeline.extract.rules.positions import PositionMention
from pipeline.extract.rules.ranks import RankMention
from pipeline.extract.rules.surroundings import PersonSpan, Surroundings
from pipeline.extract.rules.told_places import ToldPlaces
from pipeline.extract.rules.units import UnitMention
from pipeline.extract.tokens import Tokens
from pipeline.extract.words import words

_BRIGADIER = 19


_MODEL = "model"


def find_persons(
    doc: Document,
    ranks: Sequence[RankMention],
    posts: Sequence[PositionMention],
    units: Sequence[UnitMention],
    orgs: Sequence[OrgMention] = (),
    proposed: Sequence[tuple[int, int]] = (),
) -> list[PersonSpan]:
    """Every named person that the text introduces, in order, each with its post.

    ``proposed`` are names that a model sees; one that the rules do not have is taken where the rules'
    idea of a name ends at the same character and a post stands beside it (without, it only misleads:
    speakers fell from 0.978 to 0.933 in cross-validation).
    """
    around = Surroundings(doc, posts, units, orgs)
    found = _behind_ranks(doc, ranks)
    taken = {index for person in found for index in range(person.left, person.name.last)}
    found += _behind_posts(doc, around, taken)
    found += _in_apposition(doc, around, {i for p in found for i in range(p.left, p.name.last)})
    found += _by_age(doc, {i for p in found for i in range(p.left, p.name.last)})
    found += _introduced(doc, {i for p in found for i in range(p.left, p.name.last)})
    found += _proposed(doc, around, proposed, {i for p in found for i in range(p.left, p.name.last)})
    found.sort(key=lambda person: person.name.start)
    return [person for person in with_posts(around, found) if person.post or person.rule != _MODEL]


def _behind_ranks(doc: Document, ranks: Sequence[RankMention]) -> list[PersonSpan]:
    tokens, links, found = doc.tokens, words("persons"), []
    for rank in ranks:
        at, retired = rank.last, False
        while at < len(tokens) and tokens.lower[at] in links["rank_to_name"]:
            retired = retired or tokens.lower[at] in links["retired"]
            at += 1
        name = name_at(doc, at, lower_ok=at == rank.last)
        if name is not None and not _is_street(rank, name) and not _counts_stars(tokens, name):
            found.append(PersonSpan(name, rank, None, "", retired, rank.confidence))
    return found


def _counts_stars(tokens: Tokens, name: NameMention) -> bool:
    """``Jenderal Bintang Dua`` is an epithet."""
    number = tokens.lower[name.last] if name.last < len(tokens) else ""
    return (
        number in words("positions")["numbers"] | {"satu"} and name.parts[0] in words("persons")["insignia"]
    )


def _is_street(rank: RankMention, name: NameMention) -> bool:
    """``di Jenderal Sudirman``: the general is long dead, the street bears his name."""
    return (rank.rank.order or 0) >= _BRIGADIER and " ".join(name.parts) in words("ranks")["street_names"]


def _behind_posts(doc: Document, around: Surroundings, taken: set[int]) -> list[PersonSpan]:
    """``Bupati Banjar Said Idrus``, ``Kapolri Drs. H.M. Tito Karnavian``: a post with no rank behind it."""
    tokens, found, told = doc.tokens, [], ToldPlaces(doc)
    for post in around.posts:
        if _names_nobody(tokens, post):
            continue
        last = around.body_end(post)
        if last == post.last and post.canonical.lower() in words("positions")["bare_heads"]:
            continue
        comma = last < len(tokens) and tokens.words[last] == ","
        at = around.forth(told.behind(last) if not comma else last + 1, "address")
        if at in taken or at >= len(tokens) or at in around.begins:
            continue
        name = name_at(doc, _behind_acronym(tokens, at))
        if name is None or any(i in taken or i in around.begins for i in _span(name)):
            continue
        if _is_village(doc, around, name):
            continue
        if plausible(doc, name) and not _is_field(around, name, taken) and _set_off(doc, name, comma=comma):
            found.append(PersonSpan(name, None, None, "", confidence=0.8, rule="post-name"))
    return found


def _is_village(doc: Document, around: Surroundings, name: NameMention) -> bool:
    """Whether the text tells elsewhere that the words are a place (``Desa Kameloh Baru``)."""
    words_of_name = doc.tokens.lower[name.first : name.last]
    places = words("positions")["place_classes"]
    return any(
        index and doc.tokens.lower[index : index + len(words_of_name)] == words_of_name
        for index in doc.indices_of({words_of_name[0]})
        if index and doc.tokens.lower[index - 1] in places and index not in around.post_to
    )


def _names_nobody(tokens: Tokens, post: PositionMention) -> bool:
    """Former posts, duties, heads of bases and posts in brackets are not followed by their holder."""
    bracket = post.last < len(tokens) and tokens.words[post.last] == ")"
    lists = words("positions")
    other = post.canonical.lower() in lists["duties"] or post.canonical.lower() in lists["of_a_base"]
    return post.is_former or other or bracket


def _behind_acronym(tokens: Tokens, index: int) -> int:
    """``Presiden KSPI Riden Hatam``: capitals of three letters or more before a name are a body's."""
    word = tokens.words[index]
    following = tokens.words[index + 1] if index + 1 < len(tokens) else ""
    acronym = len(word) > 2 and word.isupper() and following[:1].isupper() and not following.isupper()
    return index + 1 if acronym else index


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
        name = name_ending(doc, at, taken)
        if name is None or not _opens_a_clause(doc, name.first):
            continue
        acronym = name.first != _behind_acronym(doc.tokens, name.first)
        if len(name.parts) > 1 and not acronym and plausible(doc, name):
            found.append(PersonSpan(name, None, None, "", confidence=0.75, rule="name-post"))
    return found


def _opens_a_clause(doc: Document, index: int) -> bool:
    """Whether a lower-case word or a sentence's end stands before: not an item of a list of offices."""
    before = doc.tokens.words[index - 1] if index else "."
    return before in '.\n"“' or before.islower()


def _by_age(doc: Document, taken: set[int]) -> list[PersonSpan]:
    """``SAH (22)``, ``Toyo S (45 tahun)``, ``HS, 41 dan R, 33``: an age follows a suspect or victim."""
    tokens, found = doc.tokens, []
    units = words("persons")["age_units"]
    for index in doc.indices_of({"(", ","}):
        if not 0 < index < len(tokens) - 2 or not _is_age(tokens.words[index + 1]):
            continue
        if tokens.lower[index + 2] not in units:
            continue
        name = _initials_ending(doc, index)
        if name is None and tokens.words[index] == "(":
            name = name_ending(doc, index, taken)
        if name is not None and not any(i in taken for i in _span(name)):
            found.append(PersonSpan(name, None, None, "", confidence=0.85, rule="name-age"))
    return found


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


@cache
def _introducers() -> frozenset[str]:
    return words("names")["introducers"] | words("persons")["before_speaker"]


def _introduced(doc: Document, taken: set[int]) -> list[PersonSpan]:
    """``berinisial SAH``, ``bernama Toyo``, ``kata Jumaida``: a word that a person follows."""
    tokens, found = doc.tokens, []
    speech = words("persons")["before_speaker"]
    for index in doc.indices_of(words("persons")["address"]):
        name = _addressed(doc, index + 1, taken)
        if name is not None:
            found.append(PersonSpan(name, None, None, "", confidence=0.75, rule="addressed"))
            taken = taken | set(_span(name))
    for index in doc.indices_of(_introducers()):
        low, at = tokens.lower[index], index + 1
        while at < len(tokens) and tokens.lower[at] in words("names")["address"]:
            at += 1
        name = name_at(doc, at) if at not in taken else None
        if name is None or any(i in taken for i in _span(name)):
            continue
        if low in speech and (
            is_named_after_place(doc, name) or any(p in doc.lower_words for p in name.parts)
        ):
            continue
        found.append(PersonSpan(name, None, None, "", confidence=0.75, rule="introduced"))
    return found


def _addressed(doc: Document, index: int, taken: set[int]) -> NameMention | None:
    """``Bapak Suganda menyampaikan``, ``Bpk. Komarudin, mengucapkan``: a civilian who is about to speak."""
    tokens = doc.tokens
    index += tokens.words[index : index + 1] == ["."]
    name = name_at(doc, index) if index < len(tokens) and index not in taken else None
    if name is None or any(i in taken for i in _span(name)) or not plausible(doc, name):
        return None
    behind = tokens.at(name.degrees.end) if name.degrees else name.last
    behind += tokens.words[behind : behind + 1] == [","]
    speaks = behind < len(tokens) and tokens.lower[behind] in words("names")["stops.speech"]
    return name if speaks else None


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
        found.append(PersonSpan(name, None, None, "", confidence=0.7, rule=_MODEL))
    return found


def _set_off(doc: Document, name: NameMention, *, comma: bool) -> bool:
    """Whether a name ends like one: with a degree, punctuation or a verb of speech.

    Two words right behind the post need no such sign; one word, or a name behind a comma, does; and one word
    behind a comma must speak (``Kepala Desa X, Sembodo mengatakan``).
    """
    tokens = doc.tokens
    if name.degrees is not None or (len(name.parts) > 1 and not comma):
        return True
    if name.last >= len(tokens):
        return False
    speech = tokens.lower[name.last] in words("names")["stops.speech"]
    return speech or (tokens.words[name.last] in ",()" and comma and len(name.parts) > 1)


def _span(name: NameMention) -> range:
    return range(name.first, name.last)
