"""What tills ask the stand-in cash server about receipts that were sold."""

from starlette.requests import Request
from starlette.responses import Response

from cashier.demo.cash_protocol import read
from cashier.demo.endpoints import Worker, answer, refused
from cashier.demo.return_protocol import ReturnAsked
from cashier.demo.returns import Returns
from cashier.demo.sold import QUESTIONS, Sold

KEY = "Idempotency-Key"


def found(sold: Sold) -> Worker:
    """Return what looks receipts up."""

    def work(request: Request, _body: bytes) -> Response:
        receipts = sold.find(request.query_params)
        if receipts is None:
            return refused(f"Чек ищут по {' или '.join(' + '.join(own) for own in QUESTIONS)}")
        return answer({"receipts": receipts})

    return work


def claimed(returns: Returns) -> Worker:
    """Return what claims lines that come back, and releases claims."""

    def work(request: Request, body: bytes) -> Response:
        asked = read(body, ReturnAsked)
        if isinstance(asked, str):
            return refused(asked)
        key = request.headers.get(KEY)
        if key is not None and key.lower() != asked.names[0]:
            return refused(f"{KEY} не тот, что key в теле запроса")
        if asked.operation == "claim" and not asked.lines:
            return refused("Не сказано, что возвращают")
        said = returns.ask(asked)
        return refused("Этим key уже назван другой возврат") if said is None else answer(said)

    return work
