"""A client, and a server that answers with whatever a test wants."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from cashier.remote.http import Client
from tests.remote.desk import Post
from tests.remote.raw_server import RawServer


@pytest.fixture
async def client() -> AsyncIterator[Client]:
    """A client without connections."""
    made = Client()
    yield made
    await made.close()


@pytest.fixture
async def server() -> AsyncIterator[RawServer]:
    """A server that has no answers yet."""
    async with RawServer().running() as listening:
        yield listening


@pytest.fixture
def post(tmp_path: Path) -> Iterator[Post]:
    """The post of a till without messages."""
    made = Post(tmp_path / "documents.db")
    yield made
    made.writer.close()
