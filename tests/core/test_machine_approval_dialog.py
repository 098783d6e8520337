"""The dialog that asks for another user: who is not let in, the ways out of it, and what nobody may read."""

import pytest

from cashier.core import facts as f
from cashier.core import modes as m
from cashier.core.effects import CheckPassword, Log, Signal
from cashier.core.events import (
    Answered,
    Found,
    PasswordChecked,
    Reply,
    Ticked,
)
from cashier.core.keys import KeyMap, key_map
from cashier.core.presets import PRESETS
from cashier.core.rights import Errand
from cashier.core.state import Rules
from cashier.core.view import view
from tests.core.approving import asking, screen, selling, stage
from tests.core.goods import BREAD, IVANOVA, ORLOV, PETROV, SIDOROVA


class TestNotLetIn:
    def test_wrong_password(self) -> None:
        """Given a wrong password, then nothing is done, it counts for that code, and the code is asked again."""
        hand = asking().write("8").press("enter").write("1").press("enter")
        assert hand.till.mode == m.Approving(Errand.STORNO_RECEIPT, m.Selling("12"))
        assert (hand.notice, hand.wrote) == ("sign_in_refused", ["SignInRefused"])
        assert Signal(accepted=False) in hand.effects
        assert hand.facts[-1] == f.SignInRefused("8")
        assert [hand.till.ledger.failed(code) for code in ("7", "8")] == [0, 1]
        assert hand.receipt.sold == 2

    def test_code_that_is_nobodys(self) -> None:
        """Given a password typed for the code, then it is refused, and neither journal nor memory has it."""
        hand = asking().write("2222").press("enter").write("8").press("enter")
        assert (stage(hand), hand.facts[-1]) == ("code", f.SignInRefused(""))
        assert "2222" not in repr(hand.till)

    @pytest.mark.parametrize("code", [IVANOVA.code, ORLOV.code])
    def test_neither_has_the_right(self, code: str) -> None:
        """Given the right password of another cashier, or one's own, then it is said that it is not enough."""
        hand = asking().approve(code)
        assert (stage(hand), hand.notice, hand.wrote) == ("code", "no_right_either", [])
        assert hand.till.ledger.failures == ()
        assert isinstance(hand.approve(PETROV.code).till.mode, m.Confirming)

    def test_neither_has_the_right_forgives_nothing(self) -> None:
        """Given wrong passwords of a cashier, when his right one is given and not enough, then they still count."""
        hand = asking().write("6").press("enter").write("1").press("enter").approve(ORLOV.code)
        assert hand.till.ledger.failed("6") == 1

    def test_empty_code(self) -> None:
        """Given no code, when Enter is pressed, then the code is still asked."""
        hand = asking().press("enter")
        assert (stage(hand), hand.effects) == ("code", (Signal(accepted=False),))

    def test_empty_password_is_compared(self) -> None:
        """Given no password, when Enter is pressed, then it counts as one: it is wrong."""
        hand = asking().write("8").press("enter", "enter")
        assert (hand.till.ledger.failed("8"), stage(hand)) == (1, "code")

    def test_code_is_shut(self) -> None:
        """Given four wrong passwords, when the right one is given at once, then the seconds are said, nothing more."""
        hand = asking()
        for _ in range(4):
            hand.write("8").press("enter").write("1").press("enter")
        hand.approve()
        assert hand.till.notice is not None
        assert (hand.notice, stage(hand), hand.wrote) == ("code_is_shut", "code", [])
        assert 0 < int(str(dict(hand.till.notice.places)["seconds"])) <= 30
        assert not [own for own in hand.effects if isinstance(own, CheckPassword)]
        assert isinstance(hand.approve(SIDOROVA.code).till.mode, m.Confirming)


class TestLeavingTheDialog:
    def test_esc_at_the_code(self) -> None:
        """Given a code half typed, when Esc is pressed, then the sale is as it was, with what was typed there."""
        hand = selling().write("12")
        before = screen(hand.till)
        hand.press("f4").write("8").press("escape")
        assert screen(hand.till) == before

    def test_esc_at_the_password(self) -> None:
        """Given a password half typed, when Esc is pressed, then the code is asked; once more, and it is the sale."""
        hand = selling().write("12")
        before = screen(hand.till)
        hand.press("f4").write("8").press("enter").write("22").press("escape")
        assert hand.till.mode == m.Approving(Errand.STORNO_RECEIPT, m.Selling("12"))
        assert screen(hand.press("escape").till) == before

    def test_nothing_is_heard_while_the_password_is_compared(self) -> None:
        """Given a password being compared, when keys are pressed, then nothing happens until the answer is there."""
        hand = asking()
        hand.answers_at_once = False
        mode = hand.approve().till.mode
        assert stage(hand) == "checking"
        for event in (PasswordChecked("7", PETROV), Found(()), Answered("x", Reply("yes"))):
            assert hand.give(event).till.mode == mode
        assert hand.press("escape", "enter", "1").till.mode == mode
        assert hand.wrote == []
        hand.give(PasswordChecked("8", PETROV))
        assert isinstance(hand.till.mode, m.Confirming)

    @pytest.mark.parametrize("keys", [(), ("8",), ("8", "enter"), ("8", "enter", "2")])
    def test_answer_nobody_waits_for(self, keys: tuple[str, ...]) -> None:
        """Given the dialog with nothing being compared, when an answer comes, then it allows nothing."""
        hand = asking().press(*keys)
        mode = hand.till.mode
        assert hand.give(PasswordChecked("8", PETROV)).till.mode == mode
        assert hand.wrote == []

    def test_scan_is_refused_aloud(self) -> None:
        """Given the dialog at any stage, when goods are scanned, then there is a tone, a word and a line in the log."""
        hand = asking()
        hand.answers_at_once = False
        for keys in ((), ("8", "enter"), ("2", "enter")):
            mode = hand.press(*keys).till.mode
            hand.scan(BREAD.barcode)
            assert (hand.till.mode, hand.notice, hand.receipt.sold) == (mode, "scan_in_dialog", 2)
            assert Signal(accepted=False, device="scanner") in hand.effects
            assert [own for own in hand.effects if isinstance(own, Log)]

    def test_idle_lock(self) -> None:
        """Given the dialog, when nobody comes, then the till locks; after the sign-in nothing of it is left."""
        for keys in ((), ("8",), ("8", "enter", "2")):
            hand = asking().press(*keys).give(Ticked(idle=True))
            assert (hand.till.mode, hand.wrote) == (m.EnteringCode(), ["SignedOut"])
            assert hand.sign_in().till.mode == m.Selling()
            assert hand.receipt.sold == 2

    def test_idle_lock_waits_for_the_comparison(self) -> None:
        """Given a password being compared, when the idle limit runs out, then the answer comes first and counts."""
        hand = asking().write("8").press("enter").write("1")
        hand.answers_at_once = False
        mode = hand.press("enter").till.mode
        assert hand.give(Ticked(idle=True)).till.mode == mode
        assert hand.give(PasswordChecked("8", None)).till.ledger.failed("8") == 1
        assert hand.give(Ticked(idle=True)).till.mode == m.EnteringCode()

    def test_keys_of_the_sale_do_nothing(self) -> None:
        """Given the dialog, when keys of the sale are pressed, then nothing opens."""
        hand = asking().press("f1", "f3", "f5", "f10", "f11", "delete", "insert", "up")
        assert hand.till.mode == m.Approving(Errand.STORNO_RECEIPT, m.Selling("12"))

    def test_comma_is_a_comma_in_a_password(self) -> None:
        """Given a comma, then in the code it is a point, as everywhere, and in the password it is what it is."""
        hand = asking().write("1,5")
        assert hand.till.mode == m.Approving(Errand.STORNO_RECEIPT, m.Selling("12"), entry="1.5")
        hand.press("enter").write("2,5")
        assert isinstance(hand.till.mode, m.Approving)
        assert (hand.till.mode.code, hand.till.mode.entry) == ("1.5", "2,5")

    @pytest.mark.parametrize("name", list(PRESETS))
    def test_signs_of_a_password_are_typed(self, name: str) -> None:
        """Given any key map, when a password has signs, then they are typed and mean nothing else."""
        keymap: KeyMap = key_map(preset=PRESETS[name])
        hand = asking(Rules(keymap=keymap)).write("8").press("enter").write("-/?=.+* %")
        assert stage(hand) == "password"
        assert isinstance(hand.till.mode, m.Approving)
        assert hand.till.mode.entry == "-/?=.+* %"


class TestSecret:
    @pytest.mark.parametrize("password", ["2222", "98765"])
    def test_password_stands_nowhere(self, password: str) -> None:
        """Given a right or a wrong password, then state, effects, screen and journal do not have it."""
        hand = asking().write("8").press("enter").write(password)
        seen = repr(hand.till) + repr(view(hand.till))
        seen += repr(hand.press("enter").effects) + repr(hand.till) + repr(view(hand.till))
        written = b"".join(f.to_json(fact) for fact in hand.facts).decode()
        assert password not in seen + written

    def test_dots_on_the_screen(self) -> None:
        """Given a password of four, then the screen has four dots, and the code beside it is not shown as one."""
        hand = asking().write("8").press("enter").write("2222")
        entry = view(hand.till).entry
        assert entry is not None
        assert (entry.caption.key, entry.text) == ("approving_password", "••••")
