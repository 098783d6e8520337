"""What comes back of a sale: parts add up to what was paid, to the kopeck, in whatever order they come (spec R6)."""

from itertools import accumulate, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from cashier.core.catalogue import Product
from cashier.core.money import ZERO, Kopecks
from cashier.core.quantity import Thousandths, cost, pieces
from cashier.core.sales import Paid, Refunded, Sale, SoldLine
from cashier.core.tender import TenderKind
from tests.core.goods import APPLES, BREAD

CASH, CARD = TenderKind.CASH, TenderKind.CARD
PRICES = st.integers(1, 10**7)
COUNTS = st.integers(1, 40).map(pieces)
WEIGHTS = st.integers(1, 20_000).map(Thousandths)
Part = tuple[Thousandths, Kopecks]
"""How much came back at once, and what was given for it."""


@st.composite
def sold(draw: st.DrawFn) -> SoldLine:
    """Sell pieces or a weight, with any discount or none."""
    price, quantity = Kopecks(draw(PRICES)), draw(COUNTS | WEIGHTS)
    gross = cost(price, quantity)
    product = Product("1", "Товар", price, fractional=quantity % 1000 != 0)
    return SoldLine(1, product, quantity, price, Kopecks(draw(st.just(gross) | st.integers(0, gross))))


def parted(draw: st.DataObject, whole: Thousandths) -> list[Thousandths]:
    """Cut a quantity into parts: pieces by the piece, a weight anywhere."""
    step = 1000 if whole % 1000 == 0 and draw.draw(st.booleans(), "by the piece") else 1
    cuts = draw.draw(st.sets(st.integers(1, max(whole // step - 1, 1)), max_size=8), "cuts")
    places = sorted({0, whole, *(cut * step for cut in cuts if cut * step < whole)})
    return [Thousandths(end - begin) for begin, end in pairwise(places)]


def came_back(line: SoldLine, part: Part, sign: int = 1) -> SoldLine:
    """Let one more part be known to have come back; -1: it was given up."""
    quantity, amount = part
    returned, paid = Thousandths(line.returned + sign * quantity), Kopecks(line.returned_sum + sign * amount)
    return replace(line, returned=returned, returned_sum=paid)


@given(line=sold(), data=st.data())
def test_parts_add_up(line: SoldLine, data: st.DataObject) -> None:
    """Given any sale, when it comes back in any parts, then they make what was paid, and none is below nought."""
    paid = []
    for quantity in parted(data, line.quantity):
        paid.append(line.due(quantity))
        line = came_back(line, (quantity, paid[-1]))
    assert min(paid) >= 0
    assert max(accumulate(paid)) <= line.sum
    assert (sum(paid), line.left, line.left_sum) == (line.sum, 0, 0)


@given(line=sold(), data=st.data())
def test_parts_without_a_discount(line: SoldLine, data: st.DataObject) -> None:
    """Given a sale without discount, then each piece comes back at its price, and no part is a kopeck off."""
    line = replace(line, sum=cost(line.price, line.quantity))
    for quantity in parted(data, line.quantity):
        due = line.due(quantity)
        assert abs(due - cost(line.price, quantity)) <= (0 if quantity % 1000 == line.returned % 1000 == 0 else 1)
        line = came_back(line, (quantity, due))


@given(line=sold(), data=st.data())
def test_returns_that_are_given_up(line: SoldLine, data: st.DataObject) -> None:
    """Given returns some of which are given up later, when all has come back, then it is what was paid."""
    standing: list[Part] = []
    for quantity in parted(data, line.quantity):
        due = line.due(quantity)
        assert 0 <= due <= line.left_sum
        standing.append((quantity, due))
        line = came_back(line, standing[-1])
        if data.draw(st.booleans(), "one is given up"):
            gone = standing.pop(data.draw(st.integers(0, len(standing) - 1), "which"))
            line = came_back(line, gone, -1)
    assert line.returned_sum + line.due(line.left) == line.sum


@given(line=sold(), more=st.integers(0, 10**5), paid=st.integers(0, 10**9))
def test_beyond_what_was_sold(line: SoldLine, more: int, paid: int) -> None:
    """Given more come back than was sold, as two silent tills may do, then nothing is left and nothing is due."""
    line = replace(line, returned=Thousandths(line.quantity + more), returned_sum=Kopecks(line.sum + paid))
    assert (line.left, line.left_sum, line.due(Thousandths(1000))) == (0, 0, 0)


@pytest.mark.parametrize(
    ("product", "quantity", "total", "parts", "due"),
    [
        (BREAD, 3000, 10000, (1000, 1000, 1000), [3333, 3334, 3333]),
        (BREAD, 3000, 13650, (1000, 2000), [4550, 9100]),
        (APPLES, 745, 9611, (372, 373), [4799, 4812]),
        (BREAD, 3000, 0, (1000, 2000), [0, 0]),
        (BREAD, 2000, 1, (1000, 1000), [1, 0]),
    ],
)
def test_kopecks(product: Product, quantity: int, total: int, parts: tuple[int, ...], due: list[int]) -> None:
    """Given sums that do not divide, then each part has its kopecks."""
    line = SoldLine(1, product, Thousandths(quantity), product.price, Kopecks(total))
    told = []
    for part in map(Thousandths, parts):
        told.append(int(line.due(part)))
        line = came_back(line, (part, Kopecks(told[-1])))
    assert told == due


class TestSale:
    LINES = (
        SoldLine(1, BREAD, pieces(1), BREAD.price, BREAD.price),
        SoldLine(3, BREAD, pieces(1), BREAD.price, BREAD.price, mark="full", ki="ki"),
    )
    PAID = (Paid(CARD, Kopecks(2000), "1"), Paid(CASH, Kopecks(5000)), Paid(CARD, Kopecks(2100), "2"))
    SALE = Sale("guid", "1", "1", 1, 1, "2026-11-21T12:00:00", LINES, PAID)

    def test_position(self) -> None:
        """Given a storno'd line between two, then each position is found, and there is none in the gap."""
        assert [self.SALE.at_position(own) for own in (1, 2, 3)] == [self.LINES[0], None, self.LINES[1]]

    def test_mark(self) -> None:
        """Given a line with a mark, then it is found by that, and no mark finds none."""
        assert [self.SALE.of_mark(own) for own in ("ki", "other", "")] == [self.LINES[1], None, None]

    @pytest.mark.parametrize(
        ("refunded", "cash", "card"),
        [
            ((), 5000, 4100),
            ((Refunded(CASH, Kopecks(4999)),), 1, 4100),
            ((Refunded(CARD, Kopecks(2500)), Refunded(CASH, Kopecks(5000))), ZERO, 1600),
            ((Refunded(CARD, Kopecks(4000)), Refunded(CARD, Kopecks(200))), 5000, ZERO),
        ],
    )
    def test_left_of_a_kind(self, refunded: tuple[Refunded, ...], cash: int, card: int) -> None:
        """Given payments and what was given back, then each kind has its own rest, never below nought."""
        sale = replace(self.SALE, refunded=refunded)
        assert (sale.left_of(CASH), sale.left_of(CARD)) == (cash, card)
