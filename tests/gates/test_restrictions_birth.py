"""The buyer's date of birth as it is typed at the till: put right, compared, kept as an age."""

import json
from datetime import datetime

import pytest

from cashier.core import facts as f
from cashier.core import modes as m
from cashier.core.passage import Questioned
from cashier.core.say import say
from tests.core.goods import BREAD
from tests.gates.restricted import TONIC, Kiosk

BIRTH = "entry_birth"


def asked() -> Kiosk:
    """Want the energy drink."""
    return Kiosk.open().want(TONIC)


def typed_so_far(kiosk: Kiosk) -> str:
    """Return what stands typed in the question."""
    mode = kiosk.till.mode
    assert isinstance(mode, m.Passing)
    assert isinstance(mode.at, Questioned)
    return mode.at.entry


class TestTypedDate:
    @pytest.mark.parametrize(
        ("typed", "age"),
        [
            *(("20112008", 18), ("201108", 18), ("01011981", 45), ("21111906", 119), ("20111906", 120)),
            *(("20.11.2008", 18), ("1.2.08", 18), ("01.1.1981", 45)),
        ],
    )
    def test_old_enough(self, typed: str, age: int) -> None:
        """Given a date of birth on or before the latest, then the goods are in, and the age is kept, not the date."""
        kiosk = asked().press("2").write(typed).press("enter")
        assert kiosk.names == ["Энергетик"]
        assert kiosk.answered_for == [(age, "Иванова", True)]
        born = kiosk.happened(f.AgeConfirmed)[0]
        assert set(json.loads(f.to_json(born))) == {"type", "receipt", "age", "at", "by", "entered"}

    @pytest.mark.parametrize(
        ("typed", "advice"),
        [
            ("21112008", "age_tomorrow_advice"),
            ("211108", "age_tomorrow_advice"),
            ("21.11.2008", "age_tomorrow_advice"),
            ("22112008", "age_too_young_advice"),
            ("21112026", "age_too_young_advice"),
            ("201126", "age_too_young_advice"),
            ("1.2.09", "age_too_young_advice"),
        ],
    )
    def test_too_young(self, typed: str, advice: str) -> None:
        """Given the very day of the eighteenth birthday, or a later one, then the sale is refused and nothing kept."""
        kiosk = asked().press("2").write(typed).press("enter")
        assert (kiosk.problem, kiosk.advice) == ("age_too_young", advice)
        assert (kiosk.wrote, kiosk.till.ledger.receipt) == ([], None)
        kiosk.press("escape")
        assert (kiosk.names, kiosk.want(TONIC).asks) == ([], "age_title")

    def test_too_young_in_an_open_receipt(self) -> None:
        """Given an open receipt, when the buyer is too young, then what is in it stays, and the age is written down."""
        kiosk = Kiosk.open().want(BREAD, TONIC).press("2").write("21112008").press("enter")
        assert kiosk.wrote == ["AgeConfirmed"]
        kiosk.press("escape")
        assert (kiosk.names, kiosk.receipt.age, kiosk.answered_for) == (["Хлеб"], 17, [(17, "Иванова", True)])

    @pytest.mark.parametrize(
        ("typed", "problem"),
        [
            *((own, "age_date_bad") for own in ("31022008", "310208", "21112027", "01011900", "31.2.2008", "0.1.08")),
            *(
                (own, "age_date_short")
                for own in ("1", "2" * 48, "21.112008", ".", "20.11", "20.11.008", "2011200", "211.1.2008")
            ),
        ],
    )
    def test_no_date_stays_to_be_put_right(self, typed: str, problem: str) -> None:
        """Given what is no date of birth, then it stands there still, with what is wrong, until it is one."""
        kiosk = asked().press("2").write(typed).press("enter")
        for _ in range(2):
            assert kiosk.asks == BIRTH
            assert kiosk.question is not None
            assert (kiosk.question.problem, kiosk.question.typed) == (say(problem), typed)
            assert (typed_so_far(kiosk), kiosk.wrote) == (typed, [])
            kiosk.press("enter")
        assert kiosk.press("escape").asks == BIRTH
        assert kiosk.write("20112008").press("enter").names == ["Энергетик"]

    def test_comma_is_a_point(self) -> None:
        """Given a date typed with commas, then it is one with points."""
        assert asked().press("2").write("20,11,2008").press("enter").names == ["Энергетик"]

    def test_last_digit_is_put_right(self) -> None:
        """Given the thirtieth of February, when its end is erased and typed anew, then it is a date."""
        kiosk = asked().press("2").write("30.02.2007").press("enter", *("backspace",) * 7).write("11.2007")
        assert typed_so_far(kiosk) == "30.11.2007"
        assert kiosk.press("enter").names == ["Энергетик"]

    def test_nothing_typed(self) -> None:
        """Given nothing typed, when Enter is pressed, then it is refused and the date is asked for still."""
        kiosk = asked().press("2", "enter")
        assert (kiosk.asks, kiosk.question.problem if kiosk.question else None) == (BIRTH, None)

    @pytest.mark.parametrize("key", ["я", "plus", "slash", "asterisk", "space", "up", "delete", "-", "²"])
    def test_digits_and_points_alone_are_typed(self, key: str) -> None:
        """Given letters and other keys, then each is refused, and what was typed stands."""
        kiosk = asked().press("2").write("2011").press(key)
        assert (kiosk.asks, typed_so_far(kiosk)) == (BIRTH, "2011")
        assert kiosk.write("2008").press("enter").names == ["Энергетик"]

    def test_typing_is_put_right(self) -> None:
        """Given a wrong digit, when it is erased, then the date goes on from there."""
        assert asked().press("2").write("2012").press("backspace").write("12008").press("enter").names == ["Энергетик"]

    def test_escape_clears_then_gives_up(self) -> None:
        """Given digits typed, when Esc is pressed, then they are gone; at once more nothing is sold."""
        kiosk = asked().press("2").write("2111").press("escape")
        assert kiosk.asks == BIRTH
        assert kiosk.write("20112008").press("escape", "escape").asks == ""
        assert (kiosk.names, kiosk.facts[1:], type(kiosk.till.mode)) == ([], [], m.Selling)

    def test_scan_is_refused(self) -> None:
        """Given digits typed, when something is scanned, then it is refused and the digits stand."""
        kiosk = asked().press("2").write("2011").scan(BREAD.barcode).write("2008").press("enter")
        assert kiosk.names == ["Энергетик"]

    def test_day_of_the_till_counts(self) -> None:
        """Given the day after the birthday, then the same date is old enough."""
        kiosk = Kiosk.open().at(datetime(2026, 11, 22, 0, 0)).want(TONIC)  # noqa: DTZ001 - shop's local time
        assert kiosk.press("2").write("21112008").press("enter").names == ["Энергетик"]
