"""From a text free of transport to its code: every reading it can have, and the one where there is one."""

from msgspec.structs import replace

from cashier.core.marks._code import GS, Code, Damage
from cashier.core.marks._generic import generic, hides_a_check_part, hides_a_field
from cashier.core.marks._layouts import GTIN, KI, SERIAL_AT, begins_again, is_gs1, shapes_of, taken_apart
from cashier.core.marks._numbers import BARCODES, is_number
from cashier.core.marks._pack import FULL, PACK, holds_pack, is_certain, pack_of, pack_under


def parsed(text: str, aim: str) -> Code | Damage:
    """Read a text of legal characters and GS; `aim` is the AIM identifier it came with."""
    if GS + GS in text:
        return Damage.STRUCTURE
    if is_glued(text):
        return Damage.GLUED
    codes = readings(text, aim)
    exact = len(codes) == 1 and _is_exact(codes[0], aim)
    if begins_again(text, len(codes[0].ki) if exact else 1):
        return Damage.GLUED
    if exact:
        return codes[0]
    if not is_gs1(text):
        return Damage.STRUCTURE if holds_pack(text) else Code(text, ki=text.partition(GS)[0])
    return _uncertain(text, codes)


def _is_exact(code: Code, aim: str) -> bool:
    """Tell whether a reading is a whole code with every GS in its place."""
    if code.layout == PACK:
        return is_certain(code, aim)
    return code.layout != KI and not code.repaired


def readings(text: str, aim: str) -> list[Code]:
    """Return every code of the table that the text can have been before it lost some GS, or all.

    The truth is always among them if it is of the table: one reading is certain, two are not.
    """
    plain, gaps = taken_apart(text)
    codes = []
    for shape in shapes_of(plain, gaps):
        code = shape.canonical(plain)
        codes.append(Code(code, plain[: shape.ki], plain[GTIN], shape.layout, repaired=code != text))
    pack = pack_under(text, aim)
    return [*codes, pack] if pack else codes


def _uncertain(text: str, codes: list[Code]) -> Code | Damage:
    """Decide a GS1 text that is no code of the table with every GS in its place."""
    if codes:
        return Damage.NO_GS if len(codes) > 1 or _is_doubtful(codes[0]) else codes[0]
    return generic(text) if GS in text else Damage.NO_GS


def _is_doubtful(code: Code) -> bool:
    """Tell whether the only reading of the table may be no code of the table, or one with a scanner's own suffix."""
    if code.layout == KI:
        return hides_a_field(code.ki[SERIAL_AT:])
    return code.layout == PACK or hides_a_check_part(code.code.rpartition(GS)[2])


def is_glued(text: str) -> bool:
    """Tell whether the text is a code and a barcode, two packs, or a code and a pack.

    A pack of digits only is no pack but barcodes. Two codes of GS1 are told by their second beginning.
    """
    if len(text) == FULL and text.isdigit():
        return True
    if any(pack_of(text[length:]) and is_number(text[:length]) for length in BARCODES):
        return True
    tails = [length for length in BARCODES if is_number(text[-length:])]
    tails += [FULL] if pack_of(text[-FULL:]) else []
    return any(_is_whole(text[:-length]) for length in tails)


def _is_whole(head: str) -> bool:
    """Tell whether the text before a possible second scan can be a code by itself."""
    if readings(head, ""):
        return True
    return GS in head and not head.endswith(GS) and is_gs1(head) and isinstance(generic(head), Code)


def with_repair(code: Code) -> Code:
    """Mark a code as repaired."""
    return code if code.repaired else replace(code, repaired=True)
