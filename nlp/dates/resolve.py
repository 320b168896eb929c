"""From an expression to a span of days.

A missing year or week is chosen by the tense of the clause: the latest such date on or before publication in a past
one, the next in a future one, the nearest where the clause does not tell. "A day earlier" counts from the last date
before it in the text. Each form gives None where the text leaves the date open.
"""

from __future__ import annotations

from distillwatch.dates import DateRange
from distillwatch.nlp.dates import calendar_forms, relative_forms
from distillwatch.nlp.dates.context import Surroundings
from distillwatch.nlp.dates.lexicon import Lexicon
from distillwatch.nlp.dates.reading import Reader
from distillwatch.nlp.dates.scan import Hit

_FORMS = {**calendar_forms.FORMS, **relative_forms.FORMS}


def resolve(hit: Hit, around: Surroundings, lexicon: Lexicon) -> DateRange | None:
    """The days that an expression names, or None where the text leaves them open."""
    reader = Reader(hit, around, lexicon)
    if reader.unplaced:
        return None
    try:
        return _FORMS[hit.rule.form](reader)
    except (ValueError, OverflowError):  # 31 February, or a shift beyond the calendar: not a date
        return None
