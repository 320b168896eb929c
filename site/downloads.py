"""Files to take along: tables as CSV that no spreadsheet runs, JSON lines and Parquet; the network; the checksums."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from hashlib import sha256
from typing import Any

import msgspec
from msgspec import Struct

from distillwatch.graph.columns import parquet
from distillwatch.graph.exports.graphml import graphml
from distillwatch.graph.spreadsheet import harmless
from distillwatch.site.queries import downloads as sql
from distillwatch.site.reader import Reader

Rows = Sequence[tuple[Any, ...]]
DATABASE = "knowledge.db"

LICENCE = """\
What is in these files, and what you may do with it

{title}: {address}
{notice}
The selection, the names, the links between statements and the flags are this project's and may be used by anybody for
any purpose, with a note of where they come from (CC BY 4.0).

Quotations ("evidence", titles) belong to their authors and publishers. They are kept short, with their source, so that
statements can be checked. The database holds the collected texts for research; they are not ours to license, and
publishing them again needs their publishers' leave.

Every statement is somebody's. Keep who makes it, where and when, with its hedge. An accusation is not a fact, a denial
is not a proof, and a flag says that two texts cannot both be right, not which one is.
"""


class Table(Struct, frozen=True):
    """A table of the downloads folder; it comes in every format."""

    name: str
    words: str
    query: str


def as_csv(names: Sequence[str], rows: Rows) -> bytes:
    """Rows as CSV; a text cell that a spreadsheet would run is preceded by an apostrophe."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(names)
    writer.writerows([harmless(cell) if cell.__class__ is str else cell for cell in row] for row in rows)
    return out.getvalue().encode("utf-8", "surrogatepass")


def as_lines(names: Sequence[str], rows: Rows) -> bytes:
    """Rows as one JSON object a line."""
    return b"".join(msgspec.json.encode(dict(zip(names, row, strict=True))) + b"\n" for row in rows)


FORMATS: dict[str, Callable[[Sequence[str], Rows], bytes]] = {"csv": as_csv, "jsonl": as_lines, "parquet": parquet}
TABLES = (
    Table("claims", "every statement with who makes it, its evidence and where it stands", sql.CLAIMS),
    Table("disputes", "every question that the sources answer differently, one row a statement", sql.DISPUTES),
    Table("contradictions", "every flag with both texts", sql.CONTRADICTIONS),
    Table("documents", "every document, without its text", sql.DOCUMENTS),
    Table("entities", "every name", sql.ENTITIES),
)
NETWORK = "claims.graphml"
NOTE, SUMS = "LICENCE.txt", "SHA256SUMS"


def files(reader: Reader, database: str) -> Iterator[tuple[str, bytes]]:
    """(path, body) of each download, and last their checksums with `database`, that of the database itself."""
    sums = []
    for name, body in _files(reader):
        sums.append(f"{sha256(body).hexdigest()}  {name}\n")
        yield f"downloads/{name}", body
    sums.append(f"{database}  {DATABASE}\n")
    yield f"downloads/{SUMS}", "".join(sums).encode("ascii")


def _files(reader: Reader) -> Iterator[tuple[str, bytes]]:

    for table in TABLES:
        names, found = reader.table(table.query)
        rows = list(found)
        for suffix, write in FORMATS.items():
            yield f"{table.name}.{suffix}", write(names, rows)
    yield NETWORK, "".join(graphml(reader.store)).encode("utf-8")
    topic = reader.topic
    note = LICENCE.format(title=topic.title, address=topic.address or "no address yet", notice=topic.notice)
    yield NOTE, note.encode("utf-8")
