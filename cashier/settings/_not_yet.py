"""What may be set and is not acted on by this version: a shop must not believe that it holds."""

from collections.abc import Callable, Iterable

from cashier.settings.model import Settings

Found = Callable[[Settings], Iterable[str]]
"""Names the sections or keys that are set and do nothing; none if they are as a fresh till has them."""


def not_yet(settings: Settings) -> list[str]:
    """Say in Russian, one line each, which settings this version does not act on and what to do."""
    return [
        f"{name}: эта версия кассы этого не выполняет. {advice}" for found, advice in TABLE for name in found(settings)
    ]


def _when(name: str, is_set: Callable[[Settings], object]) -> Found:
    return lambda settings: (name,) if is_set(settings) else ()


def _second(kind: str, names: Iterable[str]) -> Iterable[str]:
    return (f"[{kind}.{name}]" for name in list(names)[1:])


TABLE: tuple[tuple[Found, str], ...] = (
    (
        _when("[PaymentTerminal] type = simulated", lambda s: s.payment_terminal.type == "simulated"),
        "Терминал учебный: деньги с карт не списываются; поставьте type = manual",
    ),
    (
        lambda s: _second("Scanner", (own.name for own in s.scanners if own.type == "keyboard")),
        "Клавиатурный сканер (type = keyboard) может быть только один; подключите второй как hid или serial",
    ),
    (
        lambda s: _second("Printer", (own.name for own in s.printers)),
        "Печатает только первый принтер; уберите лишнюю секцию",
    ),
)
"""What is set → what to do meanwhile. A row goes when the till acts on it."""
