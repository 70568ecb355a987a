"""Whole runs: the sample, batches, the nightly refresh."""
