"""Files to take along: CSV that no spreadsheet runs, JSON lines, and their checksums."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator
from hashlib import sha256

from msgspec import Struct

from distillwatch.site.queries import downloads as sql
from distillwatch.site.reader import Reader

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


class File(Struct, frozen=True):
    """A file of the downloads folder."""

    name: str
    words: str
    body: Callable[[Reader], bytes]


def table(reader: Reader, query: str) -> bytes:
    """The rows of a query as CSV; a text cell that a spreadsheet would run is preceded by an apostrophe."""
    out = io.StringIO()
    writer = csv.writer(out)
    names, rows = reader.table(query)
    writer.writerow(names)
    for row in rows:
        writer.writerow([_harmless(cell) for cell in row])
    return out.getvalue().encode("utf-8")


def lines(reader: Reader, query: str) -> bytes:
    """The rows of a query as one JSON object a line."""
    names, rows = reader.table(query)
    found = (json.dumps(dict(zip(names, row, strict=True)), ensure_ascii=False) for row in rows)
    return "".join(f"{line}\n" for line in found).encode("utf-8", "surrogatepass")


def _harmless(cell: object) -> object:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell


def _csv(query: str) -> Callable[[Reader], bytes]:
    def body(reader: Reader) -> bytes:
        return table(reader, query)

    return body


def _jsonl(query: str) -> Callable[[Reader], bytes]:
    def body(reader: Reader) -> bytes:
        return lines(reader, query)

    return body


FILES = (
    File("claims.csv", "every statement with who makes it, its evidence and where it stands", _csv(sql.CLAIMS)),
    File("claims.jsonl", "the same as JSON lines", _jsonl(sql.CLAIMS)),
    File("contradictions.csv", "every flag with both texts", _csv(sql.CONTRADICTIONS)),
    File("contradictions.jsonl", "the same as JSON lines", _jsonl(sql.CONTRADICTIONS)),
    File("documents.csv", "every document, without its text", _csv(sql.DOCUMENTS)),
    File("entities.csv", "every name", _csv(sql.ENTITIES)),
)


def files(reader: Reader) -> Iterator[tuple[str, bytes]]:
    """(path, body) of each download, and last their checksums."""
    sums = []
    for file in FILES:
        body = file.body(reader)
        sums.append(f"{sha256(body).hexdigest()}  {file.name}\n")
        yield f"downloads/{file.name}", body
    yield "downloads/SHA256SUMS", "".join(sums).encode("ascii")
