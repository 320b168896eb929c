"""A publisher that names and corrects its own earlier figure, date or name."""

import re

from distillwatch.graph import gates
from distillwatch.graph.gates import Reason
from distillwatch.graph.statements import Judged, Statement
from distillwatch.graph.wording import halt
from distillwatch.graph.world import World

KIND = "correction"
VERSION = "1"
RULE = "correction"
_FIGURE = re.compile(r"\d[\d.,]*\d")
DECIDES = True
"""Its reason stands whatever the other rules find."""


def judge(a: Statement, b: Statement, world: World) -> Judged | None:
    """Give the reason where the later statement or its text tells of the correction."""
    if a.predicate != b.predicate or a.text.id == b.text.id or not gates.one_proposition(a, b, world):
        return None
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


def _noticed(later: Statement, a: Statement, b: Statement) -> bool:
    """Whether the later text's notice stands in the paragraph of the statement, or names one of the figures."""
    notice = later.text.notice
    figures = {n for s in (a, b) for n in _FIGURE.findall(s.evidence)}
    return bool(notice) and (later.evidence in notice or any(n in _FIGURE.findall(notice) for n in figures))
