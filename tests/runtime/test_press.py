"""From a document to paper: what stands on it, under which name it comes out, and what a printer makes of it."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from cashier.core.effects import Print
from cashier.core.events import Printed
from cashier.core.money import Kopecks
from cashier.core.paper import Letterhead, receipt_paper
from cashier.core.receipt import Receipt
from cashier.core.sales import REASONS
from cashier.core.shifts import Document
from cashier.core.tender import CardSlip, Tender, TenderKind
from cashier.printing import Press
from cashier.ui.locale import Catalogue
from devices import SimulatedPrinter
from devices.printing import FilePrinter
from tests.core.goods import BREAD
from tests.runtime.documents import BOUGHT, CARD, ENGLISH, HEAD, MOVE, PAID, RECEIPT, REPORT, RETURN, RUSSIAN, WEIGHED

COPY = "КОПИЯ"
BANNER = "УЧЕБНЫЙ РЕЖИМ"


def paper(receipt: Receipt = RECEIPT, head: Letterhead = HEAD, *, copy: bool = False, fiscal: int = 0) -> list[str]:
    """Return what stands on the paper, row by row, parts of a row put together."""
    rows = receipt_paper(receipt, head, copy=copy, fiscal=fiscal)
    return [f"{RUSSIAN.text(row.text)} {RUSSIAN.text(row.right) if row.right else ''}".strip() for row in rows]


async def pressed(press: Press, order: Print) -> Printed:
    """Print, with no fiscal device to ask first."""
    made = await press.print(order)
    assert isinstance(made, Printed)
    return made


async def printed(folder: Path, document: Document = RECEIPT, head: Letterhead = HEAD, *, copy: bool = False) -> str:
    """Print into a file and read it."""
    press = Press(FilePrinter("file", folder), head, RUSSIAN.text)
    assert (await pressed(press, Print("token", document, copy=copy))).outcome == "printed"
    return next(folder.iterdir()).read_text("utf-8")  # noqa: ASYNC240 - the one file of a test


class TestRows:
    def test_what_was_sold_and_for_how_much(self) -> None:
        """Given pieces and weight, then the paper has each with its sum, and the weight with its price."""
        rows = paper()
        assert "Хлеб 45,50" in rows
        assert rows[rows.index("Яблоки") + 1] == "0,745 кг × 129,00 96,11"

    def test_stornoed_line_is_not_printed(self) -> None:
        """Given a storno'd line, then neither its name nor its sum is on the paper."""
        assert not [row for row in paper() if "Молоко" in row or "89,90" in row]

    def test_total_cash_and_change(self) -> None:
        """Given 141.61 paid with 1000, then total, tax, cash and change follow each other."""
        rows = paper()
        at = rows.index("ИТОГ 141,61")
        assert [row.replace("\u00a0", " ").replace("\u202f", " ") for row in rows[at + 1 : at + 4]] == [
            "Без НДС 141,61",
            "Наличными 1 000,00",
            "Сдача 858,39",
        ]

    def test_exact_payment_has_no_change(self) -> None:
        """Given an exact payment, then there is no row of change."""
        exact = replace(RECEIPT, tenders=(Tender(TenderKind.CARD, RECEIPT.total),))
        assert [row for row in paper(exact) if row.startswith(("Картой", "Наличными", "Сдача"))] == ["Картой 141,61"]

    def test_discount_has_a_row(self) -> None:
        """Given a discount of 5.50, then the line says so and its sum is what is paid."""
        line = replace(BOUGHT, discount=Kopecks(550))
        rows = paper(replace(RECEIPT, lines=(line,)))
        assert [row for row in rows if "40,00" in row or "5,50" in row][:2] == [
            "1 шт × 45,50 40,00",
            "Было 45,50, скидка 5,50",
        ]

    def test_head_names_till_shift_number_and_cashier(self) -> None:
        """Given a receipt, then shop, till, number, shift, time and cashier are on it."""
        text = "\n".join(paper())
        for part in ("Магазин у дома", "ул. Мира, 1", "Магазин 77, касса 3", "Чек 17", "Смена 3", "12:00", "Иванова"):
            assert part in text

    def test_guid_is_on_it(self) -> None:
        """Given a receipt, then its GUID is printed as a QR code, for the return one day."""
        (code,) = (row for row in receipt_paper(RECEIPT, HEAD) if row.kind == "qr")
        assert RUSSIAN.text(code.text) == "r-1"

    def test_guid_can_be_typed(self) -> None:
        """Given a sale or a return, then its GUID also stands there as a row of its own, below the QR code."""
        for receipt in (RECEIPT, RETURN):
            rows = paper(receipt)
            assert rows[rows.index("Код чека:") - 1 :][:3] == [receipt.identifier, "Код чека:", receipt.identifier]

    def test_return_says_what_comes_back_and_why(self) -> None:
        """Given a return by receipt, then title, sale, reason, total, money and signature follow each other."""
        rows = [row.replace("\u00a0", " ").replace("\u202f", " ") for row in paper(RETURN)]
        told = [
            row for row in rows if row.startswith(("ВОЗВРАТ", "По чеку", "от ", "Причина", "К ВОЗВРАТУ", "Возвращ"))
        ]
        assert told == [
            "ВОЗВРАТ",
            "По чеку № 15, смена 412, касса 4",
            "от 20.11.2026 18:05",
            "Причина Брак",
            "К ВОЗВРАТУ 45,50",
            "Возвращено наличными 45,50",
        ]
        assert [row for row in rows if row.startswith("Подпись покупателя __")]
        assert not [row for row in rows if row.startswith(("ИТОГ", "Сдача"))]

    def test_slip_stands_under_the_card(self) -> None:
        """Given a card payment, then card, code, operation and the terminal's own lines follow it; cash has none."""
        rows = paper(replace(RECEIPT, tenders=(CARD,)))
        at = rows.index("Картой 141,61")
        assert rows[at + 1 : at + 6] == [
            "Карта **** 4321",
            "Код авторизации 123456",
            "Операция терминала 000007",
            "Заглушка терминала",
            "Карта **** 4321",
        ]
        assert not [row for row in paper() if row.startswith("Карта")]

    def test_slip_leaves_out_what_the_terminal_did_not_tell(self) -> None:
        """Given a terminal that tells nothing but a line of text, then no caption stands alone."""
        bare = replace(RECEIPT, tenders=(replace(CARD, slip=CardSlip(text=("ОДОБРЕНО",))),))
        rows = paper(bare)
        at = rows.index("Картой 141,61")
        assert rows[at + 1] == "ОДОБРЕНО"
        assert not [row for row in rows if row.startswith(("Карта", "Код авторизации", "Операция"))]

    def test_copy_says_so(self) -> None:
        """Given a copy, then it says so in big letters; the first paper does not."""
        assert COPY in paper(copy=True)
        assert COPY not in paper()

    def test_training_says_so_twice(self) -> None:
        """Given a training till, then the banner stands at the top and at the end; elsewhere it never does."""
        rows = paper(head=replace(HEAD, training=True))
        assert (rows.count(BANNER), rows[0], rows[-2]) == (2, BANNER, BANNER)
        assert BANNER not in paper()

    def test_fiscal_number(self) -> None:
        """Given a fiscal document, then its number is on the paper; without one there is no such row."""
        assert "Заглушка ФР, документ 12" in paper(fiscal=12)
        assert not [row for row in paper() if "Фискальный" in row]

    @pytest.mark.parametrize("catalogue", [RUSSIAN, ENGLISH], ids=["ru", "en"])
    def test_every_text_is_in_the_catalogue(self, catalogue: Catalogue) -> None:
        """Whatever can be on a paper, both languages have a text for it."""
        head = replace(HEAD, training=True)
        card = replace(RECEIPT, tenders=(*PAID, CARD))
        discounted = replace(card, lines=(replace(BOUGHT, discount=Kopecks(1)), WEIGHED))
        back = replace(RETURN, tenders=(*PAID, CARD))
        papers = [receipt_paper(own, head, copy=True, fiscal=1) for own in (discounted, back)]
        papers += [receipt_paper(replace(back, reason=reason), head) for reason in REASONS]
        for row in (row for rows in papers for row in rows):
            assert "⟨" not in catalogue.text(row.text)
            assert "⟨" not in (catalogue.text(row.right) if row.right else "")


class TestPrinted:
    async def test_no_line_is_wider_than_the_paper(self, tmp_path: Path) -> None:
        """Given long names, then every line of the paper fits, and the sums stand at the right edge."""
        long = replace(BOUGHT, product=replace(BREAD, name="Хлеб ржаной нарезной заварной с тмином " * 3))
        text = await printed(tmp_path, replace(RECEIPT, lines=(long,)))
        assert max(len(line) for line in text.splitlines()) <= 42
        assert [line for line in text.splitlines() if line.endswith(" 45,50")]

    @pytest.mark.parametrize("catalogue", [RUSSIAN, ENGLISH], ids=["ru", "en"])
    async def test_return_fits_and_its_code_is_in_one_piece(self, catalogue: Catalogue) -> None:
        """Given a return with a GUID, then no row is too wide, and the GUID stands in one row to be typed."""
        guid = "7e0b2f5c-7c1b-4b0e-9a55-0d5a0f6a1b22"
        press = Press(SimulatedPrinter("demo"), HEAD, catalogue.text)
        made = await pressed(press, Print("token", replace(RETURN, identifier=guid)))
        lines = made.paper.splitlines()
        assert guid in lines
        assert max(map(len, lines)) <= 42

    @pytest.mark.parametrize("name", ["\x1b@\x1bm", "a\nИТОГ 0,00", "\u202eбелх", "[/]", "{sum}", "a\u2028b"])
    async def test_name_of_goods_commands_no_printer(self, tmp_path: Path, name: str) -> None:
        """Given a name full of commands, then no control character and no line of its own comes onto the paper."""
        line = replace(BOUGHT, product=replace(BREAD, name=name))
        text = await printed(tmp_path, replace(RECEIPT, lines=(line,)))
        plain = await printed(tmp_path, replace(RECEIPT, lines=(BOUGHT,)))
        assert len(text.splitlines()) == len(plain.splitlines())
        assert text.replace("\n", "").isprintable()

    async def test_copy_has_a_file_of_its_own(self, tmp_path: Path) -> None:
        """Given receipt and copy printed into files, then the copy does not take the receipt's place."""
        await printed(tmp_path)
        await printed(tmp_path, copy=True)
        assert sorted(path.name for path in tmp_path.iterdir()) == ["r-1-copy.txt", "r-1.txt"]  # noqa: ASYNC240 - two

    async def test_papers_of_the_shift(self, tmp_path: Path) -> None:
        """Given a report and a cash slip, then each is a file of its own, and a repeat replaces it."""
        assert "Z-ОТЧЁТ" in await printed(tmp_path / "z", REPORT)
        assert "ВЫПЛАТА" in await printed(tmp_path / "m", MOVE)
        await printed(tmp_path / "z", REPORT, copy=True)
        assert [path.stem for path in sorted(tmp_path.glob("*/*"))] == ["m-1", "z-1"]  # noqa: ASYNC240 - two

    @pytest.mark.parametrize("text", ["\x1b@\x1bm", "a\nИТОГ 0,00", "\u202eбелх", "[/]"])
    async def test_slip_commands_no_printer(self, tmp_path: Path, text: str) -> None:
        """Given a terminal's slip full of commands, then no control character comes onto the paper."""
        hostile = CardSlip(text, text, text, (text,))
        made = await printed(tmp_path, replace(RECEIPT, tenders=(replace(CARD, slip=hostile),)))
        assert made.replace("\n", "").isprintable()
        assert [line for line in made.splitlines() if line.startswith("ИТОГ")] == [f"ИТОГ{'141,61'.rjust(38)}"]

    async def test_paper_is_shown_only_where_there_is_none(self, tmp_path: Path) -> None:
        """Given a simulated printer, then the paper comes back for the screen; from a real one it does not."""
        real = Press(FilePrinter("file", tmp_path), HEAD, RUSSIAN.text)
        assert (await pressed(real, Print("token", RECEIPT))).paper == ""
        simulated = Press(SimulatedPrinter("demo"), HEAD, RUSSIAN.text)
        assert "Хлеб" in (await pressed(simulated, Print("token", RECEIPT))).paper

    @pytest.mark.parametrize(
        ("fault", "outcome"), [("off", "failed"), ("out_of_paper", "failed"), ("dies_in_middle", "unknown")]
    )
    async def test_faults_are_outcomes(self, fault: str, outcome: str) -> None:
        """Given a printer that is off, empty or dies in the middle, then the outcome says which, with a reason."""
        printer = SimulatedPrinter("demo")
        printer.fault = fault  # type: ignore[assignment]
        made = await pressed(Press(printer, HEAD, RUSSIAN.text), Print("token", RECEIPT))
        assert (made.token, made.outcome, bool(made.reason)) == ("token", outcome, True)

    async def test_words_of_the_system_are_logged(self, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
        """Given a folder that cannot be made, then the paper failed, and the log has the system's words."""
        caplog.set_level("INFO")
        taken = tmp_path / "papers"
        taken.write_text("not a folder")
        made = await pressed(Press(FilePrinter("file", taken), HEAD, RUSSIAN.text), Print("token", RECEIPT))
        assert (made.outcome, made.reason) == ("failed", "broken")
        assert "printer file: " in caplog.text

    async def test_drawer_opens_by_itself_only(self) -> None:
        """Given papers and one order to open, then the drawer opens once: a card payment or a repeat needs none."""
        printer = SimulatedPrinter("demo")
        press = Press(printer, HEAD, RUSSIAN.text)
        await press.print(Print("token", RECEIPT))
        await press.print(Print("token", RECEIPT, copy=True))
        assert printer.drawer_opened == 0
        await press.open_drawer()
        assert printer.drawer_opened == 1
