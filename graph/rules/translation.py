"""One statement in two languages: what differs is the language."""

from distillwatch.graph import gates
from distillwatch.graph.gates import Reason
from distillwatch.graph.statements import Judged, Statement
from distillwatch.graph.wording import halt
from distillwatch.graph.world import World

KIND = "translation"
VERSION = "1"
RULE = "translation"


def judge(a: Statement, b: Statement, world: World) -> Judged | None:
    """Give the reason where two languages say one thing."""
    x, y = a.text.language, b.text.language
    if not (x and y) or x == y or (a.polarity, a.quantity, a.when) != (b.polarity, b.quantity, b.when):
        return None
    if not world.speak_for_one(a.speaker, b.speaker) or not gates.one_proposition(a, b, world):
        return None
    reason = Reason("compatible", "translation", f"one statement in two languages ({x}, {y})")
    return halt(a, b, reason, rule=RULE, version=VERSION)
