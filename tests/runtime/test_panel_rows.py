"""Every row of the trainee's panel that is held under a scanner does what its caption says, in the demo itself."""

from pathlib import Path
from typing import Final

from cashier.core.samples import Sample
from cashier.demo import past_names
from tests.runtime.counter import Counter, play, zone_of

MARK, UNREAD, FOREIGN = "Считайте код маркировки", "Штрих-код не прочитан", "запрещен к продаже"
SOLD: Final = "уже был зарегистрирован ранее"
SAID: Final = {
    "Яблоки сезонные (весовые)": "Укажите вес",
    "Сыр российский (весовой)": "Укажите вес",
    "Открытка: два товара на один код": "Выберите товар",
    "Товар без цены": "нет цены",
    "Неизвестный товар": "не найден",
    "Сыр плавленый: на остатке нет": "Недостаточно: доступно 0",
    "Сидр: продажа закрыта весь день": "сейчас продажа запрещена",
    "Сигареты: штрих-код": MARK,
    "Сигареты: МРЦ 219 выше цены, на выбор ещё две": "Выберите цену",
    "Сигареты: МРЦ 140 ниже единой минимальной цены": "ниже единой",
    "Сигареты: МРЦ не читается, на выбор все цены": "МРЦ не прочитана",
    "Молоко маркированное: штрих-код": MARK,
    "Сыр весовой: штрих-код": "Поднесите сканер к DataMatrix",
    "Вода минеральная: штрих-код": MARK,
    "Молоко: код повреждён": "Код маркировки не распознан",
    "Молоко: два кода сразу": "Пришли два кода сразу",
    "Духи: уже проданы": "уже был продан",
    "Духи: в резерве другой кассы": "уже был зарезервирован",
    "Духи: в резерве возврата": "уже был зарезервирован",
    "Духи: сняты с резерва возврата": "уже был продан",
    "Духи: нет в белом списке": FOREIGN,
    "Духи: нет штрих-кода для белого списка": "Не заполнен",
    "Духи: в белом списке другой штрих-код": "Не найдено соответствие",
    "Духи: статус неизвестен": "Неизвестный статус",
    **{row.caption: "код чека" for row in past_names.others()},
    **{row.caption: "код чека" if row.caption.startswith("Вчерашний чек") else SOLD for row in past_names.samples()},
    "Плохой код: управляющие символы": UNREAD,
    "Плохой код: разметка": UNREAD,
    "Плохой код: имя клавиши": "не найден",
    "Плохой код: SQL": "Код маркировки не распознан",
    "Плохой код: кириллица": UNREAD,
    "Плохой код: 500 знаков": UNREAD,
    "Плохой код: не UTF-8": UNREAD,
}
"""Caption → what the screen says; all other rows are sold at once, and their lines begin as their captions do."""


class TestRows:
    def test_do_what_they_say(self, tmp_path: Path) -> None:
        """Given noon and a buyer who is old enough, when row after row is scanned, then each does as it says."""
        seen: set[str] = set()

        async def script(counter: Counter) -> None:
            await counter.signs_in("1")
            rows = [row for row in counter.door.till.rules.samples if isinstance(row, Sample)]
            seen.update(row.caption for row in rows)
            sold = 0
            for row in rows:
                counter.scan(row.data)
                if row.caption in SAID:
                    await answered(counter, SAID[row.caption])
                else:
                    sold += 1
                    await in_receipt(counter, row.caption, sold)

        play(tmp_path / "data", script, zone_of(12), yesterday=True)
        assert set(SAID) < seen


async def answered(counter: Counter, words: str) -> None:
    """Read a dialog or a popup, and leave it."""
    await counter.sees("╔═", *words.split())
    counter.type("escape")
    await counter.sees_no("╔═")


async def in_receipt(counter: Counter, caption: str, number: int) -> None:
    """Read the line that a row has become; the first one that is restricted has the age asked."""
    if caption.startswith("Энергетик"):
        await counter.sees("Проверьте возраст покупателя")
        counter.type("enter")
    word = caption.split(maxsplit=1)[0].rstrip(":,")
    assert (await counter.line(number)).startswith(f"{number} {word}")
