"""What only several keys together can get wrong."""

from collections.abc import Iterator

from cashier.settings.legal import Complaint, check_legal
from cashier.settings.model import Printer, Restriction, Scanner, Settings


def check(settings: Settings) -> Iterator[Complaint]:
    """Find contradictions among settings that are right one by one."""
    if settings.plugins.stockcontrol and not settings.stock_control.url:
        yield "plugins", ("stockcontrol",), "stock_url"
    if settings.export.push and not settings.export.push_url:
        yield "Export", ("push",), "push_url"
    if settings.queue.retry_min > settings.queue.retry_max:
        yield "Queue", ("retryMin", "retryMax"), "retry"
    if settings.drawer.limit is not None and (settings.drawer.warning or 0) > settings.drawer.limit:
        yield "Drawer", ("warning", "limit"), "drawer"
    if settings.status.disk_alarm > settings.status.disk_warning:
        yield "Status", ("diskAlarm", "diskWarning"), "disk"
    for restriction in settings.restrictions:
        yield from _restriction(f"Restriction.{restriction.name}", restriction)
    yield from check_legal(settings.legal_minimums)
    for scanner in settings.scanners:
        yield from _scanner(f"Scanner.{scanner.name}", scanner)
    for printer in settings.printers:
        yield from _printer(f"Printer.{printer.name}", printer)


def doubts(settings: Settings) -> Iterator[Complaint]:
    """Find what is allowed and hardly meant: the till starts all the same and says so."""
    goods = settings.marked_goods
    if not settings.plugins.markedgoods:
        return
    if not goods.categories:
        yield "plugins", ("markedgoods",), "no_categories"
    verified = [own for own in goods.categories if own.enable_mark_verify]
    if verified and not settings.queue.url:
        section = "MarkedGoods" if goods.enable_mark_verify else verified[0].section
        yield section, ("enableMarkVerify",), "verify_no_queue"
    if goods.enable_mark_verify and goods.enable_mark_verify_local:
        yield "MarkedGoods", ("enableMarkVerifyLocal",), "white_unused"
    for own in verified:
        if own.enable_mark_verify_local and not goods.enable_mark_verify_local:
            yield own.section, ("enableMarkVerifyLocal",), "white_unused"


def _restriction(section: str, restriction: Restriction) -> Iterator[Complaint]:
    if bool(restriction.item) == bool(restriction.group):
        yield section, ("group", "item"), "restriction_whom"
    if not restriction.age and not restriction.has_period:
        yield section, (), "restriction_nothing"


def _scanner(section: str, scanner: Scanner) -> Iterator[Complaint]:
    signs = scanner.device or scanner.device_name or scanner.phys
    if scanner.type == "serial" and not scanner.port:
        yield section, ("type",), "serial_port"
    if scanner.type == "hid" and not signs and scanner.vendor is None and scanner.product is None:
        yield section, ("type",), "hid_device"


def _printer(section: str, printer: Printer) -> Iterator[Complaint]:
    if printer.type == "serial" and not printer.port:
        yield section, ("type",), "serial_port"
    if printer.type == "network" and not printer.host:
        yield section, ("type",), "printer_host"
