"""Persons who are tagged in the text and stand in no record: neighbours, witnesses, authors, candidates.

They have neither rank nor post, so that they are found by what stands beside the name: a degree, a title,
an age, a form of address, a colon behind ``Editor``. What is found here is a span and nothing more: it
never becomes an officer or a speaker.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from pipeline.extract.document import Document
from pipeline.extract.lexicon import Lexicon
from pipeline.extract.rules.credits import find_credits
from pipeline.extract.rules.degrees import DegreeRun, first_words
from pipeline.extract.rules.names import NameMention, is_capital, name_at, name_ending, plausible
from pipeline.extract.rules.post_reach import place_words_end
from pipeline.extract.rules.told_places import ToldPlaces
from pipeline.extract.tokens import Tokens
from pipeline.extract.words import joined, words

_INITIALS = 3
_MAX_PAIR = 3
_BEFORE_VERB = ",\"”“’'"


@dataclass(frozen=True, slots=True)
class Bystander:
    """A person's name in the text, with the degrees that stand with it."""

    start: int
    end: int
    confidence: float
    rule: str
    degrees: tuple[DegreeRun, ...] = ()


@dataclass(frozen=True, slots=True)
class Offices:
    """Where posts and organisations stand: ``Ketua KPU Kalbar, Sembodo``."""

    posts: Sequence[tuple[int, int]] = ()
    orgs: Sequence[tuple[int, int]] = ()


class _Finder:
    """One article's bystanders; a word is used once."""

    def __init__(self, doc: Document, blocked: Iterable[tuple[int, int]]) -> None:
        self.doc, self.tokens = doc, doc.tokens
        self.taken: set[int] = set()
        self.found: list[Bystander] = []
        self.block(blocked)

    def block(self, spans: Iterable[tuple[int, int]]) -> None:
        """Words that are something else."""
        for start, end in spans:
            self.taken.update(range(self.tokens.at(start), self.tokens.until(end)))

    def free(self, first: int, last: int) -> bool:
        return not any(index in self.taken for index in range(first, last))

    def add(
        self, first: int, last: int, score: float, rule: str, degrees: Iterable[DegreeRun | None] = ()
    ) -> None:
        """Keep the words from ``first`` up to ``last`` as a name, if none of them is used."""
        if first < last and self.free(first, last):
            self.taken.update(range(first, last))
            runs = tuple(run for run in degrees if run is not None)
            start, end = self.tokens.starts[first], self.tokens.ends[last - 1]
            self.found.append(Bystander(start, end, score, rule, runs))

    def add_name(self, name: NameMention | None, score: float, rule: str) -> None:
        if name is not None and plausible(self.doc, name):
            self.add(name.first, name.last, score, rule, (name.titles, name.degrees))


def find_bystanders(
    doc: Document,
    blocked: Iterable[tuple[int, int]],
    places: Iterable[tuple[int, int]] = (),
    offices: Offices | None = None,
    known: Iterable[tuple[int, int]] = (),
) -> list[Bystander]:
    """Every such person outside the blocked spans, in order; ``known`` are names that are found already.

    A place is no person, but for the initials of a credit line.
    """
    finder = _Finder(doc, blocked)
    for first, last in find_credits(doc):
        finder.add(first, last, 0.85, "credit")
    finder.block([*places, *offices.orgs] if offices else places)
    _with_initials(finder)
    _with_degrees(finder)
    _with_titles(finder)
    _of_bodies(finder, offices or Offices())
    _addressed(finder)
    _in_roles(finder)
    _aged(finder)
    _residents(finder)
    _one_of_many(finder)
    _aliases(finder)
    _who_said(finder)
    persons = [*known, *((person.start, person.end) for person in finder.found)]
    _pairs(finder, persons)
    _mentioned_again(finder)
    return sorted(finder.found, key=lambda person: person.start)


def is_initials(tokens: Tokens, index: int) -> bool:
    """Up to three capitals that are no common abbreviation and no part of a number plate."""
    if index >= len(tokens):
        return False
    word = tokens.words[index]
    letters = word.isalpha() and word.isupper() and len(word) <= _INITIALS
    plate = index > 0 and tokens.words[index - 1].isdigit()
    plate = plate or (index + 1 < len(tokens) and tokens.words[index + 1].isdigit())
    return letters and not plate and tokens.lower[index] not in words("bystanders")["no_initials"]


def _with_initials(finder: _Finder) -> None:
    """``korban ST``, ``berinisial NW, JJ, dan AW``, ``IS (35), EH (29) dan RA``."""
    tokens, lists = finder.tokens, words("bystanders")
    for index in finder.doc.indices_of(lists["initialled"]):
        at = index + 1
        if is_initials(tokens, at) and not is_capital(tokens, at + 1):
            finder.add(at, at + 1, 0.8, "initials")
            _go_on(finder, at + 1)
    for index in finder.doc.indices_of(frozenset(")")):
        aged = index > 2 and tokens.words[index - 2] == "(" and tokens.words[index - 1].isdigit()
        if aged and is_initials(tokens, index - 3):
            _go_on(finder, index + 1)


def _go_on(finder: _Finder, index: int) -> None:
    """Further initials of a list."""
    tokens, between = finder.tokens, words("bystanders")["between"]
    while index < len(tokens) and tokens.lower[index] in between:
        while index < len(tokens) and tokens.lower[index] in between:
            index += 1
        if not is_initials(tokens, index) or is_capital(tokens, index + 1):
            return
        finder.add(index, index + 1, 0.8, "initials")
        index += 1


def _with_degrees(finder: _Finder) -> None:
    """``Hendra Sembodo, S.Sos, calon legislatif``: a run of degrees follows names alone."""
    tokens, text = finder.tokens, finder.doc.text
    for index in finder.doc.indices_of(first_words("back")):
        behind = index - 1
        if behind < 1 or index in finder.taken or tokens.words[behind] != ",":
            continue
        name = name_ending(finder.doc, behind, finder.taken)
        if name is None or name.degrees is None or len(name.parts) < 2:
            continue
        shown = text[name.degrees.start : name.degrees.end]
        if "." in shown or "," in name.degrees.degrees:
            finder.add_name(name, 0.85, "name-degree")


def _with_titles(finder: _Finder) -> None:
    """``Dr. H. Sembodo``: titles stand before names alone."""
    for index in finder.doc.indices_of(first_words("front")):
        if index in finder.taken or not is_capital(finder.tokens, index):
            continue
        name = name_at(finder.doc, index)
        if name is None or name.titles is None or not _weighty(finder, name.titles):
            continue
        before = finder.tokens.lower[index - 1] if index else ""
        if before in words("bystanders")["namesakes"] or before in words("orgs")["behind_place"]:
            continue
        finder.add_name(name, 0.8, "title-name")


def _weighty(finder: _Finder, titles: DegreeRun) -> bool:
    """A title with its stop, or in two capitals (``KH``), is no word of another kind."""
    shown = finder.doc.text[titles.start : titles.end]
    return "." in shown or (shown.isupper() and len(shown) > 1)


def _of_bodies(finder: _Finder, offices: Offices) -> None:
    """``Ketua KPU Kalbar, Sembodo``: whoever stands behind a post with its body, or set off by a comma."""
    tokens, small = finder.tokens, words("bystanders")["offices_of_bodies"]
    posts = {tokens.until(end) for _, end in offices.posts}
    for start, end in offices.orgs:
        first = tokens.at(start)
        if first in posts or (first and tokens.words[first - 1] in small):
            _holder(finder, _behind_bracket(tokens, tokens.at(end)), shortest=1)
    told = ToldPlaces(finder.doc)
    for last in posts:
        while last < len(tokens) and tokens.lower[last] in words("bystanders")["of_state"]:
            last += 1
        place = told.behind(last)
        if place > last:
            _holder(finder, place, shortest=1)
        elif last < len(tokens) and tokens.words[last] == ",":
            _holder(finder, last, shortest=2)


def _behind_bracket(tokens: Tokens, index: int) -> int:
    """``Kepala Dinas Perhubungan (Kadishub) Kota Palu, Sembodo``: the post once more, and its region."""
    if index + 2 < len(tokens) and tokens.words[index] == "(" and tokens.words[index + 2] == ")":
        return place_words_end(tokens, index + 3)
    return index


def _holder(finder: _Finder, index: int, *, shortest: int) -> None:
    """The name that begins at a word or behind a comma, of so many words at least."""
    tokens = finder.tokens
    comma = index < len(tokens) and tokens.words[index] == ","
    first = index + comma
    acronym = first < len(tokens) and tokens.words[first].isupper() and not comma
    name = None if first in finder.taken or acronym else name_at(finder.doc, first)
    if name is not None and len(name.parts) >= shortest and (shortest == 1 or _closes(tokens, name.last)):
        finder.add_name(name, 0.75, "post-body-name" if shortest == 1 else "post-comma-name")


def _closes(tokens: Tokens, index: int) -> bool:
    """Whether a name ends like an apposition: before a mark, or a verb of speech."""
    return (
        index >= len(tokens)
        or tokens.words[index] in ",.(\n"
        or tokens.lower[index] in words("names")["stops.speech"]
    )


@cache
def _roles() -> Lexicon[bool]:
    return Lexicon((phrase, True) for phrase in words("bystanders")["roles"])


def _in_roles(finder: _Finder) -> None:
    """``tokoh masyarakat Hendra Sembodo``: one word of a name needs a mark behind it."""
    tokens = finder.tokens
    for index in finder.doc.indices_of(_roles().starts()):
        role = _roles().longest(tokens, index)
        if role is None or role[0] >= len(tokens) or role[0] in finder.taken:
            continue
        first = role[0] + (tokens.words[role[0]] == ",")
        first += first < len(tokens) and tokens.lower[first] in words("names")["address"]
        acronym = first < len(tokens) and tokens.words[first].isupper()
        name = None if acronym else name_at(finder.doc, first)
        if name is not None and (len(name.parts) > 1 or _closes(tokens, name.last)):
            finder.add_name(name, 0.75, "role-name")


def _addressed(finder: _Finder) -> None:
    """``di rumah Bapak Sembodo L``."""
    lists = words("bystanders")
    for index in finder.doc.indices_of(lists["address"]):
        at, inside = index + 1, index > 0 and is_capital(finder.tokens, index - 1)
        if at in finder.taken or at >= len(finder.tokens) or inside:
            continue  # inside: a shop, `Kedai Pak Melati`
        if finder.tokens.lower[at] not in lists["no_address"]:
            finder.add_name(name_at(finder.doc, at), 0.75, "address")


def _aged(finder: _Finder) -> None:
    """``Hendra Sembodo, 41 warga Dusun Melati``: an age behind a comma, a full name before it."""
    tokens, aged = finder.tokens, words("bystanders")["aged"]
    for index in finder.doc.indices_of(frozenset(",")):
        number = tokens.words[index + 1] if index + 2 < len(tokens) else ""
        if len(number) != 2 or not number.isdigit() or tokens.lower[index + 2] not in aged:
            continue
        name = name_ending(finder.doc, index, finder.taken)
        if name is not None and len(name.parts) > 1 and not _of_place(tokens, name.first):
            finder.add_name(name, 0.8, "name-age")


def _residents(finder: _Finder) -> None:
    """``Sembodo, warga Magelang``."""
    tokens = finder.tokens
    for index in finder.doc.indices_of(words("bystanders")["residents"]):
        if index < 2 or tokens.words[index - 1] != "," or not is_capital(tokens, index + 1):
            continue
        name = name_ending(finder.doc, index - 1, finder.taken)
        if name is not None and not _of_place(tokens, name.first, but="dari"):
            finder.add_name(name, 0.7, "resident")


def _one_of_many(finder: _Finder) -> None:
    """``Hendra Sembodo, salah seorang warga``."""
    tokens = finder.tokens
    for index in finder.doc.indices_of(words("bystanders")["one_of"]):
        first = index - (index > 0 and tokens.lower[index - 1] in words("bystanders")["few"])
        comma = first > 0 and tokens.words[first - 1] == ","
        name = name_ending(finder.doc, first - comma, finder.taken) if first < index else None
        if name is not None and len(name.parts) > 1 and not _of_place(tokens, name.first):
            finder.add_name(name, 0.75, "one-of")


def _aliases(finder: _Finder) -> None:
    """``AA alias P``, ``Hendra Sembodo alias Endra``: the name before the other name."""
    for index in finder.doc.indices_of(words("bystanders")["aliases"]):
        if index and is_initials(finder.tokens, index - 1):
            finder.add(index - 1, index, 0.8, "initials")
        elif index:
            finder.add_name(name_ending(finder.doc, index, finder.taken), 0.75, "alias")


def _who_said(finder: _Finder) -> None:
    """``…," ajak Sembodo.``: a verb that introduces nobody to the records."""
    tokens, lists = finder.tokens, words("bystanders")
    for index in finder.doc.indices_of(lists["said"] | lists["accounts"]):
        if (
            not tokens.words[index].islower()
            or not is_capital(tokens, index + 1)
            or index + 1 in finder.taken
        ):
            continue
        if tokens.lower[index] in lists["said"] and not (index and tokens.words[index - 1] in _BEFORE_VERB):
            continue
        first = index + 1
        first += first < len(tokens) and tokens.lower[first] in words("names")["address"]
        name = name_at(finder.doc, first)
        ends = name is not None and (name.last == len(tokens) or tokens.words[name.last] in ".,\n")
        if ends:
            finder.add_name(name, 0.7, "said")


def _of_place(tokens: Tokens, index: int, but: str = "") -> bool:
    before = tokens.lower[index - 1] if index else ""
    return before != but and before in words("bystanders")["before_place"]


def _pairs(finder: _Finder, persons: Iterable[tuple[int, int]]) -> None:
    """``Sembodo-Hendra Wijaya``: candidates who stand together."""
    tokens = finder.tokens
    for start, _ in persons:
        at = tokens.at(start)
        glued = at > 1 and tokens.words[at - 1] in "-–" and tokens.ends[at - 1] == tokens.starts[at]
        if not glued or tokens.ends[at - 2] != tokens.starts[at - 1]:
            continue
        if tokens.lower[at - 2] in words("names")["hyphenated"]:
            continue
        first, stops = at - 1, words("names")["stops"]
        while first > max(0, at - 1 - _MAX_PAIR) and is_capital(tokens, first - 1):
            if tokens.lower[first - 1] in stops:
                break
            first -= 1
        finder.add(first, at - 1, 0.7, "pair")


def _mentioned_again(finder: _Finder) -> None:
    """Later mentions of a bystander by one part of the name: ``Sukardi`` of ``Andreas Sukardi``."""
    tokens, weak = finder.tokens, _weak()
    parts: dict[str, bool] = {}
    for person in finder.found:
        if person.rule == "credit":
            continue
        for index in range(tokens.at(person.start), tokens.until(person.end)):
            initials = person.rule == "initials"
            if tokens.words[index].isalpha() and (initials or tokens.lower[index] not in weak):
                parts[tokens.lower[index]] = tokens.words[index].isupper()
    for index in finder.doc.indices_of(parts.keys()):
        word = tokens.words[index]
        short = len(word) <= _INITIALS and parts[tokens.lower[index]]
        if index in finder.taken or word.isupper() != parts[tokens.lower[index]]:
            continue
        alone = not is_capital(tokens, index + 1) and not (index and is_capital(tokens, index - 1))
        stop = index + 1 < len(tokens) and tokens.words[index + 1] == "."
        letter = len(word) == 1 and (stop or not alone)
        if (is_initials(tokens, index) and not letter) if short else (len(word) > 2 and alone):
            finder.add(index, index + 1, 0.65, "short-mention")


@cache
def _weak() -> frozenset[str]:
    return joined("names", "abbreviations", "weak_parts", "particles", "stops")
