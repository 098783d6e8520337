"""All figures of `scripts/bench`."""

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from benchmarks import answering, dictionaries, marks, reading, screen, shop

ANSWER = 0.02
"""Seconds in which the stock control system answers."""

LEAST_RATE = 0.5
"""Of the shell's rows a second."""

NAMES = ["scan", "marked", "stock", "read", "start", "burst", "memory", "lookup", "marks", "load", "soak"]


@dataclass
class Bench:
    """One run: its sizes, and what several figures share."""

    folder: Path
    short: bool
    rows: int
    """Marks sold, and in the white list."""

    @cached_property
    def shop(self) -> shop.Shop:
        """The shop, with goods and a past."""
        made = shop.open_shop(self.folder)
        size = 20_000 if self.short else 1_000_000
        say(f"making {size} barcodes and {size} past lines")
        shop.fill_goods(made, size)
        shop.fill_past(made, size, lambda _done: None)
        return made

    @cached_property
    def echo(self) -> tuple[list[float], float]:
        """Key echo of the bare app, and its memory."""
        return screen.echo_times(100 if self.short else 500)

    @cached_property
    def scanned(self) -> tuple[list[float], float]:
        """Scan to painted line, and the till's memory."""
        return screen.scan_times(self.shop, 100 if self.short else 500)

    def scan(self) -> None:
        """Scan through the serial line to the painted line, durable commit and 200 lines in the receipt."""
        print(screen.ratios("scan -> line painted / key echo", self.scanned[0], self.echo[0], 0.5, 1.5))
        print(screen.ratios("scan -> line painted / key echo", self.scanned[0], self.echo[0], 0.99, 2))

    def marked(self) -> None:
        """Scan a mark to the painted line, checked here alone and by a server that answers at once."""
        with answering.running() as server:
            for name, url in (("mark -> line / plain line", ""), ("the same, cash server asked", server)):
                made = shop.open_shop(self.folder / f"marked{len(url)}", shop.of_marks(url))
                shop.fill_goods(made, 1000, kind=7)
                times, _ = screen.scan_times(made, 100 if self.short else 500, code=lambda n: shop.mark(n, n))
                for share in (0.5, 0.99):
                    print(screen.ratios(name, times, self.scanned[0], share, 2))

    def stock(self) -> None:
        """Scan with stock control that answers in 20 ms: the line stands no later than those, and a tenth."""
        with answering.running(ANSWER) as server:
            made = shop.open_shop(self.folder / "stock", shop.of_stock(server))
            shop.fill_goods(made, 1000)
            times, _ = screen.scan_times(made, 100 if self.short else 500)
            asked = statistics.median(answering.round_trips(server, 100))
            plain = [own + asked for own in self.scanned[0]]
            for share in (0.5, 0.99):
                print(screen.ratios("line reserved in 20 ms / plain line + bare answer", times, plain, share, 1.1))

    def read(self) -> None:
        """Undo the transport of a scan, parse it, hold the masks against it."""
        print(reading.bench(5 if self.short else 50).told())

    def start(self) -> None:
        """Start to the painted sign-in, beside the bare app's start."""
        runs = 3 if self.short else 9
        own = screen.start_times(screen.till(self.shop), screen.SIGN_IN, runs)
        print(
            screen.median_ratio(
                "start to sign-in / bare start", own, screen.start_times(screen.BARE, "готово", runs), 1.5
            )
        )

    def burst(self) -> None:
        """Fifty scans in 200 ms."""
        seconds, ordered = screen.burst(self.shop)
        name, order = "50 scans in 200 ms, last painted after", "in order" if ordered else "OUT OF ORDER"
        print(f"{name:<52}{seconds * 1000:>21.0f} ms  {order}")

    def memory(self) -> None:
        """Resident memory with 200 lines, beside the bare app's."""
        own, peer = self.scanned[1], self.echo[1]
        print(screen.verdict("resident memory", f"{own:.0f} MB / {peer:.0f} MB", own / peer, 1.5))

    def lookup(self) -> None:
        """A barcode among many."""
        looked = dictionaries.bench_lookup(self.folder, 100_000 if self.short else 10_000_000)
        name, order = f"look-up among {looked.barcodes} barcodes, p50 / p99", "(p99 <= 1 ms)"
        print(f"{name:<52}{f'{looked.p50:.3f} / {looked.p99:.3f} ms':>24}  {order}")

    def marks(self) -> None:
        """A mark among those sold and those of the white list, in the disk's cache and out of it."""
        rows = marks.room_for(self.folder, self.rows)
        say(f"making {rows} marks" + (f": no room for {self.rows}" if rows < self.rows else ""))
        began = time.monotonic()
        made = marks.build(self.folder, rows)
        say(f"made in {(time.monotonic() - began) / 60:.1f} minutes")
        for figure in marks.bench(made):
            print(figure)

    def load(self) -> None:
        """Import in random order, beside the shell's `.import` into the same table."""
        loaded = dictionaries.bench_import(self.folder, 200_000 if self.short else 1_000_000)
        name, figures = f"import of {loaded.rows} barcodes / .import", f"{loaded.ours:.1f} s / {loaded.shell:.1f} s"
        verdict = "ok" if loaded.ratio >= LEAST_RATE else "TOO SLOW"
        print(f"{name:<52}{figures:>24}  {loaded.ratio:5.2f}x of its rate (>= {LEAST_RATE})  {verdict}")

    def soak(self) -> None:
        """Many receipts in one process."""
        receipts = 200 if self.short else 10_000
        early, late = screen.soak(self.shop, receipts, lambda _number: None)
        print(f"{f'{receipts} receipts in one process, memory grows by':<52}{late - early:>20.1f} MB  (<= 5)")


def say(text: str) -> None:
    """Tell what is going on, beside the figures."""
    print(text, file=sys.stderr, flush=True)


def main() -> None:
    """Measure what was asked for."""
    parser = argparse.ArgumentParser(description="Figures of speed and memory, as ratios to a bare peer.")
    parser.add_argument("--short", action="store_true")
    parser.add_argument("--rows", type=int, help="marks sold, and in the white list")
    parser.add_argument("names", nargs="*", default=NAMES)
    asked = parser.parse_args()
    rows = asked.rows or (200_000 if asked.short else 10_000_000)
    with tempfile.TemporaryDirectory(prefix="kassa-bench-") as folder:
        bench = Bench(Path(folder), asked.short, rows)
        for name in asked.names:
            figure: Callable[[], None] = getattr(bench, name)
            figure()
            sys.stdout.flush()


if __name__ == "__main__":
    main()
