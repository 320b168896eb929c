"""Two accounts of one act that shut each other out: trained on its answers, or only compared with it; its weights, or
its API.

Such acts can go together, so a flag needs more than two predicates: a text that says "only", an answer of the party
itself, or two texts of which each gives the one account and not the other. Where the party grants the one and denies
the other, what is disputed is the denial.
"""

import re

from distillwatch.graph import gates, levels
from distillwatch.graph.statements import STATES, Judged, Party, Severity, Statement, fold
from distillwatch.graph.wording import both, flag, halt
from distillwatch.graph.world import World

KIND = "mechanism"
VERSION = "3"
RULE = "mechanism"
ONCE = True
"""Two texts that tell an act differently tell it in many sentences: one flag for each pair of texts and parties."""
_LEVELS = ("same", "narrower", "broader")
_NAME = re.compile(
    r"\b[A-Z][A-Za-z]*[-.]?\d(?:[\w.-]*\w)?|\b[A-Z][a-z]+[A-Z]\w*"
)  # names of versions: "Hx3", "OstraNet"


def judge(a: Statement, b: Statement, world: World) -> Judged | None:
    """Compare two statements whose predicates the vocabulary marks as exclusive."""
    if b.predicate not in world.predicate(a.predicate).exclusive or not _comparable(a, b, world):
        return None
    reason = gates.both_told(a, b, world) or gates.belief(a, b, world)
    if reason:
        return halt(a, b, reason, rule=RULE, version=VERSION)
    confidence = max(_excludes(a, b, world), _excludes(b, a, world))
    if not confidence:
        return None
    why = f"Two accounts of what was done that do not go together. {both(a, b, world)}"
    severity: Severity = "hard" if confidence >= 0.8 else "soft"
    return flag(a, b, kind=KIND, rule=RULE, version=VERSION, why=why, confidence=confidence, severity=severity)


def _comparable(a: Statement, b: Statement, world: World) -> bool:
    if not all(s.affirmed and s.act in STATES and not gates.nobodys(s, world) for s in (a, b)):
        return False
    if levels.subjects(a, b, world) not in _LEVELS or not _one_source(a.object, b.object, world):
        return False
    if gates.matter(a, b, world) or gates.scope(a, b, world):
        return False
    return not (a.when and b.when and a.when.disjoint(b.when))


def _one_source(a: Party, b: Party, world: World) -> bool:
    """The same model, or a version and its family; a firm stands for any of its models and proves nothing."""
    relation = world.relation(a, b)
    if relation == "same" or (relation == "sibling" and gates.one_make(a, b, world)):
        return True
    return relation in _LEVELS and (world.family(a.id) == b.id or world.family(b.id) == a.id)


def _excludes(one: Statement, other: Statement, world: World) -> float:
    """How surely `one` leaves no room for `other`; 0 when it does not."""
    if one.text.id == other.text.id and one.speaker.id == other.speaker.id:
        return 0.0
    if world.marks.has("also", one.evidence):
        return 0.0
    if not world.predicate(one.predicate).accusation:  # the milder account; an accusation excludes nothing by itself
        if one.qualifiers.get("only") or world.marks.has("only", one.evidence):
            return 0.9
        answers = one.speaker and world.speak_for_one(one.speaker, one.subject)
        if answers and not world.speak_for_one(other.speaker, other.subject):
            return 0.8
    if _tells_both(one, other, world) or _tells_both(other, one, world):
        return 0.0
    if one.text.id == other.text.id and not (one.speaker and other.speaker):
        return 0.0
    if world.predicate(one.predicate).accusation:
        return 0.6 if world.predicate(other.predicate).accusation and not _granted(one, other, world) else 0.0
    return 0.6 if _one_making(one, other, world) else 0.0


def _granted(one: Statement, other: Statement, world: World) -> bool:
    """Whether one of them is granted in a text that has the other denied: "not its weights, but its answers, yes"."""
    for granted, charged in ((one, other), (other, one)):
        if granted.act != "confirms" or world.marks.has("only", granted.evidence):
            continue
        told = (s for s in world.said(granted.text.id) if s.predicate == charged.predicate and not s.affirmed)
        if any(world.relation(s.subject, charged.subject) == "same" for s in told):
            return True
    return False


def _one_making(mild: Statement, other: Statement, world: World) -> bool:
    """Whether both tell how one named thing was made: without "only", use as a yardstick leaves room for training."""
    if not world.marks.has("making", mild.evidence):
        return False
    known = " ".join(fold(p.name) for s in (mild, other) for p in (s.subject, s.object, s.speaker))
    named = [{fold(n) for n in _NAME.findall(s.evidence)} for s in (mild, other)]
    return any(name not in known for name in named[0] & named[1])


def _tells_both(one: Statement, other: Statement, world: World) -> bool:
    """Whether the voice of `one` also says, in the same text, what `other` says."""
    return any(
        s.predicate == other.predicate
        and s.affirmed
        and s.speaker.id == one.speaker.id
        and world.relation(s.subject, other.subject) in _LEVELS
        and _one_source(s.object, other.object, world)
        for s in world.said(one.text.id)
    )
