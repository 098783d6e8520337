"""Tobacco through a serial line, on the real screen of the demo: each row of spec T6, storno by the mark, discounts.

The codes are those of the trainee's panel, so each of its rows is seen to do what it says.
"""

import json
import sqlite3
from pathlib import Path

import pytest

from cashier.core.marks.mrc import mrc_text
from cashier.demo import tobacco
from cashier.demo.tobacco import RED
from cashier.folder import DataFolder
from cashier.settings import model as s
from tests.runtime.counter import Counter, play

PANEL = {row.caption: row.data.decode() for row in tobacco.samples("test")}
BARCODE = "Сигареты: штрих-код"
CHOICE = "Сигареты: МРЦ 219 выше цены, на выбор ещё две"
UNREAD = "Сигареты: МРЦ не читается, на выбор все цены"
EQUAL = "Сигареты: МРЦ 200 равна цене"
LOWER = "Сигареты: МРЦ 185 ниже цены"
FLOORED = "Сигареты: МРЦ 160 ниже минимальной цены"
UNLAWFUL = "Сигареты: МРЦ 140 ниже единой минимальной цены"
CARTON = "Сигареты, блок: МРЦ 1890 ниже цены"

SILENT = [
    (LOWER, "1 Сигареты «Пример» красные ▣ 1 185,00 185,00", "МРЦ 185,00", (185, 170), "mrc"),
    (FLOORED, "1 Сигареты «Пример» красные ▣ 1 160,00 160,00", "МРЦ 160,00", (160, 160), "mrc"),
    (EQUAL, "1 Сигареты «Пример» красные ▣ 1 200,00 200,00", "МРЦ 200,00", (200, 170), "mrc"),
    (
        "Сигареты: МРЦ 205 выше цены, другие цены ещё выше",
        *("1 Сигареты «Пример» красные ▣ 1 200,00 200,00", "МРЦ 205,00", (200, 170), "mrc"),
    ),
    (
        "Сигареты: МРЦ 199 выше цены, других цен нет",
        *("1 Сигареты «Пример» синие ▣ 1 189,00 189,00", "МРЦ 199,00", (189, 170), "mrc"),
    ),
    (
        "Стики: МРЦ не указана, других цен нет",
        *("1 Стики табачные «Пример» ▣ 1 195,00 195,00", "", (195, 153), "mrc"),
    ),
    (
        CARTON,
        *("1 Сигареты «Пример» красные, блок ▣ 1 1 890,00 1 890,00", "МРЦ 1 890,00", (1890, 1700), "price"),
    ),
]
"""Caption, line, what is said of МРЦ, price and minimum price that are kept, and the group of the mask."""
SILENT_IDS = ("below", "below the minimum", "equal", "others above", "no others", "none, no others", "carton")

UNREADABLE = {
    "zero": "AAAA",
    "outside the alphabet": "A(AA",
    "not in whole roubles": mrc_text(20_050),
    "one rouble above the most of a pack": mrc_text(500_100),
    "all that four characters can say": "????",
}


def unread_pack(mrc: str) -> str:
    """Write a pack with these characters in the place of МРЦ."""
    return f"{RED}5testu1{mrc}demo"


async def scanned(counter: Counter, code: str, person: str = "3") -> None:
    """Sign somebody in and scan tobacco for a buyer who is old enough."""
    await counter.signs_in(person)
    await scanned_again(counter, code)


async def scanned_again(counter: Counter, code: str) -> None:
    """Scan tobacco as the first line of a receipt."""
    counter.scan(code)
    await counter.sees("Проверьте возраст покупателя")
    counter.type("enter")


async def paid(counter: Counter) -> None:
    """Pay in cash, to the kopeck."""
    counter.type("+")
    await counter.sees("К ОПЛАТЕ")
    counter.type("enter")
    await counter.sees("Чек 1 оплачен")


def offered(screen: str) -> list[str]:
    """Return the prices of the window, in order."""
    rows = [row.replace("║", " ").replace("▶", " ").split() for row in screen.split("\n")]
    return [row[1] for row in rows if len(row) > 1 and row[0].isdigit() and row[1].endswith(",00")]


def kept(folder: Path) -> list[tuple[object, ...]]:
    """Read what the documents hold of live lines: price, minimum price, what the mask captured, mark."""
    conn = sqlite3.connect(DataFolder(folder).documents)
    sql = "SELECT price, minprice, additionaldata, excisemark FROM goodsitem WHERE status = 0 ORDER BY posnum"
    found = conn.execute(sql).fetchall()
    conn.close()
    return [(price, floor, json.loads(captured), mark) for price, floor, captured, mark in found]


class TestPanel:
    def test_every_row_is_seen_here(self) -> None:
        """Each row of tobacco has its place in this module."""
        assert {own[0] for own in SILENT} | {BARCODE, CHOICE, UNREAD, UNLAWFUL} == set(PANEL)


class TestWithoutQuestion:
    @pytest.mark.parametrize(("caption", "line", "said", "amounts", "group"), SILENT, ids=SILENT_IDS)
    def test_one_price_is_taken_silently(
        self, tmp_path: Path, caption: str, line: str, said: str, amounts: tuple[int, int], group: str
    ) -> None:
        """Given a pack with one price it may have, then the line is in at it, and documents keep what the mark says."""
        folder, code = tmp_path / "data", PANEL[caption]

        async def script(counter: Counter) -> None:
            await scanned(counter, code)
            assert await counter.line(1) == line
            screen = await counter.sees(said)
            assert ("МРЦ" in screen) == bool(said)
            await paid(counter)

        play(folder, script)
        captured = code[30:36] if group == "price" else code[21:25]
        assert kept(folder) == [(*amounts, {group: captured}, code)]


class TestChoice:
    def test_between_minimum_and_mrc(self, tmp_path: Path) -> None:
        """Given МРЦ above the price, then prices from the minimum to it are offered; a digit takes one."""
        folder = tmp_path / "data"

        async def script(counter: Counter) -> None:
            await scanned(counter, PANEL[CHOICE])
            screen = await counter.sees("Выберите цену", "Сигареты «Пример» красные", "МРЦ 219,00")
            assert offered(screen) == ["200,00", "209,00", "219,00"]
            counter.type("3")
            assert await counter.line(1) == "1 Сигареты «Пример» красные ▣ 1 219,00 219,00"
            await paid(counter)

        play(folder, script)
        assert kept(folder) == [(219, 170, {"mrc": mrc_text(21_900)}, PANEL[CHOICE])]

    @pytest.mark.parametrize("mrc", UNREADABLE.values(), ids=UNREADABLE)
    def test_unreadable(self, tmp_path: Path, mrc: str) -> None:
        """Given МРЦ that cannot be read, then all prices from the minimum on are offered; Enter takes the usual one."""
        folder, code = tmp_path / "data", unread_pack(mrc)

        async def script(counter: Counter) -> None:
            await scanned(counter, code)
            screen = await counter.sees("Выберите цену", "МРЦ не прочитана")
            assert offered(screen) == ["200,00", "209,00", "219,00", "229,00"]
            counter.type("enter")
            assert await counter.line(1) == "1 Сигареты «Пример» красные ▣ 1 200,00 200,00"
            await paid(counter)

        play(folder, script)
        assert kept(folder) == [(200, 170, {"mrc": mrc}, code)]

    def test_esc_sells_nothing_and_lets_the_pack_go(self, tmp_path: Path) -> None:
        """Given the window, when Esc is pressed, then there is no line, and the same pack may be scanned again."""

        async def script(counter: Counter) -> None:
            await counter.signs_in("3")
            for _ in range(2):
                await scanned_again(counter, PANEL[CHOICE])
                await counter.sees("Выберите цену")
                counter.type("escape")
                await counter.sees("Сканируйте товар", "F10 Меню")

        play(tmp_path / "data", script)
        assert kept(tmp_path / "data") == []

    def test_another_pack_is_not_taken_meanwhile(self, tmp_path: Path) -> None:
        """Given the window, when the next pack is scanned, then it says that the scan was not taken, and stays."""

        async def script(counter: Counter) -> None:
            await scanned(counter, PANEL[CHOICE])
            await counter.sees("Выберите цену")
            counter.scan(PANEL[EQUAL])
            await counter.sees("Выберите цену", "Скан не принят")
            counter.type("enter")
            assert (await counter.line(1)).endswith("200,00")

        play(tmp_path / "data", script)

    def test_right_of_another(self, tmp_path: Path) -> None:
        """Given a shop where a senior chooses, when a cashier takes a price, then the senior is asked for a word."""

        async def script(counter: Counter) -> None:
            await scanned(counter, PANEL[CHOICE], person="1")
            await counter.sees("Выберите цену")
            counter.type("2")
            await counter.sees("Нужно подтверждение", "Выбор цены", "209,00")
            counter.type("2", "enter", "2", "enter")
            assert (await counter.line(1)).endswith("209,00")

        play(tmp_path / "data", script, rights=s.Rights(choose_price=2))

    def test_barcode_first(self, tmp_path: Path) -> None:
        """Given the barcode of a pack, then its mark is asked for before its price."""

        async def script(counter: Counter) -> None:
            await scanned(counter, PANEL[BARCODE])
            await counter.sees("Считайте код маркировки", "Сигареты «Пример» красные")
            counter.scan(PANEL[CHOICE])
            await counter.sees("Выберите цену", "МРЦ 219,00")
            counter.type("2")
            assert await counter.line(1) == "1 Сигареты «Пример» красные ▣ 1 209,00 209,00"

        play(tmp_path / "data", script)


class TestMinimum:
    def test_below_the_legal_one(self, tmp_path: Path) -> None:
        """Given МРЦ below the legal minimum, then a popup says both prices, and nothing is sold."""

        async def script(counter: Counter) -> None:
            await scanned(counter, PANEL[UNLAWFUL])
            await counter.sees("Ошибка", "140,00", "153,00")
            counter.type("enter")
            await counter.sees("Сканируйте товар", "F10 Меню")

        play(tmp_path / "data", script)
        assert kept(tmp_path / "data") == []

    @pytest.mark.parametrize(
        ("caption", "left", "words"),
        [
            (LOWER, "170,00", ("Скидка меньше на", "минимальные цены")),
            (FLOORED, "160,00", ("Скидка не дана", "цена уже наименьшая")),
        ],
        ids=["own", "mrc"],
    )
    def test_discount_goes_down_to_the_minimum(
        self, tmp_path: Path, caption: str, left: str, words: tuple[str, ...]
    ) -> None:
        """Given half off a pack, then it costs its minimum price: МРЦ where that is lower than the usual one."""

        async def script(counter: Counter) -> None:
            await scanned(counter, PANEL[caption])
            await counter.line(1)
            counter.type("/", "5", "0", "enter")
            await counter.sees(*words)
            assert (await counter.line(1)).endswith(left)

        play(tmp_path / "data", script)


class TestStorno:
    def test_asks_for_the_mark_and_takes_its_line_out(self, tmp_path: Path) -> None:
        """Given two packs, when storno is pressed on one and the other's mark is scanned, then that one goes."""
        folder = tmp_path / "data"

        async def script(counter: Counter) -> None:
            await scanned(counter, PANEL[EQUAL])
            await counter.line(1)
            counter.scan(PANEL[LOWER])
            await counter.line(2)
            counter.type("delete")
            await counter.sees("Считайте код маркировки", "Сигареты «Пример» красные")
            counter.scan(PANEL[FLOORED])
            await counter.sees("Считайте код маркировки", "не найдена в чеке")
            counter.scan(PANEL[EQUAL])
            await counter.sees("× Сигареты «Пример» красные")
            await paid(counter)

        play(folder, script)
        assert [(price, mark) for price, _, _, mark in kept(folder)] == [(185, PANEL[LOWER])]
