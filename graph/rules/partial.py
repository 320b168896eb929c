"""A list against one of its members, where nothing says that the list is complete or the member alone."""

from distillwatch.graph import gates
from distillwatch.graph.gates import Reason
from distillwatch.graph.statements import Judged, Statement
from distillwatch.graph.wording import halt
from distillwatch.graph.world import World

KIND = "partial"
VERSION = "1"
RULE = "partial"


def judge(a: Statement, b: Statement, world: World) -> Judged | None:
    """Give the reason where one text names all and the other one of them."""
    if a.predicate != b.predicate or a.text.id == b.text.id or a.quantity or b.quantity or a.affirmed != b.affirmed:
        return None
    if world.relation(a.subject, b.subject) not in ("member", "whole") or not gates.same_object(a, b, world):
        return None
    if world.marks.has("only", a.evidence) or world.marks.has("only", b.evidence):
        return None
    reason = Reason("compatible", "partial", f"{a.subject.name} and {b.subject.name}: a list and a part of it")
    return halt(a, b, reason, rule=RULE, version=VERSION)
