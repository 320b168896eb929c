"""Sentences that do not bear what was read out of them: no flag rests on one of these.

A statement is read from a sentence by rules that can miss a "no". Where a party seems to accuse itself in a sentence
that negates, or the text's own voice to assert what it only reports as denied, the reading is the likelier mistake.
So it is where a party would accuse a group that it is in.
What a publisher says that an earlier version of its text said, it says no more.
"""

from __future__ import annotations

from distillwatch.graph.gates import Reason
from distillwatch.graph.statements import Statement
from distillwatch.graph.world import World


def doubt(a: Statement, b: Statement, world: World) -> Reason | None:
    """Why one of two statements may say something else than its sentence; None where both are plain."""
    for s in (a, b):
        if s.act not in ("asks", "supposes") and world.marks.has("question", s.evidence):
            return Reason("cannot_compare", "question", "one of the two sentences asks")
        if _turned(s, world):
            return Reason("cannot_compare", "polarity", "one of the two sentences negates or reports a denial")
        if _own_charge(s, world):
            return Reason("cannot_compare", "attribution", "one of the two would be somebody's charge against itself")
        if world.marks.has("earlier_version", s.evidence):
            return Reason("compatible", "correction", "one of the two sentences tells what an earlier version said")
    return None


def _own_charge(s: Statement, world: World) -> bool:
    """Whether somebody would accuse a group that it is in: then "the company" was taken for the wrong one."""
    if s.act != "alleges" or not s.speaker or not (s.affirmed and world.predicate(s.predicate).accusation):
        return False
    return any(world.speak_for_one(s.speaker, world.party(member)) for member in s.subject.members)


def _turned(s: Statement, world: World) -> bool:
    """Whether an affirmed accusation stands in a sentence that says the opposite of somebody's guilt."""
    if not s.affirmed or not world.predicate(s.predicate).accusation or world.marks.has("contrast", s.evidence):
        return False
    if s.quantity is not None and s.quantity.approx == "up_to":
        return False  # "never more than 400": the bound is what the "never" makes
    if s.speaker and world.speak_for_one(s.speaker, s.subject) and s.act != "confirms":
        return world.marks.has("negated", s.evidence)
    return s.own_voice and not s.speaker and world.marks.has("denying", s.evidence)
