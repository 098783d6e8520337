"""Whether a cancel could free the reserve of a line: one that stands, or one that may come yet."""

from pathlib import Path

import pytest

from cashier.store.connect import StoreError
from cashier.store.documents import Documents
from cashier.store.reserved_lines import counts_on
from tests.core.goods import BREAD, MILK
from tests.core.hand import NOON
from tests.gates.stocked import DONE, Stocked


def counted(tmp_path: Path, till: Stocked, receipt: str) -> tuple[bool, bool, bool]:
    """Write down what happened; tell of bread, of milk and of goods that are nowhere."""
    path = tmp_path / "documents.db"
    Documents(path).commit(NOON.isoformat(), tuple(till.facts))
    return counts_on(path, receipt, BREAD.code), counts_on(path, receipt, MILK.code), counts_on(path, receipt, "none")


def sold() -> tuple[Stocked, str]:
    """Sell bread, and milk that is taken out again."""
    till = Stocked.selling().sell(BREAD, MILK).press("delete").said(DONE)
    return till, till.receipt.identifier


def test_open(tmp_path: Path) -> None:
    """Given an open receipt, then any article counts: it may be scanned before a cancel arrives."""
    till, receipt = sold()
    assert counted(tmp_path, till, receipt) == (True, True, True)


def test_put_aside(tmp_path: Path) -> None:
    """Given a receipt put aside, then the same: it will be taken up again."""
    till, receipt = sold()
    assert counted(tmp_path, till.press("f11"), receipt) == (True, True, True)


def test_sold(tmp_path: Path) -> None:
    """Given a receipt that is paid, then its live lines count until it is exported, and no others."""
    till, receipt = sold()
    assert counted(tmp_path, till.press("plus", "enter"), receipt) == (True, False, False)


def test_given_up(tmp_path: Path) -> None:
    """Given a receipt that was given up, then nothing counts on it."""
    till, receipt = sold()
    assert counted(tmp_path, till.press("f4", "enter"), receipt) == (False, False, False)


def test_another_receipt(tmp_path: Path) -> None:
    """Given a receipt that nobody knows, then nothing counts on it."""
    till, _ = sold()
    assert counted(tmp_path, till, "other") == (False, False, False)


def test_no_file(tmp_path: Path) -> None:
    """Given a file that cannot be read, then it is said so, and nothing is guessed."""
    with pytest.raises(StoreError):
        counts_on(tmp_path / "none.db", "r", "1")
