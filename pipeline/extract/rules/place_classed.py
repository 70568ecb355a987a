"""Places behind a class word: ``Kecamatan Astambul``, ``Jl. A. Yani Km 46``, ``Pantai Panjang``."""

from __future__ import annotations

from pipeline.extract.rules.place_reader import ADMIN, HYPHENS, OPEN, PlaceSpan, Reading
from pipeline.registry.names import Hit

_LONGEST = {"street": 7, "facility": 6}
_LONGEST_OTHER = 4
_TOWN = "Kota"
"""``Desa Babelan Kota, Kecamatan Babelan``: the last word of a village's name."""
_DIGITS = 3
_SURE, _LIKELY, _LOOSE = 0.95, 0.85, 0.8


def classed(reading: Reading, start: int, behind: int, level: str) -> PlaceSpan | None:
    """The place that a class word opens; ``behind`` is the word after it."""
    if level != "street" and _belongs_to_organisation(reading, start, level):
        return None
    index = _name_start(reading, behind, level)
    if index is None:
        return None
    if level in OPEN:
        return _open(reading, start, index, level)
    hit = _hit_of_level(reading, index, level)
    if hit is not None:
        return _extended(reading, start, index, hit, level)
    return _run(reading, start, index, level) or _lower_case(reading, start, index, level)


def _belongs_to_organisation(reading: Reading, start: int, level: str) -> bool:
    """``KPU Kabupaten X``, ``Camat Kecamatan Y``: the region is a part of the name before it."""
    if level in ("regency", "province"):
        return reading.in_organisation(start)
    return start > 0 and reading.tokens.lower[start - 1] in reading.context["of_place"]


def _name_start(reading: Reading, behind: int, level: str) -> int | None:
    """Step over the full stop of an abbreviation, and over a comma put there by a slip."""
    tokens = reading.tokens
    index = behind
    if index < len(tokens) and tokens.words[index] == ".":
        short = tokens.lower[behind - 1] in reading.context["abbreviated"] and reading.glued(index)
        if not (short or not reading.glued(index)):
            return None
        index += 1
    elif index < len(tokens) and tokens.words[index] == ",":
        if level not in ("district", "village") or not _hit_of_level(reading, index + 1, level):
            return None
        index += 1
    if index >= len(tokens) or index in reading.taken or tokens.words[index] == "\n":
        return None
    return index


def _hit_of_level(reading: Reading, index: int, level: str) -> Hit | None:
    for hit in reading.hits.at(index):
        name = hit.name
        fits = (
            (level == "district" and name.districts)
            or (level == "regency" and (name.seats or any(len(code) == 5 for code in name.regions)))
            or (level == "province" and any(len(code) == 2 for code in name.regions))
        )
        if fits:
            return hit
    return None


def _extended(reading: Reading, start: int, index: int, hit: Hit, level: str) -> PlaceSpan:
    """A known name; where the words behind show that it goes on (``Sigi Kota``), the longer unknown one."""
    tokens = reading.tokens
    end = hit.end
    side = level == "district" and end < len(tokens) and tokens.lower[end] in reading.context["side"]
    if side and tokens.words[end][0].isupper() and not _begins_another(reading, end):
        return PlaceSpan(start, end + 1, index, level, None, f"place:{level}", _LIKELY)
    return PlaceSpan(start, end, index, level, hit, f"place:{level}", _SURE)


def _begins_another(reading: Reading, end: int) -> bool:
    """``Kecamatan Sipatana Kota Utara``, ``Kecamatan Sigi Kota Palu``: the side word is another place's."""
    if any(hit.end > end + 1 and hit.name.districts for hit in reading.hits.at(end)):
        return True
    return any(hit.name.regions for hit in reading.hits.at(end + 1))


def _open(reading: Reading, start: int, index: int, level: str) -> PlaceSpan | None:
    """A street, a building, a feature of nature: whatever capitalised words follow."""
    tokens = reading.tokens
    if level != "street" and not (tokens.words[start][0].isupper() or tokens.words[index][0].isupper()):
        return None
    inner = _class_inside(reading, start, index)
    if inner is not None:
        return inner
    span = _run(reading, start, index, level)
    if span is None or tokens.lower[span.name_start] in reading.context["generic"]:
        return None
    houses = tokens.lower[start] in reading.context["houses"]
    if houses and tokens.lower[span.name_start] in reading.context["org"]:
        return None
    if all(word.isdigit() for word in tokens.words[span.name_start : span.end]):
        return None
    return span


def _class_inside(reading: Reading, start: int, index: int) -> PlaceSpan | None:
    """``Jembatan Desa Kati Maju``, ``Museum Provinsi Sulawesi Tenggara``: a building of a region."""
    from pipeline.extract.rules.place_reader import classes

    tokens = reading.tokens
    found = classes()[0].longest(tokens, index)
    if found is None or found[1] not in ADMIN or not tokens.words[index][0].isupper():
        return None
    inside = classed(reading, index, found[0], found[1]) if index not in reading.taken else None
    if inside is None:
        return None
    return PlaceSpan(start, inside.end, index, "facility", None, "place:facility", _LOOSE)


def _run(reading: Reading, start: int, index: int, level: str) -> PlaceSpan | None:
    """The capitalised words behind a class word, with numbers, initials and hyphens as they occur."""
    tokens = reading.tokens
    if tokens.lower[index] in reading.context["generic"]:
        return None
    limit = min(len(tokens), index + _LONGEST.get(level, _LONGEST_OTHER))
    if reading.in_headline(index):
        limit = min(limit, index + 2)
    end = index
    while end < limit:
        step = _step(reading, index, end, level)
        if step == 0 or (level == "village" and end > index and _is_own_district(reading, end)):
            break
        end += step
        if tokens.words[end - 1].isdigit() and level == "street":
            break
    if end == index:
        return None
    return PlaceSpan(start, end, index, level, None, f"place:{level}", _LIKELY if level in ADMIN else _LOOSE)


def _step(reading: Reading, index: int, end: int, level: str) -> int:
    """How many words more belong to the name; 0 at its end."""
    tokens = reading.tokens
    word = tokens.words[end]
    after = end + 1
    if tokens.lower[end] in reading.context["number"] and end > index:
        return _numbered(reading, end) if level == "street" else 0
    if end == index and level == "village" and word[0].isdigit():
        return _counted_name(reading, end)
    named_after = end == index and level in OPEN and tokens.words[index - 1][0].isupper()
    if reading.goes_on(end, first=end == index, ranks=named_after):
        return 1
    if level == "village" and end > index and word == _TOWN and tokens.words[after : after + 1] == [","]:
        return 1
    if level == "district" and end > index and tokens.lower[end] in reading.context["side"]:
        following = reading.hits.at(after)
        return int(tokens.words[end][0].isupper() and not any(hit.name.regions for hit in following))
    if level in OPEN and word.isdigit() and len(word) <= _DIGITS:
        return 1 if reading.goes_on(after) and tokens.lower[after] not in reading.context["counted"] else 0
    if end == index:
        return 0
    if level == "village" and word.isdigit() and len(word) < _DIGITS:
        return int(tokens.words[after : after + 1] == [","])
    if word in HYPHENS and after < len(tokens):
        twin = reading.glued(after) and _is_echo(tokens.lower[end - 1], tokens.lower[after])
        joined = level == "street" or (reading.glued(after) and reading.glued(end))
        return 2 if twin or (joined and reading.goes_on(after)) else 0
    if word == "." and len(tokens.words[end - 1]) <= 2 and tokens.words[end - 1][0].isupper():
        return 1 if reading.goes_on(after, ranks=True) else 0
    return 0


def _is_own_district(reading: Reading, index: int) -> bool:
    """``Kelurahan Panjer Denpasar Selatan``: the own kabupaten, or a kecamatan of it, begins here."""
    return any(
        hit.end > index + 1
        and any(code[:5] in reading.home for code in (*hit.name.districts, *hit.name.regions))
        for hit in reading.hits.at(index)
    )


def _counted_name(reading: Reading, start: int) -> int:
    """``Kelurahan 35 Ilir``, ``Kelurahan 9/10 Ulu``: the words of a name that begins with its number."""
    words = reading.tokens.words
    figures = 3 if words[start + 1 : start + 2] == ["/"] else 1
    end = start + figures
    return figures + 1 if reading.tokens.lower[end : end + 1] and _is_side(reading, end) else 0


def _is_side(reading: Reading, index: int) -> bool:
    tokens = reading.tokens
    return tokens.words[index][0].isupper() and tokens.lower[index] in reading.context["side"]


def _is_echo(word: str, after: str) -> bool:
    """``Lak-lak``, ``Banta-bantaeng``: the second word repeats the first, longer or not."""
    return after.startswith(word) and len(word) >= len("lak")


def _numbered(reading: Reading, end: int) -> int:
    """``Km 46``, ``No. 1`` behind a street."""
    words = reading.tokens.words
    figure = end + 2 if words[end + 1 : end + 2] == ["."] else end + 1
    return figure + 1 - end if figure < len(words) and words[figure].isdigit() else 0


def _lower_case(reading: Reading, start: int, index: int, level: str) -> PlaceSpan | None:
    """``Kelurahan gurun panjang , kecamatan …``: a village in small letters, told by what ends it."""
    tokens = reading.tokens
    if level != "village" or reading.is_organisation(tokens.lower[index : index + 1]):
        return None
    end = index
    while (
        end < len(tokens) and end < index + 3 and tokens.words[end].isalpha() and tokens.words[end].islower()
    ):
        end += 1
    closed = end < len(tokens) and tokens.words[end] == "," and end + 1 < len(tokens)
    if end == index or not closed or tokens.lower[end + 1] not in reading.context["districtish"]:
        return None
    return PlaceSpan(start, end, index, level, None, f"place:{level}", 0.6)
