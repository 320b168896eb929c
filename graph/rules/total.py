"""A party given the figure that another text gives of somebody else, or of all together, beside another one for it.

The most common error with shared totals is to give one member what was counted of all. Here no list of members is
needed: one text gives both figures and tells them apart, the other text has the wrong one.
"""

from distillwatch.graph import gates, levels
from distillwatch.graph.statements import STATES, Judged, Statement
from distillwatch.graph.wording import amount, flag, source
from distillwatch.graph.world import World
from distillwatch.quantities import Quantity, compare, significant_figures

KIND = "numeric"
VERSION = "1"
RULE = "total"
_SAME_FIGURE = 1.01  # a figure that was copied keeps its digits
_LEAST = 100  # small round figures agree by chance


def judge(a: Statement, b: Statement, world: World) -> Judged | None:
    """Compare two figures of one party, where the text of one knows the other figure as somebody else's."""
    if not (a.quantity and b.quantity and a.affirmed and b.affirmed and a.predicate == b.predicate):
        return None
    if a.text.id == b.text.id or not _stated(a) or not _stated(b) or not compare(a.quantity, b.quantity).disjoint:
        return None
    if world.marks.unit(a.quantity.unit) != world.marks.unit(b.quantity.unit):
        return None
    if levels.subjects(a, b, world) != "same" or not gates.same_object(a, b, world) or gates.matter(a, b, world):
        return None
    if a.when and b.when and a.when.disjoint(b.when):
        return None
    x, y = a.quantity, b.quantity
    for knows, known, mixes, q in ((a, x, b, y), (b, y, a, x)):
        other = _whose(knows, q, world)
        if other is not None:
            why = (
                f"One party given another's figure: {source(mixes)} gives {mixes.subject.name} "
                f"{amount(q)}; in {source(knows)} that is the figure of {other.subject.name}, and "
                f"{knows.subject.name} has {amount(known)}."
            )
            return flag(a, b, kind=KIND, rule=RULE, version=VERSION, why=why, confidence=0.8, severity="soft")
    return None


def _stated(statement: Statement) -> bool:
    return statement.act in STATES and statement.hedge != "strong"


def _whose(knows: Statement, q: Quantity, world: World) -> Statement | None:
    """The statement of the first text that gives the second text's figure to others than the party itself."""
    if q.figure < _LEAST or significant_figures(q.figure) < 2:
        return None
    if any(_gives(s, knows, q, world) and _is_party(s, knows, world) for s in world.said(knows.text.id)):
        return None
    return next(
        (
            s
            for s in world.said(knows.text.id)
            if _gives(s, knows, q, world) and s.affirmed and _stated(s) and gates.same_object(s, knows, world)
        ),
        None,
    )


def _gives(s: Statement, knows: Statement, q: Quantity, world: World) -> bool:
    if s.quantity is None or s.predicate != knows.predicate or not s.subject:
        return False
    if world.marks.unit(s.quantity.unit) != world.marks.unit(q.unit):
        return False
    return max(s.quantity.figure, q.figure) <= _SAME_FIGURE * min(s.quantity.figure, q.figure)


def _is_party(s: Statement, knows: Statement, world: World) -> bool:
    return world.relation(s.subject, knows.subject) in ("same", "narrower", "broader")
