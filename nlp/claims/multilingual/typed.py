"""Claims by words and types alone, where no pattern knows the word order: a cue, a marked object, the one party left.

"Futter für Linmo 2 waren Antworten von Ostra 2" tells of training; "Antworten von" marks the teacher, and of the other
names one house alone can be the learner. Where two could be, where somebody unknown is named, or where the sentence
asks, foresees or supposes, nothing is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set

from msgspec import Struct

from distillwatch.nlp.claims.multilingual.discourse import Discourse
from distillwatch.nlp.claims.multilingual.found import Found
from distillwatch.nlp.claims.multilingual.lexicon import LETTERS, UNKNOWN, Frame, Lexicon, Typed
from distillwatch.nlp.claims.multilingual.marking import Item, Line
from distillwatch.nlp.claims.multilingual.speech import Saying
from distillwatch.nlp.claims.multilingual.subjects import clause_of
from distillwatch.nlp.claims.sentence import Referent
from distillwatch.topic import Predicate

_FIRM = LETTERS["company"]
_HOUSES = frozenset("cgan")


class Cue(Struct, frozen=True):
    """Words of a predicate in a sentence, and the index of the item that they leave for its object."""

    frame: Frame
    match: re.Match[str]
    what: int | None
    figure: bool = False  # nothing is told without a figure


def cues_of(line: Line, words: Lexicon, left: Sequence[tuple[Frame, re.Match[str]]]) -> Iterator[Cue]:
    """The predicates that a sentence has words for: cues first, then patterns `left` without a subject.

    A pattern that found no subject may have taken it for the object, so that only those count whose subject and object
    are of different kinds.
    """
    letters = {item.letter for item in line.items if not item.we}
    if UNKNOWN in letters:
        return
    for row in words.typed:
        frame = row.frame
        if not letters & set(row.objects or frame.subjects):
            continue
        match_ = frame.regex.search(line.text)
        if match_ is None or (frame.refused is not None and frame.refused.search(line.text)):
            continue
        what = _object_of(row, line)
        if what is not None or not (row.marks or row.objects):
            yield Cue(frame, match_, what, row.figure)
    for frame, match in left:
        named = match.groupdict().get("O")
        if named is None or line.item(named).letter not in frame.subjects:
            yield Cue(frame, match, int(named[2:-1]) if named else None)


def _object_of(row: Typed, line: Line) -> int | None:
    """The index of the one item that is marked as the object, or the only one of its kinds where no mark is asked."""
    if row.marks:
        found = {int(m["O"][2:-1]) for mark in row.marks for m in mark.finditer(line.text)}
    else:
        found = {i for i, item in enumerate(line.items) if item.letter in row.objects}
    meant = {tuple(r.id for r in line.items[i].referents) for i in found}
    return min(found) if len(meant) == 1 else None


def subject_left(
    cue: Cue,
    line: Line,
    sayings: Sequence[Saying],
    speaker: Referent | None,
    bases: Set[str],
    predicate: Predicate,
    discourse: Discourse,
    words: Lexicon,
) -> Item | None:
    """The party that the types leave for the subject: all candidates but those of one house are ruled out, else None.

    Ruled out are the object, its house and what that house makes, and who only speaks. Of a firm and its own model the
    firm is what acts; a firm that speaks of training its model acts too ("denies having trained M"). Where nobody is
    left, "we" is the house of whoever speaks, and a cue that carries on means the only one of its kind spoken of last.
    """
    if cue.frame.maker:
        made = [discourse.maker(r) for r in line.items[cue.what].referents] if cue.what is not None else []
        return next((i for i in line.items if i.letter in _HOUSES and {r.id for r in i.referents} & _ids(made)), None)
    free = _candidates(cue, line, bases, predicate, discourse, words)
    speaking = _ids([h for s in sayings for r in s.speakers for h in (r, discourse.house(r))])
    trained = [line.items[int(m["O"][2:-1])] for m in words.patient.finditer(line.text)]
    trainers = [houses_of(i, discourse) for i in trained if cue.what is None or i is not line.items[cue.what]]
    acting = [
        i
        for i in free
        if not speaking & _ids(i.referents) or (i.letter == _FIRM and houses_of(i, discourse) in trainers)
    ]
    left = acting if acting or predicate.object != "response" else free
    if not left:
        return _unnamed(cue, line, speaker, discourse)
    if len({houses_of(item, discourse) for item in left}) != 1:
        return None
    firms = [item for item in left if item.letter == _FIRM]
    meant = {tuple(r.id for r in item.referents) for item in firms or left}
    return (firms or left)[0] if len(meant) == 1 else None


def _unnamed(cue: Cue, line: Line, speaker: Referent | None, discourse: Discourse) -> Item | None:
    """Whom a sentence means that names no candidate."""
    theirs = houses_of(line.items[cue.what], discourse) if cue.what is not None else frozenset()
    one: Referent | None = None
    if any(item.we for item in line.items) and speaker is not None and speaker.kind != "outlet":
        one = discourse.house(speaker)
    elif cue.frame.carried:
        one = discourse.only({kind for kind, letter in LETTERS.items() if letter in cue.frame.subjects}, ())
    if one is None or _house(one, discourse) in theirs or LETTERS[one.kind] not in cue.frame.subjects:
        return None
    return Item(start=line.start, end=line.start, referents=(one,))


def _candidates(
    cue: Cue, line: Line, bases: Set[str], predicate: Predicate, discourse: Discourse, words: Lexicon
) -> list[Item]:
    """The items that the types let be subject: not the object, its house, those whose customers act, nor titles."""
    titles = {int(m["S"][2:-1]) for m in words.titles.finditer(line.text)} if predicate.object != "response" else set()
    ruled = [houses_of(line.items[int(m["S"][2:-1])], discourse) for m in words.others.finditer(line.text)]
    if cue.what is not None:
        ruled.append(houses_of(line.items[cue.what], discourse))
    out = frozenset().union(*ruled)
    return [
        item
        for index, item in enumerate(line.items)
        if index != cue.what
        and index not in titles
        and not (item.letter == LETTERS["model"] and bases & _ids(item.referents))
        and item.letter in cue.frame.subjects
        and (item.letter == LETTERS["person"] or not houses_of(item, discourse) & out)
    ]


def _ids(referents: Sequence[Referent | None]) -> set[str]:
    return {r.id for r in referents if r is not None}


def houses_of(item: Item, discourse: Discourse) -> frozenset[str]:
    """The ids of the houses that an item names or whose models, rules or people it names."""
    return frozenset(_house(r, discourse) for r in item.referents)


def _house(referent: Referent, discourse: Discourse) -> str:
    if LETTERS[referent.kind] in _HOUSES:
        return referent.id
    owner = discourse.house(referent) if referent.kind == "person" else discourse.maker(referent)
    return owner.id if owner is not None else referent.id


def unstated(line: Line, words: Lexicon) -> bool:
    """Whether a sentence asks, supposes or foresees what its words are about."""
    return any(p.search(line.text) for p in (words.asks, words.supposes, words.predicts))


def misread(cue: Cue, line: Line, subject: Item, found: Found, predicate: Predicate, words: Lexicon) -> bool:
    """Whether a clause of the cue or of a party is negated, wished for or doubted and the claim is not.

    Words that only hedge ("aurait") do not count. Of what was not done only the answer to a charge is told.
    """
    if cue.frame.denial:
        return False
    if found.polarity == "-":
        return not (predicate.accusation or predicate.exclusive or predicate.name == "violates")
    places = [cue.match.start("V"), cue.match.end("V") - 1]
    places += [line.places[i] for i, item in enumerate(line.items) if i == cue.what or item is subject]
    low, high = clause_of(line, min(places), words)[0], clause_of(line, max(places), words)[1]
    doubts = (*words.negation.finditer(line.text, low, high), *words.unreal.finditer(line.text, low, high))
    return any(words.weak.search(doubt[0]) is None for doubt in doubts)
