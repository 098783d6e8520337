"""What may become of a request instead of an answer. Nothing here tells a password of an address or a body."""

from cashier.ports import NoAnswerError


class UnreachableError(NoAnswerError):
    """No connection, or it broke: nobody knows whether the request came through."""

    def __init__(self, host: str, cause: str) -> None:
        super().__init__(f"{host}: no connection ({cause})")


class LateError(NoAnswerError):
    """No whole answer within the deadline."""

    def __init__(self, host: str, seconds: float) -> None:
        super().__init__(f"{host}: no answer within {seconds:g} s")


class BadAnswerError(NoAnswerError):
    """An answer that is of no use."""

    def __init__(self, host: str, status: int, fault: str = "") -> None:
        super().__init__(f"{host}: HTTP {status}{fault and f', {fault}'}")
        self.status = status
        """Of HTTP; 200 where the body is at fault."""
