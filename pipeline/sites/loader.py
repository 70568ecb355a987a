"""Reads site files, checks them, and says file and line of what is wrong."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

import yaml
from pydantic import TypeAdapter, ValidationError

from pipeline.errors import SiteError
from pipeline.sites.entry import Host, Platform, Site, SiteFile

HERE = Path(__file__).resolve().parent
ENTRIES = HERE / "entries"
PACKAGE = "package"
"""Given as a folder, stands for the package's own entries."""
DEFAULT_RATE = 3.0

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
T = TypeVar("T")


def load_sites(folders: Sequence[str | Path] = ()) -> list[Site]:
    """All sites of the folders (the package's own when none is given), sorted by id.

    Errors: ``SiteError`` with file and line for an unknown key, a wrong value, an id used twice.

    >>> any(site.host == "purwakarta.jis.co.id" for site in load_sites())
    True
    """
    sites: dict[str, Site] = {}
    for file in _files(folders or (PACKAGE,)):
        for site in read_file(file):
            if site.id in sites:
                raise SiteError(
                    f"the id {site.id!r} is also used in {sites[site.id].file}",
                    where=str(file),
                    hint="give each host an id of its own",
                )
            sites[site.id] = site
    return [sites[key] for key in sorted(sites)]


def find_site(sites: Iterable[Site], wanted: str) -> Site:
    """The site with an id or host; ``SiteError`` when there is none."""
    known = list(sites)
    for site in known:
        if wanted in {site.id, site.host, site.url}:
            return site
    near = [site.id for site in known if wanted.lower() in site.id or wanted.lower() in site.host]
    hint = f"did you mean {', '.join(near[:5])}?" if near else "`rilis sites list` shows all"
    raise SiteError(f"no site {wanted!r}", hint=hint)


@cache
def by_host() -> Mapping[str, Site]:
    """The package's own entries by host.

    >>> by_host()["purwakarta.jis.co.id"].province
    '32'
    """
    return MappingProxyType({site.host: site for site in load_sites()})


def read_file(path: Path) -> list[Site]:
    """The sites of one YAML file."""
    entry = _read(path, SiteFile)
    preset = platforms().get(entry.platform)
    if preset is None:
        raise SiteError(
            f"unknown platform {entry.platform!r}", where=str(path), hint=f"one of {', '.join(platforms())}"
        )
    if not entry.hosts:
        raise SiteError("no hosts", where=str(path), hint="add `hosts:` with at least one `url:`")
    return [_site(entry, host, preset, path) for host in entry.hosts]


@cache
def platforms() -> dict[str, Platform]:
    """The publishing systems by id, from ``platforms.yml``."""
    return _read(HERE / "platforms.yml", dict[str, Platform])


def _files(folders: Iterable[str | Path]) -> list[Path]:
    files: list[Path] = []
    for folder in folders:
        path = ENTRIES if str(folder) == PACKAGE else Path(folder)
        if path.is_file():
            files.append(path)
        elif path.is_dir():
            files += sorted([*path.glob("*.yml"), *path.glob("*.yaml")])
        else:
            raise SiteError(
                "no such folder of sites",
                where=str(path),
                hint="`rilis sites new URL --out DIR` drafts an entry",
            )
    return files


def _site(entry: SiteFile, host: Host, preset: Platform, path: Path) -> Site:
    zone = host.time_zone or entry.time_zone
    if zone is None:
        raise SiteError(
            f"no time zone for {host.url}",
            where=str(path),
            hint="Asia/Jakarta, Asia/Makassar or Asia/Jayapura",
        )
    rate = next((value for value in (host.rate, entry.rate) if value is not None), DEFAULT_RATE)
    own_status = host.status is not None
    return Site(
        id=host.id or (entry.id if len(entry.hosts) == 1 else _host_id(host.url)),
        name=host.name or (entry.name if len(entry.hosts) == 1 else f"{entry.name}: {_host_id(host.url)}"),
        url=host.url,
        platform=entry.platform,
        kind=host.kind or entry.kind,
        network=entry.network,
        language=entry.language,
        province=host.province or entry.province,
        units=host.units,
        seen=host.seen,
        time_zone=zone,
        status=host.status or entry.status,
        status_reason=host.status_reason if own_status else entry.status_reason,
        status_since=host.status_since if own_status else entry.status_since,
        aliases=host.aliases,
        discover=host.discover or entry.discover or preset.discover,
        selectors=host.selectors or entry.selectors or preset.selectors,
        pages=entry.pages or preset.pages,
        rate=rate,
        assertions=entry.assertions,
        file=path.name,
    )


def _host_id(url: str) -> str:
    return url.split("://", 1)[1].split("/", maxsplit=1)[0].lower().removeprefix("www.").replace(":", "-")


def _read(path: Path, kind: type[T]) -> T:
    try:
        text = path.read_text(encoding="utf-8")
        loader = _Loader(text)
        node = loader.get_single_node()
        _refuse_repeats(node, path)
        data: Any = loader.construct_document(node) if node is not None else None
    except (OSError, UnicodeDecodeError) as error:
        raise SiteError(f"cannot be read: {error}", where=str(path)) from error
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise SiteError(f"not YAML: {error.problem}", where=f"{path}:{line}") from error
    except yaml.YAMLError as error:
        raise SiteError(f"not YAML: {error}", where=str(path)) from error
    try:
        return TypeAdapter(kind).validate_python(data)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        unknown = first["type"] in {"unexpected_keyword_argument", "extra_forbidden"}
        message = f"unknown key {place!r}" if unknown else f"{place}: {first['msg']}"
        raise SiteError(
            message,
            where=f"{path}:{_line(node, first['loc'])}",
            hint="docs/sites.md lists the keys of a site entry",
        ) from error


def _line(node: yaml.Node | None, place: Sequence[Any]) -> int:
    """Line (from 1) of the deepest node on the way to a place in the document."""
    line = 1
    for part in place:
        if isinstance(node, yaml.MappingNode):
            pair = next(((k, v) for k, v in node.value if k.value == str(part)), None)
            if pair is None:
                break
            line, node = pair[0].start_mark.line + 1, pair[1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
            node = node.value[part]
            line = node.start_mark.line + 1
        else:
            break
    return line


def _refuse_repeats(node: yaml.Node | None, path: Path) -> None:
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            if key.value in seen:
                raise SiteError(f"key {key.value!r} twice", where=f"{path}:{key.start_mark.line + 1}")
            seen.add(key.value)
            _refuse_repeats(value, path)
    elif isinstance(node, yaml.SequenceNode):
        for child in node.value:
            _refuse_repeats(child, path)
