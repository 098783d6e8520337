"""Dialogs of money and of rights, as the screen will have them; every text has words in both catalogues."""

import tomllib
from datetime import timedelta
from pathlib import Path
from typing import Literal

import pytest
from msgspec.structs import replace

from cashier.core import modes as m
from cashier.core.events import CardAnswered, FiscalReady, Printed, ShiftShut
from cashier.core.modes import CHARGE_ROWS, CLOSING_ROWS, POSTPONED_ROWS
from cashier.core.money import Kopecks
from cashier.core.rights import CASHIER, NEEDS, SENIOR, Errand, Right
from cashier.core.say import Moment, Say, Sum, say
from cashier.core.state import Rules, Till
from cashier.core.view import view
from cashier.core.view_model import Dialog, Entry, Hint, Level, Option, Scene, Tone
from cashier.core.view_money import dialog_of, entry_of
from tests.core.approving import needing
from tests.core.bank import Counter
from tests.core.goods import BREAD, MILK, PETROV
from tests.core.hand import Hand
from tests.core.registry import Registry

LOCALES = Path(__file__).parents[2] / "cashier" / "ui" / "locale"
HOSTILE = "[/red][@click=app.quit]\x1b[2J"


def panel(till: Till) -> Dialog:
    """Return the dialog that stands."""
    shown = view(till).dialog
    assert shown is not None
    return shown


def texts(dialog: Dialog) -> list[Say]:
    """Return every text of a dialog."""
    rows = [text for row in dialog.options for text in (row.caption, row.value) if text]
    return [dialog.title, *dialog.body, *rows, *(own.caption for own in dialog.keys)]


def rows(dialog: Dialog) -> list[tuple[str, int]]:
    """Return keys of the rows with their digits."""
    return [(row.caption.key, row.digit) for row in dialog.options]


def numbered(keys: tuple[str, ...]) -> list[tuple[str, int]]:
    """Return the rows that these keys make."""
    return [(key, digit) for digit, key in enumerate(keys, 1)]


def put_aside() -> Hand:
    """Put milk aside, named by somebody with bad intentions."""
    hand = Hand.signed_in(code=PETROV.code).scan(BREAD.barcode).press("plus", "enter").scan(MILK.barcode).press("f11")
    (receipt,) = hand.till.ledger.postponed
    line = replace(receipt.lines[0], product=replace(MILK, name=HOSTILE))
    hand.till = replace(hand.till, ledger=replace(hand.till.ledger, postponed=(replace(receipt, lines=(line,)),)))
    return hand


class TestApproving:
    def test_says_which_right(self) -> None:
        """Given an action that needs a senior, then the dialog names it, and the code is typed in plain sight."""
        hand = Hand.signed_in().press("f10", "5").write("8")
        dialog = panel(hand.till)
        assert dialog.body == (say("right_cash_out"), say("approving_advice"))
        assert (dialog.title, dialog.tone) == (say("title_approving"), Tone.QUESTION)
        assert [key.keys for key in dialog.keys] == [("enter",), ("escape",)]
        assert view(hand.till).entry == Entry(say("approving_code"), "8")

    def test_password_is_dots(self) -> None:
        """Given the password half typed, then not a character of it is in anything that is drawn or written."""
        hand = Hand.signed_in().press("f10", "5").write("8").press("enter").write("2я9")
        assert view(hand.till).entry == Entry(say("approving_password"), "•••")
        assert "2я9" not in repr(view(hand.till))
        assert "2я9" not in repr(hand.till.mode)

    def test_no_keys_while_it_is_compared(self) -> None:
        """Given a password that is being compared, then no key is offered, and a wait is shown."""
        hand = Hand.signed_in().press("f10", "5")
        hand.answers_at_once = False
        hand.write("8").press("enter").write("2222").press("enter")
        assert (panel(hand.till).keys, view(hand.till).entry) == ((), Entry(say("approving_password"), ""))
        assert view(hand.till).wait is not None

    def test_every_right_has_words(self) -> None:
        """Given every right, then both languages have words for it, and every errand needs one of them."""
        for language in ("ru", "en"):
            catalogue = tomllib.loads((LOCALES / f"{language}.toml").read_text("utf-8"))
            assert all(f"right_{own.value}" in catalogue for own in Right)
        assert set(NEEDS) == set(Errand)

    def test_says_what_is_allowed(self) -> None:
        """Given a receipt to be given up, or a word for a silent device, then the senior reads what he allows."""
        silent = Counter.paying("20").press("f2").answer("unknown").answer("unknown")
        receipt = say("storno_receipt_question", number=1, total=Sum(BREAD.price))
        aside = say("storno_receipt_question", number=1, total=Sum(MILK.price))
        z = Hand.signed_in(rules=needing(CASHIER, storno_receipt=SENIOR)).scan(MILK.barcode).press("f11", "f10", "7")
        asked = {
            Hand.signed_in().scan(BREAD.barcode).press("f4"): receipt,
            silent.press("3"): say("word_card_not_done", sum=Sum(Kopecks(2000))),
            z.press("2"): aside,
        }
        for hand, said in asked.items():
            assert panel(hand.till).body == (said, say("approving_advice"))


class TestWord:
    def test_question(self) -> None:
        """Given a word allowed, then it is a question with yes and no, and the receipt stands under it."""
        hand = Counter.paying().press("f2").answer("unknown").answer("unknown").press("2").approve()
        dialog = panel(hand.till)
        assert (dialog.title, dialog.tone) == (say("title_question"), Tone.QUESTION)
        assert dialog.body == (say("word_card_done", sum=Sum(BREAD.price)),)
        assert [key.keys for key in dialog.keys] == [("enter",), ("escape",)]

    def test_money_to_give_back(self) -> None:
        """Given cash to be given back, then the sum stands in a panel of its own until Enter."""
        dialog = panel(Counter.paying("20").press("enter", "escape", "enter").till)
        assert (dialog.title, dialog.body) == (say("title_telling"), (say("given_back", paid=Sum(Kopecks(2000))),))
        assert [key.keys for key in dialog.keys] == [("enter",)]

    @pytest.mark.parametrize(
        ("row", "late", "said"),
        [("3", "approved", "card_taken_after_all"), ("2", "declined", "card_not_taken_after_all")],
    )
    def test_dispute_stands_before_owed_papers(
        self, row: str, late: Literal["approved", "declined"], said: str
    ) -> None:
        """Given a terminal that says otherwise, then that stands in sight, before a paper that did not come out."""
        hand = Counter.paying().press("f2").answer("unknown").answer("unknown").word(row)
        hand.give(CardAnswered(hand.orders[0], late))
        _ = hand.press("enter") if row == "3" else hand
        hand.give(Printed(hand.till.ledger.prints[0].token, "failed", "off"))
        assert view(hand.till).notice == say(said, count=1)


class TestCharging:
    @pytest.mark.parametrize(("answers", "said"), [(0, say("charging_wait")), (1, say("charging_asking"))])
    def test_wait(self, answers: int, said: Say) -> None:
        """Given a terminal at work, then the sum is in the title, and Esc is the only key offered."""
        hand = Counter.paying("20").press("f2")
        for _ in range(answers):
            hand.answer("unknown")
        dialog = panel(hand.till)
        assert dialog.title == say("title_charging", sum=Sum(Kopecks(2000)))
        assert (dialog.body, dialog.options) == ((said,), ())
        assert dialog.keys == (Hint(("escape",), say("key_cancel")),)
        assert view(hand.till).scene is Scene.SALE

    def test_silent(self) -> None:
        """Given a silent terminal, then it is an error with three rows, and the second can be selected."""
        hand = Counter.paying().press("f2").answer("unknown").answer("unknown").press("down")
        dialog = panel(hand.till)
        assert (dialog.tone, dialog.body) == (Tone.ERROR, (say("charging_silent"),))
        assert (rows(dialog), dialog.chosen) == (numbered(CHARGE_ROWS["silent"]), 1)
        assert view(hand.till).header.level is Level.ALARM

    def test_manual(self) -> None:
        """Given a terminal that stands alone, then it is a question with two rows."""
        dialog = panel(Counter.paying(rules=Rules()).press("f2").till)
        assert (dialog.tone, dialog.body) == (Tone.QUESTION, (say("charging_manual"),))
        assert rows(dialog) == numbered(CHARGE_ROWS["manual"])

    def test_reversal(self) -> None:
        """Given a card that is taken back, then the title says so, with the sum of that card."""
        hand = Counter.paying("20").press("f2").card().press("escape", "enter")
        assert panel(hand.till).title == say("title_reversing", sum=Sum(Kopecks(2000)))

    def test_words_of_the_terminal_stay_in_their_place(self) -> None:
        """Given a terminal that answers with markup, then it is the value of a place and never a text of its own."""
        hand = Counter.paying().press("f2").answer("declined", HOSTILE)
        assert panel(hand.till).body[1] == say("card_reason", reason=HOSTILE)

    def test_no_charge(self) -> None:
        """Given no charge, then no dialog stands, and nothing breaks."""
        assert dialog_of(Counter.paying().till, m.Charging()) is None


class TestClosing:
    def test_wait(self) -> None:
        """Given a device at work, then it is waited for without rows; once it was asked to close, Esc is of no use."""
        hand = Registry.senior().sell().ask_z().press("enter")
        dialog = panel(hand.till)
        assert (dialog.title, dialog.body, dialog.options) == (say("title_closing"), (say("closing_wait"),), ())
        assert [key.keys for key in dialog.keys] == [("escape",)]
        hand.give(FiscalReady(hand.asked_for[-1].token, 1))
        assert (panel(hand.till).body, panel(hand.till).keys) == ((say("closing_wait"),), ())

    def test_silent(self) -> None:
        """Given a silent device, then it is an error with three rows."""
        hand = Registry.senior().sell().begin()
        hand.give(ShiftShut(hand.asked_for[-1].token, "unknown")).press("end")
        dialog = panel(hand.till)
        assert (dialog.tone, dialog.body) == (Tone.ERROR, (say("closing_silent"),))
        assert (rows(dialog), dialog.chosen) == (numbered(CLOSING_ROWS), 2)


class TestPostponed:
    def test_settling(self) -> None:
        """Given a receipt put aside and Z, then its number, sum, time and first goods are told, and two rows."""
        hand = put_aside().press("f10", "7")
        (receipt,) = hand.till.ledger.postponed
        dialog = panel(hand.till)
        assert dialog.title == say("title_settling", number=2)
        told = say("postponed_sum", total=Sum(receipt.total), time=Moment(receipt.opened))
        assert dialog.body == (told, say("external", text=HOSTILE))
        assert rows(dialog) == numbered(POSTPONED_ROWS)

    def test_restoring(self) -> None:
        """Given a receipt put aside, when it is looked for, then its row has a digit, number, time, goods and sum."""
        hand = put_aside().press("f11")
        (receipt,) = hand.till.ledger.postponed
        today = Option(say("postponed_row", number=2, time="12:00", name=HOSTILE), say("sum", sum=Sum(MILK.price)), 1)
        assert panel(hand.till).options == (today,)
        later = replace(hand.till, now=hand.till.now + timedelta(days=1))
        (row,) = panel(later).options
        assert row.caption == say("postponed_row", number=2, time=Moment(receipt.opened), name=HOSTILE)

    def test_more_than_nine(self) -> None:
        """Given ten receipts put aside, then the tenth has no digit."""
        hand = Hand.signed_in()
        for _ in range(10):
            hand.scan(MILK.barcode).press("f11")
        assert [row.digit for row in panel(hand.press("f11").till).options] == [1, 2, 3, 4, 5, 6, 7, 8, 9, 0]

    def test_all_storno_and_nothing_left(self) -> None:
        """Given a receipt without a live line, or none at all, then no goods are named, and no dialog stands."""
        hand = put_aside()
        (receipt,) = hand.till.ledger.postponed
        gone = replace(receipt, lines=(replace(receipt.lines[0], storno=True),))
        ledger = replace(hand.till.ledger, postponed=(gone,))
        shown = dialog_of(replace(hand.till, ledger=ledger), m.SettlingPostponed())
        assert shown is not None
        assert shown.body[1] == say("external", text="")
        assert dialog_of(hand.till, m.SettlingPostponed((receipt.identifier,))) is None


def standing() -> list[Till]:
    """Return a till in each of these modes."""
    senior = Hand.signed_in(code=PETROV.code).scan(BREAD.barcode)
    silent = Registry.senior().sell().begin()
    return [
        Hand.signed_in().press("f10", "5").till,
        Counter.paying().press("f2").answer("unknown").answer("unknown").press("2").approve().till,
        Counter.paying().press("f2").answer("unknown").answer("unknown").press("3").till,
        Counter.paying("20").press("enter", "escape", "enter").till,
        Counter.paying().press("f2").till,
        Counter.paying().press("f2").answer("unknown").answer("unknown").till,
        Counter.paying(rules=Rules()).press("f2").till,
        silent.till,
        silent.give(ShiftShut(silent.asked_for[-1].token, "unknown")).till,
        put_aside().press("f10", "7").till,
        put_aside().press("f11").till,
        senior.press("/").till,
        senior.press("escape", "f10", "4").till,
        Registry.senior(rules=Rules()).sell().press("f10", "6").till,
        Registry.senior(rules=Rules()).sell().ask_z().press("enter").till,
    ]


@pytest.mark.parametrize("till", standing(), ids=lambda till: type(till.mode).__name__)
@pytest.mark.parametrize("language", ["ru", "en"])
def test_every_text_has_words_and_places(till: Till, language: str) -> None:
    """Given each of these dialogs, then the catalogue has each text, and every place it names is given."""
    catalogue = tomllib.loads((LOCALES / f"{language}.toml").read_text("utf-8"))
    shown = view(till)
    told = [*texts(panel(till)), *([shown.entry.caption] if shown.entry else [])]
    told += [shown.notice] if shown.notice else []
    for text in told:
        places = {name: "" for name, _ in text.places}
        assert isinstance(catalogue[text.key].format(**places), str)
    assert shown.keys == ()


def test_nothing_is_typed_where_there_is_no_entry() -> None:
    """Given a mode without an entry, then none is drawn."""
    assert entry_of(m.Charging()) is None
    assert entry_of(m.SettlingPostponed()) is None
