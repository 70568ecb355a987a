"""Closed lists of facts: units, ranks, positions, degrees, regions, event types."""
