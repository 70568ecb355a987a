"""The search box of the start page: what was typed becomes an address that can be kept."""

from __future__ import annotations

import sqlite3

from pipeline.publish.web import filters
from pipeline.publish.web.asking import Ask, Redirect, address


def show(conn: sqlite3.Connection, ask: Ask) -> Redirect:
    """To the list of articles, typed filters as arguments; what was not understood stays in the words."""
    typed = ask.args.get("q", "")
    given, unknown = filters.typed(conn, typed)
    return Redirect(address("/artikel", {"q": typed} if unknown else given))
