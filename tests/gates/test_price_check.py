"""What the gates tell of goods whose price is checked: prices, МРЦ, who may buy and when, the mark (spec S8)."""

from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from cashier.core.catalogue import Period, Product
from cashier.core.gate import Ask, Asked, Gate, Inquiry, Known, Pass, Refuse
from cashier.core.money import Kopecks
from cashier.core.quantity import ONE
from cashier.core.reading import Reading, Standing
from cashier.core.receipt import Line, Receipt
from cashier.gates.entering import EnteringGate
from cashier.gates.price import LegalKind, PriceGate
from cashier.gates.restrictions import Limits, RestrictionRules, RestrictionsGate
from tests.core.goods import BREAD, HONEY, IVANOVA
from tests.core.hand import EVENT, NOON
from tests.gates.marked import KEFIR, LISTED, RUSSIAN, SMOKES, UNASKED, gate, mark
from tests.gates.priced import CARTON, PACK, carton, kind, pack, priced
from tests.gates.restricted import NIGHT, RUM, TONIC

BY_LAW = (kind(12000),)


def said(known: Known) -> list[str]:
    """Write all that is told in Russian."""
    assert known.ask is None
    return [RUSSIAN.text(own) for own in (*known.prices, *known.amounts, *known.lines)]


def told(own: Gate, product: Product, reading: Reading | None = None, at: datetime = NOON) -> list[str]:
    """Ask a gate about goods."""
    return said(own.about(Inquiry(product, at, reading)))


def big(own: Gate, product: Product, reading: Reading) -> int:
    """Return the price that stands big on the card."""
    price = own.about(Inquiry(product, NOON, reading)).price
    return product.price if price is None else price


class TestPrices:
    def test_nothing_but_a_price(self) -> None:
        """Given goods with one price, then there is nothing to tell."""
        assert told(PriceGate(), BREAD) == []

    def test_alternatives_and_minimum(self) -> None:
        """Given other prices and a minimum, then both are told, each price once and in order."""
        assert told(PriceGate(), HONEY) == ["Минимальная цена 450,00 ₽"]
        goods = priced(19500, 21000, 18000, 21000, 19500, 0, floor=18000, product=BREAD)
        assert told(PriceGate(), goods) == ["Другие цены 180,00, 210,00 ₽", "Минимальная цена 180,00 ₽"]

    def test_pack_below_its_maximum(self) -> None:
        """Given a pack of several prices, then those it may be sold at are told, and none that it may not."""
        goods = priced(19500, 21000, 24000)
        assert told(PriceGate(), goods, pack(goods, 23000)) == ["Цена этой упаковки 195,00, 210,00 ₽", "МРЦ 230,00 ₽"]
        assert big(PriceGate(), goods, pack(goods, 23000)) == 19500

    def test_pack_that_costs_its_maximum(self) -> None:
        """Given a catalogue price above МРЦ, then the pack costs МРЦ, and the catalogue's is a line."""
        assert told(PriceGate(), PACK, pack(PACK, 18000)) == [
            "Цена этой упаковки 180,00 ₽",
            "МРЦ 180,00 ₽",
            "Цена по справочнику 195,00 ₽",
        ]
        assert big(PriceGate(), PACK, pack(PACK, 18000)) == 18000

    def test_catalogue_price_that_is_not_allowed(self) -> None:
        """Given a choice without the catalogue price, which lies below the minimum, then the highest allowed is big."""
        goods = priced(12000, 15000, 18000, 24000, floor=13000)
        assert told(PriceGate(), goods, pack(goods, 23000)) == [
            "Цена этой упаковки 150,00, 180,00 ₽",
            "МРЦ 230,00 ₽",
            "Цена по справочнику 120,00 ₽",
            "Минимальная цена 130,00 ₽",
        ]
        assert big(PriceGate(), goods, pack(goods, 23000)) == 18000

    def test_minimum_above_the_maximum(self) -> None:
        """Given a minimum price above МРЦ, then it is МРЦ that holds as the minimum (spec T6)."""
        goods = priced(19500, floor=19000)
        assert told(PriceGate(), goods, pack(goods, 18000)) == [
            "Цена этой упаковки 180,00 ₽",
            "МРЦ 180,00 ₽",
            "Цена по справочнику 195,00 ₽",
            "Минимальная цена 180,00 ₽",
        ]

    def test_carton(self) -> None:
        """Given a carton, then its МРЦ is in kopecks, and the law's price is that of ten packs."""
        assert told(PriceGate(legal=BY_LAW), CARTON, carton(CARTON, 195000)) == [
            "Цена этой упаковки 1 950,00 ₽",
            "МРЦ 1 950,00 ₽",
            "Минимальная цена по закону 1 200,00 ₽",
        ]

    def test_maximum_unread(self) -> None:
        """Given a pack whose МРЦ was not set, then that is told."""
        assert told(PriceGate(), PACK, pack(PACK, 0)) == ["Цена этой упаковки 195,00 ₽", "МРЦ не прочитана"]

    def test_pack_that_cannot_be_sold(self) -> None:
        """Given a pack whose МРЦ lies below the law's price, then no price is named that would be refused."""
        assert told(PriceGate(legal=BY_LAW), PACK, pack(PACK, 11000)) == [
            "Эту упаковку продать нельзя: цена ниже минимальной",
            "МРЦ 110,00 ₽",
            "Минимальная цена по закону 120,00 ₽",
        ]

    def test_goods_without_their_mark(self) -> None:
        """Given a barcode, or a mark that names no price of goods that are no tobacco, then no pack is told of."""
        assert told(PriceGate(), PACK, Reading(PACK.barcode, (PACK,))) == []
        assert told(PriceGate(), KEFIR, mark(KEFIR)) == []

    def test_marks_not_asked_for(self) -> None:
        """Given a till without marks, then tobacco is goods as others are."""
        assert told(PriceGate(marks=False), SMOKES, mark(SMOKES)) == []

    def test_law_of_a_day(self) -> None:
        """Given a price that the law sets from a day on, then it is told from that day on."""
        law = (LegalKind(kind(12000, (date(2027, 1, 1), 13500)).prices),)
        after = datetime(2027, 1, 1, 9)  # noqa: DTZ001 - shop's local time
        assert told(PriceGate(legal=law), PACK) == ["Минимальная цена по закону 120,00 ₽"]
        assert told(PriceGate(legal=law), PACK, at=after) == ["Минимальная цена по закону 135,00 ₽"]


SUMS = st.integers(1, 9).map(lambda own: own * 1000)


@given(price=SUMS, others=st.lists(SUMS, max_size=3), floor=st.just(0) | SUMS, most=st.just(0) | SUMS, law=SUMS)
def test_what_is_told_is_what_is_sold(price: int, others: list[int], floor: int, most: int, law: int) -> None:
    """Given any prices, then those told of a pack are those that its sale takes or offers without a word against."""
    own, goods = PriceGate(legal=(kind(law),)), priced(price, *others, floor=floor)
    reading = pack(goods, most)
    line = Line(1, goods, ONE, goods.price, min_price=goods.min_price, properties=reading.properties)
    receipt = Receipt("r", 1, 1, IVANOVA, "2026-11-21T12:00:00")
    verdict = own.enter(Asked(receipt, line, NOON, EVENT))
    match verdict:
        case Pass(sold):
            rows = [sold.price]
        case Ask(question):
            rows = [Kopecks(int(row.value)) for row in question.choices if int(row.value) >= law]
        case _:
            assert isinstance(verdict, Refuse)
            rows = []
    first, *_ = told(own, goods, reading)
    sums = ", ".join(RUSSIAN.money(row) for row in rows)
    took = rows[0] if len(rows) == 1 else goods.price if goods.price in rows else max(rows, default=goods.price)
    assert big(own, goods, reading) == took
    assert first == (f"Цена этой упаковки {sums} ₽" if rows else "Эту упаковку продать нельзя: цена ниже минимальной")


class TestRestrictions:
    def test_nothing_is_restricted(self) -> None:
        """Given goods for everybody, then there is nothing to tell."""
        assert told(RestrictionsGate(), BREAD) == []

    def test_age(self) -> None:
        """Given an age, then it is told, also where it is the group's."""
        assert told(RestrictionsGate(), TONIC) == ["Возраст покупателя от 18 лет"]
        grouped = RestrictionsGate(RestrictionRules(groups={"spirits": Limits(21)}))
        assert told(grouped, replace(RUM, min_age=0)) == ["Возраст покупателя от 21 года"]

    def test_hours(self) -> None:
        """Given hours in which goods are not sold, then they are told, and within them that it is now."""
        goods = replace(BREAD, periods=(NIGHT,))
        hours = f"Не продаётся {NIGHT.begins:%H:%M}–{NIGHT.ends:%H:%M}"
        assert told(RestrictionsGate(), goods) == [hours]
        now, after = told(RestrictionsGate(), goods, at=NOON.replace(hour=23, minute=30))
        assert now.startswith("Сейчас продажа запрещена до 22.11.2026")
        assert after == hours

    @pytest.mark.parametrize(
        ("period", "words"),
        [
            (Period(weekdays=(5, 6), begins=time(20), ends=time(8)), ["Не продаётся: пт, сб 20:00–08:00"]),
            (Period(weekdays=(7,)), ["Не продаётся: вс весь день"]),
            (Period(), ["Сейчас продажа запрещена", "Не продаётся весь день"]),
            (Period(begins=time(20), until=NOON.replace(hour=11)), []),
        ],
    )
    def test_days(self, period: Period, words: list[str]) -> None:
        """Given days of the week, whole days and periods that are over, then each is told as it is, or not at all."""
        assert told(RestrictionsGate(), replace(BREAD, periods=(period,))) == words


class TestMarks:
    def test_goods_without_marking(self) -> None:
        """Given plain goods, then nothing is told, unless a mark was scanned that cannot be theirs."""
        assert told(gate(), BREAD) == []
        assert told(gate(), BREAD, mark(BREAD)) == ["Товар не маркирован: Хлеб"]

    @pytest.mark.parametrize("reading", [None, Reading(KEFIR.barcode, (KEFIR,)), mark(KEFIR)])
    def test_goods_that_go_by_their_mark(self, reading: Reading | None) -> None:
        """Given marked goods, however they were found, then it is told that their mark will be asked for."""
        assert told(gate(), KEFIR, reading) == ["Продаётся по коду маркировки"]

    def test_mark_that_was_sold_here(self) -> None:
        """Given a mark that this till has sold, then that is told, unless it does not count for such goods."""
        sold = "Код маркировки уже был зарегистрирован ранее"
        by_mark = "Продаётся по коду маркировки"
        assert told(gate(), KEFIR, mark(KEFIR, standing=Standing.SOLD)) == [by_mark, sold]
        assert told(gate(UNASKED, unique=False), KEFIR, mark(KEFIR, standing=Standing.SOLD)) == [by_mark]
        assert told(gate(UNASKED, unique=False), SMOKES, mark(SMOKES, standing=Standing.SOLD)) == [by_mark, sold]

    def test_mark_not_in_the_white_list(self) -> None:
        """Given a mark that the white list does not have, then that is told."""
        _, listed = told(gate(LISTED), KEFIR, mark(KEFIR, white=False))
        assert listed == "Товар с таким кодом маркировки запрещен к продаже"

    def test_switched_off(self) -> None:
        """Given marks that are not asked for any more, then nothing is told of them."""
        assert told(replace(gate(), asks=False), KEFIR) == []


def test_a_gate_without_knowledge_tells_nothing() -> None:
    """Given a gate that only decides who comes in, then it knows nothing of goods."""
    assert EnteringGate().about(Inquiry(BREAD, NOON)) == Known()
