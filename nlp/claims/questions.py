"""Interviews whose paragraphs carry no names: questions that end in "?", their answers, a guest introduced above."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from distillwatch.nlp.claims.dialogue import Turn
from distillwatch.nlp.claims.lexicon import Lexicon
from distillwatch.nlp.claims.masks import Known
from distillwatch.nlp.claims.scene import Scene, referent
from distillwatch.nlp.claims.sentence import Referent
from distillwatch.records import Document, Segment

SPOKEN = frozenset({"paragraph", "list_item", "heading"})
FEWEST = 3  # questions; fewer are an essay's own
LONGEST = 300  # characters of a question; what asks at more length is an essay
IN_PERSON = 2  # answers, at least, in which somebody says "I" or "we"
PERSON = re.compile(r"\b(?:I|we|me|us|my|our)\b", re.IGNORECASE)
QUOTED = re.compile(r"[“\"«„][^“\"«„”»]{0,600}[”\"»“]")


class Exchange(Struct, frozen=True):
    """A question and what is answered to it."""

    question: Segment
    answers: tuple[Segment, ...]


def exchanges(document: Document) -> list[Exchange]:
    """The questions of a page with the paragraphs between each and the next; of the last question, one paragraph.

    Behind the last answer the page may go on in its own voice, and nothing tells where.
    """
    said = [s for s in document.segments if s.kind in SPOKEN and not s.speaker]
    asked = [i for i, s in enumerate(said) if _asks(document.text[s.start : s.end])]
    ends = [*asked[1:], asked[-1] + 2] if asked else []
    return [Exchange(said[i], tuple(said[i + 1 : end])) for i, end in zip(asked, ends, strict=True) if end > i + 1]


def answers(document: Document, known: Sequence[Known], scene: Scene, lexicon: Lexicon) -> Mapping[int, Turn]:
    """Segment position → its turn, for an interview of one person without names at its paragraphs; {} for other pages.

    The heading or the introduction has to call it an interview and to name one person who did not sign the page.
    """
    found = exchanges(document)
    if len(found) < FEWEST or sum(_in_person(document, e) for e in found) < IN_PERSON:
        return {}
    above = [s for s in document.segments if s.start < found[0].question.start and s.kind != "byline"]
    if not any(lexicon.interview.search(document.text[s.start : s.end]) for s in above):
        return {}
    guest = _guest(document, known, above)
    outlet = referent(scene.outlet, scene.outlet.name) if scene.outlet is not None else None
    if guest is None or outlet is None:
        return {}
    return dict(_turns(found, guest, outlet))


def _turns(found: Sequence[Exchange], guest: Referent, outlet: Referent) -> Iterator[tuple[int, Turn]]:
    for one in found:
        yield one.question.position, Turn(outlet, guest, one.question.start)
        for answer in one.answers:
            yield answer.position, Turn(guest, None, answer.start)


def _guest(document: Document, known: Sequence[Known], above: Sequence[Segment]) -> Referent | None:
    """The one person of the heading, else of the introduction, who did not sign the page."""
    for kinds in ({"headline", "heading"}, {"paragraph", "list_item"}):
        spans = [(s.start, s.end) for s in above if s.kind in kinds]
        people = {
            r.id: r
            for one in known
            for r in one.referents
            if r.kind == "person" and r.name not in document.byline and any(a <= one.start < b for a, b in spans)
        }
        if people:
            return next(iter(people.values())) if len(people) == 1 else None
    return None


def _asks(text: str) -> bool:
    return text.rstrip().endswith("?") and len(text) <= LONGEST


def _in_person(document: Document, exchange: Exchange) -> bool:
    """Whether somebody answers in his own person, outside of what he quotes."""
    text = " ".join(document.text[s.start : s.end] for s in exchange.answers)
    return PERSON.search(QUOTED.sub("", text)) is not None
