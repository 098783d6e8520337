"""What the handler of a gate asks, and a till that asks it."""

import asyncio

from cashier.core import modes as m
from cashier.core.facts import IntentSettled
from cashier.core.passage import Waiting
from tests.core.gates import ScriptedGate, gate
from tests.runtime.rig import Rig


class Server:
    """What a gate's handler asks; answers when the test says so."""

    def __init__(self, answer: str = "yes") -> None:
        self.answer = answer
        self.asked: list[str] = []
        self.open = asyncio.Event()
        """Set: answers at once. Clear: is silent."""
        self.open.set()
        self.rig: Rig | None = None
        self.known: list[list[str]] = []
        """What was durable each time it was asked."""

    async def __call__(self, body: str) -> str:
        """Answer a gate."""
        self.asked.append(body)
        self.known.append(self.rig.disk.kinds if self.rig else [])
        await self.open.wait()
        return self.answer


async def breaks(_body: str) -> str:
    """Break in the middle."""
    raise ConnectionResetError


def waiting(rig: Rig) -> bool:
    """Tell whether a gate waits for the outside."""
    return isinstance(rig.till.mode, m.Passing) and isinstance(rig.till.mode.at, Waiting)


def outcomes(rig: Rig) -> list[str]:
    """Return how the intents ended, in order."""
    return [fact.outcome for fact in rig.disk.facts if isinstance(fact, IntentSettled)]


def rig_with(server: Server, own: ScriptedGate | None = None) -> Rig:
    """Put a till together whose gate asks this server."""
    rig = Rig(own or gate(enter="do"), handlers={"gate": server})
    server.rig = rig
    return rig
