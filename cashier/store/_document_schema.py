"""Form of documents.db: the journal, its tables by the names of domain/artix.md 5.3, and rules no program can break.

Amounts are roubles in DECIMAL columns, quantities units. What the tables say is a projection of the journal.
"""

from typing import Final

from cashier.store.migrations import MigrationSet, Step

_JOURNAL: Final = (
    """CREATE TABLE journal (
        seq INTEGER PRIMARY KEY, at TEXT NOT NULL, body TEXT NOT NULL, hash BLOB NOT NULL) STRICT""",
    """CREATE TRIGGER journal_keeps BEFORE UPDATE ON journal
        BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END""",
    """CREATE TRIGGER journal_grows BEFORE DELETE ON journal
        BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END""",
    """CREATE TABLE ledger (
        id INTEGER PRIMARY KEY CHECK (id = 1), seq INTEGER NOT NULL, body TEXT NOT NULL) STRICT""",
    """CREATE TABLE outbox (
        seq INTEGER PRIMARY KEY AUTOINCREMENT, identifier TEXT NOT NULL UNIQUE, destination TEXT NOT NULL,
        type TEXT NOT NULL, key TEXT NOT NULL, time TEXT NOT NULL, body TEXT NOT NULL,
        state TEXT NOT NULL DEFAULT 'waiting', tries INTEGER NOT NULL DEFAULT 0, reason TEXT NOT NULL DEFAULT '')""",
)

_DOCUMENTS: Final = (
    """CREATE TABLE workshift (
        workshiftid INTEGER PRIMARY KEY, shopcode TEXT, cashcode TEXT, shiftnum INTEGER NOT NULL UNIQUE, scode TEXT,
        time_beg TEXT NOT NULL, time_end TEXT, checknum1 INTEGER, checknum2 INTEGER)""",
    """CREATE TABLE document (
        documentid INTEGER PRIMARY KEY, shopcode TEXT, cashcode TEXT, workshiftid INTEGER REFERENCES workshift,
        checknum INTEGER NOT NULL, docnum INTEGER NOT NULL, doctype INTEGER NOT NULL, scode TEXT,
        time_beg TEXT NOT NULL, time_end TEXT, disc_abs DECIMAL(15,2) NOT NULL DEFAULT 0,
        sumb DECIMAL(15,2) NOT NULL DEFAULT 0, sume DECIMAL(15,2) NOT NULL DEFAULT 0,
        closed INTEGER NOT NULL DEFAULT 0, identifier TEXT NOT NULL UNIQUE)""",
    "CREATE INDEX document_by_number ON document (workshiftid, checknum)",
    "CREATE INDEX document_by_time ON document (time_beg)",
    """CREATE TABLE goodsitem (
        goodsitemid INTEGER PRIMARY KEY, cashcode TEXT, documentid INTEGER NOT NULL REFERENCES document, scode TEXT,
        ttime TEXT NOT NULL, opcode INTEGER NOT NULL, status INTEGER NOT NULL DEFAULT 0, code TEXT NOT NULL,
        bcode TEXT NOT NULL, name TEXT NOT NULL, measure TEXT, cquant DECIMAL(13,3) NOT NULL,
        price DECIMAL(15,2) NOT NULL, minprice DECIMAL(15,2) NOT NULL, disc_abs DECIMAL(15,2) NOT NULL,
        sumb DECIMAL(15,2) NOT NULL, sume DECIMAL(15,2) NOT NULL, excisemark TEXT, excisetype TEXT,
        posnum INTEGER NOT NULL, UNIQUE (documentid, posnum))""",
    """CREATE TABLE moneyitem (
        moneyitemid INTEGER PRIMARY KEY, cashcode TEXT, documentid INTEGER NOT NULL REFERENCES document, scode TEXT,
        mtime TEXT NOT NULL, opcode INTEGER NOT NULL, valcode INTEGER NOT NULL, valname TEXT,
        sume DECIMAL(15,2) NOT NULL)""",
    "CREATE INDEX moneyitem_of_document ON moneyitem (documentid)",
)

_CLOSED = "(SELECT closed FROM document WHERE documentid = {row}.documentid) IN (1, 2)"
_ABORT = "BEGIN SELECT RAISE(ABORT, 'a closed document does not change'); END"

_RULES: Final = (
    f"CREATE TRIGGER document_stays BEFORE UPDATE ON document WHEN OLD.closed IN (1, 2) {_ABORT}",
    f"CREATE TRIGGER document_remains BEFORE DELETE ON document WHEN OLD.closed IN (1, 2) {_ABORT}",
    *(
        f"CREATE TRIGGER {table}_{event} BEFORE {event} ON {table} WHEN {_CLOSED.format(row=row)} {_ABORT}"
        for table in ("goodsitem", "moneyitem")
        for event, row in (("insert", "NEW"), ("update", "OLD"), ("delete", "OLD"))
    ),
    """CREATE TRIGGER money_balances BEFORE UPDATE OF closed ON document WHEN NEW.closed = 1 AND
        round((SELECT total(CASE opcode WHEN 72 THEN -sume ELSE sume END) FROM moneyitem
               WHERE documentid = NEW.documentid)
            - (SELECT total(sume) FROM goodsitem WHERE documentid = NEW.documentid AND status = 0), 2) <> 0
        BEGIN SELECT RAISE(ABORT, 'payments less change are not the sum of lines'); END""",
)

DOCUMENTS: Final = MigrationSet("documents", (Step("2026-11-21 journal, sale", (*_JOURNAL, *_DOCUMENTS, *_RULES)),))
