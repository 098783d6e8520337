"""Rows of a return: what it gives back, why, and what a sale leaves to give back."""

from typing import Final

from cashier.core import facts as f
from cashier.core.money import Kopecks
from cashier.core.quantity import to_text
from cashier.core.receipt import DocumentType
from cashier.core.sales import Sale
from cashier.core.tender import TenderKind
from cashier.store._return_schema import BACK_HERE, MONEY_HERE
from cashier.store._row_statements import DOCUMENT, Statement
from cashier.store.connect import roubles_in

DOCTYPE: Final = {DocumentType.SALE: 1, DocumentType.RETURN: 2, DocumentType.RETURN_BY_RECEIPT: 25}
"""`document.doctype` (domain/artix.md 5.3)."""

GOODS: Final = "CASE doctype WHEN 2 THEN 56 WHEN 25 THEN 58 ELSE 50 END"
MONEY: Final = "CASE doctype WHEN 2 THEN 74 WHEN 25 THEN 100 ELSE 70 END"
"""`opcode` of goods and of money, by the document that they stand in."""

VALCODE: Final = {TenderKind.CASH: 1, TenderKind.CARD: 4}
"""`moneyitem.valcode`."""
# What came back elsewhere is what is known of it less what came back here: that counts by its own rows.
_LINE: Final = f"""INSERT OR REPLACE INTO solditem SELECT ?1, ?2, ?3, ?4,
    max(round(?5 - (SELECT total(line.cquant) {BACK_HERE.format(sale="?1", position="?2")}), 3), 0),
    max(round(?6 - (SELECT total(line.sume) {BACK_HERE.format(sale="?1", position="?2")}), 2), 0)"""
_PAID: Final = f"""INSERT OR REPLACE INTO soldmoney SELECT ?1, ?2, ?3,
    max(round(?4 - (SELECT total(money.sume) {MONEY_HERE.format(sale="?1", kind="?2")}), 2), 0)"""


def of_sale(sale: Sale | None) -> list[Statement]:
    """Return the statements that keep what a sale leaves to give back; before a row of the return is written."""
    return [*_lines(sale), *_money(sale)] if sale else []


def _lines(sale: Sale) -> list[Statement]:
    return [
        (
            _LINE,
            (
                *(sale.identifier, line.position, to_text(line.quantity), roubles_in(line.sum)),
                # Whoever told of more than was sold: what is left is nothing, not less.
                to_text(min(line.returned, line.quantity)),
                roubles_in(min(line.returned_sum, line.sum)),
            ),
        )
        for line in sale.lines
    ]


def _money(sale: Sale) -> list[Statement]:
    rows = []
    for kind in TenderKind:
        paid = sale.paid_in(kind)
        if paid:
            back = Kopecks(paid - sale.left_of(kind))
            rows.append((_PAID, (sale.identifier, VALCODE[kind], roubles_in(paid), roubles_in(back))))
    return rows


def of_reason(fact: f.ReasonGiven) -> Statement:
    """Return the statement of a fact about why goods come back."""
    return f"UPDATE document SET backreason = ? WHERE documentid = {DOCUMENT}", (fact.reason, fact.receipt)
