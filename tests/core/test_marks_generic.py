"""GS1 marks that are none of the table: sound where every GS is in its place, else refused."""

import pytest

from cashier.core.marks import GS, Code, Damage, Damaged, read

KI = "010460714356059821ABCDEFGHJKLMN"


@pytest.mark.parametrize(
    "tail",
    [
        "|10LOT1|17260101",
        "|1726010110LOT1|91EE06|92" + "A" * 43 + "=",
        "|240640|91EE06|92testtesttest",
        "|11260101",
        "|31030003533350000330",
        "|70032612011200|10AB",
        "|8005112000|10AB",
    ],
)
def test_sound_structure_is_a_code(tail: str) -> None:
    """Given known identifiers with right values, then the code is taken as it is."""
    code = KI + tail.replace("|", GS)
    assert read(code.encode()) == Code(code, KI, KI[2:16], "gs1")


@pytest.mark.parametrize(
    ("code", "damage"),
    [
        pytest.param(KI + "|93dGVz|93dGVz", Damage.STRUCTURE, id="repeated"),
        pytest.param(KI + "|93dGVz|21ABC", Damage.STRUCTURE, id="two serials"),
        pytest.param(KI + "|57dGVz", Damage.STRUCTURE, id="unknown"),
        pytest.param(KI + "||93dGVz", Damage.STRUCTURE, id="GS twice"),
        pytest.param(KI + "|93dGV", Damage.STRUCTURE, id="check part short"),
        pytest.param(KI + "|93dGVzx", Damage.STRUCTURE, id="check part long"),
        pytest.param(KI + "|17AB0101", Damage.STRUCTURE, id="letters in a date"),
        pytest.param(KI + "|1726", Damage.STRUCTURE, id="date cut off"),
        pytest.param(KI + "|91EE06|92testtesttestF", Damage.STRUCTURE, id="stray character behind base64"),
        pytest.param(KI + "|93dGVz3103000353|10A", Damage.NO_GS, id="weight behind the check part"),
        pytest.param(KI + "|800511200093dGVz", Damage.NO_GS, id="check part behind the price"),
        pytest.param(KI[:18] + "ABCDEFGHJKLM" + "93dGVz|10A", Damage.NO_GS, id="check part in the serial"),
        pytest.param(KI[:18] + "ABCDEFG10LOT7|17260101", Damage.NO_GS, id="lot in the serial"),
        pytest.param(KI + "10LOT12345|17260101", Damage.NO_GS, id="serial too long"),
        pytest.param(KI + "|10A91EE06|17260101", Damage.NO_GS, id="check part in the lot"),
        pytest.param(KI + "|91EE06|10A4600682000013", Damage.GLUED, id="barcode behind the lot"),
        pytest.param(KI + "|17260101|" + KI + "|93dGVz", Damage.GLUED, id="two codes"),
        pytest.param("4600682000013" + KI + "|93dGVz", Damage.GLUED, id="barcode before the code"),
    ],
)
def test_anything_doubtful_is_refused(code: str, damage: Damage) -> None:
    """Given a structure that is not sound, then the scan is refused with its reason."""
    assert read(code.replace("|", GS).encode()) == Damaged(damage)
