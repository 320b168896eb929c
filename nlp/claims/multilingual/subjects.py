"""Who does it: the name that the marks around it make the subject of a verb."""

from __future__ import annotations

from distillwatch.nlp.claims.multilingual.lexicon import AMOUNT, BACK, DATE, LETTERS, Lexicon
from distillwatch.nlp.claims.multilingual.marking import Item, Line, placeholder

_REACH = 40
_NOBODY = DATE + AMOUNT + BACK


def subject_of(line: Line, verb: int, first: int, letters: str, taken: frozenset[int], words: Lexicon) -> Item | None:
    """The subject of the verb at an offset of `line.text`, None where it is open.

    `first` is where the pattern begins, `letters` the kinds that may be subject, `taken` the items with other roles. A
    name of another kind in subject position is no subject and hides none; somebody unknown there leaves it open.
    """
    free = [i for i in range(len(line.items)) if i not in taken and line.items[i].letter not in _NOBODY]
    if words.first:
        return _first_in_clause(line, verb, free, letters, words)
    for index in reversed([i for i in free if line.places[i] < max(first, 1) or line.places[i] < verb]):
        if not is_subject(line, index, words) or _aside(line, index, verb, words):
            continue
        item = line.items[index]
        if _may_be(item, letters):
            return item
        if not item.referents:
            return None
    return None


def _may_be(item: Item, letters: str) -> bool:
    """Whether an item is of a kind that may be subject; "we" is, and where it is known who that is, for its model."""
    return item.letter in letters or (item.we and (not item.referents or LETTERS["model"] in letters))


def is_subject(line: Line, index: int, words: Lexicon) -> bool:
    """Whether nothing before or behind a name makes it anything but a subject."""
    start = line.places[index]
    end = start + len(placeholder(line.items[index], index))
    before = line.text[max(0, start - _REACH) : start]
    if words.subject_behind is not None:
        return words.subject_behind.match(line.text, end) is not None
    return words.oblique.search(before) is None or words.heads.search(before) is not None


def _first_in_clause(line: Line, verb: int, free: list[int], letters: str, words: Lexicon) -> Item | None:
    """The first free name of the verb's clause; for an infinitive, or where there is none, the last before it."""
    low, high = clause_of(line, verb, words)
    inside = [i for i in free if low <= line.places[i] < high and is_subject(line, i, words)]
    bare_infinitive = words.infinitive is not None and words.infinitive.search(line.text[low:high]) is not None
    if not bare_infinitive:
        for index in inside:
            if _may_be(line.items[index], letters):
                return line.items[index]
            if not line.items[index].referents:
                return None
    for index in reversed([i for i in free if line.places[i] < low and not _aside(line, i, verb, words)]):
        if line.items[index].letter in letters:
            return line.items[index]
        if not line.items[index].referents and is_subject(line, index, words):
            return None
    return None


def _aside(line: Line, index: int, verb: int, words: Lexicon) -> bool:
    """Whether a name stands in a relative clause that is over before the verb ("X, which Y had released, was …")."""
    if words.relative is None:
        return False
    place = line.places[index]
    opened = next((m for m in reversed(list(words.relative.finditer(line.text, 0, place)))), None)
    return opened is not None and "," not in line.text[opened.end() : place] and "," in line.text[place:verb]


def clause_of(line: Line, offset: int, words: Lexicon) -> tuple[int, int]:
    """Start and end of the clause around an offset of `line.text`."""
    low, high = 0, len(line.text)
    for border in words.border.finditer(line.text):
        if border.end() <= offset:
            low = border.end()
        elif border.start() >= offset:
            return low, border.start()
    return low, high
