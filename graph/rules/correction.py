"""A publisher that names and corrects its own earlier figure, date or name."""

import re

from distillwatch.graph import gates
from distillwatch.graph.gates import Reason
from distillwatch.graph.statements import Judged, Statement, fold
from distillwatch.graph.wording import halt
from distillwatch.graph.world import World

KIND = "correction"
VERSION = "4"
RULE = "correction"
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_A_FIGURE = r"[^.;\d]{0,20}\d[^.;]{0,20}"  # close behind the word that rejects it
_FIGURE = re.compile(r"\d[\d.,]*\d")
DECIDES = True
"""Its reason stands whatever the other rules find."""


def judge(a: Statement, b: Statement, world: World) -> Judged | None:
    """Give the reason where the later statement or its text tells of the correction."""
    if a.predicate != b.predicate or not gates.one_proposition(a, b, world):
        return None
    if a.text.id == b.text.id:
        return _in_passing(a, b, world)
    if (a.quantity, a.when, a.polarity) == (b.quantity, b.when, b.polarity):
        return None
    later = b if a.text.published <= b.text.published else a
    publisher = gates.one_origin(a, b) or bool(a.text.outlet and a.text.outlet == b.text.outlet)
    speaker = bool(a.speaker and b.speaker) and world.speak_for_one(a.speaker, b.speaker)
    told = world.marks.has("correction", later.evidence) or (publisher and _noticed(later, a, b))
    if not told or not (publisher or speaker):
        return None
    who = later.text.outlet if publisher else later.speaker.name
    reason = Reason("compatible", "correction", f"{who or 'the publisher'} corrects its own earlier statement")
    return halt(a, b, reason, rule=RULE, version=VERSION)


def _in_passing(a: Statement, b: Statement, world: World) -> Judged | None:
    """A text that is written on, like a live blog, sets its own figure or day right: "on 6 May, not on 5 May"."""
    told = [world.marks.has("correction", s.evidence) for s in (a, b)]
    notice = a if told[0] else b
    in_house = not notice.speaker or fold(notice.speaker.name) == fold(notice.text.outlet)
    publisher = any(told) and in_house  # whoever said it first, the page sets its own wording right
    if a.evidence == b.evidence or (a.speaker.id != b.speaker.id and not publisher):
        return None
    if any(told) and not all(told) and (a.quantity, a.when, a.object_text) != (b.quantity, b.when, b.object_text):
        reason = Reason("compatible", "correction", "the text corrects what it says in another place")
        return halt(a, b, reason, rule=RULE, version=VERSION)
    rejecting = world.marks.followed("rejecting", _A_FIGURE)
    for one, other in ((a, b), (b, a)):
        rejected = {n for set_aside in rejecting.finditer(one.evidence) for n in _NUMBER.findall(set_aside[0])}
        own = set(_NUMBER.findall(rejecting.sub("", one.evidence)))
        if rejected - own and rejected - own <= set(_NUMBER.findall(other.evidence)):
            reason = Reason("compatible", "correction", "the text itself sets right what it says in another place")
            return halt(a, b, reason, rule=RULE, version=VERSION)
    return None


def _noticed(later: Statement, a: Statement, b: Statement) -> bool:
    """Whether the later text's notice stands in the paragraph of the statement, or names one of the figures."""
    notice = later.text.notice
    figures = {n for s in (a, b) for n in _FIGURE.findall(s.evidence)}
    return bool(notice) and (later.evidence in notice or any(n in _FIGURE.findall(notice) for n in figures))
