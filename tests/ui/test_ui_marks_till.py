"""Marked goods by keys and scans alone, on the real screen: both ways in, what the dialog and the server refuse."""

import pytest

from cashier.core.reading import Reading
from tests.gates.marked import KEFIR, WATER, damaged, mark
from tests.ui.mark_rig import ASKS, CashServer, MarkRig, asked, panel, refused
from tests.ui.sitting import sitting
from tests.waiting import until

WRONG = [
    (mark(WATER), ("Код маркировки относится к другому товару: Вода.", "Считайте код на этом товаре.")),
    (mark(WATER, products=()), ("Код маркировки относится к другому товару.",)),
    (damaged("no_gs"), ("Код маркировки не распознан.", "Сканер не передаёт разделитель GS")),
    (damaged("glued"), ("Код маркировки не распознан.", "Пришли два кода сразу: считайте один.")),
    (damaged("alphabet"), ("Код маркировки не распознан.", "проверьте раскладку и Caps Lock сканера")),
    (damaged("structure"), ("Код маркировки не распознан.", "Протрите код и считайте ещё раз")),
    (mark(KEFIR, "x", category=None), ("Код маркировки не распознан.", "Такие коды здесь не принимаются")),
]
TABLE = {
    "NOT_REGISTERED": "",
    "SOLD": "Товар с такой акцизной маркой уже был продан",
    "RETURNED": "",
    "RESERVED_SALE": "Товар с такой акцизной маркой уже был зарезервирован",
    "UNRESERVED_SALE": "",
    "RESERVED_RETURN": "Товар с такой акцизной маркой уже был зарезервирован",
    "UNRESERVED_RETURN": "Товар с такой акцизной маркой уже был продан",
    "NOT_IN_WHITELIST": "Товар с такой акцизной маркой запрещен к продаже",
    "WHITELIST_NO_BARCODE": "Товар с такой акцизной маркой запрещен к продаже. Не заполнен штрих-код для проверки "
    "в белом списке",
    "WHITELIST_MISMATCH": "Товар с такой акцизной маркой запрещен к продаже. Не найдено соответствие акцизной марки и "
    "штрих-кода в белом списке",
    "UNKNOWN": "Неизвестный статус акцизной марки на сервере",
}
"""The table of the seed, word by word; empty where the goods may be sold."""


class TestWaysIn:
    async def test_barcode_then_mark(self) -> None:
        """Given the barcode, then the dialog shows item, price and the way out; with its mark the line has ▣."""
        rig = MarkRig()
        async with sitting(rig) as cashier:
            await cashier.signs_in("7")
            screen = await asked(cashier)
            assert " ".join(panel(screen).split()) == "Кефир 90,00 ₽ ▣ Поднесите сканер к DataMatrix Esc Отмена"
            rig.take(mark(KEFIR))
            screen = await cashier.sees("▶  1  Кефир")
            assert "▣" in screen
            assert "Считайте код" not in screen
            await until(lambda: rig.server.asked == ["status", "reserve"])

    async def test_mark_alone(self) -> None:
        """Given the mark alone, then the line is in, and nothing was asked."""
        rig = MarkRig()
        async with sitting(rig) as cashier:
            await cashier.signs_in("7")
            rig.take(mark(KEFIR))
            await cashier.sees("▶  1  Кефир", "▣")

    async def test_barcode_and_mark_at_once(self) -> None:
        """Given hands faster than the screen, then the mark answers the dialog that its barcode has opened."""
        rig = MarkRig()
        async with sitting(rig) as cashier:
            await cashier.signs_in("7")
            rig.scan(KEFIR.barcode)
            rig.take(mark(KEFIR)).take(mark(WATER))
            await cashier.sees("▶  2  Вода", "Кефир")

    async def test_esc_adds_nothing(self) -> None:
        """Given the dialog, when Esc is pressed, then the sale stands as before."""
        rig = MarkRig()
        async with sitting(rig) as cashier:
            await cashier.signs_in("7")
            await asked(cashier)
            cashier.types("escape")
            await cashier.sees("Сканируйте товар", "F10 Меню")
            assert rig.till.ledger.receipt is None


class TestWithoutMark:
    async def test_key_1_where_allowed(self) -> None:
        """Given that it is allowed, then the dialog offers it, and key 1 adds a line without ▣."""
        rig = MarkRig(without_mark=True)
        async with sitting(rig) as cashier:
            await cashier.signs_in("7")
            assert "1 Без маркировки    Esc Отмена" in await asked(cashier)
            cashier.types("1")
            assert "▣" not in await cashier.sees("▶  1  Кефир")
            assert rig.server.asked == []

    async def test_enter_takes_nothing(self) -> None:
        """Given the offer, when Enter is hit by habit, then it is refused: nothing stands preselected."""
        rig = MarkRig(without_mark=True)
        async with sitting(rig) as cashier:
            await cashier.signs_in("7")
            await asked(cashier)
            cashier.types("enter")
            await refused(rig, cashier)
            await cashier.sees(*ASKS)

    @pytest.mark.parametrize("key", ["1", "2", "f1", "f5", "+", "delete"])
    async def test_no_other_key_works(self, key: str) -> None:
        """Given that it is not allowed, then neither 1 nor any key but Esc does something, and none other is shown."""
        rig = MarkRig()
        async with sitting(rig) as cashier:
            await cashier.signs_in("7")
            screen = await asked(cashier)
            assert panel(screen).endswith("DataMatrix Esc Отмена")
            assert screen.split("\n")[-1] == ""
            cashier.types(key)
            await refused(rig, cashier)
            await cashier.sees(*ASKS)


class TestWrongScans:
    @pytest.mark.parametrize(("wrong", "words"), WRONG)
    async def test_the_dialog_says_so_and_keeps_waiting(self, wrong: Reading, words: tuple[str, ...]) -> None:
        """Given a code that will not do, then the dialog says what is wrong and what to do, and takes the right one."""
        rig = MarkRig(without_mark=True)
        async with sitting(rig, (80, 24)) as cashier:
            await cashier.signs_in("7")
            await asked(cashier)
            rig.take(wrong)
            screen = await cashier.sees(*ASKS, words[0], "1 Без маркировки")
            assert all(own in panel(screen) for own in words)
            rig.take(mark(KEFIR))
            await cashier.sees("▶  1  Кефир", "▣")

    async def test_the_barcode_again_is_no_mark(self) -> None:
        """Given the barcode of the pack once more, then the dialog says which code it wants."""
        rig = MarkRig()
        async with sitting(rig) as cashier:
            await cashier.signs_in("7")
            await asked(cashier)
            rig.scan(KEFIR.barcode)
            await cashier.sees("Код маркировки не распознан.", "Считайте квадратный код DataMatrix на упаковке.")

    async def test_a_mark_of_this_receipt(self) -> None:
        """Given a pack that was sold in this receipt, then the dialog of the next one says so."""
        rig = MarkRig()
        async with sitting(rig) as cashier:
            await cashier.signs_in("7")
            rig.take(mark(KEFIR))
            await cashier.sees("▶  1  Кефир")
            await asked(cashier)
            cashier.types("f1")
            await refused(rig, cashier)
            rig.take(mark(KEFIR))
            await cashier.sees("Код маркировки уже добавлен в чек.", "Считайте код на другой упаковке.")

    async def test_a_double_read_is_no_problem(self) -> None:
        """Given a scanner that reads a mark twice, then there is a tone and a quiet line, no popup, and one piece."""
        rig = MarkRig()
        async with sitting(rig) as cashier:
            await cashier.signs_in("7")
            rig.take(mark(KEFIR)).take(mark(KEFIR))
            screen = await cashier.sees("▶  1  Кефир", "Этот код уже считан")
            assert "Ошибка" not in screen
            assert rig.names == ["Кефир"]
            await refused(rig, cashier)


class TestStatuses:
    @pytest.mark.parametrize(("status", "words"), TABLE.items())
    async def test_the_screen_says_the_words_of_the_seed(self, status: str, words: str) -> None:
        """Given a status, then the line is in, or a popup says why not in the seed's words and what to do."""
        rig = MarkRig(CashServer(status))
        async with sitting(rig, (80, 24)) as cashier:
            await cashier.signs_in("7")
            rig.take(mark(KEFIR))
            if not words:
                await cashier.sees("▶  1  Кефир", "▣")
                return
            said = panel(await cashier.sees("╔═ Ошибка ═", "Enter Понятно"))
            assert said == f"{words} Отложите эту упаковку, возьмите другую. Enter Понятно"
            assert not rig.tones[-1]

    async def test_a_scan_upon_the_popup_is_refused(self) -> None:
        """Given the popup of a refusal, when the next pack is scanned, then a tone, and nothing is sold or lost."""
        rig = MarkRig(CashServer("SOLD"))
        async with sitting(rig) as cashier:
            await cashier.signs_in("7")
            rig.take(mark(KEFIR))
            await cashier.sees("уже был продан")
            tones = len(rig.tones)
            rig.server.status = "NOT_REGISTERED"
            rig.take(mark(WATER))
            await cashier.sees("уже был продан", "Скан не принят: закройте сообщение")
            assert rig.tones[tones:] == [False]
            cashier.types("enter")
            await cashier.sees("Сканируйте товар")
            assert rig.names == []
