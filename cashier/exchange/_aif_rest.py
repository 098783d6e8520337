"""AIF commands about units, groups, taxes, people, the pick-list and the white list: what each changes."""

from collections.abc import Callable, Iterator
from typing import Any

import msgspec

from cashier.core import marks
from cashier.exchange import _aif_shapes as shapes
from cashier.exchange._fields import code, flag, mark, optional_code, refuse, shaped, text
from cashier.store import forms
from cashier.store.loading import Change, Forget, Put
from cashier.store.passwords import check_password, hash_password

ROOT = "0"
"""Parent of what has none, as some trade systems write it."""


def unit(body: dict[str, Any]) -> Iterator[Change]:
    """`addUnit`."""
    record = shaped(body, shapes.Unit)
    key = code(record.unitcode, "unitcode")
    yield Put(forms.UNIT, (key, text(record.name, "name") or key, int(flag(record.fractional, "fractional"))))


def delete_unit(body: dict[str, Any]) -> Iterator[Change]:
    """`deleteUnit`."""
    yield Forget("units", ("code",), (code(shaped(body, shapes.Unit).unitcode, "unitcode"),))


def group(body: dict[str, Any]) -> Iterator[Change]:
    """`addInventGroup`."""
    record = shaped(body, shapes.Group)
    parent = parent_of(record.parentgroupcode, "parentgroupcode")
    yield Put(forms.GROUP, (code(record.groupcode, "groupcode"), parent, text(record.groupname, "groupname")))


def delete_group(body: dict[str, Any]) -> Iterator[Change]:
    """`deleteInventGroup`."""
    yield Forget("inventgroup", ("groupcode",), (code(shaped(body, shapes.Group).groupcode, "groupcode"),))


def tax_group(body: dict[str, Any]) -> Iterator[Change]:
    """`addTaxGroup`: its taxes are kept as JSON."""
    record = shaped(body, shapes.TaxGroup)
    key = code(record.idtaxgroup, "idtaxgroup")
    yield Put(forms.TAX, (key, msgspec.json.encode(record.taxes).decode()))


def delete_tax_group(body: dict[str, Any]) -> Iterator[Change]:
    """`deleteTaxGroup`."""
    yield Forget("taxgroup", ("idtaxgroup",), (code(shaped(body, shapes.TaxGroup).idtaxgroup, "idtaxgroup"),))


def pick(body: dict[str, Any]) -> Iterator[Change]:
    """`addPicklist`: a folder, or goods in one."""
    record = shaped(body, shapes.Pick)
    yield Put(
        forms.PICK,
        (
            code(record.code, "code"),
            parent_of(record.parent, "parent"),
            text(record.name, "name"),
            optional_code(record.tmccode, "tmccode"),
            optional_code(record.barcode, "barcode"),
            record.itemorder,
        ),
    )


def delete_pick(body: dict[str, Any]) -> Iterator[Change]:
    """`deletePicklist`: an entry and what lies in it."""
    key = code(shaped(body, shapes.Pick).code, "code")
    yield Forget("picklist", ("code",), (key,))
    yield Forget("picklist", ("parent",), (key,))


def person(known_hash: Callable[[str], str]) -> Callable[[dict[str, Any]], Iterator[Change]]:
    """Make `addMCashUser`; a password that has not changed keeps its hash, so a load repeated changes nothing."""

    def add(body: dict[str, Any]) -> Iterator[Change]:
        record = shaped(body, shapes.Person)
        key = code(record.code, "code")
        password = _hashed(text(record.password, "password"), known_hash(key))
        locked = int(flag(record.locked, "locked"))
        login = text(record.login, "login")
        yield Put(
            forms.PERSON, (key, text(record.name, "name") or key, login, text(record.rank, "rank"), locked, password)
        )
        if record.roleusers:
            yield Forget("roleuser", ("usercode",), (key,))
        for role in record.roleusers:
            yield Put(forms.ROLE, (key, role.rolecode, role.rule))

    return add


def delete_person(body: dict[str, Any]) -> Iterator[Change]:
    """`deleteMCashUser`."""
    key = code(shaped(body, shapes.Person).code, "code")
    yield Forget("mol", ("code",), (key,))
    yield Forget("roleuser", ("usercode",), (key,))


def white_mark(body: dict[str, Any]) -> Iterator[Change]:
    """`addExciseMarksWhite`: a mark, listed with some barcodes or with none."""
    record = shaped(body, shapes.WhiteMark)
    key = _listed(record.excisemarkid)
    rest = (
        code(record.excisetype, "excisetype"),
        optional_code(record.shopcode, "shopcode"),
        optional_code(record.serialnumber, "serialnumber"),
    )
    for listed in [code(barcode.value, "barcodes.value") for barcode in record.barcodes] or [""]:
        yield Put(forms.WHITE, (key, listed, *rest))


def delete_white_mark(body: dict[str, Any]) -> Iterator[Change]:
    """`deleteExciseMarkWhite`: the mark, with whatever check part it is listed."""
    key = _listed(shaped(body, shapes.WhiteMark).excisemarkid)
    yield Forget("excisemarkwhite", (forms.KI,), (marks.ki_of(key),))


def _listed(value: str) -> str:
    """Undo what scanners do to a mark, where that is certain; one whose GS is lost stays as it was given."""
    given = mark(value.strip(f"\r\n{marks.GS}"), "excisemarkid")
    read = marks.read(given.encode())
    if isinstance(read, marks.Code):
        return read.code
    if read.damage is not marks.Damage.NO_GS:
        refuse("excisemarkid", "не код маркировки")
    return given


def parent_of(value: str | int | None, field: str) -> str:
    """Read the code of a parent; the root is empty."""
    parent = optional_code(value, field)
    return "" if parent == ROOT else parent


def _hashed(password: str, known: str) -> str:
    if not password:
        return ""
    return known if known and check_password(password, known) else hash_password(password)
