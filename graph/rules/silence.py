"""A party is said to have kept silent up to a day, and to have answered before it.

"Did not respond to a request for comment" is about one request and agrees with an answer given elsewhere or later.
"""

from distillwatch.graph import gates
from distillwatch.graph.statements import Judged, Statement
from distillwatch.graph.wording import flag, halt, source
from distillwatch.graph.world import World

KIND = "polarity"
VERSION = "1"
RULE = "silence"
_ANSWERS = ("denied", "confirmed")


def judge(a: Statement, b: Statement, world: World) -> Judged | None:
    """Compare "no response" with an answer of the same party."""
    if a.predicate != "commented" or b.predicate != "commented" or world.relation(a.subject, b.subject) != "same":
        return None
    if a.object_text == b.object_text or gates.matter(a, b, world):
        return None
    silent, spoke = (a, b) if a.object_text == "no_response" else (b, a)
    if (
        silent.object_text != "no_response"
        or spoke.object_text not in _ANSWERS
        or not _contradicts(silent, spoke, world)
    ):
        change = gates.Reason("compatible", "update", f"answers at different times: {a.object_text}, {b.object_text}")
        return halt(a, b, change, rule=RULE, version=VERSION)
    why = (
        f"Silent and not silent: {source(silent)} has {silent.subject.name} silent as of {gates.span(silent)}, "
        f"{source(spoke)} has the same party answer ({spoke.object_text}) on {gates.span(spoke)}."
    )
    return flag(a, b, kind=KIND, rule=RULE, version=VERSION, why=why, confidence=0.8)


def _contradicts(silent: Statement, spoke: Statement, world: World) -> bool:
    marks = world.marks
    if not marks.has("so_far", silent.evidence) or marks.has("immediate", silent.evidence):
        return False
    if (
        not (silent.incidents & spoke.incidents)
        and gates.days_between(silent.text.published, spoke.text.published) > 14
    ):
        return False
    until = (silent.when.end if silent.when else "") or silent.text.published
    answered = spoke.when.end if spoke.when else None
    return bool(until and answered and answered < until)
