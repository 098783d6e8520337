"""The sixth form of documents.db: returns, by receipt and without, and what a sale receipt leaves to give back.

What was sold and paid is kept for each sale that goods come back by, also for one of another till: `solditem` and
`soldmoney`, each with what came back elsewhere. The rules go by them: never more comes back, and no more money in any
kind than was paid so, over all returns of the sale that were not given up (spec R6).
"""

from typing import Final

from cashier.store.migrations import Step

_SUM: Final = "DECIMAL(15,2) NOT NULL DEFAULT 0"

_COLUMNS: Final = (
    "ALTER TABLE document ADD COLUMN sourceidentifier TEXT",
    "ALTER TABLE document ADD COLUMN backreason TEXT",
    "ALTER TABLE goodsitem ADD COLUMN sourceposnum INTEGER",
    *(f"ALTER TABLE workshift ADD COLUMN {name} {_SUM}" for name in ("sumrefund", "sumrefundcash", "sumrefundnoncash")),
    "CREATE INDEX document_of_sale ON document (sourceidentifier) WHERE sourceidentifier IS NOT NULL",
    """CREATE TABLE solditem (identifier TEXT NOT NULL, posnum INTEGER NOT NULL, cquant DECIMAL(13,3) NOT NULL,
        sume DECIMAL(15,2) NOT NULL, backquant DECIMAL(13,3) NOT NULL, backsum DECIMAL(15,2) NOT NULL,
        PRIMARY KEY (identifier, posnum))""",
    """CREATE TABLE soldmoney (identifier TEXT NOT NULL, valcode INTEGER NOT NULL, sume DECIMAL(15,2) NOT NULL,
        backsum DECIMAL(15,2) NOT NULL, PRIMARY KEY (identifier, valcode))""",
)

BACK_HERE: Final = """FROM goodsitem line JOIN document back USING (documentid)
    WHERE back.sourceidentifier = {sale} AND back.closed <> 2 AND line.status = 0 AND line.sourceposnum = {position}"""
"""Rows that give a position of a sale back, on this till, in returns that were not given up."""

MONEY_HERE: Final = """FROM moneyitem money JOIN document back USING (documentid)
    WHERE back.sourceidentifier = {sale} AND back.closed = 1 AND money.valcode = {kind}"""
"""Rows of money that was given back for a sale, on this till."""

_SALE_OF_ROW: Final = "(SELECT sourceidentifier FROM document WHERE documentid = NEW.documentid)"
_BACK: Final = BACK_HERE.format(sale="sold.identifier", position="sold.posnum")
_IS_LEFT: Final = f"""EXISTS (SELECT 1 FROM solditem sold
        WHERE sold.identifier = {{sale}} AND sold.posnum = {{row}}.sourceposnum
        AND sold.backquant + (SELECT total(line.cquant) {_BACK}) < sold.cquant + 0.0005
        AND sold.backsum + (SELECT total(line.sume) {_BACK}) < sold.sume + 0.005)"""
"""All that comes back of a row's position, with the row itself, is no more than was sold."""
_LEFT: Final = _IS_LEFT.format(sale=_SALE_OF_ROW, row="NEW")
_BY_RECEIPT: Final = "NEW.status = 0 AND (SELECT doctype FROM document WHERE documentid = NEW.documentid) = 25"
_TOO_MUCH: Final = f"""WHEN {_BY_RECEIPT} AND NOT {_LEFT}
    BEGIN SELECT RAISE(ABORT, 'no more comes back than was sold'); END"""
_PAID_BACK: Final = MONEY_HERE.format(sale="NEW.sourceidentifier", kind="own.valcode")

_LINE_LEFT: Final = _IS_LEFT.format(sale="NEW.sourceidentifier", row="own")
_SOLD_STAYS: Final = "BEGIN SELECT RAISE(ABORT, 'what was sold does not change'); END"


def _kept(table: str, key: str, amounts: tuple[str, ...]) -> tuple[str, ...]:
    """Make the rules by which a sale keeps what it was; what is told of it anew may not be more."""
    more = " OR ".join(f"NEW.{name} > own.{name}" for name in amounts)
    return (
        f"CREATE TRIGGER {table}_stays BEFORE UPDATE ON {table} {_SOLD_STAYS}",
        f"CREATE TRIGGER {table}_remains BEFORE DELETE ON {table} {_SOLD_STAYS}",
        f"""CREATE TRIGGER {table}_grows_not BEFORE INSERT ON {table} WHEN EXISTS (SELECT 1 FROM {table} own
            WHERE own.identifier = NEW.identifier AND own.{key} = NEW.{key} AND ({more})) {_SOLD_STAYS}""",
    )


_RULES: Final = (
    *_kept("solditem", "posnum", ("cquant", "sume")),
    *_kept("soldmoney", "valcode", ("sume",)),
    # A line may have been written before its document: at the end all of them are weighed.
    f"""CREATE TRIGGER sold_has_come_back_once BEFORE UPDATE OF closed ON document
        WHEN NEW.closed = 1 AND NEW.doctype = 25 AND EXISTS (SELECT 1 FROM goodsitem own
            WHERE own.documentid = NEW.documentid AND own.status = 0 AND NOT {_LINE_LEFT})
        BEGIN SELECT RAISE(ABORT, 'no more comes back than was sold'); END""",
    f"CREATE TRIGGER sold_comes_back_once AFTER INSERT ON goodsitem {_TOO_MUCH}",
    f"""CREATE TRIGGER sold_stays_back_once AFTER UPDATE OF cquant, sume, status, sourceposnum, documentid ON goodsitem
    {_TOO_MUCH}""",
    """CREATE TRIGGER return_keeps_its_sale BEFORE UPDATE OF sourceidentifier ON document
        WHEN NEW.sourceidentifier IS NOT OLD.sourceidentifier
        BEGIN SELECT RAISE(ABORT, 'a return keeps the sale that it gives back'); END""",
    """CREATE TRIGGER reason_stays BEFORE UPDATE OF backreason ON document
        WHEN OLD.closed IN (1, 2) AND NEW.backreason IS NOT OLD.backreason
        BEGIN SELECT RAISE(ABORT, 'a closed document does not change'); END""",
    f"""CREATE TRIGGER money_goes_back_once BEFORE UPDATE OF closed ON document
        WHEN NEW.closed = 1 AND NEW.doctype = 25 AND EXISTS (
            SELECT 1 FROM (SELECT valcode, total(sume) AS given FROM moneyitem
                WHERE documentid = NEW.documentid GROUP BY valcode) own
            LEFT JOIN soldmoney sold ON sold.identifier = NEW.sourceidentifier AND sold.valcode = own.valcode
            WHERE own.given + coalesce(sold.backsum, 0) + (SELECT total(money.sume) {_PAID_BACK})
                > coalesce(sold.sume, 0) + 0.005)
        BEGIN SELECT RAISE(ABORT, 'no more money goes back than was paid'); END""",
)

_IN_SHIFT: Final = "FROM document WHERE workshiftid = NEW.workshiftid AND closed = 1 AND doctype"
_MONEY: Final = "SELECT total(CASE opcode WHEN 72 THEN -sume ELSE sume END) FROM moneyitem WHERE documentid IN"
_LINES: Final = "SELECT total(sume) FROM goodsitem WHERE status = 0 AND documentid IN"
_SALES: Final = f"(SELECT documentid {_IN_SHIFT} = 1)"
_BACKS: Final = f"(SELECT documentid {_IN_SHIFT} IN (2, 25))"
_TOLD: Final = {
    "countsale": f"SELECT count(*) {_IN_SHIFT} = 1",
    "sumsale": f"{_LINES} {_SALES}",
    "sumsalecash": f"{_MONEY} {_SALES} AND valcode = 1",
    "sumsalenoncash": f"{_MONEY} {_SALES} AND valcode <> 1",
    "countrefund": f"SELECT count(*) {_IN_SHIFT} IN (2, 25)",
    "sumrefund": f"{_LINES} {_BACKS}",
    "sumrefundcash": f"{_MONEY} {_BACKS} AND valcode = 1",
    "sumrefundnoncash": f"{_MONEY} {_BACKS} AND valcode <> 1",
    "sumgain": "SELECT NEW.sumsale - NEW.sumrefund",
    "cashin": f"SELECT total(sume) {_IN_SHIFT} = 3",
    "cashout": f"SELECT total(sume) {_IN_SHIFT} = 4",
}
"""What the documents of a shift say of its sums."""

_SHIFT_RULE: Final = f"""CREATE TRIGGER shift_balances BEFORE UPDATE ON workshift WHEN NEW.time_end IS NOT NULL AND (
    {" OR ".join(f"round(NEW.{name} - ({told}), 2) <> 0" for name, told in _TOLD.items())}
    OR round(NEW.sumsale - NEW.sumsalecash - NEW.sumsalenoncash, 2) <> 0
    OR round(NEW.sumrefund - NEW.sumrefundcash - NEW.sumrefundnoncash, 2) <> 0)
    BEGIN SELECT RAISE(ABORT, 'the sums of the shift are not those of its documents'); END"""

RETURNS: Final = Step("2026-11-22 returns", (*_COLUMNS, "DROP TRIGGER IF EXISTS shift_balances", *_RULES, _SHIFT_RULE))
