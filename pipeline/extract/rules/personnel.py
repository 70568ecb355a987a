"""Numbers of personnel deployed or taking part: ``261 personel``, ``ratusan aparat gabungan``, ``1 SSK``."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.extract.document import Document
from pipeline.extract.rules.personnel_context import acceptable, deployed, lost, status_of
from pipeline.extract.rules.personnel_force import UNKNOWN, consists, default_force, force_of
from pipeline.extract.rules.personnel_words import (
    FORMATIONS,
    NOUNS,
    WORD_AFTER,
    WORDS,
    Known,
    Scene,
    Span,
    squeeze,
)
from pipeline.records import PersonnelRecord
from pipeline.text.lexicon import alternatives, numerals, positions
from pipeline.text.numbers import DIGITS, NUMBER, Number, match_number

_NUMBER_WORDS = frozenset(
    form for kind in ("unit", "teen", "tens", "scale", "whole", "vague") for form in numerals()[kind]
)
_HEAD = "orang"
_COMPARED = 20
"""So many equal numbers are held against a new one."""
_LARGE = 100
_ALONE = frozenset({"polri", "unspecified"})
_PARTS = 12
_FEWEST_PARTS = 3
_TOTAL_OF_TWO = 200
"""From here on two numbers are enough to make up a total; small ones do so by chance."""
_FAR = 900
_STEMS = tuple(sorted({form[:5] for form in (*NOUNS, *FORMATIONS)} | {_HEAD}))
_NOUN = re.compile(rf"(?P<noun>{alternatives([*NOUNS, *FORMATIONS, _HEAD])})(?![a-z])")
_GAP = re.compile(rf"\s{{0,2}}(?:{_HEAD}\s{{1,2}})?")
_SECOND = re.compile(rf"\s{{1,2}}(?P<noun>{alternatives(WORDS['second_noun'])})(?![a-z])")
_QUALIFIER = re.compile(rf"\s{{1,2}}(?P<word>{alternatives(WORDS['qualifier'])})(?![a-z-])(?!/)")
_LIST_AFTER = re.compile(r"\s?(?:[-/,]|dan\s|serta\s)?\s?(?:tni|polri)")
_NAME_AFTER = re.compile(
    r"\s(?!(?:Polda|Polres|Polsek|Polri|Mabes|BKO)\W)[A-Z][A-Za-z]|\s(?!BKO)[A-Z]\w+\s[A-Z]"
)
_STRENGTH_VERB = alternatives(WORDS["strength_verb"])
_DIGITS = re.compile(DIGITS)
_LABELLED = re.compile(rf"(?<![a-z]){alternatives(WORDS['label'])}\s{{1,2}}(?:{_STRENGTH_VERB}\s)?$")
_FROM = re.compile(rf"\s{{1,2}}dari\s(?:unsur\s)?{alternatives(WORDS['from_force'])}(?![a-z])")
_STRENGTH = re.compile(
    rf"(?<![a-z]){alternatives(WORDS['strength'])}(?:nya)?(?![a-z])[^.;:\n”\"]{{0,60}}?"
    rf"\s{_STRENGTH_VERB}\s(?:{_STRENGTH_VERB}\s)?$"
)
_ANNOUNCING = frozenset(form.split()[-1] for kind in ("label", "strength_verb") for form in WORDS[kind])
_AGAIN = re.compile(rf"\s{alternatives(WORDS['separate'])}(?![a-z])")


@dataclass(frozen=True, slots=True)
class PersonnelMention:
    """A stated number of personnel; ``text[start:end]`` is the number with its noun."""

    start: int
    end: int
    min: int
    max: int | None
    approx: bool
    force: str
    """``polri tni satpol_pp dishub linmas brimob other joint unspecified``."""
    unit_of: str
    """``personel pleton kompi ssk sst regu``."""
    status: str
    """``actual``, ``planned``, ``past`` or ``denied``."""
    confidence: float
    rule: str
    repeats: bool = False
    """The same number as an earlier mention: one record for both."""


def find_personnel(doc: Document, units: Sequence[Span] = ()) -> list[PersonnelMention]:
    """Every stated number of personnel, in order; repeated ones are marked."""
    scene = Scene(doc, doc.low, units)
    known = Known()
    found = [*_counted(scene, known), *_bare(scene, known)]
    counts = Counter(scene.sentence_start(mention.start) for mention in found)
    earlier: dict[tuple[int, int | None, str], list[PersonnelMention]] = defaultdict(list)
    marked: list[PersonnelMention] = []
    for mention in sorted(found, key=lambda mention: mention.start):
        if mention.force == UNKNOWN:
            previous = (marked[-1].start, marked[-1].force) if marked else None
            formation = mention.unit_of != "personel"
            force = default_force(scene, mention.start, mention.end, previous, formation)
            mention = replace(mention, force=force)
        listed = counts[scene.sentence_start(mention.start)] > 1
        equals = earlier[mention.min, mention.max, mention.unit_of]
        if mention.max is None:  # `setidaknya 364 personel` of the 364 told before
            equals = equals or earlier[mention.min, mention.min, mention.unit_of]
        repeats = any(
            _same(scene, other, mention)
            for other in equals[:_COMPARED]
            if not (listed and counts[scene.sentence_start(other.start)] > 1) or _told_again(other, mention)
        )
        marked.append(replace(mention, repeats=True) if repeats else mention)
        if not repeats:
            equals.append(mention)
    return _totals(scene, marked)


def _totals(scene: Scene, mentions: list[PersonnelMention]) -> list[PersonnelMention]:
    """A number is joint where it is told so elsewhere, or where numbers of several forces add up to it."""
    joint = {
        (mention.min, mention.unit_of)
        for index, mention in enumerate(mentions)
        if (mention.force == "joint" and mention.min >= _TOTAL_OF_TWO)
        or (
            mention.force in _ALONE
            and (
                _made_up(scene, mention, mentions[index + 1 : index + 1 + _PARTS])
                or _made_up(scene, mention, mentions[max(0, index - _PARTS) : index][::-1])
            )
        )
    }
    return [
        replace(mention, force="joint")
        if mention.force in _ALONE and (mention.min, mention.unit_of) in joint
        else mention
        for mention in mentions
    ]


def _made_up(scene: Scene, total: PersonnelMention, parts: Sequence[PersonnelMention]) -> bool:
    """Whether the next few numbers, of several forces, add up to a total; of a small one at least three.

    Two are enough where the words say so: ``30 personel, terdiri dari 20 Polri dan 10 TNI``.
    """
    rest, forces, count = total.min, set[str](), 0
    for part in parts:
        count += 1
        rest -= part.min
        forces.add(part.force)
        if rest <= 0 or abs(part.start - total.start) > _FAR or part.unit_of != total.unit_of:
            break
    told = bool(parts) and consists(scene, total.end, parts[0].start)
    pair = count == len(forces) > 1 and (told or total.min >= _TOTAL_OF_TWO)
    enough = count >= _FEWEST_PARTS or pair
    return rest == 0 and enough and not forces <= {"polri", "brimob", total.force}


def to_records(doc: Document, mentions: Sequence[PersonnelMention]) -> list[PersonnelRecord]:
    """One record for each number, repetitions left out."""
    return [
        PersonnelRecord(
            min=mention.min,
            max=mention.max,
            approx=mention.approx,
            force=mention.force,
            unit_of=mention.unit_of,
            status=mention.status,
            surface=doc.text[mention.start : mention.end],
            start=mention.start,
            end=mention.end,
            confidence=mention.confidence,
            rule=mention.rule,
        )
        for mention in mentions
        if not mention.repeats
    ]


def _counted(scene: Scene, known: Known) -> list[PersonnelMention]:
    """Numbers before their noun; those before ``orang`` last, since the others help to judge them."""
    low = scene.low
    found: list[PersonnelMention] = []
    heads: list[tuple[Number, int]] = []
    taken = -1
    for at in positions(low, _STEMS):
        if at <= taken or not _after_number(low, at):
            continue
        noun = _NOUN.match(low, at)
        number = _number_before(low, at) if noun else None
        if noun is None or number is None:
            continue
        word, taken = noun["noun"], noun.end()
        second = _SECOND.match(low, taken) if word == _HEAD else None
        if second:
            word, taken = second["noun"], second.end()
        if word == _HEAD:
            heads.append((number, taken))
        elif acceptable(scene, number, word, taken):
            found.append(_mention(scene, number, word, taken, known))
    for number, end in heads:
        if not known.overlaps(number.start, end) and deployed(scene, number, end, known):
            found.append(_mention(scene, number, _HEAD, end, known))
    return found


def _after_number(low: str, at: int) -> bool:
    """A cheap look: whether the word before the noun is a number, or may end one."""
    if at == 0 or not (low[at - 1].isspace() or low[at - 1] == ")"):
        return False
    before = low[max(0, at - 16) : at].split()
    if not before:
        return False
    last = before[-1]
    return last[-1].isdigit() or last[-1] in ")+" or last in _NUMBER_WORDS or last.endswith((_HEAD, "an"))


def _number_before(low: str, at: int) -> Number | None:
    """The number that ends where the noun begins."""
    begin = max(0, at - 70, low.rfind("\n", max(0, at - 70), at) + 1)
    for match in NUMBER.finditer(low, begin, at):
        if match.start() and (low[match.start() - 1].isalnum() or low[match.start() - 1] in ",./-"):
            continue
        number = match_number(low, match.start())
        if number is not None and number.end <= at and _GAP.fullmatch(low, number.end, at):
            return number
    return None


def _bare(scene: Scene, known: Known) -> list[PersonnelMention]:
    """Numbers whose noun is elsewhere: ``Polri 1.111 dan TNI 267 personil``; ``personel berjumlah 120``."""
    low = scene.low
    more: list[PersonnelMention] = []
    starts = scene.doc.tokens.starts
    for at in [starts[index] for index in scene.doc.numbers]:
        match = _DIGITS.match(low, at) if at and low[at - 1].isspace() else None
        if match is None or not _announced(scene, match, known):
            continue
        number = match_number(low, at)
        if number is None or not _goes_on(low, number.end) or lost(scene, number.start, number.end):
            continue
        if not known.overlaps(number.start, number.end):
            more.append(_mention(scene, number, "", number.end, known))
    return more


def _announced(scene: Scene, match: re.Match[str], known: Known) -> bool:
    """Whether the words beside a number without a noun make it one of personnel."""
    low, at = scene.low, match.start()
    last = low[max(0, at - 14) : at].split()[-1:]
    if last and last[0] in _ANNOUNCING:
        if _STRENGTH.search(low, max(0, at - 100), at):
            return True
        beside = _LABELLED.search(low, max(0, at - 40), at) is not None and not _is_number_of_unit(low, match)
    else:
        beside = _FROM.match(low, match.end()) is not None
    start, stop = scene.sentence(at)
    return beside and known.between(min(start, at - 100), stop)


def _is_number_of_unit(low: str, match: re.Match[str]) -> bool:
    """``Kodim 1612 Manggarai``: four bare digits behind a command are its number."""
    before = low[max(0, match.start() - 12) : match.start()].rstrip()
    return len(match.group()) == 4 and match.group().isdigit() and before.endswith(tuple(WORDS["command"]))


def _goes_on(low: str, end: int) -> bool:
    """Whether no noun of another kind follows a number."""
    after = WORD_AFTER.match(low, end)
    return after is None or after["word"] in WORDS["goes_on"]


def _mention(scene: Scene, number: Number, noun: str, end: int, known: Known) -> PersonnelMention:
    formation = noun in FORMATIONS
    qualifier: str | None = None
    if noun not in {"", _HEAD}:
        end, qualifier = _qualified(scene, end, formation)
    blurred = number.approx and number.maximum != number.minimum
    start = number.hedge_start if blurred else number.start
    known.add(start, end, (number.minimum, number.maximum))
    confidence = 0.95 if formation or noun.startswith("person") else 0.85
    return PersonnelMention(
        start,
        end,
        number.minimum,
        number.maximum,
        number.approx,
        force_of(scene, start, end, NOUNS.get(noun) or None, qualifier),
        FORMATIONS.get(noun, "personel"),
        status_of(scene, start, end),
        confidence if noun not in {"", _HEAD} else 0.75,
        f"personnel_{'formation' if formation else noun or 'bare'}".replace(" ", "_"),
    )


def _qualified(scene: Scene, end: int, formation: bool) -> tuple[int, str | None]:
    """The noun phrase's end with ``gabungan``, ``Polri``, ``Brimob`` taken in, and the force they say."""
    low, text = scene.low, scene.doc.text
    second = _SECOND.match(low, end)
    if second and not formation:
        end = second.end()
    force: str | None = None
    for _ in range(2):
        match = _QUALIFIER.match(low, end)
        if match is None or (force == "joint" and not formation):
            break
        at, stop, word = match.start("word"), match.end(), squeeze(match["word"])
        if any(unit.start <= at < unit.end for unit in scene.units):
            break
        if word.split()[0] in WORDS["second_noun"] and not formation:
            break
        if word in WORDS["unit_head"] and (
            _NAME_AFTER.match(text, stop) or any(unit.start == stop + 1 for unit in scene.units)
        ):
            break
        if word in {"tni", "polri"} and _LIST_AFTER.match(low, stop):
            break
        end, force = stop, WORDS["qualifier"][word] or force
    return end, force


def _same(scene: Scene, first: PersonnelMention, second: PersonnelMention) -> bool:
    """A number told again is one record; equal numbers side by side, or ``lagi``, are separate."""
    if scene.sentence_start(first.start) == scene.sentence_start(second.start) or _AGAIN.match(
        scene.low, second.end
    ):
        return False
    if {first.force, second.force} == {"polri", "tni"}:
        return False
    return second.min >= 10 or _plain(scene, first) == _plain(scene, second)


def _told_again(first: PersonnelMention, second: PersonnelMention) -> bool:
    """Lists of posts repeat small numbers; a large one of the same force is the same one, told again."""
    return second.min >= _LARGE and first.force == second.force


def _plain(scene: Scene, mention: PersonnelMention) -> str:
    """The words of a mention, ``orang`` and spelling aside."""
    words = scene.low[mention.start : mention.end].replace("personil", "personel").split()
    return " ".join(word for word in words if word != _HEAD)
