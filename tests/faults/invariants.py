"""The one checker of every rehearsal: does what the till has shown agree with what is on the disk?

Numbers are those of domain/reliability.md. A violation is a sentence; none is what a rehearsal is for.
"""

import sqlite3
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from unicodedata import category

from cashier.core.facts import PrintBegun, PrintEnded, ReceiptClosed, TenderReversed, TendersReturned, from_json
from cashier.core.ledger import Ledger, fold
from cashier.folder import DataFolder
from cashier.store.connect import StoreError, open_for_reading
from cashier.store.documents import Documents
from cashier.store.journal import Entry, entries
from cashier.store.verify import verify
from devices import SimulatedFiscal
from tests.faults.roll import papers
from tests.faults.shown import Shown, ShownReceipt

_BALANCE = """SELECT d.identifier, d.sume,
    (SELECT total(sume) FROM goodsitem g WHERE g.documentid = d.documentid AND status = 0),
    (SELECT total(CASE opcode WHEN 72 THEN -sume ELSE sume END) FROM moneyitem m WHERE m.documentid = d.documentid)
    FROM document d WHERE closed = 1 AND doctype = 1"""
_NUMBERS = "SELECT workshiftid, checknum, count(*) FROM document GROUP BY 1, 2 HAVING count(*) > 1"
_RECEIPTS = "SELECT identifier FROM document WHERE closed = 1 AND doctype = 1"
_LINE = """SELECT g.code, cast(round(cquant * 1000) AS INTEGER), cast(round(g.sume * 100) AS INTEGER), status
    FROM goodsitem g JOIN document d USING (documentid) WHERE d.identifier = ? AND posnum = ?"""
_TENDERS = """SELECT cast(round(m.sume * 100) AS INTEGER) FROM moneyitem m JOIN document d USING (documentid)
    WHERE d.identifier = ? AND opcode = 70 ORDER BY moneyitemid"""


def violations(
    data: Path,
    acknowledged: Sequence[Shown] = (),
    *,
    later: bool = False,
    at_rest: bool = False,
) -> list[str]:
    """Check a data folder that no till works in.

    Args:
        data: the folder; it may be empty when nothing was acknowledged.
        acknowledged: what was shown before the fault, oldest first.
        later: the till may have gone on after the last of what was acknowledged.
        at_rest: the till was started again after the fault and has settled what was open.
    """
    folder = DataFolder(data)
    try:
        restarted = _restarted(folder)
        found = verify(folder.documents)
    except StoreError as error:
        return [f"the till does not start: {error}"]
    with closing(open_for_reading(folder.documents)) as conn:
        journal = list(entries(conn))
        found += _acknowledged(conn, journal, acknowledged)
        found += _in_flight(journal, acknowledged) if not (later or at_rest) else []
        found += [*_sums(conn), *_numbers(conn)]
        found += _papers(conn, journal, folder) if at_rest else []
    found += _left_open(restarted) if at_rest else []
    return [*found, *_start(restarted, journal), *_log(data / "cashier.log")]


def _restarted(folder: DataFolder) -> Ledger:
    with closing(Documents(folder.documents)) as documents:
        return documents.ledger


def _start(restarted: Ledger, journal: Sequence[Entry]) -> Iterator[str]:
    if restarted != fold(Ledger(), tuple(from_json(entry.body) for entry in journal)):
        yield "I11 the ledger of the start is not the fold of the journal"


def _left_open(restarted: Ledger) -> Iterator[str]:
    waits = tuple(wait for wait in (restarted.charge, restarted.closing) if wait)
    left = (*restarted.intents, *restarted.leaving, *restarted.prints, *waits)
    if left:
        yield f"at rest, but left open: {left}"


def _acknowledged(conn: sqlite3.Connection, journal: Sequence[Entry], said: Sequence[Shown]) -> Iterator[str]:
    """I1: rows and tables hold what was shown."""
    if said:
        yield from _kept(journal, said[-1])
        yield from _lines_kept(conn, journal, said)


def _kept(journal: Sequence[Entry], last: Shown) -> Iterator[str]:
    """I1: the journal begins with what was acknowledged."""
    if len(journal) < last.seq or (last.seq and journal[last.seq - 1].hash.hex() != last.head):
        yield f"I1 the journal has {len(journal)} rows, {last.seq} were acknowledged, or they are others"


def _in_flight(journal: Sequence[Entry], acknowledged: Sequence[Shown]) -> Iterator[str]:
    """I1: beyond what was acknowledged there is at most the one step in flight."""
    moments = {entry.at for entry in journal[acknowledged[-1].seq if acknowledged else 0 :]}
    if len(moments) > 1:
        yield f"I1 more than one step in flight: {sorted(moments)}"


def _lines_kept(conn: sqlite3.Connection, journal: Sequence[Entry], acknowledged: Sequence[Shown]) -> Iterator[str]:
    """I1 from the tables: every receipt stands as it was shown last; the one in flight at least has its lines."""
    receipts = {said.receipt.identifier: said.receipt for said in acknowledged if said.receipt}
    shown_last = [said.receipt.identifier for said in acknowledged if said.receipt][-1:]
    current = shown_last if len(journal) > acknowledged[-1].seq else []
    given_back = _given_back(journal, acknowledged[-1].seq)
    for identifier, receipt in receipts.items():
        yield from _as_shown(conn, receipt, moving=identifier in current)
        yield from () if identifier in given_back else _paid(conn, receipt, moving=identifier in current)


def _given_back(journal: Sequence[Entry], since: int) -> set[str]:
    """Name the receipts whose money was taken back after it was shown."""
    facts = [from_json(entry.body) for entry in journal if entry.seq > since]
    return {fact.receipt for fact in facts if isinstance(fact, TenderReversed | TendersReturned)}


def _as_shown(conn: sqlite3.Connection, receipt: ShownReceipt, *, moving: bool) -> Iterator[str]:
    for line in receipt.lines:
        row = conn.execute(_LINE, (receipt.identifier, line.position)).fetchone()
        stands = row and row[0] == line.code and (moving or row[1:] == (line.quantity, line.sum, int(line.storno)))
        if not stands:
            yield f"I1 line {line} of receipt {receipt.number} is {row}"
    closed = conn.execute("SELECT closed FROM document WHERE identifier = ?", (receipt.identifier,)).fetchone()
    if receipt.closed and closed != (1,):
        yield f"I1 receipt {receipt.number} was closed and is {closed}"


def _paid(conn: sqlite3.Connection, receipt: ShownReceipt, *, moving: bool) -> Iterator[str]:
    paid = tuple(amount for (amount,) in conn.execute(_TENDERS, (receipt.identifier,)))
    if paid[: len(receipt.tenders)] != receipt.tenders or not (moving or paid == receipt.tenders):
        yield f"I1 tenders {receipt.tenders} of receipt {receipt.number} are {paid}"


def _sums(conn: sqlite3.Connection) -> Iterator[str]:
    for identifier, total, lines, money in conn.execute(_BALANCE):
        if not round(total * 100) == round(lines * 100) == round(money * 100):
            yield f"I7 receipt {identifier}: total {total}, lines {lines}, payments less change {money}"


def _numbers(conn: sqlite3.Connection) -> Iterator[str]:
    messages = [seq for (seq,) in conn.execute("SELECT seq FROM outbox ORDER BY seq")]
    if messages != list(range(1, len(messages) + 1)):
        yield f"I8 numbers of messages have gaps: {messages}"
    for shift, number, count in conn.execute(_NUMBERS):
        yield f"I9 receipt number {number} of shift {shift} was used {count} times"


def _papers(conn: sqlite3.Connection, journal: Sequence[Entry], folder: DataFolder) -> Iterator[str]:
    """I6: one fiscal document and one paper for each closed receipt, none for others.

    Of a receipt whose printing was said to have failed there may be fewer, never two.
    """
    closed = {identifier for (identifier,) in conn.execute(_RECEIPTS)}
    documents = SimulatedFiscal(folder.path / "fiscal").documents()
    registered = Counter(made.reference for made in documents if made.kind == "receipt")
    out, excused = papers(folder.path), _not_printed(journal)
    for identifier in closed | set(registered) | (set(out) - _other_papers(journal)):
        wanted, made = int(identifier in closed), (registered[identifier], out[identifier])
        if made != (wanted, wanted) and (identifier not in excused or max(made) > wanted):
            yield f"I6 receipt {identifier}, closed {wanted}: documents and papers {made}"


def _other_papers(journal: Sequence[Entry]) -> set[str]:
    """Name all that was printed and is no receipt, and the copies."""
    facts = [from_json(entry.body) for entry in journal]
    begun = {fact.receipt for fact in facts if isinstance(fact, PrintBegun)}
    receipts = {fact.receipt for fact in facts if isinstance(fact, ReceiptClosed)}
    return {*(begun - receipts), *(f"{receipt}-copy" for receipt in receipts)}


def _not_printed(journal: Sequence[Entry]) -> set[str]:
    facts = [from_json(entry.body) for entry in journal]
    receipts = {fact.token: fact.receipt for fact in facts if isinstance(fact, PrintBegun)}
    ended = [fact for fact in facts if isinstance(fact, PrintEnded) and fact.outcome != "printed"]
    return {receipts[fact.token] for fact in ended}


def _log(path: Path) -> Iterator[str]:
    text = path.read_text("utf-8") if path.exists() else ""
    if any(category(character) == "Cc" for character in text.replace("\n", "")):
        yield "I12 the log holds a control character"
