"""The first form of documents.db: the journal, and a till that sells. Released: it is followed, never edited."""

from typing import Final

from cashier.store.migrations import Step

_JOURNAL: Final = (
    """CREATE TABLE journal (
        seq INTEGER PRIMARY KEY, at TEXT NOT NULL, body TEXT NOT NULL, hash BLOB NOT NULL) STRICT""",
    # INSERT OR REPLACE removes a row without a DELETE, unless the program asks for recursive triggers.
    """CREATE TRIGGER journal_follows BEFORE INSERT ON journal
        WHEN NEW.seq <> (SELECT coalesce(max(seq), 0) + 1 FROM journal)
        BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END""",
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
_ABORT = "BEGIN SELECT RAISE(ABORT, 'a closed document does not change, and no row changes its number'); END"
_SHIFT_STAYS = "BEGIN SELECT RAISE(ABORT, 'a shift keeps what it began with'); END"


def of_document(table: str) -> tuple[str, ...]:
    """Make the rules of a table whose rows belong to a document."""
    key = f"{table}id"
    replaced = f"EXISTS (SELECT 1 FROM {table} own WHERE own.{key} = NEW.{key} AND {_CLOSED.format(row='own')})"
    conditions = {
        "INSERT": f"{_CLOSED.format(row='NEW')} OR {replaced}",
        "UPDATE": f"{_CLOSED.format(row='OLD')} OR {_CLOSED.format(row='NEW')} OR NEW.{key} <> OLD.{key}",
        "DELETE": _CLOSED.format(row="OLD"),
    }
    return tuple(
        f"CREATE TRIGGER {table}_{event.lower()} BEFORE {event} ON {table} WHEN {condition} {_ABORT}"
        for event, condition in conditions.items()
    )


_RULES: Final = (
    f"""CREATE TRIGGER document_begins BEFORE INSERT ON document WHEN EXISTS (SELECT 1 FROM document
        WHERE closed IN (1, 2) AND (documentid = NEW.documentid OR identifier = NEW.identifier)) {_ABORT}""",
    f"""CREATE TRIGGER document_stays BEFORE UPDATE ON document WHEN OLD.closed IN (1, 2)
        OR NEW.documentid <> OLD.documentid OR NEW.identifier <> OLD.identifier {_ABORT}""",
    f"CREATE TRIGGER document_remains BEFORE DELETE ON document WHEN OLD.closed IN (1, 2) {_ABORT}",
    *of_document("goodsitem"),
    *of_document("moneyitem"),
    f"""CREATE TRIGGER shift_begins BEFORE INSERT ON workshift WHEN EXISTS (SELECT 1 FROM workshift
        WHERE workshiftid = NEW.workshiftid OR shiftnum = NEW.shiftnum) {_SHIFT_STAYS}""",
    f"""CREATE TRIGGER shift_stays BEFORE UPDATE ON workshift WHEN OLD.time_end IS NOT NULL
        OR (NEW.workshiftid, NEW.shopcode, NEW.cashcode, NEW.shiftnum, NEW.scode, NEW.time_beg)
        IS NOT (OLD.workshiftid, OLD.shopcode, OLD.cashcode, OLD.shiftnum, OLD.scode, OLD.time_beg) {_SHIFT_STAYS}""",
    f"CREATE TRIGGER shift_remains BEFORE DELETE ON workshift {_SHIFT_STAYS}",
    """CREATE TRIGGER money_balances BEFORE UPDATE OF closed ON document WHEN NEW.closed = 1 AND
        round((SELECT total(CASE opcode WHEN 72 THEN -sume ELSE sume END) FROM moneyitem
               WHERE documentid = NEW.documentid)
            - (SELECT total(sume) FROM goodsitem WHERE documentid = NEW.documentid AND status = 0), 2) <> 0
        BEGIN SELECT RAISE(ABORT, 'payments less change are not the sum of lines'); END""",
)

SALE: Final = Step("2026-11-21 journal, sale", (*_JOURNAL, *_DOCUMENTS, *_RULES))
