"""The delay after wrong passwords: by code, by a clock nobody can set, over restarts (spec R1)."""

import pytest
from msgspec.structs import replace

from cashier.core import facts as f
from cashier.core import modes as m
from cashier.core.events import PasswordChecked
from cashier.core.machines.delays import delay
from tests.core.goods import BREAD, IVANOVA, KUZMIN, PETROV
from tests.core.guessing import DAY, compared, cut, seconds, tried, wrong
from tests.core.hand import Hand


class TestHowLong:
    @pytest.mark.parametrize(
        ("failures", "shut"),
        [(0, 0), (1, 0), (2, 0), (3, 0), (4, 30), (5, 60), (6, 120), (7, 240), (8, 480), (9, 900), (10, 900)],
    )
    def test_table(self, failures: int, shut: float) -> None:
        """Given wrong passwords in a row, then three are free, the next costs 30 s, each further one twice as much."""
        assert delay(failures) == shut

    def test_any_number(self) -> None:
        """Given more than anybody can type, then it is the longest delay."""
        assert delay(10**9) == 900

    @pytest.mark.parametrize("failures", [4, 5, 6, 7, 8, 9, 12])
    def test_code_is_shut_so_long(self, failures: int) -> None:
        """Given a code just refused, then it is compared when its time has passed, and not a second before."""
        hand = wrong(Hand(), failures)
        hand.write("8").press("enter").write("2222")
        refused = dict(hand.till.refused)[PETROV.code]
        hand.wait(refused + delay(failures) - hand.uptime - 2).press("enter")
        assert (compared(hand), seconds(hand), hand.wrote) == ([], 1, [])
        hand.write("8").press("enter").write("2222").press("enter")
        assert hand.till.ledger.cashier == PETROV


class TestShut:
    def test_three_are_free(self) -> None:
        """Given three slips, when the right password follows at once, then it opens the till."""
        hand = Hand()
        for _ in range(3):
            assert compared(tried(hand)) == ["8"]
        assert hand.sign_in(PETROV.code).till.ledger.cashier == PETROV

    def test_no_comparison_while_shut(self) -> None:
        """Given a shut code, when even its right password is given, then it is not compared, and the wait is said."""
        hand = wrong(Hand(), 4)
        hand.sign_in(PETROV.code)
        assert (compared(hand), hand.till.mode, hand.till.ledger.cashier) == ([], m.EnteringCode(), None)
        assert 0 < seconds(hand) < 30
        assert hand.wrote == []

    def test_seconds_run_down(self) -> None:
        """Given a shut code, when it is tried now and again, then the seconds left are fewer by those that passed."""
        hand = wrong(Hand(), 6)
        first, then = seconds(tried(hand)), hand.uptime
        assert seconds(tried(hand.wait(20))) == first - (hand.uptime - then)

    def test_trying_makes_it_no_longer(self) -> None:
        """Given a shut code, when somebody keeps trying, then it opens no later."""
        hand = wrong(Hand(), 4)
        opens = dict(hand.till.refused)["8"] + 30
        while hand.uptime < opens - 5:
            assert compared(tried(hand)) == []
        hand.wait(max(opens - hand.uptime, 0))
        assert hand.sign_in(PETROV.code).till.ledger.cashier == PETROV

    def test_another_cashier_gets_in(self) -> None:
        """Given one code shut, when another cashier signs in, then there is no wait, and the first stays shut."""
        hand = wrong(Hand(), 9).sign_in(IVANOVA.code)
        assert hand.till.ledger.cashier == IVANOVA
        assert seconds(tried(hand.press("-"))) > 800

    def test_each_code_has_its_own(self) -> None:
        """Given two codes with failures, then neither counts for the other."""
        hand = wrong(wrong(Hand(), 3), 2, IVANOVA.code)
        assert [hand.till.ledger.failed(code) for code in ("8", "7", "9")] == [3, 2, 0]

    def test_both_ways_in_count_together(self) -> None:
        """Given wrong passwords at the sign-in and in the dialog of rights, then they are one row of failures."""
        hand = wrong(Hand(), 2).sign_in().scan(BREAD.barcode).press("f4")
        tried(tried(hand))
        assert hand.till.ledger.failed("8") == 4
        assert (compared(tried(hand)), hand.notice) == ([], "code_is_shut")
        assert compared(tried(hand.press("escape", "-"))) == []


class TestForgiven:
    def test_sign_in(self) -> None:
        """Given failures, when the right password comes, then three are free again."""
        hand = wrong(Hand(), 5).wait(60).sign_in(PETROV.code).press("-")
        assert hand.till.ledger.failures == ()
        for _ in range(4):
            assert compared(tried(hand)) == ["8"]

    def test_approval(self) -> None:
        """Given failures, when that person confirms something, then three are free again."""
        hand = wrong(Hand(), 5).wait(60).sign_in().scan(BREAD.barcode).press("f4").approve()
        assert hand.till.ledger.failures == ()

    def test_sign_in_of_another_forgives_nothing(self) -> None:
        """Given failures, when another cashier signs in or confirms, then they stay."""
        hand = wrong(Hand(), 5).sign_in().scan(BREAD.barcode).press("f4").approve(KUZMIN.code)
        assert hand.till.ledger.failed("8") == 5

    def test_who_may_not_sign_in_is_not_forgiven_for_trying(self) -> None:
        """Given a person who may only confirm, when he gives the right password at the sign-in, then all stays."""
        hand = wrong(Hand(), 3, KUZMIN.code).sign_in(KUZMIN.code)
        assert (hand.notice, hand.till.ledger.failed(KUZMIN.code)) == ("person_may_not_sign_in", 3)


class TestNobody:
    def test_unknown_codes_are_not_remembered(self) -> None:
        """Given what is nobody's code, and may be a password, when it is refused, then nothing of the till has it."""
        hand = Hand()
        for _ in range(9):
            assert compared(tried(hand, "2222")) == ["2222"]
        assert (hand.till.ledger.failures, hand.till.refused) == ((), ())
        assert set(hand.facts) == {f.SignInRefused("")}
        assert "2222" not in repr(hand.till)

    def test_one_moment_for_each_code(self) -> None:
        """Given many wrong passwords, then the till remembers the last of each code only."""
        hand = wrong(wrong(Hand(), 6), 3, IVANOVA.code)
        assert sorted(code for code, _ in hand.till.refused) == ["7", "8"]

    def test_late_answer_still_counts(self) -> None:
        """Given a dialog that was left in time, when the password turns out wrong, then it counts, unseen."""
        for hand in (Hand(), Hand.signed_in().scan(BREAD.barcode), Hand.signed_in().scan(BREAD.barcode).press("plus")):
            mode = hand.till.mode
            hand.give(PasswordChecked("8", None))
            assert (hand.till.ledger.failed("8"), hand.wrote, hand.till.mode) == (1, ["SignInRefused"], mode)
            assert hand.notice == ""

    def test_late_answers_shut_the_code(self) -> None:
        """Given four wrong passwords that nobody waited for, then the code is shut like after any other four."""
        hand = Hand()
        for _ in range(4):
            hand.give(PasswordChecked("8", None))
        assert seconds(tried(hand)) > 0

    def test_late_answer_about_nobodys_code(self) -> None:
        """Given an answer about what is nobody's code, when nobody waits for it, then nothing is written."""
        hand = Hand.signed_in().give(PasswordChecked("2222", None, known=False))
        assert (hand.till.ledger.failures, hand.wrote) == ((), [])

    def test_late_right_password_lets_nobody_in(self) -> None:
        """Given a right password that nobody waits for any more, then nobody is signed in and nothing is allowed."""
        hand = Hand().give(PasswordChecked("8", PETROV))
        assert (hand.till.mode, hand.till.approver, hand.wrote) == (m.EnteringCode(), None, [])


class TestRestart:
    def test_delay_begins_anew(self) -> None:
        """Given a shut code, when the till starts again, then all of its delay is still to come."""
        hand = wrong(Hand(), 6)
        hand = cut(hand.wait(119))
        assert seconds(tried(hand)) > 110
        assert cut(hand).till.since == hand.uptime

    def test_restart_of_the_computer(self) -> None:
        """Given a shut code, when the computer starts again and its uptime from nought, then the delay is whole."""
        hand = cut(wrong(Hand(), 5).wait(10**6))
        hand.uptime = 3.0
        hand.till = replace(hand.till, since=3.0, uptime=3.0)
        assert 50 < seconds(tried(hand)) <= 60
        assert hand.wait(60).sign_in(PETROV.code).till.ledger.cashier == PETROV

    def test_free_ones_stay_free(self) -> None:
        """Given two slips, when the till starts again, then the third is free and the right one opens it."""
        hand = cut(wrong(Hand(), 2))
        assert compared(tried(hand)) == ["8"]
        assert hand.sign_in(PETROV.code).till.ledger.cashier == PETROV

    def test_row_goes_on(self) -> None:
        """Given three wrong ones, when the till starts again and a fourth follows, then the code is shut."""
        hand = tried(cut(wrong(Hand(), 3)))
        assert seconds(tried(hand)) > 0


class TestClock:
    @pytest.mark.parametrize("days", [-4000, -1, 1, 4000])
    def test_clock_is_nothing_to_it(self, days: int) -> None:
        """Given a shut code, when the clock of the shop is set days forward or back, then it is shut as long."""
        hand = wrong(Hand(), 7)
        before = seconds(tried(hand))
        hand.clock += days * DAY
        after = seconds(tried(hand))
        assert 0 < before - after < 10
        assert hand.wait(after).sign_in(PETROV.code).till.ledger.cashier == PETROV
