"""Themes as plain data: the style of each role, and the signs a font has."""

from collections.abc import Mapping

from msgspec import Struct
from rich.style import Style

from cashier.ui.paint.pen import Signs


class Theme(Struct, frozen=True):
    """Colours and signs. A role that is not named looks like `base`."""

    name: str
    styles: Mapping[str, str]
    signs: Signs = Signs()

    def compiled(self) -> dict[str, Style]:
        """Return the style of each role, on the ground of `base` where it names no ground of its own."""
        base = Style.parse(self.styles["base"])
        return {role: base + Style.parse(style) for role, style in self.styles.items()}


_NORMAL = {
    "base": "#d8dee6 on #10161d",
    "quiet": "#8a97a6",
    "more": "#e0b050",
    "header": "#dfe7ef on #1d3a57",
    "header_kind": "bold #ffffff on #1d3a57",
    "status_ok": "#7fd18b on #1d3a57",
    "status_warning": "bold #10161d on #e0b050",
    "status_alarm": "bold #ffffff on #b3322c",
    "rule": "#33475b",
    "training": "bold #10161d on #e0b050",
    "head": "#8a97a6",
    "line": "",
    "line_selected": "bold #ffffff on #24415e",
    "storno": "strike #7c8896",
    "storno_selected": "strike bold #a9b4c0 on #24415e",
    "paper": "#15181c on #f1eee4",
    "detail": "#b8c3cf",
    "detail_first": "bold #ffffff",
    "detail_strong": "bold #ffffff",
    "figure_total": "bold #ffffff",
    "figure_rest": "bold #f0c560",
    "figure_change": "bold #8fe09b",
    "figure_caption": "bold #b8c3cf",
    "entry_caption": "#8a97a6",
    "entry_times": "bold #f0c560",
    "entry": "bold #ffffff",
    "cursor": "reverse",
    "flash": "on #7a2420",
    "flash_accepted": "on #1f4a34",
    "notice": "bold #f0c560",
    "wait": "#8fb8e0",
    "queued": "#8fb8e0",
    "bar": "#b8c3cf on #1a232d",
    "key": "bold #f0c560 on #1a232d",
    "key_plain": "bold #f0c560",
    "dialog": "#e6ebf1 on #1e2a37",
    "dialog_strong": "bold #ffffff on #1e2a37",
    "dialog_quiet": "#9fb0c0 on #1e2a37",
    "dialog_key": "bold #f0c560 on #1e2a37",
    "frame_plain": "#6f93b5 on #1e2a37",
    "frame_question": "#6f93b5 on #1e2a37",
    "frame_error": "#e0605a on #1e2a37",
    "title_plain": "bold #ffffff on #1e2a37",
    "title_question": "bold #ffffff on #1e2a37",
    "title_error": "bold #ff8f88 on #1e2a37",
    "option_chosen": "bold #ffffff on #2f5d8a",
    "option_digit": "bold #f0c560 on #1e2a37",
    "problem": "bold #ff8f88 on #1e2a37",
    "problem_plain": "bold #ff8f88",
    "shop": "bold #ffffff",
    "field": "bold #ffffff on #1e2a37",
    "field_caption": "bold #ffffff",
    "state_ok": "#7fd18b",
    "state_warning": "#e0b050",
    "state_alarm": "bold #e0605a",
}

_LOUD = {
    "header": "bold #1a1200 on #e0a030",
    "header_kind": "bold #000000 on #e0a030",
    "status_ok": "#0f4a1a on #e0a030",
    "rule": "#e0a030",
    "training": "bold #1a1200 on #e0a030",
    "bar": "#f0dcb0 on #4a3508",
    "key": "bold #ffffff on #4a3508",
}

_CONSOLE = {
    "base": "white on black",
    "quiet": "white",
    "more": "bold yellow",
    "header": "white on blue",
    "header_kind": "bold white on blue",
    "status_ok": "bold green on blue",
    "status_warning": "black on yellow",
    "status_alarm": "bold white on red",
    "rule": "blue",
    "training": "black on yellow",
    "head": "cyan",
    "line": "",
    "line_selected": "bold white on blue",
    "storno": "strike cyan",
    "storno_selected": "strike bold cyan on blue",
    "paper": "black on white",
    "detail": "white",
    "detail_first": "bold white",
    "detail_strong": "bold white",
    "figure_total": "bold white",
    "figure_rest": "bold yellow",
    "figure_change": "bold green",
    "figure_caption": "bold white",
    "entry_caption": "cyan",
    "entry_times": "bold yellow",
    "entry": "bold white",
    "cursor": "reverse",
    "flash": "white on red",
    "flash_accepted": "black on green",
    "notice": "bold yellow",
    "wait": "bold cyan",
    "queued": "bold cyan",
    "bar": "white on black",
    "key": "bold yellow on black",
    "key_plain": "bold yellow",
    "dialog": "white on blue",
    "dialog_strong": "bold white on blue",
    "dialog_quiet": "cyan on blue",
    "dialog_key": "bold yellow on blue",
    "frame_plain": "white on blue",
    "frame_question": "white on blue",
    "frame_error": "bold white on red",
    "title_plain": "bold white on blue",
    "title_question": "bold white on blue",
    "title_error": "bold white on red",
    "option_chosen": "black on white",
    "option_digit": "bold yellow on blue",
    "problem": "bold yellow on blue",
    "problem_plain": "bold yellow",
    "shop": "bold white",
    "field": "bold white on blue",
    "field_caption": "bold white",
    "state_ok": "bold green",
    "state_warning": "bold yellow",
    "state_alarm": "bold red",
}

_CONSOLE_SIGNS = Signs(selected=">", mark="■", storno="x", frame="╔═╗║╚╝", blocks=False, levels=("■", "!", "!!"))

THEMES: Mapping[str, Theme] = {
    "normal": Theme("normal", _NORMAL),
    "training": Theme("training", {**_NORMAL, **_LOUD}),
    "console": Theme("console", _CONSOLE, _CONSOLE_SIGNS),
}
