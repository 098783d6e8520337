"""The masks of the shipped `markedgoods.ini`, all switched on: every group of marks goes to its own category."""

from pathlib import Path

import pytest

from cashier.core.marks import Code, read
from cashier.masks import Accepted, Masks, check_mask
from cashier.settings import load
from cashier.settings.model import MarkCategory
from tests.settings.test_settings_shipped import CONF, uncommented

SHOES_88 = "Za6ZlkdG3zynfnllYpMQSrbZ7Gu+OKqJ9fCRZu+X5A7V7D7Th7ROcrRPbmLHpqV2BLI0YWuUTPYKadnk40Zjqw=="
CHECK_44 = "vdIdf340vdN01ot+7YRyUb0XRbSQEAe4C4wjaAysm4M="
SHOES = "010406047769798721QkmvHY.+O5crD"
MILK = "010304109478744321"

SAMPLES = [
    ("milk", f"{MILK}5Qbag!\x1d93Zjqw", "MilkByWeight", {}),
    ("milk, weighed", f"{MILK}5Qbag!\x1d93Zjqw\x1d3103000353", "MilkByWeight", {"weight": "000353"}),
    ("milk, serial of 8", f"{MILK}5Qbag!xy\x1d93Zjqw", "MilkByWeight", {}),
    ("milk, use by", f"{MILK}5Qbag!abcdefg\x1d17261231\x1d93Zjqw".replace("1231\x1d", "1231"), "Milk", {}),
    ("milk, use by the hour", f"{MILK}5Qbag!abcdefg\x1d70032612312359\x1d93Zjqw", "Milk", {}),
    ("beer", "0104610053147452215d,OiLl\x1d93dGVz", "Beer", {}),
    ("beer, volume", "0104610053147452215d,OiLl\x1d93dGVz\x1d3350123456", "Beer", {}),
    ("beer, serial of 13", "0104636332455339215qa5?WHJssbI-\x1d93dGVz", "Water", {}),
    ("beer, serial of 13, volume", "0104636332455339215qa5?WHJssbI-\x1d93dGVz\x1d3350123456", "Beer", {}),
    ("water", "010463633245536021561BtxPs9VbAP\x1d93dGVz", "Water", {}),
    ("supplement", "0104260071832047215DKwJEavSWpj5\x1d93dGVz", "Water", {}),
    ("antiseptic", "0105015025322223215pE?s!Cbc0_MJ\x1d93dGVz", "Water", {}),
    ("clothes", f"010460780959150821sSBmxTYIFT(eq\x1d91FFD0\x1d92{CHECK_44}", "Common", {}),
    ("perfume", f"010460780959133121e/Fw:xeo47NK2\x1d91F010\x1d92{CHECK_44}", "Common", {}),
    ("tyres", f"0104607809591423215MGWI6OyoG3Jt\x1d91F010\x1d92{CHECK_44}", "Common", {}),
    ("bicycle", f'0104640088090997215tjNZHkB"<jQY\x1d91FFD0\x1d92{CHECK_44}', "Common", {}),
    ("wheelchair", f"0104640088091000215gMpn5CJG37mF\x1d91FFD0\x1d92{CHECK_44}", "Common", {}),
    ("medicine", f"010460714356059821FGXEAGA5A1GAH\x1d91EE06\x1d92{CHECK_44}", "Common", {}),
    ("shoes", f"{SHOES}\x1d918097\x1d92{SHOES_88}", "Shoes", {}),
    ("shoes, 240", f"{SHOES}\x1d2406403\x1d918097\x1d92{SHOES_88}", "Shoes", {}),
    ("shoes, 44", f"{SHOES}\x1d918097\x1d92{CHECK_44}", "Common", {}),
    ("shoes, 44, 240", f"{SHOES}\x1d2406403\x1d918097\x1d92{CHECK_44}", "Shoes", {}),
    ("camera", f"010460780959145421m9tNPzJTWzuc9exC5/M+\x1d91EE07\x1d92{CHECK_44}", "Camera", {}),
    ("canned", f"0104809011017511215abcde\x1d91A123\x1d92{CHECK_44}", "Canned", {}),
    ("furs", "RU-430302-AAA4050108", "Furs", None),
    ("pack", "00000046198488X?io+qCABm8wAYa", "Tobacco", {"mrc": "ABm8"}),
    ("pack, GTIN from 01", "01230000211093s)pTKjQAAAAHwvf", "Tobacco", {"mrc": "AAAA"}),
    ("block", "010460043993125621JgXJ5.T\x1d8005112000\x1d93Mdlr", "TobaccoBlock", {"price": "112000"}),
    (
        "block, 92 and 240",
        "010460043993125621JgXJ5.T\x1d8005112000\x1d930001\x1d923zbrLA==\x1d24014276281",
        "TobaccoBlock",
        {"price": "112000"},
    ),
]
"""What it is, its code, the category meant, what the mask captures; None: not even a barcode."""

NOBODY = [
    "4600682000013",
    "2100000000012",
    "011460043993762021NH9X1JF\x1d1012940183",
    "010463633245536021561BtxPs9VbAP",
    "0104636332455360215bcdef93abcd4",
    "0103041094787443215Qbag!",
    "00000046198488X?io+qC",
    "000460780959150821",
    "",
]
"""Barcodes, a carton, identification codes alone, one of them as long as a whole code of beer without its GS."""


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> tuple[MarkCategory, ...]:
    """The categories as they work when a shop takes every `;` away."""
    conf = tmp_path_factory.mktemp("conf")
    text = (CONF / "ncash.ini.d" / "markedgoods.ini").read_text(encoding="utf-8")
    (conf / "ncash.ini").write_text(uncommented(text, named=True), encoding="utf-8")
    loaded = load(Path(conf), check_mask)
    assert loaded.settings is not None, list(map(str, loaded.mistakes))
    assert not loaded.warnings
    return loaded.settings.marked_goods.categories


def accepted(categories: tuple[MarkCategory, ...], code: str) -> Accepted:
    """What the masks make of a code that one of them takes."""
    found = Masks(categories).match(code)
    assert found is not None
    return found


@pytest.mark.parametrize(("code", "category", "captured"), [s[1:] for s in SAMPLES], ids=[s[0] for s in SAMPLES])
def test_code_goes_to_its_category(
    shipped: tuple[MarkCategory, ...], code: str, category: str, captured: dict[str, str] | None
) -> None:
    """Given a code of each group, then its category has it, with barcode, weight, price and МРЦ where they stand."""
    found = accepted(shipped, code)
    barcode = code[:14] if category == "Tobacco" else code[2:16]
    assert found.category.name == category
    assert (found.named, found.barcode) == ((False, "") if captured is None else (True, barcode))
    assert dict(found.properties) == (captured or {})


@pytest.mark.parametrize(("code", "category"), [s[1:3] for s in SAMPLES], ids=[s[0] for s in SAMPLES])
def test_no_other_mask_takes_it(shipped: tuple[MarkCategory, ...], code: str, category: str) -> None:
    """Given each mask alone, then only one takes a code; of milk and of shoes with 240 the order of the file decides.

    Camera's mask is the seed's and sees no GS, so a serial with 240 behind it has the length of a camera's.
    """
    takers = [own.name for own in shipped if Masks((own,)).match(code)]
    assert takers in ([category], ["Milk", "MilkByWeight"], ["Shoes", "Camera"])
    assert takers[0] == category


def test_camera_with_240_in_its_serial_is_no_shoe(shipped: tuple[MarkCategory, ...]) -> None:
    """Given a serial of a camera that has 240 where shoes have theirs, then GS decides: it is a camera."""
    code = f"010460780959145421m9tNPzJTWzuc9240C5/M\x1d91EE07\x1d92{CHECK_44}"
    assert accepted(shipped, code).category.name == "Camera"


@pytest.mark.parametrize("code", NOBODY)
def test_what_is_no_whole_code_is_nobodys(shipped: tuple[MarkCategory, ...], code: str) -> None:
    """Given a barcode or half a code, then no mask takes it."""
    assert Masks(shipped).match(code) is None


@pytest.mark.parametrize(("code", "category"), [s[1:3] for s in SAMPLES], ids=[s[0] for s in SAMPLES])
def test_scan_is_read_to_the_code_the_mask_wants(shipped: tuple[MarkCategory, ...], code: str, category: str) -> None:
    """Given the scan of a good scanner, then it is read to the very code, and its category is the same."""
    aim = "]d1" if category in ("Tobacco", "Furs") else "]d2"
    found = read(f"{aim}{code}\r".encode())
    assert isinstance(found, Code)
    assert found.code == code
    assert accepted(shipped, found.code).category.name == category
