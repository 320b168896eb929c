"""One vote on one stage of a policy, counted differently: "61 to 38" in one text, "61 to 39" in the other."""

from distillwatch.graph import gates
from distillwatch.graph.statements import Judged, Statement
from distillwatch.graph.wording import flag, halt, source
from distillwatch.graph.world import World

KIND = "numeric"
VERSION = "1"
RULE = "vote"
_STATES = ("asserts", "confirms", "reports")


def judge(a: Statement, b: Statement, world: World) -> Judged | None:
    """Compare the counts of two statements that tell of one stage."""
    if a.predicate != b.predicate or world.predicate(a.predicate).object != "stage" or a.text.id == b.text.id:
        return None
    if not (a.affirmed and b.affirmed) or a.act not in _STATES or b.act not in _STATES:
        return None
    x, y = world.marks.vote(_told(a)), world.marks.vote(_told(b))
    if x is None or y is None or x == y or world.relation(a.subject, b.subject) != "same":
        return None
    one_stage = a.object_text == b.object_text  # "advanced" and "adopted" may both tell of a committee's vote
    if not one_stage and not (a.when and b.when and a.when.start == b.when.start and a.when.precision == "day"):
        return None
    reason = gates.first(gates.scope(a, b, world), _chambers(a, b, world), _days(a, b, world))
    if reason:
        return halt(a, b, reason, rule=RULE, version=VERSION)
    why = (
        f"Two counts of one vote ({world.reads(a)}): {source(a)} gives {x[0]} to {x[1]}, {source(b)} {y[0]} to {y[1]}."
    )
    return flag(a, b, kind=KIND, rule=RULE, version=VERSION, why=why, confidence=0.85)


def _told(statement: Statement) -> str:
    return statement.qualifiers.get("vote", "") or statement.evidence


def _chambers(a: Statement, b: Statement, world: World) -> gates.Reason | None:
    """Two houses and their committees vote on one bill, each for itself."""
    x, y = (world.marks.classes("chambers", s.evidence) for s in (a, b))
    if x and y and not x & y:
        return gates.Reason("compatible", "different_event", f"{min(x)} and {min(y)} voted on it separately")
    return None


def _days(a: Statement, b: Statement, world: World) -> gates.Reason | None:
    if a.when and b.when and a.when.agrees(b.when):
        return None
    if a.when and b.when:
        return gates.Reason("cannot_compare", "different_event", "the votes are given different days")
    return gates.matter(a, b, world)
