"""One slot of one event, filled by two different things: the model that was used, the firm a spokesperson speaks for.

A list against its subset, a name and its alias, a family and its version, a version and its form for chats are no
conflict. It takes one speaker whose
one statement is told with two fillers, or a text that says "this one, not that one".
"""

from distillwatch.graph import gates, levels
from distillwatch.graph.statements import STATES, Judged, Party, Severity, Statement
from distillwatch.graph.wording import amount, flag, source
from distillwatch.graph.world import World
from distillwatch.quantities import compare, significant_figures

KIND = "entity"
VERSION = "5"
RULE = "entity"
_OFFICES = frozenset({"chair", "minister"})
_VOICES = frozenset({"spokesperson", "chief_executive"})


def judge(a: Statement, b: Statement, world: World) -> Judged | None:
    """Compare two statements that differ in one filler."""
    if a.predicate != b.predicate or not (a.affirmed and b.affirmed) or a.text.id == b.text.id:
        return None
    if a.act not in STATES or b.act not in STATES or gates.matter(a, b, world):
        return None
    if "strong" in (a.hedge, b.hedge) and not (a.speaker and b.speaker and world.speak_for_one(a.speaker, b.speaker)):
        return None
    if a.predicate == "holds_role":
        found = _role(a, b, world)
    elif world.predicate(a.predicate).group == "sanction" and world.relation(a.subject, b.subject) == "other":
        found = _issuer(a, b, world)
    elif levels.subjects(a, b, world) == "same":
        found = _object(a, b, world)
    elif world.relation(a.object, b.object) == "same":
        found = _subject(a, b, world)
    else:
        found = None
    if found is None:
        return None
    x, y, because = found
    severity: Severity = "hard" if a.predicate == "holds_role" or a.speaker.id == b.speaker.id else "soft"
    why = f"One event, two names in one place: {_naming(a, x)}; {_naming(b, y)}. {because}"
    return flag(a, b, kind=KIND, rule=RULE, version=VERSION, why=why, confidence=0.75, severity=severity)


_Found = tuple[Party, Party, str] | None


def _naming(statement: Statement, party: Party) -> str:
    """Who names whom, where: "in Harbour Wire (2026-02-24) Norvane names Ostra 2"."""
    return f"in {source(statement)} {statement.speaker.name or 'the text'} names {party.name}"


def _role(a: Statement, b: Statement, world: World) -> _Found:
    """One person in one exclusive role at two houses at one time."""
    if a.subject.id != b.subject.id or not (a.object and b.object) or _one_house(a.object, b.object, world):
        return None
    if any(world.marks.has("former", s.evidence) for s in (a, b)):
        return None
    if gates.days_between(a.text.published, b.text.published) > gates.SAME_MATTER_DAYS:
        return None
    roles = _roles(a, world) & _roles(b, world)
    if not roles:
        return _two_sides(a, b, world)
    role = min(roles).replace("_", " ")
    return a.object, b.object, f"{a.subject.name} is given the role of {role} at both at one time."


def _two_sides(a: Statement, b: Statement, world: World) -> _Found:
    """One person who sits in the chair of an office and speaks for a firm at one time."""
    for office, firm in ((a, b), (b, a)):
        if office.object.kind != "agency" or firm.object.kind not in ("company", "group"):
            continue
        if _roles(office, world) & _OFFICES and _roles(firm, world) & _VOICES:
            return a.object, b.object, f"{a.subject.name} is placed in an office and in a firm at one time."
    return None


def _issuer(a: Statement, b: Statement, world: World) -> _Found:
    """One sum at one time on one party, put down to two bodies of which neither is part of the other."""
    q = a.quantity
    if q is None or q != b.quantity or not world.marks.currency(q.unit) or significant_figures(q.figure) < 2:
        return None
    if not (a.object and a.object.id == b.object.id) or not a.subject.kind == b.subject.kind == "agency":
        return None
    if not (a.when and b.when and a.when.agrees(b.when)) or gates.scope(a, b, world):
        return None
    return a.subject, b.subject, f"The sum ({amount(q)}), the party and the time are the same."


def _one_house(a: Party, b: Party, world: World) -> bool:
    """A firm and its parent share people, an office belongs to its government; two agencies have a head each."""
    if world.relation(a, b) in ("same", "narrower", "broader"):
        return True
    return not a.kind == b.kind == "agency" and world.speak_for_one(a, b)


def _roles(statement: Statement, world: World) -> frozenset[str]:
    given = statement.qualifiers.get("role", "")
    return world.marks.classes("roles", given) or world.marks.classes("roles", statement.evidence)


def _object(a: Statement, b: Statement, world: World) -> _Found:
    """One speaker's one statement, told with two objects."""
    relation = world.relation(a.object, b.object)
    one_voice = bool(a.speaker) and a.speaker.id == b.speaker.id
    if relation == "sibling" and gates.less_exact(a.object, b.object, world):
        return None
    if relation == "sibling" and not (_also(a, b.object, world) or _also(b, a.object, world)):
        if world.predicate(a.predicate).functional:
            return a.object, b.object, f"Only one can be right for {levels.acting(a, world).name}."
        if _one_source(a, b, world):
            return (
                a.object,
                b.object,
                f"Each text gives {levels.acting(a, world).name} one, of two versions of one model.",
            )
        one_line = world.one_line(a.object, b.object) and world.predicate(a.predicate).accusation
        if one_voice and one_line and _one_figure(a, b, world):
            return a.object, b.object, f"Both tell a statement of {a.speaker.name}, with two versions of one model."
    if not (one_voice and a.object and b.object):
        return None
    left_a, left_b = _listed(a, world) - _listed(b, world), _listed(b, world) - _listed(a, world)
    shared = _listed(a, world) & _listed(b, world)
    if not (shared and left_a == {a.object.id} and left_b == {b.object.id}):
        return None
    if relation in ("narrower", "broader"):
        words = world.marks.opposed(a.evidence, b.evidence)
        if words is None:
            return None
        because = f"one calls its last member {words[0]}, the other {words[1]}"
    else:
        because = "they differ in one member"
    return a.object, b.object, f"Both repeat one list given by {a.speaker.name}; {because}."


def _one_figure(a: Statement, b: Statement, world: World) -> bool:
    """Whether no figures show two statements: who counted so many for one version counts others for another."""
    x, y = a.quantity, b.quantity
    if x is None or y is None:
        return True
    return world.marks.unit(x.unit) == world.marks.unit(y.unit) and not compare(x, y).disjoint


def _one_source(a: Statement, b: Statement, world: World) -> bool:
    """Whether the making of one named model is told with two versions of one line, and no text leaves room for both."""
    if not levels.one_making(a, b, world) or not world.one_line(a.object, b.object):
        return False
    return not any(world.is_family(s.object) or world.marks.has("also", s.evidence) for s in (a, b))


def _listed(statement: Statement, world: World) -> set[str]:
    """Ids of the objects that the text has this speaker name for this subject."""
    return {
        s.object.id
        for s in world.said(statement.text.id)
        if s.predicate == statement.predicate
        and s.affirmed
        and s.object
        and s.subject.id == statement.subject.id
        and s.speaker.id == statement.speaker.id
    }


def _also(statement: Statement, other: Party, world: World) -> bool:
    """Whether the same voice names the other object too, for the subject, its maker or a model of it."""
    return any(
        s.predicate == statement.predicate
        and s.affirmed
        and s.object.id == other.id
        and s.speaker.id == statement.speaker.id
        and world.root(s.subject) == world.root(statement.subject)
        for s in world.said(statement.text.id)
    )


def _subject(a: Statement, b: Statement, world: World) -> _Found:
    """A text that says "it was this one, not that one": it affirms one sibling and negates the other."""
    if world.relation(a.subject, b.subject) != "sibling" or gates.less_exact(a.subject, b.subject, world):
        return None
    for one, other in ((a, b), (b, a)):
        negated = any(
            s.predicate == one.predicate
            and not s.affirmed
            and s.act not in ("supposes", "asks")
            and s.subject.id == other.subject.id
            and world.relation(s.object, one.object) == "same"
            for s in world.said(one.text.id)
        )
        if negated or world.marks.has("cleft", one.evidence):
            return (
                a.subject,
                b.subject,
                f"{source(one)} says that it was {one.subject.name}, not another.",
            )
    return None
