"""A small shop for the tests of the core: people, goods and a pick-list."""

from cashier.core.catalogue import Folder, Person, Product
from cashier.core.events import Worker
from cashier.core.money import Kopecks
from cashier.core.quantity import Thousandths

IVANOVA = Person("7", "Иванова", 1)
"""A cashier."""
PETROV = Person("8", "Петров", 2)
"""A senior."""
SIDOROVA = Person("9", "Сидорова", 3)
"""An administrator."""
ORLOV = Person("6", "Орлов", 1)
"""Another cashier."""
KUZMIN = Person("5", "Кузьмин", 2)
"""A senior who may confirm for others and not sign in."""
PASSWORDS = {
    "7": ("1111", IVANOVA),
    "8": ("2222", PETROV),
    "9": ("3333", SIDOROVA),
    "6": ("4444", ORLOV),
    "5": ("5555", KUZMIN),
}
LOCKED = frozenset({KUZMIN.code})
WORKERS = tuple(Worker(PASSWORDS[code][1], code in LOCKED) for code in sorted(PASSWORDS))

BREAD = Product("1", "Хлеб", Kopecks(4550), barcode="4600682000013")
MILK = Product("2", "Молоко", Kopecks(8990), barcode="4600682000020")
APPLES = Product("3", "Яблоки", Kopecks(12900), barcode="2300003", unit="кг", fractional=True)
BOX = Product("4", "Вода, 6 шт", Kopecks(4000), barcode="4600682000044", quantity=Thousandths(6000))
BANNED = Product("5", "Снято с продажи", Kopecks(100), barcode="4600682000051", sale_allowed=False)
PRICELESS = Product("6", "Без цены", Kopecks(0), barcode="4600682000068")
CHEAP = Product("7", "Пакет", Kopecks(1), barcode="2300007", fractional=True)
GOLD = Product("8", "Слиток", Kopecks(90_000_000_000), barcode="4600682000082")
RED = Product("9", "Роза красная", Kopecks(15000), barcode="4600682000099")
WHITE = Product("10", "Роза белая", Kopecks(16000), barcode="4600682000099")
CHEESE = Product(
    "11",
    "Сыр, упаковка",
    Kopecks(80000),
    barcode="4600682000112",
    unit="кг",
    fractional=True,
    quantity=Thousandths(350),
)
HONEY = Product("40", "Мёд", Kopecks(50000), barcode="4600682000402", min_price=Kopecks(45000))
GOODS = (BREAD, MILK, APPLES, BOX, BANNED, PRICELESS, CHEAP, GOLD, RED, WHITE, CHEESE, HONEY)

BAKERY = Folder("f1", "Выпечка")
RYE = Folder("f2", "Ржаной")
BREAD_BUTTON = Folder("f3", "Хлеб", product="1")
FOLDERS = {"": (BAKERY, BREAD_BUTTON), "f1": (RYE, BREAD_BUTTON), "f2": ()}


def by_code(text: str) -> tuple[Product, ...]:
    """Find goods as the dictionaries do, by barcode or inventory code."""
    return tuple(p for p in GOODS if text in {p.barcode, p.code})


def by_name(words: str) -> tuple[Product, ...]:
    """Find goods by the beginning of their names."""
    return tuple(p for p in GOODS if words and p.name.lower().startswith(words.lower()))
