"""From settings to devices: scanners, the keyboard wedge, the printer, the payment terminal."""

from dataclasses import dataclass
from pathlib import Path

from cashier.settings.model import Printer as PrinterSettings
from cashier.settings.model import Scanner as ScannerSettings
from cashier.settings.model import Settings
from devices import (
    Framing,
    HidConfig,
    HidScanner,
    PaymentTerminal,
    Scanner,
    SerialConfig,
    SerialScanner,
    SimulatedConfig,
    SimulatedScanner,
    SimulatedTerminal,
    TerminalConfig,
    TerminalScanner,
    Wedge,
    WedgeConfig,
)
from devices.printing import EscposConfig, EscposPrinter, FilePrinter, Printer, SimulatedPrinter
from devices.wedge import BURST_GAP

WIDTH = 42
"""Characters in a line of the files that are written when no printer is set."""

RAW_PORT = 9100
"""Where network printers listen when the settings name no port."""

CARD_DELAY = 1.0
"""Seconds that the simulated terminal waits for a card: as long as a trainee needs to see it."""

LISTENED = 4096
"""Bytes told at once to whoever sets a scanner up; a till takes far fewer."""


@dataclass(frozen=True, slots=True)
class Equipment:
    """What hangs on the till."""

    scanners: tuple[Scanner, ...]
    wedge: Wedge | None
    printer: Printer
    width: int
    terminal: PaymentTerminal | None = None
    """None when it stands alone."""


def equip(settings: Settings, data: Path) -> Equipment:
    """Build the devices; nothing is opened yet. The first printer of the settings prints; without one, files do."""
    scanners = tuple(_scanner(own, framing(own)) for own in settings.scanners if own.type != "keyboard")
    wedges = [Wedge(WedgeConfig(own.name, framing(own))) for own in settings.scanners if own.type == "keyboard"]
    own = settings.printers[0] if settings.printers else None
    printer = _printer(own, data) if own else FilePrinter("file", data / "receipts")
    terminal = _terminal(settings, data)
    return Equipment(scanners, wedges[0] if wedges else None, printer, own.width if own else WIDTH, terminal)


def listener(own: ScannerSettings) -> Scanner:
    """Build a scanner that tells every byte that comes, cut only by pauses, for whoever sets it up."""
    gap = min(own.gap, BURST_GAP) if own.type == "keyboard" and not own.prefix else own.gap
    unframed = Framing(suffix=None, gap=gap, limit=LISTENED)
    if own.type == "keyboard":
        return TerminalScanner(TerminalConfig(own.name, unframed))
    return _scanner(own, unframed)


def framing(own: ScannerSettings) -> Framing:
    """Say how a scanner marks the ends of a frame."""
    return Framing(prefix=own.prefix, suffix=own.suffix or None, gap=own.gap)


def _scanner(own: ScannerSettings, framed: Framing) -> Scanner:
    match own.type:
        case "serial":
            return SerialScanner(_serial(own, framed))
        case "hid":
            return HidScanner(_hid(own, framed))
        case _:
            return SimulatedScanner(SimulatedConfig(own.name))


def _hid(own: ScannerSettings, framed: Framing) -> HidConfig:
    return HidConfig(
        own.name,
        device=own.device,
        vendor=own.vendor,
        product=own.product,
        device_name=own.device_name,
        phys=own.phys,
        framing=framed,
    )


def _serial(own: ScannerSettings, framed: Framing) -> SerialConfig:
    return SerialConfig(
        own.name,
        own.port,
        own.baudrate,
        own.bytesize,
        own.parity,
        own.stopbits,
        framed,
        accept=own.accept,
        refuse=own.refuse,
    )


def _terminal(settings: Settings, data: Path) -> PaymentTerminal | None:
    return SimulatedTerminal(data / "terminal", CARD_DELAY) if settings.payment_terminal.type == "simulated" else None


def _printer(own: PrinterSettings, data: Path) -> Printer:
    match own.type:
        case "file" if own.file.startswith("/dev/"):
            device = Path(own.file)
            return EscposPrinter(EscposConfig(own.name, device=device, width=own.width, codepage=own.codepage))
        case "file":
            return FilePrinter(own.name, Path(own.file) if own.file else data / "receipts", own.width)
        case "network":
            host, _, port = own.host.partition(":")
            return EscposPrinter(
                EscposConfig(own.name, host, int(port or RAW_PORT), width=own.width, codepage=own.codepage)
            )
        case "serial":
            line = SerialConfig(own.name, own.port, own.baudrate)
            return EscposPrinter(EscposConfig(own.name, serial=line, width=own.width, codepage=own.codepage))
        case _:
            return SimulatedPrinter(own.name)
