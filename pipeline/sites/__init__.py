"""Which sources there are, as data: one YAML a site or network, a typed loader, the platforms."""

from pipeline.sites.entry import Assertions, Discovery, Pages, Platform, Selectors, Site
from pipeline.sites.loader import by_host, find_site, load_sites, platforms

__all__ = [
    "Assertions",
    "Discovery",
    "Pages",
    "Platform",
    "Selectors",
    "Site",
    "by_host",
    "find_site",
    "load_sites",
    "platforms",
]
