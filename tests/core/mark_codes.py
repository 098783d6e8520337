"""Codes of marks for tests: samples of every group, a strategy for any code of the table, and what scanners do to them.

The table is written down here once more, from domain/marking.md 1.2, so that a slip in the parser's own is seen.
"""

import string
from dataclasses import dataclass

from hypothesis import strategies as st

GS = "\x1d"
LETTERS = string.ascii_letters + string.digits + "!\"%&'()*+,-./:;<=>?_"
"""What a mark may hold: 82 characters."""

MRC_LETTERS = LETTERS.replace("(", "").replace(")", "")


@dataclass(frozen=True, slots=True)
class Mark:
    """A code as printed, and what it is."""

    group: str
    code: str
    ki: str
    gtin: str

    @property
    def has_gs(self) -> bool:
        """Whether the code has separators that can be lost."""
        return GS in self.code


def _gs1(group: str, gtin: str, serial: str, *fields: str) -> Mark:
    ki = f"01{gtin}21{serial}"
    return Mark(group, GS.join((ki, *fields)), ki, gtin)


def _pack(group: str, gtin: str, serial: str, rest: str) -> Mark:
    return Mark(group, gtin + serial + rest, gtin + serial, gtin)


_CHECK_44 = "Afwuf6d3c9oszbRy/Vb+hRUl1wokz/8UOthdpBYw9A0="
_CHECK_88 = "Za6ZlkdG3zynfnllYpMQSrbZ7Gu+OKqJ9fCRZu+X5A7V7D7Th7ROcrRPbmLHpqV2BLI0YWuUTPYKadnk40Zjqw=="

SAMPLES = (
    _pack("tobacco_pack", "00000046198488", "X?io+qC", "ABm8wAYa"),
    _pack("tobacco_pack", "01230000211093", "s)pTKjQ", "AAAAHwvf"),
    _pack("tobacco_pack", "01230000157926", "=Mflh=d", "AAAA"),
    _pack("tobacco_pack", "00000046198488", "X?io+qC", ""),
    _gs1("tobacco_block", "04600439931256", "JgXJ5.T", "8005112000", "93Mdlr"),
    _gs1("tobacco_block", "04600439931256", "JgXJ5.T", "8005112000", "93Mdlr", "24014276281"),
    _gs1("tobacco_block", "04600439931256", "JgXJ5.T", "8005112000", "930001", "923zbrLA==", "24014276281"),
    _gs1("tobacco_carton", "14600439937620", "NH9X1JF", "1012940183"),
    _gs1("clothes", "04607809591331", "e/Fw:xeo47NK2", "91F010", "92" + _CHECK_44),
    _gs1("clothes", "04640088090997", '5tjNZHkB"<jQY', "91FFD0", "92dGVzdGgUDZKISuwvUUiqzzWuUNnBVJhvRbOxG2W2Tg8="),
    _gs1("clothes", "04607143560598", "FGXEAGA5A1GAH", "91EE06", "92VW/n3g0hYP6kqx1WjVy/fnpKT+i7N3FT8QPUyzzKQT4="),
    _gs1("clothes", "04603727442014", "514Du(wE/TRH3", "91EE11", "92dRzu6r5O9a0AET6VZ1GX6i6DWdjTgzdpF2Bf7EwOR78="),
    _gs1("shoes", "04060477697987", "QkmvHY.+O5crD", "918097", "92" + _CHECK_88),
    _gs1("shoes", "04060477697987", "QkmvHY.+O5crD", "2406403", "918097", "92" + _CHECK_88),
    _gs1("shoes", "04060477697987", "QkmvHY.+O5crD", "2406403", "918097", "92" + _CHECK_44),
    _gs1(
        "camera", "04607809591454", "m9tNPzJTWzuc9exC5/M+", "91EE07", "92vdIdf340vdN01ot+7YRyUb0XRbSQEAe4C4wjaAysm4M="
    ),
    _gs1("canned", "04809011017511", "5abcde", "91A123", "92Test1234Test5678Test1234Test5678Test1234Test"),
    _gs1("milk", "03041094787443", "5Qbag!", "93Zjqw"),
    _gs1("milk", "03041094787443", "5Qbag!xy", "93Zjqw"),
    _gs1("milk_weighed", "03041094787443", "5Qbag!", "93Zjqw", "3103000353"),
    _gs1("milk_weighed", "03041094787443", "5Qbag!xy", "93Zjqw", "3103000353"),
    _gs1("milk_old", "03041094787443", "5Qbag!xyZ+123", "1726120193Zjqw"),
    _gs1("milk_old", "03041094787443", "5Qbag!xyZ+123", "70032612011200", "93Zjqw"),
    _gs1("water", "04636332455360", "561BtxPs9VbAP", "93dGVz"),
    _gs1("water", "04260071832047", "5DKwJEavSWpj5", "93dGVz"),
    _gs1("water", "04636332455339", "5qa5?WHJssbI-", "93dGVz"),
    _gs1("beer", "04610053147452", "5d,OiLl", "93dGVz"),
    _gs1("beer_volume", "04610053147452", "5d,OiLl", "93dGVz", "3350123456"),
    _gs1("beer_volume", "04610053147452", "5d,OiLlabcdef", "93dGVz", "3350123456"),
    _gs1("gs1", "04607809591508", "sSBmxTYIFT(eq", "91FFD0", "92testtesttest"),
    _gs1("ki", "04603586014674", "5012516137746"),
    _gs1("ki", "03041094787443", "5Qbag!"),
    _gs1("ki", "04607809591454", "m9tNPzJTWzuc9exC5/M+"),
)
"""One code per shape of the table, most of them real and long sold."""

MILK = next(mark for mark in SAMPLES if mark.group == "milk")
WATER = next(mark for mark in SAMPLES if mark.group == "water")
PACK = SAMPLES[0]
BLOCK = next(mark for mark in SAMPLES if mark.group == "tobacco_block")

SHAPES: tuple[tuple[str, int, str], ...] = (
    ("milk", 6, "93+c4"),
    ("milk", 8, "93+c4"),
    ("milk_weighed", 6, "93+c4 | 3103+n6"),
    ("milk_weighed", 8, "93+c4 | 3103+n6"),
    ("milk_old", 13, "17+n6 93+c4"),
    ("milk_old", 13, "7003+n10 | 93+c4"),
    ("beer", 7, "93+c4"),
    ("beer_volume", 7, "93+c4 | 335+n7"),
    ("beer_volume", 13, "93+c4 | 335+n7"),
    ("water", 13, "93+c4"),
    ("clothes", 13, "91+c4 | 92+c44"),
    ("shoes", 13, "91+c4 | 92+c88"),
    ("shoes", 13, "240+c4 | 91+c4 | 92+c88"),
    ("shoes", 13, "240+c4 | 91+c4 | 92+c44"),
    ("camera", 20, "91+c4 | 92+c44"),
    ("canned", 6, "91+c4 | 92+c44"),
    ("tobacco_block", 7, "8005+n6 | 93+c4"),
    ("tobacco_block", 7, "8005+n6 | 93+c4 | 240+n8"),
    ("tobacco_block", 7, "8005+n6 | 93+c4 | 92+c8 | 240+n8"),
    ("tobacco_carton", 7, "10+n8"),
)
"""Group, length of the serial, what follows the first GS; a bar is a GS; c any characters, n digits."""

TRAPS = ("91", "92", "93", "240", "8005", "3103", "3350", "10", "17", "21", "01", "<GS>", "0104600439931256", "RU")
"""What in a serial or a check part can be mistaken for structure."""


def check_digit(number: str) -> str:
    """Return the digit that closes a number of GS1."""
    weighed = sum(int(digit) * (3 if at % 2 == 0 else 1) for at, digit in enumerate(reversed(number)))
    return str(-weighed % 10)


def numbers(length: int) -> st.SearchStrategy[str]:
    """Draw barcodes and GTINs of this length, with their check digit."""
    digits = st.text(string.digits, min_size=length - 1, max_size=length - 1)
    return digits.map(lambda number: number + check_digit(number))


_LONG = 20


def texts(length: int, letters: str = LETTERS) -> st.SearchStrategy[str]:
    """Draw texts of this length, as chance makes them and with traps in them; long ones differ by their traps only."""
    plain = st.just((_CHECK_88 * 2)[:length]) if length > _LONG else st.text(letters, min_size=length, max_size=length)
    trap = st.tuples(st.sampled_from(TRAPS), st.integers(0, length - 1))
    return st.builds(_trapped, plain, st.lists(trap, max_size=2))


def _trapped(text: str, traps: list[tuple[str, int]]) -> str:
    for trap, at in traps:
        text = (text[:at] + trap + text[at + len(trap) :])[: len(text)]
    return text


@st.composite
def gs1_marks(draw: st.DrawFn) -> Mark:
    """Draw a code of any group of the table that is a GS1 code."""
    group, length, tail = draw(st.sampled_from(SHAPES))
    gtin, serial = draw(numbers(14)), draw(texts(length))
    code = f"01{gtin}21{serial}{GS}"
    for field in tail.split():
        name, _, rule = field.partition("+")
        if name == "|":
            code += GS
        else:
            letters = string.digits if rule[0] == "n" else LETTERS
            size = int(rule[1:])
            code += name + draw(st.text(letters, min_size=size, max_size=size) if rule[0] == "n" else texts(size))
    return Mark(group, code, code[: 18 + length], gtin)


@st.composite
def packs(draw: st.DrawFn) -> Mark:
    """Draw a tobacco pack; its GTIN is often a padded EAN-8, or begins 01. Digits alone are barcodes."""
    head = draw(st.sampled_from(("", "000000", "01", "02", "0123000")))
    digits = head + draw(st.text(string.digits, min_size=13 - len(head), max_size=13 - len(head)))
    mrc = draw(st.one_of(st.just("AAAA"), st.text(MRC_LETTERS, min_size=4, max_size=4)))
    serial = draw(texts(7).filter(lambda drawn: not drawn.isdigit()))
    return _pack("tobacco_pack", digits + check_digit(digits), serial, mrc + draw(texts(4)))


def marks() -> st.SearchStrategy[Mark]:
    """Draw a code of any group."""
    return st.one_of(gs1_marks(), packs())


def barcodes() -> st.SearchStrategy[str]:
    """Draw EAN-8, UPC-A, EAN-13 or ITF-14."""
    return st.sampled_from((8, 12, 13, 14)).flatmap(numbers)


CERTAIN_SPELLINGS = ("^]", "{GS}", "\\u001d", "\\u001D", "\\x1d", "\\x001d", "è", "|", " ", "␝")
LEGAL_SPELLINGS = ("<GS>", "<GS> ", "<FNC1>")
SPELLINGS = (*CERTAIN_SPELLINGS, *LEGAL_SPELLINGS)
"""How scanners spell GS (domain/marking.md 6.1): in characters no mark may hold, and in some that it may."""

_US = "`1234567890-=qwertyuiop[]asdfghjkl;'\\zxcvbnm,./~!@#$%^&*()_+QWERTYUIOP{}ASDFGHJKL:\"|ZXCVBNM<>?"
_RU = 'ё1234567890-=йцукенгшщзхъфывапролджэ\\ячсмитьбю.Ё!"№;%:?*()_+ЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭ/ЯЧСМИТЬБЮ,'
_KEYS = str.maketrans(_US, _RU)


def typed_in_russian(text: str) -> str:
    """Return what the keys of a text type under the Russian layout."""
    return text.translate(_KEYS)


def without(code: str, lost: set[int]) -> str:
    """Return the code without those of its GS, counted from 0."""
    pieces = code.split(GS)
    return pieces[0] + "".join(("" if at in lost else GS) + piece for at, piece in enumerate(pieces[1:]))
