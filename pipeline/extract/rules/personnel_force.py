"""Which force a number of personnel belongs to."""

from __future__ import annotations

import re

from pipeline.extract.rules.personnel_words import FORCES, WORDS, Scene, squeeze, whole
from pipeline.text.lexicon import alternatives, fold

UNKNOWN = "?"
"""Nothing beside the number tells; ``default_force`` decides."""

_FORCE = whole("force")
_OTHERS = whole("others")
_INHERIT = whole("inherit")
_POST = whole("post")
_JOINT = whole("joint")
_RIGHT = re.compile(rf"\s{{0,2}}(?:\(\s?)?(?:{alternatives(WORDS['origin'])}\s){{0,3}}(?:sat\s)?")
_SECOND = re.compile(r"\s?(?:[-/,]|dan\s|maupun\s)\s?(?P<force>polri|tni)(?![a-z])(?!\s(?:sebanyak\s)?\d)")
_CONSISTS = re.compile(
    rf"[\s\"“”']{{0,4}}(?:{alternatives(WORDS['consists_lead'])}\s){{0,3}}{alternatives(WORDS['consists'])}\s"
)
_MADE_UP = re.compile(rf"\s{alternatives(WORDS['consists'])}\s")
_DIGITS = re.compile(r"\d[\d.]*")
_RESTATED = re.compile(
    rf"\s(?:\(?(?:{alternatives(WORDS['restated'])})\s)?\d[\d.]{{0,8}}\s{alternatives(WORDS['counted'])}(?![a-z])"
)
"""A formation in heads: ``satu kompi sekitar 110 personel Brimob``."""
_COUNT = re.compile("".join(rf"(?<!{word}\s)" for word in WORDS["command"]) + r"(?<![\d/])\d")
"""A number that is not a command's (``Kodim 0712/Tegal``)."""
_TITLED = re.compile(
    r"(?P<number>\d[\d.]*)\s(?:personel\s|personil\s)?(?:polri|polisi)(?![-/a-z]|\s(?:dan|tni))"
)
_ANAPHOR = re.compile(rf"\s{alternatives(WORDS['inherit_after'])}(?![a-z])")
_OF_POLICE = re.compile(rf"\s(?:dari\s)?{alternatives(WORDS['of_police'])}(?![a-z])")
"""``personel gabungan piket fungsi``: joint of the police's own functions."""
_TOTAL = re.compile(rf"{alternatives(WORDS['total'])}\s$")
_BRACKETS = re.compile(r"\([^()\n]{0,40}\)")
"""What stands in brackets belongs to the force before it: ``Polri (termasuk Brimob) 156 orang``."""
_AND = re.compile(rf"\s{alternatives(WORDS['joiner'])}\s")
_BREAK = re.compile(
    rf"[,;.]\s|\s{alternatives(WORDS['breaker'])}\s|\n"
    rf"|(?:{alternatives(WORDS['counted'])}|\d)\s(?:\w+\s)?(?:dan|serta)\s"
)


def force_of(scene: Scene, start: int, end: int, noun: str | None, qualifier: str | None) -> str:
    """The force by the noun, its qualifier or the label beside the number; ``UNKNOWN`` when none tells."""
    if qualifier == "bko":
        return _right_label(scene.low, end) or "unspecified"
    if (qualifier and qualifier != "joint") or noun:
        force = qualifier if qualifier and qualifier != "joint" else str(noun)
        second = _SECOND.match(scene.low, end)
        return "joint" if second and {force, second["force"]} == {"polri", "tni"} else force
    right = _right_label(scene.low, end)
    if qualifier == "joint" and _OF_POLICE.match(scene.low, end):
        return "polri"
    if qualifier == "joint" or scene.low.startswith("gabungan", end + 1):
        if right in {"polri", "tni"} and not _listed(scene.low, end):
            return right
        if _police_alone(scene, end):
            return "polri"
        return "polri" if _titled_police(scene, start) else "joint"
    if right is None and (restated := _RESTATED.match(scene.low, end)):
        right = _right_label(scene.low, restated.end())
    return right or _of_total(scene, start) or _left_label(scene.low, start) or UNKNOWN


def _of_total(scene: Scene, start: int) -> str | None:
    """``380 personel ditambah TNI, Dishub … dengan total 805 personel``: what several forces add up to."""
    begin, _ = scene.sentence(start)
    total = _TOTAL.search(scene.low, max(begin, start - 30), start)
    return "joint" if total and _OTHERS.search(scene.low, begin, start) else None


def default_force(
    scene: Scene, start: int, end: int, previous: tuple[int, str] | None, formation: bool
) -> str:
    """The force of a number that nothing beside it names.

    It is that of the ``previous`` number (its start and force) where the words refer back to it or where both
    share a sentence; joint where the sentence speaks of several forces; else the police's.
    """
    low = scene.low
    begin, stop = scene.sentence(start)
    refers = _ANAPHOR.match(low, end) or _INHERIT.search(low, max(begin, start - 40), min(stop, end + 16))
    if previous and refers:
        return previous[1]
    if _POST.search(low, max(begin, start - 40), start):
        return "unspecified"
    if _JOINT.search(low, begin, stop) and _OTHERS.search(low):
        return "joint"
    if _composed_of_several(scene, stop):
        return "joint"
    if previous and previous[0] >= begin:
        return previous[1]
    if formation:
        found = [FORCES[squeeze(name)] for name in _FORCE.findall(low, max(0, start - 110), start)]
        if found:
            return "brimob" if "brimob" in found else found[-1]
    return "polri"


def consists(scene: Scene, start: int, end: int) -> bool:
    """Whether the words between two numbers say that the second is a part of the first."""
    return start < end and _MADE_UP.search(scene.low, start, end) is not None


def _police_alone(scene: Scene, end: int) -> bool:
    """Whether the rest of the sentence tells that units of the police alone make up the number."""
    _, stop = scene.sentence(end)
    told = _MADE_UP.search(scene.low, end, stop)
    if told is None or _OTHERS.search(scene.low, told.end(), stop):
        return False
    forces = {FORCES[squeeze(name)] for name in _FORCE.findall(scene.low, told.end(), stop)}
    return bool(forces) and forces <= {"polri", "brimob"}


def _composed_of_several(scene: Scene, stop: int) -> bool:
    """Whether the next sentence tells of what forces the number consists (``Terdiri dari Polri, TNI, …``)."""
    following = _CONSISTS.match(scene.low, stop)
    if following is None:
        return False
    _, end = scene.sentence(following.end())
    named = list(_FORCE.finditer(scene.low, following.end(), end))
    forces = {FORCES[squeeze(match.group())] for match in named}
    return len(forces) > 1 and not _COUNT.search(scene.low, following.end(), named[-1].end())


def _titled_police(scene: Scene, start: int) -> bool:
    """Whether the title gives the same number to the police alone (``700 Personil Polri Gabungan``)."""
    digits = _DIGITS.match(scene.low, start)
    return digits is not None and any(
        match["number"] == digits.group() for match in _TITLED.finditer(fold(scene.doc.title))
    )


def _listed(low: str, end: int) -> bool:
    """Whether other forces than the police stand among those listed right after ``gabungan``."""
    return _OTHERS.search(low, end, min(len(low), end + 60)) is not None


def _right_label(low: str, end: int) -> str | None:
    """``60 anggota dari Polres X``."""
    lead = _RIGHT.match(low, end)
    match = _FORCE.match(low, lead.end() if lead else end)
    if match is None:
        return None
    force = FORCES[squeeze(match.group())]
    second = _SECOND.match(low, match.end())
    return "joint" if second and {force, second["force"]} == {"polri", "tni"} else force


def _left_label(low: str, start: int) -> str | None:
    """``Brimob 30 personel``: the forces named in the clause before the number, together."""
    clause = _BREAK.split(_BRACKETS.sub("", low[max(0, start - 70) : start]))[-1]
    joint = _JOINT.search(clause) is not None and _OTHERS.search(low) is not None
    if joint and not _FORCE.search(clause, max(0, clause.rfind("gabungan"))):
        return "joint"
    forces = set()
    for part in _AND.split(clause):
        found = {FORCES[squeeze(name)] for name in _FORCE.findall(part)}
        if found:
            forces.add(found.pop() if len(found) == 1 else "brimob" if "brimob" in found else "joint")
    if not forces:
        return None
    if len(forces) == 1:
        return forces.pop()
    return "polri" if forces == {"polri", "brimob"} else "joint"
