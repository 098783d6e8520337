"""The legal minimum (ЕМЦ): of which goods it is, and from which day on (spec T9)."""

from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from cashier.core.catalogue import Product
from cashier.core.money import Kopecks
from cashier.gates.price import LegalKind, LegalPrice
from cashier.gates.price._legal import legal_minimum
from tests.core.hand import NOON
from tests.gates.priced import CARTON, MILK, PACK, kind

TODAY = NOON.date()


def on(day: date, *kinds: LegalKind, product: Product = PACK, carton: bool = False) -> int:
    """Return the minimum of goods on a day."""
    return legal_minimum(kinds, product, day, carton=carton)


class TestDays:
    @pytest.mark.parametrize(
        ("day", "minimum"),
        [
            (date(2021, 3, 31), 0),
            (date(2021, 4, 1), 10800),
            (date(2025, 12, 31), 10800),
            (date(2026, 1, 1), 15300),
            (date(2026, 1, 2), 15300),
            (date(2026, 12, 31), 15300),
            (date(2027, 1, 1), 17000),
            (date(2099, 1, 1), 17000),
        ],
    )
    def test_latest_that_has_begun_holds(self, day: date, minimum: int) -> None:
        """Given prices of several days, then each holds from its day on until the next one's."""
        assert on(day, kind(10800, (date(2026, 1, 1), 15300), (date(2027, 1, 1), 17000))) == minimum

    def test_only_in_the_future(self) -> None:
        """Given a price that begins tomorrow, then today there is none."""
        coming = LegalKind((LegalPrice(TODAY + timedelta(1), Kopecks(15300)),))
        assert (on(TODAY, coming), on(TODAY + timedelta(1), coming)) == (0, 15300)

    def test_none_set(self) -> None:
        """Given no kinds, or one without prices, then nothing is forbidden."""
        assert (on(TODAY), on(TODAY, LegalKind(()))) == (0, 0)


class TestGoods:
    GENERAL = kind(100)
    OF_GROUP = kind(200, groups="tobacco")
    OF_ITEM = kind(300, items="31")
    OF_ABOVE = kind(400, groups="shop")

    @pytest.mark.parametrize(
        ("kinds", "minimum"),
        [
            ((GENERAL,), 100),
            ((GENERAL, OF_GROUP), 200),
            ((GENERAL, OF_GROUP, OF_ITEM), 300),
            ((OF_GROUP, OF_ITEM), 300),
            ((OF_ABOVE, OF_GROUP), 200),
            ((OF_ABOVE, GENERAL), 400),
            ((kind(500, items="32", groups="cigars"),), 0),
            ((kind(500, items="32", groups="cigars"), GENERAL), 100),
            ((kind(500, items="tobacco"),), 0),
            ((kind(500, groups="31"),), 0),
        ],
    )
    def test_item_before_group_before_tobacco(self, kinds: tuple[LegalKind, ...], minimum: int) -> None:
        """Given several kinds in any order, then the item goes first, the nearest group next, tobacco at large last."""
        pack = replace(PACK, above=("shop",))
        assert on(TODAY, *kinds, product=pack) == on(TODAY, *kinds[::-1], product=pack) == minimum

    def test_other_goods(self) -> None:
        """Given goods other than tobacco, then only a kind that names them is theirs."""
        own = replace(MILK, group="dairy")
        assert on(TODAY, self.GENERAL, product=own) == 0
        assert on(TODAY, self.GENERAL, kind(500, items="33"), product=own) == 500
        assert on(TODAY, self.GENERAL, kind(600, groups="dairy"), product=own) == 600

    @pytest.mark.parametrize(("packs", "minimum"), [(10, 153000), (8, 122400), (1, 15300)])
    def test_carton(self, packs: int, minimum: int) -> None:
        """Given a carton, then its minimum is that of its packs."""
        assert on(TODAY, kind(15300, packs=packs), product=CARTON, carton=True) == minimum

    def test_carton_of_the_price_that_holds(self) -> None:
        """Given packs in a carton that change with the price, then those of the price in force count."""
        later = LegalPrice(TODAY + timedelta(1), Kopecks(20000), packs=20)
        assert on(TODAY, LegalKind((LegalPrice(TODAY, Kopecks(15300)), later)), carton=True) == 153000
