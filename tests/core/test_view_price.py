"""The search and the card of the price check as they are seen."""

import pytest
from msgspec.structs import replace

from cashier.core.keys import key_map
from cashier.core.modes import CheckingPrice, Remark, Selling, ShowingPrice
from cashier.core.money import Kopecks
from cashier.core.presets import PRESETS
from cashier.core.quantity import Thousandths
from cashier.core.say import Count, Say, say
from cashier.core.state import Till
from cashier.core.view import view
from cashier.core.view_model import Dialog, Entry
from tests.core.goods import APPLES, BANNED, BOX, BREAD, CHEESE, PRICELESS, RED, WHITE
from tests.core.hand import Hand
from tests.core.sample_hands import SAMPLES

LINES = tuple(say("external", text=str(number)) for number in range(9))


def panel(till: Till) -> Dialog:
    """Return the dialog that stands."""
    shown = view(till).dialog
    assert shown is not None
    return shown


def keys(till: Till) -> list[tuple[str, ...]]:
    """Return the keys the dialog offers."""
    return [hint.keys for hint in panel(till).keys]


def card(*lines: Say, first: int = 0, **changes: object) -> Till:
    """Return a till with a card on it."""
    mode = ShowingPrice(Selling("7"), replace(BREAD, **changes), remarks=(Remark(lines=lines),), first=first)
    return replace(Hand.signed_in().till, mode=mode)


class TestSearch:
    def test_begins_with_what_can_be_done(self) -> None:
        """Given the empty dialog, then it says what it waits for, and the entry is its own."""
        till = Hand.signed_in().write("3*").press("f2").till
        assert panel(till).empty == say("price_check_type")
        assert view(till).entry == Entry(say("entry_price_check"))
        assert keys(till) == [("escape",)]

    def test_list_has_no_digits(self) -> None:
        """Given goods found, then rows have prices and no digits, which are typed; the panel is offered to trainees."""
        till = Hand.signed_in(rules=SAMPLES).press("f2").write("роза").press("down").till
        assert [(row.caption, row.digit) for row in panel(till).options] == [
            (say("external", text=own.name), 0) for own in (RED, WHITE)
        ]
        assert panel(till).chosen == 1
        assert keys(till) == [("up", "down"), ("enter",), ("escape",), ("f3",)]

    def test_nothing_found(self) -> None:
        """Given words that nothing goes by, then that is said once, as a problem once Enter was pressed."""
        hand = Hand.signed_in().press("f2").write("ъ")
        assert (panel(hand.till).empty, panel(hand.till).problem) == (say("search_nothing"), None)
        hand.press("enter")
        assert (panel(hand.till).empty, panel(hand.till).problem) == (None, say("goods_missing", text="ъ"))

    def test_problem_under_a_list(self) -> None:
        """Given a problem and a list, then both are there."""
        mode = CheckingPrice(Selling(), products=(RED,), problem=say("scan_unreadable"))
        shown = panel(replace(Hand.signed_in().till, mode=mode))
        assert (len(shown.options), shown.problem) == (1, say("scan_unreadable"))


class TestCard:
    def test_name_price_and_lines(self) -> None:
        """Given goods, then name and code come first, then the price, then what gates have told; all is only read."""
        shown = panel(card(*LINES[:2]))
        assert shown.body == (say("price_check_goods", name=BREAD.name, code=BREAD.code),)
        assert (shown.price, shown.lines, shown.first) == (BREAD.price, LINES[:2], 0)
        assert shown.only_read

    @pytest.mark.parametrize(
        ("product", "unit"),
        [
            (BREAD, say("price_check_unit", unit="шт")),
            (APPLES, say("price_check_unit", unit="кг")),
            (CHEESE, say("price_check_unit", unit="кг")),
            (BOX, say("price_check_pack", unit="шт", quantity=Count(Thousandths(6000)))),
        ],
    )
    def test_what_it_is_the_price_of(self, product: object, unit: Say) -> None:
        """Given goods by weight or a pack of six, then the price is that of one, and the card says of what."""
        till = replace(Hand.signed_in().till, mode=ShowingPrice(Selling(), product))  # type: ignore[arg-type]
        assert panel(till).unit == unit

    def test_goods_that_cannot_be_sold(self) -> None:
        """Given goods not for sale or without a price, then the card says so, and shows no price of nothing."""
        banned = panel(Hand.signed_in().press("f2").scan(BANNED.barcode).till)
        assert (banned.problem, banned.price) == (say("sale_forbidden", name=BANNED.name), BANNED.price)
        priceless = panel(Hand.signed_in().press("f2").scan(PRICELESS.barcode).till)
        assert (priceless.problem, priceless.price) == (say("price_missing", name=PRICELESS.name), None)

    def test_scrolling_is_offered_where_it_is_needed(self) -> None:
        """Given more lines than the smallest screen holds, then arrows are offered; a problem takes room of them."""
        assert keys(card(*LINES[:5])) == [("escape",)]
        assert keys(card(*LINES[:6])) == [("up", "down"), ("escape",)]
        assert keys(card(*LINES[:3], price=Kopecks(0))) == [("escape",)]
        assert keys(card(*LINES[:4], price=Kopecks(0))) == [("up", "down"), ("escape",)]
        assert panel(card(*LINES, first=3)).first == 3

    def test_waits_stand_where_answers_will(self) -> None:
        """Given gates of which one waits, then prices of all come first, then its wait, as its answer will."""
        price, told, wait, amount = LINES[:4]
        asking = Remark(lines=(told,), token="t", wait=wait)
        answered = Remark(lines=(told,), amounts=(amount,))
        for own, stands in ((asking, wait), (answered, amount)):
            remarks = (Remark(lines=(told,)), own, Remark(prices=(price,)))
            assert ShowingPrice(Selling(), BREAD, remarks=remarks).lines == (price, stands, told, told)

    def test_price_of_the_gates(self) -> None:
        """Given a gate that knows what goods cost, then that is the big price, and not the dictionaries'."""
        remarks = (Remark(), Remark(price=Kopecks(18000)))
        till = replace(card(), mode=ShowingPrice(Selling(), BREAD, remarks=remarks))
        assert (panel(till).price, panel(card()).price) == (Kopecks(18000), BREAD.price)

    def test_entry_stays_free(self) -> None:
        """Given a card, then the entry waits for the next goods, and no key of the sale is offered."""
        seen = view(card())
        assert (seen.entry, seen.keys) == (Entry(say("entry_price_check")), ())


class TestKeys:
    @pytest.mark.parametrize("preset", PRESETS)
    def test_key_bar_and_help(self, preset: str) -> None:
        """Given any map, then F2 is in the key bar with and without an entry, and in the help."""
        till = Hand.signed_in().till
        till = replace(till, rules=replace(till.rules, keymap=key_map(preset=PRESETS[preset])))
        for mode in (Selling(), Selling("12")):
            assert ("f2",) in [own.keys for own in view(replace(till, mode=mode)).keys]
        helped = Hand.signed_in().press("f1").till
        assert say("action_price_check") in [own.caption for section in view(helped).help for own in section.hints]

    def test_numpad_closes_a_card_by_its_slash(self) -> None:
        """Given the map of a keypad, then its Esc closes the card, and is typed in a search."""
        rules = replace(SAMPLES, keymap=key_map(preset=PRESETS["numpad"]))
        hand = Hand.signed_in(rules=rules).press("f2").scan(BREAD.barcode).press("/")
        assert hand.till.mode == Selling()
