"""The frames of a language against one sentence: parties, stance and voice of everything that matches."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from distillwatch.nlp.claims.multilingual.discourse import Discourse
from distillwatch.nlp.claims.multilingual.found import Found
from distillwatch.nlp.claims.multilingual.lexicon import Frame, Lexicon
from distillwatch.nlp.claims.multilingual.marking import Item, Line
from distillwatch.nlp.claims.multilingual.slots import figures_of, when_of
from distillwatch.nlp.claims.multilingual.speech import Saying, speaker_over, voice_of
from distillwatch.nlp.claims.multilingual.stance import stance_of
from distillwatch.nlp.claims.multilingual.subjects import clause_of, subject_of
from distillwatch.nlp.claims.sentence import Referent
from distillwatch.quantities import Quantity
from distillwatch.topic import Predicate

_PASSIVE_REACH = 30
_SHORTEST = 3  # characters of a literal object


def found_in(
    line: Line,
    sayings: Sequence[Saying],
    default: Referent | None,
    words: Lexicon,
    discourse: Discourse,
    predicates: Mapping[str, Predicate],
    units: Mapping[str, Sequence[str]],
    document: str,
) -> Iterator[Found]:
    """Everything that the sentence tells, each thing once."""
    taken: list[tuple[int, int, str, str, str]] = []
    for frame in words.frames:
        predicate = predicates[frame.predicate]
        for match in frame.regex.finditer(line.text):
            if _refused(frame, match, line, words):
                continue
            speaker = speaker_over(match.start("V"), sayings, default)
            subject = _subject(frame, match, line, speaker, words)
            if subject is None:
                continue
            place = line.places[line.items.index(subject)] if subject in line.items else match.start()
            for who, what in _parties(frame, predicate, match, line, subject, speaker, discourse):
                key = (who.id, what.id if what else "", predicate.group)
                if any(a < match.end() and match.start() < b and key == (s, o, g) for a, b, s, o, g in taken):
                    continue
                taken.append((*match.span(), *key))
                yield from _told(frame, predicate, match, line, who, what, place, sayings, default, words, units, discourse, document)


def _refused(frame: Frame, match: re.Match[str], line: Line, words: Lexicon) -> bool:
    if frame.refused is not None and frame.refused.search(match[0]):
        return True
    verb = match.start("V")
    before = line.text[max(0, verb - _PASSIVE_REACH) : verb]
    return frame.active and words.passive is not None and words.passive.search(before) is not None


def _subject(frame: Frame, match: re.Match[str], line: Line, speaker: Referent | None, words: Lexicon) -> Item | None:
    groups = match.groupdict()
    if groups.get("S"):
        return line.item(groups["S"])
    if frame.we:
        return Item(start=line.start, end=line.start, we=True) if speaker is not None else None
    taken = frozenset(int(groups[g][2:-1]) for g in ("O", "Q", "T") if groups.get(g))
    return subject_of(line, match.start("V"), match.start(), frame.subjects, taken, words)


def _parties(
    frame: Frame,
    predicate: Predicate,
    match: re.Match[str],
    line: Line,
    subject: Item,
    speaker: Referent | None,
    discourse: Discourse,
) -> Iterator[tuple[Referent, Referent | None]]:
    """Each subject with each object; "we" is the house of the speaker, who answers for a firm is the firm."""
    who = list(subject.referents)
    if subject.we and speaker is not None:
        house = discourse.house(speaker)
        who = [house] if house is not None else []
    if predicate.object == "response":
        who = [discourse.house(r) or r for r in who]
    named = match.groupdict().get("O")
    objects: Sequence[Referent | None] = (None,)
    if named:
        item = line.item(named)
        if item.back:
            objects = [r for s in who for r in discourse.objects.get(s.id, ())]
        else:
            objects = item.referents
    for one in who:
        for thing in objects:
            if thing is None or thing.id != one.id:
                yield one, thing


def _told(
    frame: Frame,
    predicate: Predicate,
    match: re.Match[str],
    line: Line,
    who: Referent,
    what: Referent | None,
    place: int,
    sayings: Sequence[Saying],
    default: Referent | None,
    words: Lexicon,
    units: Mapping[str, Sequence[str]],
    discourse: Discourse,
    document: str,
) -> Iterator[Found]:
    verb = match.start("V")
    low, high = clause_of(line, verb, words)
    stance = stance_of(line, frame, match, max(low, place) if place < verb else low, words)
    voice = voice_of(verb, who, stance, predicate, sayings, default)
    literal = frame.value or _literal(match, line, words, document)
    if predicate.object == "literal" and what is None and len(literal) < _SHORTEST:
        return
    if predicate.object == "entity" and what is None and len(literal) < 1:
        return
    figures = _figures(frame, predicate, match, line, verb, units, low, high)
    if figures is None:
        return
    if predicate.name == "trained_on_outputs_of" and what is not None:
        discourse.objects[who.id] = (*[o for o in discourse.objects.get(who.id, ()) if o.id != what.id], what)[-1:]
    response = predicate.object == "response"
    for quantity in figures or [None]:
        yield Found(
            predicate=predicate.name,
            subject=who,
            object=what,
            object_text=literal,
            speaker=None if response else voice.speaker,
            anonymous=voice.anonymous,
            speech_act="asserts" if response else frame.act or voice.act,  # type: ignore[arg-type] # acts in the data
            polarity="+" if response or (stance.polarity == "+") != voice.flipped else "-",
            hedge="none" if response else voice.hedge,
            quantity=quantity,
            when=when_of(line, verb, predicate, sayings, words),
        )


def _figures(
    frame: Frame,
    predicate: Predicate,
    match: re.Match[str],
    line: Line,
    verb: int,
    units: Mapping[str, Sequence[str]],
    low: int,
    high: int,
) -> list[Quantity] | None:
    """The figures of the claim; None where the pattern asks for one that the predicate cannot carry."""
    carried = units.get(predicate.name, ())
    if "Q" in frame.regex.groupindex:
        amount = line.item(match["Q"]).amount
        fitting = amount is not None and amount.quantity.unit.partition(" per ")[0] in carried
        return [amount.quantity] if fitting and amount is not None else None
    return figures_of(line, verb, carried, min(low, match.start()), max(high, match.end())) if carried else []


def _literal(match: re.Match[str], line: Line, words: Lexicon, document: str) -> str:
    if "L" not in match.re.groupindex or match["L"] is None:
        return ""
    text = line.words(*match.span("L"), document)
    return words.polite.sub("", text).strip(" ,，、。;；:：”\"»«“")
