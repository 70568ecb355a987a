"""The sample's server and what its pages hold."""

from __future__ import annotations

import httpx
import pytest

from pipeline.article import from_html
from pipeline.sample import SampleArticle, SampleServer, sample_sites
from pipeline.sample.pages import render

ARTICLES = [(site, article) for site in sample_sites() for article in site.articles]
# Lines that cleaning must take away, and the beginnings of others.
_GONE = ("BACA JUGA", "Artikel ini telah tayang")


def test_the_sample_is_large_and_varied_enough() -> None:
    articles = [article for _, article in ARTICLES]
    police = [article for article in articles if article.unit]
    assert len(police) >= 40
    assert len(articles) - len(police) >= 6
    assert len({article.event for article in police}) >= 20
    assert len({article.url for article in articles}) == len(articles)


@pytest.mark.parametrize(("site", "article"), ARTICLES, ids=lambda value: getattr(value, "slug", None) or "")
def test_a_page_gives_back_its_article(site: object, article: SampleArticle) -> None:
    page = render(site, article.path)  # type: ignore[arg-type]
    assert page is not None
    read = from_html(page.body, url=article.url)
    assert read.title == article.title
    assert read.published_at == article.published
    assert read.published_date == article.published.date()
    body = read.text[: read.captions_start].rstrip("\n")
    wanted = [line.removesuffix("(Man)").removesuffix("(Red)").rstrip() for line in article.lines]
    wanted = [line for line in wanted if not line.startswith(_GONE)]
    assert body.replace("\n", " ") == " ".join(wanted)
    assert article.wrapped or body == "\n".join(wanted)


def test_the_host_header_chooses_the_site_and_answers_are_conditional() -> None:
    site = sample_sites()[0]
    with SampleServer() as server, httpx.Client(trust_env=False) as client:
        url = f"http://127.0.0.1:{server.port}"
        robots = client.get(f"{url}/robots.txt", headers={"Host": site.host})
        assert robots.text.startswith("User-agent: *")
        first = client.get(f"{url}{site.articles[0].path}", headers={"Host": site.host})
        assert site.articles[0].title in first.text
        again = client.get(
            f"{url}{site.articles[0].path}",
            headers={"Host": site.host, "If-None-Match": first.headers["etag"]},
        )
        assert (again.status_code, again.content) == (304, b"")
        assert client.get(f"{url}/robots.txt", headers={"Host": "elsewhere.example"}).status_code == 404
        assert [status for _, _, status in server.log] == [200, 200, 304, 404]
