"""One figure of one thing, given twice, and no value fits both.

Figures are intervals: rounding, "about", "more than" and ranges widen them, so most differences in news text are
none. Units, periods and what was paid for must be the same; a member of a group is not compared with the group here.
"""

from msgspec.structs import replace

from distillwatch.graph import gates, levels
from distillwatch.graph.gates import Reason
from distillwatch.graph.statements import STATES, Judged, Statement
from distillwatch.graph.wording import amount, flag, halt, number, source
from distillwatch.graph.world import World
from distillwatch.quantities import Quantity, compare, significant_figures

KIND = "numeric"
VERSION = "5"
RULE = "numeric"
_SLIP = 0.05
_MUCH_LONGER = 2  # two spans of about one length are one time, told more or less finely
_UPDATE_DAYS = 7  # who counts again later may count more
_CHARGES = ("alleges", "reports")


def judge(a: Statement, b: Statement, world: World) -> Judged | None:
    """Compare two quantities of one subject, predicate and object."""
    if not (a.quantity and b.quantity and a.affirmed and b.affirmed and a.predicate == b.predicate):
        return None
    if levels.subjects(a, b, world) != "same" or not _same_object(a, b, world):
        return None
    x, y = a.quantity, b.quantity
    found = compare(*_one_unit(a, x, y))
    if found.overlap == "equal" and x.unit == y.unit:
        return None
    reason = gates.first(
        _units(a, b, world),
        _stated(a, b),
        _scope(a, b, world),
        _use(a, b, world),
        _runs(a, b, world),
        _changed(a, b, world),
        _period(a, b, world),
        None if found.disjoint else _agreement(x, y, found.overlap),
        _tolerance(a, x, y, found.ratio, world),
        _versions(a, world),
        _one_passage(a, b),
    )
    if reason:
        return halt(a, b, reason, rule=RULE, version=VERSION)
    subject, target = a.subject.name, a.object.name or a.object_text
    of = f"{subject}, {target}" if target else subject
    why = (
        f"Two figures for one thing ({of}): {source(a)} gives {amount(x)}, {source(b)} {amount(y)}. "
        "Subject, unit and scope are the same and no value fits both."
    )
    return flag(
        a, b, kind=KIND, rule=RULE, version=VERSION, why=why, confidence=0.9 if found.hard else 0.7,
        severity="hard" if found.hard and x.unit == y.unit else "soft",
    )  # fmt: skip


def _one_unit(a: Statement, x: Quantity, y: Quantity) -> tuple[Quantity, Quantity]:
    """A bare score, of a table's column, in the unit that the other gives: it is rounded in the same way."""
    if a.predicate != "scored" or (x.unit and y.unit) or (x.figure <= 1) != (y.figure <= 1):
        return x, y
    unit = x.unit or y.unit
    return replace(x, unit=unit), replace(y, unit=unit)


def _scope(a: Statement, b: Statement, world: World) -> Reason | None:
    """As everywhere; but a count that is put as the only one bounds the count of each way."""
    for all_of_them, some in ((a, b), (b, a)):
        if (
            all_of_them.quantity
            and some.quantity
            and all_of_them.quantity.figure < some.quantity.figure
            and all_of_them.quantity.approx == "exact"
            and world.marks.has("only", all_of_them.evidence)
        ):
            return gates.scope(a, b, world, general=all_of_them)
    return gates.scope(a, b, world)


def _same_object(a: Statement, b: Statement, world: World) -> bool:
    if a.object or b.object:
        return levels.objects(a, b, world) == "same"
    if world.predicate(a.predicate).object != "literal":
        return True
    if _part_and_whole(a, b, world) or _part_and_whole(b, a, world):
        return False
    if gates.same_literal(a.object_text, b.object_text, world):
        return True
    return bool(world.marks.classes("expenses", a.object_text) & world.marks.classes("expenses", b.object_text))


def _part_and_whole(a: Statement, b: Statement, world: World) -> bool:
    """One run, or all that was spent."""
    x, y = f"{a.object_text} {a.evidence}", f"{b.object_text} {b.evidence}"
    return world.marks.has("one_expense", x) and world.marks.has("every_expense", y)


def _units(a: Statement, b: Statement, world: World) -> Reason | None:
    x, y = a.quantity, b.quantity
    if x is None or y is None or x.unit == y.unit:
        return None
    if not (x.unit and y.unit) and (x.figure <= 1) == (y.figure <= 1) and a.predicate == "scored":
        return None  # a bare score, of the same scale
    if world.marks.unit(x.unit) != world.marks.unit(y.unit):
        return Reason("compatible", "scope", f"the units differ: {x.unit or 'none'} and {y.unit or 'none'}")
    if compare(x, y).disjoint:
        if a.text.id != b.text.id and (_one_count(a, b, world) or a.text.language != b.text.language):
            return None  # one voice's count in two words, or one word in two languages
        return Reason("cannot_compare", "scope", f"{x.unit} and {y.unit} may count different things")
    return Reason("compatible", "alias", f"{x.unit} and {y.unit} are two words for one count")


def _one_count(a: Statement, b: Statement, world: World) -> bool:
    return bool(a.speaker) and world.speak_for_one(a.speaker, b.speaker)


def _stated(a: Statement, b: Statement) -> Reason | None:
    for one in (a, b):
        if one.act == "opines" or one.hedge == "strong":
            return Reason("compatible", "opinion", "one of the two is an estimate put as an opinion or a possibility")
        if one.act == "predicts":
            return Reason("compatible", "update", "one of the two is a forecast")
        if one.act not in STATES:
            return Reason("cannot_compare", "supposition", "one of the two is a supposition or a question")
    return None


def _period(a: Statement, b: Statement, world: World) -> Reason | None:
    """Counts over a time are compared only for one time; what a thing is (its size, its score) has none."""
    entry = world.predicate(a.predicate)
    if entry.milestone != "activity":
        return gates.matter(a, b, world) if entry.mutable else None
    if a.when and b.when and a.when.disjoint(b.when):
        return Reason("compatible", "scope", f"they count different periods: {gates.span(a)} and {gates.span(b)}")
    if _part_of_the_time(a, b) or _part_of_the_time(b, a):
        return Reason("compatible", "scope", f"one counts a part of the time: {gates.span(a)} and {gates.span(b)}")
    if bool(a.when) != bool(b.when) and not (
        world.speak_for_one(a.speaker, b.speaker) or _set_against(a, b) or _opposed(a, b, world)
    ):
        return Reason("cannot_compare", "scope", "only one of the two says over which time it counts")
    return gates.matter(a, b, world)


def _part_of_the_time(short: Statement, whole: Statement) -> bool:
    """Whether one counts a month, say, of the time that the other counts, and no more than all of it.

    The first and the last month of "4 November to 21 February" lie in it in part.
    """
    if not (short.when and whole.when and short.quantity and whole.quantity):
        return False
    within = not whole.when.disjoint(short.when) and short.when.days * _MUCH_LONGER <= whole.when.days
    return within and short.quantity.figure <= whole.quantity.figure


def _opposed(a: Statement, b: Statement, world: World) -> bool:
    """Whether the two sides of one affair each give their count: who did it, and who says it was done.

    What a party counts in a time or for a use of its own may be a part of what it is charged with.
    """
    if not a.incidents & b.incidents:
        return False
    if _narrower(a, b, world) or _narrower(b, a, world):
        return False
    own = [bool(s.speaker) and world.speak_for_one(s.speaker, s.subject) for s in (a, b)]
    return (own[0] and not own[1] and b.act in _CHARGES) or (own[1] and not own[0] and a.act in _CHARGES)


def _narrower(own: Statement, charge: Statement, world: World) -> bool:
    """Whether one counts what it tells a milder use of, or dates it within the longer time that the charge is of."""
    if not own.when:
        return False
    return _tells_use(own, world) or any(
        _charge(s, world)
        and s.when is not None
        and s.when.contains(own.when)
        and s.when.days > own.when.days
        and world.speak_for_one(s.speaker, charge.speaker)
        and world.root(s.subject) == world.root(charge.subject)
        for s in world.said(charge.text.id)
    )


def _use(a: Statement, b: Statement, world: World) -> Reason | None:
    """ "We put 900 prompts to it to mark our drafts" says nothing of prompts for another use."""
    for some, every in ((a, b), (b, a)):
        if not (some.quantity and every.quantity and some.quantity.figure < every.quantity.figure):
            continue
        if _tells_use(some, world) and not _tells_use(every, world) and not world.marks.has("only", some.evidence):
            return Reason("cannot_compare", "scope", "one of the two may count what was done for one use")
    return None


def _tells_use(statement: Statement, world: World) -> bool:
    """Whether the sentence tells of a use that is no charge: it was a yardstick, say."""
    return any(
        s.evidence == statement.evidence and world.predicate(s.predicate).exclusive and not _charge(s, world)
        for s in world.said(statement.text.id)
    )


def _charge(statement: Statement, world: World) -> bool:
    return world.predicate(statement.predicate).accusation


def _set_against(a: Statement, b: Statement) -> bool:
    """Whether one text gives both figures as two parties' counts of one act."""
    return a.text.id == b.text.id and a.evidence != b.evidence and bool(a.speaker and b.speaker)


def _versions(a: Statement, world: World) -> Reason | None:
    entry = world.predicate(a.predicate)
    many = world.is_family(a.subject) or ("model" in entry.subject_kinds and a.subject.kind in ("company", "group"))
    if not many or entry.milestone:
        return None
    return Reason("cannot_compare", "scope", f"{a.subject.name} has several models, and the texts may mean two of them")


def _changed(a: Statement, b: Statement, world: World) -> Reason | None:
    """A count that goes on, or a share: what the later text or the same speaker later gives is a later state."""
    entry = world.predicate(a.predicate)
    later = b if b.text.published >= a.text.published else a
    voice = world.speak_for_one(a.speaker, b.speaker)
    if voice and a.text.id != b.text.id and world.marks.has("revised", later.evidence):
        return Reason("compatible", "update", "the later text gives the figure of a later version")
    rate = all(world.marks.has("going_rate", f"{s.object_text} {s.evidence}") for s in (a, b))
    if rate and gates.days_between(a.text.published, b.text.published) > _UPDATE_DAYS:
        return Reason("compatible", "update", "prices change, and the two texts are more than a week apart")
    if a.text.id == b.text.id or not (entry.mutable or entry.milestone == "activity" or rate):
        return None
    dispute = a.speaker and b.speaker and not world.speak_for_one(a.speaker, b.speaker)
    if world.marks.has("changed", later.evidence) and not dispute:
        return Reason("compatible", "update", "the later text gives a later state of the figure")
    apart = gates.days_between(a.text.published, b.text.published)
    again = a.speaker and b.speaker and world.speak_for_one(a.speaker, b.speaker) and not (a.when and b.when)
    if again and apart > _UPDATE_DAYS and not _slip(a, b) and entry.milestone == "activity":
        return Reason("compatible", "update", f"the same speaker gives another figure {apart} days later")
    return None


def _slip(a: Statement, b: Statement) -> bool:
    """Whether the figures are alike but for a nought: such a difference is no growth."""
    if a.quantity is None or b.quantity is None:
        return False
    ratio = compare(a.quantity, b.quantity).ratio
    return any(abs(ratio / power - 1) <= _SLIP for power in (10, 100, 1000))


def _runs(a: Statement, b: Statement, world: World) -> Reason | None:
    """Two measurements, each made by its own speaker or in its own setting, may both be right."""
    if a.predicate != "scored":
        return None
    two = a.speaker and b.speaker and not world.speak_for_one(a.speaker, b.speaker)
    if (two and all(_may_measure(s, world) for s in (a, b))) or world.marks.has(
        "setting", a.evidence
    ) != world.marks.has("setting", b.evidence):
        return Reason("compatible", "different_event", "the two scores may come from two runs of the test")
    return None


def _may_measure(statement: Statement, world: World) -> bool:
    """Whether the speaker may have run the test himself: of readers in a thread only one who says so."""
    reader = statement.text.kind == "forum" and not world.owner(statement.speaker.id)
    return not reader or world.marks.has("own_run", statement.evidence)


def _agreement(x: Quantity, y: Quantity, overlap: str) -> Reason:
    one, other = amount(x), amount(y)
    if overlap == "bound_far":
        return Reason("cannot_compare", "bound", f"{one} and {other} can both be true, but one is a bound far below")
    if overlap == "bound":
        return Reason("compatible", "bound", f"{one} and {other}: the one lies within the other")
    return Reason("compatible", "rounding", f"{one} and {other} are one figure, rounded differently")


def _tolerance(a: Statement, x: Quantity, y: Quantity, ratio: float, world: World) -> Reason | None:
    allowed = world.predicate(a.predicate).tolerance
    counted = min(significant_figures(q.figure) for q in (x, y)) >= 3
    if allowed and ratio <= 1 + allowed and not counted:
        return Reason("compatible", "rounding", f"the figures differ by less than {number(100 * allowed)} percent")
    return None


def _one_passage(a: Statement, b: Statement) -> Reason | None:
    """Two cells of one table, or two figures of one sentence, are told apart by heads that a statement may lack."""
    if a.text.id != b.text.id:
        return None
    if a.evidence == b.evidence or (a.segment == "table_row" and b.segment == "table_row"):
        return Reason("cannot_compare", "scope", "both figures stand in one sentence or table, which tells them apart")
    return None
