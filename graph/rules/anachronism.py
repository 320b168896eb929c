"""A text states something at a date when it could not yet be, or no longer be to come.

A deadline that had passed when the text was published, told as future; a thing used before it existed. It takes a
firm date of publication and the words of the text itself: a forecast that is only recalled ("would", "was expected")
is none.
"""

from datetime import date, timedelta

from distillwatch.graph import gates
from distillwatch.graph.statements import STATES, Judged, Statement
from distillwatch.graph.wording import flag, source
from distillwatch.graph.world import World

KIND = "anachronism"
VERSION = "2"
RULE = "anachronism"
SINGLE = True
"""Judges a statement against its own text: called with the same statement twice."""
_GRACE_DAYS = 1  # clocks differ
_EARLY_ACCESS_DAYS = 31  # partners use a model weeks before it is public
_TO_COME = ("future", "present_future", "conditional", "backshift", "moved")


def judge(a: Statement, b: Statement, world: World) -> Judged | None:
    """Compare a statement with the date of its own text and with the life of what it names."""
    if a.id != b.id:
        return None
    why = (
        _past_deadline(a, world)
        or _not_yet_born(a, world)
        or _done_before_it_was(a, world)
        or _still_in_office(a, world)
    )
    if why is None:
        return None
    return flag(a, a, kind=KIND, rule=RULE, version=VERSION, why=why, confidence=0.85)


def _past_deadline(s: Statement, world: World) -> str | None:
    if s.act != "predicts" or not (s.when and s.when.end and s.text.published and s.text.dated_firmly):
        return None
    if not _before(s.when.end, s.text.published, _GRACE_DAYS):
        return None
    if not world.marks.has("future", s.evidence) or world.marks.has("backshift", s.evidence):
        return None
    return (
        f"{source(s)} tells as still to come what it dates {gates.span(s)}: that day had passed when the text was "
        f"published. ({world.reads(s)})"
    )


def _done_before_it_was(s: Statement, world: World) -> str | None:
    """Told as done on a day after publication, where the text itself writes the year: a day without one is guessed."""
    if s.act not in STATES or not s.affirmed or s.hedge != "none" or not (s.when and s.when.start):
        return None
    if not (s.text.published and s.text.dated_firmly) or not _before(s.text.published, s.when.start, _GRACE_DAYS):
        return None
    if s.when.start[:4] not in s.evidence or not world.predicate(s.predicate).milestone:
        return None
    marks = world.marks
    done = marks.has("past", s.evidence) and not marks.has(
        "effective", s.evidence
    )  # what is decided may take effect later
    if not (done or marks.has("since", s.evidence)) or any(marks.has(mark, s.evidence) for mark in _TO_COME):
        return None
    return f"{source(s)} tells as done what it dates {gates.span(s)}, after its own publication. ({world.reads(s)})"


def _not_yet_born(s: Statement, world: World) -> str | None:
    if not world.predicate(s.predicate).needs_object or not s.object.born:
        return None
    if s.act not in STATES or s.hedge != "none" or not s.affirmed or world.marks.has("future", s.evidence):
        return None
    last = s.when.end if s.when else s.text.published if s.text.dated_firmly else ""
    if not last or not _before(last, s.object.born, _EARLY_ACCESS_DAYS):
        return None
    told = f"dates an act with {s.object.name} {gates.span(s)}" if s.when else f"tells of an act with {s.object.name}"
    return f"{source(s)} {told}; as far as is known {s.object.name} did not exist before {s.object.born}."


def _still_in_office(s: Statement, world: World) -> str | None:
    """A sitting holder called a former one. The term must be known to have lasted beyond the day of publication."""
    if not (s.text.published and s.text.dated_firmly):
        return None
    term = world.terms.holder_called_former(s.evidence, s.text.published)
    if term is None:
        return None
    role = term.role.replace("_", " ")
    return (
        f"{source(s)} speaks of {term.person} as a former {role} ({term.at}); on that day the term, which began on "
        f"{term.start}, had not ended."
    )


def _before(day: str, other: str, margin: int) -> bool:
    return date.fromisoformat(day) + timedelta(days=margin) < date.fromisoformat(other[:10])
