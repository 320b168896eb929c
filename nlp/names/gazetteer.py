"""Known names, found in any spelling by a tree of their pieces: one walk, whatever the number of names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from distillwatch.nlp.names.pieces import Piece, plain_gap, spelled

MIDDLE = re.compile(r"^ [A-Z]\. ")
# Between letters and digits, writers put a space, a hyphen or nothing, as they please.
LOOSE_GAPS = frozenset(("", " ", "-", "_"))
ACRONYM = 5  # letters up to which a name in capitals is an acronym, and matches capitals only
PLURAL = 5  # letters from which a name may carry a genitive or plural s ("Norvanes")


class Spelling(NamedTuple):
    """One way to write one entity's name."""

    entity_id: str
    text: str
    pieces: tuple[Piece, ...]
    gaps: tuple[str, ...]


class Hit(NamedTuple):
    """`spellings` (of one entity or several) stand at `text[start:end]`; `stop` is the next piece."""

    start: int
    end: int
    stop: int
    spellings: tuple[Spelling, ...]


class Node:
    """A place in the tree: the names that end here and the pieces that lead on."""

    __slots__ = ("ends", "next")

    def __init__(self) -> None:
        self.next: dict[str, Node] = {}
        self.ends: list[Spelling] = []


class Gazetteer:
    """Finds spellings; built once for the registry, and once a document for the names that the document teaches."""

    def __init__(self, names: Iterable[tuple[str, str]]) -> None:
        """`names` are (name, entity id)."""
        self._root = Node()
        for name, entity_id in names:
            self._add(name, entity_id)
        # the pieces that a name can begin with, also with an s that belongs to the grammar
        self._beginnings = {form for piece in self._root.next for form in (piece, f"{piece}s")}

    def _add(self, name: str, entity_id: str) -> None:
        pieces = tuple(spelled(name))
        if not pieces:
            return
        gaps = tuple(plain_gap(name[a.end : b.start]) for a, b in pairwise(pieces))
        node = self._root
        for piece in pieces:
            node = node.next.setdefault(piece.fold, Node())
        if all(s.entity_id != entity_id or s.text != name for s in node.ends):
            node.ends.append(Spelling(entity_id, name, pieces, gaps))

    def starts(self, pieces: Sequence[Piece]) -> list[bool]:
        """For each piece whether a name can begin there: most pieces begin none, and need no closer look."""
        beginnings = self._beginnings
        return [piece.fold in beginnings for piece in pieces] if beginnings else [False] * len(pieces)

    def longest(self, text: str, pieces: Sequence[Piece], at: int, *, informal: bool = False) -> Hit | None:
        """The longest name that begins at `pieces[at]`, else None. `informal`: writers there do not use capitals."""
        if pieces[at].fold not in self._root.next and not pieces[at].fold.endswith("s"):
            return None
        node, found = self._root, None
        used: list[Piece] = []
        for i in range(at, len(pieces)):
            following = node.next.get(pieces[i].fold)
            if following is None and used and _initial(text, pieces[i]):
                continue
            inflected = following is None
            if following is None:
                following = self._inflected(node, pieces[i])
            if following is None:
                break
            node = following
            used.append(pieces[i])
            right = tuple(s for s in node.ends if _written(s, text, used, informal))
            if right and _stands_alone(text, pieces, at, i):
                found = Hit(pieces[at].start, _end(text, pieces[i], right[0]), i + 1, right)
            if inflected:
                break
        return found

    def _inflected(self, node: Node, piece: Piece) -> Node | None:
        """ "Norvanes": the name with an s that belongs to the grammar."""
        if piece.script != "word" or len(piece.fold) <= PLURAL or not piece.fold.endswith("s"):
            return None
        following = node.next.get(piece.fold[:-1])
        return following if following is not None and following.ends else None


def _initial(text: str, piece: Piece) -> bool:
    """A middle initial ("R."), which a name may have or lack."""
    return len(piece.text) == 1 and piece.text.isupper() and text[piece.end : piece.end + 1] == "."


def _written(spelling: Spelling, text: str, pieces: Sequence[Piece], informal: bool) -> bool:
    """Whether the text's capitals and gaps are ones that a writer of this name would use."""
    for i, (known, seen) in enumerate(zip(spelling.pieces, pieces, strict=True)):
        if not _cased(known.text, seen.text, first=i == 0, informal=informal):
            return False
    return all(
        _gap(known, plain_gap(MIDDLE.sub(" ", text[a.end : b.start])), a)
        for known, a, b in zip(spelling.gaps, pieces, pieces[1:], strict=False)
    )


def _cased(known: str, seen: str, *, first: bool, informal: bool) -> bool:
    if known == seen or not known[0].isalpha() or (known[:1].islower() and not first):
        return True
    if len(known) <= 2:
        return known == seen or not first
    if known.isupper() and len(known) <= ACRONYM:
        return seen.isupper() or not first
    if seen.isupper() or not first:
        return True
    if seen[0].isupper():
        return True
    inner_capitals = known[0].isupper() and not known[1:].islower()
    return informal or inner_capitals or known[0].islower()


def _gap(known: str, seen: str, left: Piece) -> bool:
    if known == seen:
        return True
    if known == "" and seen in (" ", "-"):
        return len(left.text) > 2 or left.script == "number"
    if known in LOOSE_GAPS:
        return seen in LOOSE_GAPS
    return known.replace(",", "").strip() == seen.replace(",", "").strip() and known.strip() in ("", ",", ".", "&")


def _stands_alone(text: str, pieces: Sequence[Piece], first: int, last: int) -> bool:
    """No letter or digit of the same script is glued to either side: "Ostra" is not in "Ostrava", nor R1 in "GR1"."""
    before, after = pieces[first - 1] if first else None, pieces[last + 1] if last + 1 < len(pieces) else None
    west = ("word", "number")
    if before is not None and before.end == pieces[first].start and _same_word(before, pieces[first], west):
        return False
    if after is not None and after.start == pieces[last].end and _same_word(pieces[last], after, west):
        return False
    return not first or text[pieces[first].start - 1] not in "_#/"


def _same_word(left: Piece, right: Piece, west: tuple[str, str]) -> bool:
    if left.script in west and right.script in west:
        return True
    return left.script == right.script == "kana"


def _end(text: str, last: Piece, spelling: Spelling) -> int:
    """The end of the name without a genitive s, with the full stop that belongs to it ("U.S.")."""
    known = spelling.pieces[-1]
    end = last.end - 1 if last.fold != known.fold and last.fold == known.fold + "s" else last.end
    return end + 1 if spelling.text.endswith(".") and text[end : end + 1] == "." else end
