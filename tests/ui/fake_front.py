"""A front for screen tests: the pure machines on a small catalogue in memory, a clock that stands still."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from datetime import datetime
from typing import Literal
from uuid import UUID, uuid5

from msgspec.structs import replace

from cashier.core import effects as e
from cashier.core.catalogue import Folder, Person, Product
from cashier.core.events import (
    CardAnswered,
    Event,
    FiscalReady,
    FolderListed,
    Found,
    Input,
    PasswordChecked,
    PeopleListed,
    PersonSaved,
    Pressed,
    Printed,
    Scanned,
    ShiftShut,
    Stamped,
    Worker,
)
from cashier.core.gate import Gate
from cashier.core.machines import step
from cashier.core.money import Kopecks
from cashier.core.quantity import Thousandths
from cashier.core.samples import Sample
from cashier.core.state import Device, Rules, Step, Till
from cashier.core.tender import CardSlip

NOW = datetime(2026, 11, 21, 18, 26)  # noqa: DTZ001 - shop's local time
IVANOVA = Person("101", "Иванова", 2)
"""A senior."""
ORLOV = Person("102", "Орлов", 1)
"""A cashier."""
SIDOROVA = Person("103", "Сидорова", 3)
"""An administrator."""
KUZMIN = Worker(Person("104", "Кузьмин-Караваев Константин Константинович", 2), locked=True)
WORKERS = (Worker(IVANOVA), Worker(ORLOV), Worker(SIDOROVA), KUZMIN)
PASSWORD = "1234"
"""Of each of them."""
SLIP = CardSlip("000017", "A1B2C3", "**** 1234", ("ОДОБРЕНО",))
NAMESPACE = UUID("5b0e7a52-0000-4000-8000-000000000000")

BREAD = Product("1001", "Хлеб ржаной нарезной 350 г", Kopecks(4550), "4600000000017")
MILK = Product("1002", "Молоко 3,2 % 1 л", Kopecks(8990), "4600000000024")
WATER = Product("1003", "Вода 0,5 л", Kopecks(4000), "4600000000031")
APPLES = Product("1004", "Яблоки сезонные", Kopecks(12900), "2100000000043", unit="кг", fractional=True)
CIGARETTES = Product("1005", "Сигареты «Пример» синие", Kopecks(19500), "4600000000055")
CRATE = replace(WATER, code="1006", name="Вода 0,5 л, упаковка", quantity=Thousandths(6000), barcode="4600000000062")
TWIN_A = Product("1007", "Батарейка AA", Kopecks(9900), "4600000000079")
TWIN_B = Product("1008", "Батарейка AAA", Kopecks(10900), "4600000000079")
FORBIDDEN = Product("1009", "Уксусная эссенция 70 %", Kopecks(5000), "4600000000093", sale_allowed=False)
GOODS = (BREAD, MILK, WATER, APPLES, CIGARETTES, CRATE, TWIN_A, TWIN_B, FORBIDDEN)

FOLDERS = {
    "": (Folder("f1", "Хлеб и выпечка"), Folder("f2", "Овощи и фрукты"), Folder("g3", "Пакет-майка", "1003")),
    "f1": (Folder("g1", "Хлеб ржаной", "1001"),),
    "f2": (Folder("g4", "Яблоки", "1004"),),
}
SAMPLES = (
    Sample("Хлеб ржаной · 4600000000017", b"4600000000017"),
    Sample("Неизвестный код", b"4699999999999"),
    Sample("Управляющие байты", b"\x1b[2J\x00\x07"),
)
DEVICES = (Device("main", "ready"), Device("spare", "ready"))


class FakeFront:
    """Steps the machines as the runtime does: in order, inputs wait while an answer is owed."""

    def __init__(
        self,
        *,
        goods: tuple[Product, ...] = GOODS,
        gates: tuple[Gate, ...] = (),
        training: bool = False,
        shop_name: str = "Продукты на Лесной",
        slow: bool = False,
        devices: bool = False,
    ) -> None:
        """Start at sign-in; `slow` leaves passwords and gates unanswered until `answer` is called.

        With `devices` a payment terminal and a fiscal device are connected.
        """
        rules = Rules("77", "3", shop_name=shop_name, gates=gates, training=training, terminal=devices, fiscal=devices)
        rules = replace(rules, samples=SAMPLES if training else ())
        self._till = Till(NOW, rules, devices=DEVICES)
        self._goods, self._slow = goods, slow
        self._queue: deque[Input] = deque()
        self._owed: list[e.Effect] = []
        self._count = 0
        self._watchers: list[Callable[[], None]] = []
        self._ended = asyncio.Event()
        self.failure: Exception | None = None
        self.keys: list[str] = []
        self.pastes: list[int] = []
        self.signals: list[bool] = []
        self.paintings = 0
        self.app_signal: Callable[[bool], None] = lambda accepted: None  # noqa: ARG005
        self.running = False
        self.paper_trouble = ""
        """Why no paper comes out; empty when it does."""
        self.card: Literal["", "approved", "declined", "unknown"] = "approved"
        """What the payment terminal says of whatever it is asked; empty while it works."""
        self.shut: Literal["", "closed", "unknown"] = "closed"
        """What the fiscal device says of the closing of a shift; empty while it works."""

    @property
    def till(self) -> Till:
        """The state."""
        return self._till

    @property
    def waiting(self) -> int:
        """Scans that wait."""
        return sum(isinstance(event, Scanned) for event in self._queue)

    def press(self, key: str) -> None:
        """Take a key."""
        self.keys.append(key)
        self._queue.append(Pressed(key))
        self._drain()

    def scan(self, data: bytes | str) -> None:
        """Take a scan."""
        self._count += 1
        self._queue.append(Scanned("main", self._count, data.encode() if isinstance(data, str) else data))
        self._drain()

    def type(self, *keys: str) -> None:
        """Press several keys."""
        for key in keys:
            self.press(key)

    def sign_in(self, code: str = IVANOVA.code) -> FakeFront:
        """Type code and password."""
        self.type(*code, "enter", *PASSWORD, "enter")
        return self

    def tell(self, event: Event) -> None:
        """Let something happen that is no input."""
        self._step(event)

    def show(self, **changes: object) -> None:
        """Put a state on the screen that the machines need long to come to."""
        self._till = replace(self._till, **changes)
        self._tell_watchers()

    def pasted(self, size: int) -> None:
        """Hear of a paste."""
        self.pastes.append(size)

    def painted(self) -> None:
        """Count what was painted."""
        self.paintings += 1

    def watch(self, changed: Callable[[], None], ahead: Callable[[Step], None] | None = None) -> Callable[[], None]:
        """Remember whom to tell; nothing is ever under way here."""
        del ahead
        self._watchers.append(changed)
        return lambda: self._watchers.remove(changed)

    async def run(self) -> None:
        """Wait until the till is ended, or fail as a test wants it."""
        self.running = True
        await self._ended.wait()
        if self.failure:
            raise self.failure

    def end(self, failure: Exception | None = None) -> None:
        """End the program."""
        self.failure = failure
        self._ended.set()

    def answer(self) -> None:
        """Give the answers that are owed."""
        owed, self._owed = self._owed, []
        for effect in owed:
            self._answer(effect)
        self._drain()

    def _drain(self) -> None:
        while self._queue and not self._owed:
            self._step(self._queue.popleft())
        self._tell_watchers()

    def _step(self, event: Event) -> None:
        self._count += 1
        done = step(self._till, Stamped(event, NOW, uuid5(NAMESPACE, str(self._count))))
        self._till = done.till
        for effect in done.effects:
            self._do(effect)
        self._tell_watchers()

    def _tell_watchers(self) -> None:
        for changed in tuple(self._watchers):
            changed()

    def _do(self, effect: e.Effect) -> None:
        match effect:
            case e.Signal(accepted):
                self.signals.append(accepted)
                self.app_signal(accepted)
            case e.CheckPassword() | e.RunGate() if self._slow:
                self._owed.append(effect)
            case e.Simulate(data):
                self.scan(data)
            case e.Quit():
                self.end()
            case _:
                self._answer(effect)

    def _answer(self, effect: e.Effect) -> None:
        match effect:
            case e.CheckPassword(code, password):
                person = next((own.person for own in WORKERS if own.person.code == code), None)
                fits = person if password == PASSWORD else None
                self._step(PasswordChecked(code, fits, known=person is not None))
            case e.FindCode(text):
                self._step(Found(tuple(g for g in self._goods if text in {g.code, g.barcode})))
            case e.FindName(words):
                wanted = words.casefold().split()
                found = tuple(g for g in self._goods if wanted and all(w in g.name.casefold() for w in wanted))
                self._step(Found(found))
            case e.ListFolder(code):
                self._step(FolderListed(FOLDERS.get(code, ())))
            case e.Print(token) if self.paper_trouble:
                self._step(Printed(token, "failed", self.paper_trouble))
            case e.Print(token):
                paper, number = (
                    PAPER if self._till.rules.training else "",
                    self._count if self._till.rules.fiscal else 0,
                )
                self._step(Printed(token, "printed", fiscal=number, paper=paper))
            case e.ListPeople():
                self._step(PeopleListed(WORKERS))
            case e.SavePerson():
                self._step(PersonSaved(done=True))
            case _:
                self._answer_of_device(effect)

    def _answer_of_device(self, effect: e.Effect) -> None:
        match effect:
            case e.Charge(token) | e.ReverseCharge(token) | e.AskTerminal(token) if self.card:
                slip = SLIP if self.card == "approved" else None
                self._step(CardAnswered(token, self.card, slip=slip))
            case e.AskFiscal(token):
                self._step(FiscalReady(token, self._count))
            case e.ShutShift(token) if self.shut:
                self._step(ShiftShut(token, self.shut, self._count))
            case _:
                pass


PAPER = """\
        ПРОДУКТЫ НА ЛЕСНОЙ
          УЧЕБНЫЙ ЧЕК

Хлеб ржаной нарезной 350 г
        1 × 45,50               45,50
-------------------------------------
ИТОГ                            45,50
НАЛИЧНЫМИ                      100,00
СДАЧА                           54,50
"""
