"""Files to take along: tables as CSV that no spreadsheet runs, JSON lines and Parquet; the network; the checksums."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from functools import cache, partial
from typing import Any

import msgspec
from msgspec import Struct

from distillwatch.graph.columns import parquet
from distillwatch.graph.exports.graphml import graphml
from distillwatch.graph.spreadsheet import harmless
from distillwatch.ids import hash_id
from distillwatch.site.digests import mix
from distillwatch.site.page import fixed
from distillwatch.site.queries import downloads as sql
from distillwatch.site.reader import Reader
from distillwatch.site.writer import Writer

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
    """A table of the downloads folder, in every format; `key` gives a fingerprint where one is at hand already."""

    name: str
    words: str
    query: str
    key: Callable[[Reader], str] | None = None


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


def _claims(reader: Reader) -> str:
    """Claims are many, and pages of them have fingerprints already."""
    return hash_id(reader.fingerprints.statements(), *(reader.digest(query) for query in sql.BESIDE_CLAIMS), length=32)


FORMATS: dict[str, Callable[[Sequence[str], Rows], bytes]] = {"csv": as_csv, "jsonl": as_lines, "parquet": parquet}
TABLES = (
    Table("claims", "every statement with who makes it, its evidence and where it stands", sql.CLAIMS, _claims),
    Table("disputes", "every question that the sources answer differently, one row a statement", sql.DISPUTES),
    Table("contradictions", "every flag with both texts", sql.CONTRADICTIONS),
    Table("documents", "every document, without its text", sql.DOCUMENTS),
    Table("entities", "every name", sql.ENTITIES),
)
NETWORK = "claims.graphml"
NOTE, SUMS = "LICENCE.txt", "SHA256SUMS"


def write(writer: Writer, reader: Reader, database: str) -> None:
    """Each download, unless its rows are those of the last snapshot; last their checksums with that of `database`."""
    sums = []
    for name, key, body in files(reader):
        path = f"downloads/{name}"
        writer.write_keyed(path, key, body)
        sums.append(f"{writer.files[path].sha256}  {name}\n")
    sums.append(f"{database}  {DATABASE}\n")
    writer.write(f"downloads/{SUMS}", "".join(sums).encode("ascii"))


def files(reader: Reader) -> Iterator[tuple[str, str, Callable[[], bytes]]]:
    """(name, fingerprint of its rows, how to make it) of each download."""
    for table in TABLES:
        rows = cache(partial(_read, reader, table.query))
        key = table.key(reader) if table.key else mix(*rows()).hex()
        for suffix, form in FORMATS.items():
            yield f"{table.name}.{suffix}", key, partial(_made, form, rows)
    yield NETWORK, _claims(reader), partial(_network, reader)
    topic = reader.topic
    note = LICENCE.format(title=topic.title, address=topic.address or "no address yet", notice=topic.notice)
    yield NOTE, fixed(), partial(note.encode, "utf-8")


def _read(reader: Reader, query: str) -> tuple[Sequence[str], Rows]:
    names, found = reader.table(query)
    return names, list(found)


def _made(form: Callable[[Sequence[str], Rows], bytes], rows: Callable[[], tuple[Sequence[str], Rows]]) -> bytes:
    return form(*rows())


def _network(reader: Reader) -> bytes:
    return "".join(graphml(reader.store)).encode("utf-8")
