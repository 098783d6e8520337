"""Ready-made key maps. What a map does not name keeps its key of the standard one, unless that key is taken here."""

from collections.abc import Mapping

from cashier.core.keys import DEFAULT, Action, Context, Preset, changed

ARTIX: Preset = {
    Context.SALE: {
        Action.QUANTITY: ("f12", "insert"),
        Action.SUBTOTAL: ("plus", "/", "f7"),
        Action.PICK_LIST: ("f6",),
        Action.DISCOUNT: ("%",),
    },
    Context.PAYMENT: {
        Action.ACCEPT: ("/",),
        Action.CARD: ("f7", "f6"),
    },
}
"""Map A of domain/artix.md 3.3 without Alt, Ctrl and Shift, which a terminal does not deliver reliably.

Del is the storno of the line, F12 the quantity, «/» the subtotal and then the total, F7 the subtotal by card: once to
the payment, once more to the card. «Сторно всех» has its F4 of map B.
"""

NUMPAD: Preset = {
    Context.SALE: {
        Action.CANCEL: ("/",),
        Action.STORNO_LINE: ("-", "delete"),
        Action.MENU: (".", ",", "f10"),
        Action.DISCOUNT: ("%",),
        Action.LOCK: ("=",),
    },
    Context.PAYMENT: {
        Action.CANCEL: ("/",),
        Action.CARD: ("asterisk", "f2"),
        Action.LOCK: ("=",),
    },
    Context.DIALOG: {Action.CANCEL: ("/",)},
    Context.LIST: {Action.CANCEL: ("/",)},
}
"""A keyboard with nothing but a numeric keypad: «/» is Esc wherever no text is typed, «-» the storno of the line, the
point the cash menu as long as nothing is typed, «*» in the payment the card. A keypad types a comma for its point
where the layout is Russian."""


PRESETS: Mapping[str, Preset] = {
    "standard": DEFAULT,
    "artix": changed(DEFAULT, ARTIX),
    "numpad": changed(DEFAULT, NUMPAD),
}
"""Maps by their name in `[Keys] preset`."""
