"""News sites in a box: articles of our own writing in the markup of real sites, on a loopback server."""

from __future__ import annotations

from pipeline.sample.content import SITES, SampleArticle, SampleSite, sample_sites
from pipeline.sample.server import SampleServer

__all__ = ["SITES", "SampleArticle", "SampleServer", "SampleSite", "sample_sites"]
