"""The choice of a price among people, power cuts and servers: who may choose, what is left, what is told (spec R1)."""

from cashier.core import facts as f
from cashier.core import modes as m
from cashier.core.rights import SENIOR
from cashier.core.state import Rules
from cashier.gates.price import PriceGate
from tests.core.approving import stage
from tests.core.goods import BREAD, ORLOV
from tests.gates.marked import FREE, STRICT, gate
from tests.gates.priced import MARK, Kiosk, asked, pack, priced


def asking_server() -> Kiosk:
    """Open a till whose marks the cash server checks."""
    return Kiosk.signed_in(rules=Rules(gates=(gate(STRICT), PriceGate()), reads_marks=True))


class TestRight:
    def test_cashier_with_the_right(self) -> None:
        """Given the right, when a row is taken, then nobody is asked."""
        assert asked().press("1").approvals == []

    def test_another_user_is_asked(self) -> None:
        """Given no right, when a row is taken, then a senior is asked; his word brings that row in, and is kept."""
        kiosk = asked(chooses=SENIOR).press("1")
        assert (stage(kiosk), kiosk.sold) == ("code", [])
        kiosk.approve()
        assert (kiosk.sold, kiosk.at_rest) == ([("Сигареты", 18000)], True)
        assert kiosk.wrote == ["Approved", "LineAdded"]
        assert kiosk.approvals == [("choose_price", "Петров", "Иванова")]

    def test_row_gone_to_is_the_row_allowed(self) -> None:
        """Given no right, when a row is gone to and Enter pressed, then the word is for that row."""
        assert asked(chooses=SENIOR).press("down", "enter").approve().sold == [("Сигареты", 21000)]

    def test_no_word_is_given(self) -> None:
        """Given a senior asked, when Esc is pressed, then the window stands; once more, and nothing was sold."""
        kiosk = asked(chooses=SENIOR).press("3", "escape")
        assert (len(kiosk.rows), kiosk.sold, kiosk.approvals) == (3, [], [])
        assert kiosk.press("escape").at_rest
        assert kiosk.facts == [own for own in kiosk.facts if isinstance(own, f.SignedIn)]

    def test_somebody_without_the_right_either(self) -> None:
        """Given a senior asked, when another cashier signs, then nothing is sold."""
        kiosk = asked(chooses=SENIOR).press("1").approve(ORLOV.code)
        assert (stage(kiosk), kiosk.sold, kiosk.notice) == ("code", [], "no_right_either")

    def test_scan_meanwhile(self) -> None:
        """Given a senior asked, when something is scanned, then it is refused."""
        kiosk = asked(chooses=SENIOR).press("1").scan(BREAD.barcode)
        assert (stage(kiosk), kiosk.sold) == ("code", [])

    def test_no_choice_no_right(self) -> None:
        """Given one price that is left, then the right plays no part."""
        assert asked(priced(19500), 23000, chooses=SENIOR).sold == [("Сигареты", 19500)]


class TestPowerCut:
    def test_in_the_window(self) -> None:
        """Given the window, when the power fails, then nothing of the pack is left, and it can be sold again."""
        kiosk = Kiosk.signed_in(rules=Kiosk.open().rules)
        before = kiosk.till.ledger
        assert kiosk.take(MARK).rows
        again = kiosk.restarted()
        assert again.till.ledger == before
        assert again.sign_in().take(MARK).press("2").marks == [MARK.ki]

    def test_after_the_choice(self) -> None:
        """Given a price chosen, when the power fails, then the line stands at it, with its minimum."""
        kiosk = Kiosk.signed_in(rules=Kiosk.open().rules).take(pack(priced(19500, 21000, floor=19000), 23000))
        again = kiosk.press("2").restarted()
        (line,) = again.receipt.live
        assert (line.price, line.min_price, line.ki) == (21000, 19000, MARK.ki)
        assert not isinstance(again.sign_in().till.mode, m.Passing)


class TestServer:
    def test_mark_is_reserved_once_the_price_is_chosen(self) -> None:
        """Given the server, then its status comes before the window, and the reserve after it."""
        kiosk = asking_server().take(MARK)
        assert kiosk.waits == "mark_checking"
        assert len(kiosk.reply(FREE).rows) == 3
        assert kiosk.press("1").waits == "mark_reserving"
        assert kiosk.reply("RESERVED").sold == [("Сигареты", 18000)]

    def test_escape_tells_nobody(self) -> None:
        """Given the same, when Esc is pressed in the window, then nothing was reserved and nobody is told."""
        kiosk = asking_server().take(MARK).reply(FREE).press("escape")
        assert (kiosk.sold, kiosk.queued, kiosk.till.ledger.intents, len(kiosk.requests)) == ([], [], (), 1)

    def test_reserve_that_is_refused(self) -> None:
        """Given a price chosen, when another till was first, then the line goes."""
        kiosk = asking_server().take(MARK).reply(FREE).press("1").reply("SOLD")
        assert (kiosk.sold, kiosk.popup[1]) == ([], "mark_take_another")
