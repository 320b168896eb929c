"""Interviews and sittings in print: paragraphs that begin with who speaks, "Okonjo: …", "The Chair: …", "问：…"."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from msgspec import Struct

from distillwatch.nlp.claims.manners import Manner
from distillwatch.nlp.claims.masks import Known
from distillwatch.nlp.claims.scene import Scene, referent
from distillwatch.nlp.claims.sentence import Referent
from distillwatch.records import Document

LABEL = re.compile(r"(?P<label>[^\W\d_a-z][\w.'’&·・ -]{0,40}?)\s?(?::\s|：\s?)")
SHORT = re.compile(r"(?P<label>[^\W\d_a-z]\w{0,10})\.\s")  # "P. ", "R. ": only for a word that means nothing else
LATIN = re.compile(r"[a-z]")
SEVERAL = 2  # speakers that make a sitting
FEWEST = 4  # turns; fewer are a list or a heading's manner


class Turn(Struct, frozen=True):
    """Who speaks in a paragraph, and to whom."""

    speaker: Referent
    listener: Referent | None
    begins: int  # offset of the first word behind the label


def turns(document: Document, known: Sequence[Known], scene: Scene, manner: Manner) -> Mapping[int, Turn]:
    """Segment position → its turn, for an interview of one person, a hearing or a debate; {} for any other page."""
    people = {r.id: r for one in known for r in one.referents if r.kind == "person"}
    spoken: dict[int, str] = {}
    begins: dict[int, int] = {}
    for segment in document.segments:
        match = _label(document.text, segment.start, segment.end, manner) if segment.kind == "paragraph" else None
        if match is not None:
            spoken[segment.position] = match["label"].strip().casefold()
            begins[segment.position] = match.end()
    written = [(r, document.text[k.start : k.end].casefold()) for k in known for r in k.referents if r.kind == "person"]
    labels = {label: _person(label, list(people.values()), written) for label in set(spoken.values())}
    answering = {p.id: p for p in labels.values() if p is not None}
    if set(labels) & manner.answers and not answering and len(people) == 1:
        answering = dict(people)
        labels.update(dict.fromkeys(manner.answers, next(iter(people.values()))))
    outlet = referent(scene.outlet, scene.outlet.name) if scene.outlet is not None else None
    houses = {n.casefold() for n in (scene.outlet.name, *scene.outlet.aliases)} if scene.outlet is not None else set()
    asking = {label for label in labels if label in manner.asks | houses}
    if len(answering) == 1 and asking and outlet is not None:
        guest = next(iter(answering.values()))
        told = {at: label for at, label in spoken.items() if label in asking or labels[label] is not None}
        if len(told) < FEWEST:
            return {}
        return {
            at: Turn(outlet, guest, begins[at]) if label in asking else Turn(guest, None, begins[at])
            for at, label in told.items()
        }
    if len(answering) == 1 and outlet is not None and len(labels) == 1:
        return _answering(document, next(iter(answering.values())), outlet, begins)
    return _sitting(document.text, spoken, begins, labels, list(people.values()))


def _answering(document: Document, guest: Referent, outlet: Referent, begins: Mapping[int, int]) -> Mapping[int, Turn]:
    """An interview that names its guest only at the answers: the paragraph ahead of each asks, one behind goes on."""
    if len(begins) < FEWEST:
        return {}
    said = [s for s in document.segments if s.kind in {"paragraph", "heading", "list_item"}]
    at = [i for i, s in enumerate(said) if s.position in begins]
    found = {said[i].position: Turn(guest, None, begins[said[i].position]) for i in at}
    for i, following in pairwise([at[0] - 2, *at]):  # of what stands before the first answer, only its question
        between = said[i + 1 : following]
        found |= {s.position: Turn(guest, None, s.start) for s in between[:-1]} if i >= at[0] else {}
        found |= {s.position: Turn(outlet, guest, s.start) for s in between[-1:]}
    return found


def _sitting(
    text: str,
    spoken: Mapping[int, str],
    begins: Mapping[int, int],
    labels: Mapping[str, Referent | None],
    people: Sequence[Referent],
) -> Mapping[int, Turn]:
    """The turns of a hearing or a debate: several people by their names, the chair by the office."""
    heard = {label: person or _in_office(label, text, people) for label, person in labels.items()}
    told = {at: who for at, label in spoken.items() if (who := heard[label]) is not None}
    if len({who.id for who in told.values()}) < SEVERAL or len(told) < FEWEST:
        return {}
    return {at: Turn(who, None, begins[at]) for at, who in told.items()}


def _in_office(label: str, text: str, people: Sequence[Referent]) -> Referent | None:
    """Whom the page gives the office that a label names: in "Present: Ann Lee (Chair)", "The Chair" is Ann Lee."""
    office = label.removeprefix("the ").strip()
    if not office.isalpha():
        return None
    shape = rf"(?i:\b{re.escape(office)}\b)"
    found = [
        p
        for p in people
        if re.search(rf"{re.escape(p.name)},? \(?{shape}|{shape}(?::|,| is)? {re.escape(p.name)}", text) is not None
    ]
    return found[0] if len(found) == 1 else None


def _label(text: str, start: int, end: int, manner: Manner) -> re.Match[str] | None:
    """The label at the head of a paragraph: a name with a colon, or "P." and "R." alone."""
    match = LABEL.match(text, start, end)
    if match is not None:
        return match
    short = SHORT.match(text, start, end)
    return short if short is not None and short["label"].casefold() in manner.asks | manner.answers else None


def _person(label: str, people: Sequence[Referent], written: Sequence[tuple[Referent, str]]) -> Referent | None:
    """The one person whose name, or first or last name, the label is; of a name without letters, how it begins."""
    words = label.split()
    found = {
        p.id: p for p in people if p.name.casefold() == label or (words and words[-1] in p.name.casefold().split())
    }
    if not found and LATIN.search(label) is None:
        found = {p.id: p for p, text in written if text.startswith(label)}
    return next(iter(found.values())) if len(found) == 1 else None
