"""One utterance, credited to two speakers, or one letter with two receivers.

Two parties may both say the same, so a flag needs a mark of one utterance: its words in quotation marks with the
place where they were said, or one sentence that a text and its copy or later version credit differently.
"""

import re

from distillwatch.graph import gates
from distillwatch.graph.statements import Judged, Party, Statement, fold
from distillwatch.graph.wording import amount, flag, source
from distillwatch.graph.world import World
from distillwatch.quantities import significant_figures

KIND = "attribution"
VERSION = "2"
RULE = "attribution"
_QUOTED = re.compile(r"[“\"«「‘„]([^”\"»」’“]{8,120})[”\"»」’“]")
_NAMES = re.compile(r"\b[A-Z][\w&’'-]+(?:\s+[A-Z][\w&’'-]+)+")
_LONG_QUOTE = 4  # words that no two speakers choose alike by chance
_ONE_SENTENCE = 0.6
_LEAST = 1000  # smaller figures agree by chance
_COUNTS = ("company", "agency", "group")


def judge(a: Statement, b: Statement, world: World) -> Judged | None:
    """Compare the speakers, or the receivers, of one utterance."""
    if a.text.id == b.text.id or a.predicate != b.predicate or a.affirmed != b.affirmed or gates.matter(a, b, world):
        return None
    if a.predicate == "sent":
        return _letter(a, b, world)
    if not gates.one_proposition(a, b, world):
        return None
    if not (a.speaker and b.speaker) or world.speak_for_one(a.speaker, b.speaker) or "denies" in (a.act, b.act):
        return None
    mark = _one_sentence(a, b) or _one_quotation(a, b, world) or _one_count(a, b, world)
    if mark is None:
        return None
    why = (
        f"One utterance, two speakers: {source(a)} credits it to {a.speaker.name}, {source(b)} to {b.speaker.name}. "
        f"It is one utterance because {mark}."
    )
    return flag(a, b, kind=KIND, rule=RULE, version=VERSION, why=why, confidence=0.8)


def _one_sentence(a: Statement, b: Statement) -> str | None:
    """Versions of one text that give the same figure or the same sentence to different speakers."""
    if not (gates.one_origin(a, b) or (a.text.outlet and a.text.outlet == b.text.outlet)):
        return None
    if a.quantity != b.quantity or gates.word_overlap(a.evidence, b.evidence) < _ONE_SENTENCE:
        return None
    return "both sentences are versions of one, from one outlet or origin"


def _one_quotation(a: Statement, b: Statement, world: World) -> str | None:
    quotes = {q for x, y in ((a, b), (b, a)) for q in _QUOTED.findall(x.evidence) if fold(q) in fold(y.evidence)}
    longest = max(quotes, key=lambda quote: (len(quote), quote), default="")
    if len(longest.split()) >= _LONG_QUOTE:
        return f"both give the words “{longest}”"
    places = _places(a, world) & _places(b, world)
    if longest and len(longest.split()) >= 2 and places:
        return f"both give the words “{longest}” and the place, {min(places)}"
    return None


def _one_count(a: Statement, b: Statement, world: World) -> str | None:
    """One exact count that two institutions are credited with, each text knowing of one only."""
    q = a.quantity
    if (
        q is None
        or q != b.quantity
        or q.figure < _LEAST
        or significant_figures(q.figure) < 2
        or q.approx not in ("exact", "about")
    ):
        return None
    if any(s.act not in ("alleges", "reports") or s.speaker.kind not in _COUNTS for s in (a, b)):
        return None
    if any(
        s.quantity == q and world.speak_for_one(s.speaker, o.speaker)
        for x, o in ((a, b), (b, a))
        for s in world.said(x.text.id)
    ):
        return None
    return f"both give the same figure ({amount(q)}) of the same act"


def _places(statement: Statement, world: World) -> set[str]:
    """Names of several words in the evidence that are no party of the statement: where it was said."""
    parties = " ".join(fold(p.name) for p in (statement.subject, statement.object, statement.speaker))
    return {name for name in _NAMES.findall(statement.evidence) if fold(name) not in parties}


def _letter(a: Statement, b: Statement, world: World) -> Judged | None:
    """One letter by its kind and day: the receiver or the sender differs, the other one is the same."""
    x, y = gates.receiver(a, world), gates.receiver(b, world)
    if not (x and y and a.when and b.when and a.when.precision == b.when.precision == "day" and a.when.agrees(b.when)):
        return None
    if not gates.same_object(a, b, world) or not (a.affirmed and b.affirmed) or "strong" in (a.hedge, b.hedge):
        return None
    what, one_sender = a.object.name or a.object_text, world.speak_for_one(a.subject, b.subject)
    if x.id == y.id and not one_sender:
        differs = f"{source(a)} says {a.subject.name} sent it, {source(b)} {b.subject.name}"
        same = f"receiver and date ({gates.span(a)}) are the same"
        return _differs(a, b, f"One {what}, two senders: {differs}; {same}.")
    if not one_sender or world.relation(x, y) != "other" or not _comparable_names(x, y, a, b):
        return None
    differs = f"{source(a)} says it went to {x.name}, {source(b)} to {y.name}"
    return _differs(a, b, f"One {what}, two receivers: {differs}; sender and date ({gates.span(a)}) are the same.")


def _comparable_names(x: Party, y: Party, a: Statement, b: Statement) -> bool:
    """Whether two receivers are surely two: both known, or two names of one language without a common word."""
    if not (x.id.startswith("name:") or y.id.startswith("name:")):
        return True
    return a.text.language == b.text.language and gates.word_overlap(x.name, y.name) == 0


def _differs(a: Statement, b: Statement, why: str) -> Judged:
    return flag(a, b, kind=KIND, rule=RULE, version=VERSION, why=why, confidence=0.7, severity="soft")
