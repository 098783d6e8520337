"""What is asked of the dictionaries about goods.

The first statement finds the goods and tells which of the others have an answer: most goods have no periods and no
other prices, and a statement that finds nothing costs as much as a tenth of the look-up.
"""

from typing import Final

_QUANTITY: Final = "coalesce(nullif({of}.cquant, 0), nullif({of}.quantdefault, 0), 1)"
_GOODS: Final = f"""SELECT t.code,
    coalesce(nullif(b.name, ''), t.name) AS name, coalesce(b.barcode, t.bcode) AS barcode,
    coalesce(u.name, b.measure, t.measure, '') AS unit, coalesce(t.fractional, u.flag, 0) AS fractional,
    {{kind}} AS kind, coalesce(b.price, t.price) AS price, coalesce(nullif(b.minprice, 0), t.minprice) AS minprice,
    {_QUANTITY.format(of="b")} AS quantity, t.groupcode, t.vatcode1, t.op_mode, x.taxes,
    coalesce(nullif(t.age, 0), (SELECT max(age) FROM attributeage WHERE code = t.code)) AS age,
    g.parentgroupcode AS parent, h.parentgroupcode AS grandparent,
    EXISTS (SELECT 1 FROM sellrestrictperiod WHERE code = t.code) AS restricted,
    EXISTS (SELECT 1 FROM prices WHERE key > '') AS dated,
    EXISTS (SELECT 1 FROM additionalprice WHERE code = t.code)
    OR EXISTS (SELECT 1 FROM additionalprice WHERE code = '') AS others"""
"""The columns are those of `Goods`, in its order."""
_KIND_OF_BARCODE: Final = "coalesce(b.tmctype, t.tmctype, 0)"
_KIND_OF_ITEM: Final = (
    "max(coalesce(t.tmctype, 0), coalesce((SELECT max(tmctype) FROM barcodes WHERE code = t.code), 0))"
)
"""An item typed by code or picked from a list has the strictest kind of its barcodes."""
_BESIDES: Final = """LEFT JOIN units u ON u.code = coalesce(b.measure, t.measure)
    LEFT JOIN taxgroup x ON x.idtaxgroup = t.vatcode1
    LEFT JOIN inventgroup g ON g.groupcode = t.groupcode LEFT JOIN inventgroup h ON h.groupcode = g.parentgroupcode"""
"""What an item has by its codes of other tables; a changed tax group counts from the next look-up on."""
_OF_ITEM: Final = f"""{_GOODS.format(kind=_KIND_OF_ITEM)}
    FROM tmc t LEFT JOIN barcodes b ON b.barcode = t.bcode AND b.code = t.code {_BESIDES}"""

MOST: Final = 50
"""Goods of one answer."""
BY_BARCODE: Final = f"""{_GOODS.format(kind=_KIND_OF_BARCODE)}
    FROM barcodes b JOIN tmc t ON t.code = b.code {_BESIDES} WHERE b.barcode = ? ORDER BY t.code LIMIT {MOST}"""
BY_CODE: Final = f"{_OF_ITEM} WHERE t.code = ?"
BY_ID: Final = f"{_OF_ITEM} WHERE t.id = ?"
PRICES: Final = f"""SELECT key, scope, promo, datefrom, dateto, price, minprice FROM prices
    WHERE key IN (SELECT ?1 UNION ALL SELECT ?2 UNION ALL
        SELECT o.barcode FROM barcodes o WHERE o.code = ?2 AND ?3 IN (0, {_QUANTITY.format(of="o")}))
    AND CASE scope WHEN 0 THEN key = ?2 WHEN 2 THEN key IN (?1, ?2)
        ELSE key IN (?1, (SELECT barcode FROM barcodes WHERE barcode = prices.key AND code = ?2)) END"""
"""Of an item (code ?2), of its barcode ?1, and of its other barcodes that hold the quantity ?3; zero: any quantity."""
OTHERS: Final = """SELECT price FROM additionalprice WHERE code = ?2 AND barcode IN ('', ?1)
    UNION SELECT price FROM additionalprice WHERE code = '' AND barcode = ?1"""
PERIODS: Final = """SELECT daystart, dayend, timestart, timeend, datestart, dateend
    FROM sellrestrictperiod WHERE code = ? ORDER BY position"""
PARENT: Final = "SELECT parentgroupcode FROM inventgroup WHERE groupcode = ?"
