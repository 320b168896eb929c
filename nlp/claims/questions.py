"""Interviews whose paragraphs carry no names: questions that end in "?", their answers, a guest introduced above."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from distillwatch.nlp.claims.dialogue import Turn
from distillwatch.nlp.claims.manners import Manner
from distillwatch.nlp.claims.masks import Known
from distillwatch.nlp.claims.scene import Scene, referent
from distillwatch.nlp.claims.sentence import Referent
from distillwatch.records import Document, Segment

SPOKEN = frozenset({"paragraph", "list_item", "heading"})
FEWEST = 3  # questions; fewer are an essay's own
LONGEST = 300  # characters of a question; what asks at more length is an essay
IN_PERSON = 2  # answers, at least, in which somebody says "I" or "we"
SPOKEN_TO = 2  # questions, at least, that say "you", where no word calls the page an interview
QUOTED = re.compile(r"[“\"«„「『][^“\"«„「『”»」』]{0,600}[”\"»“」』]")
CLOSING = ' \u00a0”»“"」』）)'
DASHES = re.compile(r"[―─—]{2}")  # in front of a question: Japanese newspapers


class Exchange(Struct, frozen=True):
    """A question and what is answered to it."""

    question: Segment
    answers: tuple[Segment, ...]


def exchanges(document: Document) -> list[Exchange]:
    """The questions of a page with the paragraphs between each and the next; of the last question, one paragraph.

    Behind the last answer the page may go on in its own voice, and nothing tells where.
    """
    said = [s for s in document.segments if s.kind in SPOKEN and not s.speaker]
    asked = [i for i, s in enumerate(said) if DASHES.match(document.text, s.start, s.end) is not None]
    asked = asked or [i for i, s in enumerate(said) if _asks(document.text[s.start : s.end])]
    ends = [*asked[1:], asked[-1] + 2] if asked else []
    return [Exchange(said[i], tuple(said[i + 1 : end])) for i, end in zip(asked, ends, strict=True) if end > i + 1]


def answers(document: Document, known: Sequence[Known], scene: Scene, manner: Manner) -> Mapping[int, Turn]:
    """Segment position → its turn, for an interview of one person without names at its paragraphs; {} for other pages.

    The heading, the introduction or the byline has to call it an interview, or the questions to say "you"; and heading
    or introduction name one person who did not sign the page.
    """
    found = exchanges(document)
    if len(found) < FEWEST or sum(_in_person(document, e, manner) for e in found) < IN_PERSON:
        return {}
    before = [s for s in document.segments if s.start < found[0].question.start]
    called = any(manner.called.search(document.text, s.start, s.end) for s in before)
    spoken_to = sum(manner.addressed.search(document.text, e.question.start, e.question.end) is not None for e in found)
    if not called and spoken_to < SPOKEN_TO:
        return {}
    above = [s for s in before if s.kind != "byline"]
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
    return text.rstrip(CLOSING).endswith(("?", "？")) and len(text) <= LONGEST


def _in_person(document: Document, exchange: Exchange, manner: Manner) -> bool:
    """Whether somebody answers in his own person, outside of what he quotes."""
    text = " ".join(document.text[s.start : s.end] for s in exchange.answers)
    return manner.person.search(QUOTED.sub("", text)) is not None
