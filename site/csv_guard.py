"""Datasette's CSV on its way to a reader: what a spreadsheet would run as a formula is preceded by an apostrophe."""

from __future__ import annotations

import codecs
import csv
import io
import re

from distillwatch.graph.spreadsheet import harmless

_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?([eE][+-]?\d+)?")


class CsvGuard:
    """Takes the pieces of one CSV file as they come and gives them back harmless, whole lines at a time."""

    def __init__(self) -> None:
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._held = ""

    def feed(self, piece: bytes, last: bool = False) -> bytes:
        """The next bytes to send; what may be half a line is held until the rest of it comes, or until the `last`."""
        self._held += self._decoder.decode(piece, last)
        if not last and (not self._held.endswith("\n") or self._held.count('"') % 2):
            return b""
        whole, self._held = self._held, ""
        out = io.StringIO()
        rows = csv.reader(io.StringIO(whole, newline=""))
        csv.writer(out).writerows([_cell(cell) for cell in row] for row in rows)
        return out.getvalue().encode("utf-8")


def _cell(cell: str) -> str:
    return cell if _NUMBER.fullmatch(cell) else harmless(cell)
