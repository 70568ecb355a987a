"""The client against a web that misbehaves: each fault has its stated answer, nothing raises."""

from __future__ import annotations

import gzip
import threading
import time
import zlib
from datetime import timedelta

import pytest

from pipeline.scrape import Client, Policy
from pipeline.scrape.guard import is_public
from tests.misbehave import Request, Web
from tests.scrape.conftest import HOST, FakeClock

PAGE = (
    "<html><title>Apel pagi</title><body>"
    + "<p>Polres Sukamaju menggelar apel pagi.</p>" * 20
    + "</body></html>"
)


def client(clock: FakeClock | None = None, **policy: object) -> Client:
    settings = {"allow_private": True, "read": 2.0, **policy}
    return Client(Policy(**settings), clock=clock or FakeClock())  # type: ignore[arg-type]


def test_a_page_arrives_after_robots_with_an_honest_name(web: Web) -> None:
    url = web.page(HOST, "/a", PAGE)
    with client(contact="redaksi@example.id") as one:
        answer = one.fetch(url)
    assert answer.ok and answer.body == PAGE.encode() and answer.header("etag")
    assert web.paths() == ["/robots.txt", "/a"]
    agent = web.seen[1].headers["user-agent"]
    assert agent.startswith("rilis/") and "redaksi@example.id" in agent


def test_a_page_that_is_what_it_was_is_not_sent_again(web: Web) -> None:
    url = web.page(HOST, "/a", PAGE)
    with client() as one:
        first = one.fetch(url)
        again = one.fetch(url, etag=first.header("etag"))
    assert again.unchanged and again.body == b""
    assert web.paths() == ["/robots.txt", "/a", "/a"]


def test_disallowed_is_disallowed_and_crawl_delay_is_kept(web: Web) -> None:
    web.page(HOST, "/robots.txt", "User-agent: *\nDisallow: /rahasia\nCrawl-delay: 7\n", kind="text/plain")
    web.page(HOST, "/a", PAGE)
    clock = FakeClock()
    with client(clock) as one:
        assert one.fetch(web.url(HOST, "/rahasia/b")).failure == "robots"
        for _ in range(3):
            assert one.fetch(web.url(HOST, "/a"), rate=1.0).ok
    assert "/rahasia/b" not in web.paths()
    assert len(clock.slept) == 2 and all(7.0 <= wait <= 7.0 * 1.3 + 0.01 for wait in clock.slept)


def test_robots_that_fails_means_wait(web: Web) -> None:
    web.route(HOST, "/robots.txt", lambda r: r.send(b"", status=500))
    web.page(HOST, "/a", PAGE)
    with client() as one:
        answer = one.fetch(web.url(HOST, "/a"))
        assert answer.failure == "robots_unreachable" and answer.is_passing
    assert set(web.paths()) == {"/robots.txt"}


@pytest.mark.parametrize("status", [401, 403, 404])
def test_no_robots_file_means_yes(web: Web, status: int) -> None:
    web.route(HOST, "/robots.txt", lambda r: r.send(b"<h1>no</h1>", status=status))
    web.page(HOST, "/a", PAGE)
    with client() as one:
        assert one.fetch(web.url(HOST, "/a")).ok


def test_redirect_loop_ends(web: Web) -> None:
    web.route(HOST, "/x", lambda r: r.send(b"", status=301, Location="/y"))
    web.route(HOST, "/y", lambda r: r.send(b"", status=301, Location="/x"))
    web.route(HOST, "/n", lambda r: r.send(b"", status=302, Location=f"/n?{time.monotonic_ns()}"))
    with client() as one:
        assert one.fetch(web.url(HOST, "/x")).failure == "redirects"
        assert one.fetch(web.url(HOST, "/n")).failure == "redirects"
    assert len(web.paths()) < 12


def test_redirects_are_followed_and_each_hop_asks_its_robots(web: Web) -> None:
    web.route(HOST, "/x", lambda r: r.send(b"", status=301, Location=web.url("127.0.0.3", "/b")))
    web.page("127.0.0.3", "/b", PAGE)
    web.page("127.0.0.3", "/robots.txt", "User-agent: *\nDisallow: /tutup", kind="text/plain")
    web.route(HOST, "/z", lambda r: r.send(b"", status=301, Location=web.url("127.0.0.3", "/tutup")))
    with client() as one:
        answer = one.fetch(web.url(HOST, "/x"))
        assert answer.ok and answer.final_url == web.url("127.0.0.3", "/b")
        assert one.fetch(web.url(HOST, "/z")).failure == "robots"


def test_retry_after_is_waited_for(web: Web) -> None:
    answers = iter([429, 429, 200])

    def busy(request: Request) -> None:
        status = next(answers)
        request.send(PAGE.encode(), status=status, **({"Retry-After": "30"} if status == 429 else {}))

    clock = FakeClock()
    with client(clock) as one:
        assert one.fetch(web.route(HOST, "/a", busy)).ok
    assert clock.slept == [30.0, 30.0]


def test_a_long_retry_after_is_left_to_a_later_run(web: Web) -> None:
    clock = FakeClock()
    with client(clock) as one:
        answer = one.fetch(
            web.route(HOST, "/a", lambda r: r.send(b"", status=429, **{"Retry-After": "7200"}))
        )
    assert answer.status == 429 and answer.retry_at == clock.now() + timedelta(hours=2)
    assert clock.slept == [] and web.paths().count("/a") == 1


def test_503_burst_is_backed_off_from(web: Web) -> None:
    answers = iter([503, 503, 200])
    clock = FakeClock()
    with client(clock) as one:
        assert one.fetch(web.route(HOST, "/a", lambda r: r.send(PAGE.encode(), status=next(answers)))).ok
    assert len(clock.slept) == 2 and clock.slept[1] > clock.slept[0] >= 2.0


def test_a_host_that_only_fails_is_left_alone_for_a_while(web: Web) -> None:
    clock = FakeClock()
    url = web.route(HOST, "/a", lambda r: r.send(b"", status=500))
    with client(clock, tries=1) as one:
        for _ in range(8):
            last = one.fetch(url)
        assert last.failure == "breaker" and web.paths().count("/a") == 5
        clock.t += 1000
        web.page(HOST, "/a", PAGE)
        assert one.fetch(url).ok


def _cut(request: Request) -> None:
    request.seen.status = 200
    request.send_response(200)
    request.send_header("Content-Length", "10000")
    request.end_headers()
    request.wfile.write(b"<html>half of")
    request.drop()


def _cut_gzip(request: Request) -> None:
    request.start(Content_Encoding="gzip")
    request.wfile.write(gzip.compress(PAGE.encode())[:40])


@pytest.mark.parametrize("fault", [_cut, _cut_gzip])
def test_a_cut_body_is_no_page(web: Web, fault: object) -> None:
    with client() as one:
        answer = one.fetch(web.route(HOST, "/a", fault))  # type: ignore[arg-type]
    assert answer.failure == "cut" and answer.is_passing and answer.body == b""


def test_a_body_slower_than_the_time_out(web: Web) -> None:
    def silent(request: Request) -> None:
        request.start()
        request.wfile.write(b"<html>")
        time.sleep(0.8)

    with client(read=0.2, tries=1) as one:
        assert one.fetch(web.route(HOST, "/a", silent)).failure == "timeout"


def test_a_body_that_drips_is_given_up_on_the_whole_time(web: Web) -> None:
    clock = FakeClock()

    def drip(request: Request) -> None:
        request.start()
        for _ in range(20):
            request.wfile.write(b"<p>x</p>")
            request.wfile.flush()
            clock.t += 10
            time.sleep(0.01)

    with client(clock, whole=60.0) as one:
        assert one.fetch(web.route(HOST, "/a", drip)).failure == "slow"


def test_a_feed_that_never_ends(web: Web) -> None:
    def endless(request: Request) -> None:
        request.start(kind="application/rss+xml")
        while True:
            request.wfile.write(b"<item><title>lagi</title></item>" * 1000)

    with client() as one:
        assert one.fetch(web.route(HOST, "/feed", endless)).failure == "too_large"


def test_gzip_bomb_and_promised_size(web: Web) -> None:
    bomb = zlib.compressobj(9, zlib.DEFLATED, 31)
    packed = b"".join([*(bomb.compress(b"\0" * 1_000_000) for _ in range(200)), bomb.flush()])
    web.route(HOST, "/bomb", lambda r: r.send(packed, Content_Encoding="gzip"))
    web.route(HOST, "/big", lambda r: r.send(b"", content_length=str(2 << 30)))
    with client() as one:
        assert one.fetch(web.url(HOST, "/bomb")).failure == "bomb"
        assert one.fetch(web.url(HOST, "/big")).failure == "too_large"


@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
def test_packed_bodies_are_unpacked(web: Web, encoding: str) -> None:
    packed = gzip.compress(PAGE.encode()) if encoding == "gzip" else zlib.compress(PAGE.encode())
    web.route(HOST, "/a", lambda r: r.send(packed, Content_Encoding=encoding))
    with client() as one:
        assert one.fetch(web.url(HOST, "/a")).body == PAGE.encode()


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "ftp://x.id/a", "http://", "http://u:p@127.0.0.2/", "http://["]
)
def test_only_plain_web_addresses(url: str) -> None:
    with client() as one:
        assert one.fetch(url).failure == "scheme"


def test_private_addresses_are_refused_also_behind_a_redirect(web: Web) -> None:
    web.page(HOST, "/a", PAGE)
    with client(allow_private=False) as one:
        for url in (web.url(HOST, "/a"), f"http://localhost:{web.port}/a", f"http://[::1]:{web.port}/a"):
            assert one.fetch(url).failure == "private"
    assert web.paths() == []


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.216.34", True), ("127.0.0.1", False), ("10.1.2.3", False), ("169.254.169.254", False),
        ("192.168.0.1", False), ("0.0.0.0", False), ("100.64.0.1", False), ("::1", False), ("fe80::1", False),
        ("::ffff:127.0.0.1", False), ("fc00::1", False), ("2606:2800:220:1::1", True), ("224.0.0.1", False),
    ],
)  # fmt: skip
def test_public_addresses(address: str, public: bool) -> None:
    assert is_public(address) is public


def test_one_connection_a_host(web: Web) -> None:
    together, most = 0, 0
    lock = threading.Lock()

    def busy(request: Request) -> None:
        nonlocal together, most
        with lock:
            together += 1
            most = max(most, together)
        time.sleep(0.02)
        with lock:
            together -= 1
        request.send(PAGE.encode())

    url = web.route(HOST, "/a", busy)
    with client(polite=False) as one:
        threads = [threading.Thread(target=one.fetch, args=(url,)) for _ in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert most == 1 and web.paths().count("/a") == 6


def test_a_rule_for_us_by_name_wins(web: Web) -> None:
    text = (
        "User-agent: mail\nDisallow: /\n\nUser-agent: rilis\nDisallow: /tutup\n\nUser-agent: *\nDisallow: /"
    )
    web.page(HOST, "/robots.txt", text, kind="text/plain")
    url = web.page(HOST, "/a", PAGE)
    with client(contact="mail@example.id") as one:
        assert one.fetch(url).ok and one.fetch(web.url(HOST, "/tutup")).failure == "robots"


def test_a_wait_that_we_cannot_keep_is_a_refusal(web: Web) -> None:
    web.page(HOST, "/robots.txt", "User-agent: *\nCrawl-delay: 3600\n", kind="text/plain")
    with client() as one:
        assert one.fetch(web.page(HOST, "/a", PAGE)).failure == "robots"
    assert web.paths() == ["/robots.txt"]
