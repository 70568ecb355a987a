"""What all tests share: property tests without a stop-watch, and the same examples on every run."""

from hypothesis import settings

settings.register_profile("rilis", deadline=None, derandomize=True)
settings.load_profile("rilis")
