"""An accusation, and a text that reports the same accusation as its author's: one allegation, told twice."""

from distillwatch.graph import gates
from distillwatch.graph.gates import Reason
from distillwatch.graph.statements import Judged, Statement
from distillwatch.graph.wording import halt
from distillwatch.graph.world import World

KIND = "quoted_allegation"
VERSION = "1"
RULE = "quoted_allegation"


def judge(a: Statement, b: Statement, world: World) -> Judged | None:
    """Give the reason where an accusation stands beside its report."""
    if a.predicate != b.predicate or a.text.id == b.text.id or not (a.affirmed and b.affirmed):
        return None
    if "alleges" not in (a.act, b.act) or not {a.act, b.act} <= {"alleges", "reports"} or not (a.speaker and b.speaker):
        return None
    if a.hedge != b.hedge or not world.speak_for_one(a.speaker, b.speaker) or not gates.one_proposition(a, b, world):
        return None
    reason = Reason("compatible", "quoted_allegation", f"both give the accusation as that of {a.speaker.name}")
    return halt(a, b, reason, rule=RULE, version=VERSION)
