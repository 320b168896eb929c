"""One figure of one matter with two units: "24,000 accounts" in one text, "24,000 exchanges" in the other.

A figure keeps its digits while it is copied and loses its unit. It takes one subject, object and speaker, and either
two sentences that are one but for the unit or a text that gives the other unit another figure, to tell a slip from
two counts that happen to agree. Two currencies need neither: no rate of exchange leaves a sum's digits alone.
"""

from distillwatch.graph import gates
from distillwatch.graph.statements import STATES, Judged, Statement
from distillwatch.graph.wording import amount, flag, source
from distillwatch.graph.world import World
from distillwatch.quantities import Quantity, significant_figures

KIND = "numeric"
VERSION = "2"
RULE = "unit_clash"
_LEAST = 100
_ONE_SENTENCE = 0.8  # so alike that one was written from the other


def judge(a: Statement, b: Statement, world: World) -> Judged | None:
    """Compare two quantities with the same digits and different units."""
    if not (a.quantity and b.quantity and a.predicate == b.predicate) or a.text.id == b.text.id:
        return None
    x, y = a.quantity, b.quantity
    if x.figure != y.figure or world.marks.unit(x.unit) == world.marks.unit(y.unit) or x.figure < _LEAST:
        return None
    if a.act not in STATES or b.act not in STATES:
        return None
    if not gates.one_proposition(a, b, world) or gates.matter(a, b, world) or gates.scope(a, b, world):
        return None
    money = world.marks.currency(x.unit) and world.marks.currency(y.unit)
    if not (money or world.speak_for_one(a.speaker, b.speaker)):
        return None
    slip = gates.word_overlap(a.evidence, b.evidence) >= _ONE_SENTENCE
    if not slip and significant_figures(x.figure) < 2:
        return None
    if not (slip or money or _other_figure(a, b, y, world) or _other_figure(b, a, x, world)):
        return None
    why = (
        f"One figure with two units: {source(a)} gives {a.subject.name} {amount(x)}, {source(b)} {amount(y)}, "
        "about the same act."
    )
    return flag(a, b, kind=KIND, rule=RULE, version=VERSION, why=why, confidence=0.75, severity="soft")


def _other_figure(a: Statement, b: Statement, counted: Quantity, world: World) -> bool:
    """Whether the text of `a` counts in the unit of `b`'s figure too and finds another one."""
    return any(
        s.quantity is not None
        and s.quantity.unit == counted.unit
        and s.quantity.figure != counted.figure
        and gates.one_proposition(s, b, world)
        for s in world.said(a.text.id)
    )
