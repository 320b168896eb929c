"""Two states of one thing, one after the other: the stages of a policy, the posts of a person."""

from distillwatch.graph import gates
from distillwatch.graph.gates import Reason
from distillwatch.graph.statements import Judged, Statement
from distillwatch.graph.wording import halt
from distillwatch.graph.world import World

KIND = "update"
VERSION = "1"
RULE = "update"


def judge(a: Statement, b: Statement, world: World) -> Judged | None:
    """Give the reason where a state that changes is told as of two times."""
    if a.predicate != b.predicate or a.subject.id != b.subject.id or not world.predicate(a.predicate).mutable:
        return None
    if world.predicate(a.predicate).object != "stage" or a.object_text == b.object_text:
        return None
    reason = Reason("compatible", "update", f"two stages of {a.subject.name}: {a.object_text} and {b.object_text}")
    if a.when and b.when and a.when.disjoint(b.when):
        reason = Reason("compatible", "update", f"{reason.why}, {gates.span(a)} and {gates.span(b)}")
    return halt(a, b, reason, rule=RULE, version=VERSION)
