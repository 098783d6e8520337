"""What may become of a request instead of an answer. Nothing here tells a password of an address or a body."""

from cashier.ports import NoAnswerError


class UnreachableError(NoAnswerError):
    """No connection, or it broke: nobody knows whether the request came through, unless it was never sent."""

    def __init__(self, host: str, cause: str, *, sent: bool = True) -> None:
        super().__init__(f"{host}: no connection ({cause})")
        self.sent = sent


class LateError(NoAnswerError):
    """No whole answer within the deadline; perhaps there was not even a connection by then."""

    def __init__(self, host: str, seconds: float, *, sent: bool = True) -> None:
        super().__init__(f"{host}: no answer within {seconds:g} s")
        self.sent = sent


class BadAnswerError(NoAnswerError):
    """An answer that is of no use."""

    def __init__(self, host: str, status: int, fault: str = "") -> None:
        super().__init__(f"{host}: HTTP {status}{fault and f', {fault}'}")
        self.status = status
        """Of HTTP; 200 where the body is at fault."""


class DeniedError(NoAnswerError):
    """An answer that leaves things as they were; the server's own words are kept for people, and not for the log."""

    def __init__(self, host: str, text: str) -> None:
        super().__init__(f"{host}: denied")
        self.text = text
