"""The roles of one act exchanged: who taught whom, who owns whom, who took whom to court."""

from distillwatch.graph import gates, levels
from distillwatch.graph.statements import STATES, Judged, Statement
from distillwatch.graph.wording import both, flag
from distillwatch.graph.world import World

KIND = "entity"
VERSION = "2"
RULE = "swapped"


def judge(a: Statement, b: Statement, world: World) -> Judged | None:
    """Compare "X did it to Y" with "Y did it to X", where the vocabulary says that the act runs one way."""
    if a.predicate != b.predicate or not world.predicate(a.predicate).one_way or a.text.id == b.text.id:
        return None
    x, y = levels.acting(a, world), levels.acting(b, world)
    if not (a.object and b.object) or (x.id, a.object.id) != (b.object.id, y.id) or x.id == a.object.id:
        return None
    if not all(s.affirmed and s.act in STATES and s.hedge == "none" for s in (a, b)) or gates.matter(a, b, world):
        return None
    if (
        gates.days_between(a.text.published, b.text.published) > gates.SAME_MATTER_DAYS
        and not a.incidents & b.incidents
    ):
        return None
    if any(world.marks.has("mutual", s.evidence) or (s.quantity and s.quantity.figure <= 50) for s in (a, b)):
        return None
    if _both_ways(a, world) or _both_ways(b, world):
        return None
    why = f"The roles are exchanged. {both(a, b, world)}"
    return flag(a, b, kind=KIND, rule=RULE, version=VERSION, why=why, confidence=0.75)


def _both_ways(statement: Statement, world: World) -> bool:
    """Whether the text itself tells the act in both directions (suit and countersuit)."""
    return any(
        s.predicate == statement.predicate
        and s.affirmed
        and s.act in STATES
        and (s.object.id, s.subject.id) == (statement.subject.id, statement.object.id)
        for s in world.said(statement.text.id)
    )
