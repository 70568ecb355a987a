"""A page's table as CSV, JSON or XLSX."""

from __future__ import annotations

import io
import json
from dataclasses import dataclass

from pipeline.publish import formats
from pipeline.publish.web.asking import Shown

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@dataclass(frozen=True, slots=True)
class Download:
    """A file to send: its bytes, type and name."""

    body: bytes
    content_type: str
    filename: str


def download(shown: Shown, form: str) -> Download:
    """The page's rows in the form that was asked for; JSON gives the page's data where it has any."""
    table = shown.table
    if form == "json" and (shown.data is not None or table is None):
        body = json.dumps(shown.data, ensure_ascii=False, default=str).encode()
    else:
        assert table is not None
        if form == "xlsx":
            memory = io.BytesIO()
            formats.write_xlsx(table.columns, table.rows, memory)
            body = memory.getvalue()
        else:
            text = io.StringIO()
            write = formats.write_csv if form == "csv" else formats.write_json
            write(table.columns, table.rows, text)
            body = text.getvalue().encode("utf-8", "replace")
    return Download(body, TYPES[form], f"{shown.name}.{form}")
