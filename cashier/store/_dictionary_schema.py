"""Form of dictionaries.db: names of domain/artix.md 5.2, and tables of our own for what it does not have.

`tmc.code` is the inventory code (`inventcode`; `sku` of СКО; id of the item in УКМ 5) and names the item;
`tmc.bcode` is its main barcode, `tmc.sortname` its name as names are put in order: in small letters, «ё» as «е».
Every barcode, the main one too, is a row of `barcodes`. NULL: the trade system did not say.
"""

from typing import Final

from cashier.store.migrations import MigrationSet, Step

_FORGET: Final = """INSERT INTO tmc_names(tmc_names, rowid, name)
    VALUES ('delete', old.id, replace(replace(old.name, 'ё', 'е'), 'Ё', 'Е'))"""
_REMEMBER: Final = """INSERT INTO tmc_names(rowid, name)
    VALUES (new.id, replace(replace(new.name, 'ё', 'е'), 'Ё', 'Е'))"""

_GOODS = (
    """CREATE TABLE tmc (
        id INTEGER PRIMARY KEY,
        code TEXT NOT NULL UNIQUE,
        bcode TEXT NOT NULL DEFAULT '',
        name TEXT NOT NULL DEFAULT '',
        articul TEXT, measure TEXT, cquant DECIMAL(13,3), quantdefault DECIMAL(13,3),
        price DECIMAL(13,2), minprice DECIMAL(13,2), minretailprice DECIMAL(13,2),
        vatcode1 TEXT, dcode TEXT, groupcode TEXT,
        op_mode INTEGER NOT NULL DEFAULT 0, price_mode INTEGER NOT NULL DEFAULT 1,
        quant_mode INTEGER NOT NULL DEFAULT 15,
        age INTEGER, ntin TEXT, paymentobject INTEGER, alcoholpercent DECIMAL(4,2),
        tmctype INTEGER, fractional INTEGER
    )""",
    """CREATE TABLE barcodes (
        barcode TEXT NOT NULL, code TEXT NOT NULL,
        name TEXT, price DECIMAL(15,2), cquant DECIMAL(13,3), measure TEXT, quantdefault DECIMAL(13,3),
        minprice DECIMAL(15,2), minretailprice DECIMAL(15,2), tmctype INTEGER, ntin TEXT,
        PRIMARY KEY (barcode, code)
    ) WITHOUT ROWID""",
    "CREATE INDEX barcodes_code ON barcodes (code)",
    "CREATE INDEX barcodes_marked ON barcodes (tmctype) WHERE tmctype IN (3, 4, 7)",
    "CREATE INDEX tmc_marked ON tmc (tmctype) WHERE tmctype IN (3, 4, 7)",
    "CREATE TABLE units (code TEXT PRIMARY KEY, name TEXT NOT NULL, flag INTEGER NOT NULL DEFAULT 0, frunit INTEGER)",
    "CREATE TABLE inventgroup (groupcode TEXT PRIMARY KEY, parentgroupcode TEXT, groupname TEXT NOT NULL DEFAULT '')",
    "CREATE TABLE taxgroup (idtaxgroup TEXT PRIMARY KEY, taxes TEXT NOT NULL)",
    """CREATE TABLE picklist (
        code TEXT PRIMARY KEY, parent TEXT NOT NULL DEFAULT '', name TEXT NOT NULL DEFAULT '',
        tmccode TEXT NOT NULL DEFAULT '', barcode TEXT NOT NULL DEFAULT '', itemorder INTEGER NOT NULL DEFAULT 0
    )""",
    "CREATE INDEX picklist_parent ON picklist (parent, itemorder)",
)

_PRICES = (
    """CREATE TABLE prices (
        key TEXT NOT NULL, scope INTEGER NOT NULL, promo INTEGER NOT NULL DEFAULT 0, datefrom TEXT NOT NULL DEFAULT '',
        dateto TEXT NOT NULL DEFAULT '', price DECIMAL(15,2) NOT NULL, minprice DECIMAL(15,2),
        PRIMARY KEY (key, scope, promo, datefrom)
    ) WITHOUT ROWID""",
    """CREATE TABLE additionalprice (
        code TEXT NOT NULL, barcode TEXT NOT NULL DEFAULT '', pricecode TEXT NOT NULL, price DECIMAL(15,2) NOT NULL,
        name TEXT, PRIMARY KEY (code, barcode, pricecode)
    ) WITHOUT ROWID""",
    """CREATE TABLE sellrestrictperiod (
        code TEXT NOT NULL, position INTEGER NOT NULL, datestart TEXT, dateend TEXT, daystart INTEGER, dayend INTEGER,
        timestart TEXT, timeend TEXT, PRIMARY KEY (code, position)
    ) WITHOUT ROWID""",
)

_PEOPLE_AND_MONEY = (
    """CREATE TABLE mol (
        code TEXT PRIMARY KEY, login TEXT, name TEXT NOT NULL, password TEXT NOT NULL DEFAULT '',
        locked INTEGER NOT NULL DEFAULT 0, rank TEXT
    )""",
    """CREATE TABLE roleuser (
        id INTEGER PRIMARY KEY, usercode TEXT NOT NULL, rolecode INTEGER NOT NULL DEFAULT 4,
        rule INTEGER NOT NULL DEFAULT 1, UNIQUE (usercode, rolecode)
    )""",
    "CREATE TABLE valut (code INTEGER PRIMARY KEY, name TEXT NOT NULL, type INTEGER NOT NULL DEFAULT 0)",
    "INSERT INTO valut (code, name, type) VALUES (1, 'Наличные', 0), (4, 'Банковская карта', 1)",
    """CREATE TABLE excisemarkwhite (
        excisemarkid TEXT NOT NULL, barcode TEXT NOT NULL DEFAULT '', shopcode TEXT,
        excisetype TEXT NOT NULL DEFAULT 'ALCOHOL', serialnumber TEXT, PRIMARY KEY (excisemarkid, barcode)
    ) WITHOUT ROWID""",
    "CREATE TABLE imported (id INTEGER PRIMARY KEY, finished TEXT NOT NULL, records INTEGER NOT NULL)",
)

_NAMES = (
    """CREATE VIRTUAL TABLE tmc_names USING fts5(
        name, content='', columnsize=0, detail=none, prefix='1 2 3', tokenize='unicode61'
    )""",
    f"CREATE TRIGGER tmc_added AFTER INSERT ON tmc BEGIN {_REMEMBER}; END",
    f"CREATE TRIGGER tmc_deleted AFTER DELETE ON tmc BEGIN {_FORGET}; END",
    f"""CREATE TRIGGER tmc_renamed AFTER UPDATE OF name ON tmc WHEN old.name IS NOT new.name
        BEGIN {_FORGET}; {_REMEMBER}; END""",
)


def _small(text: str, capitals: str, small: str) -> str:
    """Write the expression for a text with these letters small; SQLite itself knows only the Latin ones."""
    for pair in zip(capitals, small, strict=True):
        text = "replace({}, '{}', '{}')".format(text, *pair)
    return text


_ORDER = (
    # In two parts: the parser of SQLite does not take thirty functions one in another.
    f"ALTER TABLE tmc ADD COLUMN sortpart TEXT AS ({_small('lower(name)', 'АБВГДЕЁёЖЗИЙКЛМНО', 'абвгдееежзийклмно')})",
    f"ALTER TABLE tmc ADD COLUMN sortname TEXT AS ({_small('sortpart', 'ПРСТУФХЦЧШЩЪЫЬЭЮЯ', 'прстуфхцчшщъыьэюя')})",
    "CREATE INDEX tmc_by_name ON tmc (sortname)",
)

_AGES = (
    """CREATE TABLE attributeage (
        code TEXT NOT NULL, attribute TEXT NOT NULL, age INTEGER NOT NULL, PRIMARY KEY (code, attribute)
    ) WITHOUT ROWID""",
)

DICTIONARIES: Final = MigrationSet(
    "dictionaries",
    (
        Step("goods", _GOODS),
        Step("prices", _PRICES),
        Step("people_and_money", _PEOPLE_AND_MONEY),
        Step("names", _NAMES),
        Step("order_of_names", _ORDER),
        Step("ages_of_attributes", _AGES),
    ),
)
