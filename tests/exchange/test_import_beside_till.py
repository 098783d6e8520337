"""An import disturbs no running till, survives a kill, and does not care about the order of records."""

import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cashier.exchange.load import WRITING, import_files
from cashier.store import loading
from cashier.store.connect import StoreError, open_for_reading
from cashier.store.dictionaries import Dictionaries
from tests.exchange.trade_files import NOON, Command, Shop, aif, barcode, item

RECORDS: list[Command] = [
    *(item(str(code), barcodes=[{"barcode": f"7{code}", "cquant": 6, "price": 3}]) for code in range(5)),
    *(barcode(str(code), tmctype=7, name="Пачка") for code in range(0, 5, 2)),
    barcode("3", barcode="73", tmctype=3, quantdefault=2),
    {"command": "addUnit", "unit": {"unitcode": 796, "name": "шт", "fractional": 0}},
    {"command": "addPrice", "price": {"barcode": "4601", "price": 7}},
    {"command": "addPicklist", "picklist": {"code": 1, "name": "Выпечка"}},
    {"command": "addInventGroup", "inventGroup": {"groupCode": 1, "groupname": "Еда"}},
    {"command": "addExciseMarksWhite", "excisemarkswhite": {"barcodes": [{"value": "1"}], "excisemarkid": "m"}},
    {"command": "addAdditionalPrice", "additionalprice": {"inventcode": "1", "pricecode": 1, "price": 5}},
]
KILLED = """
import os, signal, sys
from pathlib import Path
from cashier.exchange.load import WRITING, import_files
from cashier.store import loading
loading.BATCH = 10
left = int(sys.argv[3])
def progress(stage, done, total):
    global left
    left -= stage == WRITING
    if left < 0:
        os.kill(os.getpid(), signal.SIGKILL)
import_files([Path(sys.argv[1])], Path(sys.argv[2]), progress)
"""


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.permutations(RECORDS))
def test_any_order_of_records_gives_the_same_dictionary(
    tmp_path_factory: pytest.TempPathFactory, order: list[Command]
) -> None:
    """Items before barcodes or after, units last or first: what the till knows is the same."""
    sorted_shop, shuffled = (Shop(tmp_path_factory.mktemp("shop")) for _ in range(2))
    sorted_shop.aif(*RECORDS)
    shuffled.aif(*order)
    assert shuffled.dump() == sorted_shop.dump()


def test_the_same_file_again_changes_nothing(shop: Shop) -> None:
    """A load repeated is the same dictionary."""
    shop.aif(*RECORDS)
    once = shop.dump()
    shop.aif(*RECORDS)
    assert shop.dump() == once


class TestBesideTheTill:
    @pytest.fixture(autouse=True)
    def _many_batches(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(loading, "BATCH", 10)
        monkeypatch.setattr(loading, "_BUFFER", 3)

    def test_open_read_transaction_does_not_stop_an_import(self, shop: Shop) -> None:
        """A reader in the middle of a read keeps its view; the import ends; then the reader sees the new."""
        shop.aif(item(name="Старый"))
        reader = open_for_reading(shop.path)
        reader.execute("BEGIN")
        assert reader.execute("SELECT name FROM tmc").fetchall() == [("Старый",)]
        shop.aif(item(name="Новый"))
        assert reader.execute("SELECT name FROM tmc").fetchall() == [("Старый",)]
        reader.execute("COMMIT")
        assert reader.execute("SELECT name FROM tmc").fetchall() == [("Новый",)]
        reader.close()

    def test_deletes_in_many_batches(self, shop: Shop) -> None:
        """Explicit deletes are staged and written in batches like everything else."""
        shop.aif(*(item(str(code)) for code in range(50)))
        shop.aif(*({"command": "deleteInventItem", "inventcode": str(code)} for code in range(49)))
        assert [found.code for found in shop.dictionaries.by_name("хлеб", NOON, limit=100)] == ["49"]

    def test_cleared_directory_is_never_empty(self, shop: Shop) -> None:
        """While everything is replaced, goods of both the old and the new list are found at every step."""
        shop.aif(*(item(str(code)) for code in range(50)))
        file = shop.folder / "new.aif"
        file.write_text(aif({"command": "clearInventory"}, *(item(str(code), name="Новый") for code in range(25, 75))))
        seen: list[int] = []

        def look(stage: str, _done: int, _total: int) -> None:
            if stage == WRITING:
                seen.append(len(shop.dictionaries.by_barcode("46030", NOON)))

        import_files([file], shop.path, look)
        assert len(seen) > 10
        assert set(seen) == {1}
        assert not shop.dictionaries.by_barcode("4601", NOON)
        assert len(shop.dictionaries.by_name("новый", NOON, limit=100)) == 50

    @pytest.mark.parametrize("batches", [0, 3, 9])
    def test_killed_and_done_again(self, shop: Shop, batches: int) -> None:
        """Killed after any batch, the directory still works, and the same import ends as if nothing had happened."""
        shop.aif(*(item(str(code)) for code in range(50)))
        new = [{"command": "clearInventory"}, *(item(str(code), name="Новый") for code in range(25, 75))]
        file = shop.folder / "new.aif"
        file.write_text(aif(*new))
        command = [sys.executable, "-c", KILLED, str(file), str(shop.path), str(batches)]
        died = subprocess.run(command, check=False, cwd=Path(__file__).parents[2])
        assert died.returncode == -signal.SIGKILL
        assert shop.dictionaries.by_barcode("46030", NOON)
        shop.aif(*new)
        untouched = Shop(shop.folder / "other")
        untouched.folder.mkdir()
        untouched.aif(*(command for command in new if command["command"] != "clearInventory"))
        assert shop.dump() == untouched.dump()


class TestAge:
    def test_age_is_the_time_of_the_last_import(self, shop: Shop) -> None:
        """Before the first import there is no age; a refused file does not renew it."""
        shop.aif(item())
        first = shop.dictionaries.age()
        assert first is not None
        assert first.tzinfo is not None

    def test_no_dictionaries_is_a_refusal(self, tmp_path: Path) -> None:
        """Look-ups without a prepared file are refused in plain words."""
        with pytest.raises(StoreError, match="Проверьте"):
            Dictionaries(tmp_path / "нет.db")


def test_progress_covers_reading_and_writing(shop: Shop) -> None:
    """Both stages end at their whole."""
    file = shop.folder / "x.aif"
    file.write_text(json.dumps(item()))
    seen: dict[str, tuple[int, int]] = {}
    import_files([file], shop.path, lambda stage, done, total: seen.update({stage: (done, total)}))
    assert all(done == total > 0 for done, total in seen.values())
    assert list(seen) == ["reading", "writing"]
