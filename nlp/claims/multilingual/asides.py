"""A sentence without what is only put in: ", so X am Montag,", "nach Angaben von X", ", le modèle de Y,".

A pattern whose verb and object such words tear apart reads the sentence as it stands without them; who speaks in the
words put in speaks over all of it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

import msgspec
from msgspec import Struct

from distillwatch.nlp.claims.multilingual.lexicon import Lexicon
from distillwatch.nlp.claims.multilingual.marking import Item, Line
from distillwatch.nlp.claims.multilingual.speech import Saying

# To the comma that ends what is put in: a day or place of the saying, and no further clause.
_CLOSING = re.compile(r"(?:[^,.;:!?⟦⟧«»„“”\"]|⟦d[0-9]+⟧){0,60},")


class Shortened(Struct, frozen=True):
    """A sentence as read without its asides."""

    line: Line
    sayings: list[Saying]
    origin: list[int]  # for each offset of the shortened text and its end, the offset in the full one


def without_asides(line: Line, sayings: Sequence[Saying], words: Lexicon) -> Shortened | None:
    """The sentence without its asides, None where it has none; names in them are left as nobody's."""
    cuts, speaking = _cuts(line, sayings, words)
    if not cuts:
        return None
    origin = [i for i in range(len(line.text)) if not any(low <= i < high for low, high in cuts)]

    def moved(offset: int) -> int:
        return bisect_left(origin, offset)

    items = tuple(
        Item(start=item.start, end=item.end, back=True) if any(a <= place < b for a, b in cuts) else item
        for place, item in zip(line.places, line.items, strict=True)
    )
    shortened = msgspec.structs.replace(
        line,
        text="".join(line.text[i] for i in origin),
        items=items,
        places=tuple(moved(place) for place in line.places),
    )
    told = [
        msgspec.structs.replace(
            s,
            start=moved(s.since if s in speaking else s.start),
            end=moved(s.since if s in speaking else s.end),
            since=moved(s.since),
            until=moved(s.until),
        )
        for s in sayings
    ]
    return Shortened(shortened, told, [*origin, len(line.text)])


def _cuts(line: Line, sayings: Sequence[Saying], words: Lexicon) -> tuple[list[tuple[int, int]], list[Saying]]:
    """The stretches to leave out, and who speaks in them."""
    text = line.text
    cuts: list[tuple[int, int]] = []
    speaking: list[Saying] = []
    for saying in sayings:
        if saying.scope != "all" or not saying.start:
            continue
        opening = len(text[: saying.start].rstrip()) - 1
        opening = saying.start if text[saying.start] == "," else opening
        closing = _CLOSING.match(text, saying.end)
        if text[opening] == "," and closing is not None:
            cuts.append((opening, closing.end()))
        elif words.by is not None and words.by.match(text, saying.start) is not None:
            cuts.append((saying.start, saying.end))
        else:
            continue
        speaking.append(saying)
    if words.apposition is not None:
        cuts += [match.span() for match in words.apposition.finditer(text)]
    return cuts, speaking
