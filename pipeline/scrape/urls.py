"""One address a page: tracking parameters, AMP, mobile hosts and ``?page=all`` taken away."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from urllib.parse import parse_qsl, quote, urlencode, urljoin, urlsplit, urlunsplit

import yaml

_SLASHES = re.compile(r"/{2,}")
_SAFE_PATH = "/%:@!$&'()*+,;=~-._"


@cache
def _words() -> dict[str, tuple[str, ...]]:
    raw = yaml.safe_load(Path(__file__).with_name("urls.yml").read_text(encoding="utf-8"))
    return {key: tuple(values) for key, values in raw.items()}


def canonical(url: str, base: str | None = None) -> str | None:
    """The address under which a page is known, or ``None`` when it is not an http(s) address.

    >>> canonical("HTTP://M.Example.id/a//b/?utm_source=x&page=all#top")
    'http://m.example.id/a/b/'
    >>> canonical("https://example.id/amp/12/slug?p=3&fbclid=y")
    'https://example.id/read/12/slug?p=3'
    """
    try:
        parts = urlsplit(urljoin(base, url.strip()) if base else url.strip())
        host, port = (parts.hostname or "").lower().rstrip("."), parts.port
    except ValueError:
        return None
    if parts.scheme not in {"http", "https"} or not host:
        return None
    if port and port != {"http": 80, "https": 443}[parts.scheme]:
        host = f"{host}:{port}"
    path = quote(_without_amp(_SLASHES.sub("/", parts.path) or "/"), safe=_SAFE_PATH, errors="replace")
    return urlunsplit((parts.scheme, host, path, _query(parts.query), ""))


def identity(url: str) -> str:
    """What two addresses of one page share: no scheme, no ``www.`` or ``m.``, no slash at the end.

    >>> identity("https://www.example.id/a/") == identity("http://m.example.id/a")
    True
    """
    parts = urlsplit(canonical(url) or url)
    host = parts.netloc
    for prefix in _words()["host_prefixes"]:
        if host.startswith(prefix) and host.count(".") > 1:
            host = host.removeprefix(prefix)
            break
    return host + parts.path.rstrip("/") + (f"?{parts.query}" if parts.query else "")


def _query(query: str) -> str:
    words = _words()
    kept = []
    for key, value in parse_qsl(query, keep_blank_values=True):
        low = key.lower()
        if low in words["drop"] or low.startswith(words["drop_prefixes"]):
            continue
        if f"{low}={value.lower()}" in words["drop_pairs"]:
            continue
        kept.append((key, value))
    return urlencode(sorted(kept), errors="replace")


def _without_amp(path: str) -> str:
    pieces = path.split("/")
    if len(pieces) > 2 and pieces[1] == "amp":
        if pieces[2].isdigit():
            return "/".join(["", "read", *pieces[2:]])
        return "/".join(["", *pieces[2:]])
    if pieces[-1] == "amp":
        return "/".join([*pieces[:-1], ""])
    if len(pieces) > 2 and pieces[-2:] == ["amp", ""]:
        return "/".join([*pieces[:-2], ""])
    return path
