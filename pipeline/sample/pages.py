"""The pages of the sample's sites, rendered from the templates beside this file."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache

from jinja2 import Environment, FileSystemLoader, select_autoescape
from markupsafe import Markup

from pipeline.sample.content import HERE, SampleArticle, SampleSite

ROBOTS = "User-agent: *\nDisallow: /wp-admin/\nDisallow: /search\n\nSitemap: {home}/sitemap.xml\n"
_HTML = "text/html; charset=UTF-8"
_XML = "application/xml; charset=UTF-8"
_JSON = "application/json; charset=UTF-8"
_OTHERS = 4


@dataclass(frozen=True, slots=True)
class Rendered:
    """What a server answers with."""

    content_type: str
    body: bytes


@cache
def _templates() -> Environment:
    return Environment(
        loader=FileSystemLoader(HERE / "templates"), autoescape=select_autoescape(["html", "xml"])
    )


def render(site: SampleSite, path: str) -> Rendered | None:
    """The page of a site at a path; None where there is none."""
    if path == "/robots.txt":
        return Rendered("text/plain; charset=UTF-8", ROBOTS.format(home=site.home).encode())
    if path in site.pages:
        return _listing(site, site.pages[path])
    if path == site.posts:
        return _json([_post(article) for article in site.articles])
    if path == site.feed:
        return _json({"feed": {"entry": [_entry(article) for article in site.articles]}})
    for number, article in enumerate(site.articles):
        if article.path == path:
            return _article(site, article, number)
    return None


def _listing(site: SampleSite, name: str) -> Rendered:
    body = _templates().get_template(name).render(site=site, articles=site.articles)
    return Rendered(_XML if name.endswith(".xml") else _HTML, body.encode())


def _article(site: SampleSite, article: SampleArticle, number: int) -> Rendered:
    around = [*site.articles[number + 1 :], *site.articles[:number]]
    page = _templates().get_template(f"{site.template}.html")
    body = page.render(
        site=site,
        article=article,
        others=around[:_OTHERS],
        next=around[0],
        loop_index=number + 1,
        graph=Markup(_graph(site, article)),  # noqa: S704 - JSON without "<", see _graph
    )
    return Rendered(_HTML, body.encode())


def _graph(site: SampleSite, article: SampleArticle) -> str:
    """JSON-LD as a search-engine plug-in writes it; ``<`` is escaped, so that no element can end early."""
    graph = [
        {"@type": "WebSite", "@id": f"{site.home}/#website", "name": site.name},
        {
            "@type": "NewsArticle",
            "headline": article.title,
            "datePublished": article.utc,
            "dateModified": article.utc,
            "author": {"@type": "Person", "name": article.by},
            "mainEntityOfPage": {"@id": article.url},
        },
    ]
    text = json.dumps({"@context": "https://schema.org", "@graph": graph}, ensure_ascii=False)
    return text.replace("<", "\\u003c")


def _post(article: SampleArticle) -> dict[str, object]:
    stamp = article.utc.removesuffix("+00:00")
    return {
        "id": article.id,
        "link": article.url,
        "date_gmt": stamp,
        "modified_gmt": stamp,
        "title": {"rendered": article.title},
    }


def _entry(article: SampleArticle) -> dict[str, object]:
    return {
        "published": {"$t": article.iso},
        "updated": {"$t": article.iso},
        "title": {"type": "text", "$t": article.title},
        "link": [{"rel": "alternate", "type": "text/html", "href": article.url}],
    }


def _json(value: object) -> Rendered:
    return Rendered(_JSON, json.dumps(value, ensure_ascii=False).encode())
