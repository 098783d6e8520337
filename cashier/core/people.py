"""What the code and the name of a person may be, and how they are typed: on the till or in a command."""

from cashier.core.keys import Context

LONGEST_CODE = 30
LONGEST_NAME = 100


def code_fits(code: str) -> bool:
    """Tell whether a code can be kept (`mol.code`): printable, no blanks at its ends."""
    return code.isprintable() and code == code.strip() and 0 < len(code) <= LONGEST_CODE


def name_fits(name: str) -> bool:
    """Tell whether a name can stand on receipts: printable, and not blanks alone."""
    return name.isprintable() and 0 < len(name.strip()) <= LONGEST_NAME


def context_of(field: str) -> Context:
    """Tell where the keys of a field are looked up: codes and passwords take what can be typed at sign-in."""
    return Context.TEXT if field == "name" else Context.SIGN_IN
