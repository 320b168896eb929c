"""A sentence with one placeholder for every name, date and amount, and the way back to the document."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from msgspec import Struct

from distillwatch.nlp.amounts import Amount
from distillwatch.nlp.claims.multilingual.lexicon import AMOUNT, BACK, DATE, LETTERS, UNKNOWN, Lexicon
from distillwatch.nlp.claims.sentence import Referent
from distillwatch.records import DateMention, Segment


class Item(Struct, frozen=True, kw_only=True):
    """What a placeholder stands for: a span of the document and who, when or how much it is."""

    start: int
    end: int
    referents: tuple[Referent, ...] = ()
    date: DateMention | None = None
    amount: Amount | None = None
    back: bool = False  # "those conversations": what the last such statement was about
    instead: tuple[Referent, ...] = ()  # whom a description means where it cannot mean the first, nearest first
    we: bool = False  # "we": the house of whoever speaks

    @property
    def letter(self) -> str:
        """The letter of its placeholder."""
        if self.date is not None:
            return DATE
        if self.amount is not None:
            return AMOUNT
        if self.back:
            return BACK
        return LETTERS[self.referents[0].kind] if self.referents else UNKNOWN


class Line(Struct, frozen=True, kw_only=True):
    """One sentence, `document[start:end]`, as placeholders and words."""

    segment: Segment
    start: int
    end: int
    text: str
    items: tuple[Item, ...]
    places: tuple[int, ...]  # where each item's placeholder starts in `text`

    def item(self, placeholder: str) -> Item:
        """What a placeholder such as ⟦c3⟧ stands for."""
        return self.items[int(placeholder[2:-1])]

    def source(self, offset: int) -> int:
        """Document offset of an offset into `text` (of the span's start, inside a placeholder)."""
        index = bisect_right(self.places, offset) - 1
        if index < 0:
            return self.start + offset
        behind = self.places[index] + len(placeholder(self.items[index], index))
        return self.items[index].start if offset < behind else self.items[index].end + offset - behind

    def words(self, start: int, end: int, document: str) -> str:
        """A stretch of `text` as the document has it."""

        def named(match: re.Match[str]) -> str:
            item = self.item(match[0])
            return document[item.start : item.end]

        return re.sub(r"⟦[a-z]\d+⟧", named, self.text[start:end])

    def before(self, offset: int, letters: str) -> list[int]:
        """Indices of the items of these kinds whose placeholders end before an offset, nearest first."""
        return [
            i for i in range(len(self.items) - 1, -1, -1) if self.places[i] < offset and self.items[i].letter in letters
        ]


def placeholder(item: Item, index: int) -> str:
    """The text that stands for an item."""
    return f"⟦{item.letter}{index}⟧"


def mark(document: str, segment: Segment, start: int, end: int, items: Sequence[Item], words: Lexicon) -> Line:
    """The sentence `document[start:end]` with its items (in order, not overlapping), lists joined into one."""
    joined = _joined(document, _absorbed(document, items, words), words)
    text, places, at = "", [], start
    for index, item in enumerate(joined):
        text += document[at : item.start]
        places.append(len(text))
        text += placeholder(item, index)
        at = item.end
    text += document[at:end]
    line = Line(segment=segment, start=start, end=end, text=text, items=tuple(joined), places=tuple(places))
    if words.neither is None:
        return line
    match = words.neither.search(text)
    return line if match is None else _neither(document, line, match, words)


def _absorbed(document: str, items: Sequence[Item], words: Lexicon) -> list[Item]:
    """Without owners that only complete another name, and countries that only tell where somebody is from."""
    found: list[Item] = []
    for index, item in enumerate(items):
        behind = items[index + 1] if index + 1 < len(items) else None
        between = document[item.end : behind.start] if behind is not None else ""
        origin = behind is not None and item.letter == LETTERS["country"] and behind.letter == LETTERS["company"]
        if origin and words.adjectival is not None and words.adjectival.fullmatch(between):
            continue
        if found and words.owned is not None and words.owned.fullmatch(document[found[-1].end : item.start]):
            thing, owner = (found[-1], item) if _owns(item, found[-1]) else (item, found[-1])
            if _owns(owner, thing):
                found[-1] = Item(start=found[-1].start, end=item.end, referents=thing.referents)
                continue
        found.append(item)
    return found


def _owns(owner: Item, thing: Item) -> bool:
    """Whether one item names the owner of the policy or product that the other names."""
    if not owner.referents or thing.letter not in (LETTERS["policy"], LETTERS["product"]):
        return False
    return thing.referents[0].owner == owner.referents[0].name


def _joined(document: str, items: list[Item], words: Lexicon) -> list[Item]:
    """ "A, B and C" as one item of three, where all are of one kind."""
    found: list[Item] = []
    index = 0
    while index < len(items):
        stop, complete = index, index
        while stop + 1 < len(items) and items[stop + 1].referents and _alike(items[index], items[stop + 1]):
            join = words.joins.fullmatch(document[items[stop].end : items[stop + 1].start])
            if join is None:
                break
            stop += 1
            if join["last"] is not None:
                complete = stop
                break
        parts = items[index : complete + 1]
        found.append(parts[0] if len(parts) == 1 else _list(parts))
        index = complete + 1
    return found


def _alike(a: Item, b: Item) -> bool:
    return bool(a.referents) and not a.we and a.letter == b.letter


def _list(parts: Sequence[Item]) -> Item:
    return Item(start=parts[0].start, end=parts[-1].end, referents=tuple(r for p in parts for r in p.referents))


def _neither(document: str, line: Line, match: re.Match[str], words: Lexicon) -> Line:
    """ "Neither with data of A nor with data of B" as one negated list of A and B."""
    a, b = line.item(match["A"]), line.item(match["B"])
    if not (a.referents and b.referents):
        return line
    low, high = line.source(match.start()), line.source(match.end())
    merged = Item(start=low, end=high, referents=(*a.referents, *b.referents))
    kept = [i for i in line.items if i.end <= low or high <= i.start]
    items = sorted([*kept, merged], key=lambda item: item.start)
    index = items.index(merged)
    text, places, at = "", [], line.start
    for number, item in enumerate(items):
        text += document[at : item.start]
        if number == index:
            text += words.negator
            text += match.groupdict().get("pre") or ""
        places.append(len(text))
        text += placeholder(item, number)
        if number == index:
            text += (match.groupdict().get("post") or "") + words.negator_behind
        at = item.end
    text += document[at : line.end]
    return Line(
        segment=line.segment, start=line.start, end=line.end, text=text, items=tuple(items), places=tuple(places)
    )
