"""Goods of the demo that are not sold to anybody or at any hour, on its real screen."""

from pathlib import Path

from cashier.demo import samples, tobacco
from cashier.demo.start import ADULT
from tests.runtime.counter import Counter, play, zone_of

PANEL = {caption.partition(":")[0]: code for caption, code in samples._GOODS}
BEER, CIDER, ENERGY, BREAD = (PANEL[name] for name in ("Пиво", "Сидр", "Энергетик", "Хлеб ржаной нарезной 350 г"))
STICKS = next(row.data.decode() for row in tobacco.samples("rest") if row.caption.startswith("Стики"))
FARTHEST_WEST, FARTHEST_EAST = "Etc/GMT+12", "Etc/GMT-14"
"""More than a day apart."""


class TestAge:
    def test_asked_once_for_all_that_is_restricted(self, tmp_path: Path) -> None:
        """Given an energy drink whose buyer is old enough, then tobacco, restricted by its group, is sold as well."""

        async def script(counter: Counter) -> None:
            await counter.signs_in("1")
            counter.scan(ENERGY)
            await counter.sees("Проверьте возраст покупателя", "Энергетик", f"с {ADULT.age} лет")
            counter.type("enter")
            await counter.line(1)
            counter.scan(STICKS)
            assert (await counter.line(2)).startswith("2 Стики")

        play(tmp_path / "data", script)

    def test_of_a_group_above(self, tmp_path: Path) -> None:
        """Given tobacco that has no age itself, nor its own group, then the group above that one has it asked."""

        async def script(counter: Counter) -> None:
            await counter.signs_in("1")
            counter.scan(STICKS)
            await counter.sees("Проверьте возраст покупателя", "Стики")

        play(tmp_path / "data", script)

    def test_too_young(self, tmp_path: Path) -> None:
        """Given a date of birth of a child, then a popup says no, and bread is sold after it."""

        async def script(counter: Counter) -> None:
            await counter.signs_in("1")
            counter.scan(ENERGY)
            await counter.sees("Проверьте возраст покупателя")
            counter.type("2")
            await counter.sees("Дата рождения")
            counter.type(*"01012020", "enter")
            await counter.sees("Ошибка", "ещё нет 18 лет")
            counter.type("enter")
            await counter.sees("Сканируйте товар", "F10 Меню")
            counter.scan(BREAD)
            assert (await counter.line(1)).startswith("1 Хлеб")

        play(tmp_path / "data", script)


class TestHours:
    def test_beer_by_day(self, tmp_path: Path) -> None:
        """Given noon in the shop, then beer is sold to whom is old enough."""

        async def script(counter: Counter) -> None:
            await counter.signs_in("1")
            counter.scan(BEER)
            await counter.sees("Проверьте возраст покупателя", "Пиво")
            counter.type("enter")
            assert (await counter.line(1)).startswith("1 Пиво")

        play(tmp_path / "data", script, zone_of(12))

    def test_beer_by_night(self, tmp_path: Path) -> None:
        """Given about two at night, then beer is refused until the morning, and nobody is asked for his age."""

        async def script(counter: Counter) -> None:
            await counter.signs_in("1")
            counter.scan(BEER)
            await counter.sees("Ошибка", "сейчас продажа запрещена", "08:00")

        play(tmp_path / "data", script, zone_of(2))

    def test_cider_at_any_hour(self, tmp_path: Path) -> None:
        """Given the trainer's cider, then the refusal can be shown whenever the training is."""
        for hour in (12, 0):

            async def script(counter: Counter) -> None:
                await counter.signs_in("1")
                counter.scan(CIDER)
                await counter.sees("Ошибка", "Сидр", "сейчас продажа запрещена")

            play(tmp_path / "data", script, zone_of(hour))


class TestClock:
    def test_more_than_a_day_behind_the_last_receipt(self, tmp_path: Path) -> None:
        """Given a receipt of tomorrow, then the first restricted sale needs a senior's word, bread does not."""

        async def sold(counter: Counter) -> None:
            await counter.signs_in("1")
            counter.scan(BREAD)
            await counter.line(1)
            counter.type("+")
            await counter.sees("К ОПЛАТЕ")
            counter.type("enter")
            await counter.sees("Чек 1 оплачен")

        async def doubted(counter: Counter) -> None:
            await counter.signs_in("1")
            counter.scan(BREAD)
            await counter.line(1)
            counter.scan(ENERGY)
            await counter.sees("Проверьте часы кассы", "Последний документ")
            counter.type("enter")
            await counter.sees("Дата и время кассы верны")
            counter.type("2", "enter", "2", "enter")
            await counter.sees("Проверьте возраст покупателя")
            counter.type("enter")
            await counter.line(2)

        play(tmp_path / "data", sold, FARTHEST_EAST)
        play(tmp_path / "data", doubted, FARTHEST_WEST)
