"""Ways to find articles, each against its own kind of listing and against broken ones."""

from __future__ import annotations

import contextlib
import gzip
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import chain
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.scrape import Client, Policy
from pipeline.scrape.discover import (
    Asker,
    Discovered,
    Unavailable,
    Window,
    blogger,
    discover,
    listing,
    rss,
    wordpress,
)
from pipeline.scrape.discover import sitemap as sitemap_way
from pipeline.scrape.discover.asking import Listing, moment
from pipeline.scrape.ledger import Found, Ledger
from pipeline.scrape.urls import canonical, identity
from pipeline.sites import Discovery, Site, load_sites, platforms
from tests.misbehave import Web
from tests.scrape.conftest import HOST, FakeClock

Make = Callable[..., Site]
SINCE = datetime(2026, 11, 1, tzinfo=UTC)


@pytest.fixture
def look(clock: FakeClock, tmp_path: Path) -> Callable[[Site], Discovered]:
    """Visit a site's listings and enter what was found, as a run does."""
    ledger = Ledger(tmp_path / "ledger.sqlite")
    client = Client(Policy(allow_private=True, polite=False, backoff=0.0, read=2.0), clock=clock)

    def go(site: Site) -> Discovered:
        seen = discover(Asker(client, ledger, site), site, Window(SINCE))
        ledger.enter(site.id, seen.found, seen.listings, clock.now())
        return seen

    return go


def rss_feed(web: Web, *numbers: int, day: int = 5) -> str:
    items = "".join(
        f"<item><title>Berita {n}</title><link>{web.url(HOST, f'/2026/11/berita-{n}/')}?utm_source=rss</link>"
        f"<pubDate>{day:02d} Nov 2026 08:00:00 +0700</pubDate></item>"
        for n in numbers
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>x</title>{items}</channel></rss>'


def paths(seen: Discovered) -> list[str]:
    return ["/" + item.url.split("/", 3)[3] for item in seen.found]


def test_rss_with_pages_stops_at_what_is_known(
    web: Web, site: Make, look: Callable[[Site], Discovered]
) -> None:
    web.page(HOST, "/feed/", rss_feed(web, 4, 3), kind="application/rss+xml")
    web.page(HOST, "/feed/?paged=2", rss_feed(web, 2, 1), kind="application/rss+xml")
    web.page(HOST, "/feed/?paged=3", rss_feed(web), kind="application/rss+xml")
    place = site(Discovery("rss", "/feed/", "/feed/?paged={n}"))
    seen = look(place)
    assert paths(seen) == [f"/2026/11/berita-{n}/" for n in (4, 3, 2, 1)]
    assert seen.found[0].published == datetime(2026, 11, 5, 1, 0, tzinfo=UTC)
    web.forget()
    again = look(place)
    assert again.way == "rss" and again.found == () and web.paths() == ["/feed/"]
    web.page(HOST, "/feed/", rss_feed(web, 5, 4, 3), kind="application/rss+xml")
    web.forget()
    assert "/2026/11/berita-5/" in paths(look(place)) and web.paths()[0] == "/feed/"


def test_atom_and_broken_feeds_give_what_can_be_read(
    web: Web, site: Make, look: Callable[[Site], Discovered]
) -> None:
    link = f'<link href="{web.url(HOST, "/a-1/")}"/>'
    atom = f'<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>A & B</title>{link}'
    web.page(HOST, "/feed/", atom, kind="application/atom+xml")
    assert paths(look(site(Discovery("rss", "/feed/")))) == ["/a-1/"]


def sitemap(*urls: tuple[str, str], root: str = "urlset", item: str = "url") -> str:
    body = "".join(f"<{item}><loc>{url}</loc><lastmod>{day}</lastmod></{item}>" for url, day in urls)
    return f'<?xml version="1.0"?><{root} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{body}</{root}>'


def test_sitemap_index_with_gzip_opens_only_fresh_children(
    web: Web, site: Make, look: Callable[[Site], Discovered]
) -> None:
    index = sitemap(
        (web.url(HOST, "/old.xml"), "2025-01-01"), (web.url(HOST, "/new.xml.gz"), "2026-11-09"),
        ("http://elsewhere.example/x.xml", "2026-11-09"),
        (web.url(HOST, "/wp-sitemap-users-1.xml"), "2026-11-09"), root="sitemapindex", item="sitemap",
    )  # fmt: skip
    web.page(HOST, "/sitemap.xml", index, kind="application/xml")
    child = sitemap(
        (web.url(HOST, "/a-2/"), "2026-11-08T10:00:00+07:00"), (web.url(HOST, "/a-1/"), "2026-10-01")
    )
    web.page(HOST, "/new.xml.gz", gzip.compress(child.encode()), kind="application/gzip")
    assert paths(look(site(Discovery("sitemap")))) == ["/a-2/"]
    assert not {"/old.xml", "/wp-sitemap-users-1.xml"} & set(web.paths())


def test_a_sitemap_with_entities_is_refused_and_the_next_way_taken(
    web: Web, site: Make, look: Callable[[Site], Discovered]
) -> None:
    evil = (
        '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd"><!ENTITY b "&a;&a;&a;">]>'
        f"<urlset><url><loc>{web.url(HOST)}/&b;</loc></url></urlset>"
    )
    web.page(HOST, "/sitemap.xml", evil, kind="application/xml")
    web.page(HOST, "/feed/", rss_feed(web, 1), kind="application/rss+xml")
    seen = look(site(Discovery("sitemap"), Discovery("rss", "/feed/")))
    assert seen.way == "rss" and "DTD or entities refused" in seen.problems[0]


def test_a_feed_without_end_costs_itself_only(
    web: Web, site: Make, look: Callable[[Site], Discovered]
) -> None:
    def endless(request: object) -> None:
        request.start(kind="application/rss+xml")  # type: ignore[attr-defined]
        while True:
            request.wfile.write(b"<item><title>lagi</title></item>" * 1000)  # type: ignore[attr-defined]

    web.route(HOST, "/feed/", endless)
    web.page(HOST, "/", f'<a href="{web.url(HOST)}/polres-contoh-gelar-patroli-malam/">x</a>')
    seen = look(site(Discovery("rss", "/feed/"), Discovery("listing")))
    assert seen.way == "listing" and seen.problems == ("rss /feed/: too_large",)


def test_wordpress_lists_new_and_edited_posts(
    web: Web, site: Make, look: Callable[[Site], Discovered]
) -> None:
    def posts(*rows: tuple[int, str]) -> str:
        return json.dumps(
            [
                {"link": web.url(HOST, f"/a-{n}/"), "date_gmt": "2026-11-02T00:00:00", "modified_gmt": when,
                 "title": {"rendered": "x"}}
                for n, when in rows
            ]
        )  # fmt: skip

    path = "/wp-json/wp/v2/posts"
    web.page(HOST, path, posts((1, "2026-11-02T00:00:00")), kind="application/json")
    place = site(*platforms()["wordpress"].discover)
    assert paths(look(place)) == ["/a-1/"]
    web.page(HOST, path, posts((1, "2026-11-09T00:00:00")), kind="application/json")
    assert paths(look(place)) == ["/a-1/"]


def test_wordpress_without_rest_falls_back_on_its_feed(
    web: Web, site: Make, look: Callable[[Site], Discovered]
) -> None:
    web.route(HOST, "/wp-json/wp/v2/posts", lambda r: r.send(b'{"code":"rest_no"}', status=401))
    web.page(HOST, "/feed/", rss_feed(web, 1), kind="application/rss+xml")
    assert look(site(*platforms()["wordpress"].discover)).way == "rss"


def test_blogger_feed(web: Web, site: Make, look: Callable[[Site], Discovered]) -> None:
    entry = {
        "link": [{"rel": "self", "href": "x"},
                 {"rel": "alternate", "href": web.url(HOST, "/2026/11/apel.html")}],
        "published": {"$t": "2026-11-05T08:00:00.000+07:00"}, "updated": {"$t": "2026-11-05T09:00:00+07:00"},
        "title": {"$t": "Apel"},
    }  # fmt: skip
    web.page(HOST, "/feeds/posts/summary", json.dumps({"feed": {"entry": [entry]}}), kind="application/json")
    seen = look(site(*platforms()["blogger"].discover))
    assert paths(seen) == ["/2026/11/apel.html"] and seen.found[0].title == "Apel"


def test_disway_listing_takes_its_numbered_addresses(
    web: Web, site: Make, look: Callable[[Site], Discovered]
) -> None:
    links = [
        "/read/12/polres-a",
        "/amp/13/polres-b",
        "/kategori/3/hukum",
        "//elsewhere.example/read/9/x",
        "/read/12/polres-a?page=all",
    ]
    web.page(HOST, "/", "".join(f'<a href="{link}">x</a>' for link in links))
    assert paths(look(site(*platforms()["disway"].discover))) == ["/read/12/polres-a", "/read/13/polres-b"]


def test_odoo_blog_with_pages(web: Web, site: Make, look: Callable[[Site], Discovered]) -> None:
    web.page(
        HOST, "/blog", '<a href="/blog/keamanan-6/patroli-malam-87626">x</a><a href="/blog/keamanan-6">y</a>'
    )
    web.page(HOST, "/blog/page/2", '<a href="/blog/sosial-7/bakti-sosial-87000">x</a>')
    web.page(HOST, "/blog/page/3", "<p>kosong</p>")
    seen = look(site(*platforms()["odoo"].discover))
    assert paths(seen) == ["/blog/keamanan-6/patroli-malam-87626", "/blog/sosial-7/bakti-sosial-87000"]


def test_a_site_that_is_down_is_not_asked_way_after_way(
    web: Web, site: Make, look: Callable[[Site], Discovered]
) -> None:
    web.route(HOST, "/robots.txt", lambda r: r.send(b"", status=503))
    seen = look(site(*platforms()["generic"].discover))
    assert seen.way is None and seen.problems == ("rss /feed/: robots_unreachable",)


def test_a_listing_that_only_says_304_is_read_whole_after_some_days(
    web: Web, site: Make, look: Callable[[Site], Discovered], clock: FakeClock
) -> None:
    web.page(HOST, "/feed/", rss_feed(web, 1), kind="application/rss+xml")
    place = site(Discovery("rss", "/feed/"))
    look(place)

    def lie(request: object) -> None:
        conditional = request.headers.get("If-None-Match")  # type: ignore[attr-defined]
        request.send(b"" if conditional else rss_feed(web, 2, 1).encode(), status=304 if conditional else 200)  # type: ignore[attr-defined]

    web.route(HOST, "/feed/", lie)
    assert look(place).found == ()
    clock.t += timedelta(days=4).total_seconds()
    assert "/2026/11/berita-2/" in paths(look(place))


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("2026-11-05T08:00:00+07:00", 2026),
        ("2026-11-05", 2026),
        ("2026-11-05T08:00:00Z", 2026),
        ("0001-01-01T00:00:00+14:00", None),
        ("9999-12-31T23:00:00-12:00", None),
        ("kemarin", None),
        ("", None),
        (None, None),
    ],
)
def test_dates_of_listings_are_utc_or_nothing(text: str | None, year: int | None) -> None:
    found = moment(text)
    assert (found.year if found else None) == year
    assert found is None or found.utcoffset() == timedelta(0)


SITE = load_sites()[0]
SCRAPS = st.sampled_from(
    [
        b"<rss><channel><item><link>http://x.id/a</link><pubDate>Mon, 99 Fo</pubDate></item></channel></rss>",
        b'[{"link":"http://x.id/\\ud800","date_gmt":"x","modified_gmt":5,"title":[]},7,null]',
        b'{"feed":{"entry":[{"link":[{"rel":"alternate","href":5}],"published":{"$t":"9999-99"}}]}}',
        b'{"feed":{"entry":{"a":1}}}',
        b"<urlset><url><loc> </loc></url><url><lastmod>x</lastmod></url></urlset>",
        b'<a href="http://[::1">x</a><a href="//">y</a><a href="\xff">z</a><base href="http://[">',
    ]
)


@settings(max_examples=60, deadline=None)
@given(scrap=SCRAPS, at=st.integers(0, 120), junk=st.binary(max_size=6))
def test_no_listing_breaks_a_parser(scrap: bytes, at: int, junk: bytes) -> None:
    page = Listing("http://x.id/", scrap[:at] + junk + scrap[at:], None, same=False)
    found: list[Found] = rss.parse(page.body) + listing.links(page, SITE, None)
    for parse in (wordpress.parse, blogger.parse, lambda one: [*chain(*sitemap_way.parse(one))]):
        with contextlib.suppress(Unavailable):
            found += parse(page)
    for item in found:
        canonical(item.url)
        identity(item.url)
