"""Whatever is done in a sale with discounts, its sums agree (spec T9)."""

from hypothesis import given, settings
from hypothesis import strategies as st

from cashier.core import facts as f
from cashier.core import modes as m
from cashier.core.discounts import Share, spread
from cashier.core.receipt import Receipt
from cashier.core.state import Rules
from tests.core.discounted import (
    DEAR,
    FIXED,
    at_the_till,
    sell,
)
from tests.core.goods import APPLES, BREAD, CHEAP, CHEESE, MILK
from tests.core.hand import Hand

GOODS = (BREAD, BREAD, MILK, CHEESE, DEAR, DEAR, FIXED)
PERCENTS = ("0", "0.01", "5", "10", "33.33", "99.99", "100")
SUMS = ("0", "0.01", "1", "45.50", "100", "1000")


def act(hand: Hand, deed: str, number: int) -> Hand:
    """Do one thing of a sale; what cannot be done now is refused and changes nothing."""
    match deed:
        case "goods":
            return sell(hand, GOODS[number % len(GOODS)])
        case "weight":
            goods = (APPLES, CHEAP)[number % 2]
            return hand.write(f"{number // 1000}.{number % 1000:03d}*").scan(goods.barcode).press("escape")
        case "storno":
            return hand.press("delete")
        case "quantity":
            return hand.press("f6").write(str(1 + number % 9)).press("enter").press("escape", "escape")
        case "select":
            return hand.press(("up", "down", "home", "end")[number % 4])
        case "percent" | "sum":
            return discount(hand, deed, number)
        case "payment":
            return hand.press("plus", "escape")
        case "aside":
            return hand.press("f11", *(("f11", "1") if number % 2 else ()), "escape")
        case "back":
            return hand if hand.till.ledger.receipt else hand.press("f11", "1", "escape")
        case "cut":
            return again(hand)
        case _:
            return hand.press("f4", "enter") if number % 5 == 0 else hand


def discount(hand: Hand, deed: str, number: int) -> Hand:
    """Give a discount on the position or on the receipt."""
    numbers = PERCENTS if deed == "percent" else SUMS
    hand.press("/")
    if not isinstance(hand.till.mode, m.Discounting):
        return hand
    hand.press(*(["down"] if number % 2 else [])).write(numbers[number // 2 % len(numbers)])
    return hand.press("enter" if deed == "percent" else "plus", "escape", "escape")


def again(hand: Hand) -> Hand:
    """Cut the power, and sign in."""
    other = hand.restarted()
    assert other.till.ledger == hand.till.ledger
    other.facts = hand.facts
    return other.sign_in()


def consistent(receipt: Receipt) -> None:
    """Check what is always so: the total is that of the lines, none is below its floor, the spread is the rule's."""
    live = receipt.live
    assert receipt.total == sum(line.sum for line in live)
    assert all(line.floor <= line.sum <= line.gross for line in live)
    shares = [Share(line.gross, line.floor, line.granted) for line in live]
    assert [line.discount for line in live] == list(spread(shares, receipt.granted))


def journal_agrees(facts: list[f.AnyFact], receipt: Receipt) -> None:
    """Check that the last word of the journal on each live line is what it costs: tables are made of that."""
    told: dict[int, tuple[int, int]] = {}
    for fact in facts:
        match fact:
            case f.LineAdded(identifier, line) if identifier == receipt.identifier:
                told[line.position] = (line.discount, line.gross)
            case f.QuantityChanged(identifier, position, _, gross) if identifier == receipt.identifier:
                told[position] = (told[position][0], gross)
            case f.DiscountsSpread(identifier, shares) if identifier == receipt.identifier:
                told |= {position: (off, off + rest) for position, off, rest in shares}
            case _:
                pass
    assert {line.position: told[line.position] for line in receipt.live} == {
        line.position: (line.discount, line.gross) for line in receipt.live
    }


DEEDS = ("goods", "goods", "goods", "weight", "storno", "quantity", "quantity", "select", "percent", "percent", "sum")
RARE = ("sum", "payment", "aside", "back", "cut", "give up")


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(DEEDS + RARE), st.integers(0, 9999)), min_size=4, max_size=30),
    st.booleans(),
)
def test_whatever_is_done_sums_agree(deeds: list[tuple[str, int]], merge: bool) -> None:  # noqa: FBT001 - drawn
    """Given any sale, then line sums make the total, no minimum is broken, and discounts are those of its lines."""
    hand = at_the_till(BREAD, rules=Rules(merge_lines=merge))
    for deed, number in deeds:
        hand = act(hand, deed, number)
        assert isinstance(hand.till.mode, m.Selling | m.Popup)
        hand.press("escape")
        ledger = hand.till.ledger
        for receipt in (*ledger.postponed, *((ledger.receipt,) if ledger.receipt else ())):
            consistent(receipt)
            journal_agrees(hand.facts, receipt)
    if hand.till.ledger.receipt and hand.receipt.sold:
        total = hand.receipt.total
        hand.press("plus", "enter")
        assert hand.till.ledger.last is not None
        assert hand.till.ledger.last.total == total
