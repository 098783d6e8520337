"""From the bytes of `struct input_event` to characters with the moment each was typed."""

from devices._serve import Arrival
from devices.hid.keys import Decoder
from devices.hid.reader import EV_KEY, EV_LED, EV_SYN, EVENT, LED_CAPSL

SYN_DROPPED = 3


class EventStream:
    """Pure. Events may be cut anywhere between two calls."""

    def __init__(self) -> None:
        self._decoder = Decoder()
        self._rest = b""
        self._dropping = False

    def feed(self, data: bytes) -> list[Arrival]:
        """Return an arrival for each event, often without a character: it is a sign of life all the same."""
        data = self._rest + data
        whole = len(data) // EVENT.size * EVENT.size
        self._rest = data[whole:]
        return [
            self._arrival(kind, code, value, seconds + micros / 1e6)
            for seconds, micros, kind, code, value in EVENT.iter_unpack(data[:whole])
        ]

    def _arrival(self, kind: int, code: int, value: int, at: float) -> Arrival:
        # After SYN_DROPPED nothing counts up to the next report (kernel documentation, event-codes).
        if kind == EV_SYN:
            self._dropping = code == SYN_DROPPED
            if self._dropping:
                self._decoder.forget()
                return Arrival(None, at)
        if (kind, code) == (EV_LED, LED_CAPSL):
            self._decoder.lamp(lit=bool(value))
        if kind != EV_KEY or self._dropping:
            return Arrival(b"", at)
        return Arrival(self._key(code, value), at)

    def _key(self, code: int, value: int) -> bytes:
        """Decode a key; a repeat is made by the kernel when a release is late, and no key of the scanner."""
        match value:
            case 1:  # down
                return self._decoder.down(code)
            case 0:  # up
                return self._decoder.up(code)
            case _:
                return b""
