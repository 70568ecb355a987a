"""Stored page to clean article."""
