"""A printer that writes files: the journal of receipts of a till without a printer."""

import asyncio
import os
import re
from dataclasses import dataclass
from pathlib import Path

from devices._durable import replace_file
from devices.printing.job import PRINTED, PrintJob, PrintOutcome
from devices.printing.paper import to_text

FILE_NAME = re.compile(r"\w[\w.-]{0,99}", re.ASCII)


@dataclass(frozen=True, slots=True)
class FilePrinter:
    """Writes one UTF-8 text per receipt, `{identifier}.txt`: a repeat and a copy replace it and never double it."""

    name: str
    folder: Path
    width: int = 42

    async def print(self, job: PrintJob) -> PrintOutcome:
        """Write the file durably; see `Printer`. The file is whole or not there, so nothing is ever unknown."""
        if not FILE_NAME.fullmatch(job.identifier):
            return PrintOutcome("failed", "refused", "the identifier is no file name")
        return await asyncio.to_thread(self._write, job)

    async def open_drawer(self) -> PrintOutcome:
        """Do nothing: no drawer hangs on a folder."""
        return PRINTED

    def _write(self, job: PrintJob) -> PrintOutcome:
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            replace_file(self.folder / f"{job.identifier}.txt", to_text(job.paper, self.width).encode())
        except OSError as error:
            return PrintOutcome("failed", "broken", os.strerror(error.errno or 0))
        return PRINTED
