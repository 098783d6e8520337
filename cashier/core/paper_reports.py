"""What stands on the papers of a shift: X and Z reports, cash put into the drawer and taken out of it."""

from cashier.core.catalogue import Person
from cashier.core.paper import RULE, Letterhead, Row, framed, money
from cashier.core.say import Moment, say
from cashier.core.shifts import CashMove, ShiftReport, Totals


def report_paper(report: ShiftReport, head: Letterhead, fiscal: int = 0) -> tuple[Row, ...]:
    """Lay an X or Z report out. `fiscal` is the number of the fiscal document that closed the shift, if any."""
    title = say("paper_x_report") if report.kind == "x" else say("paper_z_report")
    rows = (
        Row(title, kind="big"),
        Row(say("paper_place", shop=head.shop, till=head.till), say("paper_shift", shift=report.number)),
        Row(say("paper_shift_opened"), say("paper_time", time=Moment(report.opened))),
        Row(say("paper_reported"), say("paper_time", time=Moment(report.at))),
        _cashier(report.cashier),
        RULE,
        *_sales(report.totals),
        *(_refunds(report.totals) if report.totals.refunds else ()),
        RULE,
        *_drawer(report),
        *((RULE, Row(say("paper_fiscal", number=fiscal))) if fiscal else ()),
    )
    return framed(rows, head)


def cash_paper(move: CashMove, head: Letterhead) -> tuple[Row, ...]:
    """Lay a slip of cash put in or taken out out; whoever gives and whoever takes the money sign it."""
    title = say("paper_cash_in") if move.direction == "in" else say("paper_cash_out")
    rows = (
        Row(say("paper_place", shop=head.shop, till=head.till), say("paper_document", number=move.number)),
        Row(say("paper_shift", shift=move.shift), say("paper_time", time=Moment(move.at))),
        _cashier(move.cashier),
        RULE,
        Row(title, money(move.amount), kind="big"),
        RULE,
        Row(say("paper_given_by")),
        Row(say("paper_taken_by")),
    )
    return framed(rows, head)


def _cashier(person: Person) -> Row:
    return Row(say("paper_cashier", name=person.name))


def _sales(totals: Totals) -> tuple[Row, ...]:
    return (
        Row(say("paper_receipts"), say("paper_count", count=totals.sales)),
        Row(say("paper_cash"), money(totals.cash)),
        Row(say("paper_card"), money(totals.card)),
        Row(say("paper_sold"), money(totals.sold), kind="big"),
        Row(say("paper_discounts_given"), money(totals.discounts)),
        Row(say("paper_stornos"), say("paper_count", count=totals.stornos)),
        Row(say("paper_cancelled", count=totals.cancelled), money(totals.cancelled_sum)),
    )


def _refunds(totals: Totals) -> tuple[Row, ...]:
    return (
        RULE,
        Row(say("paper_refunds"), say("paper_count", count=totals.refunds)),
        Row(say("paper_refund_cash"), money(totals.refund_cash)),
        Row(say("paper_refund_card"), money(totals.refund_card)),
        Row(say("paper_refunded"), money(totals.refunded), kind="big"),
        Row(say("paper_takings"), money(totals.takings), kind="big"),
    )


def _drawer(report: ShiftReport) -> tuple[Row, ...]:
    return (
        Row(say("paper_put_in"), money(report.totals.cash_in)),
        Row(say("paper_taken_out"), money(report.totals.cash_out)),
        Row(say("paper_in_drawer"), money(report.drawer)),
    )
