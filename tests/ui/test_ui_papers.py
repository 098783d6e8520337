"""What a cashier must see about paper and money that somebody still has to get."""

import pytest
from msgspec.structs import replace

from cashier.core.say import say
from tests.ui.drawing import pen_of, rows_of, text_of
from tests.ui.fake_front import FakeFront
from tests.ui.scenes import SCENES
from tests.ui.shots import Shot, sold

OWED = "Чек 1: нет бумаги (F10, 2)"


class TestOwed:
    @pytest.mark.parametrize("size", [(80, 24), (100, 37)], ids=str)
    def test_a_failed_paper_is_seen(self, size: tuple[int, int]) -> None:
        """In the next receipt, after typing, in payment and beside the change the words stand."""
        front = SCENES["paper-owed"]().front
        for keys in ((), ("1",), ("escape", "plus"), ("5", "escape")):
            front.type(*keys)
            assert OWED in text_of(rows_of(Shot(front), size)), keys
        front.type("enter")
        assert front.till.farewell is not None
        assert OWED.replace("1", "2", 1) in text_of(rows_of(Shot(front), size))

    def test_it_is_seen_after_the_next_start(self) -> None:
        """A till that starts anew with an owed paper says so at the sign-in and at the sale."""
        owed = SCENES["paper-owed"]().front.till.ledger
        front = FakeFront()
        front.show(ledger=replace(owed, cashier=None, receipt=None))
        assert "Чек 1 не напечатан: F10, 2" in text_of(rows_of(Shot(front), (80, 24)))
        front.sign_in()
        assert "Чек 1 не напечатан: F10, 2" in text_of(rows_of(Shot(front), (80, 24)))

    def test_it_is_gone_when_the_paper_is_there(self) -> None:
        """Printed again, nothing is said any more and the key bar is back."""
        front = SCENES["paper-owed"]().front
        front.paper_trouble = ""
        front.type("f10", "2", "enter")
        text = text_of(rows_of(Shot(front), (80, 25)))
        assert "напечатан" not in text
        assert "+ Оплата" in text

    def test_what_was_refused_is_read_first(self) -> None:
        """A word of the moment covers the lasting one until the next key."""
        front = SCENES["paper-owed"]().front
        front.type("f8")
        assert "Эта клавиша здесь ничего не делает" in text_of(rows_of(Shot(front), (80, 25)))
        front.type("up")
        assert OWED in text_of(rows_of(Shot(front), (80, 25)))

    @pytest.mark.parametrize("language", ["ru", "en"])
    @pytest.mark.parametrize("key", ["print_failed", "print_off", "print_no_paper", "print_unknown", "paper_owed"])
    def test_its_words_are_never_cut(self, key: str, language: str) -> None:
        """In the narrowest window the words stand whole, with a receipt's number of four figures."""
        front = sold()
        words = say(key, number=9999, count=12)
        front.show(warning=words)
        assert pen_of(language, "normal").text(words) in text_of(rows_of(Shot(front), (80, 24), language))

    def test_the_question_names_the_receipt(self) -> None:
        """The dialog says which receipt it is, and what each digit does."""
        text = text_of(rows_of(SCENES["owing"](), (80, 24)))
        for part in ("╔═ Чек 1 ═", "Бумага не вышла", "Напечатать его", "Он вышел из принтера, не печатать"):
            assert part in text


class TestGivingBack:
    def test_the_money_is_named_before_and_after(self) -> None:
        """What is to be given back stands in the question and, after Enter, beside the entry."""
        assert "Вернуть покупателю 200,00 ₽ и выйти из оплаты?" in text_of(rows_of(SCENES["give-back"](), (80, 24)))
        assert "Верните покупателю 200,00 ₽" in text_of(rows_of(SCENES["given-back"](), (80, 24)))


class TestParting:
    def test_the_change_stands_at_the_sign_in_and_after_it(self) -> None:
        """A till that locked itself still says what the buyer is owed."""
        assert "Чек 1 оплачен. Сдача" in text_of(rows_of(SCENES["sign-in-paid"](), (80, 24)))
        assert "СДАЧА, ₽" in text_of(rows_of(SCENES["back-after-payment"](), (80, 24)))
