"""Records of a hostile or broken trade system are named and skipped; the rest is loaded."""

import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cashier.exchange.report import SHOWN, UnreadableError
from tests.exchange.trade_files import NOON, Shop, aif, barcode, item

GOOD = json.dumps(item("9"))
HEAD = '{"command":"addInventItem","invent":{"inventcode":"1","name":"x",'
DEEP = '{"command":"addInventItem","invent":' + '{"a":' * 5000 + "1" + "}" * 5001
BAD = {
    "NaN": HEAD + '"price":NaN}}',
    "infinite": HEAD + '"price":1e999}}',
    "NaN as text": HEAD + '"price":"NaN"}}',
    "infinity as text": HEAD + '"price":"Infinity"}}',
    "huge number": HEAD + '"price":' + "9" * 400 + "}}",
    "longer than int reads": HEAD + '"price":' + "9" * 5000 + "}}",
    "huge op_mode": HEAD + '"opmode":99999999999}}',
    "negative price": HEAD + '"price":-1}}',
    "price a list": HEAD + '"price":[1]}}',
    "price a flag": HEAD + '"price":true}}',
    "code an object": '{"command":"addInventItem","invent":{"inventcode":{},"name":"x"}}',
    "no code": '{"command":"addInventItem","invent":{"name":"x"}}',
    "empty code": '{"command":"addInventItem","invent":{"inventcode":"  ","name":"x"}}',
    "long name": '{"command":"addInventItem","invent":{"inventcode":"1","name":"' + "x" * 10_000_000 + '"}}',
    "control byte": '{"command":"addBarcode","barcode":{"code":"1","barcode":"46\\u001b[2J"}}',
    "raw control byte": '{"command":"addBarcode","barcode":{"code":"1","barcode":"46\x01"}}',
    "half a surrogate": '{"command":"addBarcode","barcode":{"code":"1","barcode":"\\ud800"}}',
    "key twice": '{"command":"addBarcode","barcode":{"code":"1","CODE":"2","barcode":"1"}}',
    "unknown kind": '{"command":"addBarcode","barcode":{"code":"1","barcode":"1","tmctype":99}}',
    "wrong date": '{"command":"addPrice","price":{"barcode":"1","price":1,"effectivedate":"вчера"}}',
    "wrong time": HEAD + '"sellrestrictperiods":[{"timestart":"25:00"}]}}',
    "huge day": HEAD + '"sellrestrictperiods":[{"daystart":99999999999999999999}]}}',
    "period a text": HEAD + '"sellrestrictperiods":"23:00-08:00"}}',
    "period a number": HEAD + '"sellrestrictperiods":[7]}}',
    "age a text": HEAD + '"age":"18+"}}',
    "age a flag": HEAD + '"age":true}}',
    "negative age": HEAD + '"age":-18}}',
    "age of a tortoise": HEAD + '"age":151}}',
    "minimum of a barcode": HEAD + '"barcodes":[{"barcode":"1","minprice":-1}]}}',
    "other price of a barcode": HEAD + '"barcodes":[{"barcode":"1","additionalprices":[{"price":"много"}]}]}}',
    "other price without a price": HEAD + '"additionalprices":[{"pricecode":1}]}}',
    "wrong switch": HEAD + '"options":{"inventitemoptions":{"ageverify":2}}}}',
    "quantity": '{"command":"addBarcode","barcode":{"code":"1","barcode":"1","quantdefault":-1}}',
    "no command": '{"invent":{"inventcode":"1"}}',
    "not an object": "[1]",
    "no JSON": "{oops}",
    "deep": DEEP,
}


@pytest.mark.parametrize("name", BAD)
def test_bad_command_is_named_and_skipped(shop: Shop, name: str) -> None:
    """Whatever is wrong with one command, the report says where and what to do, and the others are loaded."""
    report = shop.load(f"{GOOD}\n---\n{BAD[name]}\n---\n{GOOD.replace('9', '8')}\n---\n")
    (bad,) = report.bad
    assert bad.place == "file0.txt, строка 3"
    assert bad.reason
    assert bad.advice
    assert report.taken["addInventItem"] == 2
    assert shop.dictionaries.by_code("1", NOON) is None


@pytest.mark.parametrize("name", ["NaN", "huge number", "long name", "deep", "key twice", "half a surrogate"])
def test_bad_element_of_a_list_is_named_and_skipped(shop: Shop, name: str) -> None:
    """The same in a JSON array, where nothing but brackets tells where a record ends."""
    report = shop.load(f"[{GOOD},{BAD[name]},{GOOD.replace('9', '8')}]")
    assert [bad.place for bad in report.bad] == ["file0.txt, запись 2"]
    assert report.taken["addInventItem"] == 2


def test_bad_records_beyond_a_hundred_are_counted(shop: Shop) -> None:
    """The report stays short."""
    report = shop.aif(*(item(str(number), price=-1) for number in range(SHOWN + 50)))
    assert (len(report.bad), report.bad_count) == (SHOWN, SHOWN + 50)


def test_names_of_commands_do_not_fill_the_memory(shop: Shop) -> None:
    """A thousand invented commands are counted under a hundred names without control characters."""
    report = shop.aif(*({"command": f"{number}\x1b" + "x" * 1000} for number in range(1000)))
    assert len(report.not_kept) == 101
    assert report.not_kept.total() == 1000
    assert all(name.isprintable() for name in report.not_kept)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
FIELDS = st.sampled_from(
    [
        *("price", "barcodes", "options", "age", "name", "inventcode", "barcode", "tmctype", "minprice"),
        *("sellrestrictperiods", "additionalprices"),
    ]
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(fields=st.dictionaries(FIELDS, JSON, max_size=4), command=st.sampled_from([item, barcode]))
def test_any_value_in_any_field(shop: Shop, fields: dict[str, Any], command: Any) -> None:
    """Every record is either taken or named, never lost, never a traceback."""
    good = command()
    spoilt = {key: value if key == "command" else {**value, **fields} for key, value in good.items()}
    report = shop.aif(spoilt, item("9"))
    assert report.taken.total() + report.bad_count == 2
    assert shop.dictionaries.by_code("9", NOON) is not None


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_damaged_file(shop: Shop, data: st.DataObject) -> None:
    """Any bytes over any part of a file: it is loaded with bad records named, or refused; nothing else happens."""
    whole = aif(item("1"), barcode("1", tmctype=7), item("2")).encode()
    start = data.draw(st.integers(0, len(whole)))
    end = data.draw(st.integers(start, min(len(whole), start + 20)))
    damaged = whole[:start] + data.draw(st.binary(max_size=6)) + whole[end:]
    with suppress(UnreadableError):
        report = shop.load(damaged)
        assert report.taken.total() + report.not_kept.total() + report.bad_count >= 2
