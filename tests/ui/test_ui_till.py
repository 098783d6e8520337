"""A whole till by keys alone: what goes in at the keyboard stands on the screen, and in the ledger."""

from pathlib import Path

import pytest

from cashier.core.events import PersonSaved
from cashier.core.modes import Charging
from devices import SimulatedFiscal, SimulatedPrinter, SimulatedTerminal
from tests.core.goods import BREAD, IVANOVA, MILK, PASSWORDS, PETROV, SIDOROVA
from tests.runtime.rig import Rig
from tests.ui.running import text
from tests.ui.sitting import sitting
from tests.waiting import until


@pytest.fixture
def terminal(tmp_path: Path) -> SimulatedTerminal:
    """A payment terminal that works."""
    return SimulatedTerminal(tmp_path)


class TestApproval:
    async def test_a_senior_confirms(self) -> None:
        """Given a cashier without the right, when a senior types code and password, then the storno goes on."""
        async with sitting(Rig()) as cashier:
            await cashier.signs_in(IVANOVA.code)
            await cashier.holds(BREAD.barcode, MILK.barcode)
            cashier.types("f4")
            await cashier.sees("Нужно подтверждение другого пользователя", "Сторнировать весь чек 1", "Код:")
            cashier.types(*PETROV.code, "enter", *PASSWORDS[PETROV.code][0])
            shown = await cashier.sees("Пароль: ••••")
            assert PASSWORDS[PETROV.code][0] not in shown
            cashier.types("enter")
            await cashier.sees("Сторнировать весь чек 1 на 135,40 ₽?")
            cashier.types("enter")
            await cashier.sees("Чек 1 отменён")

    async def test_another_cashier_has_not_the_right_either(self) -> None:
        """Given another cashier's word, then the dialog says so, asks on, and Esc leads back to the receipt."""
        async with sitting(Rig()) as cashier:
            await cashier.signs_in(IVANOVA.code)
            await cashier.holds(BREAD.barcode)
            cashier.types("f4", "6", "enter", *PASSWORDS["6"][0], "enter")
            await cashier.sees("Орлов: тоже нет этого права", "Код:")
            cashier.types("escape")
            await cashier.sees("Ввод:", "+ Оплата")


class TestCard:
    async def test_a_card_pays_the_rest(self, terminal: SimulatedTerminal) -> None:
        """Given part of it in cash, when the card takes the rest, then the receipt is paid without change."""
        rig = Rig(terminal=terminal)
        async with sitting(rig) as cashier:
            await cashier.signs_in(IVANOVA.code)
            await cashier.holds(BREAD.barcode, MILK.barcode)
            cashier.types("+", *"100", "enter")
            await cashier.sees("К ОПЛАТЕ, ₽", "Наличными", "100,00")
            cashier.types("f2")
            await cashier.sees("Чек 1 оплачен", "СДАЧА, ₽")
            assert [amount for _, _, amount, _ in terminal.operations()] == [3540]

    async def test_a_wait_for_the_card_is_told_and_cancelled(self, tmp_path: Path) -> None:
        """Given a terminal that waits for a card, then the screen says so, and Esc brings the payment back."""
        rig = Rig(terminal=SimulatedTerminal(tmp_path, delay=60.0))
        async with sitting(rig) as cashier:
            await cashier.signs_in(IVANOVA.code)
            await cashier.holds(BREAD.barcode)
            cashier.types("+", "f2")
            await cashier.sees("Оплата картой 45,50 ₽", "Следуйте указаниям терминала", "Ожидание ответа…")
            cashier.types("escape")
            await cashier.sees("Оплата картой 45,50 ₽ не прошла", "Enter Понятно")
            cashier.types("enter")
            await cashier.sees("К ОПЛАТЕ, ₽", "F2 Картой")

    async def test_a_silent_terminal_is_asked_again(self, terminal: SimulatedTerminal) -> None:
        """Given a terminal that charged and died, when it is asked once more, then the receipt is paid, once."""
        terminal.fault = "dead_between"
        async with sitting(Rig(terminal=terminal)) as cashier:
            await cashier.signs_in(IVANOVA.code)
            await cashier.holds(BREAD.barcode)
            cashier.types("+", "f2")
            shown = await cashier.sees("Терминал не отвечает. Прошла ли операция, неизвестно", "1 Спросить терминал")
            assert "Esc" not in shown
            terminal.fault = ""
            cashier.types("1")
            await cashier.sees("Чек 1 оплачен")
            assert len(terminal.operations()) == 1

    async def test_a_terminal_that_stands_alone_is_read_by_eye(self) -> None:
        """Given no terminal that could be asked, then the cashier says what it did, and that pays the receipt."""
        rig = Rig()
        async with sitting(rig) as cashier:
            await cashier.signs_in(IVANOVA.code)
            await cashier.holds(BREAD.barcode)
            cashier.types("+", "f2")
            await cashier.sees("Проведите операцию на терминале", "1 Операция не прошла")
            assert rig.till.mode == Charging("manual")
            cashier.types("2", "enter")
            await cashier.sees("Чек 1 оплачен")


class TestShift:
    async def test_cash_in_and_out(self) -> None:
        """Given money put in, then the dialog of the cash out knows how much there is, and takes no more."""
        async with sitting(Rig()) as cashier:
            await cashier.signs_in(PETROV.code)
            cashier.types("f10", "4", *"500", "enter")
            await cashier.sees("Внесено 500,00 ₽")
            cashier.types("f10", "5")
            await cashier.sees("Выплата денег", "Сейчас в ящике 500,00 ₽", "Сумма:")
            cashier.types(*"600", "enter")
            await cashier.sees("В ящике только 500,00 ₽", "Сумма: 600")

    async def test_x_and_z(self, tmp_path: Path) -> None:
        """Given a sale, then X shows its sums whole in the smallest window, and Z closes the shift after a yes."""
        rig = Rig(fiscal=SimulatedFiscal(tmp_path), printer=SimulatedPrinter("printer"))
        async with sitting(rig, (80, 24)) as cashier:
            await cashier.signs_in(PETROV.code)
            await cashier.holds(BREAD.barcode)
            cashier.types("+", *"50", "enter")
            await cashier.sees("Чек 1 оплачен")
            await until(lambda: not rig.till.ledger.papers)
            cashier.types("f10", "6")
            await cashier.sees("X-отчёт, смена 1", "Открыта", "Продано всего", "В ящике", "Enter Закрыть")
            cashier.types("enter", "f10", "7")
            await cashier.sees("Закрыть смену 1? Продано на 45,50 ₽")
            cashier.types("enter")
            await cashier.sees("Смена 1 закрыта, Z-отчёт", "В ящике", "Enter Закрыть")
            cashier.types("enter")
            await cashier.sees("чек 1 · см. 2")
            assert rig.till.ledger.shift is None


class TestPostponed:
    async def test_put_aside_and_taken_up(self) -> None:
        """Given a receipt put aside, then F11 lists it with its sum, and Enter brings its lines back."""
        async with sitting(Rig()) as cashier:
            await cashier.signs_in(IVANOVA.code)
            await cashier.holds(BREAD.barcode, MILK.barcode)
            cashier.types("f11")
            await cashier.sees("Чек 1 на 135,40 ₽ отложен", "Сканируйте товар")
            cashier.types("escape")
            await cashier.sees("F11 Отложенные")
            cashier.types("f11")
            await cashier.sees("Отложенные чеки", "▶ 1 Чек 1 · 12:00 · Хлеб", "135,40")
            cashier.types("enter")
            await cashier.sees("▶  2  Молоко", "Чек 1 на 135,40 ₽ продолжается")


class TestDiscount:
    async def test_percent_of_a_line_and_roubles_of_the_receipt(self) -> None:
        """Given ten percent on a line and five roubles on all, then line, total and details tell what was taken off."""
        async with sitting(Rig()) as cashier:
            await cashier.signs_in(PETROV.code)
            await cashier.holds(MILK.barcode)
            cashier.types("/", *"10", "enter")
            await cashier.sees("Скидка 8,99 ₽", "80,91", "скидка 8,99")
            cashier.types("/", "down")
            await cashier.sees("Скидка на чек", "Сейчас 80,91 ₽", "Скидка:")
            cashier.types("5", "+")
            await cashier.sees("Скидка 5,00 ₽ на чек")


class TestStatus:
    async def test_from_the_sign_in_and_from_the_sale(self) -> None:
        """Given a till nobody is at, then the window opens there too; at the sale it closes onto what stood before."""
        async with sitting(Rig()) as cashier:
            cashier.types("?")
            await cashier.sees("╔═ Статус ═", "Код кассира", "● Сканер scanner: готов")
            cashier.types("escape")
            await cashier.signs_in(IVANOVA.code)
            await cashier.holds(BREAD.barcode)
            cashier.types("?")
            await cashier.sees("╔═ Статус ═", "Листать")
            cashier.types("enter")
            await cashier.sees("▶  1  Хлеб", "+ Оплата")

    async def test_trouble_stands_in_header_and_window(self) -> None:
        """Given a printer without paper, then header and window say so by word and sign, and what to do."""
        printer = SimulatedPrinter("printer")
        printer.fault = "out_of_paper"
        async with sitting(Rig(printer=printer)) as cashier:
            await cashier.signs_in(IVANOVA.code)
            await cashier.holds(BREAD.barcode)
            cashier.types("+", "enter")
            await cashier.sees("■ В принтере нет бумаги")
            cashier.types("?")
            await cashier.sees("■ В принтере нет бумаги  ", "ТРЕВОГА", "— Вставьте ленту и закройте крышку")


class TestPeople:
    async def test_a_new_cashier(self) -> None:
        """Given an administrator, when a new person is typed, then no password is ever on the screen."""
        rig = Rig()
        saved: list[str] = []

        async def save(person: object) -> PersonSaved:
            saved.append(repr(person))
            return PersonSaved(done=True)

        rig.hands.save = save
        async with sitting(rig) as cashier:
            await cashier.signs_in(SIDOROVA.code)
            cashier.types("f10", "end", "up", "enter")
            await cashier.sees("Пользователи", "1 Новый пользователь", "7 · Иванова", "старший кассир")
            cashier.types("1", *"12", "enter", *"Лев", "enter", "1", "enter", *"pw9", "enter")
            await cashier.sees("12 · Лев", "Пароль ещё раз:")
            cashier.types(*"pw9")
            shown = await cashier.sees("Пароль ещё раз: •••")
            assert "pw9" not in shown
            cashier.types("enter")
            await cashier.sees("Записано: 12 Лев")
            assert len(saved) == 1
            assert "pw9" not in text(cashier.app)
