"""Text from outside, in every place of the screen that shows some."""

import pytest
from msgspec.structs import replace

from cashier.core.catalogue import Folder, Person
from cashier.core.conditions import Condition, Level
from cashier.core.events import DeviceChanged, StoreChanged, Worker
from cashier.core.modes import (
    Approving,
    Browsing,
    ChangingPerson,
    CheckingPrice,
    Confirming,
    Discounting,
    Inspecting,
    ListingPeople,
    Popup,
    Purpose,
    Remark,
    Restoring,
    Searching,
    Selling,
    SettlingPostponed,
    ShowingPrice,
    TypingPerson,
)
from cashier.core.money import Kopecks
from cashier.core.rights import Errand
from cashier.core.samples import Sample
from cashier.core.say import say
from cashier.core.state import Farewell
from cashier.core.view_dialog import literal
from tests.ui.drawing import fills, rows_of, text_of
from tests.ui.fake_front import BREAD, FakeFront
from tests.ui.shots import Shot

HOSTILE = [
    "[/]",
    "[@click=app.quit]Товар[/]",
    "[bold red]цена[/bold red]",
    "\x1b[2J\x1b[31mкрасный\x1b]0;title\x07",
    "\x9b31m C1 \x85",
    "слева\u202eнаправо\u2066",
    "ноль\u200bширина\u200d\ufeff",
    "\x00\x01\x02\r\n\t\x7f",
    "x" * 500,
    "Ж" * 500,
    "商品名" * 40,
    "👩‍👩‍👧 ❤️ 🇷🇺 товар",
    "z\u0301\u0302\u0303\u0304algo" * 30,
    "{name} {0} %s $HOME",
    "\ud83d одиночный суррогат",
    "   ",
    "",
]


def _everywhere(words: str) -> list[FakeFront]:
    """Put hostile words into every place that shows text from outside."""
    goods = replace(BREAD, name=words, unit=words)
    front = FakeFront(goods=(goods,), training=True, shop_name=words)
    front.tell(DeviceChanged(words, "gone", words))
    front.tell(StoreChanged(words or "?"))
    begun = FakeFront(goods=(goods,), shop_name=words).sign_in()
    begun.scan(goods.barcode)
    begun.show(ledger=replace(begun.till.ledger, cashier=Person("1", words, 1)), notice=say("scan_broken"))
    fronts = [front, begun]
    told = Remark((literal(words),), (literal(words), say("problem", what=words, advice=words)), "t", literal(words))
    modes = (
        Searching(words, (goods,)),
        Browsing((Folder("f", words),), (Folder("g", words, "1"),)),
        Popup(say("goods_unknown", code=words), say("print_failed", reason=words), Selling(words)),
        Confirming(say("external", text=words), Purpose.QUIT),
        Selling(words),
        ListingPeople((Worker(Person(words, words, 2), locked=True),), 1),
        ChangingPerson(Worker(Person(words, words, 1))),
        TypingPerson(Person(words, words, 3), "role", words),
        Approving(Errand.DISCOUNT, Selling(), words, words, "code"),
        Inspecting(Selling()),
        Restoring(),
        SettlingPostponed(),
        Discounting(entry=words),
        CheckingPrice(Selling(words), words, (goods,), problem=say("goods_unknown", code=words)),
        CheckingPrice(Selling(), problem=say("problem", what=literal(words), advice=literal(words))),
        ShowingPrice(Selling(), goods, remarks=(told, told, told)),
        ShowingPrice(Selling(), replace(goods, sale_allowed=False, price=Kopecks(0)), remarks=(told,), first=2),
    )
    for mode in modes:
        other = FakeFront(goods=(goods,), training=True).sign_in()
        other.scan(goods.barcode)
        other.type("f11")
        other.scan(goods.barcode)
        rules = replace(other.till.rules, samples=(Sample(words, b""),), shop=words, till=words)
        server = Condition(words, Level.WARNING, say("external", text=words))
        other.show(mode=mode, rules=rules, conditions=(server,), notice=say("no_right_either", name=words))
        fronts.append(other)
    paper = FakeFront().sign_in()
    paper.show(farewell=Farewell(1, Kopecks(100), Kopecks(0), words), notice=say("print_failed", reason=words))
    return [*fronts, paper]


class TestHostileText:
    @pytest.mark.parametrize("words", HOSTILE, ids=range(len(HOSTILE)))
    def test_text_is_text_everywhere(self, words: str) -> None:
        """Markup, escapes, bidi and long names change neither the grid nor what a terminal obeys."""
        for front in _everywhere(words):
            for size in ((80, 24), (100, 37)):
                fills(Shot(front), size)

    def test_markup_is_shown_as_it_stands(self) -> None:
        """A name in brackets is a name in brackets."""
        front = _everywhere("[@click=app.quit]Т[/]")[1]
        assert "[@click=app.quit]Т[/]" in text_of(rows_of(Shot(front), (80, 25)))
