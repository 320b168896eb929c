"""One milestone of one event, dated twice, and no day fits both.

Dates are compared only as finely as both are given. Neighbouring days are one moment where a clock is named or the
readers live in different parts of the world; far apart days are two events, unless the thing can happen only once.
"""

from distillwatch.dates import DateRange
from distillwatch.graph import gates
from distillwatch.graph.gates import Reason
from distillwatch.graph.statements import STATES, Judged, Party, Statement, fold
from distillwatch.graph.wording import dated, flag, halt
from distillwatch.graph.world import World
from distillwatch.quantities import compare

KIND = "date"
VERSION = "4"
RULE = "date"
_ONCE_DAYS = 400  # a thing that happens once may be misdated by a year, hardly by more
_ANSWER_DAYS = 3  # two answers further apart are two answers
_MEASURES = ("restricted", "sanctioned", "prohibits")
_FINAL = ("adopted", "in force", "introduced")  # a bill passes once, but is advanced by one body after another
_MISDATED_DAYS = 3  # a letter whose receiver one text leaves out
_MONTHS = {"month": 1, "quarter": 3, "season": 3, "half": 6, "year": 12}
_SINCE = ("start", "effect", "opening", "stage")  # milestones that a "since" dates


def judge(a: Statement, b: Statement, world: World) -> Judged | None:
    """Compare the dates of two statements that affirm one event."""
    if not (a.when and b.when and a.affirmed and b.affirmed and a.predicate == b.predicate):
        return None
    milestone = world.predicate(a.predicate).milestone
    if not milestone or not _one_event(a, b, world):
        return None
    x, y = _moment(a.when, milestone), _moment(b.when, milestone)
    apart = x.days_apart(y)
    once = _once(a, b, world)
    if x.relation(y) == "same" or (_far(a, b, apart, world) and not a.incidents & b.incidents):
        return None
    reason = gates.first(
        _acts(a, b, world),
        None if once else gates.matter(a, b, world),
        gates.scope(a, b, world),
        _plan(a, b, world) if world.predicate(a.predicate).object == "stage" else None,
        _stages(a, b, world),
        _fit(a, b) if x.agrees(y) else None,
        _twice(milestone, apart),
        _clocks(a, b, x, y, world),
        _two_events(apart) if _far(a, b, apart, world) else None,
    )
    if reason:
        return halt(a, b, reason, rule=RULE, version=VERSION)
    soft = apart == 1 or "predicts" in (a.act, b.act)
    why = (
        f"Two dates for one event ({world.reads(a)}): {dated(a)}; {dated(b)}. "
        f"The same milestone ({milestone}) is meant and no day fits both."
    )
    return flag(
        a, b, kind=KIND, rule=RULE, version=VERSION, why=why, confidence=0.75 if apart == 1 else 0.85,
        severity="soft" if soft else "hard",
    )  # fmt: skip


def _twice(milestone: str, apart: int) -> Reason | None:
    """What is said can be said again; only neighbouring days may be one answer dated twice."""
    if milestone == "speaking" and apart > 1:
        return Reason("compatible", "different_event", "a party may answer on both days")
    return None


def _one_event(a: Statement, b: Statement, world: World) -> bool:
    one_voice = bool(a.speaker) and a.speaker.id == b.speaker.id
    if world.predicate(a.predicate).milestone == "activity" and (not one_voice or _two_counts(a, b)):
        return False  # what goes on for a time has no one date, unless one speaker gives it
    relation = world.relation(a.subject, b.subject)
    known = a.predicate == "released" and a.object and relation in ("narrower", "broader")  # a firm and its lab
    return (relation == "same" or bool(known)) and gates.same_object(a, b, world)


def _two_counts(a: Statement, b: Statement) -> bool:
    """Whether two figures, or two rows of a table, tell of a time each: a count by month dates nothing twice."""
    if a.text.id == b.text.id and a.segment == b.segment == "table_row":
        return True
    return a.quantity is not None and b.quantity is not None and compare(a.quantity, b.quantity).disjoint


def _moment(when: DateRange, milestone: str) -> DateRange:
    """The span in which the milestone lies: of "since January" the January."""
    if milestone not in _SINCE or when.end is not None or when.start is None:
        return when
    first = DateRange(when.start, when.start, when.precision)
    if when.precision == "day":
        return first
    months = _MONTHS.get(when.precision)
    if months is None:
        return when  # "since early 2025": how long that is nothing tells
    return DateRange(when.start, first.shift(months=months, days=-1).end, when.precision)


def _acts(a: Statement, b: Statement, world: World) -> Reason | None:
    forecast = [s for s in (a, b) if s.act == "predicts" or world.marks.has("moved", s.evidence)]
    if any(s.act not in (*STATES, "predicts") or s.hedge == "strong" for s in (a, b)):
        return Reason("cannot_compare", "supposition", "one of the two is a question, a supposition or only possible")
    if not forecast:
        return None
    if any(
        world.marks.has("moved", s.evidence) and s.text.published >= o.text.published and s.text.id != o.text.id
        for s, o in ((a, b), (b, a))
    ):
        return Reason("compatible", "update", "the plan was changed between the two texts")
    if len(forecast) == 1:
        return Reason("compatible", "update", "one of the two is a plan, the other tells what came of it")
    if a.speaker and b.speaker and not world.speak_for_one(a.speaker, b.speaker):
        return Reason("compatible", "opinion", f"two forecasts by two speakers: {a.speaker.name} and {b.speaker.name}")
    return None


def _stages(a: Statement, b: Statement, world: World) -> Reason | None:
    """A preview and the full thing, the weights and the interface, the start and the end are different milestones."""
    for mark in (
        ("early_release", "weights_release", "interface_release") if a.predicate == "released" and a.object else ()
    ):
        if world.marks.has(mark, a.evidence) != world.marks.has(mark, b.evidence):
            return Reason("cannot_compare", "different_event", "they may date two stages of making it public")
    if a.predicate == "released" and a.object and any(world.marks.has("document_on", s.evidence) for s in (a, b)):
        return Reason("cannot_compare", "different_event", "one may date a document about it")
    if a.predicate == "released" and world.is_family(a.object):
        return Reason(
            "cannot_compare", "different_event", f"{a.object.name} is a family, of which several were released"
        )
    for mark in ("announced", "effective") if a.predicate in _MEASURES else ():
        if world.marks.has(mark, a.evidence) != world.marks.has(mark, b.evidence):
            return Reason("cannot_compare", "different_event", "one may date the announcement, the other the effect")
    if a.predicate == "holds_role" and world.marks.has("former", a.evidence) != world.marks.has("former", b.evidence):
        return Reason("cannot_compare", "different_event", "one of the two may date the end of the role")
    x, y = a.qualifiers.get("event", ""), b.qualifiers.get("event", "")
    if x and y and "predicts" not in (a.act, b.act) and gates.word_overlap(x, y) == 0:
        return Reason("cannot_compare", "different_event", f"they date different milestones: {x} and {y}")
    if world.predicate(a.predicate).object == "stage" and any(world.marks.has("phased", s.evidence) for s in (a, b)):
        return Reason(
            "cannot_compare", "different_event", "it comes step by step, and the two may date different steps"
        )
    if a.predicate == "sent":
        return _letters(a, b, world)
    return None


def _letters(a: Statement, b: Statement, world: World) -> Reason | None:
    """Two receivers are two letters; where one text names none, both must tell of one letter, days apart."""
    x, y = gates.receiver(a, world), gates.receiver(b, world)
    if x.id == y.id or _named_there(x, y, a, b):
        return None
    if (x and y) or not a.incidents & b.incidents or gates.when_apart(a, b) > _MISDATED_DAYS:
        return Reason("cannot_compare", "different_event", "the receivers differ or only one is given")
    if any(_letters_in(s, world) > 1 for s in (a, b)):
        return Reason("cannot_compare", "different_event", "one of the texts tells of several letters")
    return None


def _named_there(x: Party, y: Party, a: Statement, b: Statement) -> bool:
    """Whether the receiver that one text names stands in the other's sentence too."""
    if bool(x) == bool(y):
        return False
    return fold((x or y).name) in fold((b if x else a).evidence)


def _letters_in(statement: Statement, world: World) -> int:
    """How many letters of its sender a text dates."""
    told = (s for s in world.said(statement.text.id) if s.predicate == "sent" and s.subject.id == statement.subject.id)
    return len({(s.when, gates.receiver(s, world).id) for s in told if s.when})


def _plan(a: Statement, b: Statement, world: World) -> Reason | None:
    """A day that was still to come when one text gave it, against what the later text tells as done or moved."""
    early, late = sorted((a, b), key=lambda s: (s.text.published, s.text.rank))
    if not (early.text.published and late.text.published and early.when and late.when):
        return None
    planned = (early.when.start or early.when.end or "") > early.text.published
    if planned and (early.when.end or early.when.start or "") < late.text.published:
        return Reason(
            "compatible", "update", "the earlier text gives a day to come, the later one tells what came of it"
        )
    if planned and (world.marks.has("moved", late.evidence) or world.marks.has("changed", late.evidence)):
        return Reason("compatible", "update", "the plan was changed between the two texts")
    return None


def _clocks(a: Statement, b: Statement, x: DateRange, y: DateRange, world: World) -> Reason | None:
    if x.days_apart(y) > 1 or "day" not in (x.precision, y.precision):
        return None
    regions = {world.marks.region(s.text.language) for s in (a, b)} - {""}
    first = a if (x.end or "") < (y.end or "") else b
    if (
        len(regions) > 1
        or world.marks.has("evening", first.evidence)
        or world.marks.has("zone", a.evidence)
        or world.marks.has("zone", b.evidence)
    ):
        return Reason("compatible", "time_zone", f"{gates.span(a)} and {gates.span(b)} may be one moment on two clocks")
    return None


def _fit(a: Statement, b: Statement) -> Reason:
    return Reason("compatible", "precision", f"{gates.span(a)} and {gates.span(b)} fit each other")


def _two_events(apart: int) -> Reason:
    return Reason("compatible", "different_event", f"{apart} days lie between the dates, so two events may be meant")


def _far(a: Statement, b: Statement, apart: int, world: World) -> bool:
    """Whether the dates lie further apart than two accounts of one event do."""
    if a.predicate == "commented":
        return apart > (_ANSWER_DAYS if a.object_text in ("denied", "confirmed") else 0)
    return apart > (_ONCE_DAYS if _once(a, b, world) else gates.SAME_MATTER_DAYS)


def _once(a: Statement, b: Statement, world: World) -> bool:
    """Whether it can happen once only: one thing made public, one post taken up, one law at one stage."""
    entry = world.predicate(a.predicate)
    if entry.object == "stage":
        return a.subject.kind == b.subject.kind == "policy" and a.object_text in _FINAL
    return entry.milestone in ("publication", "start") and bool(a.object)
