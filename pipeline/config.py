"""Where things are. Everything can be set by an environment variable that starts with ``RILIS_``."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from pydantic_settings import BaseSettings, SettingsConfigDict

PACKAGE = Path(__file__).resolve().parent


class Settings(BaseSettings):
    """Settings of one process; command-line options win over them."""

    model_config = SettingsConfigDict(env_prefix="RILIS_", extra="ignore")

    data: Path = Path("data")
    """Folder that holds ``raw/`` (WARC files and the ledger) and ``processed/`` (the tables)."""

    models: Path | None = None
    """Folder of the trained models; the package's own when unset."""

    contact: str = ""
    """Address put into the User-Agent, so that a site's owner can reach the people behind a run."""

    @property
    def raw(self) -> Path:
        """Pages as fetched (WARC) and the ledger."""
        return self.data / "raw"

    @property
    def processed(self) -> Path:
        """The tables (Parquet)."""
        return self.data / "processed"


@cache
def settings() -> Settings:
    """The settings of this process, read once."""
    return Settings()


def models_dir() -> Path:
    """The folder of the trained models: the configured one, the checkout's, or the installed package's."""
    configured = settings().models
    if configured is not None:
        return configured
    checkout = PACKAGE.parent / "models"
    return checkout if checkout.is_dir() else PACKAGE / "_models"
