"""One act and one rule: broken in one text, kept in the other.

Legal assessments are compared as such, also where they are opinions of named people; another rule (a contract, a
licence, an export control) is another question, and a conditional assessment is none.
"""

from distillwatch.graph import gates
from distillwatch.graph.gates import Reason
from distillwatch.graph.statements import Judged, Statement
from distillwatch.graph.wording import both, flag, halt
from distillwatch.graph.world import World

KIND = "legality"
VERSION = "3"
RULE = "legality"
_ASSESSES = ("asserts", "confirms", "alleges", "reports", "opines")


def judge(a: Statement, b: Statement, world: World) -> Judged | None:
    """Compare two assessments of one party's conduct under one rule."""
    if world.predicate(a.predicate).group != "legality" or world.predicate(b.predicate).group != "legality":
        return None
    if _breaks(a) == _breaks(b) or "denies" in (a.act, b.act) or not _one_party(a, b, world):
        return None
    reason = gates.first(
        _rule(a, b, world),
        _assessed(a, b, world),
        _since(a, b, world),
        gates.matter(a, b, world),
        gates.scope(a, b, world),
    )
    if reason:
        return halt(a, b, reason, rule=RULE, version=VERSION)
    broken, kept = (a, b) if _breaks(a) else (b, a)
    rule = broken.object.name or broken.object_text
    why = f"Said to break and to keep the same rule ({rule}). {both(broken, kept, world)}"
    return flag(a, b, kind=KIND, rule=RULE, version=VERSION, why=why)


def _one_party(a: Statement, b: Statement, world: World) -> bool:
    """The same party; or one of those whom a charge or answer, no view of others, names together: "both broke it"."""
    relation = world.relation(a.subject, b.subject)
    return relation == "same" or (relation in ("member", "whole") and "opines" not in (a.act, b.act))


def _breaks(statement: Statement) -> bool:
    return (statement.predicate == "violates") == statement.affirmed


def _rule(a: Statement, b: Statement, world: World) -> Reason | None:
    if gates.same_object(a, b, world):
        return None
    x, y = (s.object.name or s.object_text for s in (a, b))
    return Reason("compatible", "scope", f"they speak of different rules: {x} and {y}")


def _assessed(a: Statement, b: Statement, world: World) -> Reason | None:
    for one in (a, b):
        if one.act not in _ASSESSES or one.hedge == "strong" or world.marks.has("conditional", one.evidence):
            return Reason("cannot_compare", "supposition", "one of the two assesses only under a condition, or asks")
    return gates.period(a, b, world) if a.when and b.when else None


def _since(a: Statement, b: Statement, world: World) -> Reason | None:
    """ "At present X keeps to it", told later than that it was broken: conduct that has changed."""
    before, after = sorted((a, b), key=gates.as_of)
    later = "" < gates.as_of(before) < gates.as_of(after)
    if not later or _breaks(after) or not world.marks.has("at_present", after.evidence):
        return None
    return Reason("compatible", "update", "the later of the two tells of the time at which it was written")
