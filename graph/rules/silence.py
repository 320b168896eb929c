"""A party is said to have kept silent up to a day, and to have answered before it.

"Did not respond to a request for comment" is about one request and agrees with an answer given elsewhere or later.
"""

from distillwatch.graph import gates
from distillwatch.graph.statements import STATES, Judged, Statement
from distillwatch.graph.wording import flag, halt, source
from distillwatch.graph.world import World

KIND = "polarity"
VERSION = "2"
RULE = "silence"
_ANSWERS = ("denied", "confirmed")


def judge(a: Statement, b: Statement, world: World) -> Judged | None:
    """Compare "no response" with an answer of the same party."""
    if a.predicate != "commented" or b.predicate != "commented" or world.relation(a.subject, b.subject) != "same":
        return None
    if gates.matter(a, b, world):
        return None
    if a.object_text == b.object_text:
        return _left_undone(a, b, world)
    silent, spoke = (a, b) if a.object_text == "no_response" else (b, a)
    if (
        silent.object_text != "no_response"
        or spoke.object_text not in _ANSWERS
        or not _contradicts(silent, spoke, world)
    ):
        change = gates.Reason("compatible", "update", f"answers at different times: {a.object_text}, {b.object_text}")
        return halt(a, b, change, rule=RULE, version=VERSION)
    why = (
        f"Silent and not silent: {source(silent)} has {silent.subject.name} silent as of {gates.as_of(silent)}, "
        f"{source(spoke)} has the same party answer ({spoke.object_text}) on {gates.span(spoke)}."
    )
    return flag(a, b, kind=KIND, rule=RULE, version=VERSION, why=why, confidence=0.8)


def _left_undone(a: Statement, b: Statement, world: World) -> Judged | None:
    """An answer that one text tells, and another text, written after it, says has not been given."""
    if a.affirmed == b.affirmed or a.object_text not in _ANSWERS:
        return None
    gave, none = (a, b) if a.affirmed else (b, a)
    day = gates.as_of(gave)
    if not (day and none.text.published) or world.marks.has("question", none.evidence):
        return None
    plain = all(s.act in STATES and s.hedge == "none" for s in (gave, none))
    if not plain or not gave.incidents & none.incidents or gave.text.id == none.text.id:
        return None
    if day >= none.text.published:
        change = gates.Reason("compatible", "update", f"the answer came on {day}, not before the other text")
        return halt(a, b, change, rule=RULE, version=VERSION)
    why = (
        f"Answered and not answered: {source(gave)} has {gave.subject.name} answer ({gave.object_text}), dated {day}; "
        f"{source(none)} says later that it has not."
    )
    return flag(a, b, kind=KIND, rule=RULE, version=VERSION, why=why, confidence=0.7, severity="soft")


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
