"""What kind of page an answer is. Only articles are parsed; the words are in ``classify.yml``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

import yaml
from pydantic import TypeAdapter
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from pipeline.scrape.answer import Answer
from pipeline.sites import Site
from pipeline.text.charset import charset_of, decode

_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Verdict:
    """``kind``: article, challenge, paywall, soft404, hijacked, empty, not_html. ``why`` for people."""

    kind: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class _Words:
    challenge: tuple[str, ...]
    challenge_title: tuple[str, ...]
    paywall: tuple[str, ...]
    soft404: tuple[str, ...]
    gambling: tuple[str, ...]
    gambling_least: int
    challenge_below: int
    empty_below: int


@cache
def _words() -> _Words:
    raw = yaml.safe_load(Path(__file__).with_name("classify.yml").read_text(encoding="utf-8"))
    return TypeAdapter(_Words).validate_python(raw)


def classify(answer: Answer, site: Site | None = None) -> Verdict:
    """Judge a whole answer with status 200.

    A foreign redirect (the answer comes from a host that the site does not own) and a page full of
    gambling advertisements mean that the domain was taken over.
    """
    words = _words()
    if site is not None and not site.owns(answer.final_url):
        return Verdict("hijacked", f"sent on to {urlsplit(answer.final_url).netloc.lower()}")
    content_type = (answer.header("content-type") or "").lower()
    if content_type and not any(kind in content_type for kind in ("html", "text/plain", "octet-stream")):
        return Verdict("not_html", content_type[:60])
    text = decode(answer.body, charset_of(content_type))
    low = text.lower()
    tree = HTMLParser(text)
    title = _title(tree)
    visible = _visible(tree)
    walled = _has(title, words.challenge_title) or _has(low[:60_000], words.challenge)
    if walled and len(visible) < words.challenge_below:
        return Verdict("challenge", title[:80])
    if _has(title, words.soft404):
        return Verdict("soft404", title[:80])
    if _has(low, words.paywall):
        return Verdict("paywall", next(word for word in words.paywall if word in low))
    advertised = {word for word in words.gambling if word in title or visible.count(word) >= 2}
    in_title = [word for word in words.gambling if word in title]
    if len(advertised) >= words.gambling_least and in_title:
        return Verdict("hijacked", "gambling: " + ", ".join(sorted(advertised)[:4]))
    if len(visible) < words.empty_below:
        return Verdict("empty", f"{len(visible)} characters")
    return Verdict("article")


def _has(text: str, words: tuple[str, ...]) -> bool:
    return any(word in text for word in words)


def _title(tree: HTMLParser) -> str:
    node = tree.css_first("title")
    heading = tree.css_first("h1")
    parts = [item.text() for item in (node, heading) if item is not None]
    return _SPACE.sub(" ", " ".join(parts)).strip().lower()


def _visible(tree: HTMLParser) -> str:
    """Text of the page without scripts and styles, in lower case. Changes the tree."""
    for node in tree.css("script, style, noscript, template"):
        node.decompose()
    body = tree.body
    return _SPACE.sub(" ", body.text(separator=" ")).strip().lower() if body is not None else ""
