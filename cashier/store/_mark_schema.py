"""The third form of documents.db: lines know their marks by the identification code (КИ, spec M15), and properties.

`ki` is NULL without a mark. `additionaldata` is a JSON object of what the mask captured, NULL when it captured nothing.
A mark stands once in all receipts that have not come to their end, open or postponed: the last guard of spec M10.
"""

from typing import Final

from cashier.store._sale_schema import of_document
from cashier.store.migrations import Step

KI_OF_MARK: Final = """CASE
    WHEN instr(excisemark, char(29)) > 1 THEN substr(excisemark, 1, instr(excisemark, char(29)) - 1)
    WHEN length(excisemark) = 29 THEN substr(excisemark, 1, 21)
    ELSE excisemark END"""
"""КИ of a row whose program did not tell it: the text up to the first GS; of a tobacco pack, which has none, the
first 21 characters (domain/marking.md 1.2)."""

_ENDED: Final = "(SELECT closed FROM document WHERE documentid = {row}.documentid) IN (1, 2)"
# A row whose document is not there counts as open: other programs may write it first.
_STANDS_TWICE: Final = f"""WHEN NEW.ki IS NOT NULL AND NEW.status = 0 AND {_ENDED.format(row="NEW")} IS NOT 1
    AND EXISTS (SELECT 1 FROM goodsitem own WHERE own.ki = NEW.ki AND own.status = 0
        AND own.goodsitemid <> NEW.goodsitemid AND {_ENDED.format(row="own")} IS NOT 1)
    BEGIN SELECT RAISE(ABORT, 'this mark stands in an open receipt already'); END"""

_RULES: Final = (
    f"CREATE TRIGGER mark_enters_once AFTER INSERT ON goodsitem {_STANDS_TWICE}",
    f"""CREATE TRIGGER mark_stays_once AFTER UPDATE OF ki, status, documentid ON goodsitem {_STANDS_TWICE}""",
)

_UPDATE_RULE: Final = tuple(sql for sql in of_document("goodsitem") if "goodsitem_update" in sql)

MARKS: Final = Step(
    "2026-11-22 marks",
    (
        "ALTER TABLE goodsitem ADD COLUMN ki TEXT",
        "ALTER TABLE goodsitem ADD COLUMN additionaldata TEXT",
        "DROP TRIGGER IF EXISTS goodsitem_update",
        f"UPDATE goodsitem SET ki = {KI_OF_MARK} WHERE excisemark IS NOT NULL",
        *_UPDATE_RULE,
        # With all that a look-up asks of a line: what is cold on the disk is read once, not twice.
        "CREATE INDEX goodsitem_of_mark ON goodsitem (ki, status, opcode, documentid) WHERE ki IS NOT NULL",
        *_RULES,
    ),
)
