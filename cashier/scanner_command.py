"""`cashier scanner`: what each scanner sends, byte by byte, and what the till makes of it."""

import asyncio
import contextlib
from pathlib import Path

import click

from cashier.core.scans import barcode_of
from cashier.equipment import equip
from cashier.settings import Settings
from devices import Broken, Happening, Scan, Status
from devices.report import Report, describe


def run_scanner(settings: Settings, data: Path) -> int:
    """Print scans until Ctrl+C; return 2 when no scanner is set up."""
    scanners = equip(settings, data).scanners
    if not scanners:
        click.echo("Сканеры не настроены: добавьте секцию [Scanner.имя] в conf/ncash.ini.d/devices.ini", err=True)
        return 2
    click.echo("Считайте код. Выход: Ctrl+C")

    async def listen() -> None:
        async with asyncio.TaskGroup() as tasks:
            for scanner in scanners:
                tasks.create_task(scanner.run(_told))

    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(listen())
    return 0


def _lines(report: Report) -> list[str]:
    aim = f"{report.aim.prefix} ({report.aim.meaning})" if report.aim else "нет"
    lines = [
        f"байт: {report.length}   {report.hex}",
        f"текст: {report.text}",
        f"AIM-префикс: {aim}",
        f"GS передан как: {', '.join(report.gs) or 'нет'}",
    ]
    if report.prefix or report.suffix:
        lines.append(f"лишнее в начале: {report.prefix or 'нет'}, в конце: {report.suffix or 'нет'} (prefix, suffix)")
    return [*lines, "раскладка клавиатуры русская: сканер печатает буквы"] if report.cyrillic else lines


def _verdict(data: bytes) -> str:
    barcode = barcode_of(data)
    return f"касса примет как: {barcode}" if barcode else "касса не примет: код не распознан"


def _told(happening: Happening) -> bool:
    match happening:
        case Scan(device, number, data, _):
            click.echo(f"{device} #{number}")
            for line in (*_lines(describe(data)), _verdict(data)):
                click.echo(f"  {line}")
        case Broken(device, number, reason, _):
            click.echo(f"{device} #{number}: кадр испорчен ({reason})")
        case Status(device, state, detail):
            click.echo(f"{device}: {state} {detail}")
    return True
