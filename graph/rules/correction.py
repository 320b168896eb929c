"""A publisher that names and corrects its own earlier figure, date or name."""

from distillwatch.graph import gates
from distillwatch.graph.gates import Reason
from distillwatch.graph.statements import Judged, Statement
from distillwatch.graph.wording import halt
from distillwatch.graph.world import World

KIND = "correction"
VERSION = "1"
RULE = "correction"
DECIDES = True
"""Its reason stands whatever the other rules find."""


def judge(a: Statement, b: Statement, world: World) -> Judged | None:
    """Give the reason where the evidence itself tells of the correction."""
    one_publisher = gates.one_origin(a, b) or (a.text.outlet and a.text.outlet == b.text.outlet)
    if not one_publisher or a.predicate != b.predicate or a.id == b.id:
        return None
    if not (world.marks.has("correction", a.evidence) or world.marks.has("correction", b.evidence)):
        return None
    differs = (a.quantity, a.when, a.speaker.id, a.object.id) != (b.quantity, b.when, b.speaker.id, b.object.id)
    if not differs or world.relation(a.subject, b.subject) != "same":
        return None
    reason = Reason("compatible", "correction", f"{a.text.outlet or 'the publisher'} corrects its own earlier version")
    return halt(a, b, reason, rule=RULE, version=VERSION)
