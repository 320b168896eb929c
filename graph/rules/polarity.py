"""Two texts state the same thing in their own voice, one that it is so and one that it is not.

"Not yet" against a later event is an update, an exception is a narrower scope, and two sentences of one voice in one
text are read as one account.
"""

from distillwatch.graph import gates
from distillwatch.graph.gates import Reason
from distillwatch.graph.statements import STATES, Judged, Statement
from distillwatch.graph.wording import both, flag, halt
from distillwatch.graph.world import World

KIND = "polarity"
VERSION = "5"
RULE = "polarity"
_UPDATE_DAYS = 14  # a state that may change is taken to be the same for two weeks


def judge(a: Statement, b: Statement, world: World) -> Judged | None:
    """Compare an affirmed with a negated statement of one proposition."""
    if a.predicate != b.predicate or a.affirmed == b.affirmed:
        return None
    if gates.denies(a, b, world) or gates.denies(b, a, world):
        return None
    if world.predicate(a.predicate).group in ("legality", "response") or not gates.one_proposition(a, b, world):
        return None
    yes, no = (a, b) if a.affirmed else (b, a)
    reason = gates.first(
        gates.both_told(a, b, world),
        gates.matter(a, b, world),
        gates.acts(a, b, world),
        gates.scope(a, b, world),
        _letter(a, b, world),
        _conduct(a, b),
        gates.belief(a, b, world),
        _time(yes, no, world),
        _voices(yes, no),
    )
    if reason:
        return halt(a, b, reason, rule=RULE, version=VERSION)
    why = f"Stated and negated. {both(yes, no, world)}"
    return flag(a, b, kind=KIND, rule=RULE, version=VERSION, why=why, confidence=0.85)


def _letter(a: Statement, b: Statement, world: World) -> Reason | None:
    """To have sent no letter to one says nothing of a letter to another."""
    if a.predicate != "sent":
        return None
    x, y = gates.receiver(a, world), gates.receiver(b, world)
    if x and x.id == y.id:
        return None
    return Reason("cannot_compare", "different_event", "nothing shows that both speak of a letter to the same receiver")


def _conduct(a: Statement, b: Statement) -> Reason | None:
    """Two conducts with words in common, each with a word of its own, are two: firms doing it, and offices doing it."""
    if not gates.own_words(a.object_text, b.object_text):
        return None
    return Reason("cannot_compare", "scope", f"they may speak of two things: {a.object_text} and {b.object_text}")


def _voices(yes: Statement, no: Statement) -> Reason | None:
    if not (no.own_voice or _finding(no)) or yes.act not in STATES or yes.hedge != "none":
        return Reason("cannot_compare", "modality", "one of the two is hedged, or the negation second-hand")
    if yes.text.id == no.text.id and yes.speaker.id == no.speaker.id:
        return Reason("cannot_compare", "scope", "both stand in one text that tells them as one account")
    return None


def _never(no: Statement, world: World) -> bool:
    """Whether all of the past is denied by a word of its own, not by the tense alone."""
    return world.marks.has("never", no.evidence) and not world.marks.has("since", no.evidence)


def _finding(no: Statement) -> bool:
    """Whether a named speaker states the negation of somebody else as known."""
    return no.act == "reports" and bool(no.speaker) and no.hedge == "none"


def _time(yes: Statement, no: Statement, world: World) -> Reason | None:
    """An event after the negation was published, or a state that had time to change, is an update."""
    entry = world.predicate(yes.predicate)
    if yes.when and yes.when.start and no.text.published and yes.when.start > no.text.published:
        return Reason("compatible", "update", f"it came about on {gates.span(yes)}, after the negation was published")
    if yes.when and no.when and yes.when.disjoint(no.when):
        return Reason("compatible", "scope", "they speak of different periods")
    if entry.mutable and world.marks.has("ceased", no.evidence) and yes.text.published <= no.text.published:
        return Reason("compatible", "update", "the later text says that it is so no longer")
    undated = entry.mutable and not yes.when
    if undated and world.marks.has("so_far", no.evidence) and no.text.published < yes.text.published:
        return Reason("compatible", "update", "it was not so up to the day of the earlier text")
    event = entry.mutable or entry.milestone not in ("", "activity")
    apart = gates.days_between(yes.text.published, no.text.published)
    if _never(no, world) and yes.text.published and yes.text.published <= no.text.published:
        return None  # what never was so was not so when the other text told it
    if event and not yes.when and apart > _UPDATE_DAYS:
        return Reason("compatible", "update", f"the state may have changed in the {apart} days between the two texts")
    return None
