"""What one pattern found, and the claim that it becomes."""

from __future__ import annotations

from msgspec import Struct

from distillwatch.dates import DateRange
from distillwatch.nlp.claims.multilingual.marking import Line
from distillwatch.nlp.claims.sentence import Referent
from distillwatch.quantities import Quantity
from distillwatch.records import Claim, EvidenceClass, Hedge, Polarity, SpeechAct

_CONFIDENCE = 0.8  # patterns without a parse


class Found(Struct, frozen=True, kw_only=True):
    """One statement of a sentence."""

    predicate: str
    subject: Referent
    object: Referent | None = None
    object_text: str = ""
    speaker: Referent | None = None
    anonymous: bool = False
    speech_act: SpeechAct = "asserts"
    polarity: Polarity = "+"
    hedge: Hedge = "none"
    quantity: Quantity | None = None
    when: DateRange | None = None
    qualifiers: dict[str, str] = {}


def claim_of(found: Found, line: Line, document: str) -> Claim:
    """The claim, with the sentence as its evidence."""
    return Claim(
        segment=line.segment.position,
        start=line.start,
        end=line.end,
        evidence=document[line.start : line.end],
        subject_id=found.subject.id,
        subject_text=found.subject.text,
        predicate=found.predicate,
        object_id=found.object.id if found.object else None,
        object_text=found.object.text if found.object else found.object_text,
        speaker_id=found.speaker.id if found.speaker else None,
        speaker_text=found.speaker.text if found.speaker else "",
        speaker_chain=(found.speaker.text,) if found.speaker else (),
        speech_act=found.speech_act,
        polarity=found.polarity,
        hedge=found.hedge,
        quantity=found.quantity,
        when=found.when,
        evidence_class=_evidence_class(found),
        confidence=_CONFIDENCE,
        qualifiers=found.qualifiers,
    )


def _evidence_class(found: Found) -> EvidenceClass:
    if found.anonymous:
        return "anonymous_source"
    return "named_official" if found.speaker is not None and found.speaker.kind == "person" else "none_given"
