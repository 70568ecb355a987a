"""Which sources, as data."""
