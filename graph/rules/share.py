"""A part that is given as a percentage of a whole, with all three figures in one sentence that do not go together."""

from distillwatch.graph.reckoning import fits, sums
from distillwatch.graph.statements import STATES, Judged, Statement
from distillwatch.graph.wording import flag, number, source
from distillwatch.graph.world import World

KIND = "numeric"
VERSION = "1"
RULE = "share"
SINGLE = True
"""Judges a statement against its own sentence: called with the same statement twice."""


def judge(a: Statement, b: Statement, world: World) -> Judged | None:
    """Reckon the shares in the sentence of a statement."""
    if a.id != b.id or a.act not in STATES:
        return None
    for found in sums(a.evidence, a.text.language, "share", world.marks.reckonings):
        (least, most), (low, high) = found.interval("p"), found.interval("n")
        if most <= 100.5 and not fits(least / 100 * low, most / 100 * high, found.interval("m")):
            share, whole, part = (found.told(name) for name in "pnm")
            why = (
                f"The figures of one sentence do not go together: in {source(a)} {number(share)} percent of "
                f"{number(whole)} would be {number(round(share * whole / 100))}, and it gives {number(part)}."
            )
            return flag(a, a, kind=KIND, rule=RULE, version=VERSION, why=why, confidence=0.7, severity="soft")
    return None
