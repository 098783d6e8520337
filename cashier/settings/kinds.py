"""Kinds of values a setting may have: how each is read from text, shown again, and what it allows."""

import re
from abc import ABC, abstractmethod
from typing import Any, Generic, TypeVar

from msgspec import Struct

T = TypeVar("T")
Parameter = str | int | float


class Phrase(Struct, frozen=True):
    """A sentence of the catalogue in `texts.py`, still without a language."""

    code: str
    params: "dict[str, Parameter | Phrase]"


def phrase(code: str, **params: "Parameter | Phrase") -> Phrase:
    """Name a sentence of the catalogue together with what goes into it."""
    return Phrase(code, params)


class Kind(ABC, Generic[T]):
    """One kind of value."""

    @property
    @abstractmethod
    def allowed(self) -> Phrase:
        """What may be written."""

    @abstractmethod
    def read(self, text: str) -> T | None:
        """Turn the text of a file into the value; None if it is not one."""

    def show(self, value: T) -> str:
        """Write the value so that `read` gives it back."""
        return str(value)


class Key(Struct, frozen=True):
    """One key of a section. An empty text is allowed where the default is empty and stands for it."""

    name: str
    """Its spelling in the file."""
    kind: Kind[Any]


WORDS = {"on": True, "true": True, "yes": True, "1": True, "off": False, "false": False, "no": False, "0": False}


class Flag(Kind[bool]):
    """A switch; shown as on / off."""

    @property
    def allowed(self) -> Phrase:
        """The words of a switch."""
        return phrase("flag")

    def read(self, text: str) -> bool | None:
        """Letter case plays no part."""
        return WORDS.get(text.lower())

    def show(self, value: bool) -> str:  # noqa: FBT001 - the value itself
        """Show on or off."""
        return "on" if value else "off"


class Whole(Kind[int]):
    """A whole number within limits, both included."""

    def __init__(self, low: int, high: int) -> None:
        self.low, self.high = low, high

    @property
    def allowed(self) -> Phrase:
        """The limits."""
        return phrase("whole", low=self.low, high=self.high)

    def read(self, text: str) -> int | None:
        """ASCII digits only: no sign, no thousands, at most nine of them."""
        if not re.fullmatch("[0-9]{1,9}", text):
            return None
        number = int(text)
        return number if self.low <= number <= self.high else None


class Duration(Kind[float]):
    """Seconds within limits, written as `5`, `5 s` or `300 ms`."""

    def __init__(self, low: float, high: float) -> None:
        self.low, self.high = low, high

    @property
    def allowed(self) -> Phrase:
        """The limits and the units."""
        return phrase("duration", low=self.show(self.low), high=self.show(self.high))

    def read(self, text: str) -> float | None:
        """A number without unit is seconds."""
        found = re.fullmatch(r"([0-9]{1,9}(?:\.[0-9]{1,3})?)\s*(s|ms|)", text)
        if not found:
            return None
        seconds = float(found[1]) / (1000 if found[2] == "ms" else 1)
        return seconds if self.low <= seconds <= self.high else None

    def show(self, value: float) -> str:
        """Milliseconds below a second, seconds from there on."""
        return f"{value * 1000:.0f} ms" if 0 < value < 1 else f"{value:g} s"


class Choice(Kind[str]):
    """One of a few words."""

    def __init__(self, *words: str) -> None:
        self.words = words

    @property
    def allowed(self) -> Phrase:
        """The words."""
        return phrase("choice", words=", ".join(self.words))

    def read(self, text: str) -> str | None:
        """Letter case plays no part."""
        return next((word for word in self.words if word.lower() == text.lower()), None)


class Text(Kind[str]):
    """Text as it stands; control characters never get this far (`reader.py`)."""

    def __init__(self, longest: int = 200) -> None:
        self.longest = longest

    @property
    def allowed(self) -> Phrase:
        """The length."""
        return phrase("text", longest=self.longest)

    def read(self, text: str) -> str | None:
        """Everything that is not too long and not empty."""
        return text if 0 < len(text) <= self.longest else None
