"""Ready-made key maps. What a map does not name keeps its key of the standard one, unless that key is taken here."""

from collections.abc import Mapping

from cashier.core.keys import DEFAULT, Action, Context, Preset, changed

ARTIX: Preset = {
    Context.SALE: {
        Action.QUANTITY: ("f12", "insert"),
        Action.SUBTOTAL: ("plus", "/"),
        Action.PICK_LIST: ("f6",),
        Action.DISCOUNT: ("%",),
    },
    Context.PAYMENT: {
        Action.CARD: ("f7", "f6"),
    },
}
"""Map A of domain/artix.md 3.3 without Alt, Ctrl and Shift, which a terminal does not deliver reliably.

Del is the storno of the line, F12 the quantity, «/» the subtotal, F7 in the payment the card. «Сторно всех» has its F4
of map B. A key that strikes the subtotal does not take the money as well: pressed twice it would close a receipt that
nobody has paid.
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
    Context.RETURN: {Action.CANCEL: ("/",), Action.PICK: ("asterisk", "space"), Action.WHOLE: (".", ",", "f12")},
}
"""The sale and the payment on a numeric keypad, other work by the cash menu and arrows.

«/» is Esc wherever no text is typed, «-» the storno of the line, the point the cash menu as long as nothing is typed,
«*» in the payment the card. A keypad types a comma for its point where the layout is Russian.
"""


PRESETS: Mapping[str, Preset] = {
    "standard": DEFAULT,
    "artix": changed(DEFAULT, ARTIX),
    "numpad": changed(DEFAULT, NUMPAD),
}
"""Maps by their name in `[Keys] preset`."""
