"""Which keyboard is the scanner."""

from pathlib import Path

import pytest

from devices import HidConfig
from devices.hid.find import find


def sysfs_keyboard(root: Path, number: int, name: str, phys: str, keys: str = "fffffffffffffffe") -> None:
    """Describe a device as the kernel does; those on USB are of one vendor."""
    vendor = "05e0" if phys.startswith("usb") else "0001"
    device = root / f"event{number}" / "device"
    (device / "id").mkdir(parents=True)
    (device / "capabilities").mkdir()
    for file, text in {"name": name, "phys": phys, "id/vendor": vendor, "id/product": "1200"}.items():
        (device / file).write_text(text + "\n")
    (device / "capabilities" / "key").write_text(f"1000000000007 {keys}\n")


class TestFinding:
    @pytest.fixture
    def sysfs(self, tmp_path: Path) -> Path:
        """Describe the cashier's keyboard, a scanner with a second node for its settings, and its twin."""
        sysfs_keyboard(tmp_path, 2, "AT Translated Set 2 keyboard", "isa0060/serio0/input0")
        sysfs_keyboard(tmp_path, 10, "Symbol Scanner", "usb-1/input0")
        sysfs_keyboard(tmp_path, 9, "Symbol Scanner Control", "usb-1/input1", keys="0")
        sysfs_keyboard(tmp_path, 11, "Symbol Scanner", "usb-2/input0")
        return tmp_path

    @pytest.mark.parametrize(
        ("config", "path"),
        [
            (HidConfig("x", vendor=0x05E0), "/dev/input/event10"),
            (HidConfig("x", vendor=0x05E0, product=0x1200, phys="usb-2/input0"), "/dev/input/event11"),
            (HidConfig("x", device_name="Symbol Scanner"), "/dev/input/event10"),
            (HidConfig("x", device_name="Symbol Scanner", product=0x1201), None),
            (HidConfig("x", device_name="Symbol Scanner Control"), None),
            (HidConfig("x", device="/dev/input/by-id/a"), "/dev/input/by-id/a"),
            (HidConfig("x"), None),
        ],
    )
    def test_all_that_is_named_must_agree(self, sysfs: Path, config: HidConfig, path: str | None) -> None:
        """And only a device that types is taken."""
        assert find(config, sysfs) == path

    def test_a_device_pulled_out_meanwhile_is_no_match(self, sysfs: Path) -> None:
        """Its files have gone while its name is still listed."""
        for file in (sysfs / "event10" / "device").rglob("*"):
            if file.is_file():
                file.unlink()
        assert find(HidConfig("x", vendor=0x05E0), sysfs) == "/dev/input/event11"
