"""Every error that Rilis raises on purpose.

    RilisError                  something a person can act on; always has a hint
    ├── UsageError              the command was called wrongly           (exit 2)
    ├── ConfigError             a file that the user wrote is wrong      (exit 2)
    │   └── SiteError           a site's YAML: unknown key, bad selector, no such site
    ├── InputError              the input as a whole cannot be read      (exit 2)
    │   └── RecordError         one record of it cannot; put aside, the rest goes on (exit 3)
    ├── RegistryError           the package's own registry data contradict themselves
    ├── SchemaError             rows do not fit the declared tables
    ├── ModelError              a model is missing, changed or of another version
    ├── FetchError              a page could not be had (network, refusal, limits)
    ├── StoreError              the ledger, the WARC store or a dataset is damaged
    └── LockedError             another run holds the data folder        (exit 4)

What the world does (a broken page, a silent server) is recorded, not raised across a stage;
what the caller or a configuration gets wrong is raised.
"""

from __future__ import annotations


class RilisError(Exception):
    """Base of the tree. ``where`` is a file, line or URL; ``hint`` says what to do about it."""

    exit_code = 1

    def __init__(self, message: str, *, where: str | None = None, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.where = where
        self.hint = hint

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        hint = f"\n  hint: {self.hint}" if self.hint else ""
        return f"{place}{self.message}{hint}"


class UsageError(RilisError):
    """The command was called wrongly."""

    exit_code = 2


class ConfigError(RilisError):
    """A file that the user wrote is wrong."""

    exit_code = 2


class SiteError(ConfigError):
    """A site entry is wrong or unknown."""


class InputError(RilisError):
    """The input as a whole cannot be read."""

    exit_code = 2


class RecordError(InputError):
    """One record of the input cannot be used; ``where`` is its place in the input."""

    exit_code = 3


class RegistryError(RilisError):
    """The registry's data contradict themselves."""


class SchemaError(RilisError):
    """Rows do not fit the declared tables."""


class ModelError(RilisError):
    """A model is missing, changed, or of another version."""


class FetchError(RilisError):
    """A page could not be had."""


class StoreError(RilisError):
    """The ledger, the WARC store or a dataset is damaged."""


class LockedError(RilisError):
    """Another run holds the data folder."""

    exit_code = 4
