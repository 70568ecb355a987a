"""Whether a counted noun is personnel at work, and whether the number is a fact, a plan or a denial."""

from __future__ import annotations

import re

from pipeline.extract.rules.personnel_words import FORCES, FORMATIONS, WORD_AFTER, WORDS, Known, Scene, whole
from pipeline.text.lexicon import alternatives
from pipeline.text.numbers import Number

_LOSS = whole("loss")
_PROBED = whole("probed")
_NOT_PEOPLE = whole("not_people")
_DEPLOY = whole("deploy")
_CRIME = whole("crime")
_AT_WORK = whole("at_work")
_ARREST = whole("arrest")
_PAST = whole("past")
_PAST_YEAR = re.compile(
    rf"(?:{alternatives(WORDS['occasion'])})\s20[0-3]\d\s{alternatives(WORDS['past_after'])}(?![a-z])"
)
"""``Pemilu 2019 lalu``, but not ``27 November 2024 lalu``."""
_PLANNED = whole("planned")
_DENIED = re.compile(rf"(?<![a-z]){alternatives(WORDS['denied'])}\s(?:\w+\s){{0,2}}$")
_YEARLIKE = re.compile(r"20[0-3]\d")
_PROMOTED = re.compile(rf"\s{alternatives(WORDS['promoted'])}[\s.:]{{0,4}}(?:sebanyak\s)?$")
"""``Bripka ke Aipda : 15 orang``."""
_LABEL = re.compile(rf"(?<![a-z]){alternatives(FORCES)}\s$")
_CLAUSE = re.compile(r"[.;,”\"]")


def acceptable(scene: Scene, number: Number, noun: str, end: int) -> bool:
    """Whether a number with a noun of the list counts personnel that are put to work here."""
    low = scene.low
    before = low[max(0, number.start - 24) : number.start].split()
    last = before[-1] if before else ""
    if last.strip(".(") in WORDS["not_before"]:
        return False
    if last in WORDS["rank_before"] and not low[number.start].isdigit():
        return False  # `Brigadir Dua`
    if _YEARLIKE.fullmatch(low, number.start, number.end) and last not in WORDS["amount"]:
        return False
    if noun in FORMATIONS:
        return not any(low.startswith(form, end + 1) for form in WORDS["equals"])
    after = WORD_AFTER.match(low, end)
    word = after["word"] if after else ""
    if word in WORDS["body"] or lost(scene, number.start, end):
        return False
    return noun not in WORDS["weak"] or _at_work(scene, number, noun, word)


def lost(scene: Scene, start: int, end: int) -> bool:
    """Whether the clause tells of dismissed, wounded or transferred ones."""
    low = scene.low
    begin, stop = scene.sentence(start)
    before = _CLAUSE.split(low[max(begin, start - 60) : start])[-1]
    after = _CLAUSE.split(low[end : min(stop, end + 60)])[0]
    return any(
        pattern.search(words) for pattern, words in ((_LOSS, before), (_LOSS, after), (_PROBED, before))
    )


def _at_work(scene: Scene, number: Number, noun: str, word: str) -> bool:
    """Whether a sentence that counts ``anggota`` or ``polisi`` tells that they were put to work."""
    low = scene.low
    known = word in FORCES or word in WORDS["member_of"] or word in WORDS["goes_on"]
    if noun == "anggota" and word and not known:
        return False
    if word in WORDS["together"]:
        return True
    start, stop = scene.sentence(number.start)
    near = low[max(start, number.start - 90) : number.start]
    if _DEPLOY.search(near) or _AT_WORK.search(near):
        return _CRIME.search(low, max(start, number.start - 50), min(stop, number.end + 50)) is None
    if _CRIME.search(low, max(start, number.start - 80), min(stop, number.end + 80)):
        return False
    return _DEPLOY.search(low, start, stop) is not None or _AT_WORK.search(low, start, stop) is not None


def deployed(scene: Scene, number: Number, end: int, known: Known) -> bool:
    """Whether ``16 orang`` counts personnel.

    ``known`` are the numbers found already: one told again counts, so does one in a sentence with them, or
    in a clause that tells of deployment and of no other people.
    """
    low = scene.low
    after = WORD_AFTER.match(low, end)
    word = after["word"] if after else ""
    if _PROMOTED.search(low, max(0, number.start - 40), number.start):
        return True
    told = known.tells((number.minimum, number.maximum))
    if told and number.minimum >= 10 and word not in WORDS["not_people"]:
        return True
    if word and word not in WORDS["goes_on"]:
        return False
    start, stop = scene.sentence(number.start)
    if (
        lost(scene, number.start, end)
        or _NOT_PEOPLE.search(low, start, stop)
        or _ARREST.search(low, start, number.start)
    ):
        return False
    if known.between(start, number.start) or _labelled(low, number.start, known):
        return True
    return _DEPLOY.search(low, start, number.start) is not None


def _labelled(low: str, start: int, known: Known) -> bool:
    """``Damkar 5 orang``: a force right before a number, in an article that counts personnel."""
    return known.between(0, start) and _LABEL.search(low, max(0, start - 24), start) is not None


def status_of(scene: Scene, start: int, end: int) -> str:
    """``denied``, ``past``, ``planned`` or ``actual``, by the words of the sentence."""
    low = scene.low
    begin, stop = scene.sentence(start)
    before = low[max(begin, start - 60) : start]
    if _DENIED.search(before):
        return "denied"
    if _PAST.search(low, begin, stop) or _PAST_YEAR.search(low, begin, stop):
        return "past"
    clause = before + low[end : min(stop, end + 40)]
    return "planned" if _PLANNED.search(clause) else "actual"
