"""What the search index reads of a page: its marked part and the fields in its head, and nothing of the frame.

The index is made from these parts alone: that halves the work, and a page whose frame changed need not be read again.
"""

from __future__ import annotations

import re

_FIELD = re.compile(r"<meta data-pagefind[^>]*>")
_MARK = " data-pagefind-body"


def searchable(page: str) -> str:
    """The part of a page that is to be found, as a page of its own; "" when no part is marked.

    The marked element holds no element of its own name, so that it ends at the first closing tag of that name.
    """
    mark = page.find(_MARK)
    if mark < 0:
        return ""
    start = page.rindex("<", 0, mark)
    closing = f"</{page[start + 1 : page.index(' ', start)]}>"
    end = page.index(closing, mark) + len(closing)
    fields = "\n".join(_FIELD.findall(page, 0, page.index("</head>")))
    return f'<!doctype html><html lang="en"><head>{fields}</head><body>{page[start:end]}</body></html>'
