"""Places without a class word: datelines, known names in a place's context, unknown ones behind ``di``."""

from __future__ import annotations

from pipeline.extract.rules.place_reader import PlaceSpan, Reading, classes
from pipeline.registry.names import Hit, Name

_DASHES = frozenset({"–", "-", "—"})
_BEFORE_DATELINE = frozenset({",", "–", "-", "—", "(", "|", ":", "/", ".", "]"})
_DATELINE_LENGTH = 14
_DATELINE_NAME = 4
_PLAIN_LENGTH = 3
_OWN_LENGTH = 4
_REGION, _OTHER, _DATELINE, _GUESS = 0.9, 0.75, 0.7, 0.6


def bare(reading: Reading, index: int) -> PlaceSpan | None:
    """A known name that stands as a place here."""
    tokens = reading.tokens
    hits = reading.hits.at(index)
    if not hits or not tokens.words[index][0].isupper() or _in_address(reading, index):
        return None
    for hit in hits:
        name = hit.name
        if not (name.regions or name.seats or name.districts or name.is_area):
            continue
        if not name.regions and name.key in reading.context["common"] and not _is_own(reading, name):
            continue
        if not _whole(reading, hit) or any(at in reading.taken for at in range(index, hit.end)):
            continue
        rule = _context(reading, index, hit)
        if rule is not None:
            sure = _REGION if name.regions else _OTHER
            return PlaceSpan(index, hit.end, index, None, hit, f"place:{rule}", sure)
        return None
    return None


def _is_own(reading: Reading, name: Name) -> bool:
    """A kecamatan of a kabupaten that the named units serve."""
    return any(code[:5] in reading.home for code in name.districts)


def _whole(reading: Reading, hit: Hit) -> bool:
    """The name ends with a capital (or a repeated word, ``Pare-pare``), not inside a longer word."""
    tokens = reading.tokens
    last = hit.end - 1
    if not tokens.words[last][0].isupper() and not (
        last > hit.start and reading.glued(last) and tokens.words[last - 1] == "-"
    ):
        return False
    after = hit.end
    return not (
        after + 1 < len(tokens)
        and tokens.words[after] == "-"
        and reading.glued(after)
        and reading.glued(after + 1)
        and tokens.words[after + 1][0].islower()
    )


def _in_address(reading: Reading, index: int) -> bool:
    """Inside a host name or a code: ``POS-KUPANG.COM``, ``LP/B/SPKT/Riau``."""
    tokens = reading.tokens
    if reading.glued(index) and tokens.words[index - 1] in ("-", "/", ".", "@", "_"):
        return tokens.words[index - 1] != "/" or (index > 1 and tokens.words[index - 2].isupper())
    after = index + 1
    return (
        after + 1 < len(tokens)
        and tokens.words[after] == "."
        and reading.glued(after)
        and reading.glued(after + 1)
        and tokens.lower[after + 1] in reading.context["host"]
    )


def _context(reading: Reading, index: int, hit: Hit) -> str | None:
    """Why a known name is a place here; None where it is not."""
    tokens, name = reading.tokens, hit.name
    before = tokens.lower[index - 1] if index else "\n"
    if _dateline(reading, index, hit.end):
        return "dateline"
    if not reading.goes_on(hit.end) or reading.hits.at(hit.end):
        behind = index in reading.ends or (before in reading.context["chain"] and index - 1 in reading.ends)
        if behind and (name.regions or before not in _DASHES):
            return "chain"
    if index - 1 in reading.taken and (name.regions or name.districts):
        return "behind-unit"
    goes_on = reading.goes_on(hit.end) and not reading.hits.at(hit.end)
    if goes_on and not (reading.in_headline(index) and (name.regions or name.districts)):
        return None
    if before in reading.context["locative"]:
        return "locative"
    if _inside_next(reading, hit):
        return "chain"
    if before in reading.context["chain"] and index - 2 in reading.taken and name.regions:
        return "behind-unit"
    return "bare" if _stands_alone(reading, index, name) else None


def _inside_next(reading: Reading, hit: Hit) -> bool:
    """A kecamatan with the kabupaten or kota that holds it right behind: ``Koja, Jakarta Utara``."""
    words = reading.tokens.words
    after = hit.end + 1 if words[hit.end : hit.end + 1] == [","] else hit.end
    for other in reading.hits.at(after):
        if any(code[:5] in other.name.regions for code in hit.name.districts):
            return True
    return False


def _stands_alone(reading: Reading, index: int, name: Name) -> bool:
    """A kabupaten, kota or province named outside any organisation."""
    own = len(name.key) > _OWN_LENGTH and name.key not in reading.context["common"]
    if (
        not (name.regions or (own and _is_own(reading, name)))
        or len(name.key) <= _PLAIN_LENGTH
        or reading.in_organisation(index)
    ):
        return False
    before = reading.tokens.words[index - 1] if index else "\n"
    if before[0].isupper() or before in "(/":
        return before[0].isupper() and reading.in_headline(index) and index - 1 in reading.taken
    return True


def _dateline(reading: Reading, start: int, end: int) -> bool:
    """``KARO - ``, ``Serang – Banten, (…) –``, ``KENDARI, SITUS.CO.ID -`` at the head of a line."""
    tokens, words = reading.tokens, reading.tokens.words
    if end >= len(words) or not _near_line_head(reading, start):
        return False
    follows = words[end]
    if follows in _DASHES:
        return tokens.starts[end] > tokens.ends[end - 1]
    at_head = start == 0 or words[start - 1] == "\n"
    capitals = all(word.isupper() for word in words[start:end] if word.isalpha()) and len(words[start]) > 2
    if follows == "I" and at_head and capitals:
        return True  # A stroke typed as a letter: ``TANJUNG MORAWA I …``.
    if follows in "(|[":
        return capitals or (at_head and _dash_soon(words, end))
    if capitals:
        return follows in ",:./\n" or (at_head and follows == "\n")
    return follows in ",/" and at_head and _dash_soon(words, end)


def _near_line_head(reading: Reading, start: int) -> bool:
    words = reading.tokens.words
    if start == 0 or words[start - 1] == "\n":
        return True
    if words[start - 1] not in _BEFORE_DATELINE:
        return False
    return "\n" in words[max(0, start - _DATELINE_LENGTH) : start] or start <= _DATELINE_LENGTH


def _dash_soon(words: list[str], end: int) -> bool:
    return any(word in _DASHES for word in words[end : end + 8])


def unknown(reading: Reading, index: int) -> PlaceSpan | None:
    """A name of no registry: right behind ``di`` or ``warga``, or in capitals at the head of a line."""
    tokens = reading.tokens
    before = tokens.lower[index - 1] if index else "\n"
    if before != "\n" and before not in reading.strong:
        return None
    if tokens.lower[index] in classes()[1]:
        return None
    if before != "\n" and not reading.in_headline(index):
        end = index
        while end < index + _PLAIN_LENGTH and reading.goes_on(end) and not tokens.words[end].isupper():
            end += 1
        if end > index and not reading.is_organisation(tokens.lower[index:end]):
            return PlaceSpan(index, end, index, None, None, "place:behind-di", _GUESS)
    elif before == "\n":
        return _unknown_dateline(reading, index)
    return None


def _unknown_dateline(reading: Reading, index: int) -> PlaceSpan | None:
    tokens, words = reading.tokens, reading.tokens.words
    end = index
    while end < len(words) and end - index < _DATELINE_NAME and words[end].isupper() and words[end].isalpha():
        end += 1
    if end == index or len(words[index]) <= _PLAIN_LENGTH or end >= len(words):
        return None
    dashed = words[end] in _DASHES and tokens.starts[end] > tokens.ends[end - 1]
    if not dashed or reading.is_organisation(tokens.lower[index:end]):
        return None
    return PlaceSpan(index, end, index, None, None, "place:dateline", _DATELINE)
