"""A claim on its way: who did what, before stance, speaker, date and offsets are added."""

from __future__ import annotations

from msgspec import Struct

from distillwatch.nlp.claims.sentence import Referent
from distillwatch.nlp.parse import Token
from distillwatch.quantities import Quantity
from distillwatch.records import Hedge


class Draft(Struct, kw_only=True):
    """One statement found in one sentence."""

    predicate: str
    trigger: Token
    subject: Referent
    object: Referent | None = None
    object_text: str = ""
    quantity: Quantity | None = None
    parts: tuple[Token, ...] = ()  # further tokens whose "no" or "none" negates it
    negated: bool = False  # negated by the frame itself
    affirmed: bool = False  # the frame has used up the negation it stands under
    plain: bool = False  # the text's own statement whatever governs the sentence (a role in an apposition)
    bare: bool = False  # said with a word so general ("used") that a closer statement of the sentence makes it idle
    speaker: Referent | None = None  # of a plain draft, where the sentence names one
    speech_act: str = ""  # fixed by the frame
    hedge: Hedge = "none"  # of a plain draft
    event: tuple[Token, ...] = ()  # tokens whose dates are its date; the trigger alone when empty
    undated: bool = False
    slotted: bool = False  # read by kinds and order rather than by the parse
    qualifiers: dict[str, str] = {}
