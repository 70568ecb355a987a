"""What researchers take away: a bundle of the tables with all that is needed to read and cite them."""

from __future__ import annotations

from pipeline.publish.bundle.release import Released, release

__all__ = ["Released", "release"]
