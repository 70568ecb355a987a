"""A small news site in WordPress's manner on the local web, whose articles can be added, edited, deleted."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from tests.misbehave import Request, Web

_WORDS = (
    "Kegiatan itu dipimpin Kapolres {place} AKBP Rangga Wiratama dan diikuti {n} personel.",
    "Warga menyambut baik patroli yang digelar sejak pagi di pusat kota tersebut.",
    '"Kami hadir agar masyarakat merasa aman," ujar AKBP Rangga Wiratama, Senin ({day}).',
    "Petugas juga membagikan imbauan kepada pengguna jalan di sejumlah titik rawan nomor {n}.",
)


@dataclass
class Newsroom:
    """Articles of one host by number; ``police`` False writes about something else."""

    web: Web
    host: str
    place: str = "Polres Purwakarta"
    articles: dict[int, tuple[str, str, datetime, datetime]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.web.route(self.host, "/wp-json/wp/v2/posts", self._posts)
        self.web.page(self.host, "/robots.txt", "User-agent: *\nDisallow: /wp-admin/\n", kind="text/plain")

    def write(self, number: int, at: datetime, *, extra: str = "", police: bool = True) -> str:
        place = self.place if police else "Klub Sepeda Santai"
        title = f"{place} gelar apel nomor {number}"
        words = (
            _WORDS
            if police
            else ("Klub sepeda berkeliling kota sambil menikmati udara pagi yang segar.",) * 4
        )
        body = "".join(
            f"<p>{line.format(place=place.removeprefix('Polres '), n=number + 10, day=f'{at:%d/%m/%Y}')}</p>"
            for line in words
        )
        own = "-".join(str(number * k % 97) for k in range(3, 30))
        body += f"<p>Catatan redaksi ke-{number} tentang {own}.</p>"
        text = f"<p>Purwakarta - {place} menggelar apel nomor {number} di halaman kantor.</p>{body}{extra}"
        old = self.articles.get(number)
        self.articles[number] = (title, text, old[2] if old else at, at)
        path = f"/{at:%Y/%m/%d}/apel-{number}/" if old is None else self.path(number)
        return self.web.page(self.host, path, self._html(title, text, self.articles[number][2]))

    def path(self, number: int) -> str:
        return f"/{self.articles[number][2]:%Y/%m/%d}/apel-{number}/"

    def delete(self, number: int) -> None:
        path = self.path(number)
        del self.articles[number]
        self.web.route(self.host, path, lambda r: r.send(b"gone", status=410))

    def entry(self, folder: Path, **keys: object) -> Path:
        """Write the site's YAML into a folder."""
        folder.mkdir(parents=True, exist_ok=True)
        raw = {
            "id": f"site-{self.host.rsplit('.', 1)[1]}", "name": "Contoh", "platform": "wordpress",
            "time_zone": "Asia/Jakarta", "province": "32", "status": "stable", "rate": 0,
            "hosts": [{"url": self.web.url(self.host)}], **keys,
        }  # fmt: skip
        path = folder / f"{raw['id']}.yml"
        path.write_text(json.dumps(raw), encoding="utf-8")
        return path

    def _html(self, title: str, text: str, at: datetime) -> str:
        when = (at + timedelta(hours=7)).isoformat().removesuffix("+00:00") + "+07:00"
        return (
            f'<html><head><title>{title} - Contoh</title><meta name="generator" content="WordPress 6.6">'
            f'<meta property="og:title" content="{title}">'
            f'<meta property="article:published_time" content="{when}"></head><body>'
            f'<h1 class="entry-title">{title}</h1><div class="entry-content">{text}</div></body></html>'
        )

    def _posts(self, request: Request) -> None:
        query = dict(pair.split("=", 1) for pair in request.path.partition("?")[2].split("&") if "=" in pair)
        size, page = int(query.get("per_page", 10)), int(query.get("page", 1))
        ordered = sorted(self.articles.items(), key=lambda item: (item[1][3], item[0]), reverse=True)
        some = ordered[(page - 1) * size : page * size]
        if page > 1 and not some:
            request.send(b'{"code":"rest_post_invalid_page_number"}', status=400, kind="application/json")
            return
        posts = [
            {
                "id": number,
                "link": self.web.url(self.host, self.path(number)),
                "date_gmt": f"{made:%Y-%m-%dT%H:%M:%S}",
                "modified_gmt": f"{changed:%Y-%m-%dT%H:%M:%S}",
                "title": {"rendered": title},
            }
            for number, (title, _, made, changed) in some
        ]
        body = json.dumps(posts).encode()
        from hashlib import md5

        etag = f'"{md5(body).hexdigest()}"'
        if request.headers.get("If-None-Match") == etag:
            request.seen.status = 304
            request.send_response(304)
            request.send_header("ETag", etag)
            request.end_headers()
        else:
            request.send(body, kind="application/json", ETag=etag)
