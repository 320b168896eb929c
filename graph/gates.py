"""What must hold before two statements can contradict each other. Each gate gives the reason why they cannot, or
None.

The gates follow work on contradiction between texts (de Marneffe, Rafferty & Manning 2008: the same event first; two
causes of false alarms dominate, information updated over time and parties with different views).
"""

from __future__ import annotations

import re
from datetime import date
from typing import Literal

from msgspec import Struct

from distillwatch.graph import levels
from distillwatch.graph.statements import Party, Statement, fold
from distillwatch.graph.world import World

Halt = Literal["compatible", "cannot_compare"]

SAME_MATTER_DAYS = 45
"""Statements about one pair of parties whose dates are this close together are taken to speak of one matter."""


_STEM = 5  # letters by which "training" and "trained" are one word
_NAME_PART = re.compile(r"[^\W_]+(?:\.\d+)*")  # "2.5" is one part of "Marlin-2.5-Chat"
_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|[^\W_]+")


class Reason(Struct, frozen=True):
    """Why a pair is not a contradiction: `compatible` with its kind, or `cannot_compare`."""

    verdict: Halt
    kind: str
    why: str


def matter(a: Statement, b: Statement, world: World) -> Reason | None:
    """Gate 0: one incident. Texts that no incident is known for are kept apart by what their statements date only."""
    if a.text.id == b.text.id or a.incidents & b.incidents or levels.one_making(a, b, world):
        return None
    if not (a.incidents and b.incidents):
        return None
    apart = min(days_between(a.text.published, b.text.published), when_apart(a, b))
    if apart <= SAME_MATTER_DAYS:
        return None
    return Reason("compatible", "different_event", f"the texts tell of different incidents, {apart} days apart")


def parties(a: Statement, b: Statement, world: World) -> Reason | None:
    """Gate 1: the same subject and the same object, at the same level."""
    for role, x, y in (("subject", a.subject, b.subject), ("object", a.object, b.object)):
        relation = world.relation(x, y)
        if relation == "same":
            continue
        if relation in ("narrower", "broader"):
            small, large = (x, y) if relation == "narrower" else (y, x)
            return Reason("compatible", "scope", f"{small.name} and {large.name} are a part and its whole")
        if relation in ("member", "whole"):
            return Reason("compatible", "scope", f"one {role} is a list, the other one of its members")
        return Reason("compatible", "scope", f"the {role}s differ: {x.name or '–'} and {y.name or '–'}")
    return None


def acts(a: Statement, b: Statement, world: World) -> Reason | None:
    """Gate 2: only what is stated can contradict; suppositions, questions, forecasts and opinions cannot."""
    for one in (a, b):
        if one.act == "supposes":
            return Reason("cannot_compare", "supposition", f"{_where(one)} only supposes it")
        if one.act == "asks":
            return Reason("cannot_compare", "question", f"{_where(one)} asks, it does not state")
    if "opines" in (a.act, b.act):
        return Reason("compatible", "opinion", "one of the two is a judgement, not a statement of fact")
    if (a.act == "predicts") != (b.act == "predicts"):
        return Reason("compatible", "update", "one of the two is a forecast, the other tells what is or was")
    return None


def scope(a: Statement, b: Statement, world: World, general: Statement | None = None) -> Reason | None:
    """Gate 3: period, place, version and the like are equal or left open by both.

    What `general` leaves open it means in every way: a denial without a route denies every route.
    """
    for name in ("scope", "stage", "region", "period", "setting", "route"):
        x, y = a.qualifiers.get(name, ""), b.qualifiers.get(name, "")
        if x and y and x.casefold() != y.casefold():
            return Reason("compatible", "scope", f"the {name} differs: {x} and {y}")
        if bool(x) != bool(y):
            if (general is not None and not general.qualifiers.get(name)) or (
                name == "route" and _one_account(a, b, world)
            ):
                continue
            return Reason("cannot_compare", "scope", f"only one of the two gives a {name}: {x or y}")
    for one, other in ((a, b), (b, a)):
        if not one.affirmed and other.affirmed and world.marks.has("exception", one.evidence):
            return Reason("compatible", "scope", f"{_where(one)} speaks of an exception or a narrow use")
    return None


def _one_account(a: Statement, b: Statement, world: World) -> bool:
    """Whether one voice, or one text, gives both: then what only one of them mentions limits neither."""
    return a.text.id == b.text.id or bool(a.speaker and world.speak_for_one(a.speaker, b.speaker))


def period(a: Statement, b: Statement, world: World) -> Reason | None:
    """Gate 3, time: both speak of one period, or both leave it open."""
    if a.when and b.when:
        if a.when.disjoint(b.when):
            return Reason("compatible", "scope", f"they speak of different periods: {span(a)} and {span(b)}")
        return None
    dated = a if a.when else b if b.when else None
    if dated is None:
        return None
    return Reason("cannot_compare", "scope", f"only {_where(dated)} says of which time it speaks: {span(dated)}")


def state(a: Statement, b: Statement, world: World) -> Reason | None:
    """Gate 4: a state that changes is compared only as of one time."""
    if not world.predicate(a.predicate).mutable:
        return None
    before, after = sorted((a, b), key=as_of)
    if not as_of(before) or as_of(before) == as_of(after):
        return None
    if after.when and after.when.start and after.affirmed and after.when.start > (before.text.published or "9"):
        return Reason("compatible", "update", f"it came about on {span(after)}, after {_where(before)} was published")
    apart = days_between(as_of(before), as_of(after))
    if apart > 14 and not (before.when and after.when):
        return Reason("compatible", "update", f"the state may have changed in the {apart} days between the two texts")
    return None


def one_origin(a: Statement, b: Statement) -> bool:
    """Gate 5: whether both texts go back to one; then a difference is drift, not dispute."""
    return a.text.origin == b.text.origin


def same_object(a: Statement, b: Statement, world: World) -> bool:
    """Whether both name one object: the same entity, or literals that are the same words or kinds of document."""
    if a.object or b.object:
        return levels.objects(a, b, world) == "same"
    return same_literal(a.object_text, b.object_text, world)


def same_literal(a: str, b: str, world: World) -> bool:
    """Whether two literal objects name one thing.

    Words for one kind of document are the same in any language; otherwise half of the shorter one's words must agree.
    """
    if fold(a) == fold(b):
        return True
    kinds = world.marks.classes("artefacts", a)
    if kinds or world.marks.classes("artefacts", b):
        return bool(kinds & world.marks.classes("artefacts", b)) and len(a.split()) <= 2 and len(b.split()) <= 2
    return word_overlap(a, b) > 0.5


def word_overlap(a: str, b: str) -> float:
    """The share of the shorter text's words that stand in the other one, 0 to 1; letters where words have no spaces."""
    x, y = set(_WORD.findall(fold(a))), set(_WORD.findall(fold(b)))
    return len(x & y) / min(len(x), len(y)) if x and y else 0.0


def own_words(a: str, b: str) -> bool:
    """Whether each of two literals has a word that the other one lacks, forms of one word taken as one."""
    x, y = ({word[:_STEM] for word in _WORD.findall(fold(text)) if len(word) > 3} for text in (a, b))
    return bool(x - y and y - x)


def less_exact(a: Party, b: Party, world: World) -> bool:
    """Whether one name is the other told less exactly: "Ostra 2" where another text has "Ostra-2-14B-Instruct".

    What a word sets apart as the smaller sibling ("Mini") and another number of a version are other models.
    """
    rest = _left_out(a, b)
    return bool(rest) and not any(
        part.replace(".", "").isdigit() or world.marks.has("smaller_sibling", part) for part in rest
    )


def one_make(a: Party, b: Party, world: World) -> bool:
    """Whether one name is the other with a word for a form of one model: "Ostra-2-14B-Instruct" and "Ostra 2 14B"."""
    rest = _left_out(a, b)
    return bool(rest) and all(world.marks.has("model_form", part) for part in rest)


def _left_out(a: Party, b: Party) -> set[str]:
    """The parts of the longer name that the shorter one leaves out; none where each has a part of its own."""
    x, y = (set(_NAME_PART.findall(fold(party.name))) for party in (a, b))
    return x ^ y if x < y or y < x else set()


def receiver(statement: Statement, world: World) -> Party:
    """Who a letter went to; NOBODY where the statement does not say."""
    return world.named(statement.qualifiers.get("to", "") or world.marks.receiver(statement.evidence))


def one_proposition(a: Statement, b: Statement, world: World) -> bool:
    """Whether both speak of the same subject, predicate and object, whatever they say about it."""
    return a.predicate == b.predicate and levels.subjects(a, b, world) == "same" and same_object(a, b, world)


def both_told(a: Statement, b: Statement, world: World) -> Reason | None:
    """Whether each of two texts tells both sides: then they agree on what is disputed."""
    if a.text.id == b.text.id:
        return None
    for one, other in ((a, b), (b, a)):
        told = (s for s in world.said(one.text.id) if s.id != one.id)
        if not any(_same_side(s, other, world) for s in told):
            return None
    return Reason("compatible", "quoted_allegation", "each of the two texts tells both sides")


def _same_side(s: Statement, other: Statement, world: World) -> bool:
    return (
        s.predicate == other.predicate
        and s.polarity == other.polarity
        and s.act not in ("asks", "supposes")
        and s.when == other.when
        and world.speak_for_one(s.speaker, other.speaker)
        and world.relation(s.subject, other.subject) in ("same", "narrower", "broader")
        and world.relation(s.object, other.object) in ("same", "narrower", "broader")
    )


def first(*reasons: Reason | None) -> Reason | None:
    """The first gate that fails."""
    return next((reason for reason in reasons if reason), None)


def denies(statement: Statement, other: Statement, world: World) -> bool:
    """Whether it is a denial: said so, or the plain no of the party that somebody else accuses."""
    if statement.act == "denies":
        return True
    entry = world.predicate(statement.predicate)
    if statement.affirmed or statement.act not in ("asserts", "confirms") or not entry.accusation:
        return False
    if other.act == "confirms" or entry.group == "legality" or not statement.speaker:
        return False  # who confirms it is no accuser; breach and keeping of a rule have a kind of their own
    one_house = world.speak_for_one(statement.speaker, other.speaker)
    return not one_house and world.speak_for_one(statement.speaker, statement.subject)


def belief(a: Statement, b: Statement, world: World) -> Reason | None:
    """A belief that its speaker puts as his own is a judgement, whatever its verb."""
    if any(s.act != "denies" and world.marks.has("belief", s.evidence) for s in (a, b)):
        return Reason("compatible", "opinion", "one of the two is put as a personal belief")
    return None


def nobodys(statement: Statement, world: World) -> bool:
    """Whether a mere possibility is handed on from nobody: neither a speaker nor a word that names a source."""
    return statement.hedge == "strong" and not (statement.speaker or world.marks.has("attributed", statement.evidence))


def as_of(statement: Statement) -> str:
    """The day that a statement speaks of, else that of its text; "" when neither is known."""
    if statement.when and (statement.when.start or statement.when.end):
        return statement.when.start or statement.when.end or ""
    return statement.text.published


def when_apart(a: Statement, b: Statement) -> int:
    """Days between what the two date; a very large number when one gives no date."""
    return a.when.days_apart(b.when) if a.when and b.when else 10**6


def span(statement: Statement) -> str:
    """The dates of a statement in words."""
    when = statement.when
    if when is None:
        return "no date"
    if when.start == when.end:
        return str(when.start)
    if when.end is None:
        return f"from {when.start} on"
    return f"until {when.end}" if when.start is None else f"{when.start} to {when.end}"


def days_between(a: str, b: str) -> int:
    """Days between two ISO days, 0 when one is unknown."""
    return abs((date.fromisoformat(a[:10]) - date.fromisoformat(b[:10])).days) if a and b else 0


def _where(statement: Statement) -> str:
    return statement.text.outlet or statement.text.id
