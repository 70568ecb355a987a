"""One address for one article: tracking parameters, AMP, mobile hosts and page numbers are taken off."""

from __future__ import annotations

import csv
import re
from functools import cache
from pathlib import Path
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

_AMP_PATH = re.compile(r"(?:/amp)+/?$", re.IGNORECASE)
_AMP_READ = re.compile(r"^(/[^/]+)?/amp/(\d+)/")
_PAGE_PATH = re.compile(r"/page/\d{1,3}/?$")
_SLASHES = re.compile(r"/{2,}")
_SAFE = "/%:@!$&'()*+,;=~-._"


@cache
def _words() -> dict[str, frozenset[str]]:
    kinds: dict[str, set[str]] = {}
    with (Path(__file__).parent / "url.csv").open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            kinds.setdefault(row["kind"], set()).add(row["value"])
    return {kind: frozenset(values) for kind, values in kinds.items()}


def site_of(url: str | None) -> str | None:
    """The host of an address in lower case, without ``www.`` and a trailing dot; None when there is none.

    >>> site_of("https://WWW.Intisarinews.co.id/x")
    'intisarinews.co.id'
    """
    if not url:
        return None
    try:
        host = (urlsplit(url.strip()).hostname or "").rstrip(".")
    except ValueError:
        return None
    return host.removeprefix("www.") or None


def _host(host: str) -> str:
    first, _, rest = host.partition(".")
    if first in _words()["mobile_host"] and "." in rest:
        return rest
    return host


def _dropped(name: str, value: str) -> bool:
    words = _words()
    lower = name.lower()
    if lower in words["tracking"] or any(lower.startswith(p) for p in words["tracking_prefix"]):
        return True
    return lower in words["page_parameter"] and (value.isdigit() or value.lower() == "all")


def canonical_url(url: str) -> str:
    """The address under which an article is known, however it was linked.

    Scheme https for the web's own ports, host in lower case without ``www.``/``m.``/``amp.``, no fragment,
    no tracking parameter, no AMP form, no page number, parameters sorted, no slash at the end.
    What cannot be read as an address is returned stripped and otherwise unchanged.

    >>> canonical_url("http://m.example.id/read/12/polres-x?utm_source=wa&page=all#top")
    'https://example.id/read/12/polres-x'
    >>> canonical_url("https://kaltim.example.id/2024/02/kampanye/amp")
    'https://kaltim.example.id/2024/02/kampanye'
    """
    stripped = url.strip()
    try:
        parts = urlsplit(stripped)
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        return stripped
    if parts.scheme.lower() not in {"http", "https"} or not host:
        return stripped
    known_port = port is None or port in {80, 443}
    host = _host(host.removeprefix("www."))
    if ":" in host:
        host = f"[{host}]"
    path = _SLASHES.sub("/", parts.path)
    path = _AMP_READ.sub(r"\1/read/\2/", path)
    path = _PAGE_PATH.sub("", _AMP_PATH.sub("", path)).rstrip("/")
    query = sorted(
        (name, value)
        for name, value in parse_qsl(parts.query, keep_blank_values=True)
        if not _dropped(name, value)
    )
    return urlunsplit(
        (
            "https" if known_port else parts.scheme.lower(),
            host if known_port else f"{host}:{port}",
            quote(path, safe=_SAFE),
            urlencode(query),
            "",
        )
    )
