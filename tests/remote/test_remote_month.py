"""Thirty virtual days, 100,000 messages, ends and starts in the middle: none lost or doubled, order per mark kept."""

from pathlib import Path

import pytest

from cashier.remote import delivery
from tests.remote.desk import Desk
from tests.remote.month import Month, Renaming
from tests.store.files import rows


@pytest.fixture(autouse=True)
def _long_nights(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delivery, "POLL", 3600.0)


@pytest.mark.no_cover
async def test_month_of_messages(tmp_path: Path) -> None:
    """Given a month with a server that fails in every way, then each mark has its messages once and in order."""
    month = Month(tmp_path / "documents.db", 100_000, Desk())
    await month.live()
    assert len(month.desk.effects) == 100_000
    assert month.reached() == month.wanted
    assert sorted(sent["seq"] for sent in month.desk.effects) == list(range(1, 100_001))
    left = rows(month.path, "outbox")
    assert {row["state"] for row in left} == {"delivered"}
    assert len(left) < 50_000


async def test_new_identifier_per_try_is_noticed(tmp_path: Path) -> None:
    """Given the sabotage of a new identifier for each try, then effects are doubled and the test sees it."""
    month = Month(tmp_path / "documents.db", 5_000, Renaming())
    await month.live()
    assert len(month.desk.effects) > 5_000
    assert month.reached() != month.wanted


async def test_queue_that_forgets_is_noticed(tmp_path: Path) -> None:
    """Given the sabotage of a queue that lets go of what it has not delivered, then messages are lost."""
    month = Month(tmp_path / "documents.db", 5_000, Desk(), forgetful=True)
    await month.live()
    assert len(month.desk.effects) < 5_000
    assert month.reached() != month.wanted
