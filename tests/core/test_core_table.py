"""Every state with every event: a step is total, repeatable, and refuses the scans a state does not want."""

import uuid
from datetime import timedelta
from typing import get_args, get_type_hints

import pytest
from msgspec.structs import replace

from cashier.core import modes as m
from cashier.core.effects import Log, Record, Signal
from cashier.core.events import Answer, Event, FiscalReady, PasswordChecked, Pressed, Scanned, ScanRead, Stamped
from cashier.core.facts import AnyFact, SignInRefused
from cashier.core.keys import Action, Context, key_map
from cashier.core.machines import step
from cashier.core.passage import Phase, Questioned
from cashier.core.rights import Errand
from cashier.core.state import Till
from tests.core.goods import IVANOVA, PETROV
from tests.core.hand import NOON, SCANNER, check, recorded
from tests.core.sample_marks import marks
from tests.core.sample_orders import orders
from tests.core.sample_restricted import restricted
from tests.core.samples import ALL_MODES, COMMON, KEYS, events, state_name, states, strange

STATES = {**states(), **strange(), **marks(), **restricted(), **orders()}
LATER = NOON + timedelta(hours=1)
UPTIME = 3600.0
WRONG = PasswordChecked(IVANOVA.code, None)


def stamped(event: Event) -> Stamped:
    """Put an event an hour after all that was done to reach the states."""
    return Stamped(event, LATER, uuid.UUID(int=1 << 100), UPTIME)


def wants_scans(till: Till) -> bool:
    """Tell which states a scan means something to."""
    mode = till.mode
    asked = isinstance(mode, m.Passing) and isinstance(mode.at, Questioned) and mode.at.question.wants_scan
    checks = isinstance(mode, m.CheckingPrice | m.ShowingPrice)
    ordering = isinstance(mode, m.Ordering) and mode.stage == "typing"
    returning = isinstance(mode, m.Returning) or (isinstance(mode, m.Seeking) and not mode.token)
    return asked or checks or ordering or returning or (isinstance(mode, m.Selling) and not mode.entry)


def test_samples_hold_every_state() -> None:
    """No mode is missing in the table, and a line on its way stands in every phase."""
    assert {type(till.mode) for till in STATES.values()} == ALL_MODES
    phases = {till.mode.passage.phase for till in STATES.values() if isinstance(till.mode, m.Passing)}
    assert phases == set(Phase)
    assert {"EnterWaiting", "EnterAsking", "ReleaseWaiting", "ReleaseAsking", "AddedWaiting", "LeaveWaiting"} == {
        state_name(till.mode) for till in STATES.values() if isinstance(till.mode, m.Passing)
    }


def test_samples_hold_every_stage() -> None:
    """No stage is missing of those states that have some, and every errand is asked for."""
    modes = [till.mode for till in STATES.values()]
    for kind in (m.Approving, m.Charging, m.Closing, m.Ordering, m.TypingPerson):
        name = "field" if kind is m.TypingPerson else "stage"
        hints = get_type_hints(kind)[name]
        assert {getattr(mode, name) for mode in modes if isinstance(mode, kind)} == set(get_args(hints))
    assert {mode.errand for mode in modes if isinstance(mode, m.Approving)} == set(Errand)
    assert {mode.purpose for mode in modes if isinstance(mode, m.Confirming)} == set(m.Purpose)


def test_samples_hold_every_kind_of_question() -> None:
    """No kind of question is missing: rows, a scan, a date typed or not, wrong or not yet; each right."""
    asked = [till.mode.at for till in STATES.values() if isinstance(till.mode, m.Passing)]
    questioned = [at for at in asked if isinstance(at, Questioned)]
    kinds = {(bool(at.question.choices), at.question.wants_scan, bool(at.question.entry)) for at in questioned}
    assert {(True, False, False), (False, True, False), (False, False, True)} <= kinds
    typed = {(bool(at.entry), bool(at.question.problem)) for at in questioned if at.question.entry}
    assert typed == {(True, False), (False, False), (False, True), (True, True)}
    ours = {Errand.CHOOSE_PRICE, Errand.CONFIRM_AGE, Errand.CONFIRM_CLOCK, None}
    assert {at.question.errand for at in questioned} == ours
    approving = (till.mode for till in STATES.values() if isinstance(till.mode, m.Approving))
    assert {mode.errand for mode in approving if isinstance(mode.back, m.Passing)} == ours - {None}


def test_samples_hold_every_event_and_action() -> None:
    """No event is missing in the table, and every action has a key in it."""
    assert {type(event) for event in COMMON} == set(get_args(Event))
    meanings = {key_map().meaning(context, key) for context in Context for key in KEYS}
    assert set(Action) <= {meaning for meaning in meanings if isinstance(meaning, Action)}


@pytest.mark.parametrize("name", STATES)
def test_state_takes_every_event(name: str) -> None:
    """Given any state, when anything happens, then the step is repeatable and its ledger is the fold of its facts."""
    for event in events(STATES[name]):
        check(STATES[name], stamped(event), step(STATES[name], stamped(event)))


@pytest.mark.parametrize("name", [name for name, till in STATES.items() if not wants_scans(till)])
def test_unwanted_scan_is_refused_aloud(name: str) -> None:
    """Given a state that wants no scan, when one comes, then there is a tone and a line in the log, nothing else."""
    till = STATES[name]
    for event in COMMON:
        if isinstance(event, Scanned):
            result = step(till, stamped(event))
            assert result.till.notice is not None
            assert result.till == replace(till, now=LATER, uptime=UPTIME, notice=result.till.notice, farewell=None)
            assert result.effects == (Signal(accepted=False, device=SCANNER), result.effects[1])
            log = result.effects[1]
            assert isinstance(log, Log)
            assert f"{event.source} refused" in log.text


def test_unreadable_scan_has_one_outcome() -> None:
    """Given the sale screen, when garbage is scanned, then one popup, one tone, one line in the log."""
    till = STATES["times typed"]
    result = step(till, stamped(Scanned(SCANNER, 1, b"\x1b[2J")))
    assert isinstance(result.till.mode, m.Popup)
    assert result.till.mode.back == till.mode
    assert result.till.notice is None
    assert [type(effect) for effect in result.effects] == [Signal, Log]


def test_log_holds_no_control_byte_and_no_long_scan() -> None:
    """Given a scan of escapes a kilobyte long, when it is refused, then the log shows its first bytes as digits."""
    result = step(STATES["popup"], stamped(Scanned(SCANNER, 1, b"\x1b[2J" * 256)))
    (log,) = (effect for effect in result.effects if isinstance(effect, Log))
    assert log.text.isprintable()
    assert "1024 bytes 1b5b324a" in log.text
    assert len(log.text) < 250


def test_table_writes_every_fact() -> None:
    """No fact is left that no step of the table writes: each has been through the journal's form."""
    written: set[type[AnyFact]] = set()
    for till in STATES.values():
        for event in events(till):
            written |= {type(fact) for fact in recorded(step(till, stamped(event)))}
    assert written == set(get_args(AnyFact))


def test_answers_nobody_waits_for_change_nothing() -> None:
    """Given a state that asked nothing, when an answer comes, then the till stands as it stood."""
    people = (m.ListingPeople, m.ChangingPerson, m.TypingPerson, m.SavingPerson)
    asking = (m.CheckingPassword, m.Approving, m.Finding, m.Searching, m.Browsing, m.CheckingPrice, *people)
    for till in STATES.values():
        if isinstance(till.mode, asking):
            continue
        for event in COMMON:
            if isinstance(event, Answer) and event != WRONG and not (isinstance(event, ScanRead) and wants_scans(till)):
                result = step(till, stamped(event))
                assert (result.till, result.effects) == (replace(till, now=LATER, uptime=UPTIME), ())


@pytest.mark.parametrize("name", STATES)
def test_wrong_password_counts_wherever_it_comes(name: str) -> None:
    """Given any state, when a comparison ends badly, then it is written once, and no dialog that stands is closed."""
    till = STATES[name]
    result = step(till, stamped(WRONG))
    assert recorded(result) == (SignInRefused(IVANOVA.code),)
    assert (IVANOVA.code, UPTIME) in result.till.refused
    assert result.till.mode == till.mode or isinstance(till.mode, m.CheckingPassword | m.Approving)


def test_nobody_has_allowed_what_is_not_done_any_more() -> None:
    """Given somebody who has allowed something, when the till is back at its sale, then nobody has allowed the next."""
    allowed = [till for till in STATES.values() if till.approver]
    assert allowed
    for till in STATES.values():
        for event in events(till):
            after = step(replace(till, approver=PETROV), stamped(event)).till
            assert not after.approver or not isinstance(after.mode, m.Selling | m.Paying | m.EnteringCode)


@pytest.mark.parametrize("name", ["fiscal device closes", "fiscal device silent"])
def test_fiscal_device_that_answers_twice_begins_nothing_anew(name: str) -> None:
    """Given a closing that was begun, when the device says its last number once more, then nothing is written."""
    till = STATES[name]
    assert isinstance(till.mode, m.Closing)
    result = step(till, stamped(FiscalReady(till.mode.token, 9)))
    assert (result.till.mode, result.effects) == (till.mode, ())


def test_closed_shift_leaves_its_question() -> None:
    """Given the question before a Z report, when the answer is yes, then the report stands, or the device is asked."""
    for name, after in (
        ("closing of the shift asked", m.Reporting),
        ("closing asked where there is a fiscal device", m.Closing),
    ):
        assert isinstance(step(STATES[name], stamped(Pressed("enter"))).till.mode, after)


def test_facts_come_first() -> None:
    """Whatever a step does, what it writes down is its first effect, so that nothing is shown before it is durable."""
    for till in STATES.values():
        for event in events(till):
            kinds = [type(effect) for effect in step(till, stamped(event)).effects]
            assert Record not in kinds[1:]
