"""Rilis turns Indonesian police press releases into tidy tables that people can trust."""

__version__ = "0.1.0"
