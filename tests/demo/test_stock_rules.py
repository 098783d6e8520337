"""Whatever is lost, repeated or overtaken, СКО holds what was reserved and not undone."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Struct

from cashier.core.quantity import Thousandths, to_text
from cashier.demo.book import Book
from cashier.demo.reserves import TABLES, Reserves
from cashier.demo.stock_rules import DONE, Asked, Outcome, quantity_of

RECEIPT = "7e0b0000-0000-4000-8000-000000000001"
PLENTY = Thousandths(10**9)


class Wish(Struct, frozen=True):
    """A reserve that a till names, or its cancel; how it arrives is up to the network."""

    key: int
    post: bool

    @property
    def asked(self) -> Asked:
        """What it says: each key has an article and a quantity of its own."""
        return Asked("77", "3", RECEIPT, str(self.key % 2), Thousandths(1000 + self.key), f"key {self.key}")


WISHES = st.lists(st.builds(Wish, st.integers(0, 5), st.booleans()), max_size=20)


@pytest.fixture(scope="module")
def reserves() -> Iterator[Reserves]:
    """Reserves of a СКО; each example empties them."""
    book = Book(TABLES)
    yield Reserves(book)
    book.close()


def filled(reserves: Reserves, on_hand: Thousandths) -> Reserves:
    """Have so much of both articles, and nothing else."""
    reserves.book.empty("reserves", "receipts", "stock")
    for sku in ("0", "1"):
        reserves.set(sku, on_hand, "шт")
    return reserves


def arrive(reserves: Reserves, wish: Wish) -> bool:
    """Let a wish arrive; tell whether it was granted."""
    return (reserves.reserve if wish.post else reserves.cancel)(wish.asked).success


def held(reserves: Reserves) -> int:
    """Return all that is held."""
    return sum(reserves.held(RECEIPT).values())


class TestKeys:
    @given(WISHES)
    def test_held_is_what_was_reserved_and_never_undone(self, reserves: Reserves, wishes: list[Wish]) -> None:
        """Given plenty, in whatever order wishes and cancels arrive and however often, a cancel wins for ever."""
        filled(reserves, PLENTY)
        for wish in wishes:
            arrive(reserves, wish)
        undone = {wish.key for wish in wishes if not wish.post}
        assert held(reserves) == sum(1000 + key for key in {wish.key for wish in wishes if wish.post} - undone)

    @given(WISHES, st.integers(0, 5000))
    def test_never_more_than_there_is(self, reserves: Reserves, wishes: list[Wish], on_hand: int) -> None:
        """Given little, then what is held was granted and not undone, and is never more than there is."""
        filled(reserves, Thousandths(on_hand))
        granted: set[int] = set()
        for wish in wishes:
            if arrive(reserves, wish):
                granted = granted | {wish.key} if wish.post else granted - {wish.key}
            assert held(reserves) == sum(1000 + key for key in granted)
            assert max(reserves.held(RECEIPT).values(), default=0) <= on_hand

    @given(WISHES)
    def test_settled_receipts_hold_nothing(self, reserves: Reserves, wishes: list[Wish]) -> None:
        """Given a completed receipt, then nothing is held, and what left the stock is what was not undone."""
        filled(reserves, PLENTY)
        half = len(wishes) // 2
        for wish in wishes[:half]:
            arrive(reserves, wish)
        with reserves.book.transaction():
            reserves.settle(RECEIPT, sold=True)
        for wish in wishes[half:]:
            if not wish.post:
                arrive(reserves, wish)
        undone = {wish.key for wish in wishes if not wish.post}
        sold = {wish.key for wish in wishes[:half] if wish.post} - undone
        levels = [level for sku in ("0", "1") if (level := reserves.level(sku))]
        assert held(reserves) == 0
        assert sum(PLENTY - level.on_hand for level in levels) == sum(1000 + key for key in sold)
        assert sum(level.sold for level in levels) == sum(1000 + key for key in sold)


class Forgetful(Reserves):
    """Red control: a cancel that comes first leaves no tombstone."""

    def _undo(self, asked: Asked) -> Outcome:
        known = self.book.run("SELECT 1 FROM reserves WHERE key = ?", asked.key)
        return super()._undo(asked) if known else DONE


class TestTombstone:
    @pytest.mark.parametrize(("server", "orphan"), [(Reserves, 0), (Forgetful, 1001)])
    def test_cancel_overtakes_its_reserve(self, server: type[Reserves], orphan: int) -> None:
        """Given a cancel that comes before its reserve, then nothing is held; without tombstones it would be."""
        book = Book(TABLES)
        reserves = filled(server(book), PLENTY)
        for post in (False, True):
            arrive(reserves, Wish(1, post=post))
        assert held(reserves) == orphan
        book.close()


class TestWithoutKeys:
    @given(st.lists(st.tuples(st.booleans(), st.integers(1, 5000)), max_size=20))
    def test_quantities_add_up(self, reserves: Reserves, steps: list[tuple[bool, int]]) -> None:
        """Given a СКО that looks at no keys, then wishes add up, and a cancel frees up to its quantity."""
        filled(reserves, PLENTY)
        expected = 0
        for post, quantity in steps:
            asked = Asked("77", "3", RECEIPT, "1", Thousandths(quantity))
            assert (reserves.reserve if post else reserves.cancel)(asked).success == (post or expected > 0)
            expected = expected + quantity if post else max(0, expected - quantity)
            assert held(reserves) == expected

    def test_what_is_named_is_freed_last(self, reserves: Reserves) -> None:
        """Given a reserve with a key and one without, when a quantity is freed, then the named one stays."""
        filled(reserves, PLENTY)
        arrive(reserves, Wish(1, post=True))
        nameless = Asked("77", "3", RECEIPT, "1", Thousandths(500))
        reserves.reserve(nameless)
        reserves.cancel(nameless)
        assert held(reserves) == 1001
        arrive(reserves, Wish(1, post=False))
        assert held(reserves) == 0


class TestQuantity:
    @given(st.integers(1, 100_000_000))
    def test_what_a_till_writes_is_read(self, quantity: int) -> None:
        """Whatever quantity a till writes, that one is read."""
        assert quantity_of(to_text(Thousandths(quantity))) == quantity

    @pytest.mark.parametrize(
        "text", ["", "0", "0.000", "-1", "+1", "1,5", ".5", "1.", "1.2345", "1e3", "NaN", " 1", "١", "9" * 9, "9" * 99]
    )
    def test_nonsense(self, text: str) -> None:
        """Given a text that is no quantity, or nothing, or beyond all sense, then it is none."""
        assert quantity_of(text) is None
