"""The trainee's panel: samples are scanned, simulated devices are broken and mended, real ones never."""

from pathlib import Path

import pytest

from cashier.core import effects as e
from cashier.core.samples import Switch
from cashier.demo import samples, start
from cashier.demo.cash_server import CashServer
from cashier.demo.stock_server import StockServer
from devices import FilePrinter, SimulatedConfig, SimulatedFiscal, SimulatedPrinter, SimulatedScanner, SimulatedTerminal
from tests.core.goods import BREAD
from tests.runtime.rig import Rig, settled
from tests.waiting import until


class TestTraining:
    async def test_sample_is_scanned(self) -> None:
        """Given a sample held under the simulated scanner, then it arrives as a scan of that scanner."""
        rig = Rig()
        async with rig.working():
            rig.hands.do(e.Simulate(BREAD.barcode.encode()))
            await until(lambda: rig.names == ["Хлеб"])

    async def test_devices_are_broken_and_mended(self, tmp_path: Path) -> None:
        """Given simulated devices, when each row of the panel is taken, then its device has its fault, or none."""
        fiscal, terminal = SimulatedFiscal(tmp_path), SimulatedTerminal(tmp_path)
        rig, server, stock = Rig(fiscal=fiscal, terminal=terminal), CashServer(), StockServer()
        rig.hands.breakers["cash_server"] = lambda fault: start.break_server(server, fault)
        rig.hands.breakers["stock_server"] = lambda fault: start.break_stock(stock, fault)
        devices = {"printer": rig.printer, "terminal": terminal, "fiscal": fiscal}
        devices |= {"cash_server": server, "stock_server": stock}
        switches = [row for row in samples.rows("0000") if isinstance(row, Switch)]
        assert {row.device for row in switches} == set(devices)
        with server, stock:
            for row in switches:
                rig.hands.do(e.Break(row.device, row.fault))
                await until(lambda row=row: getattr(devices[row.device], "fault", None) == row.fault)  # type: ignore[misc]
            assert [getattr(device, "fault", None) for device in devices.values()] == [""] * 5

    @pytest.mark.parametrize(
        ("device", "fault"), [("printer", "dances"), ("kettle", "off")], ids=["no such fault", "no such device"]
    )
    async def test_what_cannot_be_broken_is_left_alone(self, device: str, fault: str) -> None:
        """Given a fault or a device nobody knows, then everything works on."""
        rig = Rig()
        assert isinstance(rig.printer, SimulatedPrinter)
        rig.hands.do(e.Break(device, fault))
        await settled()
        assert rig.printer.fault == ""

    async def test_real_devices_are_not_broken(self, tmp_path: Path) -> None:
        """Given a till without a fiscal device or terminal, and a real printer, then the panel breaks none of them."""
        rig = Rig(printer=FilePrinter("file", tmp_path))
        for device in ("printer", "terminal", "fiscal"):
            rig.hands.do(e.Break(device, "off"))
        await settled()
        assert not hasattr(rig.printer, "fault")

    async def test_first_simulated_scanner_scans(self) -> None:
        """Given two simulated scanners, then a sample is scanned once."""
        rig = Rig()
        second = SimulatedScanner(SimulatedConfig("second"))
        rig.hands.scanners["second"] = second
        rig.house.scanners = (rig.scanner, second)
        async with rig.working():
            rig.hands.do(e.Simulate(BREAD.barcode.encode()))
            await until(lambda: rig.names)
            await settled()
            assert rig.till.line is not None
            assert rig.till.line.quantity == 1000
