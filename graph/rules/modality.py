"""Certainty drift: one statement of one origin, unproven in one text and certain in the other.

Suspected first and confirmed later is an update. A headline shorter than its body is no drift of its own.
"""

import re

from distillwatch.graph import gates
from distillwatch.graph.gates import Reason
from distillwatch.graph.statements import Judged, Party, Statement, fold
from distillwatch.graph.wording import both, flag, halt
from distillwatch.graph.world import World

KIND = "modality"
VERSION = "6"
RULE = "modality"
_ALIKE = 0.8  # so alike that one was written from the other
_SAME_SENTENCE = 0.7  # a sentence shortened or turned round keeps as many of its words
_UPDATE_DAYS = 7  # what firms up later than this may have been learnt in between


def judge(a: Statement, b: Statement, world: World) -> Judged | None:
    """Compare how firmly one origin's statement is put in two texts."""
    if a.predicate != b.predicate or not (a.affirmed and b.affirmed) or a.text.id == b.text.id:
        return None
    for firm, loose in ((a, b), (b, a)):
        note = (
            _hedge_lost(firm, loose, world)
            or _fact_made(firm, loose, world)
            or _verb_changed(firm, loose, world)
            or _source_lost(firm, loose, world)
        )
        if note is None or not gates.one_proposition(a, b, world):
            continue
        reason = gates.first(gates.matter(a, b, world), gates.scope(a, b, world), _drift(firm, loose))
        if reason:
            return halt(a, b, reason, rule=RULE, version=VERSION)
        why = f"{note} {both(firm, loose, world)}"
        return flag(a, b, kind=KIND, rule=RULE, version=VERSION, why=why, confidence=0.8, severity="soft")
    return None


def _hedge_lost(firm: Statement, loose: Statement, world: World) -> str | None:
    """One speaker's words, with and without the reserve."""
    if (
        not (firm.speaker and loose.speaker and world.speak_for_one(firm.speaker, loose.speaker))
        or firm.hedge != "none"
    ):
        return None
    own_act = not world.predicate(loose.predicate).accusation and world.speak_for_one(loose.speaker, loose.subject)
    if own_act and loose.hedge == "weak":
        return None  # who tells what it did does not doubt that it did it, but whom it hit
    if world.marks.has("tentative", firm.evidence):
        return None  # it keeps the reserve in other words
    unproven = loose.hedge == "strong" or (loose.hedge == "weak" and loose.act in ("alleges", "asserts", "reports"))
    if firm.act == "alleges" and loose.hedge == "weak" and world.marks.has("accusing", firm.evidence):
        return None  # who believes and says so accuses: the accusation is told as one
    if firm.act not in ("asserts", "confirms", "alleges") or not unproven or _said_both_ways(firm, loose, world):
        return None
    return f"The same statement of {firm.speaker.name}, firm in one text and with reserve in the other."


def _said_both_ways(firm: Statement, loose: Statement, world: World) -> bool:
    """Whether one of the texts itself gives the statement both ways: then it keeps the reserve."""
    return any(
        s.speaker.id == one.speaker.id
        and s.hedge == other.hedge
        and s.affirmed
        and gates.one_proposition(s, one, world)
        for one, other in ((firm, loose), (loose, firm))
        for s in world.said(one.text.id)
        if s.id != one.id
    )


def _fact_made(firm: Statement, loose: Statement, world: World) -> str | None:
    """A report or accusation of a named source that another text, naming that source, states as settled."""
    if not (firm.own_voice and loose.speaker and loose.act in ("reports", "alleges")):
        return None
    if firm.speaker and (world.speak_for_one(firm.speaker, loose.speaker) or not _names(firm, loose.speaker)):
        return None  # another witness, unless he says that he has it from the first
    if not world.predicate(firm.predicate).accusation or not _draws_on(firm, loose, world):
        return None
    if not world.marks.has("certain", firm.evidence) or world.marks.has("attributed", firm.evidence):
        return None
    return f"What {loose.speaker.name} gives as a report or an allegation is told as settled in the other text."


def _verb_changed(firm: Statement, loose: Statement, world: World) -> str | None:
    """One sentence of one origin in which "has alleged" has become "has confirmed"."""
    if not (firm.act == "confirms" and loose.act == "alleges" and gates.one_origin(firm, loose)):
        return None
    if not (firm.speaker and world.speak_for_one(firm.speaker, loose.speaker)):
        return None
    if world.speak_for_one(firm.speaker, firm.subject) or gates.word_overlap(firm.evidence, loose.evidence) < _ALIKE:
        return None
    return f"What {loose.speaker.name} alleges in one text it confirms in its copy."


def _source_lost(firm: Statement, loose: Statement, world: World) -> str | None:
    """A sentence of one origin that names its accuser, and is without him in a copy: "X accuses Y of" is gone."""
    if not (firm.own_voice and not firm.speaker and firm.hedge == "none" and loose.act == "alleges" and loose.speaker):
        return None
    if not (gates.one_origin(firm, loose) and world.predicate(firm.predicate).accusation):
        return None
    marks = world.marks
    if marks.has("attributed", firm.evidence) or not marks.has("attributed", loose.evidence):
        return None
    if _names(firm, loose.speaker) or gates.word_overlap(firm.evidence, loose.evidence) < _SAME_SENTENCE:
        return None
    return f"What {loose.speaker.name} alleges in one text is told in its copy without saying who says so."


def _draws_on(firm: Statement, loose: Statement, world: World) -> bool:
    """Whether the text names the other statement's speaker as a source of what it tells."""
    if _names(firm, loose.speaker):
        return True
    if loose.hedge != "none" and world.speak_for_one(loose.speaker, loose.object):
        return True  # the accuser itself only suspects it: nobody else can have settled it
    return any(world.speak_for_one(world.party(source), loose.speaker) for source in firm.text.sources)


def _names(statement: Statement, party: Party) -> bool:
    """Whether the evidence names a party, in full or by the first word of its name; an office only in full, as
    "Ministry" and "Department" are the first words of many.
    """
    first = party.name.split()[0] if party.name and party.kind != "agency" else ""
    short = len(first) > 2 and re.search(rf"(?<!\w){re.escape(first)}(?!\w)", statement.evidence)
    return fold(party.name) in fold(statement.evidence) or bool(short)


def _drift(firm: Statement, loose: Statement) -> Reason | None:
    if firm.headline:
        return Reason("cannot_compare", "modality", "a headline is shorter than its body, which may keep the reserve")
    if firm.speaker and gates.days_between(firm.text.published, loose.text.published) > _UPDATE_DAYS:
        return Reason(
            "compatible", "update", "the two were said at different times: it may have been learnt in between"
        )
    return None
