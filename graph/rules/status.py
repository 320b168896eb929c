"""A figure that one text gives as hypothetical, a draft or an example is used in another place as a fact."""

from distillwatch.graph import gates
from distillwatch.graph.statements import Judged, Statement
from distillwatch.graph.wording import amount, flag, source
from distillwatch.graph.world import World
from distillwatch.quantities import compare

KIND = "status"
VERSION = "2"
RULE = "status"
_FACT = ("asserts", "confirms", "reports")


def judge(a: Statement, b: Statement, world: World) -> Judged | None:
    """Compare a supposed figure with the same figure stated."""
    if not (a.quantity and b.quantity) or (a.act == "supposes") == (b.act == "supposes"):
        return None
    supposed, stated = (a, b) if a.act == "supposes" else (b, a)
    if stated.text.published < supposed.text.published and not world.marks.has("hypothetical", supposed.evidence):
        return None  # the figure was there before anybody played with it, and nobody says that it was an example
    if stated.act not in _FACT or stated.hedge != "none" or not (stated.affirmed and supposed.affirmed):
        return None
    if not gates.one_proposition(a, b, world) or a.quantity.unit != b.quantity.unit:
        return None
    if (a.text.id == b.text.id and a.evidence == b.evidence) or world.marks.has("hypothetical", stated.evidence):
        return None
    x, y = supposed.quantity, stated.quantity
    if x is None or y is None or x.figure != y.figure or compare(x, y).disjoint:
        return None
    why = (
        f"Supposed in one place and used as a fact in the other: {source(supposed)} gives {amount(x)} for "
        f"{supposed.subject.name} as a supposition or example, {source(stated)} states {amount(y)} without that mark."
    )
    return flag(a, b, kind=KIND, rule=RULE, version=VERSION, why=why, confidence=0.85)
