"""Figures of the screen: a scan painted, the start, memory; each beside the bare app in the same run."""

import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.shop import Shop, barcode
from benchmarks.terminal import Terminal, percentile

BARE = [sys.executable, str(Path(__file__).with_name("bare.py"))]
SIGN_IN = "Код кассира"
SALE = "Ввод:"
WARM_UP = 20


def till(shop: Shop) -> list[str]:
    """Command line of the till."""
    return [sys.executable, "-m", "cashier", "run", "--conf", str(shop.conf), "--data", str(shop.data)]


def sign_in(terminal: Terminal) -> None:
    """Sign the cashier of the shop in."""
    terminal.wait_for(SIGN_IN)
    terminal.type(b"1\r1\r")
    terminal.wait_for(SALE)


def echo_times(count: int) -> tuple[list[float], float]:
    """Return seconds from a key to its echo in the bare app, and its memory in MB."""
    times = []
    with Terminal(BARE) as bare:
        bare.wait_for("готово")
        for number in range(1, count + WARM_UP + 1):
            bare.forget()
            began = time.perf_counter()
            bare.type(b"x")
            times.append(bare.wait_for(f"#{number}#") - began)
            time.sleep(0.02)
        return times[WARM_UP:], bare.rss()


def scan_times(
    shop: Shop, count: int, lines: int = 200, code: Callable[[int], str] = barcode
) -> tuple[list[float], float]:
    """Return seconds from a scan's last byte to its painted line, with `lines` in the receipt, and memory in MB."""
    times, memory = [], 0.0
    with Terminal(till(shop)) as terminal:
        sign_in(terminal)
        for number in range(lines + WARM_UP + count):
            terminal.forget()
            began = time.perf_counter()
            shop.scan(code(number))
            terminal.wait_for(f"Товар {number:07d}")
            times.append(time.perf_counter() - began)
            if number == lines:
                memory = terminal.rss()
            if number >= lines:
                time.sleep(0.02)
        terminal.type(b"\x1bOS\r")
        return times[lines + WARM_UP :], memory


def start_times(command: list[str], text: str, runs: int) -> list[float]:
    """Return seconds from the start of a program to a text on its screen."""
    times = []
    for _ in range(runs):
        with Terminal(command) as terminal:
            times.append(terminal.wait_for(text) - terminal.began)
    return times


def burst(shop: Shop, count: int = 50, within: float = 0.2) -> tuple[float, bool]:
    """Scan a burst; return seconds until the last line is painted, and whether all stand in order in the database."""
    with Terminal(till(shop)) as terminal:
        sign_in(terminal)
        terminal.forget()
        began = time.perf_counter()
        for number in range(count):
            shop.scan(barcode(1000 + number))
            time.sleep(within / count)
        last = terminal.wait_for(f"Товар {1000 + count - 1:07d}") - began
        return last, _codes(shop)[-count:] == [str(1000 + n) for n in range(count)]


def soak(shop: Shop, receipts: int, told: Callable[[int], None]) -> tuple[float, float]:
    """Sell so many receipts in one process; return its memory in MB after the first hundred and at the end."""
    with Terminal(till(shop)) as terminal:
        sign_in(terminal)
        early = 0.0
        for number in range(1, receipts + 1):
            terminal.forget()
            shop.scan(barcode(number % 1000))
            terminal.wait_for(f"Товар {number % 1000:07d}")
            terminal.type(b"+\r")
            terminal.wait_for("оплачен")
            if number == min(receipts // 10, 500):
                early = terminal.rss()
            told(number)
        return early, terminal.rss()


def _codes(shop: Shop) -> list[str]:
    import sqlite3  # noqa: PLC0415 - once, after the measuring

    conn = sqlite3.connect(shop.data / "documents.db")
    rows = conn.execute("SELECT code FROM goodsitem ORDER BY goodsitemid").fetchall()
    conn.close()
    return [code for (code,) in rows]


def ratios(name: str, own: list[float], peer: list[float], share: float, limit: float) -> str:
    """Word one figure: our percentile, the peer's, the ratio and what it may be."""
    ours, theirs = percentile(own, share), percentile(peer, share)
    return verdict(f"{name} p{share * 100:.0f}", f"{ours * 1000:.1f} ms / {theirs * 1000:.1f} ms", ours / theirs, limit)


def median_ratio(name: str, own: list[float], peer: list[float], limit: float) -> str:
    """Word the ratio of two medians."""
    ours, theirs = statistics.median(own), statistics.median(peer)
    return verdict(name, f"{ours * 1000:.0f} ms / {theirs * 1000:.0f} ms", ours / theirs, limit)


def verdict(name: str, figures: str, ratio: float, limit: float) -> str:
    """Word a ratio that must not be above a limit."""
    return f"{name:<52}{figures:>24}  {ratio:5.2f}x  (<= {limit}x)  {'ok' if ratio <= limit else 'TOO SLOW'}"
