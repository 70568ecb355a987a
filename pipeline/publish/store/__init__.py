"""Parquet to one SQLite file, arranged for the web pages: ``publish(data, out)``."""

from __future__ import annotations

from pipeline.publish.store.build import Published, publish

__all__ = ["Published", "publish"]
