"""A rise or fall from one figure to another, with the difference in the same sentence, that do not go together."""

from distillwatch.graph.reckoning import Sum, fits, sums
from distillwatch.graph.statements import STATES, Judged, Statement
from distillwatch.graph.wording import flag, number, source
from distillwatch.graph.world import World

KIND = "numeric"
VERSION = "1"
RULE = "difference"
SINGLE = True
"""Judges a statement against its own sentence: called with the same statement twice."""


def judge(a: Statement, b: Statement, world: World) -> Judged | None:
    """Reckon the changes in the sentence of a statement."""
    if a.id != b.id or a.act not in STATES:
        return None
    for found in sums(a.evidence, a.text.language, "difference", world.marks.reckonings):
        if _goes_together(found):
            continue
        before, after, told = (found.told(name) for name in "abd")
        change = abs(after - before)
        given = f"{number(told)} percent" if found.percent else number(told)
        is_ = f"{number(round(100 * change / before))} percent" if found.percent else number(change)
        why = (
            f"The figures of one sentence do not go together: in {source(a)} the change from {number(before)} to "
            f"{number(after)} would be {is_}, and it gives {given}."
        )
        return flag(a, a, kind=KIND, rule=RULE, version=VERSION, why=why, confidence=0.7, severity="soft")
    return None


def _goes_together(found: Sum) -> bool:
    (a, least), (b, most) = found.interval("a"), found.interval("b")
    if a <= 0:
        return True  # nothing is so many percent more than nothing
    ends = [abs(y - x) / (x if found.percent else 1) for x in (a, least) for y in (b, most)]
    scale = 100 if found.percent else 1
    low = 0.0 if a <= most and b <= least else min(ends)  # the two figures may be one
    return fits(scale * low, scale * max(ends), found.interval("d"))
