"""`cashier scanner`: what each scanner sends, byte by byte, and what the till makes of it."""

import asyncio
import contextlib
from collections.abc import Callable, Iterator

import click

from cashier.equipment import listener
from cashier.hearing import Ear, Heard
from cashier.mark_hearing import MarkEar
from cashier.settings import Settings
from cashier.settings.model import Scanner
from devices import Broken, Happening, Scan, Sink, Status, describe
from devices.report import visible

INTERRUPT = b"\x03"
"""Ctrl+C of a terminal that is read raw, if it comes alone: in a scan it is a suffix (ETX)."""

REASONS = {
    "too_long": "больше 512 байт",
    "too_slow": "пауза внутри кода: конец не пришёл вовремя",
    "cut_off": "нет начала или конца кода",
    "overflow": "касса не успела его взять",
    "lost_events": "часть кода потеряна системой",
}


def run_scanner(settings: Settings) -> int:
    """Print what comes until Ctrl+C; return 2 when no scanner is set up."""
    if not settings.scanners:
        click.echo("Сканеры не настроены: добавьте секцию [Scanner.имя] в conf/ncash.ini.d/devices.ini", err=True)
        return 2
    click.echo("Считайте код. Выход: Ctrl+C")
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(_listen(settings))
    return 0


async def _listen(settings: Settings) -> None:
    """Hear all scanners until a terminal read raw sends Ctrl+C; the signal ends it as well."""
    ended = asyncio.Event()
    async with asyncio.TaskGroup() as tasks:
        sinks = [(own, told(own, ended.set, MarkEar(settings, own))) for own in _heard(settings)]
        running = [tasks.create_task(listener(own).run(sink)) for own, sink in sinks]
        await ended.wait()
        for task in running:
            task.cancel()


def _heard(settings: Settings) -> Iterator[Scanner]:
    """Leave out what the till leaves out: there is one terminal, so one scanner at most types into it."""
    keyboards = [own for own in settings.scanners if own.type == "keyboard"]
    return (own for own in settings.scanners if own not in keyboards[1:])


def told(own: Scanner, end: Callable[[], None], marks: MarkEar) -> Sink:
    """Return a sink that prints what one scanner sends, a chunk from pause to pause; `end` is for its Ctrl+C."""
    ear = Ear(own)

    def tell(happening: Happening) -> bool:
        match happening:
            case Scan(_, _, data, _) if data == INTERRUPT and own.type == "keyboard":
                end()
            case Scan(device, number, data, at):
                click.echo("\n  ".join([f"{device} #{number}", *_raw(data), *_made(ear.hear(data, at), marks)]))
            case Broken(device, number, reason, _):
                click.echo(f"{device} #{number}: байты пропали ({_reason(reason)})")
            case Status(device, state, detail):
                click.echo(f"{device}: {state} {visible(detail)}".rstrip())
        return True

    return tell


def _raw(data: bytes) -> Iterator[str]:
    """Say what came, every byte of it."""
    report = describe(data)
    yield f"байт: {report.length}   {report.hex}"
    yield f"текст: {report.text}"
    yield f"в начале: {report.prefix or 'ничего'}   в конце: {report.suffix or 'ничего'}"
    yield f"AIM-префикс: {f'{report.aim.prefix} ({report.aim.meaning})' if report.aim else 'нет'}"
    yield f"GS передан как: {', '.join(report.gs) or 'нет'}"
    yield f"раскладка: {'русская: переключите на английскую' if report.cyrillic else 'латинская'}"


def _made(heard: Heard, marks: MarkEar) -> Iterator[str]:
    """Say what the till makes of it with the present settings, and what to set."""
    for frame in heard.frames:
        if isinstance(frame, str):
            yield f"касса: кадр испорчен ({_reason(frame)})"
        else:
            yield from marks.verdict(frame)
    if heard.keys:
        yield f"касса примет как клавиши: {visible(heard.keys.decode(errors='surrogateescape'))}"
    if not (heard.frames or heard.keys):
        yield "касса: ничего, это остаток испорченного кадра или пустой кадр"
    yield from heard.advice


def _reason(reason: str) -> str:
    return f"{reason}: {REASONS[reason]}"
