"""What a claim carries besides its parties: the figure of its clause and the date of what it tells."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from distillwatch.dates import DateRange
from distillwatch.nlp.claims.multilingual.lexicon import Lexicon
from distillwatch.nlp.claims.multilingual.marking import Item, Line
from distillwatch.nlp.claims.multilingual.speech import Saying
from distillwatch.nlp.claims.multilingual.subjects import clause_of
from distillwatch.quantities import Quantity
from distillwatch.topic import Predicate

_OPENING = 12  # a date within so many characters of the start dates the whole sentence
_DAY = 16  # "the firm said (in a statement) on Tuesday"
_BESIDE = 4  # a date so near a verb of saying dates the saying


def figures_of(line: Line, units: Collection[str], low: int, high: int) -> list[Quantity]:
    """The figures between two offsets whose unit (rate aside) the predicate can carry, in order."""
    amounts = [i.amount for place, i in zip(line.places, line.items, strict=True) if low <= place < high]
    return [a.quantity for a in amounts if a is not None and a.quantity.unit.partition(" per ")[0] in units]


def when_of(
    line: Line, verb: int, span: tuple[int, int], predicate: Predicate, sayings: Sequence[Saying], words: Lexicon
) -> DateRange | None:
    """The date of what is told, never that of the telling; None for what has no milestone, such as a size.

    It stands in the verb's clause, within the pattern's `span`, or in front with no verb of saying in between: at the
    head of the sentence, alone in a clause, or right behind the topic ("Xは3日、…").
    """
    if not predicate.milestone:
        return None
    low, high = clause_of(line, verb, words)
    dated = [
        (place, item)
        for place, item in zip(line.places, line.items, strict=True)
        if item.date is not None and (predicate.milestone == "speaking" or not _of_saying(line, place, sayings))
    ]
    near = [(abs(place - verb), place, item) for place, item in dated if low <= place < high]
    near = near or [(abs(place - verb), place, item) for place, item in dated if span[0] <= place < span[1]]
    if near:
        return _range(min(near, key=lambda d: d[:2])[2], predicate)
    if predicate.milestone == "speaking":
        over = [s for s in sayings if s.covers(verb)]
        beside = [item for place, item in dated if any(s.start <= place < s.end + _DAY for s in over)]
        if beside:
            return _range(beside[0], predicate)
    for place, item in reversed(dated):
        told = any(place < s.start < verb and s.covers(verb) for s in sayings)
        if (
            place < verb
            and not told
            and (place <= _OPENING or _alone(line, place, words) or _topical(line, place, words))
        ):
            return _range(item, predicate)
    return None


def _topical(line: Line, place: int, words: Lexicon) -> bool:
    return words.subject_behind is not None and line.text[:place].endswith("は")


def _alone(line: Line, place: int, words: Lexicon) -> bool:
    """Whether a date is all that its clause says, a word or two beside it."""
    low, high = clause_of(line, place, words)
    return high - low <= len("⟦d00⟧") + _BESIDE


def _of_saying(line: Line, place: int, sayings: Sequence[Saying]) -> bool:
    """Whether a date stands within or right beside the words of saying, with no comma between."""
    return any(
        s.start - _BESIDE <= place < s.end + _BESIDE and "," not in _comma(line.text[s.end : place]) for s in sayings
    )


def _comma(between: str) -> str:
    return between.replace("，", ",").replace("、", ",")


def _range(item: Item, predicate: Predicate) -> DateRange | None:
    if item.date is None:
        return None
    # "at X since January" tells when a state began, and that is what its milestone dates.
    return item.date.date if predicate.milestone == "start" else item.date.date.bounded(item.date.bound)
