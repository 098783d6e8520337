"""What the till asks about a scan: is it a mark, which one, and what identifies a code it has stored."""

import re

from cashier.core.marks._code import GS, Code, Damage, Damaged
from cashier.core.marks._layouts import begins_again, is_gs1
from cashier.core.marks._pack import PACK, holds_pack
from cashier.core.marks._parse import is_glued, parsed, readings, with_repair
from cashier.core.marks._transport import LETTERS, Scan, received

_LEGAL = re.compile(f"[{LETTERS}]*")
_SHORT = 20
"""The longest barcode of a shop's own that may hold what elsewhere spells GS."""

_GS1_MATRIX = ("]d2", "]Q3")
_TRACE = re.compile(rb"01[0-9]{14}21")


def read(data: bytes, gs: bytes = b"") -> Code | Damaged:
    r"""Read a scan as the code it was before the scanner, or refuse it: never another serial.

    A text that is no layout is a code as well: the shop's masks decide.

    Args:
        data: what the scanner sent.
        gs: how this scanner spells GS; empty for any known spelling (domain/marking.md 6.1). A true GS always is one.

    >>> read(b"]d20103041094787443215Qbag!93Zjqw\r").code
    '0103041094787443215Qbag!\x1d93Zjqw'
    >>> read(b"0104610053147452215d,OiLl93dGVz").damage
    <Damage.NO_GS: 'no_gs'>
    """
    scan = received(data, gs)
    if isinstance(scan, Damage):
        return Damaged(scan)
    code = _either(scan) if scan.others else parsed(scan.text, scan.aim)
    if isinstance(code, Damage):
        return Damaged(code)
    return with_repair(code) if scan.changed else code


def ki_of(code: str) -> str:
    r"""Return the identification code of a code as stored: whole, without its GS, or an identification code itself.

    Where that cannot be told: the text up to the first GS. Never raises.

    >>> ki_of("00000046198488X?io+qCABm8wAYa"), ki_of("0103041094787443215Qbag!93Zjqw")
    ('00000046198488X?io+qC', '0103041094787443215Qbag!')
    """
    head, separator, _ = code.removeprefix(GS).partition(GS)
    if separator or not _LEGAL.fullmatch(code):
        return head
    found = {reading.ki for reading in readings(code, "]d1")}
    return found.pop() if len(found) == 1 else head


def looks_like_mark(data: bytes) -> bool:
    """Tell whether a scan that no mask accepts is a mark, maybe damaged, and not a plain barcode or noise."""
    scan = received(data)
    if isinstance(scan, Damage):
        return scan is Damage.TOO_LONG or _TRACE.search(data) is not None
    if scan.aim in _GS1_MATRIX or any(_has_a_mark(text, scan.aim) for text in (scan.text, *scan.others[:1])):
        return True
    return GS in scan.text and (GS.encode() in data or len(scan.text) > _SHORT)


def _has_a_mark(text: str, aim: str) -> bool:
    if is_gs1(text) or begins_again(text) or holds_pack(text):
        return True
    code = parsed(text, aim)
    return code is Damage.GLUED or (isinstance(code, Code) and code.layout == PACK)


def _either(scan: Scan) -> Code | Damage:
    """Decide between a text as it stands and the same with GS for what its legal characters may spell."""
    if is_glued(scan.text):
        return Damage.GLUED
    literal, respelled = parsed(scan.text, scan.aim), parsed(scan.others[0], scan.aim)
    rivals = readings(scan.text, scan.aim)
    if isinstance(respelled, Code) and respelled.layout:
        certain = not rivals and not any(readings(other, scan.aim) for other in scan.others[1:])
        return with_repair(respelled) if certain else Damage.NO_GS
    if rivals:
        return literal if isinstance(literal, Code) and not literal.repaired else Damage.NO_GS
    return literal if isinstance(respelled, Code) else respelled
