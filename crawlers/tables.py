"""Which tables hold data, and their rows as text with heads and cells."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from distillwatch.crawlers.blocks import Block, row
from distillwatch.crawlers.dom import Element

_INSIDE = frozenset(
    ("table", "form", "h1", "h2", "h3", "article", "section")
)  # what only a layout table has in its cells
_LONG_CELL = 400  # characters: a cell that long is an article, not a datum
# What a hostile table may cost: no table that a person reads is wider or longer.
_MAX_SPAN = 50
_MAX_COLUMNS = 100
_MAX_ROWS = 3_000


def is_data_table(table: Element) -> bool:
    """Whether a table shows data; otherwise it lays out the page and its cells are read like divisions."""
    if (table.get("role") or "") == "presentation":
        return False
    rows = _rows(table)
    heads = any(cell.tag == "th" for line in rows for cell in line) or table.find("caption") is not None
    forbidden = _INSIDE if heads else _INSIDE | {"ul", "ol"}
    if any(inner.tag in forbidden for line in rows for cell in line for inner in cell.iterdescendants()):
        return False
    if any(len(cell.text_content()) > _LONG_CELL for line in rows for cell in line):
        return False
    wide = [line for line in rows if len(line) > 1]
    return len(wide) >= 2 if not heads else len(wide) >= 1


def table_rows(table: Element, text_of: Callable[[Element], str], *, parent: int | None = None) -> Iterator[Block]:
    """One block a row. A cell that spans rows is repeated in each; one that spans columns is followed by empty cells.

    So each row has a cell for each head. The head row is a row of its own, without `head`; two head rows are joined.
    """
    head: list[str] = []
    body_seen = False
    above: dict[int, tuple[int, str]] = {}
    for line in _rows(table)[:_MAX_ROWS]:
        cells, above = _spread(line, above, text_of)
        if not any(cells):
            continue
        if not body_seen and _is_head(line):
            full = _repeated(line, cells)
            head = full if not head else [" ".join(dict.fromkeys(filter(None, pair))) for pair in _paired(head, full)]
            yield row(cells, parent=parent)
        else:
            body_seen = True
            yield row(cells, head=head, parent=parent)


def _is_head(line: list[Element]) -> bool:
    return all(cell.tag == "th" for cell in line) or line[0].getparent().getparent().tag == "thead"


def _rows(table: Element) -> list[list[Element]]:
    lines = [
        *table.findall("tr"),
        *(tr for part in table if part.tag in ("thead", "tbody", "tfoot") for tr in part.findall("tr")),
    ]
    cells = [[cell for cell in line if cell.tag in ("td", "th")] for line in lines]
    return [line for line in cells if line]


def _spread(
    line: list[Element], above: dict[int, tuple[int, str]], text_of: Callable[[Element], str]
) -> tuple[list[str], dict[int, tuple[int, str]]]:
    """(texts by column, column → (rows that it still covers, text) for the next row)."""
    texts: list[str] = []
    below: dict[int, tuple[int, str]] = {}

    def put(text: str, rows: int) -> None:
        if len(texts) >= _MAX_COLUMNS:
            return
        if rows > 1:
            below[len(texts)] = (rows - 1, text)
        texts.append(text)

    for cell in line:
        while len(texts) in above and len(texts) < _MAX_COLUMNS:
            put(above[len(texts)][1], above[len(texts)][0])
        put(text_of(cell), _span(cell, "rowspan"))
        for _ in range(_span(cell, "colspan") - 1):
            put("", _span(cell, "rowspan"))
    while len(texts) in above and len(texts) < _MAX_COLUMNS:
        put(above[len(texts)][1], above[len(texts)][0])
    return texts, below


def _repeated(line: list[Element], cells: list[str]) -> list[str]:
    """The texts of a head row with each column span filled by its own text."""
    if all(_span(cell, "colspan") == 1 for cell in line):
        return cells
    filled = list(cells)
    for column in range(1, len(filled)):
        filled[column] = filled[column] or filled[column - 1]
    return filled


def _paired(upper: list[str], lower: list[str]) -> Iterator[tuple[str, str]]:
    for column in range(max(len(upper), len(lower))):
        yield upper[column] if column < len(upper) else "", lower[column] if column < len(lower) else ""


def _span(cell: Element, name: str) -> int:
    value = (cell.get(name) or "1").strip()
    return min(int(value), _MAX_SPAN) if value.isdecimal() and int(value) > 0 else 1
