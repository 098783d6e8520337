"""Remarks on the settings that stopped nothing: they are in the log and in the status, for whoever did not see them."""

from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace

from cashier import till
from cashier.core.conditions import Condition, settings
from cashier.core.events import ConditionsChanged, Stamped
from cashier.core.ledger import Ledger
from cashier.core.machines import step
from cashier.core.state import Till
from cashier.folder import DataFolder
from cashier.settings import Settings
from cashier.store.dictionaries import Dictionaries, prepare_dictionaries
from cashier.store.documents import Documents
from cashier.store.writer import Writer
from tests.core.goods import IVANOVA

ZONE = ZoneInfo("Europe/Moscow")


def started(folder: DataFolder, *remarks: str) -> Till:
    """Start a till of which so much was said."""
    prepare_dictionaries(folder.dictionaries).close()
    with (
        closing(Dictionaries(folder.dictionaries)) as dictionaries,
        closing(Writer(Documents(folder.documents))) as writer,
    ):
        parts = till.Parts(Settings(), folder, till.Extras(remarks=remarks), dictionaries, writer)
        return till._till(parts, replace(Ledger(), cashier=IVANOVA), ZONE)


def about_settings(own: Till) -> list[Condition]:
    """Return what the till knows of its settings."""
    return [condition for condition in own.conditions if condition.topic == "settings"]


def test_they_are_counted_and_logged(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """Given two remarks, when the till starts, then the status has their number and the log their words."""
    own = started(DataFolder(tmp_path), "[Water] mask: first", "[Milk] mask: second")
    assert about_settings(own) == [settings(2)]
    words = [record.getMessage() for record in caplog.records]
    assert words == ["settings: [Water] mask: first", "settings: [Milk] mask: second"]
    assert own.ledger.cashier is None


def test_without_remarks_nothing_is_said(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """Given settings in order, then neither status nor log has a word of them."""
    assert about_settings(started(DataFolder(tmp_path))) == []
    assert caplog.records == []


def test_they_stay_in_the_status(tmp_path: Path) -> None:
    """Given a remark, when the monitor tells what it has measured, then the remark stands beside it."""
    own = started(DataFolder(tmp_path), "remark")
    told = ConditionsChanged(())
    after = step(own, Stamped(told, datetime(2026, 11, 21, 12, tzinfo=UTC).astimezone(ZONE), UUID(int=1))).till
    assert about_settings(after) == [settings(1)]
