"""The nightly run against a real WordPress (Debian's packages); ``make test-wordpress``.

90 posts go in; all police articles must be in the tables, and WordPress's own log must show a polite visitor.
"""

from __future__ import annotations

import itertools
import json
import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from pipeline.run.probe import look_at
from pipeline.run.refresh import Options, refresh
from pipeline.scrape import Client, Policy
from pipeline.tables.reader import read_table

HERE = Path(__file__).parent
DEBIAN = Path("/usr/share/wordpress")
RATE = 0.25
POLICE, OTHER = 80, 10

pytestmark = [
    pytest.mark.wordpress,
    pytest.mark.skipif(
        "RILIS_TEST_WORDPRESS" not in os.environ
        or not (DEBIAN.is_dir() and shutil.which("php") and shutil.which("mariadbd")),
        reason="make test-wordpress; needs wordpress and its theme, php-cli, php-mysql, mariadb-server",
    ),
]


class Blog:
    """A running WordPress: its address and its log."""

    def __init__(self, home: str, log: Path) -> None:
        self.home, self.log = home, log

    def requests(self) -> list[tuple[float, str, str]]:
        rows = [line.split(" ", 2) for line in self.log.read_text(encoding="utf-8").splitlines()]
        return [(float(at), path, agent) for at, path, agent in rows]


def posts() -> list[dict[str, str]]:
    made = []
    for number in range(POLICE + OTHER):
        police = number < POLICE
        at = datetime.now() - timedelta(days=number % 25, hours=number % 7 + 1)
        who = "Polres Purwakarta" if police else "Sanggar Seni Melati"
        told = (
            f"Kapolres Purwakarta AKBP Rangga Wiratama mengatakan, {number + 20} personel dikerahkan."
            if police
            else "Anak-anak menari bersama para pelatih sambil menunggu tamu undangan datang."
        )
        own = "-".join(str(number * k % 89) for k in range(2, 40))
        body = f"PURWAKARTA - {who} menggelar kegiatan nomor {number} pada pagi hari di alun-alun kota."
        body += f"\n\n{told}\n\nCatatan kegiatan: {own}."
        when = f"{at:%Y-%m-%d %H:%M:%S}"
        made.append({"post_title": f"{who} gelar kegiatan {number}", "post_content": body, "post_date": when})
    return made


def wait_for(check: object, seconds: float = 60.0) -> None:
    end = time.monotonic() + seconds
    while not check():  # type: ignore[operator]
        assert time.monotonic() < end, "did not start"
        time.sleep(0.2)


def answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@pytest.fixture(scope="module")
def blog(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Blog]:
    folder = tmp_path_factory.mktemp("wp")
    database, root, log, sock = folder / "db", folder / "wp", folder / "requests.log", folder / "s.sock"
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    home = f"http://127.0.0.1:{port}"
    shutil.copytree(DEBIAN, root, ignore=shutil.ignore_patterns(".htaccess", "wp-config.php"))
    shutil.copy(HERE / "wp-config.php", root)
    log.touch()
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    apart = {**quiet, "start_new_session": True}
    user = ["--user=root"] if os.geteuid() == 0 else []
    install = ["mariadb-install-db", f"--datadir={database}", "--auth-root-authentication-method=normal"]
    subprocess.run([*install, *user], check=True, **quiet)  # type: ignore[call-overload]
    env = os.environ | {
        "RILIS_WP_SOCKET": str(sock), "RILIS_WP_HOME": home, "RILIS_WP_ROOT": str(root),
        "RILIS_WP_LOG": str(log),
        "PHP_CLI_SERVER_WORKERS": "4",
    }  # fmt: skip
    server = subprocess.Popen(
        ["mariadbd", "--no-defaults", f"--datadir={database}", f"--socket={sock}", "--skip-networking",
         f"--pid-file={folder / 'pid'}", *user], **apart,  # type: ignore[call-overload]
    )  # fmt: skip
    web = None
    try:
        wait_for(sock.exists)
        subprocess.run(["mariadb", f"--socket={sock}", "-uroot", "-e", "create database wp"], check=True)
        (folder / "posts.json").write_text(json.dumps(posts()), encoding="utf-8")
        subprocess.run(["php", HERE / "fill.php", folder / "posts.json"], check=True, env=env)
        web = subprocess.Popen(
            ["php", "-S", f"127.0.0.1:{port}", "-t", str(root), HERE / "router.php"], env=env, **apart  # type: ignore[call-overload]
        )  # fmt: skip
        wait_for(lambda: answers(port))
        yield Blog(home, log)
    finally:
        for process in (web, server):
            if process is not None:
                # PHP's server has workers, which do not end with it.
                os.killpg(process.pid, signal.SIGTERM)
                process.wait(30)


def entry(folder: Path, home: str) -> str:
    folder.mkdir()
    raw = {
        "id": "kabar", "name": "Kabar Contoh", "platform": "wordpress", "time_zone": "Asia/Jakarta",
        "status": "stable", "rate": RATE, "hosts": [{"url": home}],
    }  # fmt: skip
    (folder / "kabar.yml").write_text(json.dumps(raw), encoding="utf-8")
    return str(folder)


def test_all_police_articles_arrive_and_the_visitor_is_polite(blog: Blog, tmp_path: Path) -> None:
    sites = entry(tmp_path / "sites", blog.home)
    policy = Policy(contact="redaksi@example.id", allow_private=True)
    report = refresh(Options(data=tmp_path / "data", sites=(sites,), policy=policy))
    assert report.exit_code == 0, report.alarms
    assert (report.new, report.off_topic) == (POLICE, OTHER)
    rows = read_table(tmp_path / "data" / "processed", "articles").to_pylist()
    wanted = {post["post_title"]: post["post_date"] for post in posts()[:POLICE]}
    assert {row["title"] for row in rows} == set(wanted)
    for row in rows:
        assert row["primary_unit_id"] == "polres-purwakarta" and "kegiatan nomor" in row["text"]
        assert row["published_at"] is not None and str(row["published_date"]) == wanted[row["title"]][:10]

    seen = blog.requests()
    assert seen[0][1] == "/robots.txt" and sum(path == "/robots.txt" for _, path, _ in seen) == 1
    assert all("redaksi@example.id" in agent and agent.startswith("rilis/") for *_, agent in seen)
    assert len(seen) == 2 + POLICE + OTHER
    gaps = [later[0] - earlier[0] for earlier, later in itertools.pairwise(seen[1:])]
    assert min(gaps) >= RATE * 0.95, f"asked again after {min(gaps):.3f} s, the entry says {RATE} s"
    assert not any("/wp-admin/" in path for _, path, _ in seen)

    before = len(seen)
    again = refresh(Options(data=tmp_path / "data", sites=(sites,), policy=policy))
    assert (again.new, again.revised, again.months) == (0, 0, ())
    assert len(blog.requests()) - before == 2


def test_the_system_is_told_from_the_home_page(blog: Blog) -> None:
    with Client(Policy(allow_private=True)) as client:
        draft = look_at(client, blog.home)
    assert draft.site.platform == "wordpress" and draft.works
    assert {way.how.kind for way in draft.ways if way.found} >= {"wordpress", "rss"}
