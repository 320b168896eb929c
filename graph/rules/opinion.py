"""A judgement against a statement, or against another judgement: "better in my opinion" disputes no fact."""

from distillwatch.graph import gates
from distillwatch.graph.gates import Reason
from distillwatch.graph.statements import Judged, Statement
from distillwatch.graph.wording import halt
from distillwatch.graph.world import World

KIND = "opinion"
VERSION = "1"
RULE = "opinion"


def judge(a: Statement, b: Statement, world: World) -> Judged | None:
    """Give the reason where a judgement and a statement of the same thing differ."""
    if "opines" not in (a.act, b.act) or a.predicate != b.predicate:
        return None
    swapped = bool(a.object) and (a.subject.id, a.object.id) == (b.object.id, b.subject.id)
    differs = a.affirmed != b.affirmed or a.act != b.act or a.hedge != b.hedge
    if not swapped and not (differs and gates.one_proposition(a, b, world)):
        return None
    reason = Reason("compatible", "opinion", "one of the two is a judgement, not a statement of fact")
    return halt(a, b, reason, rule=RULE, version=VERSION)
