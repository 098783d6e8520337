"""A gate that asks outside for the stock of goods whose price is checked, and lets in whatever is sold."""

from typing import assert_never

from cashier.core.events import NoReply, Reply
from cashier.core.gate import Asked, Do, Inquiry, Known, Pass
from cashier.core.say import Say, say
from cashier.gates.entering import EnteringGate


def words(text: str) -> Say:
    """Say a text as it stands."""
    return say("external", text=text)


WAIT, SILENCE = words("Запрос остатка…"), words("Остаток неизвестен")


class StockGate(EnteringGate, frozen=True):
    """Tells what was answered; of an answer `more` it asks once more."""

    name: str = "stock"
    durable: bool = True
    """What it asks for would be an intent, were it no price check."""

    def enter(self, asked: Asked, /) -> Pass:
        """Let anything in."""
        return Pass(asked.line)

    def told(self, amount: str) -> tuple[Say, ...]:
        """Say the stock in words of its own."""
        return words(f"Остаток: {amount} шт"), words("В резерве: 1 шт")

    def about(self, inquiry: Inquiry, /) -> Known:
        """Ask, then tell."""
        match inquiry.answer:
            case None | Reply("more"):
                ask = Do(f"stock {inquiry.product.code} {inquiry.fresh}", WAIT, 3.0, durable=self.durable)
                return Known(ask=ask)
            case Reply(body):
                return Known(amounts=self.told(body))
            case NoReply():
                return Known(amounts=(SILENCE,))
            case _:
                assert_never(inquiry.answer)
