"""Whose words a sentence is by the page's layout and by its quotation marks."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from distillwatch.nlp.claims.build import by_segment
from distillwatch.nlp.claims.dialogue import Turn
from distillwatch.nlp.claims.lexicon import Lexicon
from distillwatch.nlp.claims.scene import Scene, referent
from distillwatch.nlp.claims.sentence import Referent, Sentence
from distillwatch.nlp.claims.tellers import speaker_of
from distillwatch.nlp.clauses import is_verb, subjects
from distillwatch.records import Document

HOUSES = frozenset({"company", "agency", "group"})
OPEN, CLOSE = "“«„", "”»“"
CLOCK = re.compile(r"(?:\(?\[?(?:\d{1,2}:)?\d{1,2}:\d\d\]?\)?(?:\s?[-–—|:])?\s)?")  # where in a recording it is said
ANNOUNCED = re.compile(
    r"(?:['’]s (?:\w{1,20} )?"
    r"(?:prediction|forecast|bet|view|take|verdict|claim|answer|guess|point|theory|charge|argument))?: "
)


def assign(
    sentences: Sequence[Sentence], document: Document, scene: Scene, lexicon: Lexicon, interview: Mapping[int, Turn]
) -> None:
    """Set the speaker of every sentence that is somebody's words as a whole."""
    previous: Referent | None = None
    for group in by_segment(sentences):
        segment = group[0].segment
        layout = _layout(segment.speaker, segment.kind, document, scene)
        turn = interview.get(segment.position)
        if layout is None and turn is not None:
            layout = turn.speaker
            for sentence in group:
                sentence.listener = turn.listener
        if layout is None and segment.kind in {"headline", "list_item"}:
            _announced(group)
        quotes = quotations(document.text, segment.start, segment.end)
        for position, sentence in enumerate(group):
            if layout is not None:
                sentence.speaker, sentence.speaker_text = layout, layout.text
            if layout is not None and segment.kind == "quote":  # the line below it says whose words they are
                continue
            split = next((a for _, a in sentence.asides if a.joined), None)
            if layout is None and split is not None:  # '"We have never," said Ann Lee, "trained Y"': all of it is hers
                told = next(iter(sentence.known_between(split.who_start, split.who_end)), None)
                if told is not None and told.kind != "outlet":
                    sentence.speaker, sentence.speaker_text, previous = told, told.text, told
                    sentence.quoted_whole = True  # all but the attribution, which is the text's own
                    continue
            ahead = _ahead(sentence, quotes, lexicon) if layout is None else None
            if ahead is not None:
                sentence.speaker, sentence.speaker_text, previous = ahead, ahead.text, ahead
                sentence.quoted_whole = True
                sentence.spoken_from = next(a for a, b in quotes if sentence.start < a and sentence.end <= b + 1)
                continue
            inside = next((q for q in quotes if _within(sentence, q)), None)
            if inside is None:
                told = _teller(sentence, quotes, lexicon)
                previous = told or previous
                continue
            voice = _voice(group, position, inside, quotes, lexicon) or (previous if layout is None else None)
            if voice is not None:
                sentence.speaker, sentence.speaker_text, sentence.quoted_whole = voice, voice.text, True
                previous = voice
        if segment.kind in {"heading", "headline"}:
            previous = None


def _ahead(sentence: Sentence, quotes: Sequence[tuple[int, int]], lexicon: Lexicon) -> Referent | None:
    """'Ann Lee was blunt: "X trained Y on Z."': the one person, or else the one house, before the colon."""
    text = sentence.document_text
    quote = next((q for q in quotes if sentence.start < q[0] and sentence.end <= q[1] + 1), None)
    if quote is None or text[quote[0] - 2 : quote[0]] != ": " or not text[quote[0] + 1].isupper():
        return None
    if _teller(sentence, quotes, lexicon) is not None:
        return None
    lead = {r.id: r for a, b, found in sentence.known if b < quote[0] for r in found}
    for kinds in (frozenset({"person"}), HOUSES):
        named = [r for r in lead.values() if r.kind in kinds]
        if named:
            return named[0] if len(named) == 1 else None
    return None


def _announced(group: Sequence[Sentence]) -> None:
    """ "Norvane: Linmo 2 was trained on Ostra 2": the name before the colon speaks, where a clause stands behind it."""
    first = group[0]
    if not first.known:
        return
    start, end, referents = first.known[0]
    text = first.document_text
    colon = ANNOUNCED.match(text, end)
    if (
        CLOCK.fullmatch(text, first.start, start) is None
        or colon is None
        or referents[0].kind not in {"company", "agency", "person", "group"}
    ):
        return
    if any(
        is_verb(t) and t.dep_ in {"ROOT", "ccomp", "appos", "acl", "parataxis"} and first.source(t)[0] > end
        for t in first.doc
    ):
        first.speaker, first.speaker_text = referents[0], referents[0].text


def _layout(speaker: str, kind: str, document: Document, scene: Scene) -> Referent | None:
    if speaker:
        person = scene.person(speaker)
        return referent(person, speaker) if person is not None else None
    if document.kind == "statement" and scene.issuer is not None:
        return referent(scene.issuer, scene.issuer.name)
    return None


def quotations(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """(start, end) of each quotation of a segment, marks included; one left open reaches the segment's end."""
    found: list[tuple[int, int]] = []
    opened: int | None = None
    straight = False
    for index in range(start, end):
        mark = text[index]
        if opened is None and mark in OPEN:
            opened = index
        elif opened is None and mark == '"':
            opened, straight = index, True
        elif opened is not None and ((straight and mark == '"') or (not straight and mark in CLOSE)):
            found.append((opened, index + 1))
            opened, straight = None, False
    if opened is not None and not straight:
        found.append((opened, end))
    return found


def _within(sentence: Sentence, quote: tuple[int, int]) -> bool:
    """Whether a sentence stands inside one quotation, closing marks aside."""
    return quote[0] <= sentence.start and sentence.end <= quote[1] and sentence.end - sentence.start > 3


def _voice(
    group: Sequence[Sentence],
    position: int,
    quote: tuple[int, int],
    quotes: Sequence[tuple[int, int]],
    lexicon: Lexicon,
) -> Referent | None:
    """Who is quoted: named in a sentence that the quotation reaches into, else right behind or before it."""
    reached = [s for s in group if s.start < quote[1] and quote[0] < s.end and not _within(s, quote)]
    beside = [*group[position + 1 : position + 2], *reversed(group[max(position - 1, 0) : position])]
    for sentence in (*reached, *beside):
        told = _teller(sentence, quotes, lexicon)
        if told is not None:
            return told
    return None


def _teller(sentence: Sentence, quotes: Sequence[tuple[int, int]], lexicon: Lexicon) -> Referent | None:
    """Who the sentence says is speaking, by a verb of saying outside quotation marks."""
    for token in sentence.verbs:
        if lexicon.speech.get(sentence.lemma(token)) not in {
            "say",
            "alleges",
            "confirms",
            "denies",
        }:
            continue
        at, _ = sentence.source(token)
        if any(a <= at < b for a, b in quotes):
            continue
        for subject in subjects(token):
            found = [r for r in speaker_of(subject, sentence, lexicon) if r.kind != "outlet"]
            persons = [r for r in found if r.kind == "person"]
            if found:
                return (persons or found)[0]
    return None
