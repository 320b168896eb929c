"""Room on a page: a list goes on as long as its bytes fit, and what is left out is counted, never dropped unseen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from markupsafe import Markup


class Room:
    """So many bytes for one list, or for several that share it.

    >>> room = Room(10)
    >>> room.fill(["abc", "defgh", "i", "jklmnop"], caller=Markup), room.left
    (Markup('abcdefghi'), 1)
    >>> room.fill(["j"], caller=Markup), room.left
    (Markup(''), 2)
    """

    def __init__(self, most: int, left: int = 0) -> None:
        """`most` bytes of UTF-8; `left` is how many were left out before any of them were asked for."""
        self._free = most
        self._full = False
        self.left = left
        self.shown: list[Any] = []

    def fill(self, items: Sequence[Any], caller: Callable[[Any], Markup]) -> Markup:
        """The items as `caller` writes them, in their order, as many as there is room for; the body of a `call`."""
        parts: list[str] = []
        for item in items:
            text = "" if self._full else caller(item)
            size = len(text) if text.isascii() else len(text.encode())
            if self._full or size > self._free:
                self._full = True
                self.left += 1
                continue
            self._free -= size
            self.shown.append(item)
            parts.append(text)
        return Markup("".join(parts))
