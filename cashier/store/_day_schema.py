"""The second form of documents.db: a whole day, with cards, discounts, postponed receipts, cash moves and Z.

The rules of a closed shift are those of spec R5: its sums are what its documents say, and no document comes after it.
"""

from typing import Final

from cashier.store._sale_schema import of_document
from cashier.store.migrations import Step

_SUM: Final = "DECIMAL(15,2) NOT NULL DEFAULT 0"
_COUNT: Final = "INTEGER NOT NULL DEFAULT 0"
_NEW: Final = {
    "workshift": {
        **dict.fromkeys(("sumsale", "sumgain", "sumdrawer", "sumsalecash", "sumsalenoncash"), _SUM),
        **dict.fromkeys(("countsale", "countrefund", "countcancelled"), _COUNT),
        **dict.fromkeys(("cashin", "cashout", "sumcancelled"), _SUM),
        "frdocnum": "INTEGER",
    },
    "document": {"frdocnum": "INTEGER"},
    "goodsitem": {"disc_perc": "DECIMAL(5,2) NOT NULL DEFAULT 0"},
    "moneyitem": {
        **dict.fromkeys(("cardnum", "authcode", "operationid"), "TEXT"),
        "valutoperation": "INTEGER",
        **dict.fromkeys(("slip", "token"), "TEXT"),
    },
}
"""Columns that tables get; sums of a shift are filled in when it is closed, `token` is that of the charge."""

_COLUMNS: Final = tuple(
    f"ALTER TABLE {table} ADD COLUMN {name} {form}" for table, columns in _NEW.items() for name, form in columns.items()
)


def _in_body(field: str) -> str:
    return f"json_extract(body, '$.{field}')"


def _tells(kind: str) -> str:
    return f"""body GLOB '{{"type":"{kind}"*'"""


_PRINTING: Final = (
    # The end of a printing, which brings the number of the fiscal document, tells only the token.
    "CREATE TABLE printing (token TEXT PRIMARY KEY, identifier TEXT NOT NULL) STRICT",
    f"""INSERT OR REPLACE INTO printing SELECT {_in_body("token")}, {_in_body("receipt")} FROM journal
        WHERE {_tells("PrintBegun")} AND NOT {_in_body("copy")} ORDER BY seq""",
    f"""UPDATE document SET frdocnum = (SELECT fiscal FROM (
            SELECT identifier, {_in_body("fiscal")} AS fiscal, min(seq) FROM journal JOIN printing
            ON token = {_in_body("token")} WHERE {_tells("PrintEnded")} AND {_in_body("fiscal")} > 0 GROUP BY identifier
        ) known WHERE known.identifier = document.identifier) WHERE closed = 1""",
    f"DELETE FROM printing WHERE token IN (SELECT {_in_body('token')} FROM journal WHERE {_tells('PrintEnded')})",
)
"""What the tables have had to say of printings since the first of them."""

_CARDS: Final = ("UPDATE moneyitem SET valutoperation = 10 WHERE valcode = 4",)

_KEPT: Final = (
    *("documentid", "shopcode", "cashcode", "workshiftid", "checknum", "docnum", "doctype", "scode"),
    *("time_beg", "time_end", "disc_abs", "sumb", "sume", "closed", "identifier"),
)
_SAME: Final = f"({', '.join(f'NEW.{name}' for name in _KEPT)}) IS ({', '.join(f'OLD.{name}' for name in _KEPT)})"
_REGISTERED: Final = f"""OLD.closed = 1 AND OLD.frdocnum IS NULL
        AND typeof(NEW.frdocnum) = 'integer' AND NEW.frdocnum > 0 AND {_SAME}"""
_SHIFT_OF: Final = "SELECT 1 FROM workshift WHERE workshiftid = NEW.workshiftid AND time_end IS"
_NO_MORE: Final = "BEGIN SELECT RAISE(ABORT, 'a closed shift takes no document'); END"
_CLOSED_STAYS: Final = "SELECT RAISE(ABORT, 'a closed document does not change, and none changes its number or type')"

_DOCUMENT_RULES: Final = (
    f"""CREATE TRIGGER document_begins BEFORE INSERT ON document BEGIN
        {_CLOSED_STAYS} WHERE EXISTS (SELECT 1 FROM document
            WHERE closed IN (1, 2) AND (documentid = NEW.documentid OR identifier = NEW.identifier));
        SELECT RAISE(ABORT, 'a receipt begins open') WHERE NEW.closed <> 0 AND NEW.doctype NOT IN (3, 4); END""",
    f"""CREATE TRIGGER document_stays BEFORE UPDATE ON document WHEN (OLD.closed IN (1, 2) AND NOT ({_REGISTERED}))
        OR (NEW.documentid, NEW.identifier, NEW.doctype) IS NOT (OLD.documentid, OLD.identifier, OLD.doctype)
        BEGIN {_CLOSED_STAYS}; END""",
    f"""CREATE TRIGGER document_comes BEFORE INSERT ON document
        WHEN EXISTS ({_SHIFT_OF} NOT NULL) OR (NEW.closed = 1 AND NOT EXISTS ({_SHIFT_OF} NULL)) {_NO_MORE}""",
    f"""CREATE TRIGGER document_ends BEFORE UPDATE ON document
        WHEN (NEW.closed = 1 AND OLD.closed <> 1 AND NOT EXISTS ({_SHIFT_OF} NULL))
        OR (NEW.workshiftid IS NOT OLD.workshiftid AND EXISTS ({_SHIFT_OF} NOT NULL)) {_NO_MORE}""",
    """CREATE TRIGGER money_balances BEFORE UPDATE OF closed ON document
        WHEN NEW.closed = 1 AND NEW.doctype IN (1, 2, 25) AND
        round((SELECT total(CASE opcode WHEN 72 THEN -sume ELSE sume END) FROM moneyitem
               WHERE documentid = NEW.documentid)
            - (SELECT total(sume) FROM goodsitem WHERE documentid = NEW.documentid AND status = 0), 2) <> 0
        BEGIN SELECT RAISE(ABORT, 'payments less change are not the sum of lines'); END""",
)

_IN_SHIFT: Final = "FROM document WHERE workshiftid = NEW.workshiftid AND closed = 1 AND doctype"
_OF_SALES: Final = f"documentid IN (SELECT documentid {_IN_SHIFT} = 1)"
_MONEY: Final = (
    f"SELECT total(CASE opcode WHEN 72 THEN -sume ELSE sume END) FROM moneyitem WHERE {_OF_SALES} AND valcode"
)
_TOLD: Final = {
    "countsale": f"SELECT count(*) {_IN_SHIFT} = 1",
    "sumsale": f"SELECT total(sume) FROM goodsitem WHERE {_OF_SALES} AND status = 0",
    "sumgain": "SELECT NEW.sumsale",
    "sumsalecash": f"{_MONEY} = 1",
    "sumsalenoncash": f"{_MONEY} <> 1",
    "cashin": f"SELECT total(sume) {_IN_SHIFT} = 3",
    "cashout": f"SELECT total(sume) {_IN_SHIFT} = 4",
}
"""What the documents of a shift say of its sums."""

_SHIFT_RULES: Final = (
    """CREATE TRIGGER shift_begins_open BEFORE INSERT ON workshift WHEN NEW.time_end IS NOT NULL
        BEGIN SELECT RAISE(ABORT, 'a shift begins open'); END""",
    f"""CREATE TRIGGER shift_balances BEFORE UPDATE ON workshift WHEN NEW.time_end IS NOT NULL AND (
        {" OR ".join(f"round(NEW.{name} - ({told}), 2) <> 0" for name, told in _TOLD.items())}
        OR round(NEW.sumsale - NEW.sumsalecash - NEW.sumsalenoncash, 2) <> 0)
        BEGIN SELECT RAISE(ABORT, 'the sums of the shift are not those of its documents'); END""",
)

_REPLACED: Final = ("document_begins", "document_stays", "money_balances", "moneyitem_update")
_MONEY_UPDATE: Final = tuple(sql for sql in of_document("moneyitem") if "moneyitem_update" in sql)

DAY: Final = Step(
    "2026-11-22 payments, shifts, discounts",
    (
        *(f"DROP TRIGGER IF EXISTS {name}" for name in _REPLACED),
        *_COLUMNS,
        *_PRINTING,
        *_CARDS,
        *_DOCUMENT_RULES,
        *_MONEY_UPDATE,
        *_SHIFT_RULES,
    ),
)
