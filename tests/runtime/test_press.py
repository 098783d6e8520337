"""From a closed receipt to paper: registered once, printed, and one outcome of both."""

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import pytest
from msgspec.structs import replace

from cashier.core.effects import Print
from cashier.core.money import Kopecks
from cashier.core.paper import Letterhead, receipt_paper
from cashier.core.quantity import Thousandths
from cashier.core.receipt import Line, Receipt, Tender, TenderKind
from cashier.printing import Press
from cashier.ui.locale import Catalogue
from devices import FiscalDocument, FiscalLine, FiscalOutcome, SimulatedFiscal, SimulatedPrinter
from devices.printing import FilePrinter, Printer
from tests.core.goods import APPLES, BREAD, IVANOVA, MILK

RUSSIAN, ENGLISH = Catalogue("ru"), Catalogue("en")
BOUGHT = Line(1, BREAD, BREAD.quantity, BREAD.price)
STORNOED = Line(2, MILK, MILK.quantity, MILK.price, storno=True)
WEIGHED = Line(3, APPLES, Thousandths(745), APPLES.price)
PAID = (Tender(TenderKind.CASH, Kopecks(100_000)),)
RECEIPT = Receipt("r-1", 17, 3, IVANOVA, "2026-11-21T12:00:00", (BOUGHT, STORNOED, WEIGHED), PAID)
HEAD = Letterhead("77", "3", "Магазин у дома", ("ул. Мира, 1",), ("Спасибо за покупку!",))
COPY = "КОПИЯ"
BANNER = "УЧЕБНЫЙ РЕЖИМ"


def paper(receipt: Receipt = RECEIPT, head: Letterhead = HEAD, *, copy: bool = False, fiscal: int = 0) -> list[str]:
    """Return what stands on the paper, row by row, parts of a row put together."""
    rows = receipt_paper(receipt, head, copy=copy, fiscal=fiscal)
    return [f"{RUSSIAN.text(row.text)} {RUSSIAN.text(row.right) if row.right else ''}".strip() for row in rows]


async def printed(folder: Path, receipt: Receipt = RECEIPT, head: Letterhead = HEAD, *, copy: bool = False) -> str:
    """Print into a file and read it."""
    press = Press(FilePrinter("file", folder), head, RUSSIAN.text)
    assert (await press.print(Print("token", receipt, copy=copy))).outcome == "printed"
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
        """Given 141.61 paid with 1000, then total, cash and change follow each other."""
        rows = paper()
        at = rows.index("ИТОГ 141,61")
        assert [row.replace("\u00a0", " ").replace("\u202f", " ") for row in rows[at + 1 : at + 3]] == [
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
        assert [row for row in rows if "40,00" in row or "5,50" in row][:2] == ["1 шт × 45,50 40,00", "Скидка 5,50"]

    def test_head_names_till_shift_number_and_cashier(self) -> None:
        """Given a receipt, then shop, till, number, shift, time and cashier are on it."""
        text = "\n".join(paper())
        for part in ("Магазин у дома", "ул. Мира, 1", "Магазин 77, касса 3", "Чек 17", "Смена 3", "12:00", "Иванова"):
            assert part in text

    def test_guid_is_on_it(self) -> None:
        """Given a receipt, then its GUID is printed as a QR code, for the return one day."""
        (code,) = (row for row in receipt_paper(RECEIPT, HEAD) if row.kind == "qr")
        assert RUSSIAN.text(code.text) == "r-1"

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
        card = replace(RECEIPT, tenders=(*PAID, Tender(TenderKind.CARD, Kopecks(1))))
        discounted = replace(card, lines=(replace(BOUGHT, discount=Kopecks(1)), WEIGHED))
        for row in receipt_paper(discounted, head, copy=True, fiscal=1):
            assert "⟨" not in catalogue.text(row.text)
            assert "⟨" not in (catalogue.text(row.right) if row.right else "")


class TestPrinted:
    async def test_no_line_is_wider_than_the_paper(self, tmp_path: Path) -> None:
        """Given long names, then every line of the paper fits, and the sums stand at the right edge."""
        long = replace(BOUGHT, product=replace(BREAD, name="Хлеб ржаной нарезной заварной с тмином " * 3))
        text = await printed(tmp_path, replace(RECEIPT, lines=(long,)))
        assert max(len(line) for line in text.splitlines()) <= 42
        assert [line for line in text.splitlines() if line.endswith(" 45,50")]

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

    async def test_paper_is_shown_only_where_there_is_none(self, tmp_path: Path) -> None:
        """Given a simulated printer, then the paper comes back for the screen; from a real one it does not."""
        real = Press(FilePrinter("file", tmp_path), HEAD, RUSSIAN.text)
        assert (await real.print(Print("token", RECEIPT))).paper == ""
        simulated = Press(SimulatedPrinter("demo"), HEAD, RUSSIAN.text)
        assert "Хлеб" in (await simulated.print(Print("token", RECEIPT))).paper

    @pytest.mark.parametrize(
        ("fault", "outcome"), [("off", "failed"), ("out_of_paper", "failed"), ("dies_in_middle", "unknown")]
    )
    async def test_faults_are_outcomes(self, fault: str, outcome: str) -> None:
        """Given a printer that is off, empty or dies in the middle, then the outcome says which, with a reason."""
        printer = SimulatedPrinter("demo")
        printer.fault = fault  # type: ignore[assignment]
        made = await Press(printer, HEAD, RUSSIAN.text).print(Print("token", RECEIPT, drawer=True))
        assert (made.token, made.outcome, bool(made.reason)) == ("token", outcome, True)

    async def test_drawer_opens_with_the_receipt_and_alone(self) -> None:
        """Given a paid receipt, then the drawer opens with it, not with a copy, and by itself when it is asked to."""
        printer = SimulatedPrinter("demo")
        press = Press(printer, HEAD, RUSSIAN.text)
        await press.print(Print("token", RECEIPT, drawer=True))
        await press.print(Print("token", RECEIPT, copy=True))
        await press.open_drawer()
        assert printer.drawer_opened == 2


class Recording(SimulatedFiscal):
    """A fiscal device that remembers what it was given."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.lines: list[FiscalLine] = []

    async def register(self, receipt: str, total: int, lines: Sequence[FiscalLine]) -> FiscalOutcome:
        """Register and remember."""
        self.lines += lines
        return await super().register(receipt, total, lines)


@pytest.fixture
def fiscal(tmp_path: Path) -> Recording:
    """A fiscal device without documents."""
    return Recording(tmp_path / "fiscal")


@pytest.fixture
def printer() -> SimulatedPrinter:
    """A printer that keeps what it printed."""
    return SimulatedPrinter("demo")


def press(printer: Printer, fiscal: SimulatedFiscal) -> Press:
    """Make a press with a fiscal port."""
    return Press(printer, HEAD, RUSSIAN.text, fiscal=fiscal)


class TestFiscal:
    async def test_receipt_is_registered_then_printed(self, printer: SimulatedPrinter, fiscal: Recording) -> None:
        """Given a receipt, then the device has its live lines and total, and the paper has the document's number."""
        made = await press(printer, fiscal).print(Print("token", RECEIPT))
        assert "Заглушка ФР, документ 1" in made.paper
        assert fiscal.documents() == [FiscalDocument(1, "r-1", 14161)]
        sold = [("Хлеб", Decimal(1), 4550), ("Яблоки", Decimal("0.745"), 9611)]
        assert [(line.name, line.quantity, line.total) for line in fiscal.lines] == sold

    async def test_repeat_is_not_registered_again(self, printer: SimulatedPrinter, fiscal: Recording) -> None:
        """Given a printer that died, when the same receipt is printed again, then the device has it once."""
        for _ in range(2):
            made = await press(printer, fiscal).print(Print("token", RECEIPT))
        assert "Заглушка ФР, документ 1" in made.paper
        assert len(fiscal.documents()) == 1

    async def test_number_comes_back_even_when_no_paper_does(
        self, printer: SimulatedPrinter, fiscal: Recording
    ) -> None:
        """Given a printer without paper, then the outcome says under which number the receipt is registered."""
        printer.fault = "out_of_paper"
        made = await press(printer, fiscal).print(Print("token", RECEIPT))
        assert (made.outcome, made.reason, made.fiscal) == ("failed", "out_of_paper", 1)

    async def test_registered_receipt_is_only_printed(self, printer: SimulatedPrinter, fiscal: Recording) -> None:
        """Given a paper that is owed, when it is printed with its number, then the device hears nothing of it."""
        made = await press(printer, fiscal).print(Print("token", RECEIPT, fiscal=12))
        assert (made.outcome, made.fiscal) == ("printed", 12)
        assert "Заглушка ФР, документ 12" in made.paper
        assert fiscal.documents() == []

    async def test_copy_is_not_registered(self, printer: SimulatedPrinter, fiscal: Recording) -> None:
        """Given a copy, then the device hears nothing of it."""
        made = await press(printer, fiscal).print(Print("token", RECEIPT, copy=True))
        assert (made.outcome, fiscal.documents()) == ("printed", [])

    async def test_unknown_then_registered(self, printer: SimulatedPrinter, fiscal: Recording) -> None:
        """Given a device that died after registering, when it is asked again, then its document is taken."""
        fiscal.fault = "dies_after"
        made = await press(printer, fiscal).print(Print("token", RECEIPT))
        assert (made.outcome, printer.printed) == ("unknown", [])
        fiscal.fault = ""
        made = await press(printer, fiscal).print(Print("token", RECEIPT))
        assert (made.outcome, len(fiscal.documents())) == ("printed", 1)

    async def test_unknown_then_not_registered(self, printer: SimulatedPrinter, fiscal: Recording) -> None:
        """Given a device that died before registering, when it is asked again, then it registers, once."""
        fiscal.fault = "dies_before"
        made = await press(printer, fiscal).print(Print("token", RECEIPT))
        assert (made.outcome, fiscal.documents()) == ("unknown", [])
        fiscal.fault = ""
        made = await press(printer, fiscal).print(Print("token", RECEIPT))
        assert (made.outcome, len(fiscal.documents())) == ("printed", 1)

    async def test_nothing_is_printed_unregistered(self, printer: SimulatedPrinter, fiscal: Recording) -> None:
        """Given a device that is off, then no paper comes out, and it certainly failed: it may be tried again."""
        fiscal.fault = "off"
        made = await press(printer, fiscal).print(Print("token", RECEIPT, drawer=True))
        assert (made.outcome, printer.printed, printer.drawer_opened) == ("failed", [], 0)
        assert (made.reason, made.fiscal) == ("fiscal", 0)

    async def test_next_receipt_has_the_next_number(self, printer: SimulatedPrinter, fiscal: Recording) -> None:
        """Given two receipts, then two documents."""
        for name in ("r-1", "r-2"):
            await press(printer, fiscal).print(Print("token", replace(RECEIPT, identifier=name)))
        assert [(document.number, document.receipt) for document in fiscal.documents()] == [(1, "r-1"), (2, "r-2")]
