"""The gate: which mark goes with a line, whether it may, and what the cash server is told of it.

Checks in the seed's order: own receipt, receipts put aside, past receipts of this till, then the cash server or the
white list. After the commit the mark is reserved: that answer, and not the status, decides between two tills.
"""

from datetime import datetime
from typing import assert_never

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from cashier.core import conditions
from cashier.core.catalogue import MARKED_KINDS, Kind
from cashier.core.events import NoReply, Reply
from cashier.core.facts import IntentMade, MessageQueued
from cashier.core.gate import (
    Added,
    Ask,
    Asked,
    Do,
    Enter,
    Inquiry,
    Known,
    Leave,
    Pass,
    Refuse,
    Release,
    Settlement,
    Unpayable,
)
from cashier.core.mark_words import ONE_BY_ONE, trouble
from cashier.core.quantity import ONE
from cashier.core.question import Choice, Picked, Question, ScanGiven, Written
from cashier.core.reading import Reading, Standing
from cashier.core.receipt import DocumentType, Line, Receipt
from cashier.core.return_form import in_receipt
from cashier.core.say import Say, Sum, say
from cashier.gates.marked_goods import _asking, _checks
from cashier.gates.marked_goods._asking import Memory, Order, Seen
from cashier.gates.marked_goods._known import known_of
from cashier.gates.marked_goods._rules import NAME, MarkRules
from cashier.gates.marked_goods._statuses import RESERVED, is_denial, obstacle, unreserved

CHECKED = (conditions.marks(checked=True),)
UNCHECKED = (conditions.marks(checked=False),)
SILENT = (conditions.marks(checked=False, sold=False),)

AFTER_SILENCE = 5.0
"""Seconds a reserve may take whose mark the server was silent about: one time-out has been waited out already."""


class MarkedGoodsGate(Struct, frozen=True):
    """The gate `marked_goods`; serves sales, returns and returns by receipt alike."""

    rules: MarkRules
    asks: bool = True
    """False: the module is switched off, and what was reserved before is seen to its end."""

    @property
    def name(self) -> str:
        """Name in facts and in the handler's registration."""
        return NAME

    def enter(self, asked: Asked, /) -> Enter:
        """Let goods without marking through; ask for the mark of the others and check it."""
        line = asked.line
        if not self.asks:
            return Pass(line)
        if line.product.kind not in MARKED_KINDS:
            return _of_unmarked_goods(asked)
        late = line.is_late(asked.before)
        if late and not line.waits_for_mark:
            return Pass(line)
        if (asked.before and not late) or not (line.product.fractional or line.quantity == ONE):
            return Refuse(*ONE_BY_ONE)
        match asked.answer:
            case None if asked.reading and asked.reading.accepted:
                return self._marked(_turned(asked, asked.reading), asked.reading)
            case None | Written():
                return self._ask(asked)
            case ScanGiven(reading):
                asked = _turned(asked, reading)
                problem = _checks.unfit(self.rules, asked, reading)
                return self._ask(asked, problem) if problem else self._looked_at(asked, reading)
            case Picked():
                decided = line.holding(NAME, _asking.written(Memory())) if late else line
                return Pass(replace(decided, single=True))
            case Reply() | NoReply():
                return self._answered(asked, asked.answer)
            case _:
                assert_never(asked.answer)

    def _marked(self, asked: Asked, reading: Reading) -> Enter:
        """The mark came first: what is wrong with it is said in an error, for no dialog waits."""
        problem = _checks.unfit(self.rules, asked, reading)
        return Refuse(*problem) if problem else self._looked_at(asked, reading)

    def _ask(self, asked: Asked, problem: _checks.Objection | None = None) -> Ask:
        product = asked.line.product
        may_go_without = self.rules.without_mark and product.kind is not Kind.TOBACCO
        lines = (say("mark_item", name=product.name, price=Sum(asked.line.price)),)
        choices = (Choice("without", say("mark_without")),) if may_go_without else ()
        return Ask(Question(say("mark_scan"), lines, choices, -1, wants_scan=True, problem=_in_a_line(problem)))

    def _looked_at(self, asked: Asked, reading: Reading) -> Enter:
        """Hold the mark against past receipts, then the server or the white list."""
        kind = asked.receipt.kind
        category = self.rules.of(reading.category or "")
        seen = Seen(reading.category or "", reading.code, reading.ki, reading.properties, _barcode(asked.line, reading))
        if kind is DocumentType.RETURN_BY_RECEIPT and self.rules.skip_check:
            return self._through(asked, seen, ())
        if _checks.passed_before(self.rules, asked, reading.standing):
            if not (self.rules.trust_return and category.verify and reading.standing is Standing.SOLD):
                return _registered(kind)
            seen = replace(seen, sold_here=True)
        if category.verify:
            body = _asking.order(self.rules, "status", asked.receipt, _with(asked.line, seen), Memory(seen.category))
            wait = say("mark_checking")
            return Do(body, wait, category.deadline, durable=False, thought=_asking.written(seen))
        if category.white and reading.white is False:
            return Refuse(say("mark_not_white"), _checks.instead(kind))
        return self._through(asked, seen, ())

    def _answered(self, asked: Asked, answer: Reply | NoReply) -> Enter:
        """Judge the status of the server, or do without it."""
        seen, kind = msgspec.json.decode(asked.thought, type=Seen), asked.receipt.kind
        if isinstance(answer, NoReply):
            if seen.sold_here:
                return replace(_registered(kind), known=UNCHECKED)
            if not self.rules.of(seen.category).ignore_errors:
                return _SILENT
            return self._through(asked, replace(seen, late=True), UNCHECKED)
        reason = obstacle(kind, answer.body)
        if reason:
            return Refuse(reason, _checks.instead(kind), known=CHECKED)
        if seen.sold_here and answer.body != "RETURNED":
            return replace(_registered(kind), known=CHECKED)
        return self._through(asked, seen, CHECKED)

    def _through(self, asked: Asked, seen: Seen, known: tuple[conditions.Condition, ...]) -> Pass | Refuse:
        skipped = asked.receipt.kind is DocumentType.RETURN_BY_RECEIPT and self.rules.skip_check
        reserves = self.rules.of(seen.category).verify and not skipped
        line = _checks.weighed(asked, seen.properties)
        if isinstance(line, tuple):
            return Refuse(*line, known=known)
        memory = Memory(seen.category, asked.fresh if reserves else "", seen.late)
        return Pass(replace(_with(line, seen), single=True).holding(NAME, _asking.written(memory)), known=known)

    def added(self, asked: Asked, /) -> Added:
        """Reserve the mark; whoever was first has it."""
        line, kind = asked.line, asked.receipt.kind
        memory = _asking.memory_of(line)
        if not memory.key:
            return Pass(line)
        category = self.rules.of(memory.category)
        match asked.answer:
            case Reply(body) if body == RESERVED:
                return Pass(line, known=CHECKED)
            case Reply(body):
                reason = unreserved(kind, body)
                return Refuse(reason, _checks.instead(kind), holds=not is_denial(kind, body), known=CHECKED)
            case NoReply() if category.ignore_errors:
                return Pass(line, known=UNCHECKED)
            case NoReply():
                return _SILENT
            case _:
                body = _asking.order(self.rules, "reserve", asked.receipt, line, memory)
                deadline = min(category.deadline, AFTER_SILENCE) if memory.late else category.deadline
                return Do(body, say("mark_reserving"), deadline)

    def release(self, asked: Asked, /) -> Release:
        """Ask for the mark of a line that has one; the line of the scanned mark goes, wherever the selection is."""
        if not (asked.line.mark and self.asks):
            return Pass(asked.line)
        if not isinstance(asked.answer, ScanGiven):
            return _which(asked.line, None)
        reading = asked.answer.reading
        ki = reading.ki or reading.barcode
        line = asked.receipt.marked_by(ki) if ki else None
        if line:
            return Pass(line)
        if reading.ki:
            return _which(asked.line, (say("mark_not_in_receipt"), say("mark_not_in_receipt_advice")))
        unread = say("mark_unread"), say("mark_not_one_advice")
        return _which(asked.line, trouble(reading) or unread)

    def leave(self, asked: Asked, /) -> Leave:
        """Let the mark go that was reserved for a line; one that never stood was not."""
        line = asked.line
        stood = asked.receipt.at(line.position)
        if stood is None or stood.ki != line.ki or not _asking.memory_of(line).key:
            return Pass(line)
        return Pass(line, (_asking.released(asked.receipt, line),))

    def unpayable(self, receipt: Receipt, _at: datetime, _doubted: str, /) -> Unpayable | None:
        """Find the first line of an order that waits for its mark; whatever mark is in was checked."""
        line = next((own for own in receipt.live if own.waits_for_mark), None)
        if line is None or not self.asks:
            return None
        wanted = say("order_wants_mark", name=line.product.name)
        return Unpayable(line.position, wanted, say("order_wants_mark_advice"), answerable=True)

    def about(self, inquiry: Inquiry, /) -> Known:
        """Tell whether a mark is asked for, and what is known here of the one that was scanned."""
        return Known(known_of(self.rules, inquiry)) if self.asks else Known()

    def completed(self, receipt: Receipt, /) -> tuple[MessageQueued, ...]:
        """Say what was sold, or taken back."""
        told = (line for line in receipt.live if line.mark and (self.rules.told or _asking.memory_of(line).key))
        return tuple(_asking.ended(receipt, line) for line in told)

    def cancelled(self, receipt: Receipt, /) -> tuple[MessageQueued, ...]:
        """Let all go that was reserved."""
        return tuple(_asking.released(receipt, line) for line in receipt.live if _asking.memory_of(line).key)

    def settle(self, intent: IntentMade, line: Line | None, answer: Reply | NoReply | None, /) -> Settlement:
        """Ask for the reserve of a line that stands once more; release that of one that does not."""
        order = msgspec.json.decode(intent.body, type=Order)
        release = (_asking.released_by(order, intent.position),)
        if line is None or line.ki != order.request.ki:
            return Settlement(release)
        category = self.rules.of(order.category)
        match answer:
            case None:
                return Settlement(again=category.deadline)
            case Reply(body) if body == RESERVED:
                return Settlement(known=CHECKED)
            case Reply(body):
                kind = DocumentType(order.request.document_type)
                # The first of the requests may come yet, and be granted by then.
                return Settlement(release, withdraw=True, reason=unreserved(kind, body), known=CHECKED)
            case NoReply() if category.ignore_errors:
                return Settlement(known=UNCHECKED)
            case NoReply():
                return Settlement(release, withdraw=True, reason=say("mark_server_silent"), known=SILENT)
            case _:
                assert_never(answer)


_SILENT = Refuse(say("mark_server_silent"), say("mark_server_silent_advice"), known=SILENT)


def _registered(kind: DocumentType) -> Refuse:
    return Refuse(say("mark_registered_before"), _checks.instead(kind))


def _turned(asked: Asked, reading: Reading) -> Asked:
    """Let a mark give its own position of the sale back, where that costs the same as the one that was chosen."""
    sale, line = asked.receipt.sale, asked.line
    own, chosen = (sale.of_mark(reading.ki), sale.at_position(line.origin)) if sale else (None, None)
    if own is None or chosen is None or in_receipt(asked.receipt, own.position):
        return asked
    same = (own.product.code, own.left, own.price, own.sum) == (
        chosen.product.code, chosen.left, chosen.price, chosen.sum
    )  # fmt: skip
    return replace(asked, line=replace(line, origin=own.position)) if same else asked


def _of_unmarked_goods(asked: Asked) -> Pass | Refuse:
    """A mark on goods that the dictionary does not call marked: sold without it the mark would stay in circulation."""
    if asked.reading is None or not asked.reading.accepted:
        return Pass(asked.line)
    return Refuse(say("goods_not_marked", name=asked.line.product.name), say("goods_not_marked_advice"))


def _barcode(line: Line, reading: Reading) -> str:
    """Return the barcode that servers hear of: that of the line, else of the goods as the mark names them."""
    named = (own.barcode for own in reading.products if own.code == line.product.code)
    return line.product.barcode or next(named, reading.barcode)


def _with(line: Line, seen: Seen) -> Line:
    """Put a mark on a line."""
    product = replace(line.product, barcode=seen.barcode)
    return replace(line, product=product, mark=seen.code, ki=seen.ki, properties=seen.properties)


def _which(line: Line, problem: _checks.Objection | None) -> Ask:
    """Ask for the mark of the line to be storno'd."""
    goes = say("mark_goes_out", position=line.position, name=line.product.name, price=Sum(line.sum))
    return Ask(Question(say("mark_scan"), (goes,), wants_scan=True, problem=_in_a_line(problem)))


def _in_a_line(problem: _checks.Objection | None) -> Say | None:
    """Say what was wrong and what to do in one line of the dialog, in the order of interfaces.md, Texts."""
    return say("problem", what=problem[0], advice=problem[1]) if problem else None
