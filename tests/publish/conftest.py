"""One small data set and one published file for all tests of this folder."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from pipeline.publish.store import publish
from pipeline.publish.web.app import make
from tests.publish import datasets


@pytest.fixture(scope="session")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of tables."""
    return datasets.write(tmp_path_factory.mktemp("tables"))


@pytest.fixture(scope="session")
def db(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The published file."""
    return publish(data, tmp_path_factory.mktemp("site") / "rilis.db").path


@pytest.fixture(scope="session")
def get(db: Path) -> Callable[..., httpx.Response]:
    """Ask the site for an address."""
    site = make(db)

    def ask(address: str, method: str = "GET", **more: object) -> httpx.Response:
        async def go() -> httpx.Response:
            await site.invoke_startup()
            transport = httpx.ASGITransport(app=site.app())
            async with httpx.AsyncClient(transport=transport, base_url="http://rilis.test") as client:
                return await client.request(method, address, **more)  # type: ignore[arg-type]

        return asyncio.run(go())

    return ask
