"""The application: takes keys once, hands them to the one queue, draws the view after each committed step.

No bindings, no focus, no input widgets, no modals: what a key means is decided in the core (domain/textual.md 1.1).
"""

import asyncio
import logging
import time
from collections.abc import Callable, Sequence
from typing import NamedTuple
from uuid import uuid4

from rich.text import Text
from textual import events
from textual.app import App, ComposeResult
from textual.filter import LineFilter
from textual.timer import Timer

from cashier.core.effects import Signal
from cashier.core.say import Say, say
from cashier.core.state import Step, Till
from cashier.core.view import view, wait_of
from cashier.core.view_model import View, Wait
from cashier.ui.driver import BytesFilter, TillDriver, unfiltered
from cashier.ui.front import Front
from cashier.ui.glass import Glass
from cashier.ui.guard import ControlFilter
from cashier.ui.keys import key_name
from cashier.ui.locale import Catalogue
from cashier.ui.paint.pen import Pen
from cashier.ui.paint.row import Row
from cashier.ui.paint.screen import Answer, Moment, fits, paint
from cashier.ui.patience import Patience
from cashier.ui.themes import THEMES

_log = logging.getLogger("cashier.ui")

FLASH = 0.15
"""Seconds that the entry line flashes after a scan or a refusal."""


class Picture(NamedTuple):
    """What was painted, and from what."""

    till: Till
    waiting: int
    flash: Answer | None
    size: tuple[int, int]
    seen: View
    rows: list[Row]

    def stands(self, till: Till, waiting: int, flash: Answer | None, size: tuple[int, int]) -> bool:
        """Tell whether the same would be painted again; a wait is painted anew, its seconds run."""
        same = self.till is till and self.seen.wait is None
        return same and (self.waiting, self.flash, self.size) == (waiting, flash, size)


class TillApp(App[int]):
    """The screen of the till."""

    CSS = "Screen { layout: vertical; overflow: hidden; }"
    ENABLE_COMMAND_PALETTE = False
    AUTO_FOCUS = ""
    BINDINGS = []  # noqa: RUF012 - Textual declares it as a class variable

    def __init__(self, front: Front, catalogue: Catalogue, theme: str = "normal", *, training: bool = False) -> None:
        """Make the screen of a till; `theme` is a name of `THEMES`, `training` the loud one where it is normal."""
        super().__init__(driver_class=TillDriver)
        self.bytes_filter: BytesFilter = unfiltered
        """What the terminal's bytes pass first; set before `run`."""
        self.front, self.catalogue = front, catalogue
        chosen = THEMES["training" if training and theme == "normal" else theme]
        self._pen = Pen(catalogue, chosen.signs)
        self.glass = Glass(chosen.compiled(), self._show)
        self._patience = Patience(time.monotonic)
        self._timer: Timer | None = None
        self._flash_now: Answer | None = None
        self._calming: asyncio.TimerHandle | None = None
        self._ahead: Picture | None = None
        self._pump: asyncio.Task[None] | None = None
        self._unwatch: Callable[[], None] | None = None
        self._due = False
        self._mode: object = None

    def compose(self) -> ComposeResult:
        """Put the one widget on the screen."""
        yield self.glass

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Let no control character out."""
        return (*super().get_line_filters(), _FILTER)

    def on_mount(self) -> None:
        """Paint, then start the pump: sign-in stands before anything slow is done."""
        self._unwatch = self.front.watch(self._changed, self._prepare)
        self._show()
        self.call_after_refresh(self._start)

    def _start(self) -> None:
        self._pump = asyncio.create_task(self.front.run(), name="pump")
        self._pump.add_done_callback(self._ended)

    def _ended(self, pump: "asyncio.Task[None]") -> None:
        if pump.cancelled():
            return
        error = pump.exception()
        if isinstance(error, Exception):
            self._handle_exception(error)
        else:
            self.exit(0)

    async def on_unmount(self) -> None:
        """Stop the pump."""
        if self._unwatch:
            self._unwatch()
        if self._pump and not self._pump.done():
            self._pump.cancel()
            await asyncio.wait([self._pump])

    async def on_event(self, event: events.Event) -> None:
        """Take keys and pastes here, once, before Textual asks who has the focus."""
        if isinstance(event, events.Key) and not event.is_forwarded:
            self._pressed(event)
        elif isinstance(event, events.Paste) and not event.is_forwarded:
            self.front.pasted(len(event.text))
        else:
            await super().on_event(event)

    def _pressed(self, event: events.Key) -> None:
        name = key_name(event)
        if fits(*self.size) and name is not None:
            self.front.press(name)
        elif name is not None:
            self.bell()

    def signal(self, *, accepted: bool) -> None:
        """Tell the hands and the corner of the eye: a bell and a red flash, or a green flash without a sound."""
        if not accepted:
            self.bell()
        if self._calming:
            self._calming.cancel()
        self._flash_now = Answer.YES if accepted else Answer.NO
        self._calming = asyncio.get_running_loop().call_later(FLASH, self._calm)
        self._changed()

    def _calm(self) -> None:
        self._flash_now = self._calming = None
        self._draw()

    def _changed(self) -> None:
        """Draw once for all steps of this turn of the loop."""
        if not self._due:
            self._due = True
            asyncio.get_running_loop().call_soon(self._draw)

    def _draw(self) -> None:
        """Draw outside of Textual's own handlers: an error must end the app, not leave a picture that is not true."""
        try:
            self._show()
        except Exception as error:  # noqa: BLE001 - told in words by _fatal_error
            self._handle_exception(error)

    def _prepare(self, step: Step) -> None:
        """Paint a step while it is being committed: the picture is shown only when it is, and a young wait has none."""
        if self._quiet(step.till):
            return
        accepted = any(isinstance(effect, Signal) and effect.accepted for effect in step.effects)
        flash = Answer.YES if accepted else self._flash_now
        self._ahead = self._picture(step.till, flash)

    def _picture(self, till: Till, flash: Answer | None) -> Picture:
        waiting, seen = self.front.waiting, view(till, self.front.waiting)
        width, height = self.size
        rows = paint(self._pen, seen, width, height, Moment(self._waited(seen), flash))
        return Picture(till, waiting, flash, self.size, seen, rows)

    def _show(self) -> None:
        self._due = False
        if not self.is_running:
            return
        till, ahead = self.front.till, self._ahead
        self._ahead = None
        if self._quiet(till):
            return
        fits_now = ahead and ahead.stands(till, self.front.waiting, self._flash_now, self.size)
        picture = ahead if ahead and fits_now else self._picture(till, self._flash_now)
        self.glass.show(picture.rows)
        if till.mode is not self._mode:
            self._mode = till.mode
            if picture.seen.dialog is not None:
                self.call_after_refresh(self._painted, till.mode)

    def _painted(self, mode: object) -> None:
        """Tell that a dialog is on the glass, unless another one has come meanwhile."""
        if self.front.till.mode is mode:
            self.front.painted()

    def _quiet(self, till: Till) -> bool:
        """Tell whether a wait is so young that drawing it would only keep its end waiting."""
        wait = wait_of(till)
        return wait is not None and wait.quiet and self._lasted(wait) is None

    def _lasted(self, wait: Wait | None) -> int | None:
        """Return the seconds of a wait that are to be spoken of, and look again when that changes."""
        seconds, again = self._patience.waited(wait.token if wait else "")
        if self._timer:
            self._timer.stop()
            self._timer = None
        if again is not None:
            self._timer = self.set_timer(again, self._show)
        return seconds

    def _waited(self, seen: View) -> Say | None:
        """Return the words for a wait that takes long."""
        seconds = self._lasted(seen.wait)
        if seen.wait is None or seconds is None:
            return None
        text = seen.wait.text
        return say("waited_seconds", text=self.catalogue.text(text), seconds=seconds) if seconds else text

    def _fatal_error(self) -> None:
        """Say in words that the till has stopped; what happened goes to the log, without local variables."""
        code = uuid4().hex[:8]
        _log.error("stopped, code %s", code, exc_info=self._exception)
        self.bell()
        self._exit_renderables.append(Text(self.catalogue.text(say("fatal", code=code))))
        self._close_messages_no_wait()


_FILTER = ControlFilter()
