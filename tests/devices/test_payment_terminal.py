"""The payment terminal that only pretends, and how a till settles an unknown outcome with it."""

import asyncio
import math
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from devices import CardSlip, PaymentTerminal, SimulatedTerminal, TerminalOutcome
from devices.payment import Fault


@pytest.fixture
def terminal(tmp_path: Path) -> SimulatedTerminal:
    """A new terminal, whose abandoned operations go on until they are finished."""
    made = SimulatedTerminal(tmp_path)
    made.lingers = math.inf
    return made


async def begun(terminal: SimulatedTerminal) -> None:
    """Wait until an operation waits for its card."""
    async with asyncio.timeout(5):
        while "pending" not in {status for *_, status in terminal.operations()}:  # noqa: ASYNC110 - no event to await
            await asyncio.sleep(0.002)


class TestPaying:
    async def test_approved(self, terminal: SimulatedTerminal) -> None:
        """Given a card, then the slip has the operation, the bank's code and no whole card number."""
        paid = await terminal.pay("t-1", 12345)
        assert paid.slip == CardSlip(
            "000001",
            "007919",
            "**** 1234",
            ("Заглушка терминала", "Оплата 123.45", "Карта **** 1234", "Операция 000001, код 007919"),
        )
        assert (paid.result, await terminal.last("t-1")) == ("approved", paid)
        assert terminal.operations() == [("t-1", "pay", 12345, "approved")]

    async def test_a_repeat_charges_again(self, terminal: SimulatedTerminal) -> None:
        """Given the same token twice, then a real terminal does not protect the till from itself."""
        for _ in range(2):
            await terminal.pay("t-1", 100)
        assert terminal.operations() == [("t-1", "pay", 100, "approved")] * 2

    async def test_it_remembers(self, terminal: SimulatedTerminal, tmp_path: Path) -> None:
        """Given a restart of the till's program, then the terminal tells the same and counts on."""
        paid = await terminal.pay("t-1", 100)
        again = SimulatedTerminal(tmp_path)
        assert await again.last("t-1") == paid
        after = await again.pay("t-2", 100)
        assert after.slip
        assert after.slip.operation == "000002"
        assert await again.last("t-1") == TerminalOutcome("absent")

    async def test_torn_record(self, terminal: SimulatedTerminal, tmp_path: Path) -> None:
        """Given half a record at the end of the file, then it never was."""
        await terminal.pay("t-1", 100)
        with (tmp_path / "terminal.jsonl").open("a") as file:
            file.write('{"number": 2, "tok')
        assert await terminal.last("t-2") == TerminalOutcome("absent")
        await terminal.pay("t-2", 100)
        assert len(terminal.operations()) == 2

    async def test_nothing_yet(self, terminal: SimulatedTerminal) -> None:
        """Given a new terminal, then every token is absent."""
        assert await terminal.last("t-1") == TerminalOutcome("absent")
        terminal.finish()
        assert terminal.operations() == []


class TestReversing:
    async def test_once(self, terminal: SimulatedTerminal) -> None:
        """Given a charged operation, then it is reversed whole and only once."""
        await terminal.pay("t-1", 100)
        back = await terminal.reverse("t-2", "000001", 100)
        assert (back.result, await terminal.last("t-2")) == ("approved", back)
        assert back.slip
        assert back.slip.text[1] == "Отмена оплаты 1.00"
        assert (await terminal.reverse("t-3", "000001", 100)).result == "declined"
        assert [status for *_, status in terminal.operations()] == ["approved", "approved", "declined"]

    @pytest.mark.parametrize(("operation", "amount"), [("000001", 99), ("000002", 100), ("000003", 100), ("", 100)])
    async def test_refused(self, terminal: SimulatedTerminal, operation: str, amount: int) -> None:
        """Given another sum, an operation that was declined, one that never was, none: then no money moves."""
        await terminal.pay("t-1", 100)
        terminal.fault = "declined"
        await terminal.pay("t-2", 100)
        terminal.fault = ""
        back = await terminal.reverse("t-3", operation, amount)
        assert (back.result, await terminal.last("t-3")) == ("declined", back)

    async def test_unknown(self, terminal: SimulatedTerminal) -> None:
        """Given a terminal that dies after reversing, then asking tells that the money went back."""
        await terminal.pay("t-1", 100)
        terminal.fault = "dead_between"
        assert (await terminal.reverse("t-2", "000001", 100)).result == "unknown"
        terminal.fault = ""
        assert (await terminal.last("t-2")).result == "approved"


class TestRefunding:
    async def test_in_parts_and_no_more_than_was_paid(self, terminal: SimulatedTerminal) -> None:
        """Given 1 rouble paid, then it goes back in parts; a kopeck more is declined, and nothing of it moves."""
        await terminal.pay("t-1", 100)
        back = await terminal.refund("t-2", "000001", 60)
        assert (back.result, await terminal.last("t-2")) == ("approved", back)
        assert back.slip
        assert back.slip.text[1] == "Возврат 0.60"
        over = await terminal.refund("t-3", "000001", 41)
        assert (over.result, over.slip, bool(over.reason)) == ("declined", None, True)
        assert await terminal.last("t-3") == over
        assert (await terminal.refund("t-4", "000001", 40)).result == "approved"
        assert [(kind, status) for _, kind, _, status in terminal.operations()] == [
            ("pay", "approved"), ("refund", "approved"), ("refund", "declined"), ("refund", "approved"),
        ]  # fmt: skip

    @pytest.mark.parametrize("operation", ["004711", ""], ids=["of another till", "by the card"])
    async def test_what_it_does_not_know(self, terminal: SimulatedTerminal, operation: str) -> None:
        """Given an operation of another till, or none that anybody knows, then the card decides, however often."""
        for token in ("t-1", "t-2"):
            assert (await terminal.refund(token, operation, 10_000)).result == "approved"

    async def test_days_later(self, terminal: SimulatedTerminal, tmp_path: Path) -> None:
        """Given operations and a restart in between, then what went back before still counts."""
        await terminal.pay("t-1", 100)
        await terminal.refund("t-2", "000001", 100)
        await terminal.pay("t-3", 500)
        assert (await SimulatedTerminal(tmp_path).refund("t-4", "000001", 1)).result == "declined"

    async def test_nothing_is_left_of_what_was_not_charged(self, terminal: SimulatedTerminal) -> None:
        """Given a payment that was declined, one taken back and a refund itself, then none of them can be refunded."""
        terminal.fault = "declined"
        await terminal.pay("t-1", 100)
        terminal.fault = ""
        await terminal.pay("t-2", 100)
        await terminal.reverse("t-3", "000002", 100)
        await terminal.refund("t-4", "", 100)
        for operation in ("000001", "000002", "000004"):
            assert (await terminal.refund("t-5", operation, 1)).result == "declined"

    async def test_what_went_back_in_part_is_not_reversed(self, terminal: SimulatedTerminal) -> None:
        """Given a kopeck refunded, then the operation is not cancelled whole any more: it would pay out twice."""
        await terminal.pay("t-1", 100)
        await terminal.refund("t-2", "000001", 1)
        assert (await terminal.reverse("t-3", "000001", 100)).result == "declined"

    async def test_unknown_is_settled_by_asking(self, terminal: SimulatedTerminal) -> None:
        """Given a terminal that dies after giving money back, then asking tells so; declined by the bank likewise."""
        await terminal.pay("t-1", 100)
        terminal.fault = "dead_between"
        assert (await terminal.refund("t-2", "000001", 100)).result == "unknown"
        terminal.fault = "declined"
        assert (await terminal.last("t-2")).result == "approved"
        assert (await terminal.refund("t-3", "", 100)).result == "declined"


class TestFaults:
    async def test_declined(self, terminal: SimulatedTerminal) -> None:
        """Given a bank that says no, then the terminal's words are told, now and when it is asked."""
        terminal.fault = "declined"
        declined = await terminal.pay("t-1", 100)
        assert declined == TerminalOutcome("declined", "Недостаточно средств")
        assert await terminal.last("t-1") == declined

    async def test_silent(self, terminal: SimulatedTerminal) -> None:
        """Given a terminal that says nothing, then nothing is charged, and that is known when it speaks again."""
        terminal.fault = "silent"
        assert await terminal.pay("t-1", 100) == TerminalOutcome("unknown")
        assert await terminal.last("t-1") == TerminalOutcome("unknown")
        terminal.fault = ""
        assert await terminal.last("t-1") == TerminalOutcome("absent")

    async def test_lost(self, terminal: SimulatedTerminal) -> None:
        """Given a request that got lost, then its last operation is another one."""
        await terminal.pay("t-1", 100)
        terminal.fault = "lost"
        assert await terminal.pay("t-2", 100) == TerminalOutcome("unknown")
        assert await terminal.last("t-2") == TerminalOutcome("absent")
        assert len(terminal.operations()) == 1

    async def test_dead_between(self, terminal: SimulatedTerminal, tmp_path: Path) -> None:
        """Given a terminal that dies after charging, then it is unknown as long as it is dead, then approved."""
        terminal.fault = "dead_between"
        assert await terminal.pay("t-1", 100) == TerminalOutcome("unknown")
        assert await terminal.last("t-1") == TerminalOutcome("unknown")
        assert (await SimulatedTerminal(tmp_path).last("t-1")).result == "approved"

    async def test_late(self, terminal: SimulatedTerminal) -> None:
        """Given a till that gave up waiting, then the operation is pending until the card comes."""
        terminal.fault = "late"
        assert await terminal.pay("t-1", 100) == TerminalOutcome("unknown")
        assert await terminal.last("t-1") == TerminalOutcome("pending")
        terminal.finish()
        assert (await terminal.last("t-1")).result == "approved"
        assert terminal.operations() == [("t-1", "pay", 100, "approved")]

    async def test_late_and_not_finished(self, terminal: SimulatedTerminal, tmp_path: Path) -> None:
        """Given an operation that nobody waits for, when its time is over, then it was charged."""
        terminal.fault = "late"
        await terminal.pay("t-1", 100)
        again = SimulatedTerminal(tmp_path)
        again.lingers = 0.0
        assert (await again.last("t-1")).result == "approved"

    async def test_late_and_the_clock_goes_back(
        self, terminal: SimulatedTerminal, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Given a clock set back, then the operation is not pending for a year."""
        terminal.fault = "late"
        await terminal.pay("t-1", 100)
        monkeypatch.setattr("devices.payment.simulated.time.time", lambda: 0.0)
        assert (await terminal.last("t-1")).result == "approved"

    async def test_late_and_repeated(self, terminal: SimulatedTerminal) -> None:
        """Given a till that pays again while the first goes on, then both are charged: a till must not."""
        terminal.fault = "late"
        await terminal.pay("t-1", 100)
        terminal.fault = ""
        await terminal.pay("t-1", 100)
        assert [status for *_, status in terminal.operations()] == ["approved", "approved"]

    async def test_disk(self, tmp_path: Path) -> None:
        """Given a terminal whose record cannot be written or read, then all is unknown and nothing is raised."""
        (tmp_path / "file").write_text("")
        broken = SimulatedTerminal(tmp_path / "file" / "x")
        assert (await broken.pay("t-1", 100)).result == "unknown"
        assert (await broken.last("t-1")).result == "unknown"


class TestWaitingForTheCard:
    async def test_cancelled(self, tmp_path: Path) -> None:
        """Given a customer who went away, when the cashier cancels, then no money moves."""
        terminal = SimulatedTerminal(tmp_path, delay=60)
        paying = asyncio.create_task(terminal.pay("t-1", 100))
        await begun(terminal)
        assert await terminal.last("t-1") == TerminalOutcome("pending")
        terminal.cancel()
        assert await paying == TerminalOutcome("declined", "cancelled") == await terminal.last("t-1")

    async def test_cancelled_at_once(self, tmp_path: Path) -> None:
        """Given a cancel before the terminal has even begun, then it counts."""
        terminal = SimulatedTerminal(tmp_path, delay=60)
        paying = asyncio.create_task(terminal.pay("t-1", 100))
        await asyncio.sleep(0)
        terminal.cancel()
        assert (await paying).reason == "cancelled"

    async def test_cancel_of_nothing(self, terminal: SimulatedTerminal) -> None:
        """Given nothing under way, then a cancel does not spoil the next payment."""
        terminal.cancel()
        assert (await terminal.pay("t-1", 100)).result == "approved"
        terminal.cancel()
        assert (await terminal.last("t-1")).result == "approved"

    async def test_cancel_comes_too_late(self, tmp_path: Path) -> None:
        """Given a card that came first, when the cashier cancels, then it is charged and told so."""
        terminal = SimulatedTerminal(tmp_path, delay=60)
        paying = asyncio.create_task(terminal.pay("t-1", 100))
        await begun(terminal)
        terminal.finish()
        terminal.cancel()
        assert (await paying).result == "approved"

    async def test_till_dies_while_it_waits(self, tmp_path: Path) -> None:
        """Given a till killed while the card is awaited, then the terminal goes on, and tells when it is asked."""
        terminal = SimulatedTerminal(tmp_path, delay=60)
        paying = asyncio.create_task(terminal.pay("t-1", 100))
        await begun(terminal)
        paying.cancel()
        await asyncio.gather(paying, return_exceptions=True)
        again = SimulatedTerminal(tmp_path, delay=60)
        again.lingers = 0.0
        assert await again.last("t-1") == TerminalOutcome("pending")
        again.finish()
        assert (await again.last("t-1")).result == "approved"


async def paid(terminal: PaymentTerminal, token: str) -> TerminalOutcome:
    """Pay a rouble."""
    return await terminal.pay(token, 100)


async def settled(terminal: SimulatedTerminal, token: str) -> TerminalOutcome:
    """Do what a till does after an unknown outcome: ask until it is told."""
    terminal.fault = ""
    if (told := await terminal.last(token)).result == "pending":
        terminal.finish()
        told = await terminal.last(token)
    return told


class TestSettling:
    @settings(max_examples=60, deadline=None)
    @given(
        faults=st.lists(st.sampled_from(["", "declined", "silent", "late", "dead_between", "lost"]), max_size=8),
        data=st.data(),
    )
    def test_by_asking(
        self, faults: list[Fault], data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
    ) -> None:
        """Given any faults and restarts, when the till asks, then it knows of exactly what was charged."""
        folder = tmp_path_factory.mktemp("terminal")
        restarts = [data.draw(st.booleans()) for _ in faults]
        asyncio.run(_played(folder, faults, restarts))

    @pytest.mark.parametrize("fault", ["late", "dead_between"])
    async def test_red_control(self, terminal: SimulatedTerminal, fault: Fault) -> None:
        """Given a till that repeats instead of asking, then the card is charged twice."""
        terminal.fault = fault
        await terminal.pay("t-1", 100)
        terminal.fault = ""
        await terminal.pay("t-1", 100)
        assert terminal.operations() == [("t-1", "pay", 100, "approved")] * 2


async def _played(folder: Path, faults: list[Fault], restarts: list[bool]) -> None:
    terminal, charged = SimulatedTerminal(folder), list[str]()
    for number, (fault, restart) in enumerate(zip(faults, restarts, strict=True)):
        token, terminal.fault, terminal.lingers = f"t-{number}", fault, math.inf
        told = await paid(terminal, token)
        if restart:
            terminal = SimulatedTerminal(folder)
            terminal.lingers = math.inf
        if told.result == "unknown":
            told = await settled(terminal, token)
        assert told.result in {"approved", "declined", "absent"}
        charged += [token] if told.result == "approved" else []
    assert [token for token, *_, status in terminal.operations() if status == "approved"] == charged
