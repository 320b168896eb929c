"""First and second person where the layout says who speaks: "we" is the speaker's house, "your company" the guest's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct

from distillwatch.nlp.claims.dialogue import Turn
from distillwatch.nlp.claims.manners import Manner
from distillwatch.nlp.claims.multilingual.discourse import Discourse
from distillwatch.nlp.claims.multilingual.marking import Item
from distillwatch.records import Segment

OWN = frozenset({"we", "ours", "contract"})  # kinds of descriptions that are about whoever speaks


class Talk(Struct, frozen=True):
    """The turns of an interview, by their segment's position; none on any other page."""

    turns: Mapping[int, Turn]
    manner: Manner

    def begin(self, segment: Segment, start: int) -> int:
        """Where the words of a sentence begin, behind the label of its turn."""
        turn = self.turns.get(segment.position)
        return start if turn is None else max(start, turn.begins)

    def answering(self) -> frozenset[int]:
        """The positions of the answers, and of whatever else is said to nobody in particular."""
        return frozenset(at for at, turn in self.turns.items() if turn.listener is None)

    def asked(self, segment: Segment, text: str, start: int, end: int, discourse: Discourse) -> Iterator[Item]:
        """The items that "you" and "your company" make in a question."""
        turn = self.turns.get(segment.position)
        listener = turn.listener if turn is not None else None
        house = discourse.house(listener) if listener is not None else None
        if house is None or house == listener:
            return
        for pattern in self.manner.guest:
            for match in pattern.finditer(text, start, end):
                yield Item(start=match.start(), end=match.end(), referents=(house,))
