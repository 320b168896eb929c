"""One text affirms it, in another the accused or someone else denies it: shown as "alleged" and "denied", never as a
lie.

A denial answers only what it denies: a denial of the intention, of today's practice, of another period or of a
narrower thing leaves the statement standing.
"""

from distillwatch.graph import gates, levels
from distillwatch.graph.gates import Reason
from distillwatch.graph.statements import STATES, Judged, Statement
from distillwatch.graph.wording import amount, both, flag, halt
from distillwatch.graph.world import World
from distillwatch.quantities import compare

KIND = "denial"
VERSION = "3"
RULE = "denial"
_FIRMS = ("company", "group")


def judge(a: Statement, b: Statement, world: World) -> Judged | None:
    """Compare an affirmation with a denial of the same proposition."""
    if (
        a.predicate != b.predicate
        or gates.denies(a, b, world) == gates.denies(b, a, world)
        or a.predicate == "commented"
    ):
        return None
    said, denied = (b, a) if gates.denies(a, b, world) else (a, b)
    if said.act not in STATES or not said.affirmed or not _covers(denied, said, world):
        return None
    reason = gates.both_told(said, denied, world) or gates.first(
        gates.matter(said, denied, world),
        gates.belief(said, denied, world),
        gates.scope(said, denied, world, general=denied),
        _answers(said, denied, world),
    )
    if reason:
        return halt(a, b, reason, rule=RULE, version=VERSION)
    why = f"Alleged and denied. {both(said, denied, world)}"
    return flag(a, b, kind=KIND, rule=RULE, version=VERSION, why=why, confidence=0.9 if denied.speaker else 0.75)


def _covers(denied: Statement, said: Statement, world: World) -> bool:
    """Whether what is denied includes what is said: the same, or a general denial of a particular statement."""
    subject = levels.subjects(said, denied, world)
    if subject == "narrower" and not (denied.subject.kind in _FIRMS or world.marks.has("universal", denied.evidence)):
        return False  # a family is not each of its versions; what a firm did not do none of its models did
    if not (gates.same_object(said, denied, world) or world.relation(said.object, denied.object) == "narrower"):
        return False
    if subject == "whole":  # "both firms broke it" says it of each; a figure is of all together
        return said.quantity is None and world.predicate(said.predicate).accusation
    return subject in ("same", "narrower", "member")


def _answers(said: Statement, denied: Statement, world: World) -> Reason | None:
    """Why the denial may not answer the statement."""
    marks = world.marks
    if denied.hedge != "none" or gates.nobodys(said, world):
        return Reason("cannot_compare", "modality", "one side is put only as a possibility")
    if denied.quantity and not _same_figure(said, denied):
        return Reason("cannot_compare", "scope", f"the denial is of a figure: {amount(denied.quantity)}")
    if marks.has("intent", denied.evidence):
        return Reason("cannot_compare", "scope", "the denial is of the intention, not of the act")
    if said.text.id == denied.text.id and said.speaker.id == denied.speaker.id and said.speaker:
        return Reason("compatible", "scope", f"both are parts of one account by {said.speaker.name}")
    if denied.when and not said.when:
        return Reason("cannot_compare", "scope", f"the denial is of one period only: {gates.span(denied)}")
    if not denied.when and marks.has("from_then", denied.evidence) and not marks.has("ever", denied.evidence):
        return Reason("cannot_compare", "scope", "the denial speaks only of the time from some day on")
    if denied.when and said.when and denied.when.disjoint(said.when):
        return Reason("compatible", "scope", "the denial is of another period")
    if marks.has("ceased", said.evidence) and not marks.has("ever", denied.evidence):
        return Reason("compatible", "scope", "the statement tells of a practice that ended, the denial of the present")
    if _own_words(said, denied, world):
        return None
    if not (said.incidents & denied.incidents or levels.one_making(said, denied, world)) and _older(denied, said):
        return Reason("cannot_compare", "different_event", "the denial is much older than the statement")
    return None


def _same_figure(said: Statement, denied: Statement) -> bool:
    """Whether a denied count is the one that was given: "did not open 24,000 accounts" says nothing of other counts."""
    x, y = said.quantity, denied.quantity
    return x is not None and y is not None and x.unit == y.unit and not compare(x, y).disjoint


def _own_words(said: Statement, denied: Statement, world: World) -> bool:
    """Whether a party affirms what it denied itself before, and does not date it after its denial."""
    if not (said.speaker and denied.speaker) or not world.speak_for_one(said.speaker, denied.speaker):
        return False
    return not (said.when and (said.when.start or said.when.end or "") > denied.text.published)


def _older(denied: Statement, said: Statement) -> bool:
    apart = gates.days_between(denied.text.published, said.text.published)
    return denied.text.published < said.text.published and apart > gates.SAME_MATTER_DAYS
