"""Parts and their whole: a member given the total, a part larger than its whole, parts that do not add up.

The most common error with shared totals is to give one member what was counted of all.
"""

from distillwatch.graph import gates
from distillwatch.graph.statements import STATES, Judged, Statement
from distillwatch.graph.wording import amount, flag, halt, source
from distillwatch.graph.world import World
from distillwatch.quantities import Quantity, compare, significant_figures

KIND = "numeric"
VERSION = "1"
RULE = "parts"
_SAME_FIGURE = 1.01  # a total that was copied keeps its figure
_LEAST = 100  # small round figures agree by chance


def judge(a: Statement, b: Statement, world: World) -> Judged | None:
    """Compare a figure of a group with a figure of one of its members."""
    if not (a.quantity and b.quantity and a.predicate == b.predicate and a.affirmed and b.affirmed):
        return None
    relation = world.relation(a.subject, b.subject)
    if relation not in ("member", "whole") or a.act not in STATES or b.act not in STATES:
        return None
    if a.quantity.unit != b.quantity.unit or not gates.same_object(a, b, world):
        return None
    part, whole = (a, b) if relation == "member" else (b, a)
    x, y = (a.quantity, b.quantity) if relation == "member" else (b.quantity, a.quantity)
    reason = gates.first(gates.matter(a, b, world), gates.scope(a, b, world), gates.period(a, b, world))
    if reason:
        return halt(a, b, reason, rule=RULE, version=VERSION)
    note = _fault(x, y) or ("The parts do not add up to the whole" if _sum_fails(part, whole, x, y, world) else None)
    if note is None:
        fits = f"{part.subject.name} is one of {whole.subject.name}: a part against the whole"
        return halt(a, b, gates.Reason("compatible", "scope", fits), rule=RULE, version=VERSION)
    why = (
        f"{note}: {source(part)} gives {part.subject.name} {amount(x)}, "
        f"{source(whole)} gives {whole.subject.name} together {amount(y)}."
    )
    return flag(a, b, kind=KIND, rule=RULE, version=VERSION, why=why, confidence=0.85)


def _fault(part: Quantity, whole: Quantity) -> str | None:
    x, y = part.figure, whole.figure
    if max(x, y) <= _SAME_FIGURE * min(x, y) and y >= _LEAST and significant_figures(y) >= 2:
        return "Total attributed to one member"
    return "The part is larger than its whole" if x > y and compare(part, whole).disjoint else None


def _sum_fails(part: Statement, whole: Statement, x: Quantity, y: Quantity, world: World) -> bool:
    """Whether one text gives a figure for every member and their sum cannot be the total that the same text gives."""
    if part.text.id != whole.text.id:
        return False
    figures: dict[str, Quantity] = {}
    for s in world.said(whole.text.id):
        same = s.predicate == whole.predicate and s.object.id == whole.object.id and s.affirmed and s.act in STATES
        if same and s.quantity and s.quantity.unit == y.unit and s.subject.id in whole.subject.members:
            figures.setdefault(s.subject.id, s.quantity)
    if len(figures) != len(whole.subject.members) or x != max(figures.values(), key=_figure):
        return False  # one verdict for the sum, with the largest part
    bounds, (low, high) = [q.interval for q in figures.values()], y.interval
    return sum(least for least, _ in bounds) > high or sum(most for _, most in bounds) < low


def _figure(quantity: Quantity) -> float:
    return quantity.figure
