"""Who may do what: an action needs a lowest role, and another user's word can stand for it (spec R1)."""

from enum import StrEnum
from types import MappingProxyType


class Right(StrEnum):
    """An action of `[Rights]`; the values are its keys."""

    STORNO_LINE = "storno_line"
    STORNO_RECEIPT = "storno_receipt"
    CHOOSE_PRICE = "choose_price"
    REFUND = "refund"
    DISCOUNT = "discount"
    CASH_IN = "cash_in"
    CASH_OUT = "cash_out"
    OPEN_DRAWER = "open_drawer"
    X_REPORT = "x_report"
    Z_REPORT = "z_report"
    CARD_OUTCOME = "card_outcome"
    USERS = "users"
    CONFIRM_AGE = "confirm_age"
    CONFIRM_CLOCK = "confirm_clock"


CASHIER, SENIOR, ADMINISTRATOR = 1, 2, 3

LOWEST_ROLES = MappingProxyType(
    {
        Right.STORNO_LINE: CASHIER,
        Right.STORNO_RECEIPT: SENIOR,
        Right.CHOOSE_PRICE: CASHIER,
        Right.REFUND: SENIOR,
        Right.DISCOUNT: SENIOR,
        Right.CASH_IN: CASHIER,
        Right.CASH_OUT: SENIOR,
        Right.OPEN_DRAWER: CASHIER,
        Right.X_REPORT: CASHIER,
        Right.Z_REPORT: SENIOR,
        Right.CARD_OUTCOME: SENIOR,
        Right.USERS: ADMINISTRATOR,
        Right.CONFIRM_AGE: CASHIER,
        Right.CONFIRM_CLOCK: SENIOR,
    }
)
"""Lowest role of each action where the settings say nothing."""


class Errand(StrEnum):
    """What is done once somebody with the right has agreed. It starts from the screen it was asked for on."""

    STORNO_LINE = "storno_line"
    STORNO_RECEIPT = "storno_receipt"
    DISCOUNT = "discount"
    CASH_IN = "cash_in"
    CASH_OUT = "cash_out"
    OPEN_DRAWER = "open_drawer"
    X_REPORT = "x_report"
    Z_REPORT = "z_report"
    CARD_DONE = "card_done"
    CARD_NOT_DONE = "card_not_done"
    CLOSING_DONE = "closing_done"
    CLOSING_NOT_DONE = "closing_not_done"
    PAPER_SEEN = "paper_seen"
    CANCEL_POSTPONED = "cancel_postponed"
    USERS = "users"
    CHOOSE_PRICE = "choose_price"
    CONFIRM_AGE = "confirm_age"
    CONFIRM_CLOCK = "confirm_clock"
    REFUND = "refund"


NEEDS = MappingProxyType(
    {
        Errand.STORNO_LINE: Right.STORNO_LINE,
        Errand.STORNO_RECEIPT: Right.STORNO_RECEIPT,
        Errand.DISCOUNT: Right.DISCOUNT,
        Errand.CASH_IN: Right.CASH_IN,
        Errand.CASH_OUT: Right.CASH_OUT,
        Errand.OPEN_DRAWER: Right.OPEN_DRAWER,
        Errand.X_REPORT: Right.X_REPORT,
        Errand.Z_REPORT: Right.Z_REPORT,
        Errand.CARD_DONE: Right.CARD_OUTCOME,
        Errand.CARD_NOT_DONE: Right.CARD_OUTCOME,
        Errand.CLOSING_DONE: Right.CARD_OUTCOME,
        Errand.CLOSING_NOT_DONE: Right.CARD_OUTCOME,
        Errand.PAPER_SEEN: Right.CARD_OUTCOME,
        Errand.CANCEL_POSTPONED: Right.STORNO_RECEIPT,
        Errand.USERS: Right.USERS,
        Errand.CHOOSE_PRICE: Right.CHOOSE_PRICE,
        Errand.CONFIRM_AGE: Right.CONFIRM_AGE,
        Errand.CONFIRM_CLOCK: Right.CONFIRM_CLOCK,
        Errand.REFUND: Right.REFUND,
    }
)
"""The right that an errand needs."""
