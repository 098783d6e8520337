"""Papers of receipts at a fiscal device: registered before they are printed, and none of them forgotten."""

import pytest

from cashier.core import facts as f
from cashier.core import modes as m
from cashier.core.effects import Print
from cashier.core.events import FiscalReady, Printed
from cashier.core.ledger import MOST_PAPERS, Ledger, fold
from cashier.core.modes import PAPER_ROWS, UNREGISTERED_ROWS
from cashier.core.money import Kopecks
from cashier.core.say import say
from cashier.core.shifts import CashMove
from cashier.core.state import Rules
from cashier.core.view import view
from tests.core.goods import BREAD, IVANOVA, PETROV
from tests.core.hand import NOON, Hand

DEVICE = Rules(fiscal=True)
MOST_RECEIPTS = 500


def order(hand: Hand) -> Print:
    """Return what was sent to the printer with the latest input."""
    return hand.asked(Print)


def sent(hand: Hand) -> list[int]:
    """Return the numbers of the papers that were sent with the latest input."""
    return [effect.document.number for effect in hand.effects if isinstance(effect, Print)]


def sold(hand: Hand, fiscal: int = 0, *, printed: bool = True) -> Hand:
    """Sell a loaf; zero for a receipt that the fiscal device does not register."""
    hand.scan(BREAD.barcode).press("plus", "enter")
    token = order(hand).token
    if not fiscal:
        return hand.give(FiscalReady(token, None))
    return hand.give(Printed(token, "printed" if printed else "failed", "" if printed else "off", fiscal))


def senior() -> Hand:
    """Sign in somebody who may leave a receipt unregistered."""
    return Hand.signed_in(rules=DEVICE, code=PETROV.code)


def rows(hand: Hand) -> tuple[str, ...]:
    """Return what can be chosen on the screen."""
    shown = view(hand.till).dialog
    assert shown is not None
    return tuple(row.caption.key for row in shown.options)


def owed(hand: Hand) -> list[int]:
    """Return the numbers of the papers that are owed."""
    return [paper.document.number for paper in hand.till.ledger.owed]


class TestRows:
    def test_not_registered(self) -> None:
        """Given a receipt that is not registered, then the rows say what they do: register it, or leave it so."""
        hand = sold(senior()).press("f10", "2")
        assert rows(hand) == UNREGISTERED_ROWS
        shown = view(hand.till).dialog
        assert shown is not None
        assert shown.body == (say("paper_not_registered"),)
        assert (sent(hand.press("1")), order(hand).fiscal) == ([1], 0)

    def test_left_so(self) -> None:
        """Given a senior, when a receipt is to stay unregistered, then it is asked whether that is meant."""
        hand = sold(senior()).press("f10", "2")
        back = hand.till.mode
        assert isinstance(back, m.Owing)
        assert isinstance(hand.press("2").till.mode, m.Confirming)
        assert (hand.press("escape").till.mode, owed(hand)) == (back, [1])
        hand.press("2", "enter")
        assert (hand.facts[-1], owed(hand)) == (f.PaperSeen(back.document, PETROV), [])
        assert hand.till.mode == m.Selling()

    @pytest.mark.parametrize("restarted", [False, True])
    def test_device_that_answers_is_asked(self, *, restarted: bool) -> None:
        """Given a device that answers, or was not asked since the start, then no receipt may stay unregistered."""
        hand = senior().scan(BREAD.barcode).press("plus", "enter")
        hand.give(Printed(order(hand).token, "failed", "off"))
        hand = hand.restarted().sign_in(PETROV.code) if restarted else hand
        assert hand.press("f10", "2", "2").notice == "fiscal_answers"
        assert (isinstance(hand.till.mode, m.Owing), hand.wrote, owed(hand)) == (True, [], [1])

    def test_registered_paper_is_a_cashiers_to_see(self) -> None:
        """Given a registered receipt without its paper, when the cashier has seen the paper, then nobody is asked."""
        hand = sold(Hand.signed_in(rules=DEVICE), 7, printed=False).press("f10", "2")
        assert rows(hand) == PAPER_ROWS
        assert hand.press("2").wrote == ["PaperSeen"]

    def test_no_device(self) -> None:
        """Given no fiscal device, then a paper that did not come out is printed or was seen."""
        hand = Hand.signed_in().scan(BREAD.barcode).press("plus", "enter")
        hand.give(Printed(order(hand).token, "failed", "off")).press("f10", "2")
        assert rows(hand) == PAPER_ROWS

    @pytest.mark.parametrize("keys", [(), ("2",)])
    def test_sent_while_the_question_stands(self, keys: tuple[str, ...]) -> None:
        """Given that question, when the receipt is sent by itself, then it is neither sent twice nor left so."""
        hand = sold(senior()).scan(BREAD.barcode).press("plus", "enter")
        token = order(hand).token
        hand.press("f10", "2", *keys).give(Printed(token, "printed", "", 3))
        again = order(hand)
        assert again.document.number == 1
        assert (hand.press("enter").wrote, hand.till.mode) == ([], m.Selling())
        hand.give(FiscalReady(again.token, 3)).give(Printed(again.token, "printed", "", 4))
        assert (owed(hand), hand.till.ledger.prints) == ([], ())


class TestOneAfterTheOther:
    def test_next_is_sent_by_itself(self) -> None:
        """Given two receipts not registered, when the device registers a third, then they follow, oldest first."""
        hand = sold(sold(sold(senior())), 3)
        assert (sent(hand), hand.wrote) == ([1], ["PrintEnded", "PrintBegun"])
        assert sent(hand.give(Printed(order(hand).token, "printed", "", 4))) == [2]
        assert sent(hand.give(Printed(order(hand).token, "printed", "", 5))) == []
        assert (owed(hand), hand.till.warning, hand.till.ledger.prints) == ([], None, ())

    def test_it_goes_on_behind_a_lock(self) -> None:
        """Given a receipt not registered, when the next one is registered behind a lock, then it follows."""
        hand = sold(senior()).scan(BREAD.barcode).press("plus", "enter")
        token = order(hand).token
        assert sent(hand.press("-").give(Printed(token, "printed", "", 3))) == [1]

    def test_device_that_fails_again_stops_it(self) -> None:
        """Given two receipts not registered, when the device fails at the first again, then the second waits."""
        hand = sold(sold(sold(senior())), 3)
        assert sent(hand.give(FiscalReady(order(hand).token, None))) == []
        assert owed(hand) == [1, 2]

    def test_one_at_a_time(self) -> None:
        """Given another paper at the printer, when a receipt is registered, then what is owed waits for that one."""
        hand = sold(senior()).scan(BREAD.barcode).press("plus", "enter")
        first = order(hand).token
        second = order(hand.scan(BREAD.barcode).press("plus", "enter")).token
        assert sent(hand.give(Printed(first, "printed", "", 3))) == []
        assert sent(hand.give(Printed(second, "printed", "", 4))) == [1]

    def test_copy_brings_nothing_on(self) -> None:
        """Given a receipt not registered, when a copy of another comes out, then nothing is registered for that."""
        hand = sold(sold(senior()), 3)
        hand.give(FiscalReady(order(hand).token, None)).press("f10", "1")
        assert (order(hand).copy, sent(hand.give(Printed(order(hand).token, "printed", "", 3)))) == (True, [])

    def test_registered_ones_wait_for_a_person(self) -> None:
        """Given a registered receipt without paper, when another is registered, then it is not printed by itself."""
        assert sent(sold(sold(senior(), 3, printed=False), 4)) == []


class TestCopy:
    @pytest.mark.parametrize("printed", [True, False])
    def test_copy_has_the_number(self, *, printed: bool) -> None:
        """Given a registered receipt, when its paper is out and a copy is printed, then with the fiscal number."""
        hand = sold(senior(), 12, printed=printed)
        assert hand.till.ledger.last is not None
        assert hand.till.ledger.last.fiscal == 12
        _ = hand if printed else hand.press("f10", "2", "2")
        again = hand.restarted().sign_in().press("f10", "1")
        assert (order(again).copy, order(again).fiscal) == (True, 12)

    def test_number_of_another_receipt_is_not_its(self) -> None:
        """Given two receipts, when the first one is registered late, then the last has no number of it."""
        hand = sold(sold(senior()), 3)
        hand.give(Printed(order(hand).token, "printed", "", 4))
        assert hand.till.ledger.last is not None
        assert hand.till.ledger.last.fiscal == 3


def paid(number: int) -> tuple[f.AnyFact, ...]:
    """Open and close a receipt without a line."""
    name = f"receipt {number}"
    opened = f.ReceiptOpened(name, number, 1, NOON.isoformat(), IVANOVA)
    return opened, f.ReceiptClosed(name, Kopecks(0), Kopecks(0), NOON.isoformat())


def moved(number: int) -> f.CashMoved:
    """Put a rouble into the drawer."""
    return f.CashMoved(CashMove(f"cash {number}", number, 1, "in", Kopecks(100), NOON.isoformat(), IVANOVA))


def remembered(ledger: Ledger) -> list[str]:
    """Return identifiers of the papers that are remembered."""
    return [paper.document.identifier for paper in ledger.papers]


class TestMost:
    """How many papers are remembered where nothing comes out for long."""

    def test_unregistered_receipts_stay(self) -> None:
        """Given more papers than are remembered, then papers of cash go first, and no receipt."""
        ledger = fold(Ledger(), (moved(1), *(fact for number in range(2, 92) for fact in paid(number)), moved(92)))
        assert len(ledger.papers) == 91
        assert remembered(ledger) == [*(f"receipt {number}" for number in range(2, 92)), "cash 92"]

    def test_papers_of_cash(self) -> None:
        """Given papers of cash alone, then the last fifty are remembered."""
        ledger = fold(Ledger(), tuple(moved(number) for number in range(70)))
        assert remembered(ledger) == [f"cash {number}" for number in range(70 - MOST_PAPERS, 70)]

    def test_receipts_are_not_kept_for_ever(self) -> None:
        """Given more receipts than can be remembered, then the oldest go, and the till goes on."""
        ledger = fold(Ledger(), tuple(fact for number in range(MOST_RECEIPTS + 5) for fact in paid(number)))
        assert remembered(ledger) == [f"receipt {number}" for number in range(5, MOST_RECEIPTS + 5)]
