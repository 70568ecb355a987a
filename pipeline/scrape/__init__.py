"""From an address to a stored page: polite client, discovery, ledger, WARC store."""

from pipeline.scrape.answer import Answer
from pipeline.scrape.client import Client
from pipeline.scrape.policy import Policy
from pipeline.scrape.warc import Place, StoredPage, WarcStore, read_pages

__all__ = ["Answer", "Client", "Place", "Policy", "StoredPage", "WarcStore", "read_pages"]
