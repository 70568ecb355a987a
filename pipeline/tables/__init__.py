"""The schema declared once, and the tables written by it.

``schema`` (declaration) → ``arrow`` (Arrow schemas) → ``rows`` (records to batches) → ``checks`` →
``writer`` (one file a table) or ``partitions`` (monthly), both through ``staging`` (all or nothing) →
``reader``. ``dictionary`` shows the declaration.
"""

from __future__ import annotations

from pipeline.tables.reader import read_table
from pipeline.tables.schema import SCHEMA_VERSION, TABLES, table

__all__ = ["SCHEMA_VERSION", "TABLES", "read_table", "table"]
