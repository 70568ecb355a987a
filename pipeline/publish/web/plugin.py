"""The Datasette plugin: addresses, what every template knows, limits of a connection, headers."""

from __future__ import annotations

import logging
import re
import sqlite3
from collections.abc import Callable
from http.cookies import SimpleCookie
from typing import Any

from datasette import Response, hookimpl
from datasette.utils import sqlite_timelimit
from datasette.utils.asgi import Base400, Forbidden, NotFound
from datasette.views.base import DatasetteError

from pipeline.publish.web import headers, sql
from pipeline.publish.web.asking import Ask, Missing, Redirect, Shown
from pipeline.publish.web.download import download
from pipeline.publish.web.labels import LANGUAGES, Labels
from pipeline.publish.web.pages import (
    about,
    article,
    articles,
    event,
    events,
    find,
    people,
    person,
    start,
    unit,
    units,
)

Page = Callable[[sqlite3.Connection, Ask], Shown | Redirect | Missing]
_log = logging.getLogger("rilis.web")
FORM = r"(?:\.(?P<form>csv|json|xlsx))?$"
KEY = r"/(?P<key>[\w:-]{1,120})"
PAGES: list[tuple[str, Page]] = [
    (r"^/$", start.show),
    (r"^/ringkasan" + FORM, start.show),
    (r"^/cari$", find.show),
    (r"^/artikel" + FORM, articles.show),
    (r"^/artikel" + KEY + FORM, article.show),
    (r"^/peristiwa" + FORM, events.show),
    (r"^/peristiwa" + KEY + FORM, event.show),
    (r"^/pejabat" + FORM, people.show),
    (r"^/pejabat" + KEY + FORM, person.show),
    (r"^/satuan" + FORM, units.show),
    (r"^/satuan" + KEY + FORM, unit.show),
    (r"^/data" + FORM, about.show),
]
_STRINGS = 20_000_000
_SQL = 20_000
_LANGUAGE = "rilis_bahasa"
_LOCAL = re.compile(r"/(?![/\\])[^\s\\]{0,2000}")


@hookimpl
def register_routes(datasette: Any) -> list[tuple[str, Any]]:
    """Our pages; Datasette's own stay for tables and SQL."""
    return [(pattern, _view(page)) for pattern, page in PAGES] + [
        (r"^/bahasa/(?P<language>id|en)$", _language),
        (r"^/robots\.txt$", _robots),
        (r"^/rilis(?:/.*)?\.csv$", sql.csv),
        (r"^/-/(?!static/).*$", _nothing),
    ]


@hookimpl
def register_output_renderer(datasette: Any) -> dict[str, Any]:
    """XLSX of Datasette's tables and queries."""
    return {"extension": "xlsx", "render": sql.xlsx}


@hookimpl
def prepare_connection(conn: sqlite3.Connection, database: str, datasette: Any) -> None:
    """Bounds for hostile SQL: sizes of strings and statements, no writing, a small heap."""
    conn.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _STRINGS)
    conn.setlimit(sqlite3.SQLITE_LIMIT_SQL_LENGTH, _SQL)
    conn.setlimit(sqlite3.SQLITE_LIMIT_COMPOUND_SELECT, 20)
    conn.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
    if database == "rilis":
        conn.execute("PRAGMA query_only = 1")
        conn.execute("PRAGMA mmap_size = 2147418112")


@hookimpl
def asgi_wrapper(datasette: Any) -> Callable[[headers.App], headers.App]:
    """Security headers round everything."""
    return headers.guarded


@hookimpl
def extra_template_vars(request: Any, datasette: Any) -> dict[str, Any]:
    """The words of the visitor's language, and where the page is, for Datasette's own templates too."""
    labels = _labels(request)
    path = request.path if request else "/"
    query = f"?{request.query_string}" if request and request.query_string else ""
    return {
        "t": labels,
        "lang": labels.language,
        "here": path,
        "here_query": path + query,
        "allow_sql": datasette.setting("default_allow_sql"),
    }


@hookimpl
def handle_exception(datasette: Any, request: Any, exception: Exception) -> Any:
    """Every mistake gets our page; what went wrong inside is logged, not shown."""

    async def shown() -> Any:
        if isinstance(exception, NotFound):
            return await _error(datasette, request, 404, "error.missing")
        if isinstance(exception, Forbidden):
            return await _error(datasette, request, 403, "error.403")
        if isinstance(exception, DatasetteError | Base400):
            told = getattr(exception, "message", None) or str(exception)
            if getattr(exception, "message_is_html", False):
                told = _labels(request)("error.slow")
            values = {"status": exception.status, "title": None, "error": told}
            if request.path.endswith((".json", ".csv")):
                return Response.json({"ok": False, "error": values["error"]}, status=exception.status)
            body = await datasette.render_template("error.html", values, request=request)
            return Response.html(body, status=exception.status)
        _log.error("page failed", exc_info=exception)
        return await _error(datasette, request, 500, "error.500")

    return shown


def _labels(request: Any) -> Labels:
    chosen = request.args.get("lang") if request else None
    if chosen not in LANGUAGES and request:
        cookie = SimpleCookie()
        try:
            cookie.load(request.headers.get("cookie", "")[:4000])
        except Exception:  # a broken cookie is no cookie
            cookie = SimpleCookie()
        chosen = cookie[_LANGUAGE].value if _LANGUAGE in cookie else None
    return Labels(chosen if chosen in LANGUAGES else LANGUAGES[0])


def _view(page: Page) -> Callable[..., Any]:
    async def view(request: Any, datasette: Any) -> Any:
        route = request.url_vars
        ask = Ask(
            path=re.sub(r"\.(csv|json|xlsx)$", "", request.path),
            args={key: values[-1] for key in request.args if (values := request.args.getlist(key))},
            labels=_labels(request),
            key=route.get("key") or "",
            form=route.get("form") or "html",
        )
        limits, kept = datasette._rilis_limits, datasette._rilis_kept
        key = (ask.path, ask.labels.language) if ask.form == "html" and not ask.args else None
        if key in kept:
            return Response.html(kept[key])

        def run(conn: sqlite3.Connection) -> Any:
            with sqlite_timelimit(conn, limits.page_seconds * 1000):
                shown = page(conn, ask)
                if isinstance(shown, Shown) and ask.form != "html":
                    return download(shown, ask.form)
                return shown

        try:
            answer = await datasette.get_database("rilis").execute_fn(run)
        except sqlite3.OperationalError as error:
            if "interrupted" not in str(error):
                raise
            return await _error(datasette, request, 503, "error.slow")
        if isinstance(answer, Redirect):
            return Response.redirect(datasette.urls.path(answer.to))
        if isinstance(answer, Missing):
            return await _error(datasette, request, 404, "error.missing")
        if not isinstance(answer, Shown):
            named = {"content-disposition": f'attachment; filename="{answer.filename}"'}
            return Response(answer.body, headers=named, content_type=answer.content_type)
        values = {**answer.values, "ask": ask}
        body = await datasette.render_template(answer.template, values, request=request)
        if answer.keep and key:
            kept[key] = body
        return Response.html(body)

    return view


async def _error(datasette: Any, request: Any, status: int, key: str) -> Any:
    values = {"status": status, "error": _labels(request)(key), "title": None}
    return Response.html(
        await datasette.render_template("error.html", values, request=request), status=status
    )


async def _language(request: Any, datasette: Any) -> Any:
    """Keep the language in a cookie and go back to where the visitor was, on this site only."""
    back = request.args.get("ke") or "/"
    response = Response.redirect(back if _LOCAL.fullmatch(back) else "/")
    response.set_cookie(
        _LANGUAGE, request.url_vars["language"], max_age=31_536_000, samesite="lax", httponly=True
    )
    return response


async def _robots(request: Any, datasette: Any) -> Any:
    return Response.text("User-agent: *\nDisallow: /rilis\nDisallow: /cari\nDisallow: /bahasa\n")


async def _nothing(request: Any, datasette: Any) -> Any:
    """Datasette's pages about itself (versions, settings, plugins, threads) are nobody's business."""
    return await _error(datasette, request, 404, "error.missing")
