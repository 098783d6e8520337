"""The sale screen: scans and codes become lines."""

import pytest
from msgspec.structs import replace

from cashier.core import facts as f
from cashier.core import modes as m
from cashier.core.discounts import Discount
from cashier.core.effects import Log, Signal, Simulate
from cashier.core.machines.entry import LIMIT as ENTRY_LIMIT
from cashier.core.say import say
from cashier.core.state import Rules
from tests.core.goods import APPLES, BREAD, IVANOVA, MILK
from tests.core.hand import SCANNER, Hand
from tests.core.sample_hands import SAMPLES

APART = Rules(merge_lines=False)


class TestFirstLine:
    def test_first_scan_opens_shift_and_receipt(self) -> None:
        """Given a fresh till, when goods are scanned, then shift, receipt and line are one record."""
        hand = Hand.signed_in().scan(BREAD.barcode)
        assert hand.wrote == ["ShiftOpened", "ReceiptOpened", "LineAdded"]
        assert (hand.receipt.number, hand.receipt.shift, hand.receipt.cashier) == (1, 1, IVANOVA)
        assert hand.receipt.opened == hand.till.now.isoformat()
        assert hand.lines == [("Хлеб", 1000, False)]
        assert hand.till.cursor == 1
        assert Signal(accepted=True, device=SCANNER) in hand.effects

    def test_line_names_its_scan(self) -> None:
        """Given a scan, when it became a line, then the line names scanner and number; a typed one names none."""
        hand = Hand.signed_in().scan(BREAD.barcode)
        assert hand.line.source.startswith("scanner#")
        assert hand.write("2").press("enter").line.source == ""

    def test_next_receipt_has_next_number_and_its_own_identifier(self) -> None:
        """Given a closed receipt, when the next begins, then its number is one more and its GUID another."""
        hand = Hand.signed_in().scan(BREAD.barcode)
        first = hand.receipt
        hand.press("plus", "enter").scan(BREAD.barcode)
        assert hand.wrote == ["ReceiptOpened", "LineAdded"]
        assert hand.receipt.number == first.number + 1
        assert hand.receipt.identifier != first.identifier

    def test_sale_by_nobody_still_has_a_cashier(self) -> None:
        """Given a till where nobody signed in, when a line comes all the same, then it does not break."""
        hand = Hand()
        hand.till = replace(hand.till, mode=m.Selling())
        assert hand.scan(BREAD.barcode).receipt.cashier.code == ""

    def test_prices_are_those_of_the_catalogue(self) -> None:
        """Given goods with a minimum price, when they become a line, then price and minimum are taken along."""
        line = Hand.signed_in().scan(MILK.barcode).line
        assert (line.price, line.min_price, line.sum) == (MILK.price, MILK.min_price, MILK.price)


class TestMerging:
    def test_equal_goods_merge(self) -> None:
        """Given a line, when the same barcode is scanned again, then the line has quantity two."""
        hand = Hand.signed_in().scan(BREAD.barcode).scan(MILK.barcode).scan(BREAD.barcode)
        assert hand.lines == [("Хлеб", 2000, False), ("Молоко", 1000, False)]
        assert hand.wrote == ["QuantityChanged"]
        assert hand.till.cursor == 1
        assert Signal(accepted=True, device=SCANNER) in hand.effects

    def test_merging_names_the_later_scan(self) -> None:
        """Given a line, when a scan is merged into it, then the fact names this scan and its gross sum."""
        hand = Hand.signed_in().scan(BREAD.barcode)
        first = hand.line.source
        hand.scan(BREAD.barcode)
        (fact,) = hand.happened(f.QuantityChanged)
        assert isinstance(fact, f.QuantityChanged)
        assert fact.source.startswith("scanner#")
        assert fact.source != first
        assert (fact.position, fact.quantity, fact.gross) == (1, 2000, 9100)

    def test_setting_keeps_lines_apart(self) -> None:
        """Given mergeLines off, when the same barcode is scanned again, then it is a line of its own."""
        hand = Hand.signed_in(rules=APART).scan(BREAD.barcode).scan(BREAD.barcode)
        assert hand.lines == [("Хлеб", 1000, False)] * 2

    def test_stornoed_line_takes_no_more(self) -> None:
        """Given a storno'd line, when the same barcode is scanned, then it is a line of its own."""
        hand = Hand.signed_in().scan(BREAD.barcode).press("delete").scan(BREAD.barcode)
        assert hand.lines == [("Хлеб", 1000, True), ("Хлеб", 1000, False)]

    def test_weight_goods_stay_apart(self) -> None:
        """Given apples, when more apples are weighed, then they are a line of their own."""
        hand = Hand.signed_in()
        for weight in ("0.5", "0.3"):
            hand.scan(APPLES.barcode).write(weight).press("enter")
        assert hand.lines == [("Яблоки", 500, False), ("Яблоки", 300, False)]

    @pytest.mark.parametrize("change", [{"price": 4600}, {"single": True}, {"granted": Discount(percent=100)}])
    def test_line_that_differs_stays_apart(self, change: dict[str, object]) -> None:
        """Given a line of another price, single, or discounted, when equal goods come, then they do not merge."""
        hand = Hand.signed_in().scan(BREAD.barcode)
        receipt = hand.receipt.with_line(replace(hand.line, **change))
        hand.till = replace(hand.till, ledger=replace(hand.till.ledger, receipt=receipt))
        assert len(hand.scan(BREAD.barcode).lines) == 2

    def test_last_of_equal_lines_takes_the_piece(self) -> None:
        """Given two equal lines, when a third piece is scanned, then the later one takes it."""
        hand = Hand.signed_in(rules=APART).scan(BREAD.barcode).scan(BREAD.barcode)
        hand.till = replace(hand.till, rules=Rules())
        assert hand.scan(BREAD.barcode).lines == [("Хлеб", 1000, False), ("Хлеб", 2000, False)]

    def test_line_never_grows_out_of_range(self) -> None:
        """Given a line of the greatest quantity, when one more is scanned, then it is a line of its own."""
        hand = Hand.signed_in().write("99999*").scan(BREAD.barcode).scan(BREAD.barcode)
        assert hand.lines == [("Хлеб", 100_000_000, False)]
        assert hand.scan(BREAD.barcode).lines[1:] == [("Хлеб", 1000, False)]


class TestTyping:
    def test_code_becomes_a_line(self) -> None:
        """Given an inventory code typed, when Enter is pressed, then it is a line and the entry is empty."""
        hand = Hand.signed_in().write("1").press("enter")
        assert hand.lines == [("Хлеб", 1000, False)]
        assert hand.till.mode == m.Selling()

    def test_backspace_and_escape(self) -> None:
        """Given an entry, when Backspace or Esc is pressed, then it loses a character or all."""
        hand = Hand.signed_in().write("123").press("backspace")
        assert hand.till.mode == m.Selling("12")
        assert hand.press("escape").till.mode == m.Selling()

    def test_entry_has_an_end(self) -> None:
        """Given a hand lying on the keyboard, when the entry is full, then more is refused with a tone."""
        hand = Hand.signed_in().write("1" * (ENTRY_LIMIT + 1))
        assert hand.till.mode == m.Selling("1" * ENTRY_LIMIT)
        assert hand.effects == (Signal(accepted=False),)

    @pytest.mark.parametrize(
        "key", ["enter", "escape", "backspace", "up", "f8", "tab", "f3", "f12", "f6", "delete", "f4"]
    )
    def test_key_that_means_nothing_now_makes_a_tone(self, key: str) -> None:
        """Given no receipt and no entry, when a key has nothing to do, then there is a tone and nothing else."""
        hand = Hand.signed_in().press(key)
        assert hand.till.mode == m.Selling()
        assert hand.effects == (Signal(accepted=False),)

    @pytest.mark.parametrize("data", [BREAD.barcode, "000", "\x1b[2J"])
    def test_scan_over_an_entry_is_refused(self, data: str) -> None:
        """Given a number half typed, when anything is scanned, then nobody guesses: it is refused, said and logged."""
        hand = Hand.signed_in().write("12").scan(data)
        assert (hand.lines, hand.till.mode, hand.wrote) == ([], m.Selling("12"), [])
        assert hand.till.notice == say("scan_over_entry", entry="12")
        tone, log = hand.effects
        assert tone == Signal(accepted=False, device=SCANNER)
        assert isinstance(log, Log)
        assert "refused: scan_over_entry" in log.text

    @pytest.mark.parametrize("key", ["plus", "f12"])
    def test_subtotal_over_an_entry_is_refused(self, key: str) -> None:
        """Given a line and something typed, when the subtotal is struck, then it is refused and what is typed stays."""
        hand = Hand.signed_in().scan(BREAD.barcode).write("12").press(key)
        assert (hand.till.mode, hand.till.notice) == (m.Selling("12"), say("scan_over_entry", entry="12"))
        assert (hand.effects, hand.receipt.in_payment) == ((Signal(accepted=False),), False)
        assert hand.press("escape", key).till.mode == m.Paying()

    def test_scan_counts_once_the_entry_is_decided(self) -> None:
        """Given a scan refused over an entry, when it is made a quantity or erased, then the next scan counts."""
        assert Hand.signed_in().write("2").scan(BREAD.barcode).press("asterisk").scan(BREAD.barcode).lines == [
            ("Хлеб", 2000, False)
        ]
        hand = Hand.signed_in().write("2").scan(BREAD.barcode).press("backspace").scan(BREAD.barcode)
        assert hand.lines == [("Хлеб", 1000, False)]

    @pytest.mark.parametrize("key", ["f8", "tab", ""])
    def test_unbound_key_is_told_from_a_broken_one(self, key: str) -> None:
        """Given the sale, when a key means nothing there, then a word says so, and what is typed stays."""
        hand = Hand.signed_in().write("12").press(key)
        assert (hand.till.mode, hand.notice) == (m.Selling("12"), "key_means_nothing")
        assert hand.effects == (Signal(accepted=False),)

    def test_help_keeps_the_entry(self) -> None:
        """Given an entry, when help is opened and closed, then the entry is as it was."""
        for closing in ("enter", "escape", "f1"):
            hand = Hand.signed_in().write("12").press("f1", "5")
            assert hand.till.mode == m.Helping(m.Selling("12"))
            assert hand.press(closing).till.mode == m.Selling("12")


class TestSelecting:
    def test_arrows_and_ends(self) -> None:
        """Given lines, when arrows are pressed, then the selection moves and stops at the ends."""
        hand = Hand.signed_in(rules=APART)
        for _ in range(12):
            hand.scan(BREAD.barcode)
        places = [hand.press(key).till.cursor for key in ("down", "up", "pageup", "home", "up", "pagedown", "end")]
        assert places == [12, 11, 3, 1, 1, 9, 12]


class TestPanel:
    def test_sample_arrives_as_a_scan(self) -> None:
        """Given the trainee's panel, when a row is taken, then it closes and the simulated scanner gets the code."""
        hand = Hand.signed_in(rules=SAMPLES).press("f3", "down", "enter")
        assert hand.till.mode == m.Selling()
        assert hand.effects == (Simulate(b"\x1b[2J"),)

    def test_panel_closes(self) -> None:
        """Given the panel over an entry, when Esc or its key is pressed, then the entry is as it was."""
        for key in ("escape", "f3"):
            assert Hand.signed_in(rules=SAMPLES).write("1").press("f3", key).till.mode == m.Selling("1")

    def test_panel_refuses_other_keys(self) -> None:
        """Given the panel, when a key has no row to move to, then it stays."""
        mode = Hand.signed_in(rules=SAMPLES).press("f3", "f9", "up").till.mode
        assert mode == m.Panel(m.Selling(), 0)
