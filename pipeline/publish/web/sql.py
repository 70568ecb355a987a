"""Downloads from the SQL pages: Datasette's own CSV would hand formulas of article text to a spreadsheet."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from datasette import Response
from datasette.utils import InvalidSql, validate_sql_select
from datasette.utils.asgi import Base400, NotFound

from pipeline.publish import formats
from pipeline.publish.web.download import TYPES


class Refused(Base400):  # type: ignore[misc]
    """SQL that is no question."""


async def csv(request: Any, datasette: Any) -> Any:
    """``/rilis.csv?sql=…``, guarded; the tables are had as XLSX and JSON."""
    sql = request.args.get("sql")
    if request.path != "/rilis.csv" or not sql:
        raise NotFound("no such page")
    await datasette.ensure_permissions(request.actor, [("execute-sql", "rilis"), ("view-database", "rilis")])
    try:
        validate_sql_select(sql)
    except InvalidSql as error:
        raise Refused(str(error)) from error
    given = {name: request.args[name] for name in request.args if name != "sql"}
    found = await datasette.execute("rilis", sql, given, truncate=True)
    text = io.StringIO()
    formats.write_csv(found.columns, found.rows, text)
    return Response(
        text.getvalue().encode("utf-8", "replace"),
        headers={"content-disposition": 'attachment; filename="rilis.csv"'},
        content_type=TYPES["csv"],
    )


def xlsx(columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> Any:
    """The rows of a table or query as a spreadsheet; bytes are told by their size."""
    memory = io.BytesIO()
    shown = ([f"{len(v)} bytes" if isinstance(v, bytes) else v for v in tuple(row)] for row in rows)
    formats.write_xlsx(columns, shown, memory)
    headers = {"content-disposition": 'attachment; filename="rilis.xlsx"'}
    return Response(memory.getvalue(), headers=headers, content_type=TYPES["xlsx"])
